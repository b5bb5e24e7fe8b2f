"""What the pages of accounts may send."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints, field_validator

from app.accounts.person import Role
from app.accounts.services.passwords import LEAST, MOST
from app.mail.addresses import NoAddress, as_address
from app.web.forms import Form, Says

_LONGEST_EMAIL = 254
_DIGITS = 6


def as_email(typed: str) -> str:
    """Give an address in the form in which it is kept.

    Raises
    ------
    ValueError
        In words, where it is none, or none to which mail can be written.
    """
    try:
        return as_address(typed).lower()
    except NoAddress as error:
        raise ValueError("Enter an email address in the correct format, like name@example.com") from error


def _as_digits(typed: str) -> str:
    code = "".join(typed.split())
    if len(code) != _DIGITS or not code.isascii() or not code.isdigit():
        raise ValueError("Enter the 6 digits that your app shows now")
    return code


# What belongs to a password is not ours to take away.
_Typed = Annotated[str, StringConstraints(strip_whitespace=False)]
Email = Annotated[str, Field(min_length=1, max_length=_LONGEST_EMAIL), AfterValidator(as_email)]
Code = Annotated[str, Field(min_length=1, max_length=40), AfterValidator(_as_digits)]
NewPassword = Annotated[
    _Typed,
    Field(min_length=LEAST, max_length=MOST),
    Says(
        "Enter a password",
        too_short=f"Your password must have {LEAST} characters or more",
        too_long=f"Your password must have {MOST} characters or fewer",
    ),
]
OwnPassword = Annotated[_Typed, Field(min_length=1, max_length=1000)]
Name = Annotated[str, Field(min_length=1, max_length=120)]


class SignIn(Form):
    """An email address and a password."""

    email: Annotated[
        str,
        Field(min_length=1, max_length=_LONGEST_EMAIL),
        Says("Enter your email address", too_long="Enter an email address, like name@example.com"),
    ]
    password: Annotated[OwnPassword, Says("Enter your password")]
    next: str = ""

    @field_validator("email")
    @classmethod
    def _lower(cls, value: str) -> str:
        return value.lower()


class CodeTyped(Form):
    """A code of the app."""

    code: Annotated[Code, Says("Enter the 6-digit code from your app")]


class RecoveryCodeTyped(Form):
    """A recovery code."""

    code: Annotated[str, Field(min_length=1, max_length=40), Says("Enter one of your recovery codes")]


class AppSetUp(Form):
    """The first code of an app that was just set up; ``secret`` is signed, as the page was given it."""

    secret: str = ""
    code: Annotated[Code, Says("Enter the 6-digit code that your app shows now")]


class Joining(Form):
    """What somebody who joins says of themselves."""

    name: Annotated[Name, Says("Enter your name", too_long="Your name must have 120 characters or fewer")]
    password: NewPassword


class PasswordChosen(Form):
    """A new password."""

    password: NewPassword


class PasswordChanged(Form):
    """The old password and a new one."""

    current: Annotated[OwnPassword, Says("Enter your current password")]
    password: NewPassword


class PasswordConfirmed(Form):
    """The password, asked again before what only its owner may do."""

    password: Annotated[OwnPassword, Says("Enter your password")]


class AddressChanged(PasswordConfirmed):
    """A new email address, with the password."""

    email: Annotated[Email, Says("Enter your new email address", too_long="The email address is too long")]


class LinkAskedFor(Form):
    """The address to which a link should go."""

    email: Annotated[Email, Says("Enter your email address")]


class NameChanged(Form):
    """A name."""

    name: Annotated[Name, Says("Enter your name", too_long="Your name must have 120 characters or fewer")]


class CouncilInvitation(Form):
    """Whom to invite to one council, and as what."""

    name: Annotated[
        Name, Says("Enter the person’s name", too_long="The name must have 120 characters or fewer")
    ]
    email: Annotated[
        Email, Says("Enter the person’s email address", too_long="The email address is too long")
    ]
    role: Annotated[Role, Says("Choose what the person will be")]


class CouncilRole(Form):
    """A role in one council."""

    role: Annotated[Role, Says("Choose a role")]


class Invitation(CouncilInvitation):
    """The same with where; without an authority for the whole service."""

    authority: Annotated[str, Field(max_length=16)] = ""


class RoleGiven(CouncilRole):
    """The same with where; without an authority for the whole service."""

    authority: Annotated[str, Field(max_length=16)] = ""
