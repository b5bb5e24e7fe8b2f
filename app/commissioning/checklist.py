"""What launching needs: the rows of the task list, each with what is still missing, in words."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.accounts.person import Role
from app.commissioning.frameworks import framework_named, role_group_names
from app.commissioning.models import (
    BY_ITSELF,
    GATHERS,
    HOLDS_A_KEY,
    LEADS,
    NAMED_AREAS,
    NAMED_ROLES,
    OTHER_BASIS,
    WITH_A_PDM,
    Diagnostic,
)
from app.commissioning.queries import HeldDuty, duties_of, headcounts_of, planned_numbers_of
from app.commissioning.services.duties import KEYS
from app.commissioning.timetable import DAYS, Timetable
from app.web.dates import today, uk_date
from app.web.tasks import Task, TaskState

# The pages of these show what there is to whoever may see the diagnostic.
_READABLE = frozenset({"details", "frame", "plan", "papers"})
_UNCONFIRMED = (
    "A commissioner of the council has not confirmed the lawful basis, "
    "which is among the data protection facts."
)


@dataclass(frozen=True, slots=True)
class _Facts:
    """What other tables hold of a diagnostic."""

    diagnostic: Diagnostic
    duties: Sequence[HeldDuty]
    headcount: int
    planned: int
    today: date


def checklist(session: Session, diagnostic: Diagnostic) -> tuple[Task, ...]:
    """Give what there is to do before a diagnostic can be launched."""
    return checklists(session, [diagnostic])[diagnostic.id]


def checklists(session: Session, diagnostics: Sequence[Diagnostic]) -> Mapping[UUID, tuple[Task, ...]]:
    """Give the same for several diagnostics, with as many reads as for one."""
    ids = [one.id for one in diagnostics]
    duties, headcounts, planned = (
        duties_of(session, ids),
        headcounts_of(session, ids),
        planned_numbers_of(session, ids),
    )
    day = today()
    return {
        one.id: tuple(
            make(_Facts(one, duties[one.id], headcounts[one.id], planned[one.id], day)) for make in _ROWS
        )
        for one in diagnostics
    }


def ready(tasks: Iterable[Task]) -> bool:
    """Say whether everything that launching waits for is done."""
    return all(task.state == TaskState.DONE for task in tasks if task.needed)


def missing(tasks: Iterable[Task]) -> tuple[str, ...]:
    """Give all that launching still waits for, a sentence each."""
    return tuple(sentence for task in tasks if task.needed for sentence in task.missing)


def _task(
    facts: _Facts, id_: str, name: str, address: str, lacking: Sequence[str], *, begun: bool, hint: str = ""
) -> Task:
    state = TaskState.IN_PROGRESS if begun else TaskState.TO_DO
    return Task(
        id=id_,
        name=name,
        address=f"/diagnostics/{facts.diagnostic.id}/{address}",
        state=state if lacking else TaskState.DONE,
        hint=hint,
        missing=tuple(lacking),
        readable=id_ in _READABLE,
    )


def _details(facts: _Facts) -> Task:
    one = facts.diagnostic
    lacking = []
    if framework_named(one.framework) is None:
        lacking.append("The framework version is not among those of this service: choose another.")
    if one.scope == NAMED_AREAS and not one.scope_areas:
        lacking.append("The areas that the diagnostic covers are not named.")
    if one.scope == NAMED_ROLES and not (
        one.scope_roles and set(one.scope_roles) <= set(role_group_names(one.framework))
    ):
        lacking.append("The role groups that the diagnostic covers have to be chosen again.")
    hint = "What it covers, who runs it, the framework version and the smallest group"
    return _task(facts, "details", "Details", "details", lacking, begun=True, hint=hint)


def _people(facts: _Facts) -> Task:
    by_itself = facts.diagnostic.run_by == BY_ITSELF
    of = {
        duty: [held for held in facts.duties if held.duty == duty] for duty in (LEADS, GATHERS, HOLDS_A_KEY)
    }
    lacking = []
    if not of[LEADS]:
        lacking.append("Nobody is chosen to lead the diagnostic for the council.")
    if not of[GATHERS] and by_itself:
        lacking.append("Nobody is chosen to gather the evidence.")
    elif not of[GATHERS]:
        lacking.append("No practice development manager is chosen.")
    if not of[HOLDS_A_KEY]:
        lacking.append("Nobody is chosen to hold the key; it takes two people.")
    elif len(of[HOLDS_A_KEY]) < KEYS:
        lacking.append("Only one person is chosen to hold the key; it takes two.")
    if by_itself and {one.account_id for one in of[LEADS]} & {one.account_id for one in of[GATHERS]}:
        lacking.append("One person leads and gathers the evidence; the two parts need two people.")
    for held in of[LEADS]:
        if held.roles and Role.COMMISSIONER not in held.roles:
            lacking.append(
                f"{held.name} leads the diagnostic, but is no longer a commissioner of the council."
            )
    for held in of[GATHERS]:
        if held.roles and facts.diagnostic.run_by == WITH_A_PDM and Role.PDM not in held.roles:
            lacking.append(f"{held.name} is not a practice development manager of the council.")
    lacking.extend(_gone_or_not_here(facts.duties))
    hint = "Who leads, who gathers evidence and who holds the key"
    return _task(facts, "people", "People", "people", lacking, begun=bool(facts.duties), hint=hint)


def _gone_or_not_here(duties: Sequence[HeldDuty]) -> Iterable[str]:
    for held in {one.account_id: one for one in duties}.values():
        if not held.active:
            yield f"The account of {held.name} is closed or disabled: choose somebody else."
        elif not held.roles:
            yield f"{held.name} has no role in the council any more: choose somebody else."
        elif not held.joined:
            yield f"{held.name} has not joined yet. The invitation is in their email."


def _timetable(facts: _Facts) -> Task:
    days = Timetable.of(facts.diagnostic).days()
    wanted = dict(DAYS)
    if not facts.diagnostic.with_fieldwork:
        wanted = {name: words for name, words in DAYS.items() if not name.startswith("fieldwork")}
    lacking = [f"The day {words} is not set." for name, words in wanted.items() if name not in days]
    opens, closes = days.get("survey_opens_on"), days.get("survey_closes_on")
    if opens and opens < facts.today:
        lacking.append(f"The survey was to open on {uk_date(opens)}, which has passed: choose a new day.")
    if closes and closes < facts.today:
        lacking.append(f"The survey was to close on {uk_date(closes)}, which has passed: choose a new day.")
    hint = "When the survey is open, when fieldwork takes place and when the brief is due"
    return _task(facts, "timetable", "Timetable", "timetable", lacking, begun=bool(days), hint=hint)


def _contact(facts: _Facts) -> Task:
    one = facts.diagnostic
    lacking = []
    if not one.contact_name:
        lacking.append("There is nobody whom staff can ask about the survey.")
    if not (one.contact_email or one.contact_phone):
        lacking.append("There is no email address or phone number for questions from staff.")
    begun = bool(one.contact_name or one.contact_email or one.contact_phone)
    hint = "Whom staff ask about the survey"
    return _task(facts, "contact", "Contact for staff", "contact", lacking, begun=begun, hint=hint)


def _data_protection(facts: _Facts) -> Task:
    lacking = _facts_lacking(facts.diagnostic)
    begun = bool(facts.diagnostic.controller or facts.diagnostic.lawful_basis)
    address = "details#data-protection" if begun else "data-protection?way=setup"
    hint = "Who answers for the data, on what lawful basis, and how long they are kept"
    return _task(facts, "data-protection", "Data protection facts", address, lacking, begun=begun, hint=hint)


def _facts_lacking(one: Diagnostic) -> list[str]:
    lacking = []
    if not one.controller:
        lacking.append("The controller is not named.")
    if not one.data_protection_contact:
        lacking.append("The data protection contact is not named.")
    if not one.processor:
        lacking.append("The processor is not named.")
    if not one.lawful_basis or (one.lawful_basis == OTHER_BASIS and not one.other_basis):
        lacking.append("The lawful basis is not chosen.")
    return lacking


def _frame(facts: _Facts) -> Task:
    lacking = []
    if not facts.headcount:
        lacking.append("The workforce is not described: how many people work in each role group and area.")
    elif facts.diagnostic.frame_confirmed_at is None and facts.diagnostic.previous_id:
        lacking.append("The frame was taken over from the last wave: bring it up to date and confirm it.")
    elif facts.diagnostic.frame_confirmed_at is None:
        lacking.append("The frame is not confirmed: look at what will be merged and shown, and confirm it.")
    hint = (
        f"{facts.headcount:,} people described" if facts.headcount else "The workforce by role group and area"
    )
    return _task(facts, "frame", "Frame", "frame", lacking, begun=facts.headcount > 0, hint=hint)


def _plan(facts: _Facts) -> Task:
    address = f"/diagnostics/{facts.diagnostic.id}/plan"
    if not facts.diagnostic.with_fieldwork:
        return Task(
            id="plan",
            name="Fieldwork plan",
            address=address,
            state=TaskState.CANNOT_START,
            hint="Not needed: this diagnostic runs without fieldwork",
            needed=False,
        )
    if not facts.headcount:
        return Task(
            id="plan",
            name="Fieldwork plan",
            address=address,
            state=TaskState.CANNOT_START,
            hint="It is proposed from the frame, so describe the workforce first",
            missing=("The fieldwork plan is not made; it is proposed from the frame.",),
        )
    lacking = []
    if facts.diagnostic.plan_confirmed_at is None and facts.diagnostic.previous_id and facts.planned:
        lacking.append(
            "The fieldwork plan was taken over from the last wave: bring it up to date and confirm it."
        )
    elif facts.diagnostic.plan_confirmed_at is None:
        lacking.append("The fieldwork plan is not confirmed.")
    hint = "Interviews, observations and document audits"
    return _task(facts, "plan", "Fieldwork plan", "plan", lacking, begun=facts.planned > 0, hint=hint)


def _papers(facts: _Facts) -> Task:
    one = facts.diagnostic
    confirmed = one.lawful_basis_confirmed_at is not None and not _facts_lacking(one)
    lacking = [] if confirmed else [_UNCONFIRMED]
    task = _task(
        facts,
        "papers",
        "Papers",
        "papers",
        lacking,
        begun=False,
        hint="Notices for staff, information sheet and data protection impact assessment",
    )
    if confirmed or not _facts_lacking(one):
        return task
    return Task(
        id=task.id,
        name=task.name,
        address=task.address,
        state=TaskState.CANNOT_START,
        hint="They are made from the contact and the data protection facts, so enter those first",
        missing=task.missing,
    )


_ROWS = (_details, _people, _timetable, _contact, _data_protection, _frame, _plan, _papers)
