"""What the pages of the invitations may send."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field, model_validator

from app.mail.addresses import NoAddress, as_address
from app.survey.invitations.rounds import APART
from app.web.forms import DateParts, Form, Says

MOST_REMINDERS = 3


def _address(text: str) -> str:
    try:
        return as_address(text)
    except NoAddress as error:
        raise ValueError("Enter an email address in the correct format, like name@example.org") from error


class NewLink(Form):
    """Who lost their link."""

    email: Annotated[str, Field(min_length=1), Says("Enter the email address"), AfterValidator(_address)]


class Bounces(Form):
    """Addresses from which messages came back, one a line or with commas between them."""

    addresses: Annotated[str, Field(min_length=1), Says("Enter the addresses from which messages came back")]

    @property
    def listed(self) -> tuple[str, ...]:
        """The addresses, one by one."""
        return tuple(part for part in re.split(r"[\s,;]+", self.addresses) if part)


_REAL = "The day must be a real date"


class Reminders(Form):
    """Up to three days on which everybody is reminded; each may be left empty."""

    first: Annotated[date | None, DateParts(), Says("Enter the first day", _REAL)] = None
    second: Annotated[date | None, DateParts(), Says("Enter the second day", _REAL)] = None
    third: Annotated[date | None, DateParts(), Says("Enter the third day", _REAL)] = None

    @property
    def days(self) -> tuple[date, ...]:
        """The days that were given, the earliest first."""
        return tuple(sorted(day for day in (self.first, self.second, self.third) if day is not None))

    @model_validator(mode="after")
    def _apart(self) -> "Reminders":
        close = any(b - a < APART for a, b in zip(self.days, self.days[1:], strict=False))
        if close:
            raise ValueError("Leave at least two days between reminders")
        return self
