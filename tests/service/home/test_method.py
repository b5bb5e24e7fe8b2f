"""/method: made from the framework, in plain words, with nothing of it written down anywhere else."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import textstat

from app.briefs.annex_method import REFERENCES, decision_table, disclosure_rules, formula_tables
from app.commissioning.frameworks import frameworks
from app.commissioning.papers.paper import Block, Points, Section, Subheading, Table, Words
from app.home.method_words import method_sections
from app.interchange.framework_files import load_once
from diagnostics import wording
from diagnostics.confidence import ENOUGH_SOURCES
from diagnostics.framework import Framework
from tests.service.browser import Browser

HIGHEST_GRADE = 9


@cache
def published() -> Framework:
    return frameworks()["evidence_use_v1"]


@pytest.fixture
def another(project_root: Path) -> Framework:
    """A framework that shares nothing with the published one but its shape."""
    return load_once((project_root / "tests/second_framework.yaml").read_text(encoding="utf-8"))


def sections(framework: Framework) -> tuple[Section, ...]:
    return method_sections(framework, disclosure_rules(framework.settings.threshold))


def texts(section: Section) -> Iterator[str]:
    yield section.title
    for block in section.blocks:
        yield from _texts(block)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Words(text) | Subheading(text):
            yield text
        case Points(items):
            yield from items
        case Table():
            yield from (block.caption, *block.columns, *(cell for row in block.rows for cell in row))


def said(framework: Framework) -> str:
    return " ".join(text for section in sections(framework) for text in texts(section))


def rows(framework: Framework, caption: str) -> tuple[tuple[str, ...], ...]:
    tables = [
        b for s in sections(framework) for b in s.blocks if isinstance(b, Table) and b.caption == caption
    ]
    return tables[0].rows


@pytest.mark.parametrize("which", ["published", "another"])
def test_it_says_what_the_framework_holds(which: str, another: Framework) -> None:
    framework = published() if which == "published" else another
    text = said(framework)
    for heading in framework.headings:
        table = rows(framework, "Features" if heading.kind == "feature" else "Enablers")
        assert (
            heading.name,
            heading.about,
            str(len(heading.characteristics)),
            str(len(heading.questions)),
        ) in table
    for group in framework.role_groups:
        assert group.name in text
    assert all(idea in text for idea in framework.sources_of_ideas)
    named = (*framework.interview_kinds, *framework.observation_settings, *framework.document_types)
    assert all(one.plural in text for one in named)
    assert f"{len(framework.characteristics)} characteristics" in text
    assert f"asks all staff {len(framework.questions)} questions" in text
    assert f"{len(framework.steps)} steps" in text
    assert f"“{framework.name}”, version {framework.version}" in text
    assert framework.about in text


@pytest.mark.parametrize("which", ["published", "another"])
def test_its_figures_are_those_of_the_framework(which: str, another: Framework) -> None:
    framework = published() if which == "published" else another
    s = framework.settings
    first, second, third = (f"{cut:g}" for cut in s.stage_cuts)
    assert rows(framework, "The stages") == (
        (f"1, {wording.STAGE_NAMES[1]}", f"Below {first}"),
        (f"2, {wording.STAGE_NAMES[2]}", f"From {first} to below {second}"),
        (f"3, {wording.STAGE_NAMES[3]}", f"From {second} to below {third}"),
        (f"4, {wording.STAGE_NAMES[4]}", f"{third} and above"),
    )
    assert {row[1] for row in rows(framework, "How much each source counts")} == {
        f"{100 * weight:g}%" for weight in s.source_weights.as_mapping().values()
    }
    text = said(framework)
    assert f"Up to {s.agreement_within:g} points" in text
    assert f"up to {s.partial_within:g} points" in text
    assert f"how far the score is below {s.target:g}" in text
    assert f"We test the order {s.rank_draws:,} times" in text
    assert f"smallest group that is shown has {s.threshold} people" in text
    assert f"with {framework.comparison.upper} are high" in text


def test_nothing_of_the_published_framework_stands_in_the_code(another: Framework) -> None:
    text = said(another)
    ours = published()
    for heading in ours.headings:
        assert heading.about not in text
    names = [
        *(group.name for group in ours.role_groups),
        *(one.name for one in (*ours.observation_settings, *ours.document_types)),
    ]
    for name in names:
        assert not re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE), name
    for figure in ("35%", "below 75", "1,000", "44 questions", "30 characteristics", "36 steps"):
        assert figure not in text, figure
    assert "leaders" not in text.lower()


def test_it_reads_easily() -> None:
    prose = [
        text
        for section in sections(published())
        for block in section.blocks
        if isinstance(block, Words | Points)
        for text in _texts(block)
        if text not in published().sources_of_ideas
    ]
    text = " ".join(one if one.endswith((".", "?")) else f"{one.rstrip(';:')}." for one in prose)
    assert textstat.textstat.flesch_kincaid_grade(text) <= HIGHEST_GRADE
    assert not re.search(r"  |\.\.|['\"!]|\b(\w+) \1\b", text)


def test_it_speaks_of_as_many_sources_as_the_method_asks_for() -> None:
    assert f"fewer than {wording.number(ENOUGH_SOURCES)} sources count" in said(published())


def test_everyone_may_read_it_and_its_contents_lead_to_its_sections(browser: Browser) -> None:
    page = browser.get("/method")
    assert page.heading == "The method"
    ids = {heading.get("id") for heading in page.all("h2")}
    links = {(link.get("href") or "").removeprefix("#") for link in page.all("a")}
    wanted = {f"section-{n}" for n in range(1, len(sections(published())) + 1)}
    assert wanted <= ids
    assert wanted <= links
    assert "set-cookie" not in page.response.headers
    for title in (
        "What we ask",
        "How scores are made",
        "Four sources side by side",
        "Stages",
        "Confidence",
        "What is never shown",
        "What not to conclude",
        "Where the ideas come from",
    ):
        assert title in page.text


def test_the_line_in_which_it_stands_is_credited_and_the_scoring_is_not(browser: Browser) -> None:
    text = browser.get("/method").text
    assert "What Works Centre for Children’s Social Care and partner councils (2018)" in text
    assert "so is the scoring: do not attribute it to them" in text


def test_the_formulas_are_those_of_the_annex(browser: Browser) -> None:
    page = browser.get(browser.get("/method").link("The formulas"))
    assert page.path == "/method/formulas"
    for table in (*formula_tables(published()), decision_table(published())):
        assert all([row.head, *row.cells] in page.rows() for row in table.rows), table.caption
    assert all(" ".join(reference.split()) in page.text for reference in REFERENCES)
