"""What is wrong with a grid is said by cell, and nothing that was typed is lost or half saved."""

from itertools import product

from app.commissioning.frame.forms import name_field, people_field
from app.database.session import Database
from tests.service.browser import Browser, Page
from tests.service.frame.frames import ROLES, USUAL, address, read, typed, write
from tests.service.people import People


def links(page: Page) -> list[str]:
    """Give where the error summary leads."""
    summary = page.all("div", "govuk-error-summary")[0]
    return [(one.get("href") or "") for one in summary.iter() if one.tag == "a"]


def test_a_headcount_is_a_whole_number(browser: Browser, people: People, database: Database) -> None:
    write(database, people.here)
    page = browser.sign_in(people.alice).get(address(people.here))
    texts = {
        people_field(row, role): text
        for (row, role), text in zip(
            product((1, 2), ROLES),
            ("-1", "3.5", "many", "1 200", "1,20", "½", "١", "1e3", "9" * 30, "5"),
            strict=True,
        )
    }
    wrong = browser.submit(page, texts)
    assert len(wrong.errors) == 9
    assert wrong.errors[0] == "Headcount of Leaders in Early help must be a whole number from 0, such as 12"
    assert links(wrong) == [f"#{name}" for name, text in texts.items() if text != "5"]
    assert wrong.title.startswith("Error: ")
    assert {name: wrong.fields()[name] for name in texts} == {name: [text] for name, text in texts.items()}
    assert read(database, people.here) == dict(USUAL)
    field = next(one for one in wrong.all("input") if one.get("id") == people_field(1, "leaders"))
    assert field.get("aria-describedby") == f"{people_field(1, 'leaders')}-error"


def test_how_a_headcount_may_be_written(browser: Browser, people: People, database: Database) -> None:
    page = browser.sign_in(people.alice).get(address(people.here))
    ways = {
        **typed(1, "North", ("0", "", "7", "7.0", "007")),
        **typed(2, "South", ("1,200", "20000", "12.00", " 3 ", 1)),
    }
    assert browser.submit(page, ways).errors == []
    assert read(database, people.here) == {"North": (0, 0, 7, 7, 7), "South": (1200, 20000, 12, 3, 1)}


def test_more_people_than_a_cell_can_have(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.alice).get(address(people.here))
    wrong = browser.submit(page, typed(1, "Early help", (20001, 0, 0, 0, 0)))
    assert wrong.errors == ["Headcount of Leaders in Early help must be 20,000 or fewer"]


def test_all_that_is_wrong_is_said_at_once_in_the_order_of_the_page(
    browser: Browser, people: People, database: Database
) -> None:
    page = browser.sign_in(people.alice).get(address(people.here))
    wrong = browser.submit(
        page,
        {
            **typed(1, "", (1, 0, 0, 0, 0)),
            **typed(2, "Early help", ("x", 0, 0, 0, -2)),
            **typed(3, "early  HELP", (1, 0, 0, 0, 0)),
            **typed(4, "Prefer not to say", (1, 0, 0, 0, 0)),
            **typed(5, "=1+1", (1, 0, 0, 0, 0)),
        },
    )
    assert links(wrong) == [
        f"#{name}"
        for name in (
            name_field(1), people_field(2, "leaders"), people_field(2, "support"), name_field(3),
            name_field(4), name_field(5),
        )
    ]  # fmt: skip
    assert wrong.errors[0] == "Enter the name of the service area in row 1, or remove the row"
    assert wrong.errors[3].startswith("“early HELP” stands in rows 2 and 3.")
    assert wrong.errors[4] == "The name in row 4 must say where people work"
    assert "for a formula" in wrong.errors[5]
    assert read(database, people.here) == {}
    ids = {one.get("id") for one in wrong.root.iter()}
    assert {link.removeprefix("#") for link in links(wrong)} <= ids


def test_names_that_are_no_names(browser: Browser, people: People, database: Database) -> None:
    page = browser.sign_in(people.alice).get(address(people.here))
    rows: dict[str, str] = {}
    for row, name in enumerate(("Total", "ALL STAFF", "x" * 121, "+44", " @home"), start=1):
        rows |= typed(row, name, (1, 0, 0, 0, 0))
    wrong = browser.submit(page, rows)
    assert links(wrong) == [f"#{name_field(row)}" for row in range(1, 6)]


def test_names_that_are_names(browser: Browser, people: People, database: Database) -> None:
    page = browser.sign_in(people.alice).get(address(people.here))
    names = ("Tŷ Ŵyl", "Łącznik", "‘Way In’ team", "Child protection & court, “east”", "<b>x</b>")
    rows: dict[str, str] = {}
    for row, name in enumerate(names, start=1):
        rows |= typed(row, name, (30, 0, 0, 0, 0))
    saved = browser.submit(page, rows)
    assert tuple(read(database, people.here)) == names
    assert all(name in saved.text for name in names)


def test_an_accent_may_be_typed_in_two_ways(browser: Browser, people: People, database: Database) -> None:
    page = browser.sign_in(people.alice).get(address(people.here))
    both = {
        **typed(1, "Tŷ", (1, 0, 0, 0, 0)),
        **typed(2, "Ty\N{COMBINING CIRCUMFLEX ACCENT}", (1, 0, 0, 0, 0)),
    }
    assert len(browser.submit(page, both).errors) == 1
    browser.submit(page, typed(1, "Ty\N{COMBINING CIRCUMFLEX ACCENT}", (1, 0, 0, 0, 0)))
    assert list(read(database, people.here)) == ["Tŷ"]


def test_more_areas_than_a_frame_can_have(browser: Browser, people: People, database: Database) -> None:
    page = browser.sign_in(people.alice).get(address(people.here))
    rows: dict[str, str] = {}
    for row in range(1, 62):
        rows |= typed(row, f"Area {row}", (1, 0, 0, 0, 0))
    wrong = browser.submit(page, rows)
    assert wrong.errors == [
        "There are 61 service areas; the most is 60. Put small ones together under one name"
    ]
    assert read(database, people.here) == {}


def test_a_form_without_its_token_changes_nothing(
    browser: Browser, people: People, database: Database
) -> None:
    browser.sign_in(people.alice).get(address(people.here))
    answer = browser.client.post(address(people.here), data=typed(1, "Early help", (1, 1, 1, 1, 1)))
    assert answer.status_code == 403
    assert read(database, people.here) == {}


def test_a_request_with_another_action_is_a_save_with_faults_or_nothing(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here)
    page = browser.sign_in(people.alice).get(address(people.here))
    for action in ("remove-99", "remove-x", "removed-"):
        browser.submit(page, button=("action", action))
    assert read(database, people.here) == dict(USUAL)
