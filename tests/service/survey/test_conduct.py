"""Launching, custody of the key, days, the open link, and giving up, through the pages."""

from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID

import pypdf
import pytest
import time_machine
from sqlalchemy import func, select, update

from app.audit.models import Entry
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.settings import Settings
from app.survey.jobs import look_after_surveys
from app.survey.keys import KeyStore
from app.survey.models import CLOSED, DESTROYED, LAUNCHED, Custody, Survey
from app.survey.queries import TOO_FEW_READABLE
from app.survey.tasks import survey_tasks
from app.survey.windows import list_goes_at, opens_at
from app.web.tasks import Task, TaskState
from tests.service.browser import Browser
from tests.service.conftest import ADDRESS
from tests.service.people import HERE, People, diagnostic
from tests.service.survey.staff import LAST_DAY, NOON, OVER, Person, let_answer
from tests.service.survey.test_closing import damage

STAFF = [Person("registered", "Early help", 1 + number % 5) for number in range(12)]


def base(survey_id: UUID) -> str:
    return f"/diagnostics/{survey_id}/survey"


def survey_of(database: Database, survey_id: UUID) -> Survey:
    with database.transaction(writes=False) as session:
        return session.get_one(Survey, survey_id)


def task_of(database: Database, survey_id: UUID) -> Task:
    with database.transaction(writes=False) as session:
        tasks = survey_tasks(session, [session.get_one(Diagnostic, survey_id)], lambda _: False)
    return tasks[survey_id]


def test_a_diagnostic_that_lacks_anything_cannot_be_launched_and_the_page_says_what(
    browser: Browser, database: Database, people: People
) -> None:
    page = browser.sign_in(people.alice).get(base(people.here) + "/launch")
    assert "These things are missing before you can launch" in page.text
    assert [form for form in page.all("form") if form.get("action") in (None, page.path)] == []
    with database.transaction(writes=False) as session:
        assert session.get(Survey, people.here) is None


def test_what_was_frozen_stays_when_the_diagnostic_changes(
    browser: Browser, database: Database, people: People, survey_id: UUID
) -> None:
    with database.transaction() as session:
        session.get_one(Diagnostic, survey_id).threshold = 20
    survey = survey_of(database, survey_id)
    assert (survey.threshold, survey.state) == (10, LAUNCHED)
    assert survey.groups[0]["name"] == "Leaders"
    assert survey.people == sum(group["people"] for group in survey.groups)


def test_a_custodian_fetches_a_copy_whose_passphrase_is_shown_once_and_that_brings_the_key_back(
    browser: Browser, database: Database, people: People, survey_id: UUID, keys: KeyStore
) -> None:
    with time_machine.travel(NOON):
        browser.sign_in(people.alice)
        shown = browser.submit(browser.get(base(survey_id) + "/key"))
        passphrase = next(word for word in shown.text.split() if word.count("-") == 5)
        saved = browser.client.post(
            shown.form(base(survey_id) + "/key/file").get("action") or "",
            data=shown.fields(base(survey_id) + "/key/file"),
            headers={"sec-fetch-site": "same-origin"},
        )
        assert saved.headers["content-disposition"].startswith("attachment")
        assert passphrase not in browser.get(base(survey_id)).text
        before = keys.get(survey_id)
        keys.destroy(survey_id)
        page = browser.get(base(survey_id) + "/key/bring-back")
        wrong = browser.submit(
            page, {"passphrase": "AAAAA"}, files={"file": ("key.json", saved.content, "application/json")}
        )
        assert wrong.errors == ["The passphrase does not open this escrow file. Check each letter."]
        assert not keys.has(survey_id)
        right = browser.submit(
            page,
            {"passphrase": passphrase.lower()},
            files={"file": ("key.json", saved.content, "application/json")},
        )
        assert "The key is back on this machine." in right.text
    assert keys.get(survey_id) == before


def test_only_custodians_touch_the_key(browser: Browser, people: People, survey_id: UUID) -> None:
    browser.sign_in(people.bob)
    for page in ("/key", "/key/bring-back", "/key/destroyed"):
        assert browser.client.get(base(survey_id) + page).status_code == 403


