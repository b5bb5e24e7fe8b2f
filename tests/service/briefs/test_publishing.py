"""Publishing: refused with its reasons, attacked with what people hold, and stored once and for all."""

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select, update

from app.briefs.beside import previous_of
from app.briefs.editing.changing import add, choose_steps, reword
from app.briefs.editing.edits import Edits, Wording
from app.briefs.models import DRAFT, PUBLISHED, PUBLISHING, BriefFile, InsightBrief
from app.briefs.queries import bytes_of, files_of, find_draft, newest_published
from app.briefs.room import publishing
from app.briefs.room.publishing import SILENT, ask_to_publish, measured, obstacles, publish_due
from app.briefs.room.services import Change, begin, change, check_draft
from app.briefs.room.telling import held_beside
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.profiles.models import AS_BRIEF, AS_DRAFT, CodeReview, IssuedRelease, ProfileSnapshot
from app.profiles.queries import newest_snapshot, profile_of, published_in
from app.profiles.replying import close_reply, open_reply
from app.web.dates import now, today
from diagnostics.published import PublishedProfile, read_profile
from tests.service.briefs.furniture import publish_through, replied, sign_by_two
from tests.service.browser import Browser
from tests.service.people import People
from tests.service.profiled import Council, build, confirm_all, profiled

LEADERS = "culture.leaders_above_practitioners"
REASON = "The council has begun this already."


def draft(database: Database, people: People, council: Council, *changes: Change) -> InsightBrief:
    """Begin a draft, change it, and have it signed."""
    with database.transaction() as session:
        diagnostic = replied(session, council.here, people)
        brief = begin(session, diagnostic, "", people.dana)
        for one in changes:
            change(session, diagnostic, brief.revision, one, people.dana)
        sign_by_two(session, diagnostic, people)
        return brief


def ask(database: Database, people: People, council: Council) -> None:
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        ask_to_publish(session, diagnostic, check_draft(session, diagnostic).brief.revision, people.dana)


def in_the_way(database: Database, council: Council) -> str:
    with database.transaction(writes=False) as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        draft = check_draft(session, diagnostic)
        return " ".join(obstacles(session, diagnostic, draft, measured(session, diagnostic, draft)))


def of_draft(database: Database, council: Council) -> InsightBrief:
    with database.transaction(writes=False) as session:
        found = find_draft(session, council.here)
        assert found is not None
        return found


def in_other_words(edits: Edits, profile: PublishedProfile) -> Edits:
    text = "Leaders put culture 30 points above what practitioners say."
    return reword(edits, profile, LEADERS, Wording("", text))


def other_steps(edits: Edits, profile: PublishedProfile) -> Edits:
    return choose_steps(edits, profile, ["cap_step_guide", "cul_step_pilots"], REASON)


def test_from_the_draft_to_the_files_through_the_pages_and_the_worker(
    browser: Browser, database: Database, people: People, council: Council, room: str
) -> None:
    """In another process, as the service does it."""
    draft(database, people, council, in_other_words, other_steps)
    browser.sign_in(people.dana)
    asked = browser.submit(browser.get(f"{room}/publish"))
    assert "It is being published" in asked.text
    assert "Waiting for its turn" in asked.text
    browser.get(f"{room}/findings/verdict", status=409)
    assert publish_due(database, now()) == 1
    assert publish_due(database, now()) == 0
    with database.transaction(writes=False) as session:
        out = newest_published(session, council.here)
        assert out is not None
        names = {one.name for one in files_of(session, out.brief.id)}
        html = bytes_of(session, out.brief.id, "brief.html").decode()
        annex = bytes_of(session, out.brief.id, "annex.html").decode()
        assert bytes_of(session, out.brief.id, "brief.pdf").startswith(b"%PDF-1.7")
        for one in session.scalars(select(BriefFile)):
            assert (one.size, one.sha256) == (len(one.data), sha256(one.data).hexdigest())
        assert [one.shown_as for one in published_in(session, council.here)] == [AS_BRIEF]
    assert names == {
        "brief.pdf", "brief.html", "brief.docx", "annex.pdf", "annex.html", "tables.xlsx", "tables.csv",
        "actions.xlsx", "self-evaluation.txt", "for-staff.pdf", "for-staff.html",
    }  # fmt: skip
    assert "Leaders put culture 30 points above what practitioners say." in html
    assert "draft" not in html.split("</title>")[0]
    assert REASON in annex
    assert out.profile.steps_note == REASON
    assert out.profile.own_digest() == out.profile.digest
    page = browser.get(room)
    assert "It was published on" in page.text
    assert "by Dana Dale" in page.text
    assert "It was published on" in browser.get(f"/diagnostics/{council.here}").text


