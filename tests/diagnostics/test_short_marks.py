"""Several evidence marks in a line, as every page writes them."""

import pytest

from diagnostics.published import EvidenceEntry
from diagnostics.short_marks import short_marks

KNOWN = tuple(
    EvidenceEntry(mark, "survey" if mark[0] == "S" else "observation", None, None, ())
    for mark in ("S", "S culture", "S skills", "O1", "O2", "O3", "O4")
)


@pytest.mark.parametrize(
    ("evidence", "line"),
    [
        (("O1", "O2", "O3", "O4", "S culture"), "O1–O4; S culture"),
        (("O1", "O2"), "O1; O2"),
        (("S skills", "O1", "S culture", "O1"), "S; O1"),
        (("S", "S culture"), "S"),
        ((), ""),
    ],
)
def test_three_neighbours_are_one_and_the_whole_survey_too(evidence: tuple[str, ...], line: str) -> None:
    assert short_marks(evidence, KNOWN) == line
