"""One rater: what a record can show, a stage with its reason, not seen, signs, and being done."""

from uuid import UUID

import pytest
from sqlalchemy import select

from app.audit.models import Entry
from app.database.session import Database
from app.fieldwork.models import FieldworkRecord, SignMark
from app.fieldwork.ratings.services import free_label, initials_of
from tests.service.browser import Browser, Page
from tests.service.fieldwork.raters import REASON, begin, page_of, press, rate, saved, send, states
from tests.service.people import People

NEEDS_REASON = "Say what you heard, saw or read that makes it this stage"


def marks(database: Database) -> dict[str, str]:
    with database.transaction(writes=False) as session:
        return {one.sign: one.mark for one in session.scalars(select(SignMark))}


@pytest.fixture
def meeting(browser: Browser, database: Database, people: People, here: UUID) -> FieldworkRecord:
    """A team meeting that Dana watched."""
    browser.sign_in(people.dana)
    return begin(browser, database, here)


@pytest.mark.parametrize(
    ("source", "values", "shows", "not_shown"),
    [
        ("observation", {"kind": "team_meeting"}, "cap_find", "cap_weigh"),
        ("observation", {"kind": "panel"}, "cap_weigh", "cap_find"),
        ("document", {"kind": "training_plan"}, "cap_find", "cap_weigh"),
        ("document", {"kind": "data_review"}, "cap_own_data", "cap_find"),
    ],
)
def test_a_record_is_asked_for_what_its_kind_can_show(
    browser: Browser,
    database: Database,
    people: People,
    here: UUID,
    source: str,
    values: dict[str, str],
    shows: str,
    not_shown: str,
) -> None:
    browser.sign_in(people.dana)
    record = begin(browser, database, here, source, **values)
    page = browser.get(page_of(record))
    listed = {one.get("id") for one in page.all("div", "govuk-task-list__status")}
    assert f"stage-{shows}" in listed
    assert f"stage-{not_shown}" not in listed
    # What the framework does not look for here can still be rated.
    links = [one.get("href") for one in page.all("a")]
    assert page_of(record, f"/ratings/{not_shown}") in links


