"""What the pages of notes may send."""

from typing import Annotated

from pydantic import Field

from app.web.forms import Form, Numbered, Says

MOST_CHARACTERS = 50_000
LEAST_WORDS, MOST_WORDS = 2, 200


class NotesForm(Form):
    """A note; ``draft`` is what the page's script calls the draft that it keeps in the browser."""

    text: Annotated[
        str,
        Field(max_length=MOST_CHARACTERS),
        Says(
            "Write the notes",
            too_long=f"The notes must be {MOST_CHARACTERS:,} characters or fewer. Begin another record",
        ),
    ] = ""
    revision: Numbered = 0
    draft: Annotated[str, Field(pattern="^[0-9a-f-]{0,36}$")] = ""


class WordsForm(Form):
    """Words to take out of a record."""

    words: Annotated[
        str,
        Field(min_length=LEAST_WORDS, max_length=MOST_WORDS),
        Says(
            "Enter the words to take out",
            too_short=f"Enter {LEAST_WORDS} characters or more",
            too_long=f"Enter {MOST_WORDS} characters or fewer",
        ),
    ]
    confirmed: bool = False
