"""The fieldwork of a diagnostic as the method takes it, in one order whatever the order of work was."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.fieldwork.models import FieldworkRecord
from app.fieldwork.presenters import source_of
from app.fieldwork.queries import areas_of, records_of
from app.fieldwork.quotes.queries import evidence_quotes
from app.fieldwork.ratings.queries import evidence_ratings
from diagnostics.evidence import FIELDWORK, RECONCILED, Quote, Rating, Record
from diagnostics.framework import Framework

Gathered = tuple[tuple[Record, ...], tuple[Rating, ...], tuple[Quote, ...]]


def fieldwork_evidence(session: Session, diagnostic: Diagnostic) -> Gathered:
    """Give records, ratings and quotes of a diagnostic.

    A record without its month cannot be weighed by its age, so it is left out with all that belongs to it.
    Only the ratings of raters who are done count.
    """
    areas = areas_of(session, diagnostic.id)
    dated = [(one, one.month) for one in records_of(session, diagnostic.id) if one.month is not None]
    codes = in_order(one for one, _ in dated)
    by_code = {one.code: _record(one, month, areas) for one, month in dated}
    records = tuple(by_code[code] for code in codes)
    rank = ranking(codes, framework_of(diagnostic))
    ratings = (one for one in evidence_ratings(session, diagnostic.id) if one.record in by_code)
    quotes = quotes_in_order(session, diagnostic)
    return records, tuple(sorted(ratings, key=rank)), tuple(one for one in quotes if one.record in by_code)


def in_order(records: Iterable[FieldworkRecord]) -> list[str]:
    """Give the codes of records by their sources; those of one source stay in their order."""
    order = {source: place for place, source in enumerate(FIELDWORK)}
    return [one.code for one in sorted(records, key=lambda one: order[source_of(one)])]


def ranking(codes: Sequence[str], framework: Framework) -> Callable[[Rating], tuple[int, int, bool, str]]:
    """Give what ratings are sorted by: record, characteristic, rater, and what raters agreed last."""
    place = {code: number for number, code in enumerate(codes)}
    order = {one.id: number for number, one in enumerate(framework.characteristics)}

    def rank(rating: Rating) -> tuple[int, int, bool, str]:
        characteristic = order.get(rating.characteristic, len(order))
        return place[rating.record], characteristic, rating.rater == RECONCILED, rating.rater

    return rank


def quotes_in_order(session: Session, diagnostic: Diagnostic) -> tuple[Quote, ...]:
    """Give the quotes of a diagnostic, by record and in the order in which they were made.

    A quote about several characteristics stands once under each.
    """
    places = {code: place for place, code in enumerate(in_order(records_of(session, diagnostic.id)))}
    return tuple(sorted(evidence_quotes(session, diagnostic), key=lambda one: places[one.record]))


def _record(record: FieldworkRecord, month: date, areas: Mapping[UUID, str]) -> Record:
    return Record(
        id=record.code,
        source=source_of(record),
        kind=record.kind,
        role_group=record.role_group,
        service_area=areas.get(record.service_area_id) if record.service_area_id else None,
        level=record.level,
        month=month,
        people=record.people,
    )
