"""What the pages of quotes may send."""

from typing import Annotated

from pydantic import Field

from app.web.forms import Form, Numbered, Says

LONGEST = 600


class QuoteForm(Form):
    """A quote; the pages check what is attached to it against what there is."""

    text: Annotated[
        str,
        Field(min_length=1, max_length=LONGEST),
        Says(
            "Enter the words of the quote",
            too_long=f"The quote must be {LONGEST} characters or fewer. Leave words out, and put … there",
        ),
    ]
    characteristics: Annotated[
        list[str], Field(min_length=1), Says("Choose at least one characteristic that the quote is about")
    ]
    codes: Annotated[list[str], Says("Choose codes from the list")] = Field(default_factory=list)
    role_band: Annotated[str, Says("Choose a role band from the list")] = ""
    version: Numbered = 0


class DeedForm(Form):
    """Proposing, releasing or taking back a quote, as the page showed it."""

    version: Numbered = 0
