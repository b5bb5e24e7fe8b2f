"""Mail servers for tests, on real sockets: one that takes mail, and ones that behave badly."""

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

LOCAL = "127.0.0.1"
USER, PASSWORD = "diagnostic", "swordfish"
Answer = Callable[[str], str]


@dataclass
class Sink:
    """What a server was given, and what it answers to each recipient and each message."""

    port: int = 0
    to_recipient: Answer = lambda _: ""
    to_message: Answer = lambda _: ""
    mails: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    connections: int = 0
    after_starttls: list[bool] = field(default_factory=list)

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += session.ssl is None or self.connections == 0
        return responses

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        refused = self.to_recipient(address)
        if refused:
            return refused
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.content
        assert isinstance(content, bytes)
        refused = self.to_message(content.decode())
        if refused:
            return refused
        mail = message_from_bytes(content, policy=default)
        assert isinstance(mail, EmailMessage)
        self.mails.append(mail)
        self.recipients.append(list(envelope.rcpt_tos))
        self.after_starttls.append(session.ssl is not None)
        return "250 OK"


@contextmanager
def mail_server(
    tls: ssl.SSLContext | None = None, *, from_the_start: bool = False, asks_for_password: bool = False
) -> Iterator[Sink]:
    """Run a mail server: plain, with STARTTLS, or with TLS from the start."""

    def check(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, given: object
    ) -> AuthResult:
        right = isinstance(given, LoginPassword) and given == LoginPassword(USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=False)

    sink = Sink()
    controller = Controller(
        sink,
        hostname=LOCAL,
        port=free_port(),
        ssl_context=tls if from_the_start else None,
        tls_context=None if from_the_start else tls,
        authenticator=check if asks_for_password else None,
        auth_required=asks_for_password,
        auth_require_tls=tls is not None and not from_the_start,
    )
    controller.start()
    sink.port = controller.port
    try:
        yield sink
    finally:
        controller.stop()


def free_port() -> int:
    """Give a port on which nothing listens."""
    with socket.socket() as probe:
        probe.bind((LOCAL, 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def silent_server(greeting: bytes = b"") -> Iterator[int]:
    """Run a server that takes connections, perhaps says something, and then nothing more."""
    held: list[socket.socket] = []
    with socket.create_server((LOCAL, 0)) as listener:
        ended = threading.Event()

        def take() -> None:
            listener.settimeout(0.1)
            while not ended.is_set():
                try:
                    connection, _ = listener.accept()
                except TimeoutError:
                    continue
                connection.sendall(greeting)
                held.append(connection)

        thread = threading.Thread(target=take)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            ended.set()
            thread.join()
            for connection in held:
                connection.close()


@contextmanager
def dripping_server(seconds: float = 0.05) -> Iterator[int]:
    """Run a server that greets, and answers everything byte by byte without ever coming to an end."""
    with socket.create_server((LOCAL, 0)) as listener:
        ended = threading.Event()

        def drip() -> None:
            listener.settimeout(5)
            connection, _ = listener.accept()
            with connection:
                connection.sendall(b"220 here\r\n")
                while not ended.wait(seconds):
                    try:
                        connection.sendall(b"2")
                    except OSError:
                        return

        thread = threading.Thread(target=drip)
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            ended.set()
            thread.join()


def make_certificate(folder: Path, name: str = "localhost") -> tuple[Path, ssl.SSLContext]:
    """Make a certificate that signs itself, and the context of a server that has it."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    trusted, private = folder / "certificate.pem", folder / "key.pem"
    trusted.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(trusted, private)
    return trusted, context
