"""What the pages of the profile room may send."""

from datetime import date
from typing import Annotated

from pydantic import Field, field_validator

from app.profiles.models import NO, PARTLY, YES
from app.web.dates import today
from app.web.forms import DateParts, Form, Says

CONFIRM, OVERRULE = "confirm", "overrule"
LONGEST_REASON, LONGEST_COMMENT = 600, 2000
_ANSWERS = (YES, PARTLY, NO)
Reason = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_REASON),
    Says(
        "Enter the reason, in one sentence or two",
        too_long=f"The reason must be {LONGEST_REASON} characters or fewer",
    ),
]
Comment = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_COMMENT),
    Says("Enter what you want to say", too_long=f"It must be {LONGEST_COMMENT:,} characters or fewer"),
]
Why = Annotated[
    str,
    Field(max_length=LONGEST_REASON),
    Says("Enter why", too_long=f"The reason must be {LONGEST_REASON} characters or fewer"),
]


class DecideForm(Form):
    """A decision on one code; ``found`` and ``seen`` tell what the page showed."""

    decision: Annotated[str, Field(min_length=1), Says("Choose whether to confirm or overrule it")]
    reason: Reason
    found: str = ""
    seen: str = ""

    @field_validator("decision")
    @classmethod
    def _is_decision(cls, value: str) -> str:
        if value not in (CONFIRM, OVERRULE):
            raise ValueError("Choose whether to confirm or overrule it")
        return value


class SeveralForm(Form):
    """Codes that are confirmed together; each is its place in the list with what was found."""

    codes: Annotated[tuple[str, ...], Field(min_length=1), Says("Tick what you want to confirm")]
    reason: Reason


class OpenReplyForm(Form):
    """The day on which people come together over the draft."""

    session_on: Annotated[
        date,
        DateParts(),
        Says(
            "Enter the day of the sense-making session",
            wrong="The day of the session must be a real date, such as 27 3 2027",
        ),
    ]

    @field_validator("session_on")
    @classmethod
    def _is_to_come(cls, value: date) -> date:
        if value < today():
            raise ValueError("The day of the session must be today or later")
        return value


class CommentForm(Form):
    """What somebody says of a finding."""

    text: Comment


class AnswerForm(Form):
    """The answer to a comment; ``seen`` is the answer that the page showed."""

    answer: Comment
    seen: str = ""


class QuestionsForm(Form):
    """The three questions about the draft, each with the reason."""

    accurate: Annotated[str, Field(min_length=1), Says("Choose whether the draft is accurate")]
    accurate_why: Why = ""
    substance: Annotated[str, Field(min_length=1), Says("Choose whether the draft is of substance")]
    substance_why: Why = ""
    helpful: Annotated[
        str, Field(min_length=1), Says("Choose whether the draft helps you to get ready for action")
    ]
    helpful_why: Why = ""

    @field_validator("accurate", "substance", "helpful")
    @classmethod
    def _is_answer(cls, value: str) -> str:
        if value not in _ANSWERS:
            raise ValueError("Choose yes, partly or no")
        return value
