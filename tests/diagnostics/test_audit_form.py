"""The form of the page: each planted fault is found, and a clean page is clean."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from diagnostics.audit_form import form
from diagnostics.audit_names import named_bands
from diagnostics.audit_reading import band_of, readings_of, told_by_score, told_by_share
from diagnostics.audit_report import Weakness
from diagnostics.published import (
    Coefficient,
    EvidenceEntry,
    Gap,
    GroupResponse,
    Need,
    PublishedChange,
    PublishedQuote,
    PublishedReliability,
    PublishedStep,
)
from diagnostics.releases import Release
from tests.diagnostics.audit_material import Cell, release, with_heading, with_page

CELLS = [
    Cell(role, area, 30, 14)
    for role in ("leaders", "registered", "support")
    for area in ("North", "South", "East")
]
TABLE = ((5, 25, 45, 25, 5), 50)


def clean(**parts: object) -> Release:
    given = {
        "survey": 50,
        "ends": (45, 55),
        "roles": {"leaders": 50, "registered": 50, "support": 50},
        "areas": {"North": 50, "South": 50, "East": 50},
        "items": {"CUL1": TABLE, "CUL2": None},
        "needs": {"works": 40},
        **parts,
    }
    return release(CELLS, **given)  # type: ignore[arg-type] # the test names its fields


def faults(given: Release) -> list[Weakness]:
    (reading,) = readings_of([given])
    return [*form(reading), *named_bands(reading)]


def test_a_clean_page_has_no_fault() -> None:
    assert faults(clean()) == []


def group(**parts: object) -> Callable[[Release], Release]:
    def change(given: Release) -> Release:
        groups = given.published.headings[0].groups
        row = replace(groups.role_group[0], **parts)  # type: ignore[arg-type] # as above
        return with_heading(given, groups=replace(groups, role_group=(row, *groups.role_group[1:])))

    return change


def item(place: int, **parts: object) -> Callable[[Release], Release]:
    def change(given: Release) -> Release:
        items = list(given.published.headings[0].items)
        items[place] = replace(items[place], **parts)  # type: ignore[arg-type] # as above
        return with_heading(given, items=tuple(items))

    return change


def survey(**parts: object) -> Callable[[Release], Release]:
    def change(given: Release) -> Release:
        sources = given.published.headings[0].sources
        assert sources.survey is not None
        score = replace(sources.survey, **parts)  # type: ignore[arg-type] # as above
        return with_heading(given, sources=replace(sources, survey=score))

    return change


def heading(**parts: object) -> Callable[[Release], Release]:
    return lambda given: with_heading(given, **parts)


def page(**parts: object) -> Callable[[Release], Release]:
    return lambda given: with_page(given, **parts)


def rate(**parts: object) -> Callable[[Release], Release]:
    def change(given: Release) -> Release:
        response = given.published.response
        row = replace(GroupResponse("leaders", "Leaders", 45, "20 to 49", False), **parts)  # type: ignore[arg-type] # as above
        return with_page(given, response=replace(response, by_role_group=(row, *response.by_role_group[1:])))

    return change


def reliability(**parts: object) -> Callable[[Release], Release]:
    empty = PublishedReliability(None, None, None, None, None, None, None, "No rating was done twice.")
    row = replace(empty, **parts)  # type: ignore[arg-type] # as above
    return lambda given: with_page(given, reliability={"culture": row})


MOVED = PublishedChange(4, 1, 7, True, 3, None)
FINER = PublishedChange(4, 1.5, 7, True, 3, None)  # type: ignore[arg-type] # planted
PLANTED: dict[str, tuple[Callable[[Release], Release], str]] = {
    "a score of a hidden group": (group(suppressed=True, n_band=None), "number or a band"),
    "a band of a hidden group": (group(suppressed=True, score=None), "number or a band"),
    "a change of a hidden group": (
        group(suppressed=True, score=None, n_band=None, change=MOVED),
        "its change is",
    ),
    "an exact base": (group(n_band="n = 42"), "no band"),
    "an exact base, a number alone": (group(n_band="42"), "no band"),
    "the wrong band": (group(n_band="50 to 99"), "not the band of its answers"),
    "a score to a decimal": (group(score=50.4), "finer than whole points"),
    "a score beyond the end": (group(score=98), "beyond"),
    "an interval beyond the end": (survey(high=99), "beyond"),
    "an exact count of the survey": (survey(n=126), "not banded"),
    "a change to a decimal": (heading(change=FINER), "finer than whole points"),
    "a share to the unit": (item(0, shares=(5, 26, 45, 25, 5)), "finer than the nearest 5"),
    "a share of nobody": (item(0, shares=(0, 30, 45, 25, 5)), "beyond"),
    "a share too few": (item(0, shares=(30, 45, 25)), "not one share for each answer"),
    "a share of a hidden question": (item(1, shares=(5, 25, 45, 25, 5)), "number or a band"),
    "a change of a hidden question": (item(1, change=MOVED), "its change is"),
    "a need to the unit": (page(needs=(Need("works", "Works", 42, False),)), "finer than the nearest 5"),
    "a hidden need with a share": (page(needs=(Need("works", "Works", 40, True),)), "number or a band"),
    "a hidden gap with a number": (heading(gap=Gap(60, None, None, True)), "number or a band"),
    "a rate to the unit": (rate(rate=47), "finer than the nearest 5"),
    "a rate of a hidden group": (rate(suppressed=True, n_band=None), "number or a band"),
    "an exact base of a rate": (rate(n_band="42 people"), "no band"),
    "agreement beyond the end": (reliability(r_star_wg=0.97), "beyond −0.95"),
    "agreement to three decimals": (reliability(icc1=0.123), "two decimals"),
    "alpha of too few": (
        reliability(alpha=Coefficient(0.8, 0.7, 0.9, "10 to 19")),
        "Alpha or omega rests on",
    ),
    "a lower threshold": (page(threshold=9), "It is 9."),
    "another threshold": (page(threshold=12), "groups were hidden by 10"),
    "a share of tests to the unit": (
        page(steps=(PublishedStep("ask", 1, True, 94, (), (), ()),)),
        "94 %, finer than the nearest 5",
    ),
    "comments counted": (page(comments_received="37"), "no band"),
    "a quote from an area": (
        page(quotes=(PublishedQuote("I1", "culture", "c", "North", "We ask why."),)),
        "names the service area",
    ),
}


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name: str) -> None:
    plant, words = PLANTED[name]
    found = faults(plant(clean()))
    assert any(words in weakness.found for weakness in found), [str(weakness) for weakness in found]
    assert all(w.rule == "form" and w.table.startswith("Wave 1, ") and w.mend for w in found)


@pytest.mark.parametrize(("answered", "is_fault"), [(9, True), (10, False), (11, False)])
def test_a_group_is_shown_from_ten_answers(answered: int, is_fault: bool) -> None:
    cells = [Cell("leaders", "North", 30, answered), Cell("registered", "North", 60, 40)]
    given = release(cells, survey=50, roles={"leaders": 50, "registered": 50})
    assert any("fewer than 10 answers" in w.found for w in faults(given)) is is_fault


@pytest.mark.parametrize(("people", "is_fault"), [(9, True), (10, False), (11, False)])
def test_a_group_is_shown_from_ten_people(people: int, is_fault: bool) -> None:
    cells = [Cell("leaders", "North", people, 12), Cell("registered", "North", 60, 40)]
    given = release(cells, survey=50, roles={"leaders": 50, "registered": 50})
    assert any("fewer than 10 people" in w.found for w in faults(given)) is is_fault


@pytest.mark.parametrize(("answered", "is_fault"), [(29, True), (30, False), (31, False)])
def test_a_table_is_shown_from_thirty_answers(answered: int, is_fault: bool) -> None:
    cells = [Cell("registered", "North", 60, answered)]
    given = release(cells, survey=50, items={"CUL1": TABLE}, needs={"works": 40})
    planted = reliability(r_star_wg=0.5)(given)
    found = [w for w in faults(planted) if "fewer than 30" in w.found]
    assert len(found) == (3 if is_fault else 0)


@pytest.mark.parametrize(("answered", "is_fault"), [(9, True), (10, False), (11, False)])
def test_a_survey_score_is_shown_from_ten_answers(answered: int, is_fault: bool) -> None:
    given = release([Cell("registered", "North", 60, answered)], survey=50)
    found = [w.found for w in faults(given)]
    assert any("fewer than 10 answers" in words for words in found) is is_fault
    assert any("counts answers, though too few" in words for words in found) is is_fault


def test_what_is_derived_from_no_score_is_found() -> None:
    given = with_heading(release(CELLS, survey=None), tipping_point=12)
    assert any("a number derived from it" in weakness.found for weakness in faults(given))


def test_a_quote_names_a_band_of_enough_people() -> None:
    cells = [Cell("leaders", "North", 4, 3), Cell("team_managers", "North", 30, 20)]
    given = release(cells, survey=50, joined=[("leaders", "team_managers")])
    few = with_page(given, quotes=(PublishedQuote("I1", "culture", "c", "Leaders", "We ask why."),))
    assert "fewer than 10" in faults(few)[0].found
    entry = EvidenceEntry("I1", "interview", "Interview", "leaders", ())
    assert "“leaders”" in faults(with_page(given, evidence=(entry,)))[0].found
    both = PublishedQuote("I1", "culture", "c", "Leaders+team managers", "We ask why.")
    assert faults(with_page(given, quotes=(both,))) == []


def test_what_a_printed_number_tells() -> None:
    assert told_by_score(61) == (60.5, 61.5)
    assert told_by_score(5) == (0.0, 5.5)
    assert told_by_score(95) == (94.5, 100.0)
    assert told_by_score(61.3) == pytest.approx((61.25, 61.35))
    assert told_by_share(40) == (37.5, 42.5)
    assert told_by_share(5) == (0.0, 7.5)
    assert told_by_share(95) == (92.5, 100.0)
    assert told_by_share(42) == (41.5, 42.5)


def test_bands() -> None:
    assert [band_of(n) for n in (9, 10, 19, 20, 49, 50, 99, 100, 4000)] == [
        None,
        "10 to 19",
        "10 to 19",
        "20 to 49",
        "20 to 49",
        "50 to 99",
        "50 to 99",
        "100 or more",
        "100 or more",
    ]
