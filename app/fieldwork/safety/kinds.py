"""The kinds of personal details, and the words for them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from app.interchange.vocabulary import listed


class Kind(StrEnum):
    """What a personal detail is."""

    NHS_NUMBER = "nhs_number"
    POSTCODE = "postcode"
    DATE_OF_BIRTH = "date_of_birth"
    PHONE = "phone"
    EMAIL = "email"
    NATIONAL_INSURANCE = "national_insurance"
    CASE_REFERENCE = "case_reference"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Sighting:
    """A possible personal detail, and where it stands in the text as it was given."""

    kind: Kind
    start: int
    end: int
    text: str


# One; several; what stands in its place once it is taken out.
_WORDS = {
    Kind.NHS_NUMBER: ("an NHS number", "NHS numbers", "NHS number"),
    Kind.POSTCODE: ("a postcode", "postcodes", "postcode"),
    Kind.DATE_OF_BIRTH: ("a possible date of birth", "possible dates of birth", "date of birth"),
    Kind.PHONE: ("a phone number", "phone numbers", "phone number"),
    Kind.EMAIL: ("an email address", "email addresses", "email address"),
    Kind.NATIONAL_INSURANCE: (
        "a National Insurance number",
        "National Insurance numbers",
        "National Insurance number",
    ),
    Kind.CASE_REFERENCE: ("a possible case reference", "possible case references", "case reference"),
    Kind.NAME: ("a possible name", "possible names", "name"),
}
IN_WORDS = {kind: one for kind, (one, _, _) in _WORDS.items()}
REMOVED = {kind: f"[{noun} removed]" for kind, (_, _, noun) in _WORDS.items()}


def seen_in_words(sightings: Iterable[Sighting]) -> str:
    """Say what was seen: "an NHS number and 2 possible names"; nothing where nothing was."""
    counts = Counter(sighting.kind for sighting in sightings)
    parts = [
        one if counts[kind] == 1 else f"{counts[kind]} {several}"
        for kind, (one, several, _) in _WORDS.items()
        if counts[kind]
    ]
    return listed(parts, "and") if parts else ""
