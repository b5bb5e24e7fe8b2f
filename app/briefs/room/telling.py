"""What a brief is written from beside its own profile: the wave before, other councils, and its edition."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from app.briefs.beside import comparison_for, previous_of
from app.briefs.brief import PLAIN, Brief, Edition, present_brief
from app.briefs.models import InsightBrief
from app.briefs.room.services import Draft, replaces
from app.commissioning.models import Diagnostic
from app.profiles.building import held_of
from app.profiles.models import ProfileSnapshot
from app.profiles.queries import issued_in, release_of
from app.web.dates import uk_date
from diagnostics.comparison import Comparison
from diagnostics.framework import Framework
from diagnostics.published import PublishedProfile
from diagnostics.releases import Release
from diagnostics.side_knowledge import read_side_knowledge

_DRAFT = Edition("draft", "This is a draft. It has not been signed by two people or published.")


@dataclass(frozen=True, slots=True, eq=False)
class Material:
    """All that the files of a brief are made from; it needs no database any more."""

    told: PublishedProfile
    previous: PublishedProfile | None
    comparison: Comparison | None
    edition: Edition


def material_of(session: Session, diagnostic: Diagnostic, draft: Draft, *, as_draft: bool) -> Material:
    """Gather what a brief is written from."""
    return Material(
        told=draft.told,
        previous=previous_of(session, draft.snapshot),
        comparison=comparison_for(session, draft.told),
        edition=_DRAFT if as_draft else _edition(session, draft.brief),
    )


def present(material: Material, framework: Framework) -> Brief:
    """Put a brief into its words and charts."""
    return present_brief(material.told, framework, material.previous, material.comparison, material.edition)


def release_to_publish(draft: Draft) -> Release:
    """Give the text as it would be published with what an attacker is assumed to know beside it."""
    knowledge = read_side_knowledge(draft.snapshot.knowledge)
    return Release(draft.told, replace(knowledge, digest=draft.told.digest))


def held_beside(session: Session, diagnostic: Diagnostic, draft: Draft) -> tuple[Release, ...]:
    """Give what people hold of this wave and of all before it, which is attacked together with the brief."""
    before: tuple[Release, ...] = ()
    if draft.snapshot.previous_id is not None:
        before = held_of(session, session.get_one(ProfileSnapshot, draft.snapshot.previous_id))
    own = issued_in(session, diagnostic.id)
    earlier = [
        one for wave in _waves_before_the_last(session, diagnostic) for one in issued_in(session, wave)
    ]
    return (*(release_of(one) for one in earlier), *before, *(release_of(one) for one in own))


def _waves_before_the_last(session: Session, diagnostic: Diagnostic) -> Iterator[UUID]:
    """Give the diagnostics before the one that this wave is compared with, the newest first."""
    last = session.get(Diagnostic, diagnostic.previous_id) if diagnostic.previous_id else None
    while last is not None and last.previous_id is not None:
        last = session.get_one(Diagnostic, last.previous_id)
        yield last.id


def _edition(session: Session, brief: InsightBrief) -> Edition:
    old = replaces(session, brief)
    if old is None or old.published_at is None:
        return PLAIN
    return Edition(
        f"version {brief.number}",
        f"This is version {brief.number}. It replaces version {old.number}, published on "
        f"{uk_date(old.published_at)}. What it mends: {brief.correction}",
    )
