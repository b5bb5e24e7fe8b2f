"""Named reads of briefs, their signatures, files and readers. Whoever asks was found to be allowed to."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.briefs.models import (
    DRAFT,
    PUBLISHED,
    PUBLISHING,
    BriefFile,
    BriefShare,
    BriefSignature,
    InsightBrief,
)
from app.commissioning.models import Authority, Diagnostic
from app.profiles.models import IssuedRelease
from app.profiles.queries import profile_of
from diagnostics.published import PublishedProfile


@dataclass(frozen=True, slots=True)
class PublishedBrief:
    """A brief that is out, and the profile as it tells it."""

    brief: InsightBrief
    profile: PublishedProfile


def briefs_of(session: Session, diagnostic_id: UUID) -> Sequence[InsightBrief]:
    """Give the versions of a diagnostic's brief, the newest first."""
    return session.scalars(
        select(InsightBrief)
        .where(InsightBrief.diagnostic_id == diagnostic_id)
        .order_by(InsightBrief.number.desc())
    ).all()


def find_draft(session: Session, diagnostic_id: UUID) -> InsightBrief | None:
    """Give the version that is not out yet, also while it is being published."""
    return session.scalars(
        select(InsightBrief).where(
            InsightBrief.diagnostic_id == diagnostic_id, InsightBrief.state.in_((DRAFT, PUBLISHING))
        )
    ).one_or_none()


def find_published(session: Session, brief_id: UUID) -> InsightBrief | None:
    """Give a brief that is out."""
    return session.scalars(
        select(InsightBrief).where(InsightBrief.id == brief_id, InsightBrief.state == PUBLISHED)
    ).one_or_none()


def newest_published(session: Session, diagnostic_id: UUID) -> PublishedBrief | None:
    """Give the brief of a diagnostic that counts: the newest that was published."""
    found = session.execute(
        select(InsightBrief, IssuedRelease)
        .join(IssuedRelease, IssuedRelease.id == InsightBrief.release_id)
        .where(InsightBrief.diagnostic_id == diagnostic_id, InsightBrief.state == PUBLISHED)
        .order_by(InsightBrief.number.desc())
        .limit(1)
    ).one_or_none()
    return None if found is None else PublishedBrief(found[0], profile_of(found[1]))


def published_ids(session: Session, diagnostic_ids: Sequence[UUID]) -> Mapping[UUID, UUID]:
    """Give the newest published brief of each diagnostic that has one, with one read."""
    rows = session.execute(
        select(InsightBrief.diagnostic_id, InsightBrief.id)
        .where(InsightBrief.diagnostic_id.in_(diagnostic_ids), InsightBrief.state == PUBLISHED)
        .order_by(InsightBrief.number)
    )
    return {key: value for key, value in rows}


def briefs_in(session: Session, diagnostic_ids: Collection[UUID]) -> Mapping[UUID, Sequence[InsightBrief]]:
    """Give the versions of the briefs of several diagnostics, the oldest first, with one read."""
    found: dict[UUID, list[InsightBrief]] = {one: [] for one in diagnostic_ids}
    for brief in session.scalars(
        select(InsightBrief)
        .where(InsightBrief.diagnostic_id.in_(diagnostic_ids))
        .order_by(InsightBrief.number)
    ):
        found[brief.diagnostic_id].append(brief)
    return found


def next_number(session: Session, diagnostic_id: UUID) -> int:
    """Give the number that the next version of a brief gets."""
    newest = select(func.max(InsightBrief.number)).where(InsightBrief.diagnostic_id == diagnostic_id)
    return (session.scalar(newest) or 0) + 1


def briefs_to_publish(session: Session, silent_since: datetime) -> Sequence[InsightBrief]:
    """Give the briefs that wait for the worker, and those of which it has said nothing since a moment."""
    found = session.scalars(
        select(InsightBrief).where(InsightBrief.state == PUBLISHING).order_by(InsightBrief.id)
    )
    return [one for one in found if one.told_at is None or one.told_at < silent_since]


