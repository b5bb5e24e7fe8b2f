"""What the fieldwork does by itself: deleting what is over, and files that belong to nothing any more."""

from datetime import datetime, timedelta
from uuid import UUID

from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.database.sweeping import sweep_tables
from app.fieldwork.files.queries import names_kept
from app.fieldwork.files.store import FileStore
from app.fieldwork.retention import EMPTIED, delete_texts, diagnostics_over, mark_deleted
from app.web.dates import LONDON
from app.web.logs import log

# A file is on disk before its row is kept, which takes a moment.
_ON_ITS_WAY = timedelta(minutes=10)


def purge_fieldwork(database: Database, files: FileStore, moment: datetime) -> int:
    """Delete the notes and files whose time is up, as people were promised, and say of how many diagnostics.

    They count as deleted only when the database has forgotten them, so that what was broken off is done
    again.
    """
    day = moment.astimezone(LONDON).date()
    with database.transaction(writes=False) as session:
        over = [diagnostic.id for diagnostic in diagnostics_over(session, day)]
    if not over:
        return 0
    _delete(database, over)
    _sweep(database)
    remove_orphans(database, files, moment + _ON_ITS_WAY)
    with database.transaction() as session:
        late = 0
        for diagnostic_id in over:
            diagnostic = session.get_one(Diagnostic, diagnostic_id, with_for_update=True)
            # Somebody may have written while the database was forgetting.
            late += delete_texts(session, diagnostic)
            mark_deleted(session, diagnostic, day)
    if late:
        _sweep(database)
    return len(over)


def _delete(database: Database, diagnostics: list[UUID]) -> None:
    with database.transaction() as session:
        for diagnostic_id in diagnostics:
            delete_texts(session, session.get_one(Diagnostic, diagnostic_id, with_for_update=True))


def _sweep(database: Database) -> None:
    if not sweep_tables(database, EMPTIED):
        log().warning("the database's log could not be cut: the role needs pg_checkpoint")


def remove_orphans(database: Database, files: FileStore, moment: datetime) -> int:
    """Delete files that belong to no record and are not about to; say how many."""
    old = list(files.written_before(moment - _ON_ITS_WAY))
    if not old:
        return 0
    # Asked after the folder was read: a file whose row is kept in between stays.
    with database.transaction(writes=False) as session:
        kept = names_kept(session)
    orphans = [name for name in old if name not in kept]
    for name in orphans:
        files.remove(name)
    return len(orphans)
