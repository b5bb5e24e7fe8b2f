"""A diagnostic that lacks nothing that the papers speak of, and the papers made from it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from app.accounts.person import Role
from app.commissioning.frameworks import frameworks
from app.commissioning.models import Diagnostic, Duty, FrameCell, PlannedFieldwork, ServiceArea
from app.commissioning.papers.catalogue import KINDS, PaperId
from app.commissioning.papers.facts import BASIS, Facts, read_facts
from app.commissioning.papers.lawful_basis import LawfulBasis, lawful_basis
from app.commissioning.papers.paper import Paper, gap
from app.database.session import Database
from diagnostics.framework import Framework
from tests.service.people import HERE, People, account

CONTACT = "Siân O'Brien & <b>Łukasz</b>"


def complete(database: Database, people: People) -> None:
    """Give Wexbourne's diagnostic every fact."""
    with database.transaction() as session:
        diagnostic = of_here(session, people)
        diagnostic.survey_opens_on, diagnostic.survey_closes_on = date(2027, 1, 11), date(2027, 2, 5)
        diagnostic.fieldwork_from, diagnostic.fieldwork_until = date(2027, 1, 18), date(2027, 2, 12)
        diagnostic.brief_due_on = date(2027, 3, 19)
        diagnostic.contact_name, diagnostic.contact_email = CONTACT, "sian@wexbourne.example"
        diagnostic.controller = "Wexbourne Council"
        diagnostic.data_protection_contact = "dpo@wexbourne.example"
        diagnostic.processor = "Wŷn & Partners"
        diagnostic.lawful_basis = "public_task"
        diagnostic.lawful_basis_confirmed_at = datetime(2026, 11, 2, tzinfo=UTC)
        diagnostic.raw_data_months = 18
        diagnostic.threshold = 12
        second = account(session, "Łucja Lis", Role.COMMISSIONER, HERE)
        for holder, duty in ((people.dana, "gather"), (people.alice, "key"), (second, "key")):
            session.add(Duty(diagnostic_id=people.here, account_id=holder, duty=duty))
        cells = [
            FrameCell(role_group="leaders", headcount=14),
            FrameCell(role_group="registered", headcount=1300),
        ]
        session.add(ServiceArea(diagnostic_id=people.here, name="Early help", position=0, cells=cells))
        planned = (
            ("interview", "interview", 11),
            ("interview", "focus_group", 1),
            ("document", "strategy", 9),
        )
        for position, (source, kind, number) in enumerate(planned):
            session.add(
                PlannedFieldwork(
                    diagnostic_id=people.here, source=source, kind=kind, number=number, position=position
                )
            )


def of_here(session: Session, people: People) -> Diagnostic:
    """Give Wexbourne's diagnostic."""
    diagnostic = session.get(Diagnostic, people.here)
    assert diagnostic is not None
    return diagnostic


def change(database: Database, people: People, **values: object) -> None:
    """Change facts of Wexbourne's diagnostic."""
    with database.transaction() as session:
        diagnostic = of_here(session, people)
        for name, value in values.items():
            assert hasattr(diagnostic, name), name
            setattr(diagnostic, name, value)


def framework() -> Framework:
    """Give the framework that the diagnostic uses."""
    return frameworks()["evidence_use_v1"]


def invented_facts(**changes: object) -> Facts:
    """Give facts without a database: complete ones, but for what is changed."""
    whole = Facts(
        authority="Wexbourne",
        place="Wexbourne",
        wave=1,
        made=date(2026, 11, 26),
        threshold=12,
        months=18,
        by_itself=False,
        with_fieldwork=True,
        taking_part="everyone who works in children’s services",
        people="1,314",
        opens="11 January 2027",
        closes="5 February 2027",
        fieldwork_dates="between 18 January 2027 and 12 February 2027",
        brief_due="19 March 2027",
        contact=f"{CONTACT}, sian@wexbourne.example",
        controller="Wexbourne Council",
        data_protection="dpo@wexbourne.example",
        processor="Wŷn & Partners",
        basis=basis_of("public_task"),
        gatherers="Dana Dale",
        custodians="Alice Ashworth and Łucja Lis",
        planned="12 interviews and focus groups, and 9 document audits",
        framework=framework(),
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def basis_of(chosen: str, *, confirmed: bool = True) -> LawfulBasis:
    """Give a lawful basis in words."""
    return lawful_basis(chosen, "", confirmed=confirmed, missing=gap(BASIS))


def facts_of(database: Database, people: People) -> Facts:
    """Give the facts of Wexbourne's diagnostic."""
    with database.transaction(writes=False) as session:
        diagnostic = of_here(session, people)
        session.refresh(diagnostic, ["authority"])
        return read_facts(session, diagnostic, framework())


def paper_of(database: Database, people: People, paper: PaperId) -> Paper:
    """Give a paper of Wexbourne's diagnostic."""
    return KINDS[paper].make(facts_of(database, people))
