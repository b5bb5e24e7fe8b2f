"""A second rater rates blind: who sees whose ratings when, on every page, and who may still change theirs."""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest

from app.commissioning.models import GATHERS, Duty
from app.database.session import Database
from app.fieldwork.models import FieldworkRecord
from app.fieldwork.ratings.queries import evidence_ratings, ratings_known_to, shown_ratings
from tests.service.browser import Browser
from tests.service.fieldwork.raters import begin, done, page_of, press, rate, saved, send, states
from tests.service.people import People

DANAS, PETRAS, BOBS = "they look first and act later", "they act first and look later", "they do neither"
ALL = {"dana": DANAS, "petra": PETRAS, "bob": BOBS}


@pytest.fixture
def talk(browser: Browser, database: Database, people: People, here: UUID) -> FieldworkRecord:
    """A meeting; Bob of the council gathers too, beside Dana and Petra."""
    with database.transaction() as session:
        session.add(Duty(diagnostic_id=here, account_id=people.bob, duty=GATHERS))
    browser.sign_in(people.dana)
    return begin(browser, database, here)


def every_page(browser: Browser, start: str) -> Iterator[str]:
    """Open the pages of ratings and all of the fieldwork that they link to, and give what each holds."""
    root = start.split("/records/", maxsplit=1)[0]
    own = [f"{start}{part}" for part in ("", "/cap_find", "/compare", "/compare/cap_find", "/look")]
    waiting, been = [*own, start.replace("/ratings", "/figures"), f"{root}/agreement", root], set[str]()
    while waiting:
        path = waiting.pop().split("#")[0]
        if path in been or not path.startswith(root):
            continue
        been.add(path)
        answer = browser.client.get(path, follow_redirects=True)
        assert answer.status_code < 500, path
        yield answer.text
        waiting += re.findall(r'href="(/[^"]+)"', answer.text)
    assert been.issuperset(own)


def sees(browser: Browser, people: People, talk: FieldworkRecord, who: str) -> set[str]:
    """Give whose reasons stand on any page that a persona can open."""
    browser.sign_in(getattr(people, who))
    held = "".join(every_page(browser, page_of(talk)))
    return {name for name, reason in ALL.items() if reason in held}


def gets(database: Database, people: People, talk: FieldworkRecord, who: str) -> set[str]:
    """Give whose reasons are in what a persona may take away in a file."""
    with database.transaction(writes=False) as session:
        shown = shown_ratings(session, talk.diagnostic_id, getattr(people, who))
    return {name for name, reason in ALL.items() if reason in {one.reason for one in shown}}


def check(browser: Browser, database: Database, people: People, talk: FieldworkRecord, **sight: str) -> None:
    for who, names in sight.items():
        expected = set(names.split())
        with database.transaction(writes=False) as session:
            known = ratings_known_to(session, talk.diagnostic_id, getattr(people, who))
        assert {one.reason for one in known} == {ALL[name] for name in expected}, who
        assert sees(browser, people, talk, who) == expected, who
        # A file holds what counts, which one's own ratings do when one is done.
        assert gets(database, people, talk, who) == {
            one for one in expected if states(database, talk)[initials(one)] == "done"
        }, who


def initials(who: str) -> str:
    return {"dana": "DD", "petra": "PP", "bob": "BB"}[who]


def test_nobody_sees_anothers_ratings_until_both_are_done(
    browser: Browser, database: Database, people: People, talk: FieldworkRecord
) -> None:
    rate(browser, talk, "cap_find", "3", DANAS)
    check(browser, database, people, talk, dana="dana", petra="", bob="", alice="", charlie="")
    browser.sign_in(people.dana)
    press(browser, talk, "done")
    check(browser, database, people, talk, dana="dana", petra="", bob="")
    browser.sign_in(people.petra)
    page = browser.get(page_of(talk))
    assert page.link("Rate it yourself first").endswith("/ratings/cap_find")
    rate(browser, talk, "cap_find", "1", PETRAS)
    # While Petra is at work nobody may look, and Dana does not see hers.
    check(browser, database, people, talk, dana="dana", petra="petra", bob="", alice="")
    browser.sign_in(people.petra)
    send(browser, talk, "/ratings/look", status=409)
    browser.sign_in(people.bob)
    send(browser, talk, "/ratings/look", status=409)
    browser.sign_in(people.petra)
    press(browser, talk, "done")
    check(browser, database, people, talk, dana="dana petra", petra="dana petra", bob="", alice="")


