"""Every number in a sentence stands in a table, or belongs to the method."""

from dataclasses import replace

import pytest

from diagnostics.audit_reading import readings_of
from diagnostics.audit_words import unexplained_numbers, words
from diagnostics.published import EvidenceEntry, Finding, Limit, PublishedProfile, PublishedReliability
from diagnostics.releases import Release
from tests.diagnostics.audit_material import Cell, gap, release, with_heading, with_page

CELLS = [Cell("leaders", "Team 7", 30, 21), Cell("registered", "Team 7", 60, 42)]


def page() -> PublishedProfile:
    given = release(CELLS, survey=57, ends=(52, 62), roles={"leaders": 68, "registered": 51})
    entry = EvidenceEntry("I12", "interview", "Interview", None, ())
    return with_page(with_heading(given, gap=gap(68, 51)), evidence=(entry,)).published


@pytest.mark.parametrize(
    "text",
    [
        "Leaders rate this 17 points higher than practitioners do.",
        "63 of 90 staff answered (50%).",
        "The score is 57, between 52 and 62.",
        "Fewer than 10 staff answered, so there is no survey score.",
        "It would be stage 2, and 1 point lower.",
        "The newest evidence is more than 6 months old.",
        "Counted from 7 September 2026.",
        "Team 7 is not named here, nor is I12.",
        "Two sources are far apart.",
        "Three of our six headings are settled.",
    ],
)
def test_what_the_tables_say_may_be_said(text: str) -> None:
    assert unexplained_numbers([text], page()) == []


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Leaders rate this 19 points higher.", "19"),
        ("n=14", "14"),
        ("The share is 43.5 %.", "43.5"),
        ("1,234 answers came in.", "1,234"),
        ("The response is 71%.", "71"),
        ("Of them n14 said so.", "n14"),
        ("Seven people disagree.", "Seven people"),
        ("All but two of the staff agree.", "two of the staff"),
        ("One person never does.", "One person"),
        ("nine colleagues left", "nine colleagues"),
    ],
)
def test_what_no_table_says_is_found(text: str, number: str) -> None:
    assert unexplained_numbers([text], page()) == [(text, number)]


def planted(given: Release) -> list[str]:
    (reading,) = readings_of([given])
    return [weakness.found for weakness in words(reading)]


def test_every_sentence_of_the_method_is_read() -> None:
    given = release(CELLS, survey=57)
    finding = Finding("f", "heading", "culture", "Lead 41.", "Text 42.", ())
    row = PublishedReliability(None, None, None, None, None, None, None, "Seen by 43 in all.")
    response = replace(given.published.response, weighting_note="It moved by 44 points.")
    planted_all = with_heading(
        with_page(given, findings=(finding,), reliability={"culture": row}, response=response),
        tipping_note="45 points lower would make it stage 2.",
    )
    found = " ".join(planted(planted_all))
    # 42 answered in one group, which no table says: they are 20 to 49.
    assert all(f"“{number}”" in found for number in (41, 42, 43, 44, 45))


def test_how_often_we_rated_twice_is_our_own_count() -> None:
    note = "Two raters gave the same stage in 83% of pairs (12 rated twice). Too few, which needs 11."
    row = PublishedReliability(None, None, None, None, None, None, None, note)
    assert planted(with_page(release(CELLS, survey=57), reliability={"culture": row})) == []


@pytest.mark.parametrize(
    "text",
    ["The newest evidence is more than 12 months old.", "Weighting moved the score by more than 4 points."],
)
def test_what_the_framework_sets_may_be_said(text: str) -> None:
    assert unexplained_numbers([text], page()) == []


@pytest.mark.parametrize("text", ["3 did not say.", "Of 4 who rated, 2 agree (n = 2).", "About 20 said so."])
def test_small_numbers_need_a_table_too(text: str) -> None:
    given = release(CELLS, survey=57)
    limit = Limit("l", text)
    assert planted(with_page(given, limits=(limit,)))


@pytest.mark.parametrize(("replaced", "found"), [(4, False), (5, True)])
def test_how_many_links_were_replaced_may_be_said_and_nothing_else(replaced: int, found: bool) -> None:
    given = release(CELLS, survey=57)
    response = replace(given.published.response, replacement_links=replaced)
    limit = Limit("second_links", "Lost links were replaced, so up to 4 answers may be second ones.")
    assert bool(planted(with_page(given, limits=(limit,), response=response))) is found


def test_a_count_in_a_name_is_found() -> None:
    given = release(CELLS, survey=57)
    groups = given.published.headings[0].groups
    row = replace(groups.role_group[0], name="Leaders (9 answers)")
    found = planted(with_heading(given, groups=replace(groups, role_group=(row, *groups.role_group[1:]))))
    assert found == ["“Leaders (9 answers)” says “9 answers”."]