def test_each_obstacle_is_named_and_goes_when_it_is_mended(
    database: Database, people: People, council: Council, browser: Browser, room: str
) -> None:
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        begin(session, diagnostic, "", people.dana)
    assert "The council has not had its right of reply." in in_the_way(database, council)
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        open_reply(session, diagnostic, today(), people.dana)
    assert "The right of reply is open." in in_the_way(database, council)
    with database.transaction() as session:
        close_reply(session, session.get_one(Diagnostic, council.here), people.dana)
    assert in_the_way(database, council) == "Two people have to sign, one of whom gathered the evidence."
    with database.transaction() as session:
        sign_by_two(session, session.get_one(Diagnostic, council.here), people)
    assert in_the_way(database, council) == ""
    with database.transaction() as session:
        session.execute(update(CodeReview).values(confirmed=False))
    assert "codes are still open. Decide on them in the review" in in_the_way(database, council)
    browser.sign_in(people.dana)
    assert "still open" in browser.get(f"{room}/publish", status=409).text


def test_a_newer_profile_has_to_be_taken_first(database: Database, people: People, council: Council) -> None:
    draft(database, people, council)
    snapshot = build(database, council.here, people.dana)
    with database.transaction() as session:
        confirm_all(session, snapshot, people.dana)
    assert "There is a newer profile, number 2." in in_the_way(database, council)


@pytest.mark.usefixtures("written_once")
def test_what_people_hold_is_attacked_together_with_it_and_stops_it(
    database: Database, people: People, council: Council, browser: Browser, room: str
) -> None:
    """Somebody holds a version in which one more person answered: the difference is that person."""
    draft(database, people, council)
    with database.transaction() as session:
        snapshot = newest_snapshot(session, council.here)
        assert snapshot is not None
        told = json.loads(snapshot.published)
        told["response"]["answered"] += 1
        other = read_profile(json.dumps(told))
        other = replace(other, digest=other.own_digest())
        knowledge = json.loads(snapshot.knowledge) | {"digest": other.digest}
        session.add(
            IssuedRelease(
                diagnostic_id=council.here,
                snapshot_id=snapshot.id,
                shown_as=AS_DRAFT,
                digest=other.digest,
                published=other.to_json(),
                knowledge=json.dumps(knowledge),
            )
        )
    ask(database, people, council)
    assert publish_due(database, now()) == 1
    refused = of_draft(database, council)
    assert refused.state == DRAFT
    assert refused.problem.startswith(
        "It was not published, because somebody could work out what a colleague said."
    )
    browser.sign_in(people.dana)
    assert "It was not published" in browser.get(room).text
    with database.transaction(writes=False) as session:
        assert session.scalars(select(BriefFile)).all() == []
        assert published_in(session, council.here) == []


def test_pages_that_run_over_are_refused_in_words(
    database: Database, people: People, council: Council
) -> None:
    def long_words(edits: Edits, profile: PublishedProfile) -> Edits:
        text = "Multidisciplinary misunderstandings notwithstanding, " * 5
        for heading in profile.headings:
            for finding in heading.findings[:2]:
                edits = reword(edits, profile, finding, Wording("", text.strip()))
            if len(heading.findings) < 2:
                edits = add(edits, heading.id, text.strip(), [f"S {heading.id}"])
        return edits

    draft(database, people, council, long_words)
    assert in_the_way(database, council) == ""
    ask(database, people, council)
    publish_due(database, now())
    assert of_draft(database, council).problem == (
        "Page 2 says more than there is room for. Shorten the sentences there, or drop one."
    )


def test_too_many_words_are_refused(database: Database, people: People, council: Council) -> None:
    def wordy(edits: Edits, profile: PublishedProfile) -> Edits:
        for heading in profile.headings:
            for finding in heading.findings:
                words = Wording("", ("We all say it as it is to us. " * 10).strip())
                edits = reword(edits, profile, finding, words)
        return edits

    draft(database, people, council, wordy)
    assert "words, and 1,500 at most. Shorten or drop sentences." in in_the_way(database, council)