def test_whoever_looks_first_cannot_rate_any_more(
    browser: Browser, database: Database, people: People, talk: FieldworkRecord
) -> None:
    done(browser, talk, {"cap_find": ("3", DANAS)})
    browser.sign_in(people.petra)
    stale = browser.get(page_of(talk, "/ratings/cap_find"))
    asked = browser.get(browser.get(page_of(talk)).link("Look at the ratings"))
    assert "cannot rate this record blind any more" in asked.text
    assert DANAS not in asked.response.text
    assert states(database, talk) == {"DD": "done"}
    assert DANAS in browser.submit(asked).text
    assert states(database, talk) == {"DD": "done", "PP": "looked"}
    values = {"stage": "1", "reason": PETRAS}
    assert "cannot rate it blind" in browser.submit(stale, values, action=stale.path, status=409).text
    browser.submit(stale, {"mark-cap_find.0": "seen"}, action=stale.path, status=409)
    assert saved(database, talk) == {("DD", "cap_find"): (3, DANAS)}
    # Bob can still rate it. While he does, Petra does not see the first's ratings either.
    browser.sign_in(people.bob)
    rate(browser, talk, "cap_find", "2", BOBS)
    check(browser, database, people, talk, dana="dana", petra="", bob="bob")
    browser.sign_in(people.bob)
    press(browser, talk, "done")
    check(browser, database, people, talk, dana="dana bob", petra="dana bob", bob="dana bob")


def test_a_third_rater_is_blind_too(
    browser: Browser, database: Database, people: People, talk: FieldworkRecord
) -> None:
    done(browser, talk, {"cap_find": ("3", DANAS)})
    browser.sign_in(people.petra)
    done(browser, talk, {"cap_find": ("1", PETRAS)})
    browser.sign_in(people.bob)
    rate(browser, talk, "cap_find", "2", BOBS)
    check(browser, database, people, talk, dana="dana petra", petra="dana petra", bob="bob")


def test_what_others_can_have_seen_stays_as_it_is(
    browser: Browser, database: Database, people: People, talk: FieldworkRecord
) -> None:
    done(browser, talk, {"cap_find": ("3", DANAS)})
    browser.sign_in(people.petra)
    rate(browser, talk, "cap_find", "1", PETRAS)
    # A second rater who has begun has seen nothing, so that Dana may still open hers.
    browser.sign_in(people.dana)
    press(browser, talk, "reopen")
    press(browser, talk, "done")
    browser.sign_in(people.petra)
    press(browser, talk, "done")
    for who in (people.dana, people.petra):
        browser.sign_in(who)
        assert "Open my ratings again" not in browser.get(page_of(talk)).text
        assert "has seen your ratings" in send(browser, talk, "/ratings/reopen", status=409).text
    assert states(database, talk) == {"DD": "done", "PP": "done"}


def test_whoever_looked_keeps_the_first_from_opening_again(
    browser: Browser, database: Database, people: People, talk: FieldworkRecord
) -> None:
    done(browser, talk, {"cap_find": ("3", DANAS)})
    browser.sign_in(people.petra)
    send(browser, talk, "/ratings/look")
    browser.sign_in(people.dana)
    send(browser, talk, "/ratings/reopen", status=409)
    assert states(database, talk)["DD"] == "done"


def test_there_is_nothing_to_look_at_before_anybody_is_done(
    browser: Browser, database: Database, people: People, talk: FieldworkRecord
) -> None:
    rate(browser, talk, "cap_find", "3", DANAS)
    browser.sign_in(people.petra)
    send(browser, talk, "/ratings/look", status=409)
    browser.get(page_of(talk, "/ratings/look"), status=409)
    browser.get(page_of(talk, "/ratings/compare"), status=409)
    assert states(database, talk) == {"DD": "rating"}
    with database.transaction(writes=False) as session:
        assert evidence_ratings(session, talk.diagnostic_id) == ()
