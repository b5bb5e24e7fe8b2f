"""The annex: bases, weights, decisions and sensitivity, and nothing that the object hides."""

import re
from dataclasses import replace

import pytest

from app.briefs import words
from app.briefs.annex import Annex, AnnexSection, present_annex
from app.briefs.annex_document import render_annex
from app.briefs.annex_method import REFERENCES
from diagnostics.published import Coefficient, GroupScore, PublishedReliability, PublishedWeighting
from tests.report.invented_framework import FRAMEWORK
from tests.report.invented_profile import PROFILE
from tests.report.rendered import words_of
from tests.report.variants import VARIANTS


def annex_of(variant: str) -> Annex:
    return present_annex(*VARIANTS[variant])


def section(annex: Annex, section_id: str) -> AnnexSection:
    return next(section for section in annex.sections if section.id == section_id)


def cells(annex: Annex, look: str) -> dict[str, tuple[str, ...]]:
    """Give the rows of the tables of one look by their heads."""
    tables = [table for part in annex.sections for table in part.tables if look in table.look.split()]
    return {row.head: row.cells for table in tables for row in table.rows}


def test_it_names_framework_method_and_digest() -> None:
    rows = cells(annex_of("sample"), "versions")
    profile = VARIANTS["sample"][0]
    assert rows["Digest of the published profile (SHA-256)"] == (profile.digest,)
    assert rows["Method"] == (f"version {profile.method}",)
    assert rows["Framework"][0].endswith(f"{profile.framework.id}, version {profile.framework.version}")


def test_questions_stand_with_their_bases() -> None:
    rows = cells(annex_of("sample"), "items")
    profile, framework = VARIANTS["sample"]
    assert set(rows) == {question.code for question in framework.questions}
    item = profile.headings[0].items[0]
    assert item.n_band in rows[item.code]
    assert all(len(row) == 5 for row in rows.values())


def test_without_an_earlier_wave_there_is_no_column_of_change() -> None:
    annex = annex_of("first_wave")
    assert all(len(row) == 4 for row in cells(annex, "items").values())
    assert cells(annex, "changes") == {}
    assert any("no earlier wave" in text for text in section(annex, "intervals").paragraphs)


@pytest.mark.parametrize("margins", ["met", "close", "apart"])
def test_weights_are_told_in_words(margins: str) -> None:
    weighting = PublishedWeighting(85, margins, trimmed=margins != "met")  # type: ignore[arg-type]
    text = " ".join(
        section(present_annex(replace(PROFILE, weighting=weighting), FRAMEWORK), "weights").paragraphs
    )
    assert "worth 85% of as many" in text
    assert ("could not both hold" in text) == (margins != "met")
    assert ("had to be held at the bounds" in text) == (margins != "met")


def test_which_categories_were_joined_is_never_told() -> None:
    text = " ".join(section(annex_of("sample"), "weights").paragraphs)
    assert "is not said here" in text
    assert not any(group.name in text for group in VARIANTS["sample"][0].response.by_role_group)


def test_coefficients_have_two_decimals_and_their_base() -> None:
    full = PublishedReliability(
        Coefficient(0.8, 0.75, 0.84, "100 or more"),
        Coefficient(0.79, None, None, "50 to 99"),
        -0.2,
        0.0,
        0.04,
        None,
        0.5,
        "Two raters gave the same stage in 57% of pairs (14 rated twice).",
    )
    annex = present_annex(replace(PROFILE, reliability={"culture": full}), FRAMEWORK)
    assert cells(annex, "reliability")["Culture"] == (
        "0.80", "0.75 to 0.84", "100 or more", "0.79", "50 to 99",
    )  # fmt: skip
    assert cells(annex, "agreement")["Culture"][:4] == ("−0.20", "0.00", "0.04", "not given")
    assert cells(annex, "raters")["Culture"] == ("0.50", full.rater_note)


def test_codes_say_who_decided_and_why() -> None:
    annex = annex_of("sample")
    tables = [table for table in section(annex, "codes").tables if table.look == "codes"]
    decided = [row.cells[2].partition(": ") for row in tables[0].rows]
    assert {decision for decision, _, _ in decided} == {"proposed", "confirmed", "overruled"}
    for decision, _, reason in decided:
        assert bool(reason) == (decision != "proposed")
    count = sum(len(heading.pairs) for heading in VARIANTS["sample"][0].headings)
    assert len(tables[0].rows) == count


