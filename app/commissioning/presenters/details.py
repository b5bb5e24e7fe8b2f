"""All that was agreed for a diagnostic, in rows that can be checked and changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.commissioning.frameworks import framework_name, framework_named, frameworks, role_group_names
from app.commissioning.models import (
    GATHERS,
    HOLDS_A_KEY,
    LEADS,
    NAMED_AREAS,
    NAMED_ROLES,
    Diagnostic,
)
from app.commissioning.presenters.words import (
    BASES,
    NOT_YET,
    RUN_BY,
    SCOPES,
    basis_of,
    duty_name,
    months,
)
from app.commissioning.queries import HeldDuty
from app.commissioning.timetable import DAYS, Timetable, warnings
from app.web.dates import uk_date

NOT_SET = "Not set yet"


@dataclass(frozen=True, slots=True)
class Row:
    """One fact: its name, what it is in lines, and where it is changed ("" where this cannot be)."""

    key: str
    lines: tuple[str, ...]
    change: str = ""
    changes: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Facts that belong together, and what to think about."""

    id: str
    heading: str
    rows: tuple[Row, ...]
    warnings: tuple[str, ...] = ()


def sections(diagnostic: Diagnostic, duties: Sequence[HeldDuty], *, may_change: bool) -> tuple[Section, ...]:
    """Give all facts of a diagnostic."""
    found = (
        Section("diagnostic", "The diagnostic", diagnostic_rows(diagnostic)),
        Section("people", "People", people_rows(diagnostic, duties)),
        Section(
            "timetable",
            "Timetable",
            timetable_rows(diagnostic),
            warnings(Timetable.of(diagnostic)),
        ),
        Section("contact", "Contact for staff", contact_rows(diagnostic)),
        Section(
            "data-protection",
            "Data protection",
            (*organisation_rows(diagnostic), *basis_rows(diagnostic), *retention_rows(diagnostic)),
        ),
    )
    if may_change:
        return found
    return tuple(replace(section, rows=unlinked(section.rows), warnings=()) for section in found)


def unlinked(rows: Sequence[Row]) -> tuple[Row, ...]:
    """Give the rows without links to where they are changed."""
    return tuple(replace(row, change="") for row in rows)


def _at(diagnostic: Diagnostic, address: str) -> str:
    return f"/diagnostics/{diagnostic.id}/{address}?way=check"


def diagnostic_rows(diagnostic: Diagnostic) -> tuple[Row, ...]:
    """Give what the diagnostic covers and how it runs."""
    return (
        *running_rows(diagnostic),
        *scope_rows(diagnostic),
        *framework_rows(diagnostic),
        *threshold_rows(diagnostic),
    )


def running_rows(diagnostic: Diagnostic) -> tuple[Row, ...]:
    """Give who runs it, and whether there is fieldwork."""
    fieldwork = (
        "Yes: interviews, observations and documents beside the survey"
        if diagnostic.with_fieldwork
        else "No: the survey alone"
    )
    address = _at(diagnostic, "details/running")
    return (
        Row("Run", (RUN_BY.get(diagnostic.run_by, NOT_YET),), address, "who runs the diagnostic"),
        Row("Fieldwork", (fieldwork,), address, "whether there is fieldwork"),
    )


def scope_rows(diagnostic: Diagnostic) -> tuple[Row, ...]:
    """Give what it covers."""
    lines = [SCOPES.get(diagnostic.scope, NOT_YET)]
    if diagnostic.scope == NAMED_AREAS:
        lines = [f"{SCOPES[NAMED_AREAS]}:", *diagnostic.scope_areas]
    elif diagnostic.scope == NAMED_ROLES:
        names = role_group_names(diagnostic.framework)
        lines = [f"{SCOPES[NAMED_ROLES]}:", *(names.get(one, one) for one in diagnostic.scope_roles)]
    return (Row("Scope", tuple(lines), _at(diagnostic, "details/scope"), "the scope"),)


