"""The checklist names in words what is missing before the launch."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event

from app.accounts.models import Account, Grant
from app.accounts.person import Role
from app.commissioning.checklist import checklist, checklists, missing, ready
from app.commissioning.models import Diagnostic, Duty, FrameCell
from app.database.session import Database
from app.web.dates import now, today
from app.web.tasks import Task, TaskState
from tests.service.commissioning.furniture import change, complete, describe_workforce
from tests.service.people import People


def tasks_of(database: Database, people: People) -> dict[str, Task]:
    with database.transaction(writes=False) as session:
        return {task.id: task for task in checklist(session, session.get_one(Diagnostic, people.here))}


def is_ready(database: Database, people: People) -> bool:
    return ready(tasks_of(database, people).values())


def test_a_new_draft_names_all_that_is_missing(database: Database, people: People) -> None:
    tasks = tasks_of(database, people)
    assert list(tasks) == [
        "details",
        "people",
        "timetable",
        "contact",
        "data-protection",
        "frame",
        "plan",
        "papers",
    ]
    assert {name: task.state for name, task in tasks.items()} == {
        "details": TaskState.DONE,
        "people": TaskState.TO_DO,
        "timetable": TaskState.TO_DO,
        "contact": TaskState.TO_DO,
        "data-protection": TaskState.TO_DO,
        "frame": TaskState.TO_DO,
        "plan": TaskState.CANNOT_START,
        "papers": TaskState.CANNOT_START,
    }
    assert tasks["people"].missing == (
        "Nobody is chosen to lead the diagnostic for the council.",
        "No practice development manager is chosen.",
        "Nobody is chosen to hold the key; it takes two people.",
    )
    assert tasks["timetable"].missing == (
        "The day the survey opens is not set.",
        "The day the survey closes is not set.",
        "The day fieldwork begins is not set.",
        "The day fieldwork ends is not set.",
        "The day the brief is due is not set.",
    )
    assert len(missing(tasks.values())) == 17
    assert not ready(tasks.values())


def test_everything_there_is_ready(database: Database, people: People) -> None:
    complete(database, people.here, people)
    tasks = tasks_of(database, people)
    assert {task.state for task in tasks.values()} == {TaskState.DONE}
    assert (ready(tasks.values()), missing(tasks.values())) == (True, ())


@pytest.mark.parametrize(
    ("values", "task", "sentence"),
    [
        ({"framework": "gone"}, "details", "The framework version is not among those of this service"),
        ({"scope": "areas"}, "details", "The areas that the diagnostic covers are not named."),
        ({"scope": "roles", "scope_roles": ["gone"]}, "details", "have to be chosen again."),
        ({"survey_opens_on": None}, "timetable", "The day the survey opens is not set."),
        (
            {"survey_opens_on": today() - timedelta(days=1)},
            "timetable",
            "which has passed: choose a new day.",
        ),
        ({"contact_name": ""}, "contact", "There is nobody whom staff can ask about the survey."),
        ({"contact_email": ""}, "contact", "There is no email address or phone number"),
        ({"controller": ""}, "data-protection", "The controller is not named."),
        ({"data_protection_contact": ""}, "data-protection", "The data protection contact is not named."),
        ({"processor": ""}, "data-protection", "The processor is not named."),
        ({"lawful_basis": ""}, "data-protection", "The lawful basis is not chosen."),
        ({"lawful_basis": "other"}, "data-protection", "The lawful basis is not chosen."),
        ({"frame_confirmed_at": None}, "frame", "The frame is not confirmed"),
        ({"plan_confirmed_at": None}, "plan", "The fieldwork plan is not confirmed."),
        ({"lawful_basis_confirmed_at": None}, "papers", "has not confirmed the lawful basis"),
    ],
)
def test_each_thing_that_is_not_there_is_said(
    database: Database, people: People, values: dict[str, Any], task: str, sentence: str
) -> None:
    complete(database, people.here, people)
    change(database, people.here, **values)
    tasks = tasks_of(database, people)
    assert sentence in " ".join(tasks[task].missing)
    assert tasks[task].state != TaskState.DONE
    assert not ready(tasks.values())


def people_say(database: Database, people: People) -> Sequence[str]:
    return tasks_of(database, people)["people"].missing


def test_whoever_cannot_do_their_duty_any_more_is_named(database: Database, people: People) -> None:
    complete(database, people.here, people)
    with database.transaction() as session:
        session.get_one(Account, people.bob).disabled_at = now()
        session.get_one(Account, people.dana).joined_at = None
    assert people_say(database, people) == (
        "Dana Dale has not joined yet. The invitation is in their email.",
        "The account of Bob Bright is closed or disabled: choose somebody else.",
    )


def test_a_role_that_was_taken_away_is_noticed(database: Database, people: People) -> None:
    complete(database, people.here, people)
    with database.transaction() as session:
        for account, role in ((people.alice, Role.READER), (people.dana, None)):
            grant = session.query(Grant).filter_by(account_id=account).one()
            if role is None:
                session.delete(grant)
            else:
                grant.role = role
    assert people_say(database, people) == (
        "Alice Ashworth leads the diagnostic, but is no longer a commissioner of the council.",
        "Dana Dale has no role in the council any more: choose somebody else.",
    )


def test_a_council_by_itself_that_takes_a_pdm_is_told(database: Database, people: People) -> None:
    complete(database, people.here, people)
    with database.transaction() as session:
        session.query(Duty).filter_by(duty="gather").one().account_id = people.alice
    assert people_say(database, people) == (
        "Alice Ashworth is not a practice development manager of the council.",
    )
    change(database, people.here, run_by="council")
    assert people_say(database, people) == (
        "One person leads and gathers the evidence; the two parts need two people.",
    )


def test_a_key_takes_two(database: Database, people: People) -> None:
    complete(database, people.here, people)
    with database.transaction() as session:
        session.delete(session.query(Duty).filter_by(duty="key", account_id=people.bob).one())
    assert people_say(database, people) == ("Only one person is chosen to hold the key; it takes two.",)


def test_without_fieldwork_neither_a_plan_nor_its_days_are_needed(database: Database, people: People) -> None:
    complete(database, people.here, people)
    change(
        database,
        people.here,
        with_fieldwork=False,
        plan_confirmed_at=None,
        fieldwork_from=None,
        fieldwork_until=None,
    )
    plan = tasks_of(database, people)["plan"]
    assert (plan.needed, plan.missing) == (False, ())
    assert is_ready(database, people)


def test_a_frame_of_nobody_is_no_frame(database: Database, people: People) -> None:
    complete(database, people.here, people)
    with database.transaction() as session:
        for cell in session.query(FrameCell):
            cell.headcount = 0
    frame = tasks_of(database, people)["frame"]
    assert frame.state == TaskState.TO_DO
    assert "The workforce is not described" in frame.missing[0]


def test_rows_lead_to_where_something_is_done(database: Database, people: People) -> None:
    describe_workforce(database, people.here)
    tasks = tasks_of(database, people)
    home = f"/diagnostics/{people.here}"
    assert tasks["frame"].address == f"{home}/frame"
    assert tasks["frame"].hint == "83 people described"
    assert tasks["plan"].address == f"{home}/plan"
    assert tasks["papers"].address == f"{home}/papers"


def test_many_diagnostics_take_as_many_reads_as_one(database: Database, people: People) -> None:
    complete(database, people.here, people)
    statements: list[str] = []

    def count(_c: Any, _cur: Any, statement: str, *_rest: Any) -> None:
        statements.append(statement)

    with database.transaction(writes=False) as session:
        here, elsewhere = (
            session.get_one(Diagnostic, people.here),
            session.get_one(Diagnostic, people.elsewhere),
        )
        event.listen(database.engine, "before_cursor_execute", count)
        one = checklists(session, [here])
        for_one = len(statements)
        statements.clear()
        both = checklists(session, [here, elsewhere])
        event.remove(database.engine, "before_cursor_execute", count)
    assert len(statements) == for_one
    assert both[people.here] == one[people.here]
    assert not ready(both[people.elsewhere])
