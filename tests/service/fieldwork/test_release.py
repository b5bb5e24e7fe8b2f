"""Releasing quotes: it takes a second person, and what leaves for the evidence is checked once more."""

from uuid import UUID

import pytest
from sqlalchemy import select

from app.audit.models import Entry
from app.commissioning.frame.queries import frame_of
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.fieldwork.models import FieldworkNote, FieldworkQuote, FieldworkRecord
from app.fieldwork.quotes.queries import evidence_quotes
from diagnostics.disclosure import publish
from diagnostics.evidence import Diagnostic as Wave
from diagnostics.evidence import Evidence, Rating, Record
from diagnostics.profile import build_profile
from diagnostics.published_parts import PublishedQuote
from tests.service.browser import Browser, Page
from tests.service.fieldwork.gathering import NOTE, let_gather, quote, record
from tests.service.people import People

Made = tuple[str, UUID]


@pytest.fixture
def made(database: Database, people: People, here: UUID) -> Made:
    """The page of a record of leaders, and a raw quote of Dana's on it; Bob gathers too."""
    with database.transaction() as session:
        let_gather(session, here, people.bob)
        one = record(session, here, people.dana, role="leaders", note=NOTE)
        words = quote(session, one, about=["cap_find", "cap_weigh"], role_band="leaders", made_by=people.dana)
        return f"/diagnostics/{here}/fieldwork/records/{one.id}/quotes", words.id


def the_quote(database: Database) -> FieldworkQuote:
    with database.transaction(writes=False) as session:
        return session.scalars(select(FieldworkQuote)).one()


def do(browser: Browser, made: Made, deed: str, page: Page | None = None) -> Page:
    """Press a button of the quote; one that the page does not have is sent all the same."""
    address, quote_id = made
    page = page or browser.get(address)
    action = f"{address}/{quote_id}/{deed}"
    if any(one.get("action") == action for one in page.all("form")):
        return browser.submit(page, action=action)
    fields = {"form-token": page.fields()["form-token"], "version": [str(1)]}
    database: Database = browser.service.state.database
    fields["version"] = [str(the_quote(database).revision)]
    headers = {"sec-fetch-site": "same-origin"}
    return Page(browser.client.post(action, data=fields, headers=headers))


def released(browser: Browser, people: People, made: Made) -> None:
    do(browser.sign_in(people.dana), made, "propose")
    do(browser.sign_in(people.bob), made, "release")


def sent_on(database: Database, here: UUID) -> list[bool]:
    with database.transaction(writes=False) as session:
        return [one.released for one in evidence_quotes(session, session.get_one(Diagnostic, here))]


def test_a_second_person_releases_what_its_writer_proposed(
    browser: Browser, database: Database, people: People, here: UUID, made: Made
) -> None:
    page = do(browser.sign_in(people.dana), made, "propose")
    assert "A second person can release it now." in page.text
    assert "A second person can release it, who neither wrote nor proposed it." in page.text
    assert not any((one.get("action") or "").endswith("/release") for one in page.all("form"))
    page = do(browser.sign_in(people.bob), made, "release")
    assert "Written by Dana Dale, proposed by Dana Dale, released by you" in page.text
    now = the_quote(database)
    assert (now.state, now.proposed_by, now.released_by) == ("released", people.dana, people.bob)
    assert sent_on(database, here) == [True, True]
    with database.transaction(writes=False) as session:
        log = session.scalars(select(Entry).where(Entry.action.startswith("quote")).order_by(Entry.at)).all()
    assert [one.action for one in log] == ["quote proposed", "quote released"]
    assert "changed the plan" not in str([one.details for one in log])


def test_whoever_wrote_or_proposed_it_cannot_release_it(
    browser: Browser, database: Database, people: People, made: Made
) -> None:
    do(browser.sign_in(people.dana), made, "propose")
    refused = do(browser, made, "release")
    assert "Only a second person can release a quote" in refused.errors[0]
    assert the_quote(database).state == "proposed"
    with database.transaction() as session:
        session.scalars(select(FieldworkQuote)).one().made_by = None
    # A file brought it: anybody may propose it, and then not release it.
    assert "Only a second person can release a quote" in do(browser, made, "release").errors[0]


def test_only_its_writer_proposes_and_nothing_raw_is_released(
    browser: Browser, database: Database, people: People, made: Made
) -> None:
    browser.sign_in(people.bob)
    assert "Only whoever wrote a quote can propose it" in do(browser, made, "propose").errors[0]
    assert "Only a second person can release" in do(browser, made, "release").errors[0]
    assert the_quote(database).state == "raw"


@pytest.mark.parametrize("who", ["dana", "bob"])
def test_either_can_make_it_raw_again(
    browser: Browser, database: Database, people: People, here: UUID, made: Made, who: str
) -> None:
    released(browser, people, made)
    page = do(browser.sign_in(getattr(people, who)), made, "back")
    assert "The quote is raw again." in page.text
    now = the_quote(database)
    assert (now.state, now.proposed_by, now.released_by, now.released_at) == ("raw", None, None, None)
    assert sent_on(database, here) == [False, False]


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({"text": "it changed"}, "raw"),
        ({"role_band": ""}, "raw"),
        ({"characteristics": ["cap_find"]}, "released"),
        ({}, "released"),
    ],
)
def test_new_words_or_another_band_make_it_raw_again(
    browser: Browser,
    database: Database,
    people: People,
    made: Made,
    change: dict[str, str | list[str]],
    state: str,
) -> None:
    released(browser, people, made)
    address, quote_id = made
    browser.submit(browser.get(f"{address}/{quote_id}"), change)
    assert the_quote(database).state == state


