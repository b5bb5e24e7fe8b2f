"""From a message to the form in which mail travels. What it is made of cannot add a header or a recipient."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from uuid import UUID

from app.mail.messages import Message

_MOST_OF_SUBJECT = 200


class CannotCompose(ValueError):
    """The message can never be sent as it is; the words say why, without an address."""


def read_address(text: str) -> Address:
    """Read one address, with or without a name before it.

    Raises
    ------
    CannotCompose
        Where it is none, or more than one.
    """
    try:
        header = EmailMessage(policy=SMTP)
        header["To"] = text
        found = header["To"].addresses
    except (ValueError, IndexError) as error:
        raise CannotCompose("this is not an email address") from error
    if len(found) != 1 or not found[0].username or not found[0].domain or header["To"].defects:
        raise CannotCompose("this is not one email address")
    return Address(found[0].display_name, found[0].username, _ascii(found[0].domain))


def _ascii(domain: str) -> str:
    """Write a domain with letters beyond ASCII as mail servers know it."""
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise CannotCompose("its domain cannot be written for mail servers") from error


def compose(
    message: Message, row: UUID, moment: datetime, *, sender: str, reply_to: str = "", encoding: str = "8bit"
) -> EmailMessage:
    """Write a message as mail.

    The same row always gives the same Message-ID, so that a receiver who gets it twice can tell.

    Raises
    ------
    CannotCompose
        Where the recipient is not one address.
    """
    mail = EmailMessage(policy=SMTP)
    from_ = read_address(sender)
    mail["From"] = from_
    mail["To"] = read_address(message.to)
    if reply_to:
        mail["Reply-To"] = read_address(reply_to)
    mail["Subject"] = _one_line(message.subject)
    mail["Date"] = format_datetime(moment)
    mail["Message-ID"] = f"<{row}@{from_.domain}>"
    mail["Auto-Submitted"] = "auto-generated"
    # Exchange would otherwise answer with notes of absence.
    mail["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    mail.set_content(_lines(message.text), charset="utf-8", cte=encoding)
    if message.html:
        mail.add_alternative(_lines(message.html), subtype="html", charset="utf-8", cte=encoding)
    return mail


def _one_line(text: str) -> str:
    """Fold all white space and control characters, so that nothing ends the header early."""
    printable = "".join(letter if letter.isprintable() else " " for letter in text)
    return " ".join(printable.split())[:_MOST_OF_SUBJECT]


def _lines(text: str) -> str:
    return "\n".join(text.splitlines()) + "\n"
