"""Named reads of profiles. Whoever asks has been found to be allowed to."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from app.audit.queries import noted_at
from app.commissioning.models import Diagnostic
from app.profiles.models import (
    AS_BRIEF,
    RUNNING,
    WAITING,
    CodeReview,
    IssuedRelease,
    ProfileBuild,
    ProfileSnapshot,
    ReplyAnswer,
    ReplyComment,
    RightOfReply,
)
from app.web.dates import LONDON
from diagnostics.published import PublishedProfile, read_profile
from diagnostics.releases import Release
from diagnostics.side_knowledge import read_side_knowledge

Subject = tuple[str, str]
# What the log says of a diagnostic once the database has forgotten what people wrote about its profiles.
WORDS_FORGOTTEN = "decisions and comments deleted"


def newest_build(session: Session, diagnostic_id: UUID) -> ProfileBuild | None:
    """Give the build that was asked for last."""
    return newest_builds(session, [diagnostic_id]).get(diagnostic_id)


def builds_due(session: Session, silent_since: datetime) -> Sequence[ProfileBuild]:
    """Give the builds that wait, and those whose worker has said nothing since a moment; the oldest first."""
    found = session.scalars(
        select(ProfileBuild).where(ProfileBuild.state.in_((WAITING, RUNNING))).order_by(ProfileBuild.asked_at)
    )
    return [one for one in found if one.state == WAITING or one.told_at is None or one.told_at < silent_since]


def snapshots_of(session: Session, diagnostic_id: UUID) -> Sequence[ProfileSnapshot]:
    """Give the profiles of a diagnostic, the newest first."""
    return session.scalars(
        select(ProfileSnapshot)
        .where(ProfileSnapshot.diagnostic_id == diagnostic_id)
        .order_by(ProfileSnapshot.number.desc())
    ).all()


def newest_snapshot(session: Session, diagnostic_id: UUID) -> ProfileSnapshot | None:
    """Give the newest profile of a diagnostic."""
    return newest_snapshots(session, [diagnostic_id]).get(diagnostic_id)


def find_snapshot(session: Session, diagnostic_id: UUID, number: int) -> ProfileSnapshot | None:
    """Give a profile of a diagnostic by its number."""
    return session.scalars(
        select(ProfileSnapshot).where(
            ProfileSnapshot.diagnostic_id == diagnostic_id, ProfileSnapshot.number == number
        )
    ).one_or_none()


def next_number(session: Session, diagnostic_id: UUID) -> int:
    """Give the number that the next profile of a diagnostic gets."""
    newest = select(func.max(ProfileSnapshot.number)).where(ProfileSnapshot.diagnostic_id == diagnostic_id)
    return (session.scalar(newest) or 0) + 1


def profile_of(kept: ProfileSnapshot | IssuedRelease) -> PublishedProfile:
    """Read what may leave of a profile."""
    return read_profile(kept.published)


def release_of(kept: ProfileSnapshot | IssuedRelease) -> Release:
    """Read a profile with what an attacker is assumed to know beside it."""
    return Release(read_profile(kept.published), read_side_knowledge(kept.knowledge))


def issued_in(session: Session, diagnostic_id: UUID) -> Sequence[IssuedRelease]:
    """Give what people hold of a diagnostic, the oldest first."""
    return session.scalars(
        select(IssuedRelease)
        .where(IssuedRelease.diagnostic_id == diagnostic_id)
        .order_by(IssuedRelease.issued_at, IssuedRelease.id)
    ).all()


def published_in(session: Session, diagnostic_id: UUID) -> Sequence[IssuedRelease]:
    """Give what briefs of a diagnostic published, the oldest first; drafts for a reply are left out."""
    return [one for one in issued_in(session, diagnostic_id) if one.shown_as == AS_BRIEF]


def issued_named(session: Session, ids: Iterable[str]) -> Sequence[IssuedRelease]:
    """Give releases by their ids, the oldest first."""
    return session.scalars(
        select(IssuedRelease)
        .where(IssuedRelease.id.in_([UUID(one) for one in ids]))
        .order_by(IssuedRelease.issued_at, IssuedRelease.id)
    ).all()


def last_wave_snapshot(session: Session, diagnostic: Diagnostic) -> ProfileSnapshot | None:
    """Give the profile with which this wave is compared: that which was published, or else the newest."""
    if diagnostic.previous_id is None:
        return None
    published = published_in(session, diagnostic.previous_id)
    if published:
        return session.get_one(ProfileSnapshot, published[-1].snapshot_id)
    return newest_snapshot(session, diagnostic.previous_id)


def reviews_of(
    session: Session, diagnostic_id: UUID, until: datetime | None = None
) -> Mapping[Subject, CodeReview]:
    """Give what counts of the decisions on codes and patterns, by heading and subject."""
    return reviews_in(session, [diagnostic_id], until)[diagnostic_id]


def shown_to_council(session: Session, diagnostic_id: UUID) -> frozenset[UUID]:
    """Give the ids of the profiles that the council's people were shown: for a reply, or in a brief."""
    found = session.scalars(
        select(IssuedRelease.snapshot_id).where(IssuedRelease.diagnostic_id == diagnostic_id)
    )
    return frozenset(found)