def test_an_interview_is_asked_for_what_its_role_group_is_asked(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    browser.sign_in(people.dana)
    listed = {}
    for group in ("support", "registered", ""):
        record = begin(browser, database, here, "interview", role_group=group)
        page = browser.get(page_of(record))
        listed[group] = {one.get("id") for one in page.all("div", "govuk-task-list__status")}
    assert listed["registered"] - listed["support"] >= {"stage-cap_weigh", "stage-sys_audit"}
    # Tied to no group, it is asked what all of them are asked.
    assert listed[""] == listed["support"]


def test_a_stage_keeps_its_reason_and_the_next_follows(
    browser: Browser, database: Database, meeting: FieldworkRecord
) -> None:
    page = browser.get(page_of(meeting, "/ratings/cap_find"))
    assert "When a question comes up, people rely on memory" in page.text
    after = rate(browser, meeting, "cap_find", "3")
    assert after.path.startswith(page_of(meeting, "/ratings/")) and not after.path.endswith("cap_find")
    assert "is saved: Stage 3, established." in after.text
    assert saved(database, meeting) == {("DD", "cap_find"): (3, REASON)}
    overview = browser.get(page_of(meeting))
    assert "1 of " in overview.text and "Stage 3, established" in overview.text
    assert browser.get(page_of(meeting, "/ratings/cap_find")).fields()["reason"] == [REASON]


@pytest.mark.parametrize(
    ("stage", "reason", "errors"),
    [
        ("2", "", [NEEDS_REASON]),
        ("2", " \n\t ", [NEEDS_REASON]),
        ("", "They looked things up", ["Choose a stage, or that you did not see it"]),
        ("", "", ["Choose a stage, or that you did not see it"]),
        ("5", "More than leading", ["Choose a stage, or that you did not see it"]),
        ("0", "None at all", ["Choose a stage, or that you did not see it"]),
        ("1", "x" * 2001, ["The reason must be 2,000 characters or fewer"]),
    ],
)
def test_a_stage_without_a_reason_is_not_kept(
    browser: Browser, database: Database, meeting: FieldworkRecord, stage: str, reason: str, errors: list[str]
) -> None:
    page = rate(browser, meeting, "cap_find", stage, reason)
    assert page.errors == errors
    assert page.title.startswith("Error: ")
    assert page.fields()["reason"] == [reason]
    assert saved(database, meeting) == {}
    assert states(database, meeting) == {}


def test_not_seen_needs_no_reason_and_is_no_stage(
    browser: Browser, database: Database, meeting: FieldworkRecord
) -> None:
    rate(browser, meeting, "cap_find", "not_seen", "")
    assert saved(database, meeting) == {("DD", "cap_find"): (None, "")}
    assert "Not seen" in browser.get(page_of(meeting)).text


def test_what_may_identify_somebody_is_judged_before_it_is_kept(
    browser: Browser, database: Database, meeting: FieldworkRecord
) -> None:
    reason = "The manager rang the mother on 07700 900123 and asked"
    page = rate(browser, meeting, "cap_find", "3", reason)
    assert len(page.errors) == 1 and "07700 900123" in page.errors[0]
    assert saved(database, meeting) == {}
    choice = next(name for name in _radios(page) if name.startswith("choice-"))
    kept = browser.submit(page, {choice: "out"}, action=page.path)
    assert kept.errors == []
    assert saved(database, meeting)["DD", "cap_find"] == (
        3,
        "The manager rang the mother on [phone number removed] and asked",
    )
    again = rate(browser, meeting, "cap_find", "3", reason)
    # What is kept is not asked for again, although something else is still wrong.
    again = browser.submit(again, {choice: "keep", "stage": "5"}, action=again.path)
    assert again.errors == ["Choose a stage, or that you did not see it"]
    browser.submit(again, {"stage": "3"}, action=again.path)
    assert saved(database, meeting)["DD", "cap_find"] == (3, reason)
    assert rate(browser, meeting, "cap_find", "2", reason).errors == []


def _radios(page: Page) -> set[str]:
    return {one.get("name") or "" for one in page.all("input") if one.get("type") == "radio"}


def test_signs_seen_and_absent_are_kept_with_the_record(
    browser: Browser, database: Database, meeting: FieldworkRecord
) -> None:
    rate(browser, meeting, "cap_find", "", "", **{"mark-cap_find.0": "seen", "mark-cap_find.3": "absent"})
    assert marks(database) == {"cap_find.0": "seen", "cap_find.3": "absent"}
    assert saved(database, meeting) == {}
    page = rate(browser, meeting, "cap_find", "2", **{"mark-cap_find.0": "unmarked", "then": "back"})
    assert page.path == page_of(meeting)
    assert marks(database) == {"cap_find.3": "absent"}
    assert saved(database, meeting) == {("DD", "cap_find"): (2, REASON)}


def test_two_who_mark_different_signs_lose_nothing(
    browser: Browser, database: Database, meeting: FieldworkRecord
) -> None:
    address = page_of(meeting, "/ratings/cap_find")
    first, second = browser.get(address), browser.get(address)
    browser.submit(first, {"mark-cap_find.0": "seen"}, action=address)
    browser.submit(second, {"mark-cap_find.1": "absent"}, action=address)
    assert marks(database) == {"cap_find.0": "seen", "cap_find.1": "absent"}


def test_criteria_of_a_document_are_met_in_part(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    browser.sign_in(people.dana)
    record = begin(browser, database, here, "document", kind="training_plan")
    rate(browser, record, "cap_find", "2", **{"mark-cap_find.0": "part", "mark-cap_find.1": "seen"})
    # "Seen" is no word for a criterion, so that nothing is kept for it.
    assert marks(database) == {"cap_find.0": "part"}
    page = browser.get(page_of(record, ""))
    refused = browser.submit(page, {"kind": "strategy"})
    assert refused.errors == [
        "What is marked in this record belongs to its kind. Take the marks or figures away first"
    ]


def test_being_done_closes_the_ratings_until_they_are_opened_again(
    browser: Browser, database: Database, meeting: FieldworkRecord
) -> None:
    send(browser, meeting, "/ratings/done", status=409)
    stale = browser.get(page_of(meeting, "/ratings/cap_find"))
    rate(browser, meeting, "cap_find", "3")
    press(browser, meeting, "done")
    assert states(database, meeting) == {"DD": "done"}
    assert (
        "You have said that you are done"
        in browser.submit(stale, {"stage": "1", "reason": "Late"}, action=stale.path, status=409).text
    )
    assert saved(database, meeting) == {("DD", "cap_find"): (3, REASON)}
    assert browser.get(stale.path).own_forms == []
    send(browser, meeting, "/ratings/done", status=409)
    press(browser, meeting, "reopen")
    assert states(database, meeting) == {"DD": "rating"}
    rate(browser, meeting, "cap_find", "2", "On second thoughts")
    assert saved(database, meeting) == {("DD", "cap_find"): (2, "On second thoughts")}


def test_a_rating_can_be_taken_back(browser: Browser, database: Database, meeting: FieldworkRecord) -> None:
    rate(browser, meeting, "cap_find", "3")
    rate(browser, meeting, "cap_weigh", "2")
    rate(browser, meeting, "cap_find", "3", then="take_back")
    assert set(saved(database, meeting)) == {("DD", "cap_weigh")}
    rate(browser, meeting, "cap_weigh", "2", then="take_back")
    assert states(database, meeting) == {}


def test_the_log_tells_neither_stage_nor_characteristic_nor_reason(
    browser: Browser, database: Database, meeting: FieldworkRecord
) -> None:
    rate(browser, meeting, "cap_find", "3")
    press(browser, meeting, "done")
    with database.transaction(writes=False) as session:
        logged = [one for one in session.scalars(select(Entry)) if "rating" in one.action]
    assert [one.action for one in logged] == ["rating begun", "rating done"]
    assert all(set(one.details) == {"record"} for one in logged)


def test_there_is_no_page_for_what_the_framework_does_not_know(
    browser: Browser, meeting: FieldworkRecord
) -> None:
    browser.get(page_of(meeting, "/ratings/kindness"), status=404)
    browser.get(page_of(meeting, "/figures"), status=404)


def test_raters_are_called_by_their_initials_each_by_others() -> None:
    assert [initials_of(name) for name in ("Dana Dale", "Ana-Maria de la Cruz Soto", "dana", "007")] == [
        "DD", "AMDL", "D", "R",
    ]  # fmt: skip
    assert free_label("Dana Dale", set()) == "DD"
    assert free_label("Dana Dale", {"dd", "DD2"}) == "DD3"
