"""Find what may identify somebody in a note or a quote, and take it out.

It warns of too much rather than too little in numbers and addresses, and cannot know every name: a person decides.
"""

from collections.abc import Iterable, Iterator
from functools import partial

from app.fieldwork.safety.dates import dates_in
from app.fieldwork.safety.kinds import IN_WORDS, REMOVED, Kind, Sighting, seen_in_words
from app.fieldwork.safety.names import names_in
from app.fieldwork.safety.numbers import insurance_numbers_in, numbers_in
from app.fieldwork.safety.reading import Found, Reading
from app.fieldwork.safety.references import emails_in, postcodes_in, references_in

__all__ = ["IN_WORDS", "Kind", "Sighting", "redacted", "seen_in_words", "sightings_in", "sightings_in_quote"]

# Taking something out can lay open something else; nothing was ever seen to take more than three rounds.
_MOST_ROUNDS = 5


def sightings_in(text: str) -> tuple[Sighting, ...]:
    """Find possible personal details, in order; they never overlap.

    What stands in place of something removed, such as "[name removed]", is none.
    """
    return _sightings(text, frozenset())


def sightings_in_quote(quote: str, note: str = "") -> tuple[Sighting, ...]:
    """Find possible personal details in a quote, and in it the names that the note it comes from gives away.

    "Kofi never got a letter" has no cue; the note has it: "a boy called Kofi".
    """
    known = frozenset(sighting.text for sighting in sightings_in(note) if sighting.kind is Kind.NAME)
    return _sightings(quote, known)


def redacted(text: str, sightings: Iterable[Sighting]) -> str:
    """Put words such as "[name removed]" in the place of each sighting."""
    pieces: list[str] = []
    at = 0
    for sighting in sorted(sightings, key=lambda one: (one.start, -one.end)):
        if sighting.start >= at:
            pieces += (text[at : sighting.start], REMOVED[sighting.kind])
        at = max(at, sighting.end)
    return "".join((*pieces, text[at:]))


def _sightings(text: str, known: frozenset[str]) -> tuple[Sighting, ...]:
    """Look for one kind after the other, each in what the ones before it left, until nothing more is found."""
    reading = Reading.of(text)
    sightings: list[Sighting] = []
    for _ in range(_MOST_ROUNDS):
        before = len(sightings)
        for find in (_emails, _births, _insurance, _numbers, _references, _postcodes, partial(_names, known)):
            reading, taken = reading.without(sorted(find(reading.text)))
            sightings += (Sighting(kind, start, end, text[start:end]) for kind, start, end in taken)
        if len(sightings) == before:
            break
    return tuple(sorted(sightings, key=lambda one: one.start))


def _emails(text: str) -> Iterator[tuple[Found, Kind]]:
    return ((found, Kind.EMAIL) for found in emails_in(text))


def _births(text: str) -> Iterator[tuple[Found, Kind]]:
    return ((found, Kind.DATE_OF_BIRTH) for found in dates_in(text).births)


def _insurance(text: str) -> Iterator[tuple[Found, Kind]]:
    return ((found, Kind.NATIONAL_INSURANCE) for found in insurance_numbers_in(text))


def _numbers(text: str) -> Iterator[tuple[Found, Kind]]:
    return ((found, kind) for kind, found in numbers_in(text, dates_in(text).others))


def _references(text: str) -> Iterator[tuple[Found, Kind]]:
    return ((found, Kind.CASE_REFERENCE) for found in references_in(text, dates_in(text).others))


def _postcodes(text: str) -> Iterator[tuple[Found, Kind]]:
    return ((found, Kind.POSTCODE) for found in postcodes_in(text))


def _names(known: frozenset[str], text: str) -> Iterator[tuple[Found, Kind]]:
    return ((found, Kind.NAME) for found in names_in(text, known))
