"""One person, two tabs: the one was opened before the other saved, and saves after it. Nothing is lost."""

from collections.abc import Iterator

import pytest
import time_machine

from app.database.session import Database
from app.survey.questionnaire import NOT_SAID
from app.survey.sealing import Given
from app.survey.services.ballots import find_ballot
from tests.service.browser import Browser, Page, text_of
from tests.service.survey.interfering import interfering
from tests.service.survey.staff import NOON
from tests.service.survey.test_respondent import about_you, answer_all, answer_page, questions_on, start
from tests.service.survey.test_two_tabs import Meeting

WORDS = "/survey/questions/in-your-words"
LATER = ("later", "yes")


@pytest.fixture(autouse=True)
def at_noon() -> Iterator[None]:
    with time_machine.travel(NOON):
        yield


def draft(database: Database, token: str) -> Given:
    with database.transaction(writes=False) as session:
        found = find_ballot(session, token).draft
    assert found is not None
    return found


def saved_since(page: Page) -> list[str]:
    """Give what a page shows of another tab's words, beside its fields."""
    return [text_of(one) for one in page.all("p", "app-note")]


def test_an_older_tab_adds_to_the_answers_of_a_page_and_takes_none_away(
    browser: Browser, other: Browser, database: Database, token: str
) -> None:
    page = about_you(browser, start(browser, token))
    older = other.get(page.path)
    codes = questions_on(page)
    following = answer_page(browser, page, "4")
    went_on = other.submit(older, {codes[0]: "2"})
    assert (went_on.path, went_on.errors) == (following.path, []), "all of that page is answered"
    assert draft(database, token).answers == {**dict.fromkeys(codes, 4), codes[0]: 2}


def test_an_older_tab_without_answers_takes_none_away(
    browser: Browser, other: Browser, database: Database, token: str
) -> None:
    page = start(browser, token)
    older = other.get(page.path)
    about_you(browser, page)
    assert other.submit(older).errors == []
    other.submit(older, {"role-group": NOT_SAID})
    given = draft(database, token)
    assert given.role_group == ""
    assert given.service_area


def test_of_another_role_groups_questions_those_of_ones_own_must_be_answered(
    browser: Browser, other: Browser, database: Database, token: str
) -> None:
    """What the older tab shows are the questions of the role group that was chosen when it was opened."""
    page = about_you(browser, start(browser, token), "registered")
    older = other.get(page.path)
    about = browser.get("/survey/questions/about-you")
    asked = set(questions_on(browser.submit(about, {"role-group": "support"})))
    sent = set(questions_on(older))
    wrong = other.submit(older, dict.fromkeys(sent, "3"))
    assert len(wrong.errors) == len(asked - sent)
    assert draft(database, token).answers.keys() == asked & sent


@pytest.mark.parametrize("button", [None, LATER], ids=["go on", "later"])
def test_an_older_tab_whose_words_were_not_touched_leaves_those_that_were_saved(
    browser: Browser, other: Browser, database: Database, token: str, button: tuple[str, str] | None
) -> None:
    answer_all(browser, token, comment="First words")
    older = other.get(WORDS)
    browser.submit(browser.get(WORDS), {"COM1": "Second\nwords", "COM2": "More", "needs": ["works", "risk"]})
    saved = other.submit(older, button=button)
    assert saved.heading == ("Your answers so far are saved" if button else "Check your answers")
    given = draft(database, token)
    assert given.comments == {"COM1": "Second\nwords", "COM2": "More"}
    assert given.needs == ("works", "risk")


def test_each_field_of_an_older_tab_goes_its_own_way(
    browser: Browser, other: Browser, database: Database, token: str
) -> None:
    answer_all(browser, token, comment="First words")
    older = other.get(WORDS)
    browser.submit(browser.get(WORDS), {"COM1": ""})
    other.submit(older, {"COM2": "From the older tab", "needs": []})
    given = draft(database, token)
    assert (given.comments, given.needs) == ({"COM2": "From the older tab"}, ())


@pytest.mark.parametrize("button", [None, LATER], ids=["go on", "later"])
def test_words_that_both_tabs_have_changed_are_shown_side_by_side(
    browser: Browser, other: Browser, database: Database, token: str, button: tuple[str, str] | None
) -> None:
    answer_all(browser, token, comment="First words")
    older = other.get(WORDS)
    browser.submit(browser.get(WORDS), {"COM1": "One <b>tab</b>", "needs": ["risk"]})
    told = other.submit(
        older, {"COM1": "Another tab", "COM2": "Only here", "needs": ["works", "voice"]}, button=button
    )
    assert told.title.startswith("Error: ")
    assert [error.startswith("You saved other ") for error in told.errors] == [True, True]
    assert len(saved_since(told)) == 2
    assert saved_since(told)[1] == "One <b>tab</b>"
    filled = told.fields()
    assert (filled["COM1"], filled["needs"]) == (["Another tab"], ["works", "voice"])
    given = draft(database, token)
    assert (given.needs, given.comments) == (("risk",), {"COM1": "One <b>tab</b>", "COM2": "Only here"})
    # Whoever saves again has seen both.
    assert other.submit(told).heading == "Check your answers"
    given = draft(database, token)
    assert given.needs == ("works", "voice")
    assert given.comments == {"COM1": "Another tab", "COM2": "Only here"}


