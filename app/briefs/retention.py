"""Drafts of briefs that nobody published, which go once the answers of the survey are gone."""

from datetime import date, datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.briefs.models import DRAFT, BriefFile, BriefSignature, InsightBrief
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.profiles.queries import went_on
from app.profiles.retention import Written, purge_words

DRAFTS_FORGOTTEN = "drafts of briefs deleted"


def delete_drafts(session: Session, diagnostic: Diagnostic, _moment: datetime) -> None:
    """Delete the drafts of a diagnostic's brief, with whatever belongs to them."""
    drafts = select(InsightBrief.id).where(
        InsightBrief.diagnostic_id == diagnostic.id, InsightBrief.state == DRAFT
    )
    for table in (BriefSignature, BriefFile):
        session.execute(delete(table).where(table.brief_id.in_(drafts)))
    session.execute(delete(InsightBrief).where(InsightBrief.id.in_(drafts)))


DRAFTS = Written(DRAFTS_FORGOTTEN, (BriefSignature, BriefFile, InsightBrief), delete_drafts)


def purge_drafts(database: Database, moment: datetime) -> int:
    """Delete the drafts of diagnostics whose answers are gone; say of how many diagnostics."""
    return purge_words(database, moment, DRAFTS)


def drafts_went_on(session: Session, diagnostic: Diagnostic) -> date | None:
    """Give the day on which the drafts of a diagnostic were deleted, if they were."""
    return went_on(session, diagnostic, DRAFTS_FORGOTTEN)