def test_every_step_has_its_place_and_its_tests() -> None:
    profile, framework = VARIANTS["sample"]
    rows = cells(annex_of("sample"), "steps")
    assert len(rows) == len(profile.steps)
    titles = {step.id: step.title for step in framework.steps}
    second = profile.steps[1]
    place, tests, ties, _ = rows[titles[second.id]]
    assert (place, tests) == ("2", f"{second.top_three_share}% of draws")
    assert ties.startswith("places 3")


def test_the_hidden_are_counted_once_and_never_by_rule_or_group() -> None:
    annex = annex_of("small_groups_hidden")
    first = section(annex, "not-shown").paragraphs[0]
    assert "not shown, to protect people in small groups" in first
    counts = [
        text for part in annex.sections for text in part.paragraphs if re.search(r"of \d+ group score", text)
    ]
    assert len(counts) <= 1
    shown = {cell for row in cells(annex, "answered").values() for cell in row}
    assert words.NOT_SHOWN in shown


def test_a_number_left_in_a_hidden_group_is_not_printed() -> None:
    headings = tuple(
        replace(
            heading,
            groups=replace(heading.groups, role_group=(GroupScore("x", "X", 1733, "1734", True),)),
            items=tuple(
                replace(item, shares=(1735,) * 5, score=1736, dont_know=1737, n_band="1738", suppressed=True)
                for item in heading.items
            ),
        )
        for heading in PROFILE.headings
    )
    groups = tuple(
        replace(group, rate=1739, n_band="1740", suppressed=True) for group in PROFILE.response.by_role_group
    )
    response = replace(PROFILE.response, by_role_group=groups)
    text = repr(present_annex(replace(PROFILE, headings=headings, response=response), FRAMEWORK))
    assert not re.search(r"17[34]\d", text)


def test_without_a_survey_its_sections_say_so() -> None:
    annex = annex_of("no_survey")
    for section_id in ("weights", "items", "reliability"):
        assert section(annex, section_id).paragraphs == (
            "There was no staff survey, so there is nothing to report here.",
        )
        assert section(annex, section_id).tables == ()
    assert section(annex, "intervals").paragraphs[0].startswith("Without survey results")
    assert cells(annex, "intervals") == {}
    assert cells(annex, "sources")
    assert cells(annex, "confidence")


def test_too_few_answers_are_not_taken_for_no_survey() -> None:
    response = replace(PROFILE.response, answered=None, rate=None, by_role_group=(), by_service_area=())
    annex = present_annex(replace(PROFILE, response=response), FRAMEWORK)
    assert section(annex, "weights").paragraphs[0].startswith("Too few staff answered")


def test_decisions_are_those_of_the_framework() -> None:
    settings = replace(FRAMEWORK.settings, low_r_star_wg=0.44, stage_cuts=(20, 45, 70), margin_answers=8)
    annex = present_annex(PROFILE, replace(FRAMEWORK, settings=settings))
    rows = cells(annex, "decisions")
    assert "0.44" in rows["Low agreement of staff"][0]
    assert rows["Stages"] == (
        "stage 2 from 20, stage 3 from 45, stage 4 from 70 points, once a score is rounded to whole points",
    )
    assert "fewer than 8 answers" in cells(annex, "formulas")["Weights"][0]


def test_every_source_that_is_named_is_in_the_list_of_references() -> None:
    sources = [row[1] for row in cells(annex_of("sample"), "formulas").values()]
    named = {part.strip() for source in sources for part in source.split(";") if source != "Our decision"}
    for source in named:
        author, year = source.split()[0].rstrip(","), re.search(r"\d{4}", source)
        assert year
        assert any(entry.startswith(author) and f"({year[0]})" in entry for entry in REFERENCES), source
    assert list(REFERENCES) == sorted(REFERENCES)


def test_a_framework_of_other_words_is_named_in_its_own() -> None:
    comparison = replace(FRAMEWORK.comparison, upper="curators", lower="wardens")
    text = repr(present_annex(PROFILE, replace(FRAMEWORK, comparison=comparison)))
    assert "Leaders above" not in text


def test_names_from_outside_are_escaped() -> None:
    odd = replace(PROFILE, authority=replace(PROFILE.authority, name="<script>alert(1)</script> Council"))
    page = render_annex(present_annex(odd, FRAMEWORK))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("variant", VARIANTS)
def test_it_prints_nothing_of_python(variant: str) -> None:
    text = " ".join(words_of(render_annex(annex_of(variant))).words)
    assert not re.search(r"\b(?:None|nan|True|False|StageRange|leaders_above)\b|—|[{}]", text)
