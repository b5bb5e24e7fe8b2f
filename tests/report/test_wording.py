"""Numbers, stages, marks and names in words."""

from dataclasses import replace
from itertools import pairwise

import pytest

from app.briefs import words
from app.briefs.annex_tables import change_table
from app.briefs.data_tables import change_words
from app.briefs.geometry import Box, Scale, spread
from app.briefs.marks import MarkBook, UnknownEvidenceError, page_title, target_of
from diagnostics import wording
from diagnostics.published import PublishedChange, StageRange
from tests.report.invented_profile import PROFILE


@pytest.mark.parametrize(
    ("value", "said"), [(5, "5 or lower"), (6, "6"), (50, "50"), (94, "94"), (95, "95 or higher")]
)
def test_the_ends_of_the_scale_are_open(value: int, said: str) -> None:
    assert words.score(value) == said


@pytest.mark.parametrize(
    ("value", "said"), [(5, "5% or fewer"), (10, "10%"), (90, "90%"), (95, "95% or more")]
)
def test_the_ends_of_shares_are_open(value: int, said: str) -> None:
    assert words.share(value) == said


@pytest.mark.parametrize(
    ("stages", "said"),
    [
        (None, "No stage yet"),
        (StageRange(1, 1), "Stage 1, starting"),
        (StageRange(2, 3), "Between 2 and 3"),
        (StageRange(1, 3), "Not settled yet"),
        (StageRange(1, 4), "Not settled yet"),
    ],
)
def test_a_stage_is_printed_only_where_the_likely_range_lets_it(stages: StageRange | None, said: str) -> None:
    assert words.stage(stages) == said


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (2, 10, "up by 2 to 10"),
        (-10, -2, "down by 2 to 10"),
        (-4, 8, "4 down to 8 up"),
        (0, 3, "none to 3 up"),
        (3, 3, "up by 3"),
    ],
)
def test_changes_are_ranges(low: int, high: int, said: str) -> None:
    assert words.signed_range(low, high) == said


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Wexbourne Metropolitan Borough Council", "Wexbourne"),
        ("London Borough of Barnet", "Barnet"),
        ("Kingston upon Hull, City of", "Kingston upon Hull"),
        ("Herefordshire, County of", "Herefordshire"),
        ("City of York Council", "York"),
        ("North East Lincolnshire", "North East Lincolnshire"),
        ("Council", "Council"),
    ],
)
def test_councils_have_a_short_name(name: str, short: str) -> None:
    assert wording.place_name(name) == short


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (48, 58, "48 to 58"),
        (5, 12, "12 or lower"),
        (80, 95, "80 or higher"),
        (5, 95, "0 to 100"),
        (95, 95, "95 or higher"),
        (50, 50, "50"),
    ],
)
def test_ranges_with_an_open_end_are_said_once(low: int, high: int, said: str) -> None:
    assert words.score_range(low, high) == said


@pytest.mark.parametrize(
    ("rate", "said"),
    [(3, "Fewer than one in ten"), (42, "Four in ten"), (51, "About half the"), (98, "Nearly all")],
)
def test_a_response_is_said_in_tenths(rate: int, said: str) -> None:
    assert words.out_of_ten(rate) == said


def test_a_band_that_is_hidden_says_so() -> None:
    assert (words.band("20 to 49"), words.band(None)) == ("20 to 49", "not shown")


def test_months_run_over_the_end_of_the_year() -> None:
    assert words.month("2026-12-31", 1) == "January 2027"
    assert words.month("2026-11-30", 12) == "November 2027"
    assert words.day("2026-02-03") == "3 February 2026"


@pytest.mark.parametrize(
    ("evidence", "labels"),
    [
        (("D1", "S systems", "O1", "O2", "O3", "O4"), ["D1", "S systems", "O1–O4"]),
        (("I1", "I2"), ["I1", "I2"]),
        (("I1", "I2", "I3", "I5"), ["I1–I3", "I5"]),
        (("O6", "D1", "D2"), ["O6", "D1", "D2"]),
        (("I1", "I1"), ["I1"]),
        ((), []),
    ],
)
def test_runs_of_marks_are_written_short(evidence: tuple[str, ...], labels: list[str]) -> None:
    marks = MarkBook(PROFILE).marks(evidence)
    assert [mark.label for mark in marks.items] == labels
    assert all(mark.target.startswith("evidence-") for mark in marks.items)


def test_the_whole_survey_is_one_mark() -> None:
    marks = MarkBook(PROFILE).of_sources()
    assert [mark.label for mark in marks.items] == ["S", "I1–I9", "O1–O6", "D1–D14"]


def test_a_mark_without_its_line_is_refused() -> None:
    with pytest.raises(UnknownEvidenceError, match="I99"):
        MarkBook(PROFILE).marks(("I1", "I99"))


def test_long_titles_put_their_marks_below() -> None:
    marks = MarkBook(PROFILE).of_sources()
    assert not page_title("Short", marks).below
    assert page_title("A title that is not short and that fills the whole line of a page", marks).below
    longer = "A title that fills the first line of a page from edge to edge, and of the second a word"
    assert not page_title(longer, marks).below
    assert target_of("S Direct practice") == "evidence-s-direct-practice"


def test_labels_stand_apart_and_inside() -> None:
    places = spread([10, 12, 300, 590, 600], 26, 14, 586)
    assert all(right - left >= 25.9 for left, right in pairwise(places))
    assert places[0] >= 14
    assert places[-1] <= 586
    assert spread([100, 400], 26, 14, 586) == (100, 400)
    assert spread([], 26, 14, 586) == ()


def test_hatching_stays_inside_its_box() -> None:
    box = Box(5, 10, 100, 30)
    for part in box.hatch.removeprefix("M").split("M"):
        for point in part.split("L"):
            x, y = map(float, point.split())
            assert 5 <= x <= 105
            assert 10 <= y <= 40


def test_a_scale_holds_values_within_its_ends() -> None:
    scale = Scale(-12, 12, 240)
    assert (scale.at(-52), scale.at(0), scale.at(52)) == (0, 120, 240)
    assert scale.span(-6, 6).width == 120


@pytest.mark.parametrize(
    ("change", "is_too_small"),
    [
        (PublishedChange(3, 2, 3, False, 3, None), True),
        (PublishedChange(-2, -3, -1, False, 3, None), True),
        (PublishedChange(5, 0, 9, False, 5, None), True),
        (PublishedChange(4, -1, 9, False, 5, None), False),
        (PublishedChange(8, 4, 12, True, 5, None), False),
        (PublishedChange(None, None, None, False, None, "No survey."), False),
    ],
)
def test_a_change_that_looks_as_if_it_counted_is_said_to_be_too_small(
    change: PublishedChange, is_too_small: bool
) -> None:
    assert words.is_too_small(change) is is_too_small
    assert ("too small to count" in change_words(change, first_wave=False)) is is_too_small
    practice, *others = PROFILE.headings
    table = change_table(replace(PROFILE, headings=(replace(practice, change=change), *others)))
    assert ("too small before rounding" in table.rows[0].cells[-1]) is is_too_small
