"""Mail leaves by SMTP, by file and by console; and what a bad server does is said in words."""

import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pydantic import SecretStr, ValidationError

from app.mail.carriers import SmtpCarrier, Undelivered, make_carrier
from app.mail.messages import Message
from app.settings import Settings
from tests.service.running.sink import (
    PASSWORD,
    USER,
    Sink,
    dripping_server,
    free_port,
    mail_server,
    make_certificate,
    silent_server,
)

pytestmark = pytest.mark.allow_hosts(["127.0.0.1", "localhost", "::1"])
ROW = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
MOMENT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
LETTER = Message(
    to="alice@example.org", subject="Join us", text="Dear Siân,\n.\nhttps://x/?a=b", kind="invitation"
)


def by_smtp(port: int, **more: object) -> Settings:
    given = {"smtp_security": "none", "smtp_host": "127.0.0.1", "base_url": "https://d.example", **more}
    return Settings.model_validate({"mail": "smtp", "smtp_port": port, **given})


def send(settings: Settings, message: Message = LETTER, **limits: float) -> None:
    carrier = SmtpCarrier(settings, **limits)
    try:
        carrier.carry(message, ROW, MOMENT)
    finally:
        carrier.rest()


def problem_of(settings: Settings, message: Message = LETTER, **limits: float) -> Undelivered:
    with pytest.raises(Undelivered) as caught:
        send(settings, message, **limits)
    assert "alice" not in caught.value.problem
    assert PASSWORD not in caught.value.problem
    return caught.value


@pytest.fixture
def sink() -> Iterator[Sink]:
    with mail_server() as running:
        yield running


def test_a_server_takes_the_message_as_it_was_written(sink: Sink) -> None:
    send(by_smtp(sink.port))
    (mail,) = sink.mails
    assert sink.recipients == [["alice@example.org"]]
    assert mail["Subject"] == "Join us"
    assert mail["Message-ID"] == f"<{ROW}@localhost>"
    assert mail.get_content().splitlines() == LETTER.text.splitlines()


def test_several_messages_share_a_connection(sink: Sink) -> None:
    carrier = SmtpCarrier(by_smtp(sink.port))
    for _ in range(3):
        carrier.carry(LETTER, uuid4(), MOMENT)
    carrier.rest()
    assert len(sink.mails) == 3
    assert sink.connections == 1


@pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")
@pytest.mark.parametrize("from_the_start", [True, False], ids=["tls", "starttls"])
def test_the_connection_is_protected_and_the_password_is_given(
    from_the_start: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, context = make_certificate(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    with mail_server(context, from_the_start=from_the_start, asks_for_password=True) as running:
        settings = by_smtp(
            running.port,
            smtp_host="localhost",
            smtp_security="tls" if from_the_start else "starttls",
            smtp_user=USER,
            smtp_password=SecretStr(PASSWORD),
        )
        send(settings)
        assert len(running.mails) == 1
        # A server that speaks TLS from the start takes nothing in clear, so it does not say so again.
        assert running.after_starttls == [not from_the_start]
        wrong = settings.model_copy(update={"smtp_password": SecretStr("wrong")})
        refused = problem_of(wrong)
        assert refused.problem == "The mail server refused SMTP_USER and SMTP_PASSWORD (535)."
        assert refused.server
        assert not refused.for_good


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_of_another_name_or_of_nobody_is_refused(
    security: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trusted, context = make_certificate(tmp_path, "other.example")
    with mail_server(context, from_the_start=security == "tls") as running:
        settings = by_smtp(running.port, smtp_host="localhost", smtp_security=security)
        assert "certificate of SMTP_HOST is not valid" in problem_of(settings).problem
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        assert "certificate of SMTP_HOST is not valid" in problem_of(settings).problem
        assert running.mails == []


def test_a_server_without_starttls_gets_nothing_in_clear(sink: Sink) -> None:
    settings = by_smtp(sink.port, smtp_security="starttls")
    assert "does not offer" in problem_of(settings).problem
    assert sink.mails == []


def test_a_server_that_speaks_no_tls_is_told_apart(sink: Sink) -> None:
    settings = by_smtp(sink.port, smtp_security="tls")
    assert "does not speak TLS" in problem_of(settings).problem


@pytest.mark.parametrize(
    ("answer", "for_good", "server"),
    [
        ("550 5.1.1 no such mailbox alice@example.org", True, False),
        ("450 4.2.1 mailbox busy", False, False),
        ("421 4.7.0 too many", False, True),
    ],
)
def test_a_refused_recipient(sink: Sink, answer: str, for_good: bool, server: bool) -> None:
    sink.to_recipient = lambda _: answer
    found = problem_of(by_smtp(sink.port))
    assert found.problem == f"The mail server refused the recipient ({answer[:3]})."
    assert (found.for_good, found.server) == (for_good, server)


@pytest.mark.parametrize(("answer", "for_good"), [("554 5.7.1 spam", True), ("451 4.3.0 later", False)])
def test_a_refused_message(sink: Sink, answer: str, for_good: bool) -> None:
    sink.to_message = lambda _: answer
    found = problem_of(by_smtp(sink.port))
    assert found.problem == f"The mail server refused the message ({answer[:3]})."
    assert found.for_good is for_good
    assert not found.server


def test_the_next_message_goes_after_one_that_was_refused(sink: Sink) -> None:
    sink.to_recipient = lambda address: "550 no" if address.startswith("alice") else ""
    carrier = SmtpCarrier(by_smtp(sink.port))
    with pytest.raises(Undelivered):
        carrier.carry(LETTER, uuid4(), MOMENT)
    carrier.carry(Message(to="bob@example.org", subject="s", text="t"), uuid4(), MOMENT)
    carrier.rest()
    assert sink.recipients == [["bob@example.org"]]


def test_a_server_that_is_not_there() -> None:
    found = problem_of(by_smtp(free_port()))
    assert found.problem == "The mail server cannot be reached: Connection refused."
    assert found.server


@pytest.mark.parametrize("greeting", [b"", b"220 here\r\n"], ids=["at once", "after its greeting"])
def test_a_server_that_hangs(greeting: bytes) -> None:
    with silent_server(greeting) as port:
        found = problem_of(by_smtp(port), to_answer=0.3)
    assert found.problem == "The mail server did not answer in time."
    assert found.server


def test_a_server_that_answers_without_end_is_cut_off() -> None:
    """Each of its bytes comes in time, so only a limit on the whole helps."""
    with dripping_server() as port:
        found = problem_of(by_smtp(port), to_answer=5, to_send=0.5)
    assert found.server


@pytest.mark.parametrize("greeting", [b"554 go away\r\n", b"421 not now\r\n"])
def test_a_server_that_wants_no_mail(greeting: bytes) -> None:
    with silent_server(greeting) as port:
        found = problem_of(by_smtp(port), to_answer=0.3)
    assert found.problem == f"The mail server refused the connection ({greeting[:3].decode()})."
    assert found.server


def test_a_message_that_can_never_be_written_is_given_up(sink: Sink) -> None:
    found = problem_of(by_smtp(sink.port), Message(to="alice@a, b@c", subject="s", text="t"))
    assert found.for_good
    assert sink.connections == 0


def test_a_file_holds_each_message_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    carrier = make_carrier(Settings(data_folder=tmp_path))
    for _ in range(2):
        carrier.carry(LETTER, ROW, MOMENT)
    (path,) = (tmp_path / "mail").iterdir()
    assert path.name == f"invitation-{ROW}.eml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert "https://x/?a=b" in path.read_text(encoding="utf-8")
    mail = message_from_bytes(path.read_bytes(), policy=default)
    assert mail["To"] == "alice@example.org"


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("in the way")
    with pytest.raises(Undelivered, match="could not be written") as caught:
        make_carrier(Settings(data_folder=tmp_path)).carry(LETTER, ROW, MOMENT)
    assert caught.value.server


def test_the_console_shows_the_message(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_carrier(Settings(data_folder=tmp_path, mail="console")).carry(LETTER, ROW, MOMENT)
    shown = capsys.readouterr().out
    assert "To: alice@example.org" in shown
    assert "https://x/?a=b" in shown


@pytest.mark.parametrize(
    "wrong",
    [
        {"mail_from": "nobody"},
        {"mail_from": "a@b.example, c@d.example"},
        {"mail_from": "a@b.example\nBcc: c@d.example"},
        {"smtp_user": "me", "smtp_security": "none", "smtp_host": "mail.example"},
    ],
)
def test_settings_that_could_not_work_or_would_give_the_password_away_are_refused(
    wrong: dict[str, str],
) -> None:
    with pytest.raises(ValidationError):
        Settings.model_validate(wrong)
