"""What the pages of actions may send."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field, field_validator

from app.actions.services import SIGN_NAMES, STATE_NAMES
from app.web.forms import DateParts, Form, Numbered, Says

MOST = 2000
NoteText = Annotated[
    str,
    Field(max_length=MOST),
    Says("Enter a note", too_long=f"The note must be {MOST} characters or fewer"),
]


class PlanForm(Form):
    """Who does an action by when, and how far it is."""

    state: Annotated[str, Field(min_length=1), Says("Choose how far it is")]
    owner_role: Annotated[
        str,
        Field(max_length=120),
        Says("Enter the role of the owner", too_long="The role must be 120 characters or fewer"),
    ] = ""
    owner: Annotated[
        UUID | None, Says("Choose somebody from the list", wrong="Choose somebody from the list")
    ] = None
    owner_name: Annotated[
        str,
        Field(max_length=120),
        Says("Enter a name", too_long="The name must be 120 characters or fewer"),
    ] = ""
    due_on: Annotated[
        date | None,
        DateParts(),
        Says("Enter the due date", wrong="The due date must be a real date, such as 27 3 2027"),
    ] = None
    note: NoteText = ""
    revision: Numbered = 0

    @field_validator("state")
    @classmethod
    def _is_state(cls, value: str) -> str:
        if value not in STATE_NAMES:
            raise ValueError("Choose how far it is")
        return value


class NoteForm(Form):
    """A note by itself."""

    note: Annotated[
        str,
        Field(min_length=1, max_length=MOST),
        Says("Enter a note", too_long=f"The note must be {MOST} characters or fewer"),
    ]


class SignForm(Form):
    """Whether the sign at six months was seen."""

    seen: Annotated[str, Field(min_length=1), Says("Choose whether the sign was seen")]
    evidence: Annotated[
        str,
        Field(min_length=1, max_length=MOST),
        Says(
            "Enter what you saw, or where you looked",
            too_long=f"What you saw must be {MOST} characters or fewer",
        ),
    ]
    on: Annotated[
        date,
        DateParts(),
        Says(
            "Enter the day on which somebody looked", wrong="The day must be a real date, such as 27 3 2027"
        ),
    ]
    revision: Numbered = 0

    @field_validator("seen")
    @classmethod
    def _is_choice(cls, value: str) -> str:
        if value not in SIGN_NAMES:
            raise ValueError("Choose whether the sign was seen")
        return value


class ForwardForm(Form):
    """Why a step comes forward."""

    reason: Annotated[
        str,
        Field(min_length=1, max_length=MOST),
        Says("Enter why you bring it forward", too_long=f"The reason must be {MOST} characters or fewer"),
    ]
    revision: Numbered = 0
