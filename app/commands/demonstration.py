"""Filling a database for a demonstration: invented councils, a diagnostic in each, somebody of each role."""

import secrets as random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pyotp
from sqlalchemy import select
from sqlalchemy.orm import Session

import app.rooms  # noqa: F401 - tables that point at each other must all be known
from app.accounts.models import Account
from app.accounts.person import ROLE_NAMES, Role
from app.accounts.services.desk import Desk
from app.accounts.services.opening import open_account
from app.commissioning.models import (
    BY_ITSELF,
    GATHERS,
    LEADS,
    Authority,
    Diagnostic,
    Duty,
    FrameCell,
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
from app.settings import Settings
from app.web.dates import now, today
from app.web.secrets import Secrets
from diagnostics.evidence import Frame

# As app.accounts seals it.
_SEALED_AS = "totp"
_MAIL = "demo.example"
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aeiou"
_SYLLABLES, _IN_A_WORD = 10, 2
_UNTIL_THE_SURVEY = timedelta(weeks=3)
_UNTIL_THE_BRIEF = timedelta(weeks=8)


class NotADemonstration(RuntimeError):
    """Accounts whose passwords are printed are made in a demonstration only."""


@dataclass(frozen=True, slots=True)
class Council:
    """A sample council: where its evidence lies, and how much of its next diagnostic is prepared already."""

    folder: str
    region: str
    kind: str
    prepared: bool
    by_itself: bool = False


COUNCILS = (
    Council("wexbourne/wave_2", "North West", "metropolitan district", prepared=True),
    Council("penwardine/wave_1", "South West", "unitary authority", prepared=False, by_itself=True),
    Council("marlshire/wave_2", "East of England", "county council", prepared=False),
)


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody of the demonstration, with what they sign in with. The password is kept nowhere."""

    name: str
    role: Role
    email: str
    password: str

    @property
    def role_name(self) -> str:
        """The role in words."""
        return ROLE_NAMES[self.role]


_PEOPLE = (
    ("Laila Osei", Role.PROGRAMME_LEAD, "lead"),
    ("Piotr Dunne", Role.PDM, "pdm"),
    ("Carys Whitlock", Role.COMMISSIONER, "commissioner"),
    ("Ravi Sandhu", Role.READER, "reader"),
)


def fill(
    session: Session, settings: Settings, secrets: Secrets, samples: Path, key: str
) -> Sequence[Persona]:
    """Write the councils, the people and the diagnostics. All people share one key for their codes.

    Raises
    ------
    NotADemonstration
        Where the settings do not say that this is one.
    """
    if not settings.demo:
        raise NotADemonstration("Set DEMO=1 where a demonstration is meant.")
    waves = [(council, *_read(samples / council.folder)) for council in COUNCILS]
    for council, wave, _ in waves:
        session.add(
            Authority(code=wave.code or "", name=wave.name or "", kind=council.kind, region=council.region)
        )
    session.flush()
    codes = [wave.code or "" for _, wave, _ in waves]
    people = [_persona(name, role, box) for name, role, box in _PEOPLE]
    desk = Desk(session, secrets, settings)
    accounts = {
        person.role: open_account(
            desk, person.name, person.email, person.password, key, _roles(person.role, codes)
        )
        for person in people
    }
    for council, wave, frame in waves:
        _prepare(session, council, wave, frame, accounts)
    return people


def _read(folder: Path) -> tuple[Wave, Frame]:
    """Read what the sample says of its council, and its workforce."""
    report = Report()
    framework = read_framework(supplied_frameworks()[PUBLISHED], PUBLISHED, report)
    wave = read_settings(folder / DIAGNOSTIC, report)
    table = read_table(folder / FRAME, report)
    if framework is None:
        report.fail()
    frame = read_frame(table, framework, report, present=table is not None).frame
    if report.faults:
        report.fail()
    return wave, frame


def _persona(name: str, role: Role, box: str) -> Persona:
    return Persona(name, role, f"{box}@{_MAIL}", _password())


def _password() -> str:
    """Make a password of some 60 random bits that is read and typed easily."""
    made = [random.choice(_CONSONANTS) + random.choice(_VOWELS) for _ in range(_SYLLABLES)]
    words = ["".join(made[start : start + _IN_A_WORD]) for start in range(0, _SYLLABLES, _IN_A_WORD)]
    return "-".join(words)


def _roles(role: Role, codes: Sequence[str]) -> Sequence[tuple[Role, str | None]]:
    """Say where somebody has their role: the lead everywhere, the PDM in the councils that have one."""
    wexbourne, _, marlshire = codes
    if role is Role.PROGRAMME_LEAD:
        return [(role, None)]
    return [(role, code) for code in ([wexbourne, marlshire] if role is Role.PDM else [wexbourne])]


def _prepare(
    session: Session, council: Council, wave: Wave, frame: Frame, accounts: dict[Role, UUID]
) -> None:
    """Begin the council's diagnostic, with the workforce of the sample and dates that are still to come."""
    commissioner, pdm = accounts[Role.COMMISSIONER], accounts[Role.PDM]
    diagnostic = Diagnostic(
        authority_code=wave.code or "",
        wave=wave.wave or 1,
        created_by=commissioner if council.prepared else accounts[Role.PROGRAMME_LEAD],
        framework=PUBLISHED,
    )
    if council.by_itself:
        diagnostic.run_by = BY_ITSELF
    if wave.survey_opened and wave.survey_closed:
        _set_dates(diagnostic, wave.survey_closed - wave.survey_opened)
    if council.prepared:
        diagnostic.contact_name = "Practice and improvement team"
        diagnostic.contact_email = (wave.contact or "").split()[-1]
        diagnostic.controller = wave.name or ""
        diagnostic.data_protection_contact = f"data.protection@{diagnostic.contact_email.split('@')[-1]}"
        diagnostic.frame_confirmed_at = now()
    session.add(diagnostic)
    session.flush()
    _describe_workforce(session, diagnostic.id, frame)
    if council.prepared:
        session.add(Duty(diagnostic_id=diagnostic.id, account_id=commissioner, duty=LEADS))
        session.add(Duty(diagnostic_id=diagnostic.id, account_id=pdm, duty=GATHERS))


def _set_dates(diagnostic: Diagnostic, open_for: timedelta) -> None:
    """The samples' own dates are over; nothing could be launched on them."""
    opens = _monday_after(today() + _UNTIL_THE_SURVEY)
    diagnostic.survey_opens_on = opens
    diagnostic.survey_closes_on = opens + open_for
    diagnostic.fieldwork_from = opens
    diagnostic.fieldwork_until = opens + open_for
    diagnostic.brief_due_on = opens + open_for + _UNTIL_THE_BRIEF


def _monday_after(day: date) -> date:
    return day + timedelta(days=7 - day.weekday())


def _describe_workforce(session: Session, diagnostic_id: UUID, frame: Frame) -> None:
    names = list(dict.fromkeys(cell.service_area for cell in frame.cells))
    areas = {
        name: ServiceArea(diagnostic_id=diagnostic_id, name=name, position=place)
        for place, name in enumerate(names)
    }
    for cell in frame.cells:
        areas[cell.service_area].cells.append(FrameCell(role_group=cell.role_group, headcount=cell.headcount))
    session.add_all(areas.values())


def key_of(session: Session, secrets: Secrets) -> str:
    """Give the key that the people of this demonstration share."""
    sealed = session.scalars(select(Account.totp_sealed).where(Account.totp_sealed.is_not(None))).first()
    if sealed is None:
        raise NotADemonstration("Nobody here has a key.")
    return secrets.open(_SEALED_AS, sealed)


def code_of(key: str) -> str:
    """Give the code of the moment."""
    return pyotp.TOTP(key).now()
