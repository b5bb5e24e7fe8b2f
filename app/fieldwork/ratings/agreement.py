"""How far raters of one source agree, as the method counts it."""

from collections.abc import Mapping, Sequence

from app.fieldwork.models import FieldworkRecord
from app.fieldwork.presenters import source_of
from diagnostics.evidence import FIELDWORK, Rating, Record
from diagnostics.fieldwork import Fieldwork, RaterAgreement
from diagnostics.framework import Framework
from diagnostics.published import Source


def agreement_by_source(
    framework: Framework, records: Sequence[FieldworkRecord], ratings: Sequence[Rating]
) -> Mapping[Source, RaterAgreement]:
    """Give the agreement of raters over all that was rated twice, for each source of fieldwork."""
    every = [one.id for one in framework.characteristics]
    found: dict[Source, RaterAgreement] = {}
    for source in FIELDWORK:
        here = tuple(_as_method(one) for one in records if one.source == source)
        codes = {one.id for one in here}
        rated = tuple(one for one in ratings if one.record in codes)
        found[source] = Fieldwork(framework, here, rated).rater_agreement(every)
    return found


def _as_method(record: FieldworkRecord) -> Record:
    """Give a record as the method takes it; agreement asks for no month, so any will do where it has none."""
    return Record(
        id=record.code,
        source=source_of(record),
        kind=record.kind,
        role_group=record.role_group,
        service_area=None,
        level=record.level,
        month=record.month or record.created_at.date().replace(day=1),
        people=record.people,
    )
