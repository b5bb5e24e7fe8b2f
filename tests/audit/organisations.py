"""Generated organisations for attacking what is published of them.

What an organisation is like is dealt, not drawn: of every thirty numbers each property has its fixed
share, and the rarest occurs at least once, so that thirty organisations in a row hold every kind.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

import numpy as np

from diagnostics.evidence import Answers, Diagnostic, Evidence, Frame, FrameCell
from tests.audit.invented_answers import Person, invented_answers
from tests.audit.invented_fieldwork import invented_fieldwork
from tests.benchmarks.workforce import FRAMEWORK

ROLES = tuple(group.id for group in FRAMEWORK.role_groups)
USUAL_SHARES = (0.06, 0.10, 0.45, 0.26, 0.13)

DEAL = 30
# How many of every thirty organisations are of which kind.
KINDS: Mapping[str, Mapping[str, int]] = {
    "areas": {"1": 2, "2 to 4": 9, "5 to 10": 10, "11 to 20": 5, "21 to 39": 3, "40": 1},
    "people an area": {"0 to 12": 7, "8 to 14": 6, "0 to 60": 12, "30 to 60": 5},
    "roles": {
        "as usual": 5,
        "uneven": 9,
        "one person each in some": 5,
        "absent from areas": 4,
        "one in a single area": 4,
        "an area of one role": 3,
    },
    "response": {
        "everybody": 4,
        "3 to 15 %": 4,
        "15 to 40 %": 6,
        "40 to 80 %": 10,
        "80 to 99 %": 3,
        "silent areas": 3,
    },
    "answers": {
        "ordinary": 13,
        "at random": 3,
        "ends of the scale": 2,
        "all say 1": 1,
        "all say 3": 1,
        "all say 4": 1,
        "all say 5": 1,
        "all but one agree": 2,
        "unanimous teams": 3,
        "unanimous roles": 1,
        "polarised teams": 2,
    },
    "missing": {
        "a little": 14,
        "nothing": 6,
        "an item": 3,
        "a heading from one role": 3,
        "half of all": 2,
        "an item but for about the threshold": 2,
    },
    "not said": {"nothing": 10, "role": 5, "area": 4, "both": 6, "role of one": 3, "area of one": 2},
    "needs": {"some": 18, "none": 3, "all": 3, "of one": 3, "left out by most": 3},
    "threshold": {"10": 25, "15": 3, "20": 2},
    "fieldwork": {"none": 6, "some sources": 12, "every source": 12},
    "issued": {
        "once": 18,
        "two waves": 5,
        "two waves of almost the same people": 2,
        "a corrected version": 4,
        "two waves and a corrected version": 1,
    },
}

PEOPLE = {"0 to 12": (0, 12), "8 to 14": (8, 14), "0 to 60": (0, 60), "30 to 60": (30, 60)}
RATES = {
    "everybody": (1.0, 1.0),
    "3 to 15 %": (0.03, 0.15),
    "15 to 40 %": (0.15, 0.4),
    "40 to 80 %": (0.4, 0.8),
    "80 to 99 %": (0.8, 0.99),
    "silent areas": (0.4, 0.9),
}


@dataclass(frozen=True, slots=True, eq=False)
class Issue:
    """One thing that is published: a wave, or a corrected version of the wave issued before it."""

    frame: Frame
    evidence: Evidence
    corrects: bool = False

    @property
    def wave(self) -> int:
        return self.evidence.diagnostic.wave


@dataclass(frozen=True, slots=True, eq=False)
class Organisation:
    """What is published of one organisation, in order, and of which kinds it is."""

    number: int
    kinds: Mapping[str, str]
    issues: tuple[Issue, ...]


def organisation(number: int, seed: int) -> Organisation:
    """Generate an organisation; the same number and seed give the same one."""
    kinds = {
        dimension: _dealt(seed, number // DEAL, place)[number % DEAL] for place, dimension in enumerate(KINDS)
    }
    random = np.random.default_rng((seed, number))
    frame = _frame(kinds, random)
    first = _wave(frame, kinds, 1, random)
    issues = [Issue(frame, first)]
    if kinds["issued"].startswith("two waves of"):
        issues.append(Issue(frame, _again(first, random)))
    elif kinds["issued"].startswith("two waves"):
        later = _moved(frame, {}, random)
        issues.append(Issue(later, _wave(later, kinds, 2, random)))
    if kinds["issued"].endswith("a corrected version"):
        last = issues[-1]
        issues.append(Issue(_moved(last.frame, _answered(last.evidence), random), last.evidence, True))
    return Organisation(number, kinds, tuple(issues))


def county(seed: int) -> Organisation:
    """A county of 2,000 people in 40 areas, of whom most answer."""
    kinds = {dimension: next(iter(options)) for dimension, options in KINDS.items()}
    kinds |= {"areas": "40", "response": "80 to 99 %", "fieldwork": "every source", "not said": "both"}
    random = np.random.default_rng(seed)
    areas = [f"Area {place + 1}" for place in range(40)]
    people = random.multinomial(2_000, [share / 40 for share in USUAL_SHARES for _ in areas])
    cells = [(role, area) for role in ROLES for area in areas]
    frame = Frame(tuple(FrameCell(*at, int(n)) for at, n in zip(cells, people, strict=True) if n))
    return Organisation(-1, kinds, (Issue(frame, _wave(frame, kinds, 1, random)),))


@cache
def _dealt(seed: int, deal: int, place: int) -> tuple[str, ...]:
    """Shuffle one property's kinds over thirty organisations in a row."""
    options = list(KINDS.values())[place]
    cards = [kind for kind, share in options.items() for _ in range(share)]
    order = np.random.default_rng((seed, deal, place, DEAL)).permutation(DEAL)
    return tuple(cards[card] for card in order)


