"""How mail leaves: into files, onto the console, or by SMTP."""

import os
import smtplib
import socket
import ssl
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from email.message import EmailMessage
from threading import Timer
from uuid import UUID

from app.mail.composing import CannotCompose, compose
from app.mail.files import FOLDER, name_of
from app.mail.messages import Message
from app.settings import Settings

_SECONDS_TO_ANSWER = 20.0
# For one message altogether, however slowly the server talks. Far less than how long a message stays claimed.
_SECONDS_TO_SEND = 60.0
_REFUSED_FOR_GOOD = range(500, 600)
_CLOSING = 421
_NOT_ASCII = "SMTP_USER and SMTP_PASSWORD may hold letters without accents, figures and signs only."


class Undelivered(Exception):
    """A message did not leave. The words name no address.

    ``for_good`` tells that trying again is of no use; ``server`` that no other message would leave either.
    """

    def __init__(self, problem: str, *, for_good: bool = False, server: bool = False) -> None:
        super().__init__(problem)
        self.problem = problem
        self.for_good = for_good
        self.server = server


class Carrier(ABC):
    """Takes messages out of the house, one after the other."""

    encoding = "8bit"

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def carry(self, message: Message, row: UUID, moment: datetime) -> None:
        """Take one message out.

        Raises
        ------
        Undelivered
            Where it did not leave.
        """
        try:
            mail = compose(
                message,
                row,
                moment,
                sender=self.settings.mail_from,
                reply_to=self.settings.support_email,
                encoding=self.encoding,
            )
        except CannotCompose as error:
            raise Undelivered(f"The message cannot be written: {error}.", for_good=True) from error
        self.take(mail, message, row)

    @abstractmethod
    def take(self, mail: EmailMessage, message: Message, row: UUID) -> None:
        """Take one message that is written."""

    def rest(self) -> None:  # noqa: B027 - most have nothing to put away
        """Put away what was kept for the next message."""


class FileCarrier(Carrier):
    """Writes each message into a file of its own, which mail programs open."""

    def take(self, mail: EmailMessage, message: Message, row: UUID) -> None:
        folder = self.settings.data_folder / FOLDER
        # Writing a message again doubles nothing, since its name stays the same.
        path = folder / name_of(message, row)
        unfinished = path.with_suffix(".part")
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(unfinished, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "wb") as file:
                file.write(mail.as_bytes(policy=mail.policy.clone(linesep="\n")))
            unfinished.replace(path)
        except OSError as error:
            raise Undelivered(f"The file could not be written: {error.strerror}.", server=True) from error


class ConsoleCarrier(Carrier):
    """Prints each message, for whoever tries the service out."""

    def take(self, mail: EmailMessage, message: Message, row: UUID) -> None:
        sys.stdout.write(f"\nTo: {mail['To']}\nSubject: {mail['Subject']}\n\n{message.text}\n")
        sys.stdout.flush()


class SmtpCarrier(Carrier):
    """Hands each message to a mail server. The connection is kept for the next one."""

    # Some servers still take 7 bits only.
    encoding = "quoted-printable"

    def __init__(
        self,
        settings: Settings,
        *,
        to_answer: float = _SECONDS_TO_ANSWER,
        to_send: float = _SECONDS_TO_SEND,
    ) -> None:
        super().__init__(settings)
        self.to_answer = to_answer
        self.to_send = to_send
        self._server: smtplib.SMTP | None = None

    def take(self, mail: EmailMessage, message: Message, row: UUID) -> None:
        try:
            server = self._server or self._connect()
            with _at_most(self.to_send, server):
                server.send_message(mail)
        except smtplib.SMTPRecipientsRefused as error:
            raise self._refused("the recipient", next(iter(error.recipients.values()))[0]) from error
        except smtplib.SMTPDataError as error:
            raise self._refused("the message", error.smtp_code) from error
        except UnicodeEncodeError as error:
            self._drop()
            raise Undelivered(_NOT_ASCII, server=True) from error
        except OSError as error:
            self._drop()
            raise Undelivered(_of_server(error), server=True) from error

    def _refused(self, what: str, code: int) -> Undelivered:
        if code == _CLOSING:
            self._drop()
        return Undelivered(
            f"The mail server refused {what} ({code}).",
            for_good=code in _REFUSED_FOR_GOOD,
            server=code == _CLOSING,
        )

    def _connect(self) -> smtplib.SMTP:
        settings, context = self.settings, ssl.create_default_context()
        where, port, name = settings.smtp_host, settings.smtp_port, settings.hosts[0]
        if settings.smtp_security == "tls":
            self._server = smtplib.SMTP_SSL(where, port, name, timeout=self.to_answer, context=context)
        else:
            self._server = smtplib.SMTP(where, port, name, timeout=self.to_answer)
        with _at_most(self.to_send, self._server):
            if settings.smtp_security == "starttls":
                self._server.starttls(context=context)
            if settings.smtp_user:
                self._server.login(settings.smtp_user, settings.smtp_password.get_secret_value())
        return self._server

    def rest(self) -> None:
        """Take leave of the server; it should not wait for us."""
        if self._server is not None:
            with suppress(OSError), _at_most(self.to_answer, self._server):
                self._server.quit()
        self._drop()

    def _drop(self) -> None:
        if self._server is not None:
            self._server.close()
        self._server = None


@contextmanager
def _at_most(seconds: float, server: smtplib.SMTP) -> Iterator[None]:
    """Hang up on a server that keeps us longer. Its own time-outs start anew with every byte."""

    def hang_up() -> None:
        if server.sock is not None:
            with suppress(OSError):
                server.sock.shutdown(socket.SHUT_RDWR)

    timer = Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _of_server(error: OSError) -> str:
    """Say what is wrong with the connection, in words that help whoever set it up."""
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return f"The mail server refused SMTP_USER and SMTP_PASSWORD ({error.smtp_code})."
    if isinstance(error, smtplib.SMTPSenderRefused):
        return f"The mail server refused MAIL_FROM as the sender ({error.smtp_code})."
    if isinstance(error, smtplib.SMTPNotSupportedError):
        return "The mail server does not offer what SMTP_SECURITY and SMTP_USER ask for."
    if isinstance(error, smtplib.SMTPResponseException):
        return f"The mail server refused the connection ({error.smtp_code})."
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"The certificate of SMTP_HOST is not valid: {error.verify_message}."
    if isinstance(error, ssl.SSLError):
        return "The mail server does not speak TLS as SMTP_SECURITY and SMTP_PORT have it."
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return "The mail server did not answer in time."
    if isinstance(error, socket.gaierror):
        return "SMTP_HOST is not known."
    if isinstance(error, smtplib.SMTPException):
        return "The mail server ended the connection."
    return f"The mail server cannot be reached: {error.strerror or 'no reason given'}."


def make_carrier(settings: Settings) -> Carrier:
    """Give the carrier that the settings name."""
    if settings.mail == "smtp":
        return SmtpCarrier(settings)
    return ConsoleCarrier(settings) if settings.mail == "console" else FileCarrier(settings)
