"""What the papers are made from: a diagnostic's own facts in words, with a gap where one is missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from app.commissioning.models import (
    BY_ITSELF,
    GATHERS,
    HOLDS_A_KEY,
    NAMED_AREAS,
    NAMED_ROLES,
    Diagnostic,
)
from app.commissioning.papers.lawful_basis import LawfulBasis, lawful_basis
from app.commissioning.papers.paper import gap
from app.commissioning.papers.queries import planned_by_source
from app.commissioning.queries import HeldDuty, duties_of, headcounts_of
from app.web.dates import today, uk_date
from diagnostics.framework import Framework
from diagnostics.wording import counted_noun, listed, place_name

CUSTODIANS = 2
_PLANNED = {
    "interview": ("interview or focus group", "interviews and focus groups"),
    "observation": ("observation", "observations"),
    "document": ("document audit", "document audits"),
}

OPENS = "the day on which the survey opens"
CLOSES = "the day on which the survey closes"
FIELDWORK = "the days between which interviews and observations take place"
BRIEF_DUE = "the day on which the brief is due"
CONTACT = "who answers staff’s questions, with an email address or a phone number"
CONTROLLER = "the controller, usually the council"
DATA_PROTECTION = "how to reach the data protection officer"
PROCESSOR = "the processor that runs the service for the controller"
BASIS = "the lawful basis, confirmed by the council"
GATHERERS = "who leads the interviews and observations"
KEY_HOLDERS = "the names of two custodians"
PEOPLE = "the number of people in the workforce frame"
PLAN = "the fieldwork plan"
AREAS = "the areas that take part"
ROLES = "the role groups that take part"
# What the diagnostic's own pages ask for. All else that is missing, somebody writes into the paper.
ASKED_FOR = frozenset(
    (
        OPENS,
        CLOSES,
        FIELDWORK,
        BRIEF_DUE,
        CONTACT,
        CONTROLLER,
        DATA_PROTECTION,
        PROCESSOR,
        BASIS,
        GATHERERS,
        KEY_HOLDERS,
        PEOPLE,
        PLAN,
        AREAS,
        ROLES,
    )
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one diagnostic. A text is the fact, or the gap that stands in for it."""

    authority: str
    place: str
    wave: int
    made: date
    threshold: int
    months: int
    by_itself: bool
    with_fieldwork: bool
    taking_part: str
    people: str
    opens: str
    closes: str
    fieldwork_dates: str
    brief_due: str
    contact: str
    controller: str
    data_protection: str
    processor: str
    basis: LawfulBasis
    gatherers: str
    custodians: str
    planned: str
    framework: Framework

    @property
    def values(self) -> Mapping[str, str]:
        """What the promises speak of."""
        return {"threshold": str(self.threshold), "closes": self.closes, "months": str(self.months)}

    @property
    def made_on(self) -> str:
        """The day on which the papers are made."""
        return uk_date(self.made)

    @property
    def rated_questions(self) -> int:
        """How many questions of the survey are answered on a scale."""
        return len(self.framework.questions) + len(self.framework.outcomes)

    @property
    def kept_for(self) -> str:
        """For how long raw data are kept."""
        return counted_noun(self.months, "month")


def read_facts(session: Session, diagnostic: Diagnostic, framework: Framework) -> Facts:
    """Gather the facts of a diagnostic."""
    people = headcounts_of(session, [diagnostic.id])[diagnostic.id]
    duties = duties_of(session, [diagnostic.id])[diagnostic.id]
    gatherers, custodians = _names(duties, GATHERS), _names(duties, HOLDS_A_KEY)
    return Facts(
        authority=diagnostic.authority.name,
        place=place_name(diagnostic.authority.name),
        wave=diagnostic.wave,
        made=today(),
        threshold=diagnostic.threshold,
        months=diagnostic.raw_data_months,
        by_itself=diagnostic.run_by == BY_ITSELF,
        with_fieldwork=diagnostic.with_fieldwork,
        taking_part=_taking_part(diagnostic, framework),
        people=f"{people:,}" if people else gap(PEOPLE),
        opens=_day(diagnostic.survey_opens_on, OPENS),
        closes=_day(diagnostic.survey_closes_on, CLOSES),
        fieldwork_dates=_between(diagnostic.fieldwork_from, diagnostic.fieldwork_until),
        brief_due=_day(diagnostic.brief_due_on, BRIEF_DUE),
        contact=_contact(diagnostic),
        controller=diagnostic.controller.strip() or gap(CONTROLLER),
        data_protection=diagnostic.data_protection_contact.strip() or gap(DATA_PROTECTION),
        processor=diagnostic.processor.strip() or gap(PROCESSOR),
        basis=lawful_basis(
            diagnostic.lawful_basis,
            diagnostic.other_basis,
            confirmed=diagnostic.lawful_basis_confirmed_at is not None,
            missing=gap(BASIS),
        ),
        gatherers=listed(gatherers) if gatherers else gap(GATHERERS),
        custodians=listed(custodians) if len(custodians) >= CUSTODIANS else gap(KEY_HOLDERS),
        planned=_planned(planned_by_source(session, diagnostic.id)),
        framework=framework,
    )


def _names(duties: Sequence[HeldDuty], duty: str) -> list[str]:
    """Give the names of those who have a duty and can still sign in."""
    return [held.name for held in duties if held.duty == duty and held.active]


def _day(day: date | None, missing: str) -> str:
    return uk_date(day) if day is not None else gap(missing)


def _between(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        return gap(FIELDWORK)
    return f"between {uk_date(first)} and {uk_date(last)}" if first != last else f"on {uk_date(first)}"


def _contact(diagnostic: Diagnostic) -> str:
    name = diagnostic.contact_name.strip()
    ways = [way for way in (diagnostic.contact_email.strip(), diagnostic.contact_phone.strip()) if way]
    return f"{name}, {' or '.join(ways)}" if name and ways else gap(CONTACT)


def _planned(numbers: Mapping[str, int]) -> str:
    said = [
        counted_noun(numbers[source], *nouns) for source, nouns in _PLANNED.items() if numbers.get(source)
    ]
    return listed(said) if said else gap(PLAN)


def _taking_part(diagnostic: Diagnostic, framework: Framework) -> str:
    """Say whom the diagnostic is about, in words that follow "is for"."""
    if diagnostic.scope == NAMED_AREAS:
        areas = listed(diagnostic.scope_areas) if diagnostic.scope_areas else gap(AREAS)
        return f"everyone who works in these parts of children’s services: {areas}"
    if diagnostic.scope == NAMED_ROLES:
        names = {group.id: group.name.lower() for group in framework.role_groups}
        roles = [names.get(role, role) for role in diagnostic.scope_roles]
        return f"these groups in children’s services: {listed(roles) if roles else gap(ROLES)}"
    return "everyone who works in children’s services"
