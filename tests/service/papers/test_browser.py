"""The papers in a real browser: without scripts, on paper, and as files that need no network."""

from pathlib import Path

import pytest

from app.commissioning.papers.catalogue import KINDS, PaperId
from app.commissioning.papers.html_file import paper_html
from app.database.session import Database
from tests.service.chromium import NEEDS_CHROMIUM, chromium, faults_of, leave_by, served, session_of
from tests.service.papers.diagnostic_facts import complete, invented_facts
from tests.service.people import People

pytestmark = NEEDS_CHROMIUM
# What a browser shows does not depend on the engine.
on_sqlite = pytest.mark.parametrize("database_address", ["sqlite"], indirect=True)


@on_sqlite
def test_the_pages_say_the_same_without_scripts(database: Database, people: People, tmp_path: Path) -> None:
    complete(database, people)
    token = session_of(database, people.bob)
    with served(database, tmp_path) as address:
        texts = []
        for scripts in (True, False):
            with chromium(1280, scripts=scripts, session=token) as page:
                page.goto(f"{address}/diagnostics/{people.here}/papers")
                leave_by(page.get_by_role("link", name="Notice to staff", exact=True))
                texts.append(page.locator("main").inner_text())
    assert texts[0] == texts[1]
    assert "Siân O'Brien & <b>Łukasz</b>" in texts[0]


@on_sqlite
def test_print_leaves_out_what_is_for_the_screen(database: Database, people: People, tmp_path: Path) -> None:
    with (
        served(database, tmp_path) as address,
        chromium(1280, session=session_of(database, people.bob)) as page,
    ):
        page.goto(f"{address}/diagnostics/{people.here}/papers/staff-notice")
        page.emulate_media(media="print")
        assert page.get_by_role("heading", level=1).is_visible()
        # GOV.UK would print the address after each link.
        link = page.locator("main a.govuk-link[href^='/']").first
        assert link.evaluate("one => getComputedStyle(one, '::after').content") == "none"
        for hidden in (".govuk-template__header", ".govuk-footer", ".app-paper-tools", ".govuk-breadcrumbs"):
            assert not page.locator(hidden).is_visible(), hidden


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("paper", PaperId)
def test_the_file_is_accessible_without_a_network(paper: PaperId, width: int, tmp_path: Path) -> None:
    facts = invented_facts(closes="[to be completed: the day on which the survey closes]")
    path = tmp_path / "paper.html"
    path.write_text(paper_html(KINDS[paper].make(facts), facts), encoding="utf-8")
    with chromium(width) as page:
        page.context.set_offline(True)
        failed: list[str] = []
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.goto(path.as_uri())
        assert faults_of(page) == []
        assert failed == []
