"""Each code and pattern is confirmed or overruled with a reason, and nothing is published before."""

import pytest
from sqlalchemy import select

from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.profiles.building import ask_for_build
from app.profiles.models import CodeReview, ProfileSnapshot
from app.profiles.queries import newest_snapshot, profile_of
from app.profiles.reviewing import can_review, open_in
from tests.service.browser import Browser
from tests.service.people import People
from tests.service.profiled import Council, build, open_codes, profiled

PATTERN = "systems/written_not_done"
PAIR = "systems/observation-document"


@pytest.fixture
def council(database: Database, people: People) -> Council:
    """A closed wave with its profile, on which nobody has decided."""
    return profiled(database, people, decided=False)


@pytest.fixture
def review(browser: Browser, people: People, council: Council) -> str:
    """The address of the review, for Dana who gathers."""
    browser.sign_in(people.dana)
    return f"/diagnostics/{council.here}/profile/review"


def still_open(database: Database, council: Council) -> set[str]:
    with database.transaction(writes=False) as session:
        return {"/".join(one) for one in open_in(session, council.here)}


def reviews(database: Database) -> list[CodeReview]:
    with database.transaction(writes=False) as session:
        return list(session.scalars(select(CodeReview).order_by(CodeReview.decided_at)))


def test_the_review_says_first_what_is_open(
    browser: Browser, database: Database, council: Council, review: str
) -> None:
    with database.transaction(writes=False) as session:
        snapshot = newest_snapshot(session, council.here)
        assert snapshot is not None
        proposed = {"/".join(one) for one in open_codes(profile_of(snapshot))}
    page = browser.get(review)
    assert f"{len(proposed)} of {len(proposed)} codes are still open." in page.text
    linked = {(one.get("href") or "").removeprefix(f"{review}/") for one in page.all("a")}
    assert proposed <= linked, "each has a page of its own"
    assert "Written, not done" in page.text
    assert still_open(database, council) == proposed


def test_a_code_is_overruled_with_a_reason_and_the_next_profile_holds_it(
    browser: Browser, database: Database, people: People, council: Council, review: str
) -> None:
    page = browser.get(f"{review}/{PATTERN}")
    assert "Documents ask for it." in page.text
    values = {"decision": "overrule", "reason": "The audits were written before the new policy."}
    after = browser.submit(page, values)
    assert after.path == review
    assert "The code is overruled." in after.text
    assert "Decided, and not in the profile yet" in after.text
    assert "Overruled: The audits were written before the new policy." in after.text
    (kept,) = reviews(database)
    assert (kept.heading, kept.subject, kept.found, kept.confirmed) == (*PATTERN.split("/"), "there", False)
    assert PATTERN in still_open(database, council), "until it is in a profile"
    assert "This was overruled, so it will not count." in after.text
    snapshot = build(database, council.here, people.dana)
    heading = next(one for one in profile_of(snapshot).headings if one.id == "systems")
    pattern = next(one for one in heading.patterns if one.id == "written_not_done")
    assert (pattern.status, pattern.reason) == ("overruled", values["reason"])
    assert PATTERN not in still_open(database, council)
    assert f"{len(still_open(database, council))} of" in browser.get(review).text


def test_without_decision_or_reason_nothing_is_kept(
    browser: Browser, database: Database, review: str
) -> None:
    page = browser.submit(browser.get(f"{review}/{PAIR}"), {"reason": "We looked again."})
    assert page.errors == ["Choose whether to confirm or overrule it"]
    assert "We looked again." in page.text
    page = browser.submit(page, {"decision": "confirm", "reason": ""})
    assert page.errors == ["Enter the reason, in one sentence or two"]
    page = browser.submit(page, {"decision": "perhaps", "reason": "x" * 601})
    assert page.errors == [
        "Choose whether to confirm or overrule it",
        "The reason must be 600 characters or fewer",
    ]
    assert reviews(database) == []


def test_a_mind_is_changed_and_the_earlier_decision_stays(
    browser: Browser, database: Database, review: str
) -> None:
    browser.submit(browser.get(f"{review}/{PAIR}"), {"decision": "confirm", "reason": "We agree."})
    page = browser.get(f"{review}/{PAIR}")
    assert page.fields()["reason"] == ["We agree."]
    assert "Confirmed: We agree." in page.text
    browser.submit(page, {"decision": "overrule", "reason": "We read the notes again."})
    assert [one.confirmed for one in reviews(database)] == [True, False]
    text = browser.get(review).text
    assert "We read the notes again." in text
    assert "We agree." not in text


