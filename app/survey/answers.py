"""The stored answers: one compact row of bytes a person, read back as the method's arrays.

A byte a question: 0 for no answer, 255 for "don't know or not my role", else 1 more than the option's place
on its scale. Then a byte that tells whether the question about needs was answered, and a bit a choice.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.survey.sealing import Given
from diagnostics.evidence import Answers
from diagnostics.framework import Framework

_NONE, _DONT_KNOW = 0, 255


@dataclass(frozen=True, slots=True)
class StoredRow:
    """One row of the stored answers."""

    role_group: str | None
    service_area: str | None
    answers: bytes


def _questions(framework: Framework) -> list[tuple[str, list[int]]]:
    """Give each question's code and the values of its options, in the order in which they are stored."""
    return [
        (question.code, [option.value for option in framework.scale(question.scale).options])
        for question in (*framework.questions, *framework.outcomes)
    ]


def _needs_bytes(framework: Framework) -> int:
    return 1 + (len(framework.needs.choices) + 7) // 8


def packed(given: Given, framework: Framework, kept: Iterable[str]) -> bytes:
    """Pack one person's answers to the questions that are kept."""
    wanted = frozenset(kept)
    row = bytearray()
    for code, values in _questions(framework):
        if code not in wanted or code not in given.answers:
            row.append(_NONE)
            continue
        value = given.answers[code]
        row.append(_DONT_KNOW if value is None else 1 + values.index(value))
    bits = sum(
        1 << place for place, choice in enumerate(framework.needs.choices) if choice.id in (given.needs or ())
    )
    row.append(int(given.needs is not None))
    return bytes(row) + bits.to_bytes(_needs_bytes(framework) - 1, "little")


def unpacked(
    rows: Sequence[StoredRow],
    framework: Framework,
    comments: Mapping[str, tuple[str, ...]],
    *,
    replacement_links: int,
    open_link: bool,
) -> Answers:
    """Give stored rows as the method's answers."""
    questions = _questions(framework)
    width = len(questions) + _needs_bytes(framework)
    table = np.frombuffer(b"".join(row.answers for row in rows), dtype=np.uint8).reshape(len(rows), width)
    codes = table[:, : len(questions)]
    values = np.full(codes.shape, np.nan)
    for column, (_, options) in enumerate(questions):
        place = codes[:, column]
        chosen = (place != _NONE) & (place != _DONT_KNOW)
        values[chosen, column] = np.asarray(options, dtype=np.float64)[place[chosen] - 1]
    return Answers(
        codes=tuple(code for code, _ in questions),
        values=values,
        dont_know=codes == _DONT_KNOW,
        role_group=tuple(row.role_group for row in rows),
        service_area=tuple(row.service_area for row in rows),
        needs=_needs(table[:, len(questions) :], framework),
        comments=dict(comments),
        replacement_links=replacement_links,
        open_link=open_link,
        areas_coarsened=True,
    )


def _needs(table: NDArray[np.uint8], framework: Framework) -> tuple[frozenset[str] | None, ...]:
    choices = [choice.id for choice in framework.needs.choices]
    ticked = np.unpackbits(table[:, 1:], axis=1, bitorder="little")[:, : len(choices)].astype(bool)
    return tuple(
        frozenset(choice for choice, chosen in zip(choices, row, strict=True) if chosen) if answered else None
        for answered, row in zip(table[:, 0].tolist(), ticked.tolist(), strict=True)
    )