def _frame(kinds: Mapping[str, str], random: np.random.Generator) -> Frame:
    ends = [int(end) for end in kinds["areas"].split(" to ")]
    count = int(random.integers(ends[0], ends[-1] + 1))
    low, high = PEOPLE[kinds["people an area"]]
    sizes = random.integers(low, high + 1, count)
    if not sizes.any():
        sizes[0] = 1
    if low == 0 and count > 1:
        sizes[random.integers(0, count)] = 0
        sizes[0] = max(sizes[0], 1)
    table = _people(kinds["roles"], sizes, random)
    # An area without people still stands in the frame, as a council's own list of teams would have it.
    return Frame(
        tuple(
            FrameCell(role, f"Area {area + 1}", int(table[area, r]))
            for area in range(count)
            for r, role in enumerate(ROLES)
            if table[area, r] or (r == 0 and not sizes[area])
        )
    )


def _people(kind: str, sizes: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """Headcount by area and role."""
    shares = np.array(USUAL_SHARES)
    if kind != "as usual":
        shares = random.dirichlet(np.full(len(ROLES), 0.7))
    table = np.zeros((len(sizes), len(ROLES)), dtype=np.int64)
    for area, size in enumerate(sizes):
        local = random.dirichlet(8 * shares + 0.05) if kind != "as usual" else shares
        if kind == "absent from areas":
            local = np.where(random.random(len(ROLES)) < 0.5, local, 0.0)
        local = local / local.sum() if local.sum() else shares
        table[area] = random.multinomial(size, local)
    role = int(random.integers(0, len(ROLES)))
    other = (role + 1) % len(ROLES)
    if kind == "one person each in some":
        for lone in (role, (role + 2) % len(ROLES)):
            table[:, other] += table[:, lone]
            table[:, lone] = 0
            if table[:, other].any():
                area = int(random.choice(np.flatnonzero(table[:, other])))
                table[area, other] -= 1
                table[area, lone] = 1
    if kind == "one in a single area":
        area = int(np.argmax(sizes))
        table[:, other] += table[:, role]
        table[area, role], table[area, other] = table[area, other], 0
        table[np.arange(len(sizes)) != area, role] = 0
    if kind == "an area of one role":
        area = int(np.argmax(sizes))
        table[area] = 0
        table[area, role] = sizes[area]
    return table


def _wave(frame: Frame, kinds: Mapping[str, str], wave: int, random: np.random.Generator) -> Evidence:
    people = _respondents(frame, kinds["response"], random)
    answers = invented_answers(people, kinds, random) if people else None
    records, ratings, quotes = invented_fieldwork(kinds["fieldwork"], random)
    year = 2025 + wave
    diagnostic = Diagnostic(
        authority_code="X00000003",
        authority_name="Invented County Council",
        wave=wave,
        as_of=date(year, 11, 16),
        threshold=int(kinds["threshold"]),
        survey_opened=date(year, 9, 7),
        survey_closed=date(year, 10, 2),
    )
    return Evidence(diagnostic, answers, records, ratings, quotes)


def _respondents(frame: Frame, kind: str, random: np.random.Generator) -> list[Person]:
    low, high = RATES[kind]
    areas = list(frame.service_areas)
    silent = set(random.choice(areas, (len(areas) + 2) // 3)) if kind == "silent areas" else set()
    # Half of the organisations answer alike everywhere; in the others each area has its own rate.
    same = random.uniform(low, high) if random.random() < 0.5 else None
    rates = {area: random.uniform(low, high) if same is None else same for area in areas}
    return [
        (cell.role_group, cell.service_area)
        for cell in frame.cells
        for _ in range(cell.headcount)
        if cell.service_area not in silent and random.random() < rates[cell.service_area]
    ]


def _again(evidence: Evidence, random: np.random.Generator) -> Evidence:
    """The next wave, in which one person is missing and another changed every answer."""
    later = replace(
        evidence,
        diagnostic=replace(
            evidence.diagnostic,
            wave=2,
            as_of=date(2027, 11, 16),
            survey_opened=date(2027, 9, 6),
            survey_closed=date(2027, 10, 1),
        ),
    )
    answers = evidence.answers
    if answers is None or answers.n < 2:
        return later
    gone, changed = random.choice(answers.n, 2, replace=False)
    values = answers.values.copy()
    values[changed] = np.where(values[changed] > 3, 1.0, np.where(np.isfinite(values[changed]), 5.0, np.nan))
    kept = [person for person in range(answers.n) if person != gone]
    return replace(later, answers=_of(answers, values, kept))


def _of(answers: Answers, values: np.ndarray, kept: Sequence[int]) -> Answers:
    return replace(
        answers,
        values=values[list(kept)],
        dont_know=answers.dont_know[list(kept)],
        role_group=tuple(answers.role_group[person] for person in kept),
        service_area=tuple(answers.service_area[person] for person in kept),
        needs=tuple(answers.needs[person] for person in kept),
    )


def _moved(
    frame: Frame, answered: Mapping[tuple[str | None, str | None], int], random: np.random.Generator
) -> Frame:
    """The same frame with a few headcounts one or two higher or lower, never below who answered."""
    cells = list(frame.cells)
    for place in random.choice(len(cells), min(len(cells), int(random.integers(1, 5))), replace=False):
        cell = cells[place]
        least = max(answered.get((cell.role_group, cell.service_area), 0), 1)
        moved = cell.headcount + int(random.choice((-2, -1, 1, 2)))
        cells[place] = replace(cell, headcount=max(least, moved))
    return Frame(tuple(cells))


def _answered(evidence: Evidence) -> dict[tuple[str | None, str | None], int]:
    counts: dict[tuple[str | None, str | None], int] = {}
    answers = evidence.answers
    for at in zip(answers.role_group, answers.service_area, strict=True) if answers else ():
        counts[at] = counts.get(at, 0) + 1
    return counts