def test_a_decision_on_what_somebody_else_decided_meanwhile_is_shown_first(
    browser: Browser, database: Database, review: str
) -> None:
    mine = browser.get(f"{review}/{PAIR}")
    theirs = browser.get(f"{review}/{PAIR}")
    browser.submit(theirs, {"decision": "overrule", "reason": "Two documents are out of date."})
    page = browser.submit(mine, {"decision": "confirm", "reason": "It fits."})
    assert page.errors[0].startswith("This has changed while the page was open")
    assert "Two documents are out of date." in page.text
    assert page.fields()["reason"] == ["It fits."]
    assert len(reviews(database)) == 1
    browser.submit(page)
    assert [one.confirmed for one in reviews(database)] == [False, True]


def test_a_decision_on_another_code_is_not_kept(browser: Browser, database: Database, review: str) -> None:
    page = browser.get(f"{review}/{PAIR}")
    wrong = browser.submit(page, {"decision": "confirm", "reason": "It fits.", "found": "agreement"})
    assert wrong.errors[0].startswith("This has changed")
    assert reviews(database) == []
    browser.get(f"{review}/systems/survey-nothing", status=404)


def test_several_are_confirmed_for_one_reason(
    browser: Browser, database: Database, council: Council, review: str
) -> None:
    before = still_open(database, council)
    page = browser.get(browser.get(review).link("Confirm several for one reason"))
    boxes = [one.get("value") or "" for one in page.all("input") if one.get("name") == "codes"]
    assert len(boxes) == len(before)
    wrong = browser.submit(page, {"codes": (), "reason": ""})
    assert wrong.errors == ["Tick what you want to confirm", "Enter the reason, in one sentence or two"]
    stale = browser.submit(page, {"codes": [boxes[0], "systems|nothing|there"], "reason": "We agree."})
    assert stale.errors[0].startswith("This has changed")
    assert reviews(database) == []
    done = browser.submit(page, {"codes": boxes, "reason": "Two of us read the notes again."})
    assert f"{len(boxes)} codes are confirmed." in done.text
    assert f"All are decided. {len(boxes)} decisions are not in the profile yet" in done.text
    assert still_open(database, council) == before
    building = browser.submit(done)
    assert "A profile is being computed" in building.text


def test_after_all_is_decided_and_built_nothing_is_open(database: Database, people: People) -> None:
    council = profiled(database, people)
    assert still_open(database, council) == set()
    with database.transaction() as session:
        review = session.scalars(select(CodeReview).where(CodeReview.diagnostic_id == council.here)).first()
        assert review is not None
        changed = CodeReview(
            diagnostic_id=council.here,
            heading=review.heading,
            subject=review.subject,
            found=review.found,
            confirmed=False,
            reason="We changed our mind.",
            decided_by=people.dana,
        )
        session.add(changed)
    assert still_open(database, council) == {f"{review.heading}/{review.subject}"}


def test_nobody_decides_while_a_profile_is_computed(
    browser: Browser, database: Database, people: People, council: Council, review: str
) -> None:
    page = browser.get(f"{review}/{PAIR}")
    with database.transaction() as session:
        here = session.get_one(Diagnostic, council.here)
        assert can_review(session, here)
        ask_for_build(session, here, people.dana)
        assert not can_review(session, here)
    refused = browser.submit(page, {"decision": "confirm", "reason": "It fits."}, status=409)
    assert "Decide when it is done" in refused.text
    assert "Decide when it is done" in browser.get(review).text
    assert reviews(database) == []


def test_only_those_who_gather_decide(browser: Browser, people: People, review: str) -> None:
    for one in (people.alice, people.bob):
        browser.sign_in(one)
        browser.get(review, status=403)
        browser.get(f"{review}/{PAIR}", status=403)
    browser.sign_in(people.charlie).get(review, status=404)


def test_without_a_profile_there_is_nothing_to_decide(
    browser: Browser, database: Database, people: People
) -> None:
    page = browser.sign_in(people.dana).get(f"/diagnostics/{people.here}/profile/review")
    assert "There is no profile yet." in page.text
    with database.transaction(writes=False) as session:
        assert open_in(session, people.here) == ()
        assert session.scalars(select(ProfileSnapshot)).all() == []
