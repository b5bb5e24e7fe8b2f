"""A record in rows and choices."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from app.commissioning.frame.scope import Scope
from app.commissioning.plan.presenters import kinds_of
from app.fieldwork.models import DOCUMENT, INTERVIEW, OBSERVATION, FieldworkRecord
from app.fieldwork.presenters import month_words
from diagnostics.framework import Framework
from diagnostics.published import Source

MONTHS_BACK = 18
LEVELS = {"strategic": "Strategic", "operational": "Operational", "both": "Both"}
ONE = {
    INTERVIEW: "an interview or focus group",
    OBSERVATION: "an observation",
    DOCUMENT: "a document or data review",
}
KIND = {INTERVIEW: "Kind", OBSERVATION: "Setting", DOCUMENT: "Type"}
Choices = Sequence[Mapping[str, str]]


def month_choices(day: date, also: date | None = None) -> dict[str, str]:
    """Give the months that a record can be of: those until today, newest first, and its own."""
    months = []
    year, month = day.year, day.month
    for _ in range(MONTHS_BACK):
        months.append(date(year, month, 1))
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    if also is not None and also not in months:
        months.append(also)
    return {one.isoformat(): month_words(one) for one in months}


def choices_for(
    framework: Framework, scope: Scope, areas: Mapping[UUID, str], source: Source, months: Mapping[str, str]
) -> dict[str, dict[str, str]]:
    """Give what there is to choose from in each field of a record."""
    return {
        "kind": kinds_of(framework, source),
        "role_group": {group.id: group.name for group in scope.role_groups},
        "service_area": {str(area): name for area, name in areas.items()},
        "level": LEVELS,
        "month": dict(months),
    }


def as_options(names: Mapping[str, str], nothing: str) -> Choices:
    """Put choices into a list that begins with none of them."""
    return [{"value": "", "text": nothing}, *({"value": one, "text": text} for one, text in names.items())]


def shown_values(record: FieldworkRecord) -> dict[str, object]:
    """Give what a record's form shows first."""
    return {
        "kind": record.kind,
        "role_group": record.role_group,
        "service_area": record.service_area_id,
        "level": record.level,
        "month": record.month.isoformat() if record.month else "",
        "people": record.people,
        "document_date": record.document_date or "",
        "owner_role": record.owner_role,
        "reference": record.reference,
    }
