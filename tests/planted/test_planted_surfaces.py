"""Surfaces of planted reports: a number of a hidden group that slips onto a page or into a file.

The corners of each kind of file are planted in tests/report/test_surfaces_planted.py. Here are leaks of a
real profile: pages cut from another object than the audited one, and wrappings that a reader might not open.
"""

import base64
from collections.abc import Callable
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest

from app.briefs.brief import present_brief
from app.briefs.templating import render_html
from diagnostics.published import PublishedProfile
from diagnostics.suppression import whole
from tests.planted import reports_answers, reports_groups, reports_response, reports_totals, reports_words
from tests.planted.reports import FRAMEWORK, HEADING, Planting, computed, issued, true_mean
from tests.planted.reports_groups import COUNCIL
from tests.report.explained_numbers import AuditedObject

# What nobody may read anywhere: nine of business support answered, and their score is 86.
ANSWERS = 9
SCORE = whole(true_mean(computed(COUNCIL), "role_group", "support"))
GROUP = "Business support and commissioning"
assert SCORE == 86


@cache
def profile() -> PublishedProfile:
    return issued(computed(COUNCIL)).published


def page(of: PublishedProfile) -> bytes:
    return render_html(present_brief(of, FRAMEWORK)).encode()


@cache
def audited() -> AuditedObject:
    return AuditedObject(profile(), FRAMEWORK)


def found(name: str, data: bytes) -> list[str]:
    return [strange.written for strange in audited().unexplained_in(name, data)]


def in_page(markup: str) -> bytes:
    return f"<main><p>About {HEADING}.</p>{markup}</main>".encode()


def test_the_page_of_a_clean_report_passes() -> None:
    assert found("brief.html", page(profile())) == []
    assert found("profile.json", profile().to_json().encode()) == []


# A wrapping, with the place where the number goes; without a number the same wrapping passes.
WRAPPINGS: dict[str, Callable[[str], str]] = {
    "digits as entities": lambda n: f"<p>{''.join(f'&#{ord(c)};' for c in n)}</p>",
    "a template": lambda n: f"<template><p>Score {n}</p></template>",
    "what is read without scripts": lambda n: f"<noscript>Score {n}</noscript>",
    "a page in the page": lambda n: f'<iframe srcdoc="<p>Score {n}</p>"></iframe>',
    "data for search engines": lambda n: f'<script type="application/ld+json">{{"score": "{n}"}}</script>',
    "a hidden field": lambda n: f'<input type="hidden" name="support" value="{n}">',
    "a meter": lambda n: f'<meter value="{n}"></meter>',
    "a value for machines": lambda n: f'<data value="{n}">not shown</data>',
    "what a screen reader says": lambda n: f'<span role="img" aria-label="Support: {n}">not shown</span>',
    "a longer text for screen readers": lambda n: f'<p class="visually-hidden">Support: {n} points.</p>',
    "the description of a bar": lambda n: f'<svg><rect aria-description="{n}"/><desc>Bar {n}</desc></svg>',
    "the title of a hatched bar": lambda n: f"<svg><g><title>Support: {n}</title></g></svg>",
    "metadata of a chart": lambda n: f"<svg><metadata><n>{n}</n></metadata></svg>",
    "a data attribute": lambda n: f'<svg><rect data-raw="{n}"/></svg>',
    "an address": lambda n: f'<a href="support.html?score={n}">more</a>',
}


@pytest.mark.parametrize("name", WRAPPINGS)
def test_a_hidden_score_is_found_in_any_wrapping(name: str) -> None:
    assert found("brief.html", in_page(WRAPPINGS[name](""))) == []
    assert str(SCORE) in found("brief.html", in_page(WRAPPINGS[name](str(SCORE))))


def test_a_picture_that_is_packed_into_the_page_is_found() -> None:
    """Nobody reads base64, so its letters and digits stand out as a code that the object does not have."""
    packed = base64.b64encode(f"<svg><text>Support: {SCORE} points</text></svg>".encode()).decode()
    assert found("brief.html", in_page(f'<img alt="" src="data:image/svg+xml;base64,{packed}">'))


NOTES = {
    "how many groups are hidden in a table": "2 of 5 role groups are not shown.",
    "which rule hid a group": f"{GROUP}: fewer than 10 answers.",
    "how many answers a hidden group has": f"{GROUP}: {ANSWERS} answers.",
    "how many answers, in words": f"In {GROUP.lower()} nine people answered.",
    "how many were hidden for others": "1 group is hidden to protect another, with 10 to 19 answers.",
}


