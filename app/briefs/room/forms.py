"""What the pages of the brief room may send. ``seen`` is the revision that the page showed."""

from typing import Annotated

from pydantic import Field

from app.briefs.editing.applying import LONGEST_WORDING
from app.briefs.room.services import LONGEST_CORRECTION
from app.web.forms import Form, Numbered, Says

LONGEST_LEAD, LONGEST_TITLE, LONGEST_REASON = 60, 120, 400
Seen = Annotated[Numbered, Field(ge=1), Says("The page does not say which text it showed. Open it again")]
Sentence = Annotated[
    str,
    Field(min_length=1, max_length=LONGEST_WORDING),
    Says("Enter the sentence", too_long=f"The sentence must be {LONGEST_WORDING} characters or fewer"),
]


class SeenForm(Form):
    """A button that changes the draft as the page showed it."""

    seen: Seen


class BeginForm(Form):
    """What a new version mends; the first has nothing to say."""

    correction: Annotated[
        str,
        Field(max_length=LONGEST_CORRECTION),
        Says("Say what it mends", too_long=f"It must be {LONGEST_CORRECTION} characters or fewer"),
    ] = ""


class WordingForm(Form):
    """A finding in other words; ``lead`` is its bold beginning."""

    seen: Seen
    lead: Annotated[
        str,
        Field(max_length=LONGEST_LEAD),
        Says("Enter it", too_long=f"The bold beginning must be {LONGEST_LEAD} characters or fewer"),
    ] = ""
    text: Sentence


class MergeForm(Form):
    """The finding in which this one is told."""

    seen: Seen
    kept: Annotated[str, Field(min_length=1, max_length=80), Says("Choose the finding to merge it into")]


class AddForm(Form):
    """A sentence under a heading, and the lines of the evidence list that it rests on."""

    seen: Seen
    text: Sentence
    evidence: Annotated[
        tuple[str, ...],
        Field(min_length=1, max_length=60),
        Says("Choose at least one line of evidence. A sentence without evidence cannot be published"),
    ]


class VerdictForm(Form):
    """The finding that is the verdict."""

    seen: Seen
    finding: Annotated[str, Field(min_length=1, max_length=80), Says("Choose the verdict")]


class StrengthForm(Form):
    """The finding that is the strength to keep, and its title."""

    seen: Seen
    finding: Annotated[str, Field(min_length=1, max_length=80), Says("Choose the strength to keep")]
    title: Annotated[
        str,
        Field(min_length=1, max_length=LONGEST_TITLE),
        Says("Enter its title", too_long=f"The title must be {LONGEST_TITLE} characters or fewer"),
    ]


class StepsForm(Form):
    """The first steps in their order, and why they are not those that the ranking puts first."""

    seen: Seen
    first: Annotated[str, Field(min_length=1, max_length=80), Says("Choose the first step")]
    second: Annotated[str, Field(max_length=80)] = ""
    third: Annotated[str, Field(max_length=80)] = ""
    reason: Annotated[
        str,
        Field(max_length=LONGEST_REASON),
        Says("Say why", too_long=f"The reason must be {LONGEST_REASON} characters or fewer"),
    ] = ""


class SignForm(Form):
    """The SHA-256 of the text that was read, and the word that it was."""

    digest: Annotated[str, Field(min_length=64, max_length=64), Says("Open the page again")]
    read: Annotated[str, Field(min_length=1), Says("Say that you have read the whole brief")]
