"""Invented interviews, observations and documents, with ratings and a few quotes."""

from datetime import date

import numpy as np

from diagnostics.evidence import FIELDWORK, Quote, Rating, Record
from diagnostics.published import Source
from tests.benchmarks.workforce import FRAMEWORK

KINDS: dict[str, tuple[str, ...]] = {
    "interview": tuple(kind.id for kind in FRAMEWORK.interview_kinds),
    "observation": tuple(kind.id for kind in FRAMEWORK.observation_settings),
    "document": tuple(kind.id for kind in FRAMEWORK.document_types),
}
USUAL_STAGE = {"interview": 2.4, "observation": 2.0, "document": 3.0}
ROLES = tuple(group.id for group in FRAMEWORK.role_groups)


def invented_fieldwork(
    kind: str, random: np.random.Generator
) -> tuple[tuple[Record, ...], tuple[Rating, ...], tuple[Quote, ...]]:
    """Invent fieldwork of every source, of some, or none."""
    sources = [] if kind == "none" else list(FIELDWORK)
    if kind == "some sources":
        sources = [sources[place] for place in random.permutation(3)[: int(random.integers(1, 3))]]
    records = tuple(
        _record(source, place, random) for source in sources for place in range(int(random.integers(1, 11)))
    )
    ratings = tuple(
        rating
        for record in records
        for characteristic in FRAMEWORK.characteristics
        if random.random() < 0.3
        for rating in _ratings(record, characteristic.id, random)
    )
    quotes = tuple(
        Quote(rating.record, rating.characteristic, "We ask why.", bool(random.random() < 0.7))
        for rating in ratings[:5]
        if rating.stage is not None
    )
    return records, ratings, quotes


def _record(source: Source, place: int, random: np.random.Generator) -> Record:
    role = None if source == "document" else str(random.choice(ROLES))
    people = int(random.integers(1, 25)) if source == "observation" else None
    identity = f"{source[:1].upper()}-{place + 1:02}"
    kind = str(random.choice(KINDS[source]))
    return Record(identity, source, kind, role, None, None, date(2026, 9, 1), people)


def _ratings(record: Record, characteristic: str, random: np.random.Generator) -> list[Rating]:
    stage = int(np.clip(round(USUAL_STAGE[record.source] + 0.6 * random.normal()), 1, 4))
    seen = None if random.random() < 0.05 else stage
    ratings = [Rating(record.id, characteristic, "A", seen, "Seen.")]
    if random.random() < 0.2:
        second = int(np.clip(stage + random.integers(-1, 2), 1, 4))
        ratings.append(Rating(record.id, characteristic, "B", second, "Seen."))
    return ratings
