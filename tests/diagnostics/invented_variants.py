"""Variants of the invented wave: tiny and large councils, many areas, silence, extremes, chaos."""

from dataclasses import replace
from datetime import date
from typing import cast

import numpy as np

from diagnostics.evidence import Answers, Evidence, Frame, FrameCell, Quote, Rating, Record, Review
from diagnostics.published import SOURCES, Source
from tests.benchmarks.workforce import FRAMEWORK, invented_wave

Wave = tuple[Frame, Evidence]
SIDES = {group.id: group.side for group in FRAMEWORK.role_groups}
PATTERNS = ("said_not_seen", "written_not_done", "done_not_written", "leaders_above_practitioners")


def only(wave: Wave, *sources: Source) -> Wave:
    """All sources silent but these."""
    frame, evidence = wave
    kept = {record.id for record in evidence.records if record.source in sources}
    return frame, replace(
        evidence,
        answers=evidence.answers if "survey" in sources else None,
        records=tuple(record for record in evidence.records if record.id in kept),
        ratings=tuple(rating for rating in evidence.ratings if rating.record in kept),
    )


def answering(wave: Wave, **changes: object) -> Wave:
    frame, evidence = wave
    assert evidence.answers is not None
    return frame, replace(evidence, answers=replace(evidence.answers, **changes))  # type: ignore[arg-type] # the caller names fields


def answers_of(wave: Wave) -> Answers:
    assert wave[1].answers is not None
    return wave[1].answers


def all_say(wave: Wave, value: float) -> Wave:
    """Everybody answers everything the same."""
    values = answers_of(wave).values
    return answering(wave, values=np.where(np.isfinite(values), value, np.nan))


def leaders_apart(wave: Wave, upper: float, lower: float) -> Wave:
    """Leaders and managers say one thing, everybody else another."""
    answers = answers_of(wave)
    above = np.array([SIDES.get(role or "") == "upper" for role in answers.role_group])[:, np.newaxis]
    said = np.where(above, upper, lower)
    return answering(wave, values=np.where(np.isfinite(answers.values), said, np.nan))


def in_areas(wave: Wave, count: int, seed: int) -> Wave:
    """The same people spread over so many areas, some with a name that a page must escape."""
    random = np.random.default_rng(seed)
    names = [f"Area {place} – Siân & Łukasz" for place in range(count)]
    frame, evidence = wave
    answers = answers_of(wave)
    cells = [
        FrameCell(cell.role_group, name, int(part))
        for cell in frame.cells
        for name, part in zip(names, random.multinomial(cell.headcount, [1 / count] * count), strict=True)
    ]
    chosen = tuple(names[i] for i in random.integers(0, count, answers.n))
    return Frame((*cells, *(FrameCell("support", name, 1) for name in names))), replace(
        evidence, answers=replace(answers, service_area=chosen)
    )


def staged(wave: Wave, **stages: int) -> Wave:
    """Every rating of a source at one stage."""
    frame, evidence = wave
    source = {record.id: record.source for record in evidence.records}
    ratings = tuple(replace(r, stage=stages.get(source[r.record], r.stage)) for r in evidence.ratings)
    return frame, replace(evidence, ratings=ratings)


def scattered(seed: int) -> Wave:
    """A few records with ratings of anything, answers full of holes, reviews and quotes at random."""
    random = np.random.default_rng(seed)
    wave = invented_wave(int(random.integers(1, 160)), seed)
    answers = answers_of(wave)
    holes = random.random(answers.values.shape) < random.random()
    unsaid = random.random(answers.n) < random.random()
    values = np.where(holes, np.nan, random.integers(1, 6, answers.values.shape))
    values = np.where(np.isfinite(answers.values), values, np.nan)
    records = tuple(_any_record(random, place) for place in range(int(random.integers(0, 14))))
    ratings = tuple(
        Rating(record.id, c.id, rater, None if random.random() < 0.1 else int(random.integers(1, 5)), "Seen.")
        for record in records
        for c in FRAMEWORK.characteristics
        if random.random() < 0.15
        for rater in ("A", "B")[: int(random.integers(1, 3))]
    )
    frame, evidence = answering(
        wave,
        values=values,
        role_group=tuple(None if u else role for u, role in zip(unsaid, answers.role_group, strict=True)),
        replacement_links=int(random.integers(0, 4)),
    )
    quotes = tuple(
        Quote(r.record, r.characteristic, "We ask why.", bool(random.random() < 0.5)) for r in ratings[:9]
    )
    reviews = tuple(
        Review(heading.id, str(random.choice(PATTERNS)), bool(random.random() < 0.5), "Looked at.")
        for heading in FRAMEWORK.headings
    )
    return frame, replace(evidence, records=records, ratings=ratings, quotes=quotes, reviews=reviews)


def _any_record(random: np.random.Generator, place: int) -> Record:
    source = cast(Source, str(random.choice(SOURCES[1:])))
    kinds = {
        "interview": FRAMEWORK.interview_kinds,
        "observation": FRAMEWORK.observation_settings,
        "document": FRAMEWORK.document_types,
    }[source]
    kind = kinds[int(random.integers(0, len(kinds)))].id
    role = str(random.choice([group.id for group in FRAMEWORK.role_groups]))
    people = None if random.random() < 0.3 else int(random.integers(1, 25))
    month = date(2026, int(random.integers(1, 12)), 1)
    return Record(
        f"R-{place}", source, kind, role if random.random() < 0.8 else None, "Early help", None, month, people
    )


def variants() -> dict[str, Wave]:
    """Every variant by a telling name."""
    found = {
        "as invented": invented_wave(150, 1),
        "many answers": invented_wave(700, 2),
        "forty areas": in_areas(invented_wave(200, 3), 40, 3),
        "all ones": all_say(invented_wave(90, 4), 1.0),
        "all fives": all_say(invented_wave(90, 5), 5.0),
        "all threes": all_say(invented_wave(90, 6), 3.0),
        "leaders far above": leaders_apart(invented_wave(400, 7), 5.0, 1.0),
        "practitioners far above": leaders_apart(invented_wave(400, 8), 1.0, 5.0),
        "leaders a little above": leaders_apart(invented_wave(400, 9), 4.0, 3.0),
        "all well": staged(all_say(invented_wave(90, 10), 5.0), interview=4, observation=4, document=4),
        "all ill": staged(all_say(invented_wave(90, 11), 1.0), interview=1, observation=1, document=1),
        "written, not done": staged(all_say(invented_wave(90, 12), 2.0), observation=1, document=4),
        "done, not written": staged(all_say(invented_wave(90, 13), 5.0), observation=4, document=1),
        "said, not seen": staged(all_say(invented_wave(90, 14), 5.0), observation=1, document=2),
        "interviews above": staged(all_say(invented_wave(90, 15), 2.0), interview=4, observation=1),
    }
    found |= {f"{n} answers": invented_wave(n, n) for n in (1, 2, 5, 9, 10, 11, 29, 30)}
    found |= {f"{source} alone": only(invented_wave(60, 16), source) for source in SOURCES}
    found |= {"silence": only(invented_wave(60, 17))}
    found |= {f"scattered {seed}": scattered(seed) for seed in range(40)}
    return found
