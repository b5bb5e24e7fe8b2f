"""What was gathered, as it may leave in a file: never a rating that whoever asks may not see yet."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.commissioning.models import Diagnostic
from app.fieldwork.evidence import in_order, quotes_in_order, ranking
from app.fieldwork.exchange.queries import saved_fieldwork
from app.fieldwork.ratings.queries import evidence_ratings, shown_ratings
from app.interchange.fieldwork_workbook import Gathered, Row
from diagnostics.framework import Framework


def gathered_for(session: Session, diagnostic: Diagnostic, framework: Framework, person_id: UUID) -> Gathered:
    """Give the fieldwork of a diagnostic as one person may take it away."""
    saved = saved_fieldwork(session, diagnostic, person_id)
    codes = in_order(saved.records.values())
    records = tuple(
        Row(
            id=record.code,
            source=record.source,
            kind=record.kind,
            role_group=record.role_group,
            service_area=saved.areas.get(record.service_area_id) if record.service_area_id else None,
            level=record.level,
            month=f"{record.month:%Y-%m}" if record.month else "",
            people=record.people,
        )
        for record in (saved.records[code] for code in codes)
    )
    ratings = sorted(shown_ratings(session, diagnostic.id, person_id), key=ranking(codes, framework))
    notes = {code: saved.notes[code].text for code in codes if code in saved.notes}
    return Gathered(records, tuple(ratings), quotes_in_order(session, diagnostic), notes)


def left_out(session: Session, diagnostic: Diagnostic, person_id: UUID) -> tuple[str, ...]:
    """Give the records of which a person may not take away all ratings."""
    shown = set(shown_ratings(session, diagnostic.id, person_id))
    hidden = {one.record for one in evidence_ratings(session, diagnostic.id) if one not in shown}
    return tuple(sorted(hidden))
