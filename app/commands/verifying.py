"""Verifying: every stored profile is computed again and compared; every published file is as it was.

What is slow to import is imported inside the functions, so that ``diagnostic --help`` answers at once.
"""
# ruff: noqa: PLC0415

from typing import TYPE_CHECKING, Annotated

import typer

from app.commands.starting import MIGRATE, opened, read_settings
from app.console import FAULTY, NOT_READY, count, say, stop

if TYPE_CHECKING:
    from uuid import UUID

    from sqlalchemy.orm import Session

    from app.database.session import Database
    from app.profiles.building import Verified
    from app.profiles.models import ProfileSnapshot


def verify(
    council: Annotated[
        str | None, typer.Argument(metavar="COUNCIL-CODE", help="The code of one council. Without it: all.")
    ] = None,
    wave: Annotated[
        int | None, typer.Argument(metavar="WAVE", min=1, help="One wave of that council. Without it: all.")
    ] = None,
) -> None:
    """Compute every stored profile again, and read every published file. Nothing is changed.

    Says of each whether it is the same. Ends with 0 when none is different or damaged, with 1 when one is or
    the database cannot be had, and with 2 when there is no such council or wave, or settings are wrong.
    """
    settings = read_settings()
    with opened(settings) as database:
        _check_is_current(database)
        wrong, total = _verify_all(database, council, wave)
    if total is None:
        which = f"wave {wave} of {council}" if wave else f"{council}"
        stop(f"There is no {which} here.", FAULTY)
    if not total:
        say("There is no profile yet.")
    elif wrong:
        stop(f"{count(wrong, 'of them is', 'of them are')} not as it should be.", NOT_READY)


def _check_is_current(database: "Database") -> None:
    from app.database.revision import State, state_of

    # Verifying only reads, so that it can run beside the service.
    if state_of(database.engine) is not State.CURRENT:
        stop(f"The database is not up to date. Run: {MIGRATE}", NOT_READY)


def _verify_all(database: "Database", council: str | None, wave: int | None) -> tuple[int, int | None]:
    """Verify what was asked for; give how many are wrong of how many, None where nothing is called so."""
    import app.rooms  # noqa: F401 - tables that point at each other must all be known
    from app.profiles.building import Verified

    with database.transaction(writes=False) as session:
        found = _snapshots(session, council, wave)
        if found is None:
            return 0, None
        lines = [(one.id, f"{name}, wave {number}, profile {one.number}") for name, number, one in found]
    wrong = 0
    for snapshot_id, name in lines:
        outcome = _verified(database, snapshot_id)
        say(f"{name}: {outcome.value}")
        wrong += outcome in (Verified.DIFFERENT, Verified.DAMAGED)
    return wrong + _verify_briefs(database, council, wave), len(lines)


def _verify_briefs(database: "Database", council: str | None, wave: int | None) -> int:
    """Read the files of every published brief; give how many briefs are damaged."""
    from app.briefs.models import PUBLISHED
    from app.briefs.published.services import damaged_files
    from app.briefs.queries import briefs_in
    from app.profiles.queries import diagnostics_called

    wrong = 0
    with database.transaction(writes=False) as session:
        diagnostics = diagnostics_called(session, council, wave)
        briefs = briefs_in(session, [one.id for one in diagnostics])
        for diagnostic in diagnostics:
            for brief in briefs[diagnostic.id]:
                if brief.state == PUBLISHED:
                    damaged = damaged_files(session, brief)
                    outcome = f"damaged: {', '.join(damaged)}" if damaged else "its files are as published"
                    name = (
                        f"{diagnostic.authority.name}, wave {diagnostic.wave}, brief version {brief.number}"
                    )
                    say(f"{name}: {outcome}")
                    wrong += bool(damaged)
    return wrong


def _snapshots(
    session: "Session", council: str | None, wave: int | None
) -> "list[tuple[str, int, ProfileSnapshot]] | None":
    from app.profiles.queries import diagnostics_called, snapshots_of

    diagnostics = diagnostics_called(session, council, wave)
    if council is not None and not diagnostics:
        return None
    return [
        (one.authority.name, one.wave, snapshot)
        for one in diagnostics
        for snapshot in reversed(snapshots_of(session, one.id))
    ]


def _verified(database: "Database", snapshot_id: "UUID") -> "Verified":
    from app.commissioning.models import Diagnostic
    from app.profiles.building import verify as verify_one
    from app.profiles.models import ProfileSnapshot

    with database.transaction(writes=False) as session:
        snapshot = session.get_one(ProfileSnapshot, snapshot_id)
        return verify_one(session, session.get_one(Diagnostic, snapshot.diagnostic_id), snapshot)
