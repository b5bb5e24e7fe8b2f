"""survey.csv: one row a person. Columns are found here; their cells are read in ``survey_cells``."""

import hashlib
import math
import random
from collections.abc import Sequence

import numpy as np

from app.interchange.delimited import Row, Table, match_columns
from app.interchange.frame_file import Workforce
from app.interchange.survey_cells import (
    DONT_KNOW,
    WRONG,
    Reader,
    answer_reader,
    area_reader,
    needs_from_list,
    needs_from_ticks,
    role_reader,
)
from app.interchange.vocabulary import cleaned, rows_in_words
from diagnostics.evidence import Answers
from diagnostics.framework import Framework
from diagnostics.framework_parts import Question

FILE = "survey.csv"
ROLE_GROUP, SERVICE_AREA = "role_group", "service_area"


def read_survey(
    table: Table, framework: Framework, workforce: Workforce, replacement_links: int = 0
) -> Answers | None:
    """Read the answers; faults and warnings go into the table's report.

    Rows in which nothing is answered are left out; None where no row is left. An answer to an item that the
    person's role group is not shown becomes missing. A needs question without a tick counts as left out.
    """
    questions = (*framework.questions, *framework.outcomes)
    columns = _columns(table, framework)
    if not columns:
        return None
    rows = table.rows
    roles = _people(rows, columns.get(ROLE_GROUP), table, ROLE_GROUP, role_reader(framework, workforce))
    areas = _people(rows, columns.get(SERVICE_AREA), table, SERVICE_AREA, area_reader(framework, workforce))
    values = np.full((len(rows), len(questions)), np.nan)
    for place, question in enumerate(questions):
        if question.code in columns:
            values[:, place] = _column(rows, columns[question.code], table, framework, question, roles)
    dont_know = values == DONT_KNOW
    values[dont_know] = np.nan
    needs = _needs(rows, columns, table, framework)
    spoken = {c.code: _texts(rows, columns.get(c.code)) for c in framework.comments}
    answered = np.isfinite(values).any(axis=1) | dont_know.any(axis=1)
    answered |= np.array([need is not None for need in needs], dtype=np.bool_)
    for texts in spoken.values():
        answered |= np.array([bool(text) for text in texts], dtype=np.bool_)
    kept = np.flatnonzero(answered)
    _say_left_out(table, [row.number for row, there in zip(rows, answered, strict=True) if not there])
    if not len(kept):
        table.warn(None, "No row holds an answer, so the profile is made as if there had been no survey.")
        return None
    answers = Answers(
        codes=tuple(question.code for question in questions),
        values=values[kept],
        dont_know=dont_know[kept],
        role_group=tuple(roles[i] for i in kept),
        service_area=tuple(areas[i] for i in kept),
        needs=tuple(needs[i] for i in kept),
        comments={code: shuffled(code, texts) for code, texts in spoken.items()},
        replacement_links=replacement_links,
    )
    _compare_with_frame(table, answers, workforce)
    return answers


def shuffled(code: str, texts: Sequence[str]) -> tuple[str, ...]:
    """Give the comments in an order that says nothing about who wrote which.

    They are sorted first, so that no trace of the order in the file is left, and then shuffled by a generator
    whose seed comes from the question and the comments themselves: the same comments, the same order.
    """
    given = sorted(text for text in texts if text)
    seed = hashlib.sha256("\0".join([code, *given]).encode("utf-8")).digest()
    random.Random(seed).shuffle(given)  # noqa: S311 (not a secret: there is no order left to hide)
    return tuple(given)


