"""The launch makes one key, and nothing is copied or opened with any other."""

from base64 import b64encode
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import timedelta
from threading import Barrier, BrokenBarrierError
from uuid import UUID

import pytest
import time_machine
from nacl.public import PrivateKey

from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.settings import Settings
from app.survey.keys import KeyMissing, KeyStore, make_escrow
from app.survey.models import SealedAnswers, Survey
from app.survey.services.closing import Outcome, close
from app.survey.services.custody import bring_back, fetch_escrow
from app.survey.services.launching import launch
from app.web.errors import Conflict
from tests.service.browser import Browser
from tests.service.people import People
from tests.service.survey.staff import FIRST_DAY, NOON, OVER, described, let_answer
from tests.service.survey.test_closing import TWELVE, rows

A_WEEK_BEFORE = FIRST_DAY - timedelta(days=7)


class Meeting(KeyStore):
    """Where two launches wait for each other before either makes its key; one that is alone goes on."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.data_folder)
        self.barrier = Barrier(2)

    def make(self, diagnostic_id: UUID) -> bytes:
        with suppress(BrokenBarrierError):
            self.barrier.wait(timeout=1)
        return super().make(diagnostic_id)


def test_of_two_launches_at_once_one_is_told_so_and_the_key_is_that_of_the_survey(
    database: Database, people: People, settings: Settings
) -> None:
    keys = Meeting(settings)
    with database.transaction() as session:
        described(session, people)

    def press(_: int) -> str:
        try:
            with database.transaction() as session:
                launch(session, keys, session.get_one(Diagnostic, people.here), A_WEEK_BEFORE)
        except Conflict as conflict:
            return conflict.message
        return "launched"

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(press, range(2)))
    assert told == ["This diagnostic was launched already.", "launched"]
    with database.transaction(writes=False) as session:
        survey = session.get_one(Survey, people.here)
    assert keys.fits(people.here, survey.public_key)


def test_a_launch_that_came_to_nothing_does_not_stand_in_the_way_of_the_next(
    database: Database, people: People, keys: KeyStore
) -> None:
    with database.transaction() as session:
        described(session, people)
    with pytest.raises(RuntimeError, match="the power went"), database.transaction() as session:
        launch(session, keys, session.get_one(Diagnostic, people.here), A_WEEK_BEFORE)
        raise RuntimeError("the power went")
    assert keys.has(people.here)
    with database.transaction() as session:
        survey = launch(session, keys, session.get_one(Diagnostic, people.here), A_WEEK_BEFORE)
    assert keys.fits(people.here, survey.public_key)


@pytest.mark.parametrize(
    "lies_there", [bytes(range(32)), b"", b"half a key"], ids=["another", "empty", "half"]
)
def test_what_is_not_the_key_of_the_survey_is_neither_copied_nor_used(
    database: Database, people: People, keys: KeyStore, survey_id: UUID, lies_there: bytes
) -> None:
    let_answer(database, survey_id, TWELVE)
    right = keys.get(survey_id)
    keys.put(survey_id, lies_there)
    with database.transaction() as session:
        survey = session.get_one(Survey, survey_id)
        with pytest.raises(KeyMissing, match="Have a custodian bring the key back"):
            fetch_escrow(session, keys, survey, people.alice)
    assert close(database, keys, survey_id, OVER) is Outcome.NO_KEY
    assert rows(database, SealedAnswers) == [12]
    bring_back(keys, survey, make_escrow(right, survey_id, "AAAAA"), "AAAAA")
    assert close(database, keys, survey_id, OVER) is Outcome.CLOSED


@pytest.mark.parametrize(
    "content",
    [b"[" * 8000, b"[]", b'{"format": "of another service"}', b"\xff"],
    ids=["too deep", "a list", "another format", "no text"],
)
def test_what_is_no_escrow_file_is_said_to_be_none_and_is_not_handed_out(
    browser: Browser, people: People, survey_id: UUID, content: bytes
) -> None:
    base = f"/diagnostics/{survey_id}/survey/key"
    with time_machine.travel(NOON):
        page = browser.sign_in(people.alice).get(base + "/bring-back")
        wrong = browser.submit(
            page, {"passphrase": "AAAAA"}, files={"file": ("key.json", content, "application/json")}
        )
        assert wrong.errors == ["This is not an escrow file of this service."]
        answer = browser.client.post(
            base + "/file",
            data={**page.fields(), "file": b64encode(content).decode()},
            headers={"sec-fetch-site": "same-origin"},
        )
    assert answer.status_code == 404


def test_a_custodian_who_finds_no_key_is_told_what_to_do(
    browser: Browser, people: People, keys: KeyStore, survey_id: UUID
) -> None:
    keys.put(survey_id, bytes(PrivateKey.generate()))
    with time_machine.travel(NOON):
        browser.sign_in(people.alice)
        page = browser.get(f"/diagnostics/{survey_id}/survey/key")
        answer = browser.submit(page, status=409)
        assert answer.heading == "The key is not on this machine"
        assert "Have a custodian bring the key back." in answer.text
        back = browser.get(f"/diagnostics/{survey_id}/survey/key/bring-back")
        assert "The key is not on this machine." in back.text
