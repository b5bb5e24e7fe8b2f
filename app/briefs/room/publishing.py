"""Publishing a brief: what is in the way, and the worker that attacks it and stores its files."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from uuid import UUID

from sqlalchemy.orm import Session

from app.audit.services import note
from app.briefs.apart import apart
from app.briefs.models import DRAFT, PUBLISHED, PUBLISHING, BriefFile, InsightBrief
from app.briefs.queries import briefs_to_publish
from app.briefs.reading import MOST_WORDS, Measures, measure
from app.briefs.rendering import PageTooFull, pdf_problem
from app.briefs.room.services import Draft, check_draft, opened, seen_draft
from app.briefs.room.signing import signing_of
from app.briefs.room.telling import Material, held_beside, material_of, present, release_to_publish
from app.briefs.services import write_brief
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.fieldwork.queries import lock_diagnostic
from app.profiles.models import AS_BRIEF, IssuedRelease
from app.profiles.queries import find_reply, newest_snapshot
from app.profiles.replying import is_open
from app.profiles.reviewing import open_in
from app.profiles.services import attack
from app.web.dates import now
from app.web.errors import Conflict, Problem
from app.web.logs import log
from diagnostics.disclosure_audit import SECONDS
from diagnostics.errors import MethodError
from diagnostics.framework import Framework
from diagnostics.releases import Release
from diagnostics.wording import counted_noun

# A worker that says nothing for so long has been stopped, and another begins anew.
SILENT = timedelta(minutes=30)
_LEAKS = "It was not published, because somebody could work out what a colleague said. What to do:"
_FAULT = (
    "The brief could not be published. This is a fault of the service; its log says more. Nothing was lost."
)
MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {
        ".pdf": "application/pdf",
        ".html": "text/html; charset=utf-8",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ".csv": "text/csv; charset=utf-8",
        ".txt": "text/plain; charset=utf-8",
        ".json": "application/json",
    }
)


def measured(session: Session, diagnostic: Diagnostic, draft: Draft) -> Measures:
    """Measure the four pages of a draft."""
    material = material_of(session, diagnostic, draft, as_draft=True)
    return measure(present(material, framework_of(diagnostic)))


def obstacles(session: Session, diagnostic: Diagnostic, draft: Draft, measures: Measures) -> tuple[str, ...]:
    """Give in words what keeps a draft from being published, except for what only the attack shows."""
    found = []
    still_open = len(open_in(session, diagnostic.id))
    if still_open:
        verb = "is" if still_open == 1 else "are"
        found.append(
            f"{counted_noun(still_open, 'code')} {verb} still open. Decide on them in the review, and "
            "compute the profile with the decisions."
        )
    newest = newest_snapshot(session, diagnostic.id)
    if newest is not None and newest.id != draft.snapshot.id:
        found.append(
            f"There is a newer profile, number {newest.number}. Move the draft to it, so that what is "
            "published is what is known."
        )
    reply = find_reply(session, diagnostic.id)
    if reply is None:
        found.append("The council has not had its right of reply. Open it, and hear what people say.")
    elif is_open(reply):
        found.append("The right of reply is open. Close it when everybody has been heard.")
    if measures.too_long:
        found.append(
            f"The brief has {measures.words:,} words, and {MOST_WORDS:,} at most. Shorten or drop sentences."
        )
    lacking = signing_of(session, diagnostic, draft).lacking
    if lacking:
        found.append(lacking)
    if problem := pdf_problem():
        found.append(problem)
    return tuple(found)


def check_can_publish(session: Session, diagnostic: Diagnostic, draft: Draft) -> None:
    """Stop what may not be published yet.

    Raises
    ------
    Conflict
        With all that is in the way.
    """
    found = obstacles(session, diagnostic, draft, measured(session, diagnostic, draft))
    if found:
        raise Conflict(" ".join(found))


def ask_to_publish(session: Session, diagnostic: Diagnostic, seen: int, account_id: UUID) -> InsightBrief:
    """Ask for the draft to be published; the worker does it.

    Raises
    ------
    Conflict
        Where there is no draft, it is being published, or something is in the way.
    Stale
        Where somebody changed it after the page was made.
    """
    draft = seen_draft(session, diagnostic, seen)
    check_can_publish(session, diagnostic, draft)
    brief = draft.brief
    brief.state, brief.published_by, brief.told_at = PUBLISHING, account_id, None
    brief.progress, brief.problem = "Waiting for its turn", ""
    session.flush()
    _note(session, "publication asked for", diagnostic, brief)
    return brief


def publish_due(database: Database, moment: datetime) -> int:
    """Publish what somebody asked for, one after the other, and say how many were tried."""
    with database.transaction(writes=False) as session:
        due = [one.id for one in briefs_to_publish(session, moment - SILENT)]
    done = 0
    for brief_id in due:
        if _claim(database, brief_id, moment):
            _publish(database, brief_id)
            done += 1
    return done


def _claim(database: Database, brief_id: UUID, moment: datetime) -> bool:
    """Take a publication for this worker; another may have been faster."""
    with database.transaction() as session:
        brief = session.get_one(InsightBrief, brief_id, with_for_update=True)
        silent = brief.told_at is None or brief.told_at < moment - SILENT
        if brief.state != PUBLISHING or not silent:
            return False
        brief.told_at, brief.progress = now(), "Gathering what people hold already"
    return True


@dataclass(frozen=True, slots=True, eq=False)
class _Order:
    """What the worker takes out of the database before it begins, so that nobody waits for it."""

    material: Material
    release: Release
    held: tuple[Release, ...]
    framework: Framework


def _publish(database: Database, brief_id: UUID) -> None:
    try:
        with database.transaction(writes=False) as session:
            order = _order(session, brief_id)
        _tell(database, brief_id, "Attacking it together with what people hold already")
        report = attack((*order.held, order.release), SECONDS, lambda _: None)
        if not report.passed:
            _fail(database, brief_id, "\n".join((_LEAKS, *dict.fromkeys(w.mend for w in report.weaknesses))))
            return
        _tell(database, brief_id, "Writing the pages and setting the PDFs")
        files = apart(written, order.material, order.framework)
        with database.transaction() as session:
            _store(session, brief_id, order.release, files)
    except PageTooFull as full:
        _fail(database, brief_id, str(full))
    except (MethodError, Problem) as error:
        _fail(database, brief_id, str(error))
    except Exception as error:
        log().error("a brief could not be published", exc_info=error)
        _fail(database, brief_id, _FAULT)


def _order(session: Session, brief_id: UUID) -> _Order:
    brief = session.get_one(InsightBrief, brief_id)
    diagnostic, draft = session.get_one(Diagnostic, brief.diagnostic_id), opened(session, brief)
    return _Order(
        material=material_of(session, diagnostic, draft, as_draft=False),
        release=release_to_publish(draft),
        held=held_beside(session, diagnostic, draft),
        framework=framework_of(diagnostic),
    )


def written(material: Material, framework: Framework) -> Mapping[str, bytes]:
    """Write every file of a brief and give their bytes by their names.

    Raises
    ------
    PageTooFull
        Where one of the four pages runs over.
    """
    with TemporaryDirectory() as folder:
        made = write_brief(
            material.told,
            framework,
            Path(folder),
            previous=material.previous,
            comparison=material.comparison,
            edition=material.edition,
            strict=True,
            progress=lambda _: None,
        )
        return {name: (Path(folder) / name).read_bytes() for name in made.names}


def _store(session: Session, brief_id: UUID, release: Release, files: Mapping[str, bytes]) -> None:
    brief = session.get_one(InsightBrief, brief_id)
    diagnostic = session.get_one(Diagnostic, brief.diagnostic_id)
    lock_diagnostic(session, diagnostic)
    # While it was being written somebody may have decided anew, or computed another profile.
    check_can_publish(session, diagnostic, check_draft(session, diagnostic))
    issued = IssuedRelease(
        diagnostic_id=brief.diagnostic_id,
        snapshot_id=brief.snapshot_id,
        shown_as=AS_BRIEF,
        digest=release.published.digest,
        published=release.published.to_json(),
        knowledge=release.knowledge.to_json(),
    )
    session.add(issued)
    session.add_all(
        BriefFile(
            brief_id=brief.id,
            name=name,
            media_type=MEDIA_TYPES[Path(name).suffix],
            size=len(data),
            sha256=sha256(data).hexdigest(),
            data=data,
        )
        for name, data in files.items()
    )
    session.flush()
    brief.state, brief.release_id, brief.published_at, brief.progress = PUBLISHED, issued.id, now(), ""
    # A correction reaches whoever could read what it mends.
    replaced = session.get(InsightBrief, brief.replaces_id) if brief.replaces_id else None
    brief.public = replaced is not None and replaced.public
    session.flush()
    _note(session, "brief published", diagnostic, brief)


def _tell(database: Database, brief_id: UUID, part: str) -> None:
    with database.transaction() as session:
        brief = session.get_one(InsightBrief, brief_id)
        brief.progress, brief.told_at = part, now()


def _fail(database: Database, brief_id: UUID, problem: str) -> None:
    with database.transaction() as session:
        brief = session.get_one(InsightBrief, brief_id, with_for_update=True)
        brief.state, brief.published_by, brief.progress, brief.problem = DRAFT, None, "", problem


def _note(session: Session, action: str, diagnostic: Diagnostic, brief: InsightBrief) -> None:
    note(
        session, action, brief.published_by,
        authority_code=diagnostic.authority_code, subject_id=diagnostic.id, number=brief.number,
    )  # fmt: skip
