"""Asking for a profile, computing it beside the pages, and computing it again to see that it is the same."""

from dataclasses import asdict
from datetime import datetime, timedelta
from enum import Enum
from uuid import UUID

from pydantic import ValidationError
from sqlalchemy.orm import Session

from app.audit.services import note
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.fieldwork.queries import lock_diagnostic
from app.profiles.computing import Computed, Decided, MadeOf, compute
from app.profiles.gathering import ANSWERS_GONE, gather
from app.profiles.models import (
    DONE,
    FAILED,
    RUNNING,
    WAITING,
    IssuedRelease,
    ProfileBuild,
    ProfileSnapshot,
)
from app.profiles.queries import (
    builds_due,
    issued_in,
    issued_named,
    last_wave_snapshot,
    newest_build,
    next_number,
    profile_of,
    release_of,
    reviews_of,
)
from app.profiles.services import Leaks
from app.survey.models import CLOSED
from app.survey.queries import find_survey
from app.web.dates import now
from app.web.errors import Conflict, Problem
from app.web.logs import log
from diagnostics.errors import MethodError
from diagnostics.evidence import Review
from diagnostics.last_wave import read_last_wave
from diagnostics.releases import Release

# A worker that says nothing for so long has been stopped, and another begins anew.
SILENT = timedelta(minutes=30)
_LEAKS = "Nothing was stored, because somebody could work out what a colleague said. What to do:"
_FAULT = (
    "The profile could not be computed. This is a fault of the service; its log says more. Nothing was lost."
)


class Verified(Enum):
    """What computing a profile again shows."""

    IDENTICAL = "identical"
    CHANGED = "the evidence has changed since"
    PURGED = "the answers were deleted; the stored profile is as it was written"
    DIFFERENT = "different"
    DAMAGED = "damaged"


def check_can_build(session: Session, diagnostic: Diagnostic) -> None:
    """Stop whoever asks too early, too late, or twice.

    Raises
    ------
    Conflict
        Where the survey is not closed, its answers are gone, or a profile is being computed.
    """
    survey = find_survey(session, diagnostic.id)
    if survey is None or survey.state != CLOSED:
        raise Conflict("The survey is not closed yet. A profile can be computed once it is.")
    if survey.purged_on is not None:
        raise Conflict(ANSWERS_GONE)
    build = newest_build(session, diagnostic.id)
    if build is not None and build.state in (WAITING, RUNNING):
        raise Conflict("A profile is being computed already. Wait until it is done.")


def ask_for_build(session: Session, diagnostic: Diagnostic, account_id: UUID) -> ProfileBuild:
    """Ask for a profile; the worker computes it."""
    lock_diagnostic(session, diagnostic)
    check_can_build(session, diagnostic)
    build = ProfileBuild(diagnostic_id=diagnostic.id, asked_by=account_id)
    session.add(build)
    session.flush()
    note(
        session, "profile asked for", account_id,
        authority_code=diagnostic.authority_code, subject_id=diagnostic.id,
    )  # fmt: skip
    return build


def build_due(database: Database, moment: datetime) -> int:
    """Compute what somebody asked for, one after the other, and say how many."""
    done = 0
    with database.transaction(writes=False) as session:
        due = [one.id for one in builds_due(session, moment - SILENT)]
    for build_id in due:
        if _claim(database, build_id, moment):
            _build(database, build_id)
            done += 1
    return done


def material_of(session: Session, diagnostic: Diagnostic, snapshot: ProfileSnapshot | None = None) -> MadeOf:
    """Gather what a profile is made from: as it stands, or with what a stored one was compared with.

    Raises
    ------
    Conflict
        Where the survey is not closed, or its answers were deleted.
    """
    if snapshot is None:
        before, until = last_wave_snapshot(session, diagnostic), None
        issued = issued_in(session, diagnostic.id)
    else:
        before = session.get(ProfileSnapshot, snapshot.previous_id) if snapshot.previous_id else None
        until, issued = snapshot.made_at, issued_named(session, snapshot.issued)
    gathered = gather(session, diagnostic.id)
    places = {heading.id: place for place, heading in enumerate(gathered.framework.headings)}
    decided = tuple(
        Decided(Review(one.heading, one.subject, one.confirmed, one.reason), one.found)
        for one in sorted(
            reviews_of(session, diagnostic.id, until).values(),
            key=lambda one: (places.get(one.heading, len(places)), one.subject),
        )
    )
    return MadeOf(
        gathered=gathered,
        decided=decided,
        last=None if before is None else read_last_wave(before.last_wave),
        issued=tuple(release_of(one) for one in issued),
        before=() if before is None else held_of(session, before),
    )


