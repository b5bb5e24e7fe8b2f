"""The councils of a demonstration, and their diagnostics up to the launch of a survey."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from app.commands.demonstration.people import MARLSHIRE, PENWARDINE, WEXBOURNE, Cast
from app.commissioning.models import (
    BY_ITSELF,
    GATHERS,
    HOLDS_A_KEY,
    LEADS,
    PUBLIC_TASK,
    Authority,
    Diagnostic,
    Duty,
    FrameCell,
    PlannedFieldwork,
    ServiceArea,
)
from app.interchange.delimited import read_table
from app.interchange.faults import Report
from app.interchange.frame_file import FILE as FRAME
from app.interchange.frame_file import read_frame
from app.interchange.framework_files import PUBLISHED, read_framework, supplied_frameworks
from app.interchange.settings_file import FILE as DIAGNOSTIC
from app.interchange.settings_file import Settings as Wave
from app.interchange.settings_file import read_settings
from app.survey.keys import KeyStore
from app.survey.models import Custody
from app.survey.services.custody import keys_in_hand
from app.survey.services.launching import launch
from app.survey.windows import opens_at
from app.web.dates import now, today
from diagnostics.evidence import Frame
from diagnostics.fieldwork_plan import propose_plan
from diagnostics.framework import Framework

_UNTIL_THE_SURVEY = timedelta(weeks=3)
_SINCE_THE_SURVEY = timedelta(weeks=1)
_UNTIL_THE_BRIEF = timedelta(weeks=8)
_PREPARING = timedelta(weeks=4)
# Hours of work on the day on which a council agreed what it had prepared.
_BEGUN, _AGREED, _CONFIRMED = timedelta(hours=10), timedelta(hours=14, minutes=20), timedelta(hours=15)
_GATHERER = "Practice development team"


@dataclass(frozen=True, slots=True)
class Sample:
    """A wave of a sample council: where its evidence lies, and what its council is."""

    name: str
    folder: str
    region: str
    kind: str


COUNCILS = (
    Sample(WEXBOURNE, "wexbourne/wave_1", "North West", "metropolitan district"),
    Sample(PENWARDINE, "penwardine/wave_1", "South West", "unitary authority"),
    Sample(MARLSHIRE, "marlshire/wave_1", "East of England", "county council"),
)


@dataclass(frozen=True, slots=True)
class Described:
    """What a sample says of its council, and of who works there."""

    wave: Wave
    frame: Frame
    framework: Framework

    @property
    def code(self) -> str:
        """The council’s code."""
        return self.wave.code or ""

    @property
    def open_for(self) -> timedelta:
        """How long its survey was open."""
        opened, closed = self.wave.survey_opened, self.wave.survey_closed
        return closed - opened if opened and closed else _UNTIL_THE_SURVEY


def describe(folder: Path) -> Described:
    """Read what a sample says of its council.

    Raises
    ------
    app.interchange.faults.FaultyInput
        Where the sample has a fault.
    """
    report = Report()
    framework = read_framework(supplied_frameworks()[PUBLISHED], PUBLISHED, report)
    wave = read_settings(folder / DIAGNOSTIC, report)
    table = read_table(folder / FRAME, report)
    if framework is None:
        report.fail()
    frame = read_frame(table, framework, report, present=table is not None).frame
    if report.faults:
        report.fail()
    return Described(wave, frame, framework)


def write_councils(session: Session, described: Mapping[str, Described]) -> Mapping[str, str]:
    """Write the councils; give their codes by their short names."""
    for sample in COUNCILS:
        one = described[sample.name]
        session.add(
            Authority(code=one.code, name=one.wave.name or "", kind=sample.kind, region=sample.region)
        )
    session.flush()
    return {name: one.code for name, one in described.items()}


def draft(session: Session, described: Described, cast: Cast) -> Diagnostic:
    """Begin Penwardine’s diagnostic, which it runs by itself; somebody has to gather, and to hold the key."""
    commissioner = cast.commissioners[PENWARDINE]
    made = begin(session, described, commissioner, run_by=BY_ITSELF)
    _set_days(made, _monday_after(today() + _UNTIL_THE_SURVEY), described.open_for)
    describe_workforce(session, made.id, described.frame)
    made.lawful_basis_confirmed_at = None
    session.add(Duty(diagnostic_id=made.id, account_id=commissioner, duty=LEADS))
    return made


def collecting(session: Session, described: Described, cast: Cast, keys: KeyStore) -> Diagnostic:
    """Launch Marlshire’s diagnostic: its survey is open, and its fieldwork is planned."""
    commissioner = cast.commissioners[MARLSHIRE]
    made = begin(session, described, commissioner)
    opens = _monday_after(today() - _SINCE_THE_SURVEY - timedelta(days=7))
    _set_days(made, opens, described.open_for)
    areas = describe_workforce(session, made.id, described.frame)
    plan_fieldwork(session, made, described, areas)
    date_preparation(made, opens - _PREPARING)
    give_duties(session, made, commissioner, cast.pdm)
    survey = launch(session, keys, made, opens)
    survey.open_code = token_urlsafe(9)
    session.execute(update(Custody).where(Custody.diagnostic_id == made.id).values(copies=1))
    survey.keys_fetched = keys_in_hand(session, survey)
    return made


def begin(
    session: Session,
    described: Described,
    commissioner: UUID,
    *,
    wave: int = 1,
    previous: UUID | None = None,
    run_by: str | None = None,
) -> Diagnostic:
    """Begin a diagnostic with all that its council has to say of itself before a launch."""
    name, contact = described.wave.name or "", (described.wave.contact or "").split()[-1]
    made = Diagnostic(
        authority_code=described.code,
        wave=wave,
        previous_id=previous,
        created_by=commissioner,
        framework=PUBLISHED,
        contact_name="Practice and improvement team",
        contact_email=contact,
        controller=name,
        data_protection_contact=f"data.protection@{contact.split('@')[-1]}",
        processor=_GATHERER,
        lawful_basis=PUBLIC_TASK,
        lawful_basis_confirmed_at=now(),
        frame_confirmed_at=now(),
    )
    if run_by is not None:
        made.run_by = run_by
    session.add(made)
    session.flush()
    return made


def describe_workforce(session: Session, diagnostic_id: UUID, frame: Frame) -> dict[str, UUID]:
    """Write a frame; give the ids of its service areas by their names."""
    names = list(dict.fromkeys(cell.service_area for cell in frame.cells))
    made = {
        name: ServiceArea(diagnostic_id=diagnostic_id, name=name, position=place)
        for place, name in enumerate(names)
    }
    for cell in frame.cells:
        made[cell.service_area].cells.append(FrameCell(role_group=cell.role_group, headcount=cell.headcount))
    session.add_all(made.values())
    session.flush()
    return {name: area.id for name, area in made.items()}


def plan_fieldwork(
    session: Session, diagnostic: Diagnostic, described: Described, areas: Mapping[str, UUID]
) -> None:
    """Plan what the frame suggests, and confirm it."""
    session.add_all(
        PlannedFieldwork(
            diagnostic_id=diagnostic.id,
            source=work.source,
            kind=work.kind,
            role_group=work.role_group,
            service_area_id=areas.get(work.service_area or ""),
            number=work.number,
            position=position,
        )
        for position, work in enumerate(propose_plan(described.framework, described.frame))
    )
    diagnostic.plan_confirmed_at = now()


def date_preparation(diagnostic: Diagnostic, day: date) -> None:
    """Say on which day a council began its diagnostic and agreed what a launch needs."""
    diagnostic.created_at = opens_at(day) + _BEGUN
    diagnostic.frame_confirmed_at = diagnostic.plan_confirmed_at = opens_at(day) + _AGREED
    diagnostic.lawful_basis_confirmed_at = opens_at(day) + _CONFIRMED


def give_duties(session: Session, diagnostic: Diagnostic, commissioner: UUID, gatherer: UUID) -> None:
    """Have the commissioner lead and the PDM gather; both hold a copy of the key."""
    session.add_all(
        Duty(diagnostic_id=diagnostic.id, account_id=account, duty=duty)
        for account, own in ((commissioner, LEADS), (gatherer, GATHERS))
        for duty in (own, HOLDS_A_KEY)
    )
    session.flush()


def _set_days(diagnostic: Diagnostic, opens: date, open_for: timedelta) -> None:
    """The samples’ own days are over; nothing could be launched on them."""
    diagnostic.survey_opens_on = diagnostic.fieldwork_from = opens
    diagnostic.survey_closes_on = diagnostic.fieldwork_until = opens + open_for
    diagnostic.brief_due_on = opens + open_for + _UNTIL_THE_BRIEF


def _monday_after(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())
