"""The evidence list: a short mark for each record, and what the list may say of it."""

from collections.abc import Iterable
from dataclasses import dataclass

from diagnostics.evidence import DATA_REVIEW, FIELDWORK, Record
from diagnostics.framework import Framework
from diagnostics.profile import Profile
from diagnostics.published import LETTERS, EvidenceEntry
from diagnostics.reporting_groups import reporting_groups

ALL_STAFF = "All staff"


@dataclass(frozen=True, slots=True, eq=False)
class Marks:
    """Marks by record id, and role bands by role group: the only names under which evidence appears."""

    of_record: dict[str, str]
    bands: dict[str, str]
    framework: Framework

    def of_records(self, records: tuple[str, ...]) -> tuple[str, ...]:
        """Give the marks of some records, in the order of the list."""
        order = {mark: place for place, mark in enumerate(self.of_record.values())}
        return tuple(sorted((self.of_record[record] for record in records), key=order.__getitem__))

    def in_order(self, marks: Iterable[str]) -> tuple[str, ...]:
        """Put marks in the order of the list, each once: the survey's first, then the records'."""
        order = {mark: place for place, mark in enumerate(self.of_record.values())}
        return tuple(sorted(dict.fromkeys(marks), key=lambda mark: order.get(mark, -1)))

    def band_of(self, record: Record) -> str:
        """Name the role band of a record; everybody, where its role is not known or too few."""
        return self.bands.get(record.role_group or "", ALL_STAFF)


def marks_of(profile: Profile) -> Marks:
    """Give every record its mark: numbered within its source by role band and id, never by month.

    Within a band the role groups are mixed: an order of theirs would tell who is in the small one.
    """
    threshold = profile.diagnostic.threshold
    bands = {
        member: group.name
        for group in reporting_groups(profile.framework, profile.frame, threshold)
        for member in group.members
        if group.people >= threshold
    }
    order = {band: place for place, band in enumerate(dict.fromkeys(bands.values()))}
    seen = {record.id for heading in profile.headings for record in heading.records}
    of_record: dict[str, str] = {}
    for source in FIELDWORK:
        records = [r for r in profile.fieldwork.records.values() if r.source == source and r.id in seen]
        records.sort(key=lambda r: (order.get(bands.get(r.role_group or "", ""), len(order)), r.id))
        for number, record in enumerate(records, start=1):
            of_record[record.id] = f"{LETTERS[source]}{number}"
    return Marks(of_record, bands, profile.framework)


def evidence_entries(profile: Profile, marks: Marks) -> tuple[EvidenceEntry, ...]:
    """Write the list: source, role band and characteristics; a meeting only where enough people attend."""
    entries: list[EvidenceEntry] = []
    if profile.asked_staff:
        entries.append(EvidenceEntry("S", "survey", None, ALL_STAFF, ("Staff survey, all headings",)))
    for heading in profile.headings:
        spoken = [
            heading.sources,
            *(c.sources for c in profile.characteristics if c.heading is heading.heading),
        ]
        if any(sources["survey"] is not None for sources in spoken):
            topic = f"Staff survey, {heading.heading.name}"
            entries.append(EvidenceEntry(f"S {heading.heading.short}", "survey", None, ALL_STAFF, (topic,)))
    topics: dict[str, list[str]] = {}
    for characteristic in profile.characteristics:
        for source in FIELDWORK:
            result = characteristic.sources[source]
            for rated in result.records if result else ():
                topics.setdefault(rated, []).append(characteristic.characteristic.name)
    for record_id, mark in marks.of_record.items():
        record = profile.fieldwork.records[record_id]
        entries.append(
            EvidenceEntry(
                mark=mark,
                source=record.source,
                kind=_kind(profile, record),
                role_band=None if record.source == "document" else marks.band_of(record),
                topics=tuple(topics.get(record_id, ())),
            )
        )
    return tuple(entries)


def _kind(profile: Profile, record: Record) -> str | None:
    framework = profile.framework
    if record.source == "document":
        if record.kind == DATA_REVIEW:
            return "Data review"
        return next((d.name for d in framework.document_types if d.id == record.kind), None)
    if record.source == "interview":
        return next((k.name for k in framework.interview_kinds if k.id == record.kind), None)
    attended = record.people is not None and record.people >= profile.diagnostic.threshold
    name = next((s.name for s in framework.observation_settings if s.id == record.kind), None)
    return name if attended else None
