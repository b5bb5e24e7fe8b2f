"""Filling a database for a demonstration: a council for each part of the flow, and somebody of each role."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from app.accounts.services.desk import Desk
from app.briefs.published.services import share
from app.commands.demonstration.councils import (
    COUNCILS,
    Described,
    begin,
    collecting,
    date_preparation,
    describe,
    draft,
    give_duties,
    plan_fieldwork,
    write_councils,
)
from app.commands.demonstration.earlier import date_back, dating_back_the_log, since
from app.commands.demonstration.finished_wave import write_finished_wave
from app.commands.demonstration.first_plan import run_first_plan
from app.commands.demonstration.notes import write_notes
from app.commands.demonstration.people import (
    MARLSHIRE,
    PENWARDINE,
    WEXBOURNE,
    Cast,
    NotADemonstration,
    Persona,
    invent_people,
    open_accounts,
)
from app.commands.demonstration.stages import (
    add_signature,
    can_publish_here,
    compute,
    hear,
    publish,
    review,
    write,
)
from app.commands.demonstration.story import FIRST, SECOND, Story
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.interchange.evidence_folder import EvidenceFolder, read_folder
from app.settings import Settings
from app.survey.keys import KeyStore
from app.survey.models import Custody
from app.survey.windows import closes_at
from app.web.dates import today
from app.web.secrets import Secrets

Progress = Callable[[str], None]
# How often the progress is told.
PARTS = 9
_WAVES = ("wexbourne/wave_1", "wexbourne/wave_2")
# The samples' evidence stays for so long that both waves can be looked into.
_MONTHS = 24
_PREPARING, _WRITING = timedelta(weeks=5), timedelta(weeks=3)
# After the close, at an hour of work.
_DESTROYING = timedelta(days=2, hours=11)


def fill(
    database: Database, settings: Settings, secrets: Secrets, samples: Path, key: str, progress: Progress
) -> Sequence[Persona]:
    """Write the councils, the people and the diagnostics. All people share one key for their codes.

    Wexbourne goes through the whole flow: its first wave has a published brief and an action plan, its second
    a draft that waits for the second signature. Marlshire’s survey is open. Penwardine has a draft.

    Raises
    ------
    NotADemonstration
        Where the settings do not say that this is one.
    CannotBeShown
        Where a profile could not be computed, or a brief not be published.
    """
    if not settings.demo:
        raise NotADemonstration("Set DEMO=1 where a demonstration is meant.")
    progress("Inventing councils and people")
    described = {one.name: describe(samples / one.folder) for one in COUNCILS}
    people = invent_people()
    with database.transaction() as session:
        codes = write_councils(session, described)
        cast = open_accounts(Desk(session, secrets, settings), people, codes, key)
        draft(session, described[PENWARDINE], cast)
        collecting(session, described[MARLSHIRE], cast, KeyStore(settings.data_folder))
    _whole_flow(database, samples, described[WEXBOURNE], cast, codes[MARLSHIRE], progress)
    return people


def _whole_flow(
    database: Database, samples: Path, described: Described, cast: Cast, other: str, progress: Progress
) -> None:
    first_folder, second_folder = (read_folder(samples / one) for one in _WAVES)
    first = _gathered(database, first_folder, described, cast)
    can_publish = can_publish_here()
    span = since(first_folder.evidence.diagnostic.as_of + _WRITING) if can_publish else timedelta()
    with dating_back_the_log(span):
        _until_signed(database, first, first_folder, FIRST, cast, _telling(progress, 1))
        if can_publish:
            _published(database, first, cast, other, _telling(progress, 1))
        else:
            progress("Wave 1: Its brief stays a draft, as no PDF can be made here")
    second = _gathered(database, second_folder, described, cast, first)
    _until_signed(database, second, second_folder, SECOND, cast, _telling(progress, 2))


def _telling(progress: Progress, wave: int) -> Progress:
    return lambda part: progress(f"Wave {wave}: {part}")


def _gathered(
    database: Database,
    folder: EvidenceFolder,
    described: Described,
    cast: Cast,
    previous: UUID | None = None,
) -> UUID:
    """Write a wave whose survey is closed and whose fieldwork is done."""
    about = folder.evidence.diagnostic
    here = replace(described, frame=folder.frame)
    with database.transaction() as session:
        made = begin(session, here, cast.commissioner, wave=about.wave, previous=previous)
        made.raw_data_months = _MONTHS
        areas = write_finished_wave(session, made, folder, cast.pdm)
        write_notes(session, made.id, folder.evidence, cast.pdm, cast.lead)
        plan_fieldwork(session, made, here, areas)
        give_duties(session, made, cast.commissioner, cast.pdm)
        opens = about.survey_opened or about.as_of
        date_preparation(made, opens - _PREPARING)
        destroyed = closes_at(about.survey_closed or about.as_of) + _DESTROYING
        session.add_all(
            Custody(diagnostic_id=made.id, account_id=one, copies=1, destroyed_at=destroyed)
            for one in (cast.commissioner, cast.pdm)
        )
        made.fieldwork_from, made.fieldwork_until = opens, about.as_of
        made.brief_due_on = about.as_of + _WRITING
        return made.id


def _until_signed(
    database: Database,
    diagnostic_id: UUID,
    folder: EvidenceFolder,
    story: Story,
    cast: Cast,
    progress: Progress,
) -> None:
    """Compute the profile, decide on its codes, hear the council, and write a brief with one signature."""
    progress("Computing the profile")
    compute(database, diagnostic_id, cast.pdm)
    progress("Deciding on its codes, and computing it with the decisions")
    with database.transaction() as session:
        review(session, session.get_one(Diagnostic, diagnostic_id), folder.evidence.reviews, cast.pdm)
    compute(database, diagnostic_id, cast.pdm)
    progress("Hearing the council, and writing the brief")
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, diagnostic_id)
        hear(session, diagnostic, story, cast)
        write(session, diagnostic, story, cast)


def _published(database: Database, first: UUID, cast: Cast, other: str, progress: Progress) -> None:
    """Sign and publish the first brief, share it, and run its action plan."""
    progress("Publishing the brief, with its files")
    with database.transaction() as session:
        add_signature(session, session.get_one(Diagnostic, first), cast.commissioner)
    publish(database, first, cast.commissioner)
    progress("Sharing it, and running its action plan")
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, first)
        share(session, diagnostic, other, cast.commissioner)
        out = date_back(session, first, diagnostic.brief_due_on or today())
        run_first_plan(session, diagnostic, out, cast.commissioner)
