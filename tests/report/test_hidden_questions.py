"""Questions, needs and group scores that are hidden: what stands in their place, and how much it is."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from app.briefs import words
from app.briefs.brief import Brief, present_brief
from diagnostics.published import PublishedHeading, PublishedItem, PublishedProfile
from tests.report.invented_framework import FRAMEWORK
from tests.report.invented_profile import PROFILE
from tests.report.rendered import brief_of, html_of, words_of
from tests.report.variants import hidden_item

SENTENCE = "Not shown, to protect people in a small group."


def brief_with(change: Callable[[PublishedHeading], PublishedHeading]) -> Brief:
    return present_brief(replace(PROFILE, headings=tuple(map(change, PROFILE.headings))), FRAMEWORK)


def items_made(change: Callable[[PublishedItem], PublishedItem]) -> Brief:
    return brief_with(lambda heading: replace(heading, items=tuple(map(change, heading.items))))


def without_service_areas(profile: PublishedProfile) -> PublishedProfile:
    return replace(
        profile,
        headings=tuple(
            replace(heading, groups=replace(heading.groups, service_area=())) for heading in profile.headings
        ),
    )


def evidence_words(variant: str) -> str:
    return " ".join(" ".join(words_of(html_of(variant)).words).split())


# -------------------------------------------------------------------------------------------------- questions


def test_a_hidden_question_keeps_its_words_and_no_number() -> None:
    hidden, *others = brief_of("questions_hidden").items.groups[0].rows
    item = PROFILE.headings[0].items[0]
    assert (hidden.code, hidden.text, hidden.instead) == (item.code, item.text, SENTENCE)
    assert hidden.segments == ()
    assert {hidden.message, hidden.answers, hidden.dont_know, hidden.score, hidden.change} == {""}
    assert others == list(brief_of("usual").items.groups[0].rows[1:])


def test_a_heading_that_is_wholly_hidden_has_one_row() -> None:
    groups = {group.title: group.rows for group in brief_of("questions_hidden").items.groups}
    assert list(groups) == [heading.name for heading in PROFILE.headings]
    (row,) = groups["Culture"]
    assert row.code == "CUL1, CUL2, CUL3"
    assert row.instead == "No question under this heading is shown, to protect people in a small group."
    assert row.segments == ()


def test_where_all_questions_are_hidden_a_sentence_stands_in_their_place() -> None:
    items = brief_of("all_questions_hidden").items
    assert items.groups == ()
    assert items.instead == "The questions are not shown one by one, to protect people in a small group."
    said = evidence_words("all_questions_hidden")
    assert f"The survey, question by question {items.instead}" in said
    assert "Left of the line" not in said


def test_no_sentence_where_questions_are_shown_or_nobody_was_asked() -> None:
    assert brief_of("usual").items.instead == ""
    assert brief_of("questions_hidden").items.instead == ""
    assert brief_of("no_survey").items.instead == ""
    assert "question by question" not in evidence_words("no_survey")


def test_each_hidden_question_has_a_row_with_a_head_and_no_chart() -> None:
    html = html_of("questions_hidden")
    assert html.count(f"<td>{SENTENCE}</td>") == 1
    row = html[: html.index(f"<td>{SENTENCE}</td>")].rpartition("<tr>")[2]
    assert row.strip().startswith('<th scope="row"><strong>CAP1</strong> ')
    assert "<svg" not in row
    assert "Score" not in row


@pytest.mark.parametrize(("hidden", "widens"), [(False, True), (True, False)])
def test_the_axis_is_as_wide_as_the_questions_that_are_shown(hidden: bool, widens: bool) -> None:
    """Even if suppression had left the shares behind, they would not move the others."""

    def made(item: PublishedItem) -> PublishedItem:
        return replace(item, shares=(5, 5, 5, 5, 80), suppressed=hidden) if item.code == "CAP1" else item

    rows = items_made(made).items.groups[1].rows
    assert (rows != brief_of("usual").items.groups[1].rows) == widens


def test_only_shown_questions_make_a_column_of_change() -> None:
    def made(item: PublishedItem) -> PublishedItem:
        return replace(item, suppressed=True) if item.code == "CAP1" else replace(item, change=None)

    items = items_made(made).items
    assert not items.with_change
    assert {row.change for group in items.groups for row in group.rows} == {""}


# ------------------------------------------------------------------------------------------------------ needs


def test_only_shown_needs_are_charted_and_the_title_claims_no_more() -> None:
    page = brief_of("questions_hidden").four
    assert [row.share for row in page.needs] == ["65%", "45%"]
    titles = [one.needs_title.text for one in (page, brief_of("usual").four) if one.needs_title]
    assert titles == [
        "Evidence that staff ask for most, of what we can show",
        "Evidence that staff ask for most",
    ]
    assert [row.share for row in brief_of("usual").four.needs] == ["65%", "50%", "45%"]


def test_the_data_table_lists_hidden_needs() -> None:
    table = next(t for t in brief_of("questions_hidden").tables if "staff ask for" in t.caption)
    assert [(row.head, row.cells) for row in table.rows] == [
        ("What works for families like ours", ("65%",)),
        ("Our own figures, team by team", (words.HIDDEN,)),
        ("What children said, brought together", ("45%",)),
        ("Short notes on law and guidance", (words.HIDDEN,)),
        ("Something else", (words.HIDDEN,)),
    ]


def test_without_a_shown_need_there_is_no_chart_and_no_title_for_it() -> None:
    assert brief_of("all_questions_hidden").four.needs == ()
    assert "staff ask for most" not in evidence_words("all_questions_hidden")
    table = next(t for t in brief_of("all_questions_hidden").tables if "staff ask for" in t.caption)
    assert {row.cells for row in table.rows} == {(words.HIDDEN,)}


# --------------------------------------------------------------------------------------------- how much it is


def hide_only(*codes: str) -> Brief:
    profile = without_service_areas(PROFILE)
    return present_brief(
        replace(
            profile,
            headings=tuple(
                replace(
                    heading,
                    items=tuple(hidden_item(item) if item.code in codes else item for item in heading.items),
                )
                for heading in profile.headings
            ),
        ),
        FRAMEWORK,
    )


@pytest.mark.parametrize(
    ("variant", "said"),
    [
        ("usual", "12 of 72 group scores are not shown, to protect people in small groups."),
        (
            "questions_hidden",
            "12 of 72 group scores and 4 of 18 questions are not shown, to protect people in small groups.",
        ),
        (
            "all_questions_hidden",
            "All 72 group scores and all 18 questions are not shown, to protect people in small groups.",
        ),
    ],
)
def test_the_brief_says_how_much_is_not_shown(variant: str, said: str) -> None:
    assert brief_of(variant).not_shown == said
    assert evidence_words(variant).count(f"What is not shown {said}") == 1


def test_one_question_is_not_several() -> None:
    said = "1 of 18 questions is not shown, to protect people in small groups."
    assert hide_only("CAP1").not_shown == said
    assert hide_only("CAP1", "CUL2").not_shown.startswith("2 of 18 questions are not shown")


def test_where_nothing_is_hidden_or_nobody_was_asked_nothing_is_counted() -> None:
    assert hide_only().not_shown == ""
    assert brief_of("no_survey").not_shown == ""
    assert "What is not shown" not in evidence_words("no_survey")
