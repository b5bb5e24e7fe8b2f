"""Addresses as people type them: told apart from what is none, before anything is to be sent."""

from email_validator import EmailNotValidError, validate_email

from app.mail.composing import CannotCompose, read_address


class NoAddress(ValueError):
    """What was typed is not an email address."""


class NotReachable(ValueError):
    """It is an address, and yet mail cannot be written to it; the words say why."""


def as_address(typed: str) -> str:
    """Give an address in its usual form.

    Raises
    ------
    NoAddress
        Where it is none.
    NotReachable
        Where it has letters before the @ that mail servers need not take, and most do not.
    """
    try:
        found = validate_email(typed, check_deliverability=False, allow_smtputf8=True)
    except EmailNotValidError as error:
        raise NoAddress from error
    if found.ascii_email is None:
        raise NotReachable(
            "This address has letters other than a to z before the @, and this service cannot send to it"
        )
    # All others can be written, and looking at each of a long list takes its time.
    if not typed.isascii() or "=?" in typed:
        try:
            read_address(found.normalized)
        except CannotCompose as error:
            raise NoAddress from error
    return found.normalized