def framework_rows(diagnostic: Diagnostic) -> tuple[Row, ...]:
    """Give the framework version; it can be changed where there are several."""
    framework = framework_named(diagnostic.framework)
    address = _at(diagnostic, "details/framework") if framework is None or len(frameworks()) > 1 else ""
    return (Row("Framework", (framework_name(diagnostic.framework),), address, "the framework version"),)


def threshold_rows(diagnostic: Diagnostic) -> tuple[Row, ...]:
    """Give the smallest group."""
    text = f"{diagnostic.threshold} people"
    return (Row("Smallest group shown", (text,), _at(diagnostic, "details/threshold"), "the smallest group"),)


def people_rows(diagnostic: Diagnostic, duties: Sequence[HeldDuty]) -> tuple[Row, ...]:
    """Give who does what."""
    found = []
    for duty in (LEADS, GATHERS, HOLDS_A_KEY):
        name = duty_name(duty, diagnostic)
        lines = tuple(_person(held) for held in duties if held.duty == duty) or (NOT_YET,)
        found.append(Row(name, lines, _at(diagnostic, "people"), name[0].lower() + name[1:]))
    return tuple(found)


def _person(held: HeldDuty) -> str:
    if not held.active:
        return f"{held.name} (account closed or disabled)"
    if not held.roles:
        return f"{held.name} (no role in the council any more)"
    return held.name if held.joined else f"{held.name} (invited, has not joined yet)"


def timetable_rows(diagnostic: Diagnostic) -> tuple[Row, ...]:
    """Give the days."""
    days = Timetable.of(diagnostic).days()
    return tuple(
        Row(
            words.removeprefix("the ").capitalize(),
            (uk_date(days[name]) if name in days else NOT_SET,),
            _at(diagnostic, "timetable"),
            f"the day {words}",
        )
        for name, words in DAYS.items()
        if diagnostic.with_fieldwork or not name.startswith("fieldwork")
    )


def contact_rows(diagnostic: Diagnostic) -> tuple[Row, ...]:
    """Give whom staff ask."""
    address = _at(diagnostic, "contact")
    return (
        Row("Name", (diagnostic.contact_name or NOT_SET,), address, "the name of the contact"),
        Row(
            "Email address",
            (diagnostic.contact_email or _none_of(diagnostic),),
            address,
            "the contact’s email address",
        ),
        Row(
            "Phone number",
            (diagnostic.contact_phone or _none_of(diagnostic),),
            address,
            "the contact’s phone number",
        ),
    )


def _none_of(diagnostic: Diagnostic) -> str:
    return "None" if diagnostic.contact_email or diagnostic.contact_phone else NOT_SET


def organisation_rows(diagnostic: Diagnostic) -> tuple[Row, ...]:
    """Give who answers for the data and who handles them."""
    address = _at(diagnostic, "data-protection")
    return (
        Row("Controller", (diagnostic.controller or NOT_SET,), address, "the controller"),
        Row(
            "Data protection contact",
            (diagnostic.data_protection_contact or NOT_SET,),
            address,
            "the data protection contact",
        ),
        Row("Processor", (diagnostic.processor or NOT_SET,), address, "the processor"),
    )


def basis_rows(diagnostic: Diagnostic) -> tuple[Row, ...]:
    """Give the lawful basis."""
    lines = [basis_of(diagnostic)]
    if diagnostic.lawful_basis in BASES:
        confirmed = diagnostic.lawful_basis_confirmed_at
        lines.append(
            f"Confirmed by the council on {uk_date(confirmed)}"
            if confirmed
            else "Not confirmed by the council yet"
        )
    address = _at(diagnostic, "data-protection/basis")
    return (Row("Lawful basis", tuple(lines), address, "the lawful basis"),)


def retention_rows(diagnostic: Diagnostic) -> tuple[Row, ...]:
    """Give how long raw data are kept."""
    text = f"{months(diagnostic.raw_data_months)} after the survey closes"
    address = _at(diagnostic, "data-protection/retention")
    return (Row("Raw data kept for", (text,), address, "how long raw data are kept"),)
