"""What the pages that run a survey may send."""

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.web.forms import DateParts, Form, Says


class Confirmed(Form):
    """A page that asks once more before what cannot be undone."""

    confirm: Annotated[Literal["yes"], Says("Tick the box to confirm", "Tick the box to confirm")]


class NewDays(Form):
    """Other days for a launched survey."""

    opens_on: Annotated[
        date,
        DateParts(),
        Says("Enter the day the survey opens", "The day the survey opens must be a real date"),
    ]
    closes_on: Annotated[
        date,
        DateParts(),
        Says("Enter the last day of the survey", "The last day of the survey must be a real date"),
    ]


class AnotherCustodian(Form):
    """Who takes a custodian's place."""

    custodian: Annotated[UUID, Says("Choose who holds the key", "Choose somebody from the list")]


class BroughtBack(Form):
    """A custodian's passphrase; the file comes beside it."""

    passphrase: Annotated[str, Field(min_length=1), Says("Enter the passphrase")]
