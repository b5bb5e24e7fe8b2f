"""What the pages of the fieldwork plan may send."""

from typing import Annotated

from pydantic import Field

from app.web.forms import Form, Says

MOST = 50
LONGEST_NOTE = 500


class RowForm(Form):
    """A row of the plan; the pages check kind, role group and service area against what there is."""

    kind: Annotated[str, Field(min_length=1), Says("Choose what it is")]
    role_group: Annotated[str, Says("Choose a role group from the list")] = ""
    service_area: Annotated[str, Says("Choose a service area from the list")] = ""
    number: Annotated[
        int,
        Field(ge=1, le=MOST),
        Says("Enter how many there will be", wrong=f"How many must be a whole number from 1 to {MOST}"),
    ]
    note: Annotated[
        str,
        Field(max_length=LONGEST_NOTE),
        Says("Enter a note", too_long=f"The note must be {LONGEST_NOTE} characters or fewer"),
    ] = ""
