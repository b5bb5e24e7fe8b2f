"""Looking something up, and looking after the entries."""

import pytest
from sqlalchemy import func, select

from app.accounts.models import Account
from app.database.session import Database
from app.library.entries import library_framework, of_framework
from app.library.models import LibraryEntry
from app.library.presenters import NOT_GIVEN, heading_names, need_names, role_names
from tests.service.browser import Browser, text_of
from tests.service.people import People

FRAMEWORK = library_framework()
NEW = {
    "title": "A guide to asking families",
    "publisher": "Example Institute",
    "year": "2026",
    "address": "https://www.example.org/asking-families",
    "kind": "guide",
    "helps_with": "Use it to plan how to ask families what changed.",
    "headings": ["practice"],
    "needs": ["voice"],
    "roles": ["registered"],
}


@pytest.fixture
def lead(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.petra)


def titles(browser: Browser, query: str = "") -> list[str]:
    page = browser.get(f"/library{query}")
    return [text_of(one) for article in page.all("article") for one in article.iter() if one.tag == "h2"]


def test_every_supplied_entry_is_sorted_under_what_there_is() -> None:
    for resource in FRAMEWORK.resources:
        entry = of_framework(resource)
        assert entry.needs, entry.key
        assert entry.roles, entry.key
        assert set(entry.needs) <= set(need_names(FRAMEWORK)), entry.key
        assert set(entry.roles) <= set(role_names(FRAMEWORK)), entry.key
        assert set(entry.headings) <= set(heading_names(FRAMEWORK)), entry.key
    for names in (need_names(FRAMEWORK), role_names(FRAMEWORK), heading_names(FRAMEWORK)):
        used = {
            one
            for resource in FRAMEWORK.resources
            for entry in [of_framework(resource)]
            for one in (*entry.needs, *entry.roles, *entry.headings)
        }
        assert set(names) <= used, "something can be chosen to which nothing belongs"


def test_a_reader_finds_by_words_heading_need_and_role(browser: Browser, people: People) -> None:
    browser.sign_in(people.bob)
    assert len(titles(browser)) == len(FRAMEWORK.resources)
    assert titles(browser, "?q=kinship") == ["Kinship Care Practice Guide"]
    both = titles(browser, "?need=testing&role=team_managers&heading=skills")
    expected = [
        entry.title
        for entry in map(of_framework, FRAMEWORK.resources)
        if "testing" in entry.needs and "team_managers" in entry.roles and "skills" in entry.headings
    ]
    assert sorted(both) == sorted(expected)
    assert expected
    assert "No entry fits" in browser.get("/library?q=unicorns").text


def test_effect_and_strength_stand_apart_and_only_where_given(browser: Browser, people: People) -> None:
    browser.sign_in(people.bob)
    page = browser.get("/library/R03")
    marks = [text_of(one) for one in page.all("dd")][:2]
    assert marks == [NOT_GIVEN, FRAMEWORK.resources[2].strength_of_evidence]


def test_an_entry_names_the_steps_that_send_people_there(browser: Browser, people: People) -> None:
    browser.sign_in(people.bob)
    step = next(step for step in FRAMEWORK.steps if step.resources)
    assert step.title in browser.get(f"/library/{step.resources[0]}").text


def test_a_masterclass_puts_exercises_and_steps_of_the_gaps_together(
    browser: Browser, people: People
) -> None:
    browser.sign_in(people.alice)
    page = browser.get("/library/masterclass?heading=skills&heading=culture")
    headings = [text_of(one) for one in page.all("h2")]
    assert [one for one in headings if one in ("Skills", "Culture")] == [
        heading.name for heading in FRAMEWORK.headings if heading.id in ("skills", "culture")
    ]
    shown = {r.masterclass for r in FRAMEWORK.resources if r.masterclass and "skills" in r.headings}
    assert shown
    assert all(exercise in page.text for exercise in shown)
    early = [
        step.title
        for heading in FRAMEWORK.headings
        if heading.id == "skills"
        for characteristic in heading.characteristics
        for step in FRAMEWORK.steps
        if step.id in characteristic.steps and {1, 2} & set(step.from_stages)
    ]
    assert early
    assert all(title in page.text for title in early)


def test_an_entry_is_added_changed_retired_and_brought_back_and_every_version_stays(
    lead: Browser, database: Database, people: People
) -> None:
    added = lead.submit(lead.get("/library/new"), NEW)
    assert added.path == "/library/L01"
    assert titles(lead, "?need=voice&q=families") == [
        NEW["title"],
        *titles(lead, "?need=voice&q=families")[1:],
    ]
    changed = lead.submit(lead.get("/library/L01/change"), {"title": "How to ask families"})
    assert changed.heading == "How to ask families"
    lead.submit(lead.get("/library/L01/retire"), {"reason": "A newer guide takes its place."})
    assert "How to ask families" not in titles(lead)
    retired = lead.get("/library/L01")
    assert "A newer guide takes its place." in retired.text
    lead.submit(retired)
    assert "How to ask families" in titles(lead)
    with database.transaction(writes=False) as session:
        assert session.scalar(select(func.count()).select_from(LibraryEntry)) == 4
        name = session.get_one(Account, people.petra).name
    history = lead.get("/library/L01").text
    places = [history.index(f"{what} by {name}") for what in ("Brought back", "Retired", "Changed", "Added")]
    assert places == sorted(places)


def test_what_the_framework_brings_can_be_retired_and_stays_in_the_framework(lead: Browser) -> None:
    lead.submit(lead.get("/library/R05/retire"), {"reason": "The site is gone."})
    assert "Evidence Store (archived)" not in titles(lead)
    assert any(resource.id == "R05" for resource in FRAMEWORK.resources)
    assert "Evidence Store (archived)" in lead.get("/library").text


def test_nothing_changes_where_nothing_was_changed(lead: Browser, database: Database) -> None:
    page = lead.submit(lead.get("/library/R01/change"))
    assert "Nothing had changed." in page.text
    with database.transaction(writes=False) as session:
        assert session.scalar(select(func.count()).select_from(LibraryEntry)) == 0


def test_two_leads_at_one_entry_notice_each_other(lead: Browser) -> None:
    mine, theirs = lead.get("/library/R01/change"), lead.get("/library/R01/change")
    lead.submit(theirs, {"title": "Theirs"})
    lead.submit(mine, {"title": "Mine"}, status=409)
    assert lead.get("/library/R01").heading == "Theirs"


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        ("title", "", "Enter the title"),
        (
            "address",
            "javascript:alert(1)",
            "Enter a whole web address, such as https://www.example.org/guide",
        ),
        ("address", "http://[broken", "Enter a whole web address, such as https://www.example.org/guide"),
        ("kind", "rumour", "Choose what kind of resource it is"),
        ("year", "soon", "The year must be a number from 1950 to 2100"),
        ("headings", [], "Choose at least one heading"),
        ("needs", ["wishes"], "Choose from the list"),
    ],
)
def test_a_wrong_entry_comes_back_with_what_was_typed(
    lead: Browser, database: Database, field: str, value: str | list[str], error: str
) -> None:
    page = lead.submit(lead.get("/library/new"), {**NEW, field: value})
    assert page.errors == [error]
    assert page.fields()["publisher"] == [NEW["publisher"]]
    with database.transaction(writes=False) as session:
        assert session.scalar(select(func.count()).select_from(LibraryEntry)) == 0


def test_an_entry_that_is_not_there_is_not_found(browser: Browser, people: People) -> None:
    browser.sign_in(people.bob).get("/library/nothing", status=404)