def test_the_open_link_has_a_poster_that_says_what_it_opens(
    browser: Browser, database: Database, people: People, survey_id: UUID
) -> None:
    with time_machine.travel(NOON):
        browser.sign_in(people.alice)
        assert browser.client.get(base(survey_id) + "/poster").status_code == 404
        page = browser.submit(browser.get(base(survey_id)), action=base(survey_id) + "/open-link")
        code = survey_of(database, survey_id).open_code
        assert code is not None and f"{ADDRESS}/o/{code}" in page.text
        answer = browser.client.get(page.link("Poster with the link"))
    assert answer.headers["content-type"] == "application/pdf"
    [sheet] = pypdf.PdfReader(BytesIO(answer.content)).pages
    assert f"{ADDRESS}/o/{code}" in sheet.extract_text()


def test_the_open_link_ends_after_a_question_and_is_not_ended_by_pressing_twice(
    browser: Browser, database: Database, people: People, survey_id: UUID
) -> None:
    with time_machine.travel(NOON):
        browser.sign_in(people.alice)
        before = browser.get(base(survey_id))
        for _ in range(2):
            browser.submit(before, action=base(survey_id) + "/open-link")
        code = survey_of(database, survey_id).open_code
        assert code is not None
        asked = browser.get(browser.get(base(survey_id)).link("End the open link"))
        assert "posters and messages that staff have already" in asked.text
        assert survey_of(database, survey_id).open_code == code
        ended = browser.submit(asked)
        assert "The open link no longer works." in ended.text
        browser.get(f"/o/{code}", status=404)
        assert browser.get(base(survey_id) + "/open-link/end").path == base(survey_id)
    assert survey_of(database, survey_id).open_code is None


@pytest.mark.parametrize(("hours", "told"), [(5, "after 6am, from the day on which"), (6, "Too few to show")])
def test_the_first_count_comes_at_six_on_the_day_on_which_the_survey_opens(
    browser: Browser,
    database: Database,
    people: People,
    survey_id: UUID,
    keys: KeyStore,
    hours: int,
    told: str,
) -> None:
    moment = opens_at(survey_of(database, survey_id).opens_on) + timedelta(hours=hours, minutes=1)
    with time_machine.travel(moment):
        browser.sign_in(people.bob)
        look_after_surveys(database, keys, moment)
        page = browser.get(base(survey_id)).text
        assert told in page
        assert "Smallest group shown 10 people" in page


def test_before_the_close_a_count_comes_once_a_day_and_in_steps(
    browser: Browser, database: Database, people: People, survey_id: UUID, keys: KeyStore
) -> None:
    let_answer(database, survey_id, STAFF)
    with time_machine.travel(NOON):
        browser.sign_in(people.bob)
        look_after_surveys(database, keys, NOON)
        first = browser.get(base(survey_id)).text
        assert "At least 10 of 139 (7%)" in first
    let_answer(database, survey_id, STAFF)
    with time_machine.travel(NOON + timedelta(hours=5)):
        browser.sign_in(people.bob)
        look_after_surveys(database, keys, NOON + timedelta(hours=5))
        assert "At least 10 of 139 (7%)" in browser.get(base(survey_id)).text
    with time_machine.travel(NOON + timedelta(days=1)):
        browser.sign_in(people.bob)
        look_after_surveys(database, keys, NOON + timedelta(days=1))
        page = browser.get(base(survey_id))
        assert "At least 20 of 139 (14%)" in page.text
        assert "24" not in page.text.split("What was frozen")[0]


