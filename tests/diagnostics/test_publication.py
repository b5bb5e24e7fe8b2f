"""Nothing leaves the method unsuppressed: what is hidden stands nowhere in the published JSON."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from diagnostics.evidence import Quote
from diagnostics.published import PublishedProfile
from tests.diagnostics.planted_wave import Cell, profile_of, published_of, record_of, records_of, wave_of
from tests.diagnostics.small_framework import load, published, small_data

# The hidden group's mean is one that nobody else has; 87.5 is halfway between the two best answers.
PLANTED = (0.75, 1.0)
LOST = (87, 88)


def numbers(node: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """Every number of the JSON with its path."""
    if isinstance(node, dict):
        for key, value in node.items():
            yield from numbers(value, f"{path}.{key}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from numbers(value, f"{path}[{index}]")
    elif isinstance(node, int | float) and not isinstance(node, bool):
        yield path, node


def tree(profile: PublishedProfile) -> Any:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    return json.loads(profile.to_json(), parse_constant=refuse)


def council(small_levels: tuple[float, ...] = PLANTED, small_answers: int = 8) -> list[Cell]:
    """Teams of 40, 31, 21 and 8 by role and area; the eight have a mean of their own."""
    return [
        Cell("leaders", "Assessment", 13, 10, (0.25, 0.5)),
        Cell("team_managers", "Assessment", 30, 21, (0.25, 0.5)),
        Cell("registered", "Children in care", 60, 40, (0.25, 0.5)),
        Cell("other_practitioners", "Early help", 52, 31, (0.25, 0.5)),
        Cell("support", "Youth justice", 17, small_answers, small_levels),
    ]


def test_hidden_mean_and_count_stand_nowhere() -> None:
    profile = profile_of(published(), wave_of(published(), council()))
    assert profile.survey is not None
    table = profile.survey.role_groups
    place = next(g for g, group in enumerate(table.groups) if group.id == "support")
    assert table.mean[place] == pytest.approx(87.5)
    found = tree(published_of(published(), wave_of(published(), council())))
    for path, value in numbers(found):
        assert round(value) not in LOST, f"{path} tells {value}"


def test_no_exact_count_of_a_group_stands_anywhere() -> None:
    cells = [
        Cell("leaders", "Assessment", 37, 33, (0.25, 0.5)),
        Cell("registered", "Children in care", 71, 67, (0.25, 0.5)),
        Cell("support", "Youth justice", 83, 77, (0.75, 0.5)),
    ]
    found = tree(published_of(published(), wave_of(published(), cells)))
    told = [path for path, value in numbers(found) if value in (33, 67, 77)]
    assert not [path for path in told if not path.endswith(".rank")]
    assert not [path for path, _ in numbers(found) if "headcount" in path or "people" in path]


@pytest.mark.parametrize("breakdown", ["role_group", "service_area"])
def test_suppressed_row_says_only_that_it_is_suppressed(breakdown: str) -> None:
    found = tree(published_of(published(), wave_of(published(), council())))
    for heading in found["headings"]:
        rows = heading["groups"][breakdown]
        assert [row["suppressed"] for row in rows].count(True) >= 2
        for row in rows:
            if row["suppressed"]:
                assert row == {
                    "id": row["id"],
                    "name": row["name"],
                    "score": None,
                    "n_band": None,
                    "suppressed": True,
                    "change": None,
                }
            else:
                assert row["score"] is not None and row["n_band"] is not None


@pytest.mark.parametrize("breakdown", ["by_role_group", "by_service_area"])
def test_suppressed_response_says_only_that_it_is_suppressed(breakdown: str) -> None:
    rows = tree(published_of(published(), wave_of(published(), council())))["response"][breakdown]
    assert [row["suppressed"] for row in rows].count(True) >= 2
    for row in rows:
        hidden = (row["rate"], row["n_band"]) == (None, None)
        assert row["suppressed"] == hidden
        assert hidden or (row["rate"] % 5 == 0 and 5 <= row["rate"] <= 95)


def test_people_who_did_not_say_are_no_row() -> None:
    """Eleven of them would be many enough; they are hidden all the same."""
    cells = [*council(small_answers=15), Cell(None, None, 0, 11, (0.75, 1.0))]
    found = published_of(published(), wave_of(published(), cells))
    assert "not_given" not in found.to_json()
    named = {row.id for row in found.headings[0].groups.role_group}
    assert named == {"leaders", "team_managers", "registered", "other_practitioners", "support"}


def test_few_who_did_not_say_hide_nobody_in_a_mixed_organisation() -> None:
    cells = [
        *(
            Cell(role, area, 40, 24, (0.25, 0.5))
            for role in ("leaders", "team_managers", "registered", "support")
            for area in ("Assessment", "Early help", "Youth justice")
        ),
        Cell(None, "Early help", 0, 3),
        Cell("registered", None, 0, 2),
    ]
    found = published_of(published(), wave_of(published(), cells))
    for heading in found.headings:
        rows = (*heading.groups.role_group, *heading.groups.service_area)
        assert rows and not any(row.suppressed for row in rows)


def test_survey_has_a_band_and_never_a_count() -> None:
    for heading in tree(published_of(published(), wave_of(published(), council())))["headings"]:
        survey = heading["sources"]["survey"]
        assert survey["n"] is None and survey["n_band"] == "100 or more"


def test_scores_stay_within_5_and_95_and_so_does_their_interval() -> None:
    """An interval of 98 to 100 would undo "95 or higher"."""
    best = [Cell(cell.role, cell.area, 60, 40, (1.0,)) for cell in council()]
    worst = [Cell(cell.role, cell.area, 60, 40, (0.0,)) for cell in council()]
    for cells, end in ((best, 95), (worst, 5)):
        for heading in published_of(published(), wave_of(published(), cells)).headings:
            survey, combined = heading.sources.survey, heading.combined
            assert survey is not None and combined is not None
            assert (survey.score, survey.low, survey.high) == (end, end, end)
            assert (combined.score, combined.low, combined.high) == (end, end, end)
            assert all(row.score in (end, None) for row in heading.groups.role_group)


def test_weighting_that_moves_a_score_is_said_in_words() -> None:
    """All leaders answered, and well; few practitioners did, and badly."""
    cells = [
        Cell("leaders", "Assessment", 40, 40, (1.0,)),
        Cell("registered", "Early help", 400, 40, (0.25,)),
    ]
    note = published_of(published(), wave_of(published(), cells)).response.weighting_note
    assert note is not None and note.endswith("culture, and skills.")
    level = [Cell("leaders", "Assessment", 40, 40, (0.5,)), *cells[1:]]
    level[1] = Cell("registered", "Early help", 400, 40, (0.5,))
    assert published_of(published(), wave_of(published(), level)).response.weighting_note is None


def test_score_lies_in_its_range() -> None:
    for cells in (council(), council((1.0,), 30), council((0.0,), 30)):
        for heading in published_of(published(), wave_of(published(), cells)).headings:
            survey, combined = heading.sources.survey, heading.combined
            assert survey is not None and survey.low is not None and survey.high is not None
            assert survey.low <= survey.score <= survey.high
            assert combined is not None and combined.low <= combined.score <= combined.high


# -------------------------------------------------------------------------------------- the gap between sides


def sides(leaders: int, managers: int, registered: int = 40, others: int = 40) -> list[Cell]:
    return [
        Cell("leaders", "Assessment", leaders, leaders, (0.75, 1.0)),
        Cell("team_managers", "Assessment", managers, managers, (0.75,)),
        Cell("registered", "Early help", registered + 20, registered, (0.25, 0.5)),
        Cell("other_practitioners", "Early help", others + 20, others, (0.25,)),
        Cell("support", "Early help", 40, 20, (0.5,)),
    ]


def test_gap_is_shown_where_all_groups_of_both_sides_are_shown() -> None:
    for heading in published_of(published(), wave_of(published(), sides(12, 15))).headings:
        gap = heading.gap
        assert gap is not None and not gap.suppressed
        assert gap.upper is not None and gap.lower is not None and gap.difference is not None
        assert abs(gap.difference - (gap.upper - gap.lower)) <= 1
        assert 75 <= gap.upper <= 95 and 25 <= gap.lower <= 50


def test_gap_is_shown_where_a_small_group_joined_its_own_side() -> None:
    found = published_of(published(), wave_of(published(), sides(6, 15)))
    assert found.headings[0].groups.role_group[0].id == "leaders+team_managers"
    assert found.headings[0].gap is not None and not found.headings[0].gap.suppressed


@pytest.mark.parametrize("answers", [(40, 9), (9, 40)])
def test_gap_is_hidden_with_a_hidden_group_on_either_side(answers: tuple[int, int]) -> None:
    found = published_of(published(), wave_of(published(), sides(12, 15, *answers)))
    gap = found.headings[0].gap
    assert gap is not None and gap.suppressed
    assert (gap.upper, gap.lower, gap.difference) == (None, None, None)
    assert not any(f.kind == "gap" or f.id.endswith("leaders_above_practitioners") for f in found.findings)


def test_gap_is_hidden_where_a_group_was_merged_across_the_sides() -> None:
    """Leaders in a shown group with others: the upper side alone would take that group apart."""
    framework = published()
    cells = [
        Cell("leaders", "Assessment", 4, 4, (0.0,)),
        Cell("registered", "Early help", 60, 40, (0.25, 0.5)),
        Cell("other_practitioners", "Early help", 60, 40, (0.25,)),
        Cell("support", "Early help", 40, 20, (0.5,)),
        Cell("team_managers", "Assessment", 0, 0),
    ]
    # Without managers in the frame the leaders' next neighbour is on neither side.
    rows = published_of(framework, wave_of(framework, cells)).headings[0].groups.role_group
    assert "leaders+support" in {row.id for row in rows}
    many = [Cell("leaders", "Assessment", 4, 12, (0.0,)), *cells[1:]]
    gap = published_of(framework, wave_of(framework, many)).headings[0].gap
    assert gap is not None and gap.suppressed


def test_framework_without_sides_has_no_gap() -> None:
    data = small_data()
    for group in data["role_groups"]:
        group["side"] = None
    framework = load(data)
    cells = [Cell(role, "East", 40, 20, (0.5, 1.0)) for role in ("curators", "educators", "wardens")]
    assert all(heading.gap is None for heading in published_of(framework, wave_of(framework, cells)).headings)


# ----------------------------------------------------------------------------------- words that somebody said


def quoted(role: str | None, released: bool, leaders: int = 12, managers: int = 20) -> PublishedProfile:
    framework = published()
    characteristic = framework.characteristics[0].id
    spoken = record_of("K-7", "interview", "interview", {characteristic: 3}, role=role, area="Assessment")
    quote = Quote("K-7", characteristic, "We never see Siân’s figures.", released)
    cells = sides(leaders, managers)
    return published_of(framework, wave_of(framework, cells, [spoken], quotes=[quote]))


def test_released_quote_is_published_with_its_band() -> None:
    (quote,) = quoted("leaders", True).quotes
    assert (quote.role_band, quote.text) == ("Leaders", "We never see Siân’s figures.")
    assert quote.mark in {entry.mark for entry in quoted("leaders", True).evidence}


@pytest.mark.parametrize(
    "role, released, leaders, managers",
    [("leaders", False, 12, 20), (None, True, 12, 20), (None, False, 12, 20)],
    ids=["not released", "role not known", "neither"],
)
def test_other_quotes_are_not_published(
    role: str | None, released: bool, leaders: int, managers: int
) -> None:
    found = quoted(role, released, leaders, managers)
    assert found.quotes == ()
    assert "Siân" not in found.to_json()


@pytest.mark.parametrize("leaders, band", [(9, "Leaders with team managers"), (10, "Leaders")])
def test_quote_of_a_small_group_has_the_band_that_it_joined(leaders: int, band: str) -> None:
    (quote,) = quoted("leaders", True, leaders=leaders).quotes
    assert quote.role_band == band


def test_no_quote_where_the_whole_frame_is_smaller_than_a_band() -> None:
    framework = published()
    characteristic = framework.characteristics[0].id
    spoken = record_of("K-7", "interview", "interview", {characteristic: 3}, role="leaders")
    wave = wave_of(
        framework,
        [Cell("leaders", "Assessment", 4, 0), Cell("registered", "Assessment", 5, 0)],
        [spoken],
        quotes=[Quote("K-7", characteristic, "Only nine work here.", True)],
    )
    found = published_of(framework, wave)
    assert found.quotes == () and "Only nine" not in found.to_json()
    assert {entry.role_band for entry in found.evidence} == {"All staff"}


def test_quote_from_a_record_without_a_rating_is_not_published() -> None:
    """It would carry a mark that is not in the list."""
    framework = published()
    characteristic = framework.characteristics[0].id
    spoken = record_of("K-7", "interview", "interview", {characteristic: None}, role="leaders")
    wave = wave_of(framework, sides(12, 20), [spoken], quotes=[Quote("K-7", characteristic, "Hm.", True)])
    assert published_of(framework, wave).quotes == ()


def test_comments_are_counted_in_bands_and_never_printed() -> None:
    framework = published()
    for comments, expected in ((9, None), (10, "10 to 19"), (11, "10 to 19"), (60, "50 to 99")):
        wave = wave_of(framework, council(), comments=comments)
        found = published_of(framework, wave)
        assert found.comments_received == expected
        assert "Words." not in found.to_json()


def test_reviewed_patterns_and_records_carry_no_name_of_the_folder() -> None:
    framework = published()
    fieldwork = [
        *records_of(framework, "document", 4, 3, prefix="FOLDER-"),
        *records_of(framework, "observation", 1, 3, role="registered", prefix="FOLDER-"),
    ]
    text = published_of(framework, wave_of(framework, council(), fieldwork)).to_json()
    assert "FOLDER" not in text and "2026-09-01" not in text