def test_what_was_emptied_in_both_tabs_or_made_the_same_is_no_matter(
    browser: Browser, other: Browser, database: Database, token: str
) -> None:
    answer_all(browser, token, comment="First words")
    older = other.get(WORDS)
    for tab, page in ((browser, browser.get(WORDS)), (other, older)):
        assert tab.submit(page, {"COM1": "", "COM2": "The same", "needs": ["risk"]}).errors == []
    given = draft(database, token)
    assert (given.needs, given.comments) == (("risk",), {"COM2": "The same"})


def test_what_the_other_tab_has_emptied_is_told_too(
    browser: Browser, other: Browser, database: Database, token: str
) -> None:
    answer_all(browser, token, comment="First words")
    older = other.get(WORDS)
    browser.submit(browser.get(WORDS), {"COM1": "", "needs": []})
    told = other.submit(older, {"COM1": "Longer words", "needs": ["risk"]})
    assert saved_since(told) == ["None chosen", "Nothing written"]
    assert draft(database, token).comments == {}
    assert other.submit(told).errors == []
    assert draft(database, token).comments == {"COM1": "Longer words"}


def test_ones_own_words_and_needs_can_be_deleted(browser: Browser, database: Database, token: str) -> None:
    answer_all(browser, token, comment="First words")
    page = browser.get(WORDS)
    assert browser.submit(page, {"COM1": "", "needs": []}).errors == []
    given = draft(database, token)
    assert (given.needs, given.comments) == ((), {})


def test_a_deletion_beside_a_clash_is_not_undone_by_saving_again(
    browser: Browser, other: Browser, database: Database, token: str
) -> None:
    answer_all(browser, token, comment="First words")
    browser.submit(browser.get(WORDS), {"COM2": "To be deleted", "needs": []})
    older = other.get(WORDS)
    browser.submit(browser.get(WORDS), {"COM1": "Second words"})
    told = other.submit(older, {"COM1": "", "COM2": ""})
    assert len(told.errors) == 1
    assert other.submit(told).errors == []
    assert draft(database, token).comments == {}


def test_too_long_words_that_clash_are_not_cut_before_they_were_compared(
    browser: Browser, other: Browser, database: Database, token: str
) -> None:
    answer_all(browser, token)
    older = other.get(WORDS)
    browser.submit(browser.get(WORDS), {"COM1": "Saved"})
    told = other.submit(older, {"COM1": "long " * 300})
    assert saved_since(told) == ["Saved"]
    assert draft(database, token).comments == {"COM1": "Saved"}
    again = other.submit(told)
    assert "Shorten what you wrote by 499 characters" in again.errors[0]
    assert draft(database, token).comments == {"COM1": ("long " * 200).strip()}


def test_a_form_that_does_not_tell_what_it_was_filled_with_is_taken_at_its_word(
    browser: Browser, database: Database, token: str
) -> None:
    """Such a form is made by hand."""
    answer_all(browser, token, comment="First words")
    ballot = browser.get(WORDS).fields()["ballot"]
    headers = {"sec-fetch-site": "same-origin"}
    browser.client.post(WORDS, data={"ballot": ballot, "COM2": "By hand"}, headers=headers)
    given = draft(database, token)
    assert (given.needs, given.comments) == ((), {"COM2": "By hand"})


def test_it_is_the_draft_to_be_replaced_that_is_compared(
    browser: Browser, other: Browser, database: Database, token: str
) -> None:
    """Both have read the same draft, which clashes with neither, when the one saves and the other is late."""
    answer_all(browser, token)
    pages = [browser.get(WORDS), other.get(WORDS)]
    meeting = Meeting(lambda: browser.submit(pages[0], {"COM1": "From one"}))
    with interfering("UPDATE drafts", before=meeting.meet):
        answers = [other.submit(pages[1], {"COM1": "From the other"}), meeting.answer()]
    late = [page for page in answers if page.errors]
    assert sorted(page.heading for page in answers) == ["Check your answers", "In your own words"]
    kept = draft(database, token).comments["COM1"]
    assert {kept, late[0].fields()["COM1"][0]} == {"From one", "From the other"}
    assert saved_since(late[0]) == [kept]
