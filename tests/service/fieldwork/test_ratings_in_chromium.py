"""Ratings in a real browser: a record rated by keyboard alone, and every page looked at by axe."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from app.database.session import Database
from app.fieldwork.models import FieldworkRecord, Rater, RecordRater, RecordRating
from app.survey.keys import KeyStore
from tests.service.chromium import NEEDS_CHROMIUM, chromium, faults_of, served, session_of
from tests.service.fieldwork.raters import saved, states
from tests.service.people import People, fill
from tests.service.survey.staff import launched

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = NEEDS_CHROMIUM
MARCH = date(2027, 3, 1)
REASON = "They asked what past families had said"


@dataclass(frozen=True, slots=True)
class Site:
    """The served site, and two records: a meeting to rate, and a review that two have rated."""

    address: str
    database: Database
    people: People
    meeting: FieldworkRecord
    review: FieldworkRecord

    def page_of(self, record: FieldworkRecord, further: str = "/ratings") -> str:
        here = f"{self.address}/diagnostics/{record.diagnostic_id}/fieldwork"
        return f"{here}/records/{record.id}{further}"


@pytest.fixture
def site(migrated_file: Path, tmp_path: Path) -> Iterator[Site]:
    path = tmp_path / "diagnostic.db"
    shutil.copyfile(migrated_file, path)
    database = Database.at(f"sqlite:///{path}")
    with database.transaction() as session:
        people = fill(session)
        here = launched(session, KeyStore(tmp_path), people).diagnostic_id
        kinds = (("O01", "observation", "team_meeting"), ("D01", "document", "data_review"))
        meeting, review = (
            FieldworkRecord(
                diagnostic_id=here, code=code, source=source, kind=kind, month=MARCH, created_by=people.dana
            )
            for code, source, kind in kinds
        )
        raters = [
            Rater(diagnostic_id=here, account_id=one, label=label)
            for one, label in ((people.dana, "DD"), (people.petra, "PP"))
        ]
        session.add_all([meeting, review, *raters])
        session.flush()
        for rater, stage in zip(raters, (2, 4), strict=True):
            session.add(RecordRater(record_id=review.id, rater_id=rater.id, state="done"))
            session.add_all(
                RecordRating(
                    record_id=review.id, characteristic=what, rater_id=rater.id, stage=given, reason=REASON
                )
                for what, given in (("cap_own_data", stage), ("sys_audit", 3))
            )
    with served(database, tmp_path) as address:
        yield Site(address, database, people, meeting, review)
    database.close()


def focused(page: "Page") -> str:
    """Give the id of what has the focus, or the words on it."""
    told = page.evaluate("document.activeElement.id || document.activeElement.innerText || ''")
    return str(told).split("\n")[0].strip()


def tab_to(page: "Page", target: str, most: int = 80) -> None:
    """Press Tab until something has the focus."""
    passed = []
    for _ in range(most):
        page.keyboard.press("Tab")
        passed.append(focused(page))
        if passed[-1] == target:
            return
    pytest.fail(f"Tab does not reach {target!r}, only {passed}")


def press_button(page: "Page", words: str) -> None:
    tab_to(page, words)
    page.keyboard.press("Enter")


def test_a_record_is_rated_by_keyboard_alone(site: Site) -> None:
    with chromium(1280, session=session_of(site.database, site.people.dana)) as page:
        page.goto(site.page_of(site.meeting))
        press_button(page, "Finding what is already known")
        page.wait_for_selector("textarea")
        # The first sign is seen, and the record shows stage 3.
        tab_to(page, "mark-cap_find.0-3")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        tab_to(page, "stage")
        for _ in range(2):
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Tab")
        assert focused(page) == "reason"
        press_button(page, "Save and go to the next")
        page.wait_for_selector(".govuk-error-summary")
        press_button(page, "Say what you heard, saw or read that makes it this stage")
        assert focused(page) == "reason"
        page.keyboard.type(REASON)
        press_button(page, "Save and go to the next")
        page.wait_for_selector(".govuk-notification-banner")
        assert "/ratings/cap_voice" in page.url
        # The last radio is "Not seen", which needs no reason; from the first, one step back goes round to it.
        tab_to(page, "stage")
        page.keyboard.press("ArrowUp")
        press_button(page, "Save and go to the list")
        page.wait_for_selector("text=2 of 12 rated")
        press_button(page, "I am done with this record")
        page.wait_for_selector("text=You are done with this record. Your ratings count.")
    assert saved(site.database, site.meeting) == {
        ("DD", "cap_find"): (3, REASON),
        ("DD", "cap_voice"): (None, ""),
    }
    assert states(site.database, site.meeting) == {"DD": "done"}


@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_on_the_pages_of_ratings(site: Site, width: int) -> None:
    fieldwork = site.page_of(site.meeting).split("/records/")[0]
    pages = {
        "overview": site.page_of(site.meeting),
        "characteristic": site.page_of(site.meeting, "/ratings/cap_find"),
        "closed": site.page_of(site.review, "/ratings/cap_own_data"),
        "review": site.page_of(site.review),
        "figures": site.page_of(site.review, "/figures"),
        "compare": site.page_of(site.review, "/ratings/compare"),
        "reconcile": site.page_of(site.review, "/ratings/compare/cap_own_data"),
        "agreement": f"{fieldwork}/agreement",
    }
    with chromium(width, session=session_of(site.database, site.people.dana)) as page:
        for name, address in pages.items():
            page.goto(address)
            assert faults_of(page) == [], name
        # What is wrong with a form, and what may be personal in a reason.
        page.goto(pages["characteristic"])
        page.fill("#reason", "Ring the mother on 07700 900123")
        page.click("text=Save and go to the next")
        page.wait_for_selector(".govuk-error-summary")
        assert faults_of(page) == []
        page.goto(pages["figures"])
        page.fill("[id='value-cap_own_data_days']", "soon")
        page.click("text=Save the figures")
        page.wait_for_selector(".govuk-error-summary")
        assert faults_of(page) == []
    with chromium(width, session=session_of(site.database, site.people.petra)) as page:
        page.goto(site.page_of(site.meeting))
        assert faults_of(page) == []
