"""Two raters who are done: what differs, side by side, and what they agree on, their own ratings kept."""

from uuid import UUID

import pytest

from app.database.session import Database
from app.fieldwork.models import FieldworkRecord, Rater, RecordRater, RecordRating
from app.fieldwork.ratings.queries import RatersOfRecord, evidence_ratings, rating_states
from diagnostics.evidence import Rating
from tests.service.browser import Browser, Page
from tests.service.fieldwork.raters import begin, done, page_of, saved, send
from tests.service.people import People

AGREED = "We read the minutes again"
DANAS = {"cap_find": ("3", "Asked"), "cap_voice": ("2", "Heard"), "sys_data": ("not_seen", "")}
PETRAS = {"cap_find": ("1", "Guessed"), "cap_voice": ("2", "Too"), "cul_safe": ("4", "Admitted a mistake")}


@pytest.fixture
def twice(browser: Browser, database: Database, people: People, here: UUID) -> FieldworkRecord:
    """A meeting that Dana and Petra rated, and are done with."""
    browser.sign_in(people.dana)
    record = begin(browser, database, here)
    done(browser, record, DANAS)
    browser.sign_in(people.petra)
    done(browser, record, PETRAS)
    return record


def reconcile(browser: Browser, record: FieldworkRecord, what: str, stage: str, reason: str) -> Page:
    address = page_of(record, f"/ratings/compare/{what}")
    return browser.submit(browser.get(address), {"stage": stage, "reason": reason})


def evidence(database: Database, record: FieldworkRecord) -> tuple[Rating, ...]:
    with database.transaction(writes=False) as session:
        return evidence_ratings(session, record.diagnostic_id)


def test_differences_stand_side_by_side_in_words(browser: Browser, twice: FieldworkRecord) -> None:
    page = browser.get(page_of(twice, "/ratings/compare"))
    assert (
        "The stages differ for 1 of 2 characteristics rated twice. None of these are reconciled." in page.text
    )
    found = [section for section in page.all("section", "app-compared")]
    told = {one.get("aria-labelledby"): "".join(one.itertext()).split() for one in found}
    assert next(iter(told)) == "line-cap_find", "differences come first"
    assert (
        " ".join(told["line-cap_find"]).find("Different stages DD: Stage 3, established Asked PP (you):") > 0
    )
    assert "Same stage" in " ".join(told["line-cap_voice"])
    for alone in ("line-sys_data", "line-cul_safe"):
        assert "Rated by one only" in " ".join(told[alone])
    links = [one.get("href") for one in page.all("a") if "/compare/" in (one.get("href") or "")]
    assert links == [page_of(twice, "/ratings/compare/cap_find")]


def test_what_is_agreed_stands_beside_the_originals(
    browser: Browser, database: Database, twice: FieldworkRecord
) -> None:
    before = saved(database, twice)
    page = reconcile(browser, twice, "cap_find", "2", AGREED)
    assert "Reconciled: Stage 2, developing" in page.text and AGREED in page.text
    assert "1 is reconciled." in page.text.replace("1 of these is", "1 is")
    assert saved(database, twice) == before
    code = twice.code
    assert set(evidence(database, twice)) == {
        Rating(code, "cap_find", "DD", 3, "Asked"),
        Rating(code, "cap_find", "PP", 1, "Guessed"),
        Rating(code, "cap_find", "reconciled", 2, AGREED),
        Rating(code, "cap_voice", "DD", 2, "Heard"),
        Rating(code, "cap_voice", "PP", 2, "Too"),
        Rating(code, "sys_data", "DD", None, ""),
        Rating(code, "cul_safe", "PP", 4, "Admitted a mistake"),
    }


def test_raters_can_agree_that_it_was_not_seen(
    browser: Browser, database: Database, twice: FieldworkRecord
) -> None:
    reconcile(browser, twice, "cap_find", "not_seen", "")
    agreed = [one for one in evidence(database, twice) if one.rater == "reconciled"]
    assert agreed == [Rating(twice.code, "cap_find", "reconciled", None, "")]


def test_reconciling_needs_a_stage_and_a_reason(
    browser: Browser, database: Database, twice: FieldworkRecord
) -> None:
    assert reconcile(browser, twice, "cap_find", "", "").errors == [
        "Choose a stage, or that you did not see it"
    ]
    page = reconcile(browser, twice, "cap_find", "2", "")
    assert page.errors == ["Say what you heard, saw or read that makes it this stage"]
    assert reconcile(browser, twice, "cap_find", "2", "Ring 07700 900123").errors != []
    assert all(one.rater != "reconciled" for one in evidence(database, twice))


def test_only_a_difference_is_reconciled(browser: Browser, twice: FieldworkRecord) -> None:
    for what in ("cap_voice", "cul_safe", "sys_data", "lea_act", "kindness"):
        browser.get(page_of(twice, f"/ratings/compare/{what}"), status=404)
        send(browser, twice, f"/ratings/compare/{what}", status=404)


def test_of_two_who_reconcile_one_is_told(
    browser: Browser, database: Database, people: People, twice: FieldworkRecord
) -> None:
    mine = browser.get(page_of(twice, "/ratings/compare/cap_find"))
    browser.sign_in(people.dana)
    reconcile(browser, twice, "cap_find", "3", "The minutes say so")
    browser.sign_in(people.petra)
    clash = browser.submit(mine, {"stage": "2", "reason": AGREED})
    assert clash.errors == [
        "Somebody else reconciled this in the meantime. Compare, and save again to keep yours instead"
    ]
    assert "The minutes say so" in clash.text and clash.fields()["reason"] == [AGREED]
    browser.submit(clash)
    agreed = [one for one in evidence(database, twice) if one.rater == "reconciled"]
    assert [(one.stage, one.reason) for one in agreed] == [(2, AGREED)]


def test_whoever_only_looked_reads_and_reconciles_nothing(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    browser.sign_in(people.dana)
    record = begin(browser, database, here)
    done(browser, record, DANAS)
    browser.sign_in(people.petra)
    send(browser, record, "/ratings/look")
    browser.get(page_of(record, "/ratings/compare/cap_find"), status=409)
    with database.transaction() as session:
        other = Rater(diagnostic_id=here, account_id=None, label="XY")
        session.add(other)
        session.flush()
        session.add(RecordRater(record_id=record.id, rater_id=other.id, state="done"))
        session.add(
            RecordRating(
                record_id=record.id, characteristic="cap_find", rater_id=other.id, stage=1, reason="By file"
            )
        )
    page = browser.get(page_of(record, "/ratings/compare"))
    assert "By file" in page.text and "Reconcile" not in page.text
    browser.get(page_of(record, "/ratings/compare/cap_find"), status=409)
    browser.sign_in(people.dana)
    reconcile(browser, record, "cap_find", "2", AGREED)


def test_how_far_raters_are_is_counted_for_each_record(
    browser: Browser, database: Database, people: People, here: UUID, twice: FieldworkRecord
) -> None:
    browser.sign_in(people.dana)
    other = begin(browser, database, here)
    untouched = begin(browser, database, here)
    done(browser, other, {"cap_find": ("2", "Asked")})
    browser.sign_in(people.petra)
    send(browser, other, "/ratings/look")
    with database.transaction(writes=False) as session:
        found = rating_states(session, here)
    assert found == {twice.id: RatersOfRecord(done=2, rating=0), other.id: RatersOfRecord(done=1, rating=0)}
    assert untouched.id not in found
