"""What can be shown, in words, and confirming the frame."""

from app.commissioning.frame.typed_grid import people_field
from app.database.session import Database
from tests.service.browser import Browser, Page
from tests.service.frame.frames import USUAL, address, log, read, set_state, state, typed, write
from tests.service.people import People

SMALL = {**USUAL, "Youth justice": (1, 1, 3, 3, 0), "Disabled children": (2, 2, 9, 3, 1)}


def preview(browser: Browser, people: People, who: str = "alice") -> Page:
    return browser.sign_in(getattr(people, who)).get(address(people.here, "/preview"))


def said(page: Page) -> dict[str, str]:
    """Give what is said of each group of the two small tables."""
    return {row[0]: row[2] for row in page.rows() if len(row) == 3}


def test_nobody_is_nothing_to_show(browser: Browser, people: People) -> None:
    page = preview(browser, people)
    assert "Nobody is in the frame yet" in page.text
    assert page.link("Describe the workforce") == address(people.here)
    assert page.own_forms == []


def test_what_is_too_small_is_said_with_what_to_do(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here, SMALL)
    page = preview(browser, people)
    words = said(page)
    assert words["Registered practitioners"] == "Yes."
    assert words["Safeguarding"].startswith("Yes, from the answers of up to")
    assert words["Youth justice"] == "No. It has fewer than 10 people."
    assert words["Disabled children"] == (
        "No. No role group has 10 or more people there, so answers are kept without the area."
    )
    assert "“Youth justice” (8 people) and “Disabled children” (17 people)" in page.text
    assert "put small areas together under one name" in page.text
    assert "What leaders say can be set beside what practitioners say." in page.text
    assert "Nothing. Every role group that has people has 10 or more." in page.text


def test_an_area_that_would_set_few_apart_is_not_called_small(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here, {"Help": (9, 0, 15, 0, 9), "Care": (9, 0, 9, 0, 9)})
    page = preview(browser, people)
    assert said(page)["Help"] == (
        "No. A role group has 10 or more people there, but fewer than 10 in the areas where it is small. To "
        "protect those few, answers are kept without the area."
    )
    assert "This service area is too small to be shown: “Care” (27 people)." in page.text


def test_what_will_be_merged_is_said(browser: Browser, people: People, database: Database) -> None:
    write(database, people.here, {"Early help": (4, 8, 80, 44, 9), "Safeguarding": (1, 1, 90, 20, 3)})
    page = preview(browser, people)
    assert (
        "Leaders (5 people) and Team managers (9 people) will be reported together, as “Leaders with team "
        "managers” (14 people), so that no group has fewer than 10 people." in page.text
    )
    assert said(page)["Leaders with team managers"] == "Yes."


def test_a_higher_threshold_shows_less(browser: Browser, people: People, database: Database) -> None:
    write(database, people.here)
    set_state(database, people.here, threshold=30)
    page = preview(browser, people)
    assert "Groups of fewer than 30 people are never shown" in page.text
    assert "Leaders with team managers" in said(page)


def test_a_frame_of_nine_cannot_be_confirmed(browser: Browser, people: People, database: Database) -> None:
    write(database, people.here, {"Early help": (1, 2, 3, 2, 1)})
    page = preview(browser, people)
    assert "Nothing can be shown: a survey score needs 10 answers" in page.text
    assert "There are 9 people in the frame, and of fewer than 10 nothing can be shown." in page.text
    assert page.own_forms == []


def test_an_area_without_anybody_stands_in_the_way(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here, {**USUAL, "Closed team": (0, 0, 0, 0, 0)})
    page = preview(browser, people)
    assert "Nobody is counted in “Closed team”. Enter its people, or take it out of the frame." in page.text
    assert page.own_forms == []


def test_few_people_make_all_scores_indicative(browser: Browser, people: People, database: Database) -> None:
    write(database, people.here, {"Early help": (0, 0, 20, 0, 0)})
    assert "Fewer than 30 people can answer" in preview(browser, people).text


