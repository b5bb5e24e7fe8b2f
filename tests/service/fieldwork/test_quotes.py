"""Taking quotes from a note: what is kept, what is judged first, and two people at one quote."""

from uuid import UUID

import pytest
from sqlalchemy import select

from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.fieldwork.models import FieldworkQuote, FieldworkRecord, OwnCode
from app.fieldwork.quotes.verbatim import stands_in
from tests.service.browser import Browser, Page, text_of
from tests.service.fieldwork.gathering import NOTE, quote, record
from tests.service.people import People


@pytest.fixture
def address(database: Database, people: People, here: UUID) -> str:
    """The quotes' page of an interview with a leader, whose note is written."""
    with database.transaction() as session:
        one = record(session, here, people.dana, role="leaders", note=NOTE)
        return f"/diagnostics/{here}/fieldwork/records/{one.id}/quotes"


def the_quote(database: Database) -> FieldworkQuote:
    with database.transaction(writes=False) as session:
        return session.scalars(select(FieldworkQuote)).one()


def no_quote(database: Database) -> bool:
    with database.transaction(writes=False) as session:
        return session.scalars(select(FieldworkQuote)).all() == []


def options(page: Page, name: str) -> list[str]:
    (field,) = [one for one in page.all("select") if one.get("name") == name]
    return [text_of(one) for one in field.iter() if one.tag == "option"]


def add(browser: Browser, address: str, text: str = "it changed the plan", **values: str) -> Page:
    page = browser.get(address)
    return browser.submit(page, {"text": text, "characteristics": ["cap_find", "cap_weigh"], **values})


def test_a_quote_is_raw_with_the_band_of_its_record(
    browser: Browser, database: Database, people: People, address: str
) -> None:
    page = add(browser.sign_in(people.dana), address)
    assert "The quote is added." in page.text
    assert "Not word for word" not in page.text
    made = the_quote(database)
    assert (made.text, made.characteristics, made.state, made.role_band, made.made_by) == (
        "it changed the plan",
        ["cap_find", "cap_weigh"],
        "raw",
        "leaders",
        people.dana,
    )


def test_words_that_do_not_stand_in_the_note_are_kept_and_the_page_says_so(
    browser: Browser, database: Database, people: People, address: str
) -> None:
    page = add(browser.sign_in(people.dana), address, "Nobody ever reads it")
    assert "Its words do not stand in the note word for word." in page.text
    assert "Not word for word in the note" in page.text
    assert the_quote(database).text == "Nobody ever reads it"


@pytest.mark.parametrize(
    ("quoted", "stands"),
    [
        ("It CHANGED  the\nplan", True),
        ("“it changed the plan”", True),
        ("We asked … it changed the plan", True),
        ("We asked [name removed] it changed the plan", True),
        ("it changed the plan … We asked", False),
        ("it changed a plan", False),
        ("…", False),
    ],
)
def test_a_quote_may_leave_words_out_but_not_change_them_or_their_order(quoted: str, stands: bool) -> None:
    assert stands_in(quoted, NOTE) is stands


def test_kinds_of_quotation_marks_make_no_difference() -> None:
    assert stands_in("it isn't “ours”", 'He said it isn’t "ours" at all')


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("text", "", "Enter the words of the quote"),
        ("text", "x" * 601, "The quote must be 600 characters or fewer. Leave words out, and put … there"),
        ("characteristics", [], "Choose at least one characteristic that the quote is about"),
        ("characteristics", ["nothing"], "Choose characteristics from the list"),
        ("codes", ["nothing"], "Choose codes from the list"),
        ("role_band", "chiefs", "Choose a role band from the list"),
    ],
)
def test_what_is_missing_or_not_on_the_list_comes_back_with_words(
    browser: Browser, database: Database, people: People, address: str, field: str, value: str, error: str
) -> None:
    browser.sign_in(people.dana)
    sent = {"text": "it changed", "characteristics": ["cap_find"], field: value}
    page = browser.submit(browser.get(address), sent)
    assert page.errors == [error]
    assert page.title.startswith("Error: ")
    if field != "text":
        assert page.fields()["text"] == ["it changed"]
    if field not in ("characteristics",):
        assert page.fields()["characteristics"] == ["cap_find"]
    assert no_quote(database)


def test_a_name_is_judged_before_anything_is_kept(
    browser: Browser, database: Database, people: People, address: str
) -> None:
    page = add(browser.sign_in(people.dana), address, "Mum, Siobhan Kelly, rang 07700 900123")
    assert len(page.errors) == 2
    assert no_quote(database)
    names = [name for name in {one.get("name") or "" for one in page.all("input")} if "choice-" in name]
    saved = browser.submit(page, {name: "out" for name in names})
    assert "The quote is added." in saved.text
    made = the_quote(database)
    assert "Siobhan" not in made.text and "07700" not in made.text
    assert "[name removed]" in made.text


