"""What the pages say: suppression, silence, ties, change and comparison."""

from dataclasses import replace

import pytest

from app.briefs import words
from app.briefs.brief import present_brief
from app.briefs.strip import score_before
from diagnostics.published import GroupScore, PublishedChange
from tests.report.invented_framework import FRAMEWORK
from tests.report.invented_profile import PROFILE
from tests.report.rendered import brief_of, html_of, words_of
from tests.report.variants import HIDDEN_GAP


def test_page_one_stands_alone() -> None:
    page = brief_of("usual").one
    assert page.verdict.text.startswith("Wexbourne has good rules")
    assert [row.name for row in page.rows] == [heading.name for heading in PROFILE.headings]
    assert [thing.label for thing in page.things] == ["1", "2", "3"]
    assert all(thing.why and thing.why.marks.items for thing in page.things)
    assert page.keep is not None
    assert page.heard == (
        "248 of 420 staff answered (59%). We also drew on 9 interviews, 6 observations and 14 documents."
    )


@pytest.mark.parametrize(
    ("variant", "said"),
    [
        ("two_silent", "We also drew on 9 interviews, but on no observations or documents."),
        ("no_survey", "No staff survey was run. We drew on 9 interviews, 6 observations and 14 documents."),
        ("twelve_answers", "12 of 420 staff answered (3%), too few to be more than indicative. We also drew"),
    ],
)
def test_from_whom_we_heard_is_a_sentence(variant: str, said: str) -> None:
    assert said in brief_of(variant).one.heard


def test_only_reliable_change_has_a_number() -> None:
    said = {row.name: row.change.words for row in brief_of("usual").one.rows if row.change}
    assert said["Direct practice"] == "Up by 2 to 10"
    assert said["Skills"] == "cannot compare"
    assert said["Culture"] == "no reliable change"


def test_the_change_column_widens_for_all_and_says_where_it_cuts() -> None:
    usual, wide = brief_of("usual").one, brief_of("ends_of_the_scale").one
    assert (usual.down, usual.up) == ("12 down", "up 12")
    assert "cut at its edge" not in usual.legend
    assert wide.up == "up 40"
    assert "cut at its edge" in wide.legend
    changes = tuple(
        replace(heading, change=PublishedChange(10, 3, 17, True, 5, None)) for heading in PROFILE.headings
    )
    assert present_brief(replace(PROFILE, headings=changes), FRAMEWORK).one.up == "up 20"


def test_a_first_wave_has_no_column_of_changes_and_says_why() -> None:
    page = brief_of("first_wave").one
    assert page.since == ""
    assert all(row.change is None for row in page.rows)
    assert "This is the first wave" in page.legend
    assert 'class="change' not in html_of("first_wave")


def test_silence_is_never_a_number() -> None:
    rows = {row.name: row for row in brief_of("usual").two.rows}
    silent = [cell for cell in rows["Skills"].cells if cell.look == "silent"]
    assert [cell.text for cell in silent] == ["silent"]
    strip = {row.name: row.chart for row in brief_of("usual").one.rows}
    assert "silent: O" in [label.text for label in strip["Skills"].labels]


def test_thin_sources_are_shown_and_not_joined() -> None:
    chart = next(row.chart for row in brief_of("usual").one.rows if row.name == "Skills")
    thin = [dot for dot in chart.dots if dot.thin]
    assert [dot.letter for dot in thin] == ["D"]
    assert chart.joined is not None
    assert chart.joined.end < thin[0].x
    assert "thin: D" in [label.text for label in chart.labels]
    cell = next(row.cells[3] for row in brief_of("usual").two.rows if row.name == "Skills")
    assert (cell.look, cell.note) == ("thin", "thin")


def test_an_overruled_disagreement_is_not_outlined() -> None:
    row = next(row for row in brief_of("usual").two.rows if row.name.startswith("Management"))
    assert [cell.differs for cell in row.cells] == [False, False, True, True]


