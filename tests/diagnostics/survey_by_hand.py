"""Invented answers, and the survey's figures computed again person by person in plain Python."""

import math
from collections.abc import Sequence

import numpy as np

from diagnostics.evidence import Answers, Frame, FrameCell
from diagnostics.framework import Framework
from diagnostics.framework_parts import Question


def frame_of(headcount: dict[str, dict[str, int]]) -> Frame:
    """A frame from role group to service area to people."""
    return Frame(
        tuple(
            FrameCell(role, area, people)
            for role, areas in headcount.items()
            for area, people in areas.items()
        )
    )


def answers_of(
    framework: Framework,
    people: Sequence[tuple[str | None, str | None, dict[str, float]]],
    *,
    dont_know: Sequence[tuple[int, str]] = (),
    needs: Sequence[frozenset[str] | None] = (),
) -> Answers:
    """Answers from (role group, service area, code to value) a person; what is not there is missing."""
    codes = tuple(q.code for q in (*framework.questions, *framework.outcomes))
    values = [[given.get(code, math.nan) for code in codes] for _, _, given in people]
    unsure = np.zeros((len(people), len(codes)), dtype=np.bool_)
    for row, code in dont_know:
        unsure[row, codes.index(code)] = True
    return Answers(
        codes=codes,
        values=np.array(values, dtype=np.float64).reshape(len(people), len(codes)),
        dont_know=unsure,
        role_group=tuple(role for role, _, _ in people),
        service_area=tuple(area for _, area, _ in people),
        needs=tuple(needs) if needs else (None,) * len(people),
        comments={},
    )


def invented_answers(framework: Framework, frame: Frame, seed: int, rate: float = 0.6) -> Answers:
    """Answers of about ``rate`` of the frame: correlated, with gaps, "don't know" and unsaid groups."""
    random = np.random.default_rng(seed)
    choices = [choice.id for choice in framework.needs.choices]
    people: list[tuple[str | None, str | None, dict[str, float]]] = []
    dont_know: list[tuple[int, str]] = []
    needs: list[frozenset[str] | None] = []
    for cell in frame.cells:
        for _ in range(random.binomial(cell.headcount, rate)):
            mood = random.normal()
            given: dict[str, float] = {}
            for q in (*framework.questions, *framework.outcomes):
                values = [option.value for option in framework.scale(q.scale).options]
                place = 0.5 + 0.2 * (-1 if q.reversed else 1) * mood + 0.18 * random.normal()
                if not q.is_shown_to(cell.role_group) or random.random() < 0.08:
                    continue
                if random.random() < 0.05:
                    dont_know.append((len(people), q.code))
                    continue
                given[q.code] = values[min(len(values) - 1, max(0, int(place * len(values))))]
            role = cell.role_group if random.random() > 0.06 else None
            area = cell.service_area if random.random() > 0.06 else None
            people.append((role, area, given))
            ticked = frozenset(choice for choice in choices if random.random() < 0.3)
            needs.append(ticked if random.random() > 0.1 else None)
    return answers_of(framework, people, dont_know=dont_know, needs=needs)


def item_score(framework: Framework, question: Question, value: float) -> float | None:
    """Score one answer, 0 to 100; None is missing."""
    if math.isnan(value):
        return None
    values = [option.value for option in framework.scale(question.scale).options]
    score = 100 * (value - min(values)) / (max(values) - min(values))
    return 100 - score if question.reversed else score


def person_score(
    framework: Framework, answers: Answers, row: int, questions: Sequence[Question]
) -> float | None:
    """Score one person on a bundle of items: the mean, if enough of what was shown was answered."""
    role = answers.role_group[row]
    shown = [q for q in questions if q.is_shown_to(role)]
    values = {q.code: answers.values[row, answers.codes.index(q.code)] for q in questions}
    scores = [item_score(framework, q, values[q.code]) for q in questions]
    known = [score for score in scores if score is not None]
    if not known or len(known) < framework.settings.person_share_answered * len(shown):
        return None
    return sum(known) / len(known)


def scores_of(framework: Framework, answers: Answers, questions: Sequence[Question]) -> list[float | None]:
    """Score everybody on a bundle of items."""
    return [person_score(framework, answers, row, questions) for row in range(answers.n)]


def weighted_mean(scores: Sequence[float | None], weights: Sequence[float]) -> float:
    """Mean of the scores that are there."""
    known = [(s, w) for s, w in zip(scores, weights, strict=True) if s is not None]
    return sum(s * w for s, w in known) / sum(w for _, w in known)


def standard_error(scores: Sequence[float | None], weights: Sequence[float], headcount: float) -> float:
    """Standard error of one group's weighted mean: SE² = (1 − f)·s²·d/n, with s² and d by the method."""
    known = [(s, w) for s, w in zip(scores, weights, strict=True) if s is not None]
    n, total = len(known), sum(w for _, w in known)
    mean = sum(s * w for s, w in known) / total
    variance = n / (n - 1) * sum(w * (s - mean) ** 2 for s, w in known) / total
    design = n * sum(w * w for _, w in known) / total**2
    return math.sqrt(max(0.0, 1 - n / headcount) * variance * design / n)