def test_the_close_is_complete_when_both_custodians_have_destroyed_their_copies(
    browser: Browser, database: Database, people: People, survey_id: UUID, keys: KeyStore
) -> None:
    everywhere = ("/", f"/diagnostics/{survey_id}", base(survey_id))
    let_answer(database, survey_id, STAFF)
    with time_machine.travel(OVER):
        browser.sign_in(people.alice)
        assert all("old backups" not in browser.get(path).text for path in everywhere)
        look_after_surveys(database, keys, OVER)
        assert survey_of(database, survey_id).state == CLOSED
        for custodian, left in (
            (
                people.alice,
                "Alice Ashworth and Dana Dale have not confirmed that they destroyed their copies",
            ),
            (people.dana, "Dana Dale has not confirmed that they destroyed their copy of the key"),
        ):
            for one in (people.alice, people.bob, people.dana, people.petra):
                browser.sign_in(one)
                assert all(
                    "old backups could still be opened" in browser.get(path).text for path in everywhere
                )
                assert all(left in browser.get(path).text for path in everywhere[:2])
            assert "old backups" not in browser.sign_in(people.charlie).get("/").text
            assert task_of(database, survey_id).state is TaskState.IN_PROGRESS
            page = browser.get(browser.sign_in(custodian).get("/").link("Say that you destroyed your copy"))
            assert browser.submit(page).errors == ["Tick the box to confirm"]
            browser.submit(page, {"confirm": "yes"})
        assert task_of(database, survey_id).state is TaskState.DONE
        assert all("old backups" not in browser.get(path).text for path in everywhere)
        assert "The close is complete" in browser.get(base(survey_id)).text


def test_only_custodians_are_asked_to_destroy_a_copy_and_the_next_wave_does_not_end_that(
    browser: Browser, database: Database, people: People, survey_id: UUID, keys: KeyStore
) -> None:
    let_answer(database, survey_id, STAFF)
    with time_machine.travel(OVER):
        look_after_surveys(database, keys, OVER)
        with database.transaction() as session:
            diagnostic(session, HERE, people.alice, wave=2)
        page = browser.sign_in(people.alice).get("/")
        assert page.link("Survey of Wexbourne, wave 1") == base(survey_id)
        assert page.link("Say that you destroyed your copy") == base(survey_id) + "/key/destroyed"
        for one in (people.bob, people.petra):
            page = browser.sign_in(one).get("/")
            assert "old backups could still be opened" in page.text
            assert "Say that you destroyed your copy" not in page.text


@pytest.mark.parametrize("moment", [NOON, OVER])
def test_a_key_that_is_not_here_is_said_where_people_look_and_who_can_bring_it_back(
    browser: Browser,
    database: Database,
    people: People,
    survey_id: UUID,
    keys: KeyStore,
    settings: Settings,
    moment: datetime,
) -> None:
    let_answer(database, survey_id, STAFF)
    with time_machine.travel(moment):
        browser.sign_in(people.alice)
        assert "not on this machine" not in browser.get(base(survey_id)).text
        assert "not on this machine" not in browser.get(f"/diagnostics/{survey_id}").text
        keys.destroy(survey_id)
        look_after_surveys(database, keys, moment)
        page = browser.get(base(survey_id))
        if moment == NOON and not settings.embedded:
            assert "not on this machine" not in page.text, "another machine may have it"
            return
        assert ("the key is not on this machine" in page.heading) is (moment == OVER)
        assert "A custodian must bring it back with their file and passphrase." in page.text
        assert page.link("Bring the key back") == base(survey_id) + "/key/bring-back"
        told = browser.get(f"/diagnostics/{survey_id}").text
        assert "A custodian must bring it back" in told
        browser.sign_in(people.bob)
        assert "The custodians are named below." in browser.get(base(survey_id)).text


def test_a_survey_that_too_few_answered_can_run_longer_or_be_given_up_unread(
    browser: Browser, database: Database, people: People, survey_id: UUID, keys: KeyStore
) -> None:
    let_answer(database, survey_id, STAFF[:9])
    look_after_surveys(database, keys, OVER)
    with time_machine.travel(OVER):
        browser.sign_in(people.alice)
        page = browser.get(base(survey_id))
        assert page.heading == "Fewer than 10 people have answered, so the survey cannot be opened"
        browser.get(page.link("Let it run longer"))
        given_up = browser.submit(browser.get(page.link("Give the survey up")), {"confirm": "yes"})
        assert "Nobody has read them." in given_up.text
        assert "old backups could still be opened" in browser.get(base(survey_id)).text
        look_after_surveys(database, keys, OVER)
        for custodian in (people.alice, people.dana):
            page = browser.sign_in(custodian).get(base(survey_id))
            assert "Giving the survey up is not complete. Until both custodians have confirmed" in page.text
            browser.submit(browser.get(page.link("Say that you destroyed your copy")), {"confirm": "yes"})
        assert "Giving the survey up is complete" in browser.get(base(survey_id)).text
    survey = survey_of(database, survey_id)
    assert survey.state == DESTROYED and survey.key_destroyed_at is not None
    assert not keys.has(survey_id)


