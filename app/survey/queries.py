"""Reads of surveys."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commissioning.models import Authority, Diagnostic
from app.survey.models import Survey


def open_survey(session: Session, code: str) -> Survey | None:
    """Give the survey of an open link."""
    return session.scalars(select(Survey).where(Survey.open_code == code)).one_or_none()


def authority_name(session: Session, survey: Survey) -> str:
    """Give the name of the council whose staff are asked."""
    query = (
        select(Authority.name)
        .join(Diagnostic, Diagnostic.authority_code == Authority.code)
        .where(Diagnostic.id == survey.diagnostic_id)
    )
    return session.scalars(query).one()


def contact_of(session: Session, survey: Survey) -> str:
    """Give in one line whom staff can ask."""
    diagnostic = session.get_one(Diagnostic, survey.diagnostic_id)
    found = (diagnostic.contact_name, diagnostic.contact_email, diagnostic.contact_phone)
    return ", ".join(part for part in found if part)
