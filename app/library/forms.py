"""What the pages of the library may send."""

from typing import Annotated
from urllib.parse import urlsplit

from pydantic import Field, field_validator

from app.library.entries import KINDS
from app.web.forms import Form, Numbered, Says

FIRST_YEAR, LAST_YEAR = 1950, 2100


class EntryForm(Form):
    """An entry; the pages check headings, needs and role groups against the framework."""

    title: Annotated[
        str,
        Field(min_length=1, max_length=200),
        Says("Enter the title", too_long="The title must be 200 characters or fewer"),
    ]
    publisher: Annotated[
        str,
        Field(min_length=1, max_length=200),
        Says("Enter who published it", too_long="The publisher must be 200 characters or fewer"),
    ]
    year: Annotated[
        int | None,
        Field(ge=FIRST_YEAR, le=LAST_YEAR),
        Says("Enter the year", wrong=f"The year must be a number from {FIRST_YEAR} to {LAST_YEAR}"),
    ] = None
    address: Annotated[
        str,
        Field(min_length=1, max_length=500),
        Says("Enter its web address", too_long="The web address must be 500 characters or fewer"),
    ]
    kind: Annotated[str, Field(min_length=1), Says("Choose what kind of resource it is")]
    helps_with: Annotated[
        str,
        Field(min_length=1, max_length=600),
        Says("Enter what it helps with", too_long="What it helps with must be 600 characters or fewer"),
    ]
    headings: Annotated[tuple[str, ...], Field(min_length=1), Says("Choose at least one heading")]
    needs: Annotated[tuple[str, ...], Says("Choose needs from the list")] = ()
    roles: Annotated[tuple[str, ...], Says("Choose role groups from the list")] = ()
    effectiveness: Annotated[
        str,
        Field(max_length=400),
        Says("Enter the effect", too_long="The effect must be 400 characters or fewer"),
    ] = ""
    strength_of_evidence: Annotated[
        str,
        Field(max_length=400),
        Says("Enter the strength", too_long="The strength of evidence must be 400 characters or fewer"),
    ] = ""
    masterclass: Annotated[
        str,
        Field(max_length=400),
        Says("Enter the exercise", too_long="The exercise must be 400 characters or fewer"),
    ] = ""
    version: Numbered = 0

    @field_validator("address")
    @classmethod
    def _is_address(cls, value: str) -> str:
        try:
            parts = urlsplit(value)
        except ValueError:
            parts = urlsplit("")
        if parts.scheme not in ("http", "https") or not parts.hostname or "." not in parts.hostname:
            raise ValueError("Enter a whole web address, such as https://www.example.org/guide")
        return value

    @field_validator("kind")
    @classmethod
    def _is_kind(cls, value: str) -> str:
        if value not in KINDS:
            raise ValueError("Choose what kind of resource it is")
        return value


class RetireForm(Form):
    """Why an entry goes."""

    reason: Annotated[
        str,
        Field(min_length=1, max_length=500),
        Says(
            "Enter why people should not be sent there any more",
            too_long="The reason must be 500 characters or fewer",
        ),
    ]
    version: Numbered = 0
