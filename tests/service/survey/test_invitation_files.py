"""Mail that is written into files has an address beside each link, so that it goes with the list."""

import os
from datetime import date, timedelta
from threading import Event
from uuid import UUID

import pytest
import time_machine

from app.database.session import Database
from app.mail.carriers import FileCarrier
from app.mail.files import FOLDER
from app.mail.messages import Message
from app.main import Service
from app.settings import Settings
from app.survey.invitations.files import delete_invitation_files
from app.survey.invitations.messages import Facts, invitation, reminder
from app.survey.invitations.sending import Inviter
from app.survey.invitations.services import add_addresses
from app.survey.jobs import forget_lists
from app.survey.keys import KeyStore
from app.survey.models import Survey
from app.survey.services.closing import close, destroy_unopened
from app.survey.windows import list_goes_at
from tests.service.browser import Browser
from tests.service.people import People
from tests.service.survey.staff import LAST_DAY, NOON, OVER, Person, let_answer

OTHERS = UUID(int=7)


@pytest.fixture(autouse=True)
def written(database: Database, settings: Settings, survey_id: UUID) -> None:
    """Three invitations, and mail that belongs to something else or to nothing."""
    quick = settings.model_copy(update={"invitations_a_minute": 6000})
    with database.transaction() as session:
        staff = [f"person{number}@example.org" for number in range(3)]
        add_addresses(session, session.get_one(Survey, survey_id), staff)
    carrier = FileCarrier(quick)
    for about in ("", OTHERS.hex):
        message = Message(to="alice@example.org", subject="s", text="t", kind="invitation", about=about)
        carrier.carry(message, UUID(int=1), NOON)
    with time_machine.travel(NOON):
        assert Inviter(database, quick, carrier, Event()).send_due() == 3


def names(settings: Settings) -> set[str]:
    return {path.name for path in (settings.data_folder / FOLDER).iterdir()}


LEFT = {f"invitation-{UUID(int=1)}.eml", f"invitation-{OTHERS.hex}-{UUID(int=1)}.eml"}


def test_the_files_of_invitations_go_at_the_close_and_no_others(
    database: Database, settings: Settings, survey_id: UUID, keys: KeyStore
) -> None:
    half = settings.data_folder / FOLDER / f"survey-invitation-{survey_id.hex}-{UUID(int=2)}.part"
    half.write_text("half a message")
    assert delete_invitation_files(database, settings.data_folder, NOON) == 0
    assert len(names(settings)) == 6
    let_answer(database, survey_id, [Person("registered", "Early help", 3)] * 12)
    close(database, keys, survey_id, OVER)
    assert delete_invitation_files(database, settings.data_folder, OVER) == 4
    assert names(settings) == LEFT
    assert delete_invitation_files(database, settings.data_folder, OVER) == 0


def test_they_go_where_the_survey_was_given_up(
    database: Database, settings: Settings, survey_id: UUID
) -> None:
    with database.transaction() as session:
        destroy_unopened(session, session.get_one(Survey, survey_id))
    assert delete_invitation_files(database, settings.data_folder, OVER) == 3
    assert names(settings) == LEFT


def test_they_go_with_a_list_that_nobody_closed_in_time_and_those_to_a_new_list_stay(
    database: Database, settings: Settings, survey_id: UUID
) -> None:
    goes_at = list_goes_at(LAST_DAY)
    old, *new = sorted((settings.data_folder / FOLDER).glob(f"*{survey_id.hex}*"))
    for path, days in ((old, -20), *((path, 3) for path in new)):
        os.utime(path, times=((goes_at + timedelta(days=days)).timestamp(),) * 2)
    assert delete_invitation_files(database, settings.data_folder, goes_at) == 0
    with time_machine.travel(goes_at):
        assert forget_lists(database, goes_at) == 1
    assert delete_invitation_files(database, settings.data_folder, goes_at) == 1
    assert names(settings) == LEFT | {path.name for path in new}


def test_the_page_says_that_files_are_for_trying_out(
    own_service: Service, people: People, survey_id: UUID
) -> None:
    with Browser(own_service, "https://diagnostic.test") as browser:
        browser.sign_in(people.alice)
        address = f"/diagnostics/{survey_id}/survey/invitations"
        assert "Nobody gets these messages yet." in browser.get(address).text
        settings: Settings = own_service.state.settings
        own_service.state.settings = settings.model_copy(update={"mail": "smtp"})
        assert "Nobody gets these messages yet." not in browser.get(address).text


@pytest.mark.parametrize(
    ("operator", "told"), [("Example Institute", ["The survey is run by Example Institute."]), ("", [])]
)
def test_a_message_says_who_runs_the_survey_where_that_is_known(operator: str, told: list[str]) -> None:
    facts = Facts("Wexbourne", date(2026, 9, 4), "", operator, "")
    for message in (
        invitation("a@example.org", "https://diagnostic.test/s/x", facts),
        reminder("a@example.org", date(2026, 8, 3), date(2026, 8, 4), facts),
    ):
        assert [line for line in message.text.split("\n\n") if "run by" in line] == told
