"""What the worker does for surveys: what goes wrong with one keeps no other waiting."""

from datetime import date, timedelta
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
import time_machine
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.settings import Settings
from app.survey.invitations.sending import Inviter
from app.survey.invitations.services import add_addresses
from app.survey.jobs import look_after_surveys
from app.survey.keys import KeyStore
from app.survey.models import (
    CLOSED,
    LAUNCHED,
    Ballot,
    Draft,
    PlannedReminder,
    Response,
    SealedAnswers,
    StaffAddress,
    Survey,
    SurveyComment,
)
from app.survey.sealing import Given
from app.survey.services.ballots import find_ballot, make_ballots, may_answer, save_draft
from app.survey.services.closing import close
from app.survey.windows import closes_at, list_goes_at, must_go_on
from app.web.logs import set_up_logs
from tests.service.browser import Browser
from tests.service.people import HERE, People, diagnostic
from tests.service.survey.postbag import Postbag
from tests.service.survey.staff import LAST_DAY, NOON, OVER, launched, let_answer, noon
from tests.service.survey.test_closing import TWELVE, rows


def another(database: Database, keys: KeyStore, people: People, wave: int) -> UUID:
    """Launch one more survey of the same council."""
    with database.transaction() as session:
        made = diagnostic(session, HERE, people.alice, wave=wave)
        return launched(session, keys, people, diagnostic_id=made).diagnostic_id


def states(database: Database) -> dict[UUID, str]:
    with database.transaction(writes=False) as session:
        return {survey.diagnostic_id: survey.state for survey in session.query(Survey)}


def left(session: Session, table: type[Response | SurveyComment | SealedAnswers], survey_id: UUID) -> int:
    return session.query(table).filter_by(diagnostic_id=survey_id).count()


