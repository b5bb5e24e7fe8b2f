"""Raters who press their buttons at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from app.accounts.models import Account
from app.accounts.queries import find_account
from app.database.session import Database
from app.fieldwork.models import FieldworkRecord
from tests.service.browser import Browser
from tests.service.conftest import ADDRESS
from tests.service.fieldwork.raters import begin, done, page_of, rate, saved, send, states
from tests.service.people import People


@pytest.fixture
def meeting(browser: Browser, database: Database, people: People, here: UUID) -> FieldworkRecord:
    browser.sign_in(people.dana)
    return begin(browser, database, here)


@pytest.fixture
def two(browser: Browser, people: People) -> list[Browser]:
    """Dana and Petra, each in a browser of their own."""
    return [Browser(browser.service, ADDRESS).sign_in(one) for one in (people.dana, people.petra)]


def together(*deeds: Callable[[], int]) -> list[int]:
    with ThreadPoolExecutor(len(deeds)) as pool:
        return [one.result() for one in [pool.submit(deed) for deed in deeds]]


def pressing(browser: Browser, record: FieldworkRecord, part: str) -> Callable[[], int]:
    """Be ready to send what a button sends."""
    page = browser.get(f"/diagnostics/{record.diagnostic_id}/fieldwork/records/new/interview")
    data = {"form-token": page.fields()["form-token"][0]}
    return lambda: browser.client.post(page_of(record, part), data=data, follow_redirects=False).status_code


def rating(browser: Browser, record: FieldworkRecord, what: str, stage: str) -> Callable[[], int]:
    page = browser.get(page_of(record, f"/ratings/{what}"))
    data = {
        **{name: value[0] for name, value in page.fields().items()},
        "stage": stage,
        "reason": "They asked",
    }
    return lambda: browser.client.post(page.path, data=data, follow_redirects=False).status_code


def test_two_who_begin_at_once_are_two_raters(
    database: Database, people: People, meeting: FieldworkRecord, two: list[Browser]
) -> None:
    with database.transaction() as session:
        # The same initials, so that both want the same label.
        account = find_account(session, people.petra)
        assert isinstance(account, Account)
        account.name = "Dora Dunn"
    deeds = [rating(one, meeting, "cap_find", str(stage)) for stage, one in enumerate(two, start=1)]
    assert together(*deeds) == [303, 303]
    found = saved(database, meeting)
    assert {label for label, _ in found} == {"DD", "DD2"}
    assert sorted(stage or 0 for stage, _ in found.values()) == [1, 2]
    assert states(database, meeting) == {"DD": "rating", "DD2": "rating"}


def test_two_who_are_done_at_once_both_are(
    database: Database, meeting: FieldworkRecord, two: list[Browser]
) -> None:
    for one in two:
        rate(one, meeting, "cap_find", "2")
    assert together(*(pressing(one, meeting, "/ratings/done") for one in two)) == [303, 303]
    assert states(database, meeting) == {"DD": "done", "PP": "done"}


def test_opening_again_and_looking_at_once_only_one_happens(
    database: Database, meeting: FieldworkRecord, two: list[Browser]
) -> None:
    done(two[0], meeting, {"cap_find": ("2", "They asked")})
    reopened, looked = together(
        pressing(two[0], meeting, "/ratings/reopen"), pressing(two[1], meeting, "/ratings/look")
    )
    assert sorted((reopened, looked)) == [303, 409]
    expected = {"DD": "rating"} if reopened == 303 else {"DD": "done", "PP": "looked"}
    assert states(database, meeting) == expected


def test_rating_and_looking_at_once_in_two_windows_only_one_happens(
    browser: Browser, database: Database, people: People, meeting: FieldworkRecord, two: list[Browser]
) -> None:
    done(two[0], meeting, {"cap_find": ("2", "They asked")})
    other = Browser(browser.service, ADDRESS).sign_in(people.petra)
    rated, looked = together(
        rating(two[1], meeting, "cap_find", "4"), pressing(other, meeting, "/ratings/look")
    )
    assert sorted((rated, looked)) == [303, 409]
    assert states(database, meeting)["PP"] == ("rating" if rated == 303 else "looked")
    assert (("PP", "cap_find") in saved(database, meeting)) is (rated == 303)


def test_opening_again_and_the_second_being_done_at_once_leave_no_gap(
    database: Database, meeting: FieldworkRecord, two: list[Browser]
) -> None:
    done(two[0], meeting, {"cap_find": ("2", "They asked")})
    rate(two[1], meeting, "cap_find", "4")
    reopened, finished = together(
        pressing(two[0], meeting, "/ratings/reopen"), pressing(two[1], meeting, "/ratings/done")
    )
    assert finished == 303
    first = "rating" if reopened == 303 else "done"
    assert states(database, meeting) == {"DD": first, "PP": "done"}
    # Either both are done and see each other, or the first is open and sees nothing.
    two[0].get(page_of(meeting, "/ratings/compare"), status=200 if first == "done" else 409)
    if first == "rating":
        send(two[0], meeting, "/ratings/done")