def signatures_of(session: Session, brief_id: UUID) -> Sequence[BriefSignature]:
    """Give who signed a brief, the first first; also those who signed an earlier text of it."""
    return session.scalars(
        select(BriefSignature)
        .where(BriefSignature.brief_id == brief_id)
        .order_by(BriefSignature.signed_at, BriefSignature.account_id)
    ).all()


def signed_among(session: Session, briefs: Sequence[InsightBrief]) -> Sequence[InsightBrief]:
    """Give those of some briefs that somebody has signed, whatever was changed since, with one read."""
    if not briefs:
        return ()
    signed = select(BriefSignature.brief_id).where(BriefSignature.brief_id.in_([one.id for one in briefs]))
    ids = frozenset(session.scalars(signed))
    return [one for one in briefs if one.id in ids]


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A file of a published brief without its bytes."""

    name: str
    media_type: str
    size: int
    sha256: str


def files_of(session: Session, brief_id: UUID) -> Sequence[FileEntry]:
    """Give what there is to download of a brief."""
    rows = session.execute(
        select(BriefFile.name, BriefFile.media_type, BriefFile.size, BriefFile.sha256)
        .where(BriefFile.brief_id == brief_id)
        .order_by(BriefFile.name)
    )
    return [FileEntry(*row) for row in rows]


def find_entry(session: Session, brief_id: UUID, name: str) -> FileEntry | None:
    """Give a file of a brief without its bytes."""
    return next((one for one in files_of(session, brief_id) if one.name == name), None)


def bytes_of(session: Session, brief_id: UUID, name: str) -> bytes:
    """Give the bytes of a file that is there."""
    return session.scalars(
        select(BriefFile.data).where(BriefFile.brief_id == brief_id, BriefFile.name == name)
    ).one()


def shares_of(session: Session, diagnostic_id: UUID) -> Sequence[tuple[BriefShare, str]]:
    """Give the councils that may read a diagnostic's briefs, with their names, in alphabetical order."""
    rows = session.execute(
        select(BriefShare, Authority.name)
        .join(Authority, Authority.code == BriefShare.authority_code)
        .where(BriefShare.diagnostic_id == diagnostic_id)
        .order_by(Authority.name)
    )
    return [(share, name) for share, name in rows]


def is_shared_with(session: Session, diagnostic_id: UUID, codes: Collection[str]) -> bool:
    """Say whether one of some councils may read a diagnostic's briefs."""
    found = session.scalars(
        select(BriefShare.id)
        .where(BriefShare.diagnostic_id == diagnostic_id, BriefShare.authority_code.in_(codes))
        .limit(1)
    )
    return found.first() is not None


@dataclass(frozen=True, slots=True)
class OutBrief:
    """A brief that is out, with the council and the wave that it is of."""

    brief: InsightBrief
    authority_code: str
    authority: str
    wave: int


def briefs_read_by(session: Session, codes: frozenset[str] | None) -> Sequence[OutBrief]:
    """Give the newest brief of every wave that people of some councils may read; None: of all councils.

    Their own come with those that other councils share with them.
    """
    newest = (
        select(InsightBrief.diagnostic_id, func.max(InsightBrief.number).label("number"))
        .where(InsightBrief.state == PUBLISHED)
        .group_by(InsightBrief.diagnostic_id)
        .subquery()
    )
    wanted = (
        select(InsightBrief, Diagnostic.authority_code, Authority.name, Diagnostic.wave)
        .join(
            newest,
            (InsightBrief.diagnostic_id == newest.c.diagnostic_id) & (InsightBrief.number == newest.c.number),
        )
        .join(Diagnostic, Diagnostic.id == InsightBrief.diagnostic_id)
        .join(Authority, Authority.code == Diagnostic.authority_code)
    )
    if codes is not None:
        shared = select(BriefShare.diagnostic_id).where(BriefShare.authority_code.in_(codes))
        wanted = wanted.where(Diagnostic.authority_code.in_(codes) | Diagnostic.id.in_(shared))
    rows = session.execute(wanted.order_by(Authority.name, Diagnostic.wave.desc()))
    return [OutBrief(*row) for row in rows]