def test_whoever_wrote_the_new_words_cannot_release_them(
    browser: Browser, database: Database, people: People, made: Made
) -> None:
    released(browser, people, made)
    address, quote_id = made
    browser.submit(browser.get(f"{address}/{quote_id}"), {"text": "it changed"})
    assert the_quote(database).made_by == people.bob
    do(browser, made, "propose")
    assert "Only a second person" in do(browser, made, "release").errors[0]
    do(browser.sign_in(people.dana), made, "release")
    assert the_quote(database).state == "released"


def test_what_somebody_else_changed_is_not_released_unread(
    browser: Browser, database: Database, people: People, made: Made
) -> None:
    do(browser.sign_in(people.dana), made, "propose")
    old = browser.sign_in(people.bob).get(made[0])
    browser.submit(browser.get(f"{made[0]}/{made[1]}"), {"characteristics": ["cap_weigh"]})
    page = do(browser, made, "release", old)
    assert page.errors == ["Somebody else changed this quote. This is what it says now"]
    assert the_quote(database).state == "proposed"


def test_a_possible_name_is_judged_before_it_is_released(
    browser: Browser, database: Database, people: People, here: UUID, made: Made
) -> None:
    with database.transaction() as session:
        one = session.scalars(select(FieldworkQuote)).one()
        one.text, one.state, one.proposed_by = "Mum, Siobhan Kelly, read it", "proposed", people.dana
    browser.sign_in(people.bob)
    page = browser.get(made[0])
    assert "It holds a possible name: take it out, or confirm that it is not personal" in page.text
    assert not any((one.get("action") or "").endswith("/release") for one in page.all("form"))
    assert "It holds a possible name" in do(browser, made, "release").errors[0]
    looked = browser.get(f"{made[0]}/{made[1]}")
    (name,) = {one.get("name") or "" for one in looked.all("input") if "choice-" in (one.get("name") or "")}
    browser.submit(looked, {name: "keep"})
    assert the_quote(database).state == "proposed"
    do(browser, made, "release")
    assert sent_on(database, here) == [True, True]


def test_a_name_that_the_note_gives_away_counts_in_the_quote(
    browser: Browser, database: Database, people: People, here: UUID, made: Made
) -> None:
    released(browser, people, made)
    with database.transaction() as session:
        session.scalars(select(FieldworkNote)).one().text = "A girl called Sky. Sky was not heard."
        session.scalars(select(FieldworkQuote)).one().text = "Sky was not heard"
    assert sent_on(database, here) == [False, False]
    assert "look at the note first" in browser.get(made[0]).text


@pytest.mark.parametrize(("threshold", "leaves"), [(138, True), (139, True), (140, False)])
def test_a_band_of_too_few_people_never_leaves(
    browser: Browser,
    database: Database,
    people: People,
    here: UUID,
    made: Made,
    threshold: int,
    leaves: bool,
) -> None:
    released(browser, people, made)
    with database.transaction() as session:
        # There are 139 people in the frame, who all join one band before it falls below.
        session.get_one(Diagnostic, here).threshold = threshold
    assert sent_on(database, here) == [leaves, leaves]
    assert ("Its role band has too few people to be named" in browser.get(made[0]).text) is not leaves


@pytest.mark.parametrize(
    ("of_record", "of_quote", "leaves", "printed"),
    [
        ("leaders", "leaders", True, True),
        ("leaders", None, False, False),
        ("leaders", "registered", False, False),
        (None, "leaders", False, False),
        (None, None, True, False),
    ],
)
def test_a_brief_prints_a_quote_only_with_the_band_that_was_released(
    browser: Browser,
    database: Database,
    people: People,
    here: UUID,
    made: Made,
    of_record: str | None,
    of_quote: str | None,
    leaves: bool,
    printed: bool,
) -> None:
    released(browser, people, made)
    with database.transaction() as session:
        session.scalars(select(FieldworkRecord)).one().role_group = of_record
        session.scalars(select(FieldworkQuote)).one().role_band = of_quote
    assert sent_on(database, here) == [leaves, leaves]
    assert ("A brief does not print it" in browser.get(made[0]).text) is not printed
    assert [(one.role_band, one.text) for one in in_a_brief(database, here, of_record)] == (
        [("Leaders", "it changed the plan")] * 2 if printed else []
    )


def in_a_brief(database: Database, here: UUID, role: str | None) -> tuple[PublishedQuote, ...]:
    """Publish the one record with its quotes, as the method does."""
    with database.transaction(writes=False) as session:
        diagnostic = session.get_one(Diagnostic, here)
        framework, frame = framework_of(diagnostic), frame_of(session, diagnostic)
        one = session.scalars(select(FieldworkRecord)).one()
        month = one.month
        assert month is not None
        records = (Record(one.code, "interview", one.kind, role, None, None, month, None),)
        ratings = tuple(Rating(one.code, c.id, "Dana", 2, "Said so") for c in framework.characteristics)
        wave = Wave("XWEX", "Wexbourne", 1, month, diagnostic.threshold)
        evidence = Evidence(wave, None, records, ratings, evidence_quotes(session, diagnostic))
        return publish(build_profile(framework, frame, evidence, rank_draws=False)).quotes