@pytest.mark.usefixtures("written_once")
def test_what_changes_while_it_is_written_stops_it(
    database: Database, people: People, council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft(database, people, council)
    ask(database, people, council)
    write = vars(publishing)["apart"]

    def meanwhile(*args: object) -> object:
        with database.transaction() as session:
            session.execute(update(CodeReview).values(confirmed=False))
        return write(*args)

    monkeypatch.setattr(publishing, "apart", meanwhile)
    publish_due(database, now())
    refused = of_draft(database, council)
    assert (refused.state, refused.published_by) == (DRAFT, None)
    assert "still open" in refused.problem


@pytest.mark.usefixtures("written_once")
def test_a_worker_that_was_stopped_is_followed_by_another(
    database: Database, people: People, council: Council
) -> None:
    draft(database, people, council)
    ask(database, people, council)
    with database.transaction() as session:
        session.execute(update(InsightBrief).values(told_at=now(), progress="Writing the pages"))
    assert publish_due(database, now()) == 0
    assert of_draft(database, council).state == PUBLISHING
    assert publish_due(database, now() + SILENT + timedelta(minutes=1)) == 1
    with database.transaction(writes=False) as session:
        assert newest_published(session, council.here) is not None


@pytest.mark.usefixtures("written_once")
def test_a_correction_names_what_it_replaces_which_stays_as_it_was(
    browser: Browser, database: Database, people: People, council: Council, room: str
) -> None:
    first = publish_through(database, people, council.here)
    with database.transaction(writes=False) as session:
        before = {one.name: one.sha256 for one in files_of(session, first)}
    browser.sign_in(people.dana)
    page = browser.get(browser.get(room).link("Begin a new version"))
    assert browser.submit(page).errors == ["Say what the new version mends"]
    counted = browser.submit(page, {"correction": "Three people were counted twice."})
    assert "Take “Three” out." in counted.errors[0]
    begun = browser.submit(page, {"correction": "The name of a team was wrong."})
    assert "Draft of version 2" in begun.text
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        change(session, diagnostic, 1, in_other_words, people.dana)
        sign_by_two(session, diagnostic, people)
    ask(database, people, council)
    publish_due(database, now())
    with database.transaction(writes=False) as session:
        out = newest_published(session, council.here)
        assert out is not None
        assert (out.brief.number, out.brief.replaces_id) == (2, first)
        html = bytes_of(session, out.brief.id, "brief.html").decode()
        assert {one.name: one.sha256 for one in files_of(session, first)} == before
        assert [one.state for one in session.scalars(select(InsightBrief))] == [PUBLISHED, PUBLISHED]
    assert "wave 1, version 2" in html
    assert "It replaces version 1, published on" in html
    assert "What it mends: The name of a team was wrong." in html
    room_page = browser.get(room)
    assert "Version 1 , published on" in room_page.text
    old = browser.get(f"/briefs/{first}")
    assert old.heading == "A newer version took its place"
    assert browser.get(old.link("Read version 1 all the same")).response.content


@pytest.mark.usefixtures("written_once")
def test_the_next_wave_is_set_beside_the_brief_that_was_published_last(
    database: Database, people: People
) -> None:
    """Not beside what the profile proposed, and not beside a version that was corrected."""
    waves = profiled(database, people, waves=2).waves
    publish_through(database, people, waves[0])
    with database.transaction() as session:
        first = session.get_one(Diagnostic, waves[0])
        brief = begin(session, first, "The name of a team was wrong.", people.dana)
        change(session, first, brief.revision, in_other_words, people.dana)
        sign_by_two(session, first, people)
        ask_to_publish(session, first, check_draft(session, first).brief.revision, people.dana)
    publish_due(database, now())
    second = publish_through(database, people, waves[1])
    with database.transaction(writes=False) as session:
        snapshot = newest_snapshot(session, waves[1])
        assert snapshot is not None
        before, told = previous_of(session, snapshot), profile_of(published_in(session, waves[1])[-1])
        html = bytes_of(session, second, "brief.html").decode()
    assert before is not None
    assert before.wave == 1
    assert before.finding(LEADERS).text == "Leaders put culture 30 points above what practitioners say."
    assert told.wave == 2
    assert "Since 2025" in html


def test_a_third_wave_is_attacked_together_with_all_before_it(database: Database, people: People) -> None:
    waves = profiled(database, people, waves=2).waves
    with database.transaction() as session:
        for wave in waves:
            replied(session, wave, people)
        second = session.get_one(Diagnostic, waves[1])
        third = Diagnostic(
            authority_code=second.authority_code, wave=3, previous_id=second.id,
            created_by=people.alice, framework=second.framework,
        )  # fmt: skip
        session.add(third)
        session.flush()
        begin(session, second, "", people.dana)
        draft = check_draft(session, second)
        told = [one.published.wave for one in held_beside(session, second, draft)]
        # As the third wave would see it, which is compared with the second.
        later = replace(draft, snapshot=_of_the_next(draft.snapshot))
        held = [one.published.wave for one in held_beside(session, third, later)]
    assert told == [1, 2]
    assert held == [1, 2]


def _of_the_next(before: ProfileSnapshot) -> ProfileSnapshot:
    return ProfileSnapshot(diagnostic_id=before.diagnostic_id, previous_id=before.id)