def held_of(session: Session, before: ProfileSnapshot) -> tuple[Release, ...]:
    """Give what people hold of a wave, or its profile where they hold nothing."""
    held: list[IssuedRelease | ProfileSnapshot] = [*issued_in(session, before.diagnostic_id)]
    return tuple(release_of(one) for one in held or [before])


def verify(session: Session, diagnostic: Diagnostic, snapshot: ProfileSnapshot) -> Verified:
    """Compute a stored profile again and say whether it is the same, to the last byte."""
    try:
        stored = profile_of(snapshot)
    except ValidationError:
        return Verified.DAMAGED
    if stored.own_digest() != snapshot.digest or stored.digest != snapshot.digest:
        return Verified.DAMAGED
    survey = find_survey(session, diagnostic.id)
    if survey is None or survey.purged_on is not None:
        return Verified.PURGED
    try:
        again = compute(material_of(session, diagnostic, snapshot), lambda _: None)
    except (Leaks, MethodError):
        # What could be computed once cannot be any more.
        return Verified.DIFFERENT
    if again.inputs != snapshot.inputs:
        return Verified.CHANGED
    same = (
        again.release.published.to_json() == snapshot.published
        and again.release.knowledge.to_json() == snapshot.knowledge
        and again.hands_on.to_json() == snapshot.last_wave
    )
    return Verified.IDENTICAL if same else Verified.DIFFERENT


def _claim(database: Database, build_id: UUID, moment: datetime) -> bool:
    """Take a build for this worker; another may have been faster."""
    with database.transaction() as session:
        build = session.get_one(ProfileBuild, build_id, with_for_update=True)
        silent = build.told_at is None or build.told_at < moment - SILENT
        if build.state != WAITING and not (build.state == RUNNING and silent):
            return False
        build.state, build.told_at, build.progress = RUNNING, now(), "Gathering the evidence"
    return True


def _build(database: Database, build_id: UUID) -> None:
    try:
        with database.transaction(writes=False) as session:
            build = session.get_one(ProfileBuild, build_id)
            diagnostic = session.get_one(Diagnostic, build.diagnostic_id)
            before = last_wave_snapshot(session, diagnostic)
            issued = [str(one.id) for one in issued_in(session, diagnostic.id)]
            made_of = material_of(session, diagnostic)
        computed = compute(made_of, lambda part: _tell(database, build_id, part))
        with database.transaction() as session:
            _store(session, build_id, computed, before, issued)
    except Leaks as leaks:
        _fail(
            database, build_id, "\n".join((_LEAKS, *dict.fromkeys(w.mend for w in leaks.report.weaknesses)))
        )
    except (MethodError, Problem) as error:
        _fail(database, build_id, str(error))
    except Exception as error:
        log().error("a profile could not be computed", exc_info=error)
        _fail(database, build_id, _FAULT)


def _tell(database: Database, build_id: UUID, part: str) -> None:
    with database.transaction() as session:
        build = session.get_one(ProfileBuild, build_id)
        build.progress, build.told_at = part, now()


def _store(
    session: Session,
    build_id: UUID,
    computed: Computed,
    before: ProfileSnapshot | None,
    issued: list[str],
) -> None:
    build = session.get_one(ProfileBuild, build_id, with_for_update=True)
    diagnostic = session.get_one(Diagnostic, build.diagnostic_id, with_for_update=True)
    published = computed.release.published
    snapshot = ProfileSnapshot(
        diagnostic_id=diagnostic.id,
        number=next_number(session, diagnostic.id),
        previous_id=None if before is None else before.id,
        made_by=build.asked_by,
        framework=diagnostic.framework,
        framework_version=published.framework.version,
        method=published.method,
        inputs=computed.inputs,
        digest=published.digest,
        published=published.to_json(),
        knowledge=computed.release.knowledge.to_json(),
        last_wave=computed.hands_on.to_json(),
        withheld=[asdict(one) for one in computed.withheld],
        issued=issued,
    )
    session.add(snapshot)
    session.flush()
    build.state, build.progress, build.snapshot_id = DONE, "", snapshot.id
    note(
        session, "profile computed", build.asked_by,
        authority_code=diagnostic.authority_code, subject_id=diagnostic.id, number=snapshot.number,
    )  # fmt: skip


def _fail(database: Database, build_id: UUID, problem: str) -> None:
    with database.transaction() as session:
        build = session.get_one(ProfileBuild, build_id, with_for_update=True)
        build.state, build.progress, build.problem = FAILED, "", problem