def test_a_heading_without_any_source_is_hatched() -> None:
    first, second, third = brief_of("silent_sources").one.rows[:3]
    assert first.chart.nothing is not None
    assert (first.score, first.stage) == ("No score", "No stage yet")
    assert second.chart.nothing is None
    assert third.stage == "Not settled yet"
    assert third.chart.block is None


def test_hidden_groups_have_no_number_anywhere() -> None:
    brief = brief_of("small_groups_hidden")
    for row in brief.four.tables[1].rows[-2:]:
        assert row.hatched is not None
        assert row.bar is None
        assert (row.rate, row.people) == ("not shown", "")
    table = next(table for table in brief.tables if table.caption.endswith("Survey scores by role"))
    assert {cell for row in table.rows for cell in row.cells} == {words.NOT_SHOWN}


def test_one_hidden_gap_is_hatched_among_the_others() -> None:
    first, *others = PROFILE.headings
    profile = replace(PROFILE, headings=(replace(first, gap=HIDDEN_GAP), *others))
    gap = present_brief(profile, FRAMEWORK).two.gaps[-1]
    assert gap.hatched is not None
    assert (gap.name, gap.lower, gap.upper, gap.unit) == (first.name, "", "", "")


def test_where_all_is_hidden_one_sentence_stands_for_the_rows() -> None:
    brief = brief_of("small_groups_hidden")
    assert brief.two.gaps == ()
    assert brief.two.gap_note.count("not shown") == 1
    by_role, by_area = brief.four.tables
    assert (by_role.rows, by_role.instead) == ((), "Not shown, to protect people in a small group.")
    assert by_area.instead == ""
    assert brief_of("twelve_answers").four.tables == ()
    assert "not shown by role or by service area" in brief_of("twelve_answers").four.response_note


def test_a_number_left_in_a_hidden_group_is_not_printed() -> None:
    """Even if suppression had left one behind, the flag decides."""
    groups = tuple(
        replace(group, rate=87, n_band="1734", suppressed=True) for group in PROFILE.response.by_role_group
    )
    headings = tuple(
        replace(
            heading,
            groups=replace(heading.groups, role_group=(GroupScore("x", "X", 1733, "1734", True),)),
            gap=heading.gap and replace(heading.gap, upper=1731, lower=1732, suppressed=True),
            items=tuple(
                replace(item, shares=(1735,) * 5, score=1736, dont_know=1737, suppressed=True)
                for item in heading.items
            ),
        )
        for heading in PROFILE.headings
    )
    needs = tuple(replace(need, share=1738, suppressed=True) for need in PROFILE.needs)
    response = replace(PROFILE.response, by_role_group=groups)
    profile = replace(PROFILE, headings=headings, response=response, needs=needs)
    text = repr(present_brief(profile, FRAMEWORK))
    for hidden in ("87%", "1731", "1732", "1733", "1734", "1735", "1736", "1737", "1738"):
        assert hidden not in text


@pytest.mark.parametrize("variant", ["small_groups_hidden", "questions_hidden", "all_questions_hidden"])
def test_no_page_says_which_rule_hid_something(variant: str) -> None:
    text = " ".join(" ".join(words_of(html_of(variant)).words).split())
    assert "not shown, to protect people in a small group" in text
    for telling in ("fewer than", "threshold", "complementary", "to protect another"):
        assert telling not in text.lower()


def test_equal_steps_share_their_number_and_say_so() -> None:
    brief = brief_of("ends_of_the_scale")
    assert [thing.label for thing in brief.one.things] == ["1", "2 =", "2 ="]
    assert brief.one.ties_note == (
        "Steps marked = came out equal in our tests: their order among themselves is open."
    )
    assert brief.three.next_steps[0].reason.text == "The policy that you have is sound."
    assert "The next ones came close to step 2." in brief.three.tests


