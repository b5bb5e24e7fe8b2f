"""People are reminded once before the date and once after it, whatever becomes of the worker."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event
from uuid import UUID

import pytest
from sqlalchemy import delete, select

from app.accounts.models import Account, Grant
from app.actions.models import Action
from app.actions.reminders import Reminder
from app.commissioning.models import Duty
from app.database.session import Database
from app.mail.carriers import FileCarrier
from app.mail.messages import Message
from app.mail.models import OutgoingMail
from app.mail.sending import Postman
from app.settings import Settings
from app.web.secrets import load_secrets
from app.worker import Worker, chores_of
from tests.service.people import People

DUE = date(2027, 3, 15)


def morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 9, tzinfo=UTC)


class Post:
    """The reminders of a service, and what it has written so far."""

    def __init__(self, database: Database, settings: Settings) -> None:
        self.database, self.settings = database, settings

    def on(self, day: date) -> list[Message]:
        """Give what is written on a day, by a worker that was started anew."""
        before = len(self.all())
        Reminder.of(self.database, self.settings).remind_due(morning(day))
        return self.all()[before:]

    def all(self) -> list[Message]:
        with self.database.transaction(writes=False) as session:
            rows = session.scalars(select(OutgoingMail).order_by(OutgoingMail.created_at)).all()
        return [Message.opened(load_secrets(self.settings), one.sealed) for one in rows]


@pytest.fixture
def post(database: Database, settings: Settings) -> Post:
    return Post(database, settings)


def write(database: Database, action: Action, **values: object) -> None:
    with database.transaction() as session:
        found = session.get_one(Action, action.id)
        for name, value in values.items():
            setattr(found, name, value)


def test_the_owner_is_told_two_weeks_before_and_once_when_it_is_overdue(
    database: Database, people: People, here: UUID, actions: list[Action], post: Post, settings: Settings
) -> None:
    write(database, actions[0], due_on=DUE, owner_id=people.bob)
    assert post.on(DUE - timedelta(days=15)) == []
    (before,) = post.on(DUE - timedelta(days=14))
    assert before.to == "bob@example.org"
    assert before.subject.startswith(f"Due soon: {actions[0].title}")
    link = f"{settings.base_url}/diagnostics/{here}/actions/{actions[0].id}"
    for words in ("Hello Bob Bright", "Wexbourne", "15 March 2027", link):
        assert words in before.text
        assert words in before.html
    for loads in ("<img", "<link", "<script", "src=", "url("):
        assert loads not in before.html
    for days in (-13, -7, 0):
        assert post.on(DUE + timedelta(days=days)) == [], days
    (after,) = post.on(DUE + timedelta(days=1))
    assert after.subject.startswith("Overdue: ")
    assert "was due on 15 March 2027" in after.text
    for days in (1, 8, 60):
        assert post.on(DUE + timedelta(days=days)) == [], days


def test_nobody_gets_two_within_a_week(
    database: Database, people: People, actions: list[Action], post: Post
) -> None:
    write(database, actions[0], due_on=DUE, owner_id=people.bob)
    assert len(post.on(DUE - timedelta(days=2))) == 1
    assert post.on(DUE + timedelta(days=4)) == []
    assert len(post.on(DUE + timedelta(days=5))) == 1
    # Another date is another reminder, and a week still has to pass.
    write(database, actions[0], due_on=DUE + timedelta(days=20))
    assert post.on(DUE + timedelta(days=11)) == []
    assert len(post.on(DUE + timedelta(days=12))) == 1


def test_nobody_is_reminded_of_what_is_over_or_has_no_date(
    database: Database, people: People, actions: list[Action], post: Post
) -> None:
    wrong: tuple[dict[str, object], ...] = (
        {"state": "done"},
        {"state": "stopped"},
        {"later": True},
        {"due_on": None},
    )
    for values in wrong:
        plain = {"due_on": DUE, "owner_id": people.bob, "state": "to_do", "later": False}
        write(database, actions[0], **{**plain, **values})
        assert post.on(DUE + timedelta(days=1)) == [], values


def test_without_an_owner_who_can_sign_in_those_who_lead_are_told(
    database: Database, people: People, here: UUID, actions: list[Action], post: Post
) -> None:
    write(database, actions[0], due_on=DUE, owner_name="Sam Seagrave")
    write(database, actions[1], due_on=DUE, owner_id=people.bob)
    with database.transaction() as session:
        # Bob has no role in the council any more, so nothing of it goes to him.
        session.execute(delete(Grant).where(Grant.account_id == people.bob))
    told = post.on(DUE)
    assert [one.to for one in told] == ["alice@example.org"] * 2
    assert all("people who lead the diagnostic" in one.text for one in told)
    write(database, actions[2], due_on=DUE)
    with database.transaction() as session:
        session.execute(delete(Duty).where(Duty.diagnostic_id == here))
    assert post.on(DUE) == []
    with database.transaction() as session:
        session.add(Duty(diagnostic_id=here, account_id=people.alice, duty="lead"))
    assert len(post.on(DUE)) == 1, "whoever leads it later is still told"


def test_a_name_cannot_put_markup_or_a_header_into_a_message(
    database: Database, people: People, actions: list[Action], post: Post
) -> None:
    write(database, actions[0], due_on=DUE, owner_id=people.bob, title="<b>Ask</b>\nBcc: x@example.org")
    with database.transaction() as session:
        session.get_one(Account, people.bob).name = "<script>Bob"
    (told,) = post.on(DUE)
    assert "<b>" not in told.html
    assert "<script>" not in told.html


def test_a_reminder_is_kept_with_what_remembers_it_or_not_at_all(
    database: Database, people: People, actions: list[Action], post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(database, actions[0], due_on=DUE, owner_id=people.bob)
    write(database, actions[1], due_on=DUE, owner_id=people.bob)
    sent = 0

    def breaks(*_: object) -> None:
        nonlocal sent
        sent += 1
        if sent == 2:
            raise RuntimeError("the machine was switched off")

    real = Reminder._remind

    def once(self: Reminder, action_id: UUID, day: date) -> bool:
        breaks()
        return real(self, action_id, day)

    monkeypatch.setattr(Reminder, "_remind", once)
    with pytest.raises(RuntimeError):
        post.on(DUE)
    monkeypatch.undo()
    assert len(post.all()) == 1
    post.on(DUE)
    assert len(post.all()) == 2
    assert post.on(DUE) == []


def test_the_worker_sends_them_by_day_and_not_by_night(
    database: Database, people: People, actions: list[Action], settings: Settings, tmp_path: Path
) -> None:
    write(database, actions[0], due_on=DUE, owner_id=people.bob)
    carrier = FileCarrier(settings)
    (chore,) = [
        one
        for one in chores_of(database, settings, carrier, Event())
        if one.name == "people reminded of actions"
    ]
    assert chore.do(datetime(2027, 3, 14, 2, tzinfo=UTC)) == 0
    assert chore.do(morning(DUE)) == 1
    assert Postman(database, load_secrets(settings), carrier).deliver(Event()) == 1
    (file,) = [one for one in tmp_path.rglob("*.eml")]
    mail = file.read_text(encoding="utf-8")
    assert "To: bob@example.org" in mail
    assert "multipart/alternative" in mail
    assert Worker.of(settings).chores
