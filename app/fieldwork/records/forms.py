"""What the pages of a record may send."""

from datetime import date
from typing import Annotated

from pydantic import Field

from app.web.forms import DateParts, Form, Numbered, Says

MOST_PEOPLE = 1000
MOST_IN_ROLE, MOST_REFERENCE = 120, 500


class RecordForm(Form):
    """A record; the pages check kind, role group and service area against what there is."""

    kind: Annotated[str, Field(min_length=1), Says("Choose what it is")]
    role_group: Annotated[str, Says("Choose a role group from the list")] = ""
    service_area: Annotated[str, Says("Choose a service area from the list")] = ""
    level: Annotated[str, Says("Choose a level from the list")] = ""
    month: Annotated[str, Says("Choose the month from the list")] = ""
    people: Annotated[
        int | None,
        Field(ge=1, le=MOST_PEOPLE),
        Says(
            "Enter how many people took part", wrong=f"People must be a whole number from 1 to {MOST_PEOPLE}"
        ),
    ] = None
    document_date: Annotated[
        date | None, DateParts(), Says("Enter the date of the document", wrong="Enter a real date")
    ] = None
    owner_role: Annotated[
        str,
        Field(max_length=MOST_IN_ROLE),
        Says("Enter a role", too_long=f"The role must be {MOST_IN_ROLE} characters or fewer"),
    ] = ""
    reference: Annotated[
        str,
        Field(max_length=MOST_REFERENCE),
        Says("Enter where it is", too_long=f"Where it is must be {MOST_REFERENCE} characters or fewer"),
    ] = ""
    version: Numbered = 0
