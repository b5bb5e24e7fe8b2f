"""Texts are as wide as the fonts make them."""

import pytest
from fontTools.ttLib import TTFont  # type: ignore[import-untyped]

from app.briefs.templating import TEMPLATES
from app.briefs.typesetting import MM_PER_POINT, Run, kept, lines_of, room_after, width_of


@pytest.mark.parametrize(("weight", "bold"), [(400, False), (600, True)])
def test_the_widths_are_those_of_the_fonts(weight: int, bold: bool) -> None:
    font = TTFont(TEMPLATES / "fonts" / f"source-sans-3-latin-{weight}-normal.woff2")
    names, widths = font.getBestCmap(), font["hmtx"]
    for letter in map(chr, range(32, 127)):
        assert width_of(letter, 1000, bold) == pytest.approx(widths[names[ord(letter)]][0] * MM_PER_POINT)
    for letter in "’“”–":
        wide = widths[names[ord(letter)]][0] * MM_PER_POINT
        assert width_of(letter, 1000, bold) == pytest.approx(wide, rel=0.1)


def test_lines_break_at_spaces_and_hyphens() -> None:
    word = width_of("evidence", 10)
    assert lines_of(word, Run("evidence evidence evidence", 10)) == 3
    assert lines_of(3 * word, Run("evidence evidence evidence", 10)) == 2
    assert lines_of(width_of("county-", 10), Run("county-wide", 10)) == 2
    assert lines_of(word, Run("", 10)) == 1


def test_an_unbroken_run_moves_to_the_next_line_whole() -> None:
    width = width_of("Staff say so. (I1;", 10)
    assert lines_of(width, Run("Staff say so.", 10), Run("(I1; I2)", 10, unbroken=True)) == 2
    assert room_after(width, Run("Staff say so.", 10), Run("(I1; I2)", 10, unbroken=True)) == pytest.approx(
        width - width_of("(I1; I2)", 10)
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Plans are checked against it", "Plans are checked against\u00a0it"),
        ("One person for evidence", "One person for evidence"),
        ("One step", "One step"),
        ("", ""),
    ],
)
def test_a_short_last_word_stands_with_the_one_before(text: str, said: str) -> None:
    assert kept(text) == said
