"""A profile is computed beside the pages, kept as it was, and computed again to the last byte."""

from datetime import timedelta

import pytest
from sqlalchemy import delete, select, update

from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.fieldwork.models import FieldworkRecord, RecordRating
from app.profiles.building import SILENT, Verified, ask_for_build, build_due, check_can_build, verify
from app.profiles.models import DONE, FAILED, RUNNING, CodeReview, ProfileBuild, ProfileSnapshot
from app.profiles.queries import newest_build, newest_snapshot, profile_of
from app.survey.models import Response, Survey
from app.web.dates import now
from app.web.errors import Conflict
from tests.service.people import People
from tests.service.profiled import Council, build, confirm_all, gathered, open_codes, profiled


@pytest.fixture
def council(database: Database, people: People) -> Council:
    """Two waves of Wexbourne with their profiles."""
    return profiled(database, people, waves=2)


def verified(database: Database, council: Council) -> Verified:
    with database.transaction(writes=False) as session:
        snapshot = newest_snapshot(session, council.here)
        assert snapshot is not None
        return verify(session, session.get_one(Diagnostic, council.here), snapshot)


def test_a_profile_is_built_from_what_was_gathered_and_is_the_same_again(
    database: Database, people: People
) -> None:
    with database.transaction() as session:
        council = gathered(session, people)
    snapshot = build(database, council.here, people.dana)
    assert snapshot.number == 1
    published = profile_of(snapshot)
    assert published.own_digest() == snapshot.digest
    assert published.authority.name == "Wexbourne"
    assert {score for heading in published.headings for score in heading.sources.present()} == {
        "survey", "interview", "observation", "document",
    }  # fmt: skip
    assert open_codes(published), "or nothing is left to decide"
    assert verified(database, council) is Verified.IDENTICAL


def test_decisions_are_in_the_next_profile_and_the_last_stays_as_it_was(
    database: Database, people: People
) -> None:
    with database.transaction() as session:
        council = gathered(session, people)
    first = build(database, council.here, people.dana)
    with database.transaction() as session:
        confirm_all(session, first, people.dana)
    second = build(database, council.here, people.dana)
    assert second.number == 2
    assert open_codes(profile_of(second)) == ()
    with database.transaction(writes=False) as session:
        kept = session.get_one(ProfileSnapshot, first.id)
        assert kept.published == first.published
        here = session.get_one(Diagnostic, council.here)
        assert verify(session, here, kept) is Verified.IDENTICAL, "the decisions came after it"


def test_a_decision_about_another_code_does_not_count(database: Database, council: Council) -> None:
    with database.transaction() as session:
        session.execute(
            update(CodeReview).where(CodeReview.diagnostic_id == council.here).values(found="something else")
        )
        asked_by = session.get_one(Diagnostic, council.here).created_by
    assert open_codes(profile_of(build(database, council.here, asked_by)))


def test_the_second_wave_is_compared_with_the_first_and_is_the_same_again(
    database: Database, council: Council
) -> None:
    with database.transaction(writes=False) as session:
        snapshot = newest_snapshot(session, council.here)
        assert snapshot is not None and snapshot.previous_id is not None
        changes = [heading.change for heading in profile_of(snapshot).headings]
    assert any(change is not None and change.difference is not None for change in changes)
    assert verified(database, council) is Verified.IDENTICAL


def test_evidence_that_was_changed_since_is_noticed(database: Database, council: Council) -> None:
    with database.transaction() as session:
        record = select(FieldworkRecord.id).where(FieldworkRecord.diagnostic_id == council.here)
        rating = session.scalars(select(RecordRating).where(RecordRating.record_id.in_(record))).first()
        assert rating is not None
        rating.stage = 1 if rating.stage == 4 else 4
    assert verified(database, council) is Verified.CHANGED


def test_a_stored_profile_that_somebody_touched_is_noticed(database: Database, council: Council) -> None:
    with database.transaction() as session:
        snapshot = newest_snapshot(session, council.here)
        assert snapshot is not None
        snapshot.published = snapshot.published.replace("Wexbourne", "Wexborne")
    assert verified(database, council) is Verified.DAMAGED


def test_after_the_answers_went_the_digest_is_verified(database: Database, council: Council) -> None:
    with database.transaction() as session:
        survey = session.get_one(Survey, council.here)
        survey.purged_on = now().date()
        session.execute(delete(Response).where(Response.diagnostic_id == council.here))
    assert verified(database, council) is Verified.PURGED


def test_the_second_wave_can_be_built_after_the_answers_of_the_first_went(
    database: Database, council: Council, people: People
) -> None:
    with database.transaction() as session:
        session.get_one(Survey, council.waves[0]).purged_on = now().date()
        session.execute(delete(Response).where(Response.diagnostic_id == council.waves[0]))
        before = newest_snapshot(session, council.here)
    assert before is not None
    assert build(database, council.here, people.dana).published == before.published


def test_nobody_asks_twice_or_too_early(database: Database, people: People) -> None:
    with database.transaction(writes=False) as session, pytest.raises(Conflict, match="not closed"):
        check_can_build(session, session.get_one(Diagnostic, people.here))
    with database.transaction() as session:
        gathered(session, people)
        ask_for_build(session, session.get_one(Diagnostic, people.here), people.dana)
    with database.transaction(writes=False) as session, pytest.raises(Conflict, match="already"):
        check_can_build(session, session.get_one(Diagnostic, people.here))


def test_what_cannot_be_computed_says_why_and_can_be_asked_for_again(
    database: Database, people: People
) -> None:
    with database.transaction() as session:
        council = gathered(session, people)
        ask_for_build(session, session.get_one(Diagnostic, council.here), people.dana)
        session.get_one(Survey, council.here).purged_on = now().date()
    assert build_due(database, now()) == 1
    with database.transaction() as session:
        failed = newest_build(session, council.here)
        assert failed is not None and failed.state == FAILED
        assert failed.problem == "The answers were deleted on the day that staff were promised."
        assert newest_snapshot(session, council.here) is None
        session.get_one(Survey, council.here).purged_on = None
    assert build(database, council.here, people.dana).number == 1


def test_a_build_whose_worker_was_stopped_is_begun_again(database: Database, people: People) -> None:
    with database.transaction() as session:
        council = gathered(session, people)
        ask_for_build(session, session.get_one(Diagnostic, council.here), people.dana)
        running = newest_build(session, council.here)
        assert running is not None
        running.state, running.told_at = RUNNING, now()
    assert build_due(database, now()) == 0, "another worker has it"
    assert build_due(database, now() + SILENT + timedelta(minutes=1)) == 1
    with database.transaction(writes=False) as session:
        assert session.get_one(ProfileBuild, running.id).state == DONE
