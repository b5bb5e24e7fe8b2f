"""The web page of one file: whole, well-formed, and in need of nothing from elsewhere."""

import re

import pytest

from app.commissioning.papers.catalogue import KINDS, PaperId
from app.commissioning.papers.html_file import paper_html
from app.database.session import Database
from tests.service.browser import Browser, Page, text_of
from tests.service.papers.diagnostic_facts import complete, invented_facts, paper_of
from tests.service.people import People


def file_of(paper: PaperId) -> str:
    facts = invented_facts()
    return paper_html(KINDS[paper].make(facts), facts)


@pytest.mark.parametrize("paper", PaperId)
def test_it_loads_nothing_and_runs_nothing(paper: PaperId) -> None:
    text = file_of(paper)
    assert not re.search(r"\b(src|href|url\()", text)
    assert not re.search(r"<(script|link|img|iframe|form)\b", text)
    assert "{{" not in text
    assert '<html lang="en-GB">' in text


def test_it_has_a_print_style() -> None:
    style = file_of(PaperId.STAFF_NOTICE).split("<style>")[1].split("</style>")[0]
    assert "@page" in style
    assert "@media print" in style


def test_what_is_downloaded_is_well_formed_and_holds_all_that_the_paper_says(
    browser: Browser, people: People, database: Database
) -> None:
    complete(database, people)
    browser.sign_in(people.bob)
    for paper in PaperId:
        answer = browser.client.get(f"/diagnostics/{people.here}/papers/{paper}.html")
        assert answer.headers["content-type"] == "text/html; charset=utf-8"
        assert answer.headers["content-disposition"] == f'attachment; filename="xwex-wave-1-{paper}.html"'
        page = Page(answer)
        made = paper_of(database, people, paper)
        assert [text_of(heading) for heading in page.all("h2")] == [part.title for part in made.sections]
        said = page.text.replace(" ", "")
        for text in made.texts():
            assert text.replace(" ", "") in said, text