def test_what_is_kept_as_harmless_is_not_asked_again(
    browser: Browser, database: Database, people: People, address: str
) -> None:
    page = add(browser.sign_in(people.dana), address, "Mum, Siobhan Kelly, read it")
    (name,) = {one.get("name") or "" for one in page.all("input") if "choice-" in (one.get("name") or "")}
    browser.submit(page, {name: "keep"})
    assert "Siobhan Kelly" in the_quote(database).text
    again = add(browser, address, "Mum, Siobhan Kelly, wrote it")
    assert "The quote is added." in again.text
    with database.transaction(writes=False) as session:
        cleared = session.scalars(select(FieldworkRecord.cleared)).one()
    assert len(cleared) == 1 and "Siobhan" not in str(cleared)


def test_only_bands_of_enough_people_can_be_chosen(
    browser: Browser, database: Database, people: People, here: UUID, address: str
) -> None:
    browser.sign_in(people.dana)
    assert options(browser.get(address), "role_band") == [
        "Leaders",
        "Team managers",
        "Registered practitioners",
        "Other practitioners",
        "Business support and commissioning",
        "No band",
    ]
    with database.transaction() as session:
        # 12 leaders join 18 team managers, and 15 of the support the 30 other practitioners.
        session.get_one(Diagnostic, here).threshold = 20
    assert options(browser.get(address), "role_band") == [
        "Leaders with team managers",
        "Registered practitioners",
        "Other practitioners with business support and commissioning",
        "No band",
    ]
    with database.transaction() as session:
        session.get_one(Diagnostic, here).threshold = 500
    page = browser.get(address)
    assert options(page, "role_band") == ["No band"]
    # A role group whose band has too few people cannot be sent either.
    sent = {"text": "it changed", "characteristics": ["cap_find"], "role_band": "leaders"}
    assert browser.submit(page, sent).errors == ["Choose a role band from the list"]


def test_own_codes_can_be_attached(
    browser: Browser, database: Database, people: People, here: UUID, address: str
) -> None:
    browser.sign_in(people.dana)
    assert "Own codes" not in browser.get(address).text
    with database.transaction() as session:
        code = OwnCode(diagnostic_id=here, name="Time to read")
        session.add(code)
        session.flush()
        code_id = str(code.id)
    page = add(browser, address, codes=code_id)
    assert the_quote(database).codes == [code_id]
    assert "Codes Time to read" in page.text


def test_two_people_at_one_quote_notice_each_other(
    browser: Browser, database: Database, people: People, address: str
) -> None:
    add(browser.sign_in(people.dana), address)
    page = browser.get(f"{address}/{the_quote(database).id}")
    mine, theirs = page, browser.get(page.path)
    browser.submit(theirs, {"text": "We asked what the research says"})
    clash = browser.submit(mine, {"text": "our own audit"})
    assert "It now says: “We asked what the research says”" in clash.errors[0]
    assert the_quote(database).text == "We asked what the research says"
    assert clash.fields()["text"] == ["our own audit"]
    browser.submit(clash)
    assert the_quote(database).text == "our own audit"


def test_removing_asks_first_and_notices_a_change(
    browser: Browser, database: Database, people: People, address: str
) -> None:
    add(browser.sign_in(people.dana), address)
    made = the_quote(database)
    asked = browser.get(f"{address}/{made.id}/remove")
    assert "This cannot be undone" in asked.text
    browser.submit(browser.get(f"{address}/{made.id}"), {"text": "our own audit"})
    again = browser.submit(asked)
    assert again.errors == ["Somebody else changed this quote. This is what it says now"]
    assert "our own audit" in again.text
    browser.submit(again)
    assert no_quote(database)
    browser.get(f"{address}/{made.id}", status=404)


def test_all_quotes_of_a_diagnostic_can_be_shown_by_state(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    browser.sign_in(people.dana)
    everything = f"/diagnostics/{here}/fieldwork/quotes"
    assert "There is no quote yet" in browser.get(everything).text
    with database.transaction() as session:
        one = record(session, here, people.dana, note=NOTE)
        other = record(session, here, people.dana, "O01", "observation")
        quote(session, one, "it changed the plan", made_by=people.dana)
        quote(session, other, "our own audit", state="proposed", made_by=people.petra)
    page = browser.get(everything)
    assert "it changed the plan" in page.text and "our own audit" in page.text
    proposed = browser.get(page.link("Proposed (1)"))
    assert "it changed the plan" not in proposed.text and "our own audit" in proposed.text
    assert "No quote is in this state." in browser.get(page.link("Released (0)")).text