def _columns(table: Table, framework: Framework) -> dict[str, int]:
    needs = framework.needs.code
    ticks = [f"{needs}_{choice.id}" for choice in framework.needs.choices]
    items = [question.code for question in framework.questions]
    outcomes = [question.code for question in framework.outcomes]
    comments = [comment.code for comment in framework.comments]
    columns = match_columns(
        table,
        [ROLE_GROUP, SERVICE_AREA, *items],
        [*outcomes, needs, *ticks, *comments],
        what="a question of the framework",
    )
    if not columns:
        return columns
    for code in outcomes:
        if code not in columns:
            table.warn(
                code, "The column is missing, so stated importance is checked without this outcome item."
            )
    ticked = [code for code in ticks if code in columns]
    if ticked and needs in columns:
        table.fault(
            None,
            needs,
            f"The answers stand both here and in {ticked[0]}. Keep one column, or one for each choice.",
        )
    elif ticked:
        for code in ticks:
            if code not in columns:
                table.fault(
                    None, code, f"The column “{code}” is missing. Give every choice of {needs} its column."
                )
    return columns


def _people(
    rows: Sequence[Row], place: int | None, table: Table, column: str, reader: Reader
) -> list[str | None]:
    if place is None:
        return [None] * len(rows)
    known: dict[str, tuple[str | None, str | None]] = {}
    found: list[str | None] = []
    for row in rows:
        raw = row.cells[place]
        if raw not in known:
            known[raw] = reader(raw.strip())
        value, wrong = known[raw]
        if wrong is not None:
            table.fault(row, column, wrong)
        found.append(value)
    return found


def _column(
    rows: Sequence[Row],
    place: int,
    table: Table,
    framework: Framework,
    question: Question,
    roles: Sequence[str | None],
) -> list[float]:
    read, allowed = answer_reader(framework, question)
    known: dict[str, float] = {}
    values: list[float] = []
    not_shown = 0
    for row, role in zip(rows, roles, strict=True):
        raw = row.cells[place]
        value = known.get(raw)
        if value is None:
            value = known[raw] = read(raw.strip())
        if value == WRONG:
            table.fault(row, question.code, allowed(raw))
            value = np.nan
        elif question.shown_to and not question.is_shown_to(role):
            not_shown += math.isfinite(value)
            value = np.nan
        values.append(value)
    if not_shown:
        table.warn(
            question.code,
            f"{not_shown} answer{'' if not_shown == 1 else 's'} left out: "
            "the framework does not show this question to the "
            "role group given in the row, or none is given. "
            "Check the column role_group and the routing of the survey.",
        )
    return values


def _needs(
    rows: Sequence[Row], columns: dict[str, int], table: Table, framework: Framework
) -> list[frozenset[str] | None]:
    needs = framework.needs
    ticks = {
        choice.id: columns[f"{needs.code}_{choice.id}"]
        for choice in needs.choices
        if f"{needs.code}_{choice.id}" in columns
    }
    if needs.code in columns:
        return needs_from_list(rows, columns[needs.code], table, needs)
    if ticks:
        return needs_from_ticks(rows, ticks, table, needs)
    return [None] * len(rows)


def _texts(rows: Sequence[Row], place: int | None) -> list[str]:
    return [""] * len(rows) if place is None else [cleaned(row.cells[place]) for row in rows]


def _say_left_out(table: Table, empty: Sequence[int]) -> None:
    if empty:
        table.warn(
            None,
            f"Nothing is answered in {rows_in_words(empty)}. "
            f"{'It is' if len(empty) == 1 else 'They are'} left out and not counted as "
            f"{'an answer' if len(empty) == 1 else 'answers'}.",
        )


def _compare_with_frame(table: Table, answers: Answers, workforce: Workforce) -> None:
    frame = workforce.frame
    if not frame.cells or any(cell.headcount < 0 for cell in frame.cells):
        return
    more = "Check the frame, and whether somebody answered twice. The profile is made as if all had answered."
    if answers.n > frame.total:
        table.warn(None, f"{answers.n} people answered, but the frame counts {frame.total}. {more}")
    for column, given, margin in (
        (ROLE_GROUP, answers.role_group, frame.role_groups),
        (SERVICE_AREA, answers.service_area, frame.service_areas),
    ):
        for group, headcount in margin.items():
            count = given.count(group)
            if count > headcount:
                table.warn(
                    column, f"{count} people of “{group}” answered, but the frame counts {headcount}. {more}"
                )