def test_confirming_and_changing_after_it(browser: Browser, people: People, database: Database) -> None:
    write(database, people.here)
    confirmed = browser.submit(preview(browser, people))
    assert "The frame is confirmed." in confirmed.text
    assert confirmed.own_forms == []
    assert state(database, people.here).frame_confirmed_at is not None
    assert log(database) == [("frame confirmed", {"revision": 2})]
    grid = browser.get(address(people.here))
    assert "Confirmed on" in grid.text
    changed = browser.submit(grid, {people_field(1, "leaders"): "5"})
    assert state(database, people.here).frame_confirmed_at is None
    assert "Not confirmed yet" in changed.text


def test_confirming_twice_is_once(browser: Browser, people: People, database: Database) -> None:
    write(database, people.here)
    page = preview(browser, people)
    browser.submit(page)
    first = state(database, people.here)
    browser.submit(page)
    second = state(database, people.here)
    assert (second.frame_confirmed_at, second.revision) == (first.frame_confirmed_at, first.revision)
    assert len(log(database)) == 1


def test_only_some_areas_are_covered(browser: Browser, people: People, database: Database) -> None:
    set_state(database, people.here, scope="areas", scope_areas=["Safeguarding", "Fostering"])
    write(database, people.here)
    page = browser.sign_in(people.alice).get(address(people.here))
    assert page.fields()["area-1-name"] == ["Safeguarding"]
    assert page.fields()["area-2-name"] == ["Fostering"]
    assert "area-3-name" not in page.fields()
    assert not [one for one in page.all("button") if (one.get("value") or "").startswith(("add", "remove"))]
    assert "117 people who were saved earlier are outside what the diagnostic covers now." in page.text
    before = browser.get(address(people.here, "/preview"))
    assert "Nobody is counted in “Fostering”, which the diagnostic covers." in before.text
    assert "Part of the frame is outside what the diagnostic covers now." in before.text
    saved = browser.submit(page, typed(2, "Fostering", (0, 0, 25, 0, 0)))
    assert read(database, people.here) == {
        "Safeguarding": (7, 16, 93, 14, 8),
        "Fostering": (0, 0, 25, 0, 0),
    }
    browser.submit(saved)
    page = browser.get(address(people.here))
    wrong = browser.submit(page, {"area-2-name": "Early help"})
    assert wrong.errors == ["“Early help” is outside what the diagnostic covers. Remove the row"]


def test_only_some_role_groups_are_covered(browser: Browser, people: People, database: Database) -> None:
    set_state(database, people.here, scope="roles", scope_roles=["team_managers"])
    page = browser.sign_in(people.alice).get(address(people.here))
    fields = page.fields()
    assert people_field(1, "team_managers") in fields
    assert people_field(1, "leaders") not in fields
    # What the page does not offer is not taken either.
    browser.submit(page, {**typed(1, "Early help", (9, 12, 9, 9, 9))})
    assert read(database, people.here) == {"Early help": (0, 12, 0, 0, 0)}
    assert "Team managers" in said(browser.get(address(people.here, "/preview")))
    file = browser.client.get(address(people.here, "/frame.csv")).content.decode("utf-8-sig")
    assert file == "role_group,service_area,headcount\r\nteam_managers,Early help,12\r\n"
    upload = browser.get(address(people.here, "/upload"))
    wrong = browser.submit(
        upload, files={"file": ("f.csv", b"Area,Team managers,Leaders\nA,1,2\n", "text/csv")}
    )
    assert "“Leaders” is outside what the diagnostic covers: Team managers." in wrong.text


def test_a_role_group_that_is_covered_needs_people(
    browser: Browser, people: People, database: Database
) -> None:
    set_state(database, people.here, scope="roles", scope_roles=["team_managers", "support"])
    write(database, people.here, {"Early help": (0, 12, 0, 0, 0)})
    page = preview(browser, people)
    assert "Nobody is counted as Business support and commissioning, whom the diagnostic covers." in page.text
