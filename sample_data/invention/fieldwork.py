"""Records, ratings, quotes and reviews: from the written-out blocks to the rows of the files."""

from collections.abc import Sequence
from dataclasses import dataclass

from sample_data.invention import fieldwork_wave_1, talks_wave_2, visits_wave_2

RECORDS = ("record_id", "source", "kind", "role_group", "service_area", "level", "month", "people")
RATINGS = ("record_id", "characteristic", "rater", "stage", "reason")
QUOTES = ("record_id", "characteristic", "text", "released")
REVIEWS = ("heading", "subject", "decision", "reason")

RATERS = {"": "PDM A", "B": "PDM B", "=": "reconciled"}

_BLOCKS = {
    1: (fieldwork_wave_1.TALKS, fieldwork_wave_1.VISITS, fieldwork_wave_1.PAPERS),
    2: (talks_wave_2.TALKS, visits_wave_2.VISITS, visits_wave_2.PAPERS),
}
_SPOKEN = {
    1: (fieldwork_wave_1.QUOTES, fieldwork_wave_1.REVIEWS),
    2: (visits_wave_2.QUOTES, visits_wave_2.REVIEWS),
}

Rows = list[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """The rows of the four files."""

    records: Rows
    ratings: Rows
    quotes: Rows
    reviews: Rows


def fieldwork_of(wave: int) -> Fieldwork:
    """Give the rows of a wave's fieldwork in Wexbourne."""
    return fieldwork_from(_BLOCKS[wave], *_SPOKEN[wave])


def fieldwork_from(blocks: Sequence[str], quotes: str, reviews: str) -> Fieldwork:
    """Give the rows of fieldwork that is written out (as in ``talks_wave_2``)."""
    records: Rows = []
    ratings: Rows = []
    for block in "\n".join(blocks).strip().split("\n\n"):
        head, *lines = block.strip().splitlines()
        record = _record(head)
        records.append(record)
        ratings += [_rating(record[0], line) for line in lines]
    return Fieldwork(
        records,
        ratings,
        [_quote(line) for line in quotes.strip().splitlines()],
        [_review(line) for line in reviews.strip().splitlines()],
    )


def _record(head: str) -> tuple[str, ...]:
    what, area, level, month, people = (part.strip() for part in head.split("|"))
    record_id, source, kind, *role = what.split()
    return (record_id, source, kind, role[0] if role else "", area, level, month, people)


def _rating(record_id: str, line: str) -> tuple[str, ...]:
    characteristic, seen, reason = line.split(" ", 2)
    stage = "not_seen" if seen[-1] == "-" else seen[-1]
    return (record_id, characteristic, RATERS[seen[:-1]], stage, reason)


def _quote(line: str) -> tuple[str, ...]:
    about, text = line.split(" | ", 1)
    record_id, characteristic, released = about.split()
    return (record_id, characteristic, text, released)


def _review(line: str) -> tuple[str, ...]:
    about, reason = line.split(" | ", 1)
    heading, subject, decision = about.split()
    return (heading, subject, decision, reason)
