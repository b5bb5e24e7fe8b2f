"""What Wexbourne made of its first brief’s steps, over the year until the second wave."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.actions.models import DONE, NOT_SEEN, PARTLY_SEEN, SEEN, TO_DO, UNDER_WAY, Action, ActionNote
from app.actions.queries import actions_of
from app.actions.services import (
    Planned,
    Sighted,
    add_note,
    bring_forward,
    change_action,
    record_sign,
    take_over,
)
from app.audit.models import Entry
from app.briefs.queries import newest_published
from app.commissioning.models import Diagnostic
from app.survey.windows import opens_at
from app.web.dates import today

_MORNING = timedelta(hours=10)
_OVERDUE = timedelta(days=9)
_AHEAD = timedelta(weeks=10)


@dataclass(frozen=True, slots=True)
class Turn:
    """Something that was written about an action: so many days after the brief came out, and what changed.

    ``state`` is the state from then on, "" where it stayed; ``seen`` is what became of the sign, "" where
    nobody looked.
    """

    day: int
    text: str
    state: str = ""
    seen: str = ""


@dataclass(frozen=True, slots=True)
class Course:
    """An action from the first plan: who owns it, when it is due, and its turns.

    ``due`` counts days from the brief; where it is None the action is due in some weeks from today.
    ``overdue`` says that it is not done and its day has passed.
    """

    step: str
    turns: tuple[Turn, ...]
    due: int | None = None
    owner: str = ""
    owned_by_commissioner: bool = False
    overdue: bool = False
    brought: str = field(default="")


COURSES = (
    Course(
        "sys_step_supervision_question",
        owned_by_commissioner=True,
        overdue=True,
        due=230,
        turns=(
            Turn(30, "Agreed in the managers’ meeting. Assessment begins, the others follow.", UNDER_WAY),
            Turn(
                120,
                "Assessment and fostering ask the question. In early help supervision is still too short.",
            ),
            Turn(
                190,
                "Of ten supervision records picked at random, three gave the reasons for a judgement.",
                seen=NOT_SEEN,
            ),
            Turn(240, "Not done yet: two teams wait for their new managers. We look again after the summer."),
        ),
    ),
    Course(
        "pra_step_tell_families_what_changed",
        owner="Ama Boateng",
        due=150,
        turns=(
            Turn(21, "A card for the end of each review is drafted with the parents’ panel.", UNDER_WAY),
            Turn(140, "Every review ends with the card. Reviewing officers keep a copy.", DONE),
            Turn(
                185,
                "Of ten families asked after a review, eight could name something that changed.",
                seen=SEEN,
            ),
        ),
    ),
    Course(
        "cul_step_unknowns",
        owner="Joseph Linney",
        due=120,
        turns=(
            Turn(35, "Begun in four teams.", UNDER_WAY),
            Turn(110, "All teams have it on the agenda.", DONE),
            Turn(
                190,
                "Of ten sets of team notes, six showed an open question. Few said what came back.",
                seen=PARTLY_SEEN,
            ),
        ),
    ),
    Course(
        "cap_step_guide",
        brought="Staff ask for it in every team meeting, so it does not wait for the second brief.",
        turns=(Turn(260, "The library of the university would be the place. We are talking to them."),),
    ),
)


def run_first_plan(session: Session, diagnostic: Diagnostic, out: date, commissioner: UUID) -> None:
    """Take the steps of the published brief over, and let a year pass.

    ``out`` is the day on which the brief came out. Nothing is dated later than today.
    """
    published = newest_published(session, diagnostic.id)
    if published is None:
        return
    _dated(
        session,
        _on(out, 7),
        lambda: take_over(session, diagnostic, published, published.brief.number, commissioner),
    )
    actions = {one.step: one for one in actions_of(session, diagnostic.id)}
    for action in actions.values():
        action.made_at = opens_at(_on(out, 7)) + _MORNING
    for course in COURSES:
        _run(session, diagnostic, actions[course.step], course, out, commissioner)
    session.flush()


def _run(
    session: Session, diagnostic: Diagnostic, action: Action, course: Course, out: date, by: UUID
) -> None:
    if course.brought:
        day = _on(out, 250)
        _dated(
            session,
            day,
            lambda: bring_forward(session, diagnostic, action, action.revision, course.brought, by),
        )
        action.brought_on = day
    # An action is given a day that is still to come; those of the past are set as they were then.
    due = today() + _AHEAD if course.due is None else _on(out, course.due)
    action.due_on = min(due, today() - _OVERDUE) if course.overdue else due
    planned = Planned(
        owner_role=action.owner_role,
        owner_name=course.owner,
        owner_id=by if course.owned_by_commissioner else None,
        due_on=action.due_on,
        state=TO_DO,
        note="",
    )
    for turn in course.turns:
        _take(session, diagnostic, action, turn, planned, _on(out, turn.day), by)
        planned = replace(planned, state=turn.state or planned.state)


def _take(
    session: Session,
    diagnostic: Diagnostic,
    action: Action,
    turn: Turn,
    planned: Planned,
    day: date,
    by: UUID,
) -> None:
    if turn.seen:
        sighted = Sighted(turn.seen, turn.text, day)
        _dated(session, day, lambda: record_sign(session, diagnostic, action, action.revision, sighted, by))
    elif turn.state:
        wanted = replace(planned, state=turn.state, note=turn.text)
        _dated(session, day, lambda: change_action(session, diagnostic, action, action.revision, wanted, by))
    else:
        _dated(session, day, lambda: add_note(session, diagnostic, action, turn.text, by))


def _dated(session: Session, day: date, do: Callable[[], object]) -> None:
    """Do something, and date the notes and the lines of the log that it leaves."""
    session.flush()
    do()
    for made in session.new:
        if isinstance(made, ActionNote):
            made.made_at = opens_at(day) + _MORNING
        elif isinstance(made, Entry):
            made.at = opens_at(day) + _MORNING
    session.flush()


def _on(out: date, days: int) -> date:
    return min(out + timedelta(days=days), today())
