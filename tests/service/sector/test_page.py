"""The page across councils, and what a council's own pages make of its profile."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from math import floor
from statistics import median

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
from tests.service.sector.councils import BETWEEN, HIGH, LOW, Like
from tests.service.sector.councils import council as like_this


def publish(database: Database, people: People, councils: int, likes: Sequence[Like] = ()) -> None:
    """Have so many councils publish, each under a name of its own; they differ as far as is said."""
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
            told = like_this(held, code, likes[number]) if likes else held
            mine = replace(told, authority=replace(told.authority, code=code, name=f"Zedshire {number}"))
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


def varied(councils: int) -> list[Like]:
    """Give councils that differ in everything; those in their second wave came on or fell back."""
    draw = random.Random(8)
    stages = {LOW: range(20, 48), BETWEEN: range(42, 60), HIGH: range(55, 90)}
    made = []
    for number in range(councils):
        stage = draw.choices(list(stages), [5, 2, 3])[0]
        score, later = draw.choice(stages[stage]), number >= councils // 2
        like = Like(
            score, stage, said_not_seen=draw.random() < 0.55, need=draw.random() < 0.4,
            changed=draw.choice((-6, 0, 7, 8, 9, 10)) if later else None,
            steps=tuple(draw.sample(range(6), 3)), wave=2 if later else 1,
        )  # fmt: skip
        made.append(like)
    return made


def test_councils_that_differ_are_told_by_sides_and_middles_alone(
    browser: Browser, database: Database, people: People
) -> None:
    likes = varied(34)
    publish(database, people, len(likes), likes)
    page = browser.sign_in(people.petra).get("/sector")
    assert "30 briefs, in 3 groups of 10 councils" in page.text
    groups = [likes[start : start + 10] for start in (0, 10, 20)]
    many = sum(sum(one.said_not_seen for one in group) > 5 for group in groups)
    assert many in (1, 2), "or the words would be others"
    assert ["Said, but not seen", f"More than half in {many} of 3 groups"] in page.rows()
    medians = [floor(median(one.score for one in group) + 0.5) for group in groups]
    first = [row[1] for row in page.rows() if row[0] == "Evidence capability"]
    assert first[1] == f"{min(medians)} to {max(medians)}"
    # Those with an earlier wave are in groups of their own: 17 of them make one.
    changes = [one.changed for one in likes if one.changed is not None][:10]
    assert sum(by > 0 for by in changes) > 5
    assert first[2] == "Improved"


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
    assert "No brief is published yet, so only those who gather the evidence see this page." in page.text


def test_whoever_sees_the_council_reads_what_is_kept(
    browser: Browser, database: Database, people: People
) -> None:
    council = profiled(database, people)
    page = browser.sign_in(people.bob).get(f"/diagnostics/{council.here}/retention")
    assert "Answers and comments of the survey" in page.text
    assert "Deleted on" in page.text
    browser.sign_in(people.charlie).get(f"/diagnostics/{council.here}/retention", status=404)
