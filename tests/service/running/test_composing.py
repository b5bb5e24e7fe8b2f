"""From a message to mail: readable, honest about what it is, and closed to whoever tries to add to it."""

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from uuid import UUID

import pytest

from app.mail.composing import CannotCompose, compose
from app.mail.messages import Message

ROW = UUID("0f8fad5b-d9cb-469f-a165-70867728950e")
MOMENT = datetime(2026, 11, 26, 9, 30, tzinfo=UTC)
TEXT = "Dear Siân,\n\nthe link: https://diagnostic.example/join/abc=def\n\nŁucja"


def made(
    to: str = "alice@example.org", subject: str = "Join", html: str = "", encoding: str = "8bit"
) -> bytes:
    message = Message(to=to, subject=subject, text=TEXT, html=html)
    sender = "Evidence-use diagnostic <diagnostic@example.net>"
    mail = compose(message, ROW, MOMENT, sender=sender, reply_to="help@example.net", encoding=encoding)
    return mail.as_bytes()


def read(content: bytes) -> EmailMessage:
    found = message_from_bytes(content, policy=default)
    assert isinstance(found, EmailMessage)
    return found


def test_mail_says_from_whom_when_and_that_no_person_wrote_it() -> None:
    mail = read(made(subject="Ymunwch â’r gwasanaeth"))
    assert mail["From"] == "Evidence-use diagnostic <diagnostic@example.net>"
    assert mail["To"] == "alice@example.org"
    assert mail["Reply-To"] == "help@example.net"
    assert mail["Subject"] == "Ymunwch â’r gwasanaeth"
    assert mail["Date"].datetime == MOMENT
    assert mail["Message-ID"] == f"<{ROW}@example.net>"
    assert mail["Auto-Submitted"] == "auto-generated"


@pytest.mark.parametrize("encoding", ["8bit", "quoted-printable"])
def test_letters_beyond_ascii_arrive(encoding: str) -> None:
    content = made(encoding=encoding)
    mail = read(content)
    assert mail.get_content_type() == "text/plain"
    assert mail.get_content().splitlines() == TEXT.splitlines()
    if encoding == "8bit":
        assert b"https://diagnostic.example/join/abc=def" in content
    else:
        content.decode("ascii")


def test_html_comes_beside_the_plain_text_never_in_its_place() -> None:
    mail = read(made(html="<p>Dear Siân</p>"))
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    plain = mail.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().splitlines() == TEXT.splitlines()


@pytest.mark.parametrize(
    "subject",
    [
        "Join\r\nBcc: victim@example.org",
        "Join\nBcc: victim@example.org",
        "Join\rBcc: victim@example.org",
        "Join\x0bBcc: victim@example.org",
        "Join\u2028Bcc: victim@example.org\x00",
    ],
)
def test_a_subject_cannot_add_a_header(subject: str) -> None:
    mail = read(made(subject=subject))
    assert "Bcc" not in mail
    assert mail["Subject"].split() == ["Join", "Bcc:", "victim@example.org"]


@pytest.mark.parametrize(
    "to",
    [
        "alice@example.org\r\nBcc: victim@example.org",
        "alice@example.org\nX: y",
        "alice@example.org, victim@example.org",
        "alice@example.org victim@example.org",
        "Team: alice@example.org, victim@example.org;",
        "alice",
        "alice@",
        "@example.org",
        "",
        "alice@example.org\x00",
        "álice@example.org",
        "alice@xn--\N{BULLET}.org",
    ],
)
def test_whatever_is_not_one_address_is_refused(to: str) -> None:
    with pytest.raises(CannotCompose) as caught:
        made(to=to)
    assert "victim" not in str(caught.value)
    assert "alice" not in str(caught.value)


def test_a_domain_with_other_letters_is_written_as_servers_know_it() -> None:
    assert read(made(to="anna@müller.example"))["To"] == "anna@xn--mller-kva.example"


@pytest.mark.parametrize("text", ["one\r\ntwo", "one\ntwo", "a line of its own:\r\n.\r\nand after it"])
def test_the_ends_of_lines_and_lone_full_stops_survive(text: str) -> None:
    message = Message(to="alice@example.org", subject="s", text=text)
    mail = compose(message, ROW, MOMENT, sender="diagnostic@localhost")
    assert read(mail.as_bytes()).get_content().splitlines() == text.splitlines()
