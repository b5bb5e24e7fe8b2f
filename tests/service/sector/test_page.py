"""The page across councils, and what a council's own pages make of its profile."""

from dataclasses import replace
from datetime import timedelta

import pytest

from app.commissioning.models import Authority
from app.database.session import Database
from app.profiles.models import IssuedRelease, ProfileSnapshot
from app.profiles.queries import newest_snapshot, profile_of
from app.sector.presenters import NO_GROUP
from app.web.dates import now
from tests.service.browser import Browser
from tests.service.people import People, diagnostic
from tests.service.profiled import profiled


def publish(database: Database, people: People, councils: int) -> None:
    """Have so many councils publish, each the same profile under a name of its own."""
    council = profiled(database, people)
    with database.transaction() as session:
        snapshot = newest_snapshot(session, council.here)
        assert snapshot is not None
        held = profile_of(snapshot)
        for number in range(councils):
            code = f"XZ{number:02}"
            session.add(Authority(code=code, name=f"Zedshire {number}", kind="invented", region="North East"))
            session.flush()
            here = diagnostic(session, code, people.petra)
            mine = replace(held, authority=replace(held.authority, code=code, name=f"Zedshire {number}"))
            mine = replace(mine, digest=mine.own_digest())
            columns = {
                one.key: getattr(snapshot, one.key)
                for one in ProfileSnapshot.__table__.columns
                if one.key not in ("id", "diagnostic_id", "previous_id")
            }
            own = ProfileSnapshot(**columns, diagnostic_id=here)
            session.add(own)
            session.flush()
            session.add(
                IssuedRelease(
                    diagnostic_id=here,
                    snapshot_id=own.id,
                    issued_at=now() + timedelta(seconds=number),
                    digest=mine.digest,
                    published=mine.to_json(),
                    knowledge=snapshot.knowledge,
                )
            )


@pytest.mark.parametrize("councils", [0, 4, 5, 9, 10, 19, 20])
def test_figures_appear_from_ten_councils_on_and_name_none(
    browser: Browser, database: Database, people: People, councils: int
) -> None:
    publish(database, people, councils)
    page = browser.sign_in(people.petra).get("/sector")
    assert "Zedshire" not in page.text
    assert "Wexbourne" not in page.text
    assert (NO_GROUP in page.text) is (councils < 10)
    assert ("the briefs of 10 councils." in page.text) is (10 <= councils < 20)
    assert ("20 briefs, in 2 groups of 10 councils" in page.text) is (councils == 20)


def test_a_table_is_a_file_and_not_before_it_is_a_table(
    browser: Browser, database: Database, people: People
) -> None:
    browser.sign_in(people.petra).get("/sector/evidence_use-1/stages.csv", status=404)
    publish(database, people, 10)
    link = next(
        str(one.get("href")) for one in browser.get("/sector").all("a") if ".csv" in str(one.get("href"))
    )
    answer = browser.client.get(link)
    assert answer.status_code == 200
    assert answer.content.decode("utf-8-sig").splitlines()[0] == "Heading,Most councils are at"
    assert "Zedshire" not in answer.text


def test_a_masterclass_says_why_its_headings_were_chosen(
    browser: Browser, database: Database, people: People
) -> None:
    council = profiled(database, people)
    address = f"/diagnostics/{council.here}/masterclass"
    assert "Nothing here yet" in browser.sign_in(people.bob).get(address).text
    page = browser.sign_in(people.dana).get(address)
    assert page.text.count("Chosen because") == 3
    assert "No brief is published yet" in page.text


def test_whoever_sees_the_council_reads_what_is_kept(
    browser: Browser, database: Database, people: People
) -> None:
    council = profiled(database, people)
    page = browser.sign_in(people.bob).get(f"/diagnostics/{council.here}/retention")
    assert "Answers and comments of the survey" in page.text
    assert "Deleted on" in page.text
    browser.sign_in(people.charlie).get(f"/diagnostics/{council.here}/retention", status=404)
