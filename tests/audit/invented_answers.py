"""Invented answers: ordinary ones, and the ones in which a person is easiest to find."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from diagnostics.evidence import Answers
from tests.benchmarks.workforce import FRAMEWORK

Person = tuple[str, str]
Values = NDArray[np.float64]

QUESTIONS = (*FRAMEWORK.questions, *FRAMEWORK.outcomes)
REVERSED = np.array([question.reversed for question in QUESTIONS])
CHOICES = tuple(choice.id for choice in FRAMEWORK.needs.choices)


def invented_answers(
    people: Sequence[Person], kinds: Mapping[str, str], random: np.random.Generator
) -> Answers:
    """Invent what these people answer, by the kinds "answers", "missing", "not said" and "needs"."""
    n = len(people)
    values = _values(people, kinds["answers"], random)
    shown = {role: np.array([q.is_shown_to(role) for q in QUESTIONS]) for role in {r for r, _ in people}}
    values[~np.array([shown[role] for role, _ in people])] = np.nan
    silent = _silent(people, kinds["missing"], int(kinds["threshold"]), random) & np.isfinite(values)
    unsure = silent & (random.random(values.shape) < 0.5)
    values[silent] = np.nan
    roles, areas = _said(people, kinds["not said"], random)
    # Who keeps the role private is shown only what everybody is shown.
    for person, role in enumerate(roles):
        if role is None:
            everybody = np.array([question.is_shown_to(None) for question in QUESTIONS])
            values[person, ~everybody] = np.nan
            unsure[person, ~everybody] = False
    return Answers(
        codes=tuple(question.code for question in QUESTIONS),
        values=values,
        dont_know=unsure,
        role_group=roles,
        service_area=areas,
        needs=_needs(n, kinds["needs"], random),
        comments={c.code: ("Words.",) * int(random.integers(0, n + 1)) for c in FRAMEWORK.comments},
        replacement_links=int(random.integers(0, 4)),
    )


def _values(people: Sequence[Person], kind: str, random: np.random.Generator) -> Values:
    shape = (len(people), len(QUESTIONS))
    if kind == "at random":
        return random.integers(1, 6, shape).astype(np.float64)
    if kind == "ends of the scale":
        return random.choice((1.0, 5.0), shape)
    if kind == "ordinary":
        by_area, by_role = (_effects(people, part, random) for part in (1, 0))
        latent = 3.0 + 0.5 * by_area + 0.6 * by_role + 0.7 * random.normal(size=(shape[0], 1))
        return np.clip(np.round(latent + 0.8 * random.normal(size=shape)), 1, 5)
    each = _SAME[kind](people, random) if kind in _SAME else np.full(shape[0], float(kind[-1]))
    values: Values = np.broadcast_to(each[:, np.newaxis], shape).copy()
    # Half of them tick the same box throughout; the others mean the same by what they tick.
    if random.random() < 0.5:
        values[:, REVERSED] = 6 - values[:, REVERSED]
    return values


def _effects(people: Sequence[Person], part: int, random: np.random.Generator) -> Values:
    effect = {label: random.normal() for label in sorted({person[part] for person in people})}
    return np.array([[effect[person[part]]] for person in people])


def _levels(people: Sequence[Person], part: int, random: np.random.Generator) -> Values:
    level = {label: float(random.integers(1, 6)) for label in sorted({person[part] for person in people})}
    return np.array([level[person[part]] for person in people])


def _all_but_one(people: Sequence[Person], random: np.random.Generator) -> Values:
    each = np.full(len(people), float(random.integers(1, 6)))
    each[random.integers(0, len(people))] = float(random.integers(1, 6))
    return each


def _polarised(people: Sequence[Person], random: np.random.Generator) -> Values:
    each = np.empty(len(people))
    for area in sorted({area for _, area in people}):
        team = np.flatnonzero([area == other for _, other in people])
        each[random.permutation(team)] = np.where(np.arange(team.size) % 2, 1.0, 5.0)
    return each


_SAME: Mapping[str, Callable[[Sequence[Person], np.random.Generator], Values]] = {
    "all but one agree": _all_but_one,
    "unanimous teams": lambda people, random: _levels(people, 1, random),
    "unanimous roles": lambda people, random: _levels(people, 0, random),
    "polarised teams": _polarised,
}


def _silent(
    people: Sequence[Person], kind: str, threshold: int, random: np.random.Generator
) -> NDArray[np.bool_]:
    shape = (len(people), len(QUESTIONS))
    if kind == "nothing":
        return np.zeros(shape, dtype=np.bool_)
    silent = random.random(shape) < (0.5 if kind == "half of all" else random.uniform(0, 0.1))
    item = int(random.integers(0, len(FRAMEWORK.questions)))
    if kind == "an item":
        silent[:, item] = True
    if kind == "an item but for about the threshold":
        silent[random.permutation(shape[0])[threshold + int(random.integers(-1, 2)) :], item] = True
    if kind == "a heading from one role":
        role = str(random.choice(sorted({role for role, _ in people})))
        heading = FRAMEWORK.headings[int(random.integers(0, len(FRAMEWORK.headings)))]
        codes = {question.code for question in heading.questions}
        columns = np.array([question.code in codes for question in QUESTIONS])
        silent |= np.array([role == other for other, _ in people])[:, np.newaxis] & columns
    return silent


def _said(
    people: Sequence[Person], kind: str, random: np.random.Generator
) -> tuple[tuple[str | None, ...], tuple[str | None, ...]]:
    n = len(people)
    private = np.zeros((n, 2), dtype=np.bool_)
    if kind.endswith("of one"):
        private[random.integers(0, n), int(kind.startswith("area"))] = True
    for part, name in enumerate(("role", "area")):
        if kind in (name, "both"):
            private[:, part] = random.random(n) < random.uniform(0, 0.3)
    roles, areas = (
        tuple(None if kept else person[part] for kept, person in zip(private[:, part], people, strict=True))
        for part in (0, 1)
    )
    return roles, areas


def _needs(n: int, kind: str, random: np.random.Generator) -> tuple[frozenset[str] | None, ...]:
    if kind in ("none", "all"):
        return (frozenset(CHOICES if kind == "all" else ()),) * n
    if kind == "of one":
        needs: list[frozenset[str] | None] = [frozenset()] * n
        needs[int(random.integers(0, n))] = frozenset(CHOICES[:1])
        return tuple(needs)
    left_out = 0.8 if kind == "left out by most" else 0.05
    return tuple(
        None if random.random() < left_out else frozenset(random.choice(CHOICES, 3).tolist())
        for _ in range(n)
    )