def test_a_damaged_survey_keeps_no_other_from_its_close_and_no_answers_beyond_their_day(
    database: Database,
    keys: KeyStore,
    people: People,
    survey_id: UUID,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The first was closed a year ago, the second lost its framework, and the third is over as well."""
    set_up_logs("json")
    damaged, third = (another(database, keys, people, wave) for wave in (2, 3))
    for one in (survey_id, damaged, third):
        let_answer(database, one, TWELVE)
    with time_machine.travel(OVER):
        close(database, keys, survey_id, OVER)
    with database.transaction() as session:
        session.execute(
            update(Survey).where(Survey.diagnostic_id == damaged).values(framework_digest="of another file")
        )
        last_day = must_go_on(session.get_one(Survey, survey_id))
    assert last_day is not None
    with time_machine.travel(noon(last_day)):
        look_after_surveys(database, keys, noon(last_day))
    assert states(database) == {survey_id: CLOSED, damaged: LAUNCHED, third: CLOSED}
    with database.transaction(writes=False) as session:
        assert left(session, Response, survey_id) == left(session, SurveyComment, survey_id) == 0
        assert session.get_one(Survey, survey_id).purged_on == last_day
        assert left(session, SealedAnswers, damaged) == 12
        assert left(session, Response, third) == 12
    assert str(damaged) in capsys.readouterr().err


def test_days_that_cannot_be_reckoned_with_keep_no_other_survey_from_its_duties(
    database: Database,
    keys: KeyStore,
    people: People,
    survey_id: UUID,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No page takes such a day any more; a row of an earlier version may have one."""
    set_up_logs("json")
    closing, waiting = (another(database, keys, people, wave) for wave in (2, 3))
    let_answer(database, closing, TWELVE)
    with database.transaction() as session:
        session.get_one(Survey, survey_id).closes_on = date.max
        add_addresses(session, session.get_one(Survey, waiting), ["sian@example.org"])
    with time_machine.travel(NOON):
        bag = Postbag(settings)
        assert Inviter(database, settings, bag, Event()).send_due() == 1
        look_after_surveys(database, keys, NOON)
    late = list_goes_at(LAST_DAY) + timedelta(hours=12)
    with time_machine.travel(late):
        look_after_surveys(database, keys, late)
    assert states(database) == {survey_id: LAUNCHED, closing: CLOSED, waiting: LAUNCHED}
    assert rows(database, StaffAddress) == [0]
    with database.transaction(writes=False) as session:
        assert session.get_one(Survey, waiting).counted_on == late.date()
    assert str(survey_id) in capsys.readouterr().err


@pytest.mark.parametrize("duty", ["count_surveys", "close_surveys"])
def test_a_duty_that_fails_keeps_no_answers_beyond_their_day(
    database: Database, keys: KeyStore, survey_id: UUID, monkeypatch: pytest.MonkeyPatch, duty: str
) -> None:
    let_answer(database, survey_id, TWELVE)
    with time_machine.travel(OVER):
        close(database, keys, survey_id, OVER)

    def fail(*_: object) -> int:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(f"app.survey.jobs.{duty}", fail)
    with pytest.raises(RuntimeError, match="the disk is full"):
        look_after_surveys(database, keys, OVER + timedelta(days=400))
    with database.transaction(writes=False) as session:
        assert left(session, Response, survey_id) == 0
        assert session.get_one(Diagnostic, survey_id).state == CLOSED


def test_a_key_on_another_machine_than_the_one_that_closed_is_destroyed_there_too(
    database: Database, keys: KeyStore, survey_id: UUID, tmp_path: Path
) -> None:
    elsewhere = KeyStore(tmp_path / "another machine")
    elsewhere.put(survey_id, keys.get(survey_id))
    let_answer(database, survey_id, TWELVE)
    look_after_surveys(database, elsewhere, OVER)
    assert states(database) == {survey_id: CLOSED}
    assert not elsewhere.has(survey_id)
    assert keys.has(survey_id)
    look_after_surveys(database, keys, OVER)
    assert not keys.has(survey_id)


def fill_list(database: Database, survey_id: UUID) -> str:
    """Nine have answered; a list, a reminder and a draft are there. Gives the draft's token."""
    let_answer(database, survey_id, TWELVE[:9])
    with database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        session.add(StaffAddress(diagnostic_id=survey_id, email="sian@example.org", state="sent"))
        session.add(PlannedReminder(diagnostic_id=survey_id, on=LAST_DAY, number=1))
        [token] = make_ballots(session, survey, 1)
        save_draft(session, token, survey_id, Given(role_group="leaders"))
    return token


def test_the_list_and_the_drafts_of_a_survey_that_nobody_closes_go_a_fortnight_after_its_last_day(
    database: Database, keys: KeyStore, survey_id: UUID
) -> None:
    fill_list(database, survey_id)
    goes_at = list_goes_at(LAST_DAY)
    assert goes_at == closes_at(LAST_DAY + timedelta(days=14))
    for moment, kept in ((goes_at - timedelta(seconds=1), 1), (goes_at, 0)):
        with time_machine.travel(moment):
            look_after_surveys(database, keys, moment)
        assert rows(database, StaffAddress, PlannedReminder, Draft) == [kept] * 3
    assert rows(database, SealedAnswers, Ballot) == [9, 1]
    assert states(database) == {survey_id: LAUNCHED}


def test_a_list_whose_files_could_not_be_swept_is_swept_with_the_next_round(
    database: Database, keys: KeyStore, survey_id: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_list(database, survey_id)
    goes_at = list_goes_at(LAST_DAY)
    swept = []

    def sweep(_: Database) -> None:
        swept.append(goes_at)
        if len(swept) == 1:
            raise RuntimeError("the power went")

    monkeypatch.setattr("app.survey.jobs.sweep", sweep)
    with time_machine.travel(goes_at):
        with pytest.raises(RuntimeError, match="the power went"):
            look_after_surveys(database, keys, goes_at)
        for _ in range(2):
            look_after_surveys(database, keys, goes_at)
    assert len(swept) == 2


def test_who_extends_a_survey_after_that_is_told_to_add_the_list_again_and_the_old_links_work(
    browser: Browser, database: Database, people: People, keys: KeyStore, survey_id: UUID
) -> None:
    token = fill_list(database, survey_id)
    late = list_goes_at(LAST_DAY) + timedelta(hours=9)
    address = f"/diagnostics/{survey_id}/survey"
    with time_machine.travel(OVER):
        browser.sign_in(people.alice)
        assert "are deleted 14 days after the last day" in browser.get(address + "/days").text
        assert "in any case 14 days after its last day" in browser.get(address + "/invitations").text
    with time_machine.travel(late):
        look_after_surveys(database, keys, late)
        browser.sign_in(people.alice)
        assert "Deleted on 3 April 2027" in browser.get(f"/diagnostics/{survey_id}/retention").text
        page = browser.get(address + "/days")
        assert "the list must be added again" in page.text
        last = late.date() + timedelta(days=7)
        day = {f"closes_on-{part}": str(getattr(last, part)) for part in ("day", "month", "year")}
        browser.submit(page, day)
        page = browser.get(address + "/invitations")
        assert "The list was deleted on 3 April 2027" in page.text
        checked = browser.submit(
            page,
            action=address + "/invitations/upload",
            files={"file": ("staff.csv", b"email\nsian@example.org\nann@example.org\n", "text/csv")},
        )
        browser.submit(checked, action=address + "/invitations/accept")
    with database.transaction(writes=False) as session:
        assert session.get_one(Survey, survey_id).replaced == 0, "nothing has left yet"
        assert may_answer(find_ballot(session, token), late)
