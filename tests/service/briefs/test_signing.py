"""Two different people sign one text; when a word changes, they sign again."""

import pytest

from app.accounts.models import Grant
from app.accounts.person import Role
from app.briefs.editing.changing import reword
from app.briefs.editing.edits import Wording
from app.briefs.room.services import Stale, begin, change, check_draft
from app.briefs.room.signing import sign, signing_of, text_digest
from app.commissioning.models import BY_ITSELF, GATHERS, LEADS, Diagnostic, Duty
from app.database.session import Database
from app.profiles.replying import open_reply
from app.web.dates import today
from app.web.errors import NotAllowed
from tests.service.briefs.furniture import person, replied, sign_by_two
from tests.service.browser import Browser
from tests.service.people import HERE, People, account
from tests.service.profiled import Council


@pytest.fixture
def drafted(database: Database, people: People, council: Council) -> None:
    """A draft, in whose council the reply was heard."""
    with database.transaction() as session:
        begin(session, replied(session, council.here, people), "", people.dana)


def lacking(database: Database, council: Council) -> str:
    with database.transaction(writes=False) as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        return signing_of(session, diagnostic, check_draft(session, diagnostic)).lacking


def signed(browser: Browser, room: str) -> str:
    page = browser.get(f"{room}/sign")
    return browser.submit(page, {"read": "yes"}).text


@pytest.mark.usefixtures("drafted")
def test_a_gatherer_and_another_sign_and_then_it_can_be_published(
    browser: Browser, people: People, room: str
) -> None:
    browser.sign_in(people.alice)
    unread = browser.submit(browser.get(f"{room}/sign"))
    assert unread.errors == ["Say that you have read the whole brief"]
    assert "Somebody who gathered the evidence has to sign." in signed(browser, room)
    refused = browser.get(f"{room}/publish", status=409)
    assert refused.heading == "You cannot do this now"
    assert refused.link("Go to the brief") == room
    browser.sign_in(people.dana)
    text = signed(browser, room)
    assert "Signed by: Alice Ashworth" in text and "Dana Dale" in text
    assert "Publish the brief" in text
    browser.get(f"{room}/publish")


@pytest.mark.usefixtures("drafted")
def test_one_person_signs_once(browser: Browser, people: People, room: str) -> None:
    browser.sign_in(people.dana)
    signed(browser, room)
    again = browser.get(f"{room}/sign")
    assert "You have signed this text." in again.text
    assert "A second person has to sign." in again.text
    back = browser.submit(browser.get(room), action=f"{room}/unsign")
    assert "Two people have to sign" in back.text


@pytest.mark.usefixtures("drafted")
def test_two_commissioners_alone_are_not_enough(
    browser: Browser, database: Database, people: People, council: Council, room: str
) -> None:
    with database.transaction() as session:
        anna = account(session, "Anna Ames", Role.COMMISSIONER, HERE)
    for who in (people.alice, anna):
        browser.sign_in(who)
        signed(browser, room)
    assert lacking(database, council) == "Somebody who gathered the evidence has to sign."


@pytest.mark.usefixtures("drafted")
def test_a_changed_word_makes_every_signature_lapse(
    browser: Browser, database: Database, people: People, council: Council, room: str
) -> None:
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        sign_by_two(session, diagnostic, people)
        old = text_digest(check_draft(session, diagnostic))
    assert lacking(database, council) == ""
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        other = Wording("", "On paper we ask what judgements rest on.")
        change(
            session,
            diagnostic,
            1,
            lambda edits, profile: reword(edits, profile, "verdict", other),
            people.dana,
        )
    assert lacking(database, council) == "Two people have to sign, one of whom gathered the evidence."
    browser.sign_in(people.dana)
    page = browser.get(room)
    assert "Signed an earlier text, and has to sign again:" in page.text
    browser.get(f"{room}/publish", status=409)
    with database.transaction() as session, pytest.raises(Stale):
        sign(session, session.get_one(Diagnostic, council.here), old, person(people.dana, Role.PDM))
    # Its own words again are the text that they signed.
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        proposed = check_draft(session, diagnostic).proposed.finding("verdict")
        own = Wording(proposed.lead, proposed.text)
        change(
            session, diagnostic, 2, lambda edits, profile: reword(edits, profile, "verdict", own), people.dana
        )
    assert lacking(database, council) == ""


@pytest.mark.usefixtures("drafted")
def test_whoever_signs_what_has_changed_meanwhile_reads_it_again(
    browser: Browser, database: Database, people: People, council: Council, room: str
) -> None:
    browser.sign_in(people.dana)
    page = browser.get(f"{room}/sign")
    with database.transaction() as session:
        diagnostic = session.get_one(Diagnostic, council.here)
        other = Wording("", "On paper we ask what judgements rest on.")
        change(
            session,
            diagnostic,
            1,
            lambda edits, profile: reword(edits, profile, "verdict", other),
            people.dana,
        )
    late = browser.submit(page, {"read": "yes"})
    assert late.errors == ["The text has changed since you opened the page. Read it again before you sign"]


@pytest.mark.usefixtures("drafted")
def test_a_reader_cannot_sign(
    browser: Browser, database: Database, people: People, council: Council, room: str
) -> None:
    browser.sign_in(people.bob)
    browser.get(f"{room}/sign", status=403)
    with database.transaction() as session, pytest.raises(NotAllowed):
        diagnostic = session.get_one(Diagnostic, council.here)
        digest = text_digest(check_draft(session, diagnostic))
        sign(session, diagnostic, digest, person(people.bob, Role.READER))


def test_a_council_on_its_own_has_two_people_of_its_own_sign(
    browser: Browser, database: Database, people: People, council: Council, room: str
) -> None:
    """Neither a PDM nor the programme lead counts, though both may see the draft."""
    with database.transaction() as session:
        greta = account(session, "Greta Green", Role.READER, HERE)
        diagnostic = session.get_one(Diagnostic, council.here)
        diagnostic.run_by = BY_ITSELF
        session.query(Duty).delete()
        session.add(Duty(diagnostic_id=diagnostic.id, account_id=greta, duty=GATHERS))
        session.add(Duty(diagnostic_id=diagnostic.id, account_id=people.alice, duty=LEADS))
        begin(session, replied(session, council.here, people), "", greta)
    browser.sign_in(people.petra)
    browser.get(f"{room}/sign", status=403)
    browser.sign_in(people.dana)
    browser.get(f"{room}/sign", status=403)
    browser.sign_in(greta)
    signed(browser, room)
    assert lacking(database, council) == "A second person of the council has to sign."
    browser.sign_in(people.alice)
    assert "Publish the brief" in signed(browser, room)
    # Who has left the council has signed in vain.
    with database.transaction() as session:
        session.query(Grant).where(Grant.account_id == greta).delete()
    assert lacking(database, council) == "A second person of the council has to sign."


def test_a_commissioner_signs_only_what_the_council_was_shown(
    browser: Browser, database: Database, people: People, council: Council, room: str
) -> None:
    with database.transaction() as session:
        begin(session, session.get_one(Diagnostic, council.here), "", people.dana)
    browser.sign_in(people.alice)
    refused = browser.get(f"{room}/sign", status=403)
    assert "the council has not been shown" in refused.text
    assert "You can read and sign it once its profile was shown" in browser.get(room).text
    with database.transaction() as session:
        open_reply(session, session.get_one(Diagnostic, council.here), today(), people.dana)
    browser.get(f"{room}/sign")
