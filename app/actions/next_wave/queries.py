"""What the change between two waves is read from."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.orm import Session

from app.commissioning.models import Diagnostic
from app.commissioning.queries import frame_of
from app.profiles.queries import newest_snapshot, profile_of, published_in
from diagnostics.published import PublishedProfile


@dataclass(frozen=True, slots=True)
class Told:
    """A profile, and whether it is a draft that only those who gather may see."""

    profile: PublishedProfile
    draft: bool


def told_profile(session: Session, diagnostic: Diagnostic, *, drafts: bool) -> Told | None:
    """Give what was published of a diagnostic last; or else its newest profile, to who may see drafts."""
    issued = published_in(session, diagnostic.id)
    if issued:
        return Told(profile_of(issued[-1]), draft=False)
    snapshot = newest_snapshot(session, diagnostic.id) if drafts else None
    return None if snapshot is None else Told(profile_of(snapshot), draft=True)


def previous_of(session: Session, diagnostic: Diagnostic) -> Diagnostic | None:
    """Give the last wave of a diagnostic: of the same council, so whoever sees the one sees the other."""
    return session.get(Diagnostic, diagnostic.previous_id) if diagnostic.previous_id else None


@dataclass(frozen=True, slots=True)
class Frame:
    """The headcounts of a frame, by service area and by the id of the role group."""

    areas: Mapping[str, int]
    groups: Mapping[str, int]


def frame_totals(session: Session, diagnostic: Diagnostic) -> Frame:
    """Add a frame up."""
    areas: dict[str, int] = {}
    groups: dict[str, int] = {}
    for area in frame_of(session, diagnostic):
        areas[area.name] = sum(cell.headcount for cell in area.cells)
        for cell in area.cells:
            groups[cell.role_group] = groups.get(cell.role_group, 0) + cell.headcount
    return Frame(areas, {name: number for name, number in groups.items() if number})
