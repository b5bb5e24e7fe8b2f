"""Other councils stand beside a profile once ten others have published, in full groups, and never by name."""

from dataclasses import replace

import pytest

from app.briefs.beside import comparison_for
from app.commissioning.models import Authority
from app.database.session import Database
from app.profiles.models import IssuedRelease, ProfileSnapshot
from app.profiles.queries import newest_snapshot, profile_of
from diagnostics.comparison import Comparison
from diagnostics.published import PublishedProfile
from tests.service.browser import Browser
from tests.service.people import People, diagnostic
from tests.service.profiled import Council


def like(held: PublishedProfile, code: str, score: int) -> PublishedProfile:
    """Give a council with its own score under the first heading."""
    first, *rest = held.headings
    assert first.combined is not None
    headings = (replace(first, combined=replace(first.combined, score=score)), *rest)
    mine = replace(
        held, authority=replace(held.authority, code=code, name=f"Zedshire {code}"), headings=headings
    )
    return replace(mine, digest=mine.own_digest())


def publish(database: Database, people: People, council: Council, scores: list[int]) -> None:
    """Have other councils publish, one after the other."""
    with database.transaction() as session:
        snapshot = newest_snapshot(session, council.here)
        assert snapshot is not None
        for number, score in enumerate(scores):
            code = f"XZ{score:02}{number:02}"
            session.add(Authority(code=code, name=f"Zedshire {code}", kind="invented", region="North East"))
            session.flush()
            here = diagnostic(session, code, people.petra)
            mine = like(profile_of(snapshot), code, score)
            columns = {
                column.key: getattr(snapshot, column.key) for column in ProfileSnapshot.__table__.columns
            }
            kept = ProfileSnapshot(**columns | {"id": None, "diagnostic_id": here, "previous_id": None})
            session.add(kept)
            session.flush()
            session.add(
                IssuedRelease(
                    diagnostic_id=here,
                    snapshot_id=kept.id,
                    digest=mine.digest,
                    published=mine.to_json(),
                    knowledge=snapshot.knowledge,
                )
            )
            session.flush()


def compared(database: Database, council: Council) -> Comparison | None:
    with database.transaction(writes=False) as session:
        snapshot = newest_snapshot(session, council.here)
        assert snapshot is not None
        return comparison_for(session, profile_of(snapshot))


@pytest.mark.parametrize("others", [9, 10, 11, 19])
def test_ten_others_are_a_group_and_a_group_that_fills_changes_nothing(
    browser: Browser, database: Database, people: People, council: Council, others: int
) -> None:
    publish(database, people, council, list(range(40, 40 + others)))
    found = compared(database, council)
    page = browser.sign_in(people.dana).get(f"/diagnostics/{council.here}/profile/1")
    if others < 10:
        assert found is None
        assert "No comparison group yet: it takes 10 other councils" in page.text
        return
    assert found is not None and found.authorities == 10
    heading = found.headings[0]
    # Hyndman and Fan's definition 7 of 40, 41, ..., 49.
    assert (heading.lower, heading.median, heading.upper) == (42, 45, 47)
    assert "middle half of 10 other councils" in page.text
    assert "Zedshire" not in page.text
    preview = f"/diagnostics/{council.here}/brief"
    browser.submit(browser.get(f"{preview}/begin"))
    assert "middle half of 10 other councils" in browser.get(f"{preview}/preview").text.lower()