def find_reply(session: Session, diagnostic_id: UUID) -> RightOfReply | None:
    """Give the right of reply of a diagnostic, open or closed."""
    return session.get(RightOfReply, diagnostic_id)


def comments_on(session: Session, diagnostic_id: UUID) -> Mapping[str, Sequence[ReplyComment]]:
    """Give what the council's people said, by the id of the finding, the oldest first."""
    found: dict[str, list[ReplyComment]] = {}
    for one in session.scalars(
        select(ReplyComment)
        .where(ReplyComment.diagnostic_id == diagnostic_id)
        .order_by(ReplyComment.made_at, ReplyComment.id)
    ):
        found.setdefault(one.finding, []).append(one)
    return found


def find_comment(session: Session, diagnostic_id: UUID, comment_id: UUID) -> ReplyComment | None:
    """Give a comment of a diagnostic."""
    return session.scalars(
        select(ReplyComment).where(ReplyComment.id == comment_id, ReplyComment.diagnostic_id == diagnostic_id)
    ).one_or_none()


def reply_answers(session: Session, diagnostic_id: UUID) -> Sequence[ReplyAnswer]:
    """Give every person's answers to the questions about the draft, the oldest first."""
    return session.scalars(
        select(ReplyAnswer)
        .where(ReplyAnswer.diagnostic_id == diagnostic_id)
        .order_by(ReplyAnswer.saved_at, ReplyAnswer.id)
    ).all()


def words_went_on(session: Session, diagnostic: Diagnostic) -> date | None:
    """Give the day on which decisions and the right of reply's comments were deleted, if they were."""
    return went_on(session, diagnostic, WORDS_FORGOTTEN)


def went_on(session: Session, diagnostic: Diagnostic, entry: str) -> date | None:
    """Give the day on which the log says that something of a diagnostic had been deleted."""
    at = noted_at(session, entry, diagnostic.authority_code, diagnostic.id)
    return None if at is None else at.astimezone(LONDON).date()


def diagnostics_called(
    session: Session, authority_code: str | None, wave: int | None
) -> Sequence[Diagnostic]:
    """Give the diagnostics of a council, or of all, in one wave or in all; with their authorities."""
    wanted = select(Diagnostic).options(joinedload(Diagnostic.authority))
    if authority_code is not None:
        wanted = wanted.where(Diagnostic.authority_code == authority_code)
    if wave is not None:
        wanted = wanted.where(Diagnostic.wave == wave)
    return session.scalars(wanted.order_by(Diagnostic.authority_code, Diagnostic.wave)).all()


def newest_builds(session: Session, diagnostic_ids: Sequence[UUID]) -> Mapping[UUID, ProfileBuild]:
    """Give the build that was asked for last of each diagnostic that has one."""
    found = session.scalars(
        select(ProfileBuild)
        .where(ProfileBuild.diagnostic_id.in_(diagnostic_ids))
        .order_by(ProfileBuild.asked_at, ProfileBuild.id.desc())
    )
    return {one.diagnostic_id: one for one in found}


def newest_snapshots(session: Session, diagnostic_ids: Sequence[UUID]) -> Mapping[UUID, ProfileSnapshot]:
    """Give the newest profile of each diagnostic that has one."""
    newest = (
        select(ProfileSnapshot.diagnostic_id, func.max(ProfileSnapshot.number).label("number"))
        .where(ProfileSnapshot.diagnostic_id.in_(diagnostic_ids))
        .group_by(ProfileSnapshot.diagnostic_id)
        .subquery()
    )
    found = session.scalars(
        select(ProfileSnapshot).join(
            newest,
            (ProfileSnapshot.diagnostic_id == newest.c.diagnostic_id)
            & (ProfileSnapshot.number == newest.c.number),
        )
    )
    return {one.diagnostic_id: one for one in found}


def reviews_in(
    session: Session, diagnostic_ids: Sequence[UUID], until: datetime | None = None
) -> Mapping[UUID, Mapping[Subject, CodeReview]]:
    """Give what counts of the decisions in each of several diagnostics, by heading and subject."""
    wanted = select(CodeReview).where(CodeReview.diagnostic_id.in_(diagnostic_ids))
    if until is not None:
        wanted = wanted.where(CodeReview.decided_at <= until)
    found: dict[UUID, dict[Subject, CodeReview]] = {one: {} for one in diagnostic_ids}
    for one in session.scalars(wanted.order_by(CodeReview.decided_at, CodeReview.id)):
        found[one.diagnostic_id][one.heading, one.subject] = one
    return found


def published_in_order(session: Session) -> Sequence[tuple[str, PublishedProfile]]:
    """Give every published profile with its council's code, the oldest first."""
    found = session.execute(
        select(Diagnostic.authority_code, IssuedRelease)
        .join(Diagnostic, Diagnostic.id == IssuedRelease.diagnostic_id)
        .where(IssuedRelease.shown_as == AS_BRIEF)
        .order_by(IssuedRelease.issued_at, IssuedRelease.id)
    )
    return [(code, profile_of(release)) for code, release in found]