@pytest.mark.parametrize(
    ("kept", "title"), [(3, "Three steps"), (2, "Two steps"), (1, "One step"), (0, "No step")]
)
def test_fewer_steps_are_counted_in_words(kept: int, title: str) -> None:
    steps = tuple(replace(step, first=step.rank <= kept) for step in PROFILE.steps)
    brief = present_brief(replace(PROFILE, steps=steps), FRAMEWORK)
    assert brief.three.title.startswith(title)
    assert len(brief.three.year.bars) == kept


def test_the_year_starts_after_the_evidence_ends() -> None:
    year = brief_of("usual").three.year
    assert [month.name for month in year.months][:2] == ["Jan", "Feb"]
    assert (year.bars[0].starts, year.bars[0].sign) == ("January 2027", "July 2027")
    assert year.wave_month == "December 2027"


def test_without_a_survey_its_parts_say_so() -> None:
    brief = brief_of("no_survey")
    assert brief.one.heard.startswith("No staff survey was run")
    assert brief.four.title.text.startswith("There was no staff survey")
    assert brief.two.gaps == ()
    assert brief.items.groups == ()
    assert all(row.cells[0].look == "silent" for row in brief.two.rows)


def test_a_small_survey_is_called_indicative() -> None:
    assert "indicative" in brief_of("indicative").one.heard
    assert "indicative" in brief_of("indicative").four.response_note


def test_there_is_no_invented_norm() -> None:
    titles = [passage.title for passage in brief_of("usual").four.passages]
    assert "No comparison group yet" in titles


def test_the_score_of_last_wave_is_drawn_only_where_the_same_sources_spoke() -> None:
    """Interviews that were not there a year ago would look like a rise or a fall."""
    heading = PROFILE.headings[0]
    before = replace(PROFILE, wave=1, as_of="2025-12-01")
    assert score_before(heading, before) == heading.combined.score  # type: ignore[union-attr]
    alone = replace(heading, sources=replace(heading.sources, interview=None))
    assert score_before(heading, replace(before, headings=(alone, *PROFILE.headings[1:]))) is None


def test_the_quote_beside_the_gap_is_about_the_gap() -> None:
    (quote,) = brief_of("usual").two.quotes
    assert quote.said_by == "practitioners"
    assert brief_of("usual").two.quotes_title == ""
    assert brief_of("small_groups_hidden").two.quotes_title == "In their own words"


def test_leaders_below_practitioners_are_said_to_be() -> None:
    gap = next(row for row in brief_of("ends_of_the_scale").two.gaps if row.name == "Evidence capability")
    assert (gap.gap, gap.unit) == ("22", "points below")


def test_last_wave_stands_beside_this_one() -> None:
    brief = present_brief(PROFILE, FRAMEWORK, replace(PROFILE, wave=1, as_of="2025-12-01"))
    assert brief.one.since == "Since 2025"
    sources = next(table for table in brief.tables if table.id == "table-2")
    assert sources.rows[0].cells[1] == "48, 9 records. Last wave: 48"


def test_every_item_is_charted_with_its_numbers() -> None:
    groups = brief_of("usual").items.groups
    assert sum(len(group.rows) for group in groups) == 18
    row = groups[0].rows[0]
    assert row.answers == "Never 5% or fewer, Rarely 15%, Sometimes 30%, Often 40%, Always 10%"
    assert [segment.look for segment in row.segments] == ["low-2", "low-1", "middle", "high-1", "high-2"]
    middle = row.segments[2].span
    assert middle.x < brief_of("usual").items.centre < middle.end


def test_a_scale_of_two_answers_is_charted_too() -> None:
    item = replace(PROFILE.headings[0].items[0], labels=("No", "Yes"), shares=(40, 60))
    heading = replace(PROFILE.headings[0], items=(item,))
    brief = present_brief(replace(PROFILE, headings=(heading, *PROFILE.headings[1:])), FRAMEWORK)
    assert [segment.look for segment in brief.items.groups[0].rows[0].segments] == ["low-2", "high-2"]
