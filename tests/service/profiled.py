"""A council whose evidence is in, with its profile: what the rooms after the survey begin with.

A profile of Wexbourne takes seconds to compute and to attack. The first test of a process has the service
build it for real, in a database of its own; the others write what came of it into theirs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.commands.demonstration.finished_wave import write_finished_wave
from app.commissioning.models import GATHERS, LEADS, Diagnostic, Duty
from app.database.migrate import upgrade
from app.database.session import Database
from app.interchange.evidence_folder import EvidenceFolder, read_folder
from app.profiles.building import ask_for_build, build_due
from app.profiles.computing import THERE
from app.profiles.models import DONE, CodeReview, ProfileSnapshot
from app.profiles.queries import newest_build, newest_snapshot, profile_of
from app.web.dates import now
from diagnostics.published import PublishedProfile
from tests.service.people import People, fill

SAMPLES = Path(__file__).resolve().parents[2] / "sample_data" / "wexbourne"
_NOT_KEPT = ("id", "diagnostic_id", "previous_id", "made_by", "issued")
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Council:
    """The diagnostics of Wexbourne, the first wave first."""

    waves: tuple[UUID, ...]

    @property
    def here(self) -> UUID:
        """The newest wave."""
        return self.waves[-1]


@dataclass(frozen=True, slots=True)
class _Made:
    """What a build made of a wave, and the decisions that it was made with."""

    snapshot: Row
    reviews: Sequence[Row]


def profiled(database: Database, people: People, *, waves: int = 1, decided: bool = True) -> Council:
    """Write closed waves of Wexbourne with their profiles.

    ``decided``: somebody has confirmed every code and pattern, so that a brief may be published.
    """
    with database.transaction() as session:
        council = gathered(session, people, waves)
        before = None
        for diagnostic_id, made in zip(council.waves, _built(waves, decided), strict=True):
            session.add_all(
                CodeReview(**row, diagnostic_id=diagnostic_id, decided_by=people.dana) for row in made.reviews
            )
            snapshot = ProfileSnapshot(
                **made.snapshot, diagnostic_id=diagnostic_id, previous_id=before, made_by=people.dana
            )
            session.add(snapshot)
            session.flush()
            before = snapshot.id
    return council


def undecided_profile() -> Row:
    """Give a profile on which nobody has decided, for a council that needs no answers of its own."""
    return dict(_built(1, False)[0].snapshot)


def gathered(session: Session, people: People, waves: int = 1) -> Council:
    """Write closed waves with Wexbourne's evidence and no profile. Alice leads them, Dana gathers."""
    ids = [people.here]
    code = session.get_one(Diagnostic, people.here).authority_code
    for wave in range(1, waves + 1):
        if wave > 1:
            later = Diagnostic(
                authority_code=code,
                wave=wave,
                previous_id=ids[-1],
                created_by=people.alice,
                framework="evidence_use_v1",
            )
            session.add(later)
            session.flush()
            ids.append(later.id)
        diagnostic = session.get_one(Diagnostic, ids[-1])
        diagnostic.raw_data_months = 24
        write_finished_wave(session, diagnostic, _folder(wave), people.dana, _keys(wave).__next__)
        session.add(Duty(diagnostic_id=diagnostic.id, account_id=people.alice, duty=LEADS))
        session.add(Duty(diagnostic_id=diagnostic.id, account_id=people.dana, duty=GATHERS))
    session.flush()
    return Council(tuple(ids))


def _keys(wave: int) -> Iterator[bytes]:
    """Give the same keys in every database, so that a profile of one is that of another, byte by byte."""
    return (sha256(f"{wave} {number}".encode()).digest()[:16] for number in count())


def build(database: Database, diagnostic_id: UUID, account_id: UUID) -> ProfileSnapshot:
    """Ask for a profile and have it computed."""
    with database.transaction() as session:
        ask_for_build(session, session.get_one(Diagnostic, diagnostic_id), account_id)
    assert build_due(database, now()) == 1
    with database.transaction(writes=False) as session:
        done = newest_build(session, diagnostic_id)
        assert done is not None and done.state == DONE, done and done.problem
        snapshot = newest_snapshot(session, diagnostic_id)
        assert snapshot is not None
        return snapshot


def confirm_all(session: Session, snapshot: ProfileSnapshot, account_id: UUID) -> None:
    """Confirm every code and pattern on which nobody has decided."""
    published = profile_of(snapshot)
    session.add_all(
        CodeReview(
            diagnostic_id=snapshot.diagnostic_id,
            heading=heading,
            subject=subject,
            found=found_in(published, heading, subject),
            confirmed=True,
            reason="Two of us read the notes again and agree.",
            decided_by=account_id,
            decided_at=now(),
        )
        for heading, subject in open_codes(published)
    )


def open_codes(published: PublishedProfile) -> tuple[tuple[str, str], ...]:
    """Give the codes and patterns that nobody has decided on, as heading and subject."""
    return tuple(
        (heading.id, subject)
        for heading in published.headings
        for subject, status in (
            *((f"{pair.a}-{pair.b}", pair.status) for pair in heading.pairs),
            *((pattern.id, pattern.status) for pattern in heading.patterns),
        )
        if status == "proposed"
    )


def found_in(published: PublishedProfile, heading: str, subject: str) -> str:
    """Give the code of a pair of sources, or "there" for a pattern."""
    here = next(one for one in published.headings if one.id == heading)
    return next((pair.code for pair in here.pairs if f"{pair.a}-{pair.b}" == subject), THERE)


@cache
def _folder(wave: int) -> EvidenceFolder:
    return read_folder(SAMPLES / f"wave_{wave}")


@cache
def _built(waves: int, decided: bool) -> tuple[_Made, ...]:
    with TemporaryDirectory() as folder:
        database = Database.at(f"sqlite:///{folder}/profiled.db")
        upgrade(database.engine)
        with database.transaction() as session:
            people = fill(session)
            council = gathered(session, people, waves)
        made = []
        for diagnostic_id in council.waves:
            snapshot = build(database, diagnostic_id, people.dana)
            if decided:
                with database.transaction() as session:
                    confirm_all(session, snapshot, people.dana)
                snapshot = build(database, diagnostic_id, people.dana)
            with database.transaction(writes=False) as session:
                reviews = session.scalars(
                    select(CodeReview).where(CodeReview.diagnostic_id == diagnostic_id)
                ).all()
                made.append(_Made({**_row(snapshot), "number": 1}, [_row(one) for one in reviews]))
        database.close()
        return tuple(made)


def _row(kept: ProfileSnapshot | CodeReview) -> Row:
    left = (*_NOT_KEPT, "decided_by")
    return {
        column.key: getattr(kept, column.key) for column in kept.__table__.columns if column.key not in left
    }
