"""Invented waves whose answers are planted: who stands where, how many answer, and what each group says.

Everybody of a group answers each item at the same levels, from 0 (worst) to 1 (best), so that the score of
every group under every heading is known before anything is computed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from diagnostics.disclosure import publish
from diagnostics.evidence import (
    Answers,
    Diagnostic,
    Evidence,
    Frame,
    FrameCell,
    Quote,
    Rating,
    Record,
    Review,
)
from diagnostics.framework import Framework
from diagnostics.framework_parts import Question
from diagnostics.handing_on import hand_on
from diagnostics.profile import Profile, build_profile
from diagnostics.published import PublishedProfile, Source

AUTHORITY = "Wexbourne Metropolitan Borough Council"
MONTH = date(2026, 9, 1)


@dataclass(frozen=True, slots=True)
class Cell:
    """People of one role in one area: headcount, answers, and the levels that they answer at in turn."""

    role: str | None
    area: str | None
    headcount: int
    answered: int
    levels: tuple[float, ...] = (0.5,)
    omits: tuple[str, ...] = ()


def wave_of(
    framework: Framework,
    cells: Sequence[Cell],
    fieldwork: Sequence[tuple[Record, tuple[Rating, ...]]] = (),
    *,
    quotes: Sequence[Quote] = (),
    reviews: Sequence[Review] = (),
    needs: Iterable[str] | None = (),
    comments: int = 0,
    **diagnostic: object,
) -> tuple[Frame, Evidence]:
    """A frame and its evidence. A cell without role or area holds people who preferred not to say."""
    frame = Frame(
        tuple(FrameCell(c.role, c.area, c.headcount) for c in cells if c.role is not None and c.area)
    )
    about = {
        "authority_code": "X00000001",
        "authority_name": AUTHORITY,
        "wave": 1,
        "as_of": date(2026, 11, 16),
        "threshold": 10,
        "survey_opened": date(2026, 9, 7),
        "survey_closed": date(2026, 10, 2),
    }
    evidence = Evidence(
        diagnostic=Diagnostic(**(about | diagnostic)),  # type: ignore[arg-type] # the caller names its fields
        answers=_answers(framework, cells, None if needs is None else frozenset(needs), comments),
        records=tuple(record for record, _ in fieldwork),
        ratings=tuple(rating for _, ratings in fieldwork for rating in ratings),
        quotes=tuple(quotes),
        reviews=tuple(reviews),
    )
    return frame, evidence


def profile_of(
    framework: Framework, wave: tuple[Frame, Evidence], previous: Profile | None = None
) -> Profile:
    """The profile of a wave, without the draws that test the order of the steps."""
    last = hand_on(previous) if previous else None
    return build_profile(framework, *wave, last, rank_draws=False)


def published_of(
    framework: Framework, wave: tuple[Frame, Evidence], previous: Profile | None = None
) -> PublishedProfile:
    return publish(profile_of(framework, wave, previous))


def without_survey(wave: tuple[Frame, Evidence]) -> tuple[Frame, Evidence]:
    """The same wave, but nobody was asked."""
    about = replace(wave[1].diagnostic, survey_opened=None, survey_closed=None)
    return wave[0], replace(wave[1], diagnostic=about, answers=None)


def value_at(framework: Framework, question: Question, level: float) -> float:
    """The answer at a level from 0 (worst) to 1 (best), whichever way the item points."""
    values = [option.value for option in framework.scale(question.scale).options]
    low, high = min(values), max(values)
    up = 1 - level if question.reversed else level
    return float(low + round(up * (high - low)))


def _answers(
    framework: Framework, cells: Sequence[Cell], needs: frozenset[str] | None, comments: int
) -> Answers | None:
    questions = (*framework.questions, *framework.outcomes)
    people = [(cell, place) for cell in cells for place in range(cell.answered)]
    if not people:
        return None
    values = np.full((len(people), len(questions)), np.nan)
    for row, (cell, place) in enumerate(people):
        level = cell.levels[place % len(cell.levels)]
        for column, question in enumerate(questions):
            if question.is_shown_to(cell.role) and question.code not in cell.omits:
                values[row, column] = value_at(framework, question, level)
    return Answers(
        codes=tuple(question.code for question in questions),
        values=values,
        dont_know=np.zeros(values.shape, dtype=np.bool_),
        role_group=tuple(cell.role for cell, _ in people),
        service_area=tuple(cell.area for cell, _ in people),
        needs=(needs,) * len(people),
        comments={framework.comments[0].code: ("Words.",) * comments},
    )


def record_of(
    identity: str,
    source: Source,
    kind: str,
    stages: Mapping[str, int | None],
    *,
    role: str | None = None,
    area: str | None = None,
    people: int | None = None,
    month: date = MONTH,
) -> tuple[Record, tuple[Rating, ...]]:
    """One record with one rater's stage for each characteristic."""
    record = Record(identity, source, kind, role, area, None, month, people)
    return record, tuple(Rating(identity, c, "A", stage, "Seen.") for c, stage in stages.items())


def records_of(
    framework: Framework,
    source: Source,
    stage: int,
    count: int = 2,
    *,
    role: str | None = None,
    only: Iterable[str] = (),
    prefix: str = "",
) -> list[tuple[Record, tuple[Rating, ...]]]:
    """Several records of one source that give the same stage to all characteristics, or only to some."""
    kind = {
        "interview": framework.interview_kinds[0].id,
        "observation": framework.observation_settings[0].id,
        "document": framework.document_types[0].id,
    }[source]
    about = tuple(only) or tuple(c.id for c in framework.characteristics)
    return [
        record_of(f"{prefix}{source}-{place}", source, kind, dict.fromkeys(about, stage), role=role)
        for place in range(count)
    ]