@pytest.mark.parametrize("name", NOTES)
def test_a_note_of_the_annex_says_no_more_than_its_one_count(name: str) -> None:
    rows = [row for h in profile().headings for row in (*h.groups.role_group, *h.groups.service_area)]
    hidden = sum(row.suppressed for row in rows)
    allowed = f"{hidden} of {len(rows)} group scores are not shown, to protect people in small groups."
    assert found("annex.html", in_page(f"<p>{allowed}</p>")) == []
    assert found("annex.html", in_page(f"<p>{NOTES[name]}</p>"))


def in_table(score: object, band: object) -> bytes:
    shown = profile().headings[0].groups.role_group[1]
    rows = (("Group", HEADING, "Answers"), (shown.name, shown.score, shown.n_band), (GROUP, score, band))
    return "\n".join(",".join(map(str, row)) for row in rows).encode()


def test_a_count_in_a_table_to_download_is_found() -> None:
    assert found("annex.csv", in_table("not shown", "not shown")) == []
    assert found("annex.csv", in_table("not shown", ANSWERS)) == [str(ANSWERS)]
    assert found("annex.csv", in_table(SCORE, "not shown")) == [str(SCORE)]
    assert found("annex.csv", in_table("not shown", "10 to 19")) == ["10", "19"]


WORKBOOK = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": '<workbook><sheets><sheet name="Groups"/></sheets></workbook>',
    "xl/worksheets/sheet1.xml": f'<worksheet><sheetData><row r="1"><c r="A1" t="inlineStr">'
    f"<is><t>{GROUP}</t></is></c></row></sheetData></worksheet>",
}
PARTS = {
    "a property of one's own": (
        "docProps/custom.xml",
        "<Properties><property><lpwstr>{n}</lpwstr></property></Properties>",
    ),
    "what a pivot table remembers": (
        "xl/pivotCache/pivotCacheRecords1.xml",
        "<records><r><n v='{n}'/></r></records>",
    ),
    "what a link remembers": (
        "xl/externalLinks/externalLink1.xml",
        "<externalLink><v>{n}</v></externalLink>",
    ),
    "a thread of comments": (
        "xl/threadedComments/threadedComment1.xml",
        "<comments><text>{n}</text></comments>",
    ),
}


def workbook(*parts: tuple[str, str]) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, text in (*WORKBOOK.items(), *parts):
            archive.writestr(name, text)
    return out.getvalue()


@pytest.mark.parametrize("name", PARTS)
def test_a_count_in_a_part_of_a_workbook_is_found(name: str) -> None:
    part, text = PARTS[name]
    assert found("annex.xlsx", workbook()) == []
    assert found("annex.xlsx", workbook((part, text.format(n="none")))) == []
    assert str(ANSWERS) in found("annex.xlsx", workbook((part, text.format(n=ANSWERS))))


# Each prints what another system would have let through; the audited object is the clean twin's.
PRINTED: tuple[Planting, ...] = (
    reports_groups.one_hidden_area_under_the_total,
    reports_totals.a_gap_beside_a_hidden_group,
    reports_response.a_rate_to_the_unit,
    reports_answers.five_who_weigh_much,
    reports_words.the_score_of_a_hidden_group,
)


@pytest.mark.parametrize("planting", PRINTED, ids=lambda planting: planting.__name__)
def test_a_page_that_is_cut_from_another_object_is_found(planting: Planting) -> None:
    plant = planting()
    own = AuditedObject(plant.clean[0].published, FRAMEWORK)
    assert own.unexplained_in("brief.html", page(plant.clean[0].published)) == []
    assert own.unexplained_in("brief.html", page(plant.bad[0].published))
    assert own.unexplained_in("profile.json", plant.bad[0].published.to_json().encode())


def test_a_field_that_the_template_hides_is_found_in_the_file_and_nowhere_else() -> None:
    """The page prints “not shown”; whoever opens profile.json reads the score."""
    plant = reports_groups.a_score_that_the_template_hides()
    own = AuditedObject(plant.clean[0].published, FRAMEWORK)
    assert own.unexplained_in("brief.html", page(plant.bad[0].published)) == []
    in_file = own.unexplained_in("profile.json", plant.bad[0].published.to_json().encode())
    assert [strange.written for strange in in_file] == [str(SCORE)]
    assert "role_group[4].score" in in_file[0].where