def test_a_survey_that_was_given_up_before_anybody_fetched_a_copy_waits_for_no_custodian(
    browser: Browser, database: Database, people: People, survey_id: UUID, keys: KeyStore
) -> None:
    with database.transaction() as session:
        session.execute(update(Custody).values(copies=0))
    with time_machine.travel(OVER):
        browser.sign_in(people.alice)
        page = browser.submit(browser.get(base(survey_id) + "/give-up"), {"confirm": "yes"})
        assert "The service destroys its own key within the next minutes." in page.text
        look_after_surveys(database, keys, OVER)
        page = browser.get(base(survey_id))
        assert "Giving the survey up is complete" in page.text
        assert "old backups" not in page.text + browser.get("/").text


def test_a_survey_of_which_too_few_answers_can_be_read_says_so_and_can_be_given_up(
    browser: Browser, database: Database, people: People, survey_id: UUID, keys: KeyStore
) -> None:
    let_answer(database, survey_id, STAFF)
    damage(database, 9)
    with time_machine.travel(OVER):
        browser.sign_in(people.alice)
        assert "will be opened" in browser.get(base(survey_id)).heading
        for _ in range(2):
            look_after_surveys(database, keys, OVER)
        page = browser.get(base(survey_id))
        assert page.heading == "Fewer than 10 answers can be read, so the survey cannot be opened"
        assert "Nothing was deleted" in page.text
        with database.transaction(writes=False) as session:
            noted = select(func.count()).select_from(Entry).where(Entry.action == TOO_FEW_READABLE)
            assert session.scalar(noted) == 1
        browser.submit(browser.get(page.link("Give the survey up")), {"confirm": "yes"})
    assert survey_of(database, survey_id).state == DESTROYED


@pytest.mark.parametrize("answers", [9, 10])
def test_a_survey_that_is_open_or_has_enough_answers_cannot_be_given_up(
    browser: Browser, database: Database, people: People, survey_id: UUID, answers: int
) -> None:
    let_answer(database, survey_id, STAFF[:answers])
    moment = NOON if answers == 9 else OVER
    with time_machine.travel(moment):
        browser.sign_in(people.alice)
        browser.get(base(survey_id) + "/give-up", status=409)
        token = browser.get(base(survey_id) + "/days").fields()
        for confirm in ({}, {"confirm": ["yes"]}):
            answer = browser.client.post(
                base(survey_id) + "/give-up",
                data={**token, **confirm},
                headers={"sec-fetch-site": "same-origin"},
            )
            assert answer.status_code == 409
    assert survey_of(database, survey_id).state == LAUNCHED


def test_a_survey_whose_key_nobody_brings_back_can_be_given_up_after_a_fortnight(
    browser: Browser, database: Database, people: People, survey_id: UUID, keys: KeyStore
) -> None:
    let_answer(database, survey_id, STAFF)
    key = keys.get(survey_id)
    keys.destroy(survey_id)
    with time_machine.travel(OVER):
        browser.sign_in(people.alice)
        assert "give the survey up" not in browser.get(base(survey_id)).text
        browser.get(base(survey_id) + "/give-up", status=409)
    with time_machine.travel(list_goes_at(LAST_DAY) + timedelta(hours=1)):
        browser.sign_in(people.alice)
        ask = browser.get(browser.get(base(survey_id)).link("give the survey up"))
        assert "Ask both custodians once more" in ask.text
        keys.put(survey_id, key)
        browser.submit(ask, {"confirm": "yes"}, status=409)
        keys.destroy(survey_id)
        assert "Nobody has read them." in browser.submit(ask, {"confirm": "yes"}).text
        look_after_surveys(database, keys, OVER)
    survey = survey_of(database, survey_id)
    assert survey.state == DESTROYED and survey.key_destroyed_at is not None
