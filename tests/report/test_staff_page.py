"""The page for staff: what it says is what the brief says, in the words of the people it thanks."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
import textstat
from pypdf import PdfReader
from tinyhtml5.parser import HTMLParser as StrictParser

from app.briefs.brief import Edition, present_brief
from app.briefs.reading import HIGHEST_GRADE
from app.briefs.staff_document import HTML_NAME, staff_html
from app.briefs.staff_page import MORE_FOUND, MORE_LIMITS, StaffPage, present_staff_page
from app.briefs.templating import render_html, with_assets_inside
from tests.report.chromium import NEEDS_A_BROWSER, NEEDS_A_SOCKET, opened_file, started
from tests.report.explained_numbers import AuditedObject
from tests.report.invented_framework import FRAMEWORK
from tests.report.invented_profile import PROFILE
from tests.report.rendered import numbers, words_of
from tests.report.staff_cases import (
    STAFF_CASES,
    STRESSED,
    staff_brief_of,
    staff_html_of,
    staff_page_of,
)
from tests.report.test_html import Balance
from tests.report.variants import PREVIOUS, SAMPLES

# Their texts are filler.
FILLED = {"longest", "long_names", "long_steps"}


def plain(text: str) -> str:
    """Give a text with simple spaces."""
    return " ".join(text.replace("\u00a0", " ").split())


def brief_words(case: str) -> str:
    """Give all that the brief prints."""
    return plain(" ".join(words_of(render_html(staff_brief_of(case))).words))


def evidence_of(page: StaffPage) -> list[str]:
    """Give every passage of the page that is not furniture."""
    said = [page.authority, page.season, page.heard, page.verdict, page.no_step.rstrip("."), page.ties_note]
    said += [f"{found.lead} {found.text}" for found in page.told] + [found.heading for found in page.told]
    said += [page.keep.title, page.keep.why] if page.keep else []
    for step in page.steps:
        said += [step.label, step.title, step.owner, step.first_30_days, step.six_month_sign]
    said += [sentence for aside in page.asides if aside.look == "unseen" for sentence in aside.sentences]
    said += [page.asides[-2].sentences[0], *page.questions]
    return [plain(text) for text in said if text]


@pytest.mark.parametrize("case", STAFF_CASES)
def test_every_sentence_stands_in_the_brief(case: str) -> None:
    printed = brief_words(case)
    assert [text for text in evidence_of(staff_page_of(case)) if text not in printed] == []


@pytest.mark.parametrize("case", STAFF_CASES)
def test_every_number_stands_in_the_brief(case: str) -> None:
    html = staff_html_of(case)
    said = " ".join(words_of(html[html.index("<body") :]).words)
    contact = STAFF_CASES[case][0].contact or ""
    assert numbers(said) <= numbers(f"{brief_words(case)} {contact}")


@pytest.mark.parametrize("case", [case for case in STAFF_CASES if case not in FILLED])
def test_every_number_is_in_the_object(case: str) -> None:
    audited = AuditedObject(*STAFF_CASES[case], PREVIOUS.get(case))
    assert audited.unexplained_in(HTML_NAME, staff_html_of(case).encode()) == []


@pytest.mark.parametrize("case", STAFF_CASES)
def test_what_staff_told_rests_on_the_survey(case: str) -> None:
    page, (profile, _) = staff_page_of(case), STAFF_CASES[case]
    by_survey = {
        f"{finding.lead} {finding.text}"
        for finding in profile.findings
        if any(mark.startswith("S") for mark in finding.evidence)
    }
    if page.heading.startswith("What you told us"):
        assert {f"{found.lead} {found.text}" for found in page.told} <= by_survey
    assert len({found.heading for found in page.told}) == len(page.told)


@pytest.mark.parametrize("case", [case for case in STAFF_CASES if case not in FILLED])
def test_it_is_read_with_nine_years_of_school(case: str) -> None:
    page = staff_page_of(case)
    said = [page.thanks, page.heard, page.verdict, page.no_step, page.ties_note, *page.questions]
    said += [f"{found.lead} {found.text}" for found in page.told]
    said += [page.keep.why] if page.keep else []
    said += [text for step in page.steps for text in (step.first_30_days, step.six_month_sign)]
    said += [sentence for aside in page.asides for sentence in aside.sentences]
    said += [f"The whole brief: {page.whole_brief}", f"Questions: {page.ask}"]
    assert textstat.textstat.flesch_kincaid_grade(" ".join(filter(None, said))) <= HIGHEST_GRADE


@pytest.mark.parametrize("case", SAMPLES)
def test_the_samples_lose_nothing(case: str) -> None:
    page = staff_page_of("sample" if case == "wexbourne" else case)
    profile = SAMPLES[case][0]
    assert "dense" not in page.fit
    assert [limit.text for limit in profile.limits] == list(page.asides[0].sentences)
    assert len(page.steps) == sum(step.first for step in profile.steps)
    assert page.ask == f"{profile.contact}."
    assert (page.told_more, page.asides[0].more) == ("", "")


def test_the_strength_is_not_told_twice() -> None:
    page = staff_page_of("sample")
    assert page.keep is not None
    assert f"{page.keep.title}." not in [found.text for found in page.told]
    practice = next(found for found in page.told if found.heading == "Direct practice")
    assert practice.lead == "A real improvement."


def test_a_finding_that_needs_another_before_it_gives_way() -> None:
    brief = staff_brief_of("usual")
    row = next(row for row in brief.two.rows if row.name == "Culture")
    leaning = replace(row.findings[0], lead="", text="Service areas differ widely on culture too.")
    rows = tuple(
        replace(row, findings=(leaning, *row.findings[:1])) if it.name == "Culture" else it
        for it in brief.two.rows
    )
    page = present_staff_page(replace(brief, two=replace(brief.two, rows=rows)), PROFILE)
    assert next(found for found in page.told if found.heading == "Culture").text == row.findings[0].text


def test_without_a_survey_nobody_is_said_to_have_told_anything() -> None:
    page = staff_page_of("no_survey")
    assert page.heading == "What we found, and what happens now"
    assert page.thanks == "Thank you to everyone who spoke with us or let us watch."
    assert page.heard.startswith("No staff survey was run.")
    assert page.asides[-1].title == "When we measure again"
    assert "told us" not in staff_html_of("no_survey")


def test_where_too_few_answered_there_is_no_number_of_them() -> None:
    page = staff_page_of("nothing_to_show")
    assert page.thanks == "Thank you to everyone who answered."
    assert page.heard.startswith("Too few staff answered to show survey scores.")
    assert numbers(page.heard) == set()
    assert page.told == ()
    assert page.keep is None
    assert [aside.title for aside in page.asides] == ["What this is not", "When we measure again"]


def test_without_a_step_teams_get_their_questions() -> None:
    page = staff_page_of("no_steps")
    assert page.no_step.startswith("No step stands out")
    assert page.questions == staff_brief_of("no_steps").four.questions
    assert 'class="first-steps"' not in staff_html_of("no_steps")
    assert staff_page_of("usual").questions == ()


def test_without_a_contact_it_names_whom_to_ask() -> None:
    page = present_staff_page(staff_brief_of("usual"), replace(PROFILE, contact=None))
    assert page.ask == "ask your practice or transformation lead."


def test_what_had_to_go_is_said_to_stand_in_the_brief() -> None:
    full = present_staff_page(staff_brief_of("long_steps"), STRESSED["long_steps"][0])
    page = staff_page_of("long_steps")
    assert page.fit == " snug dense"
    assert len(page.asides[0].sentences) == 1
    assert page.asides[0].more == MORE_LIMITS
    assert 0 < len(page.told) < len(full.told)
    assert page.told_more == MORE_FOUND
    assert page.steps == full.steps


@pytest.mark.parametrize("case", STAFF_CASES)
def test_the_html_is_well_formed(case: str) -> None:
    balance = Balance()
    balance.feed(staff_html_of(case))
    balance.close()
    assert balance.open == []
    assert all(count == 1 for count in balance.ids.values())
    assert {link[1:] for link in balance.links} | balance.references <= set(balance.ids)
    parser = StrictParser()
    parser.parse(staff_html_of(case))
    assert parser.errors == []


class Headings(HTMLParser):
    """Notes the levels of headings."""

    def __init__(self) -> None:
        super().__init__()
        self.levels: list[int] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if re.fullmatch("h[1-6]", tag):
            self.levels.append(int(tag[1]))


@pytest.mark.parametrize("case", STAFF_CASES)
def test_it_has_one_title_and_no_level_is_left_out(case: str) -> None:
    headings = Headings()
    headings.feed(staff_html_of(case))
    assert headings.levels[0] == 1
    assert headings.levels.count(1) == 1
    pairs = zip(headings.levels, headings.levels[1:], strict=False)
    assert all(below <= above + 1 for above, below in pairs)


def test_one_file_holds_all_that_it_needs() -> None:
    whole = with_assets_inside(staff_html_of("sample"))
    assert "asset:" not in whole
    assert not re.search(r'(?:src|href)="[^#]', whole)
    assert "url(" in whole
    assert not re.search(r'url\("(?!data:)', whole)
    assert "<script" not in whole
    assert '<html lang="en-GB">' in whole


def test_style_sheets_are_the_same_on_every_page() -> None:
    """They are not read for numbers, so none of a report may be in them."""
    sheets = {tuple(re.findall(r"<style.*?</style>", staff_html_of(case), re.DOTALL)) for case in STAFF_CASES}
    assert len(sheets) == 1
    assert not any(re.search(r"<[^>]+\sstyle=", staff_html_of(case)) for case in STAFF_CASES)


def test_it_says_which_version_of_the_brief_it_is_from() -> None:
    brief = present_brief(PROFILE, FRAMEWORK, edition=Edition("version 2", "It replaces version 1."))
    html = staff_html(brief, PROFILE)
    assert "From the brief insight document, wave 2, version 2" in html
    assert "version" not in staff_html_of("usual")


def test_no_evidence_mark_is_left_over() -> None:
    assert 'class="marks' not in staff_html_of("sample")
    assert staff_brief_of("sample").one.verdict.marks.items


@NEEDS_A_SOCKET
@NEEDS_A_BROWSER
@pytest.mark.parametrize("case", ["sample", "no_survey", "no_steps", "nothing_to_show", "long_names"])
def test_in_a_browser_it_is_accessible_reflows_and_prints_on_one_page(case: str, tmp_path: Path) -> None:
    with (
        started() as browser,
        opened_file(browser, with_assets_inside(staff_html_of(case)), tmp_path / HTML_NAME) as one,
    ):
        assert one.faults((320, 1280)) == []
        one.page.keyboard.press("Tab")
        assert one.page.evaluate("document.activeElement.textContent") == "Skip to the content"
        printed = one.page.pdf(prefer_css_page_size=True)
    assert len(PdfReader(BytesIO(printed)).pages) == 1
