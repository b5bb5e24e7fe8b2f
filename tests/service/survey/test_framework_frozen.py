"""The framework of a launched survey never changes; where it did, everybody is told in words."""

from uuid import UUID

import pytest
import time_machine
from sqlalchemy import update

from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.interchange.framework_files import supplied_frameworks
from app.survey.models import Ballot, Draft, Survey
from app.survey.questionnaire import digest_of
from app.survey.sealing import Given
from app.survey.services.ballots import BallotState, find_ballot, make_ballots, save_draft
from tests.service.browser import Browser
from tests.service.people import People
from tests.service.survey.staff import NOON
from tests.service.survey.test_closing import rows

PINNED = {
    "evidence_use_v1": "9030eaaaa709fd86233564d7499117bfb1a60b975437b70fc3d34bda40a82a79",
}


def test_the_file_of_a_framework_never_changes() -> None:
    """Launched surveys keep its digest: one other byte, and nobody could answer or close them."""
    found = {
        name: digest_of(path.read_text(encoding="utf-8")) for name, path in supplied_frameworks().items()
    }
    changed = [name for name, digest in PINNED.items() if found.get(name) != digest]
    assert not changed, (
        f"{changed}: councils may have launched surveys with this file. Put it back, and give the edited "
        "framework a file and a version of its own."
    )
    new = sorted(found.keys() - PINNED.keys())
    assert not new, f"{new}: pin the digest here before the framework is given out."


@pytest.mark.parametrize(
    "change",
    [
        pytest.param({"framework_digest": "of another file"}, id="edited"),
        pytest.param({"framework": "evidence_use_v0"}, id="removed"),
    ],
)
def test_where_it_did_change_staff_are_told_that_nothing_is_lost_and_whom_to_tell(
    browser: Browser, database: Database, people: People, survey_id: UUID, change: dict[str, str]
) -> None:
    with database.transaction() as session:
        session.execute(update(Survey).values(**change))
        session.execute(update(Diagnostic).values(contact_name="Sam Sorley"))
        survey = session.get_one(Survey, survey_id)
        [token] = make_ballots(session, survey, 1)
        save_draft(session, token, survey_id, Given(role_group="leaders"))
    before = rows(database, Ballot, Draft)
    with time_machine.travel(NOON):
        start = browser.get(f"/s/{token}")
        for page in (
            browser.submit(start, status=503),
            with_cookie(browser, token).get("/survey/questions/about-you", status=503),
            browser.get("/survey/check", status=503),
        ):
            assert page.heading == "The questions cannot be shown at the moment"
            assert "Nothing is lost." in page.text
            assert "Tell Sam Sorley" in page.text
    assert rows(database, Ballot, Draft) == before
    with database.transaction(writes=False) as session:
        found = find_ballot(session, token)
    assert found.state is BallotState.READY
    assert found.draft == Given(role_group="leaders")


def with_cookie(browser: Browser, token: str) -> Browser:
    """Hold the ballot, as whoever was answering when the file was changed."""
    browser.client.cookies.set("__Host-ballot", token, domain="diagnostic.test")
    return browser


def test_where_it_did_change_those_who_run_the_survey_are_told_what_to_do(
    browser: Browser, database: Database, people: People, survey_id: UUID
) -> None:
    with database.transaction() as session:
        session.execute(update(Survey).values(framework_digest="of another file"))
    with time_machine.travel(NOON):
        browser.sign_in(people.alice)
        for address in (f"/diagnostics/{survey_id}/survey", f"/diagnostics/{survey_id}"):
            told = browser.get(address).text
            assert "Whoever runs the service must put the file back as it was" in told
