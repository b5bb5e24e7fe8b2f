"""What every page of the fieldwork says alike: where it stands, and what a record is called."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.commissioning.models import Diagnostic
from app.commissioning.plan.presenters import kinds_of
from app.commissioning.presenters.words import name_of
from app.fieldwork.models import FieldworkRecord
from diagnostics.framework import Framework
from diagnostics.published import SOURCES, Source
from diagnostics.wording import listed

# The pages of a record: what each is called, and its address beneath the record's.
PARTS: tuple[tuple[str, str], ...] = (
    ("Notes", "/notes"),
    ("Ratings", "/ratings"),
    ("Quotes", "/quotes"),
    ("Files", "/files"),
    ("Details", ""),
)


@dataclass(frozen=True, slots=True)
class RecordName:
    """What a record is called: its code, its kind, and with whom and where it was."""

    code: str
    kind: str
    role_group: str
    service_area: str
    month: str

    @property
    def whole(self) -> str:
        """Give all of it in a line."""
        return ", ".join(part for part in (self.kind, self.role_group, self.service_area, self.month) if part)


def fieldwork_address(diagnostic: Diagnostic, further: str = "") -> str:
    """Give the address of the fieldwork's first page, or of one beneath it."""
    return f"/diagnostics/{diagnostic.id}/fieldwork{further}"


def record_address(record: FieldworkRecord, further: str = "") -> str:
    """Give the address of a record's page, or of one beneath it."""
    return f"/diagnostics/{record.diagnostic_id}/fieldwork/records/{record.id}{further}"


def source_of(record: FieldworkRecord) -> Source:
    """Give a record's source as the method calls it."""
    return next(source for source in SOURCES if source == record.source)


def month_words(month: date | None) -> str:
    """Write a month: November 2026."""
    return f"{month:%B %Y}" if month else ""


def record_name(framework: Framework, record: FieldworkRecord, areas: Mapping[UUID, str]) -> RecordName:
    """Name a record."""
    groups = {group.id: group.name for group in framework.role_groups}
    return RecordName(
        code=record.code,
        kind=kinds_of(framework, source_of(record)).get(record.kind, record.kind),
        role_group=groups.get(record.role_group or "", ""),
        service_area=areas.get(record.service_area_id, "") if record.service_area_id else "",
        month=month_words(record.month),
    )


def heading_names(framework: Framework, wanted: Collection[str | None]) -> str:
    """Name headings in the framework's order."""
    names = [heading.name for heading in framework.headings if heading.id in wanted]
    return "all headings" if len(names) == len(framework.headings) else listed(names)


def breadcrumbs(diagnostic: Diagnostic, *further: tuple[str, str], top: bool = False) -> list[dict[str, str]]:
    """Give the way to a page of the fieldwork; ``top`` for its first page."""
    way = [("Dashboard", "/"), (name_of(diagnostic), f"/diagnostics/{diagnostic.id}")]
    if not top:
        way.append(("Fieldwork", fieldwork_address(diagnostic)))
    return [{"text": text, "href": href} for text, href in (*way, *further)]


def record_tabs(record: FieldworkRecord, here: str) -> Sequence[Mapping[str, object]]:
    """Give the pages of a record, with the one that is open marked."""
    return [
        {"text": text, "href": record_address(record, further), "here": further == here}
        for text, further in PARTS
    ]
