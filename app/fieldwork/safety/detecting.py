"""Find what may identify somebody in a note or a quote, and take it out.

It warns of too much rather than too little in numbers and addresses, and cannot know every name: a person
decides.
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


def sightings_in(text: str, places: Iterable[str] = ()) -> tuple[Sighting, ...]:
    """Find possible personal details, in order; they never overlap.

    ``places`` are names that are nobody's: the council's, its areas', its teams'. What stands in place of
    something removed, such as "[name removed]", is no detail.
    """
    return _sightings(text, frozenset(), frozenset(places))


def sightings_in_quote(quote: str, note: str = "", places: Iterable[str] = ()) -> tuple[Sighting, ...]:
    """Find possible personal details in a quote, and in it the names that the note it comes from gives away.

    "I think that Frost listened" has no cue; the note has it: "Mr Frost".
    """
    nobodys = frozenset(places)
    told = _sightings(note, frozenset(), nobodys)
    return _sightings(quote, frozenset(one.text for one in told if one.kind is Kind.NAME), nobodys)


def redacted(text: str, sightings: Iterable[Sighting]) -> str:
    """Put words such as "[name removed]" in the place of each sighting."""
    pieces: list[str] = []
    at = 0
    for sighting in sorted(sightings, key=lambda one: (one.start, -one.end)):
        if sighting.start >= at:
            pieces += (text[at : sighting.start], REMOVED[sighting.kind])
        at = max(at, sighting.end)
    return "".join((*pieces, text[at:]))


def _sightings(text: str, known: frozenset[str], places: frozenset[str]) -> tuple[Sighting, ...]:
    """Look for one kind after the other, each in what those before left, until nothing more is found."""
    reading = Reading.of(text)
    sightings: list[Sighting] = []
    for _ in range(_MOST_ROUNDS):
        before = len(sightings)
        for find in (
            _emails,
            _births,
            _insurance,
            _numbers,
            _references,
            _postcodes,
            partial(_names, known, places),
        ):
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


def _names(known: frozenset[str], places: frozenset[str], text: str) -> Iterator[tuple[Found, Kind]]:
    return ((found, Kind.NAME) for found in names_in(text, known, places))
