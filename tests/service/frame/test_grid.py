"""The grid: typing a frame, adding rows, taking them out, saving."""

from app.commissioning.frame.typed_grid import id_field, name_field, people_field
from app.database.session import Database
from tests.service.browser import Browser, text_of
from tests.service.frame.frames import (
    ROLES,
    USUAL,
    address,
    area_ids,
    log,
    plan_row,
    read,
    set_state,
    state,
    typed,
    write,
)
from tests.service.people import People

REMOVE_FIRST = ("action", "remove-1")


def test_an_empty_frame_is_a_few_empty_rows(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.alice).get(address(people.here))
    assert [name_field(row) in page.fields() for row in (1, 5, 6)] == [True, True, False]
    assert page.link("empty CSV file") == address(people.here, "/template.csv")


def test_what_is_typed_is_saved_and_shown(browser: Browser, people: People, database: Database) -> None:
    page = browser.sign_in(people.alice).get(address(people.here))
    answer = browser.submit(
        page,
        {**typed(1, "  Early   help ", (4, 8, "", "1,044", "9.0")), **typed(3, "Tŷ Ŵyl", (0, "", 3, 0, 0))},
    )
    assert read(database, people.here) == {"Early help": (4, 8, 0, 1044, 9), "Tŷ Ŵyl": (0, 0, 3, 0, 0)}
    assert answer.path == address(people.here, "/preview")
    assert "The frame is saved: 1,068 people in 2 service areas." in answer.text
    assert ["All service areas", "4", "8", "3", "1,044", "9", "1,068"] in answer.rows()


def test_totals_and_values_stand_in_the_saved_grid(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here)
    page = browser.sign_in(people.dana).get(address(people.here))
    assert page.fields()[people_field(1, "other_practitioners")] == ["44"]
    totals = [text_of(cell) for cell in page.all("td", "app-grid__total")]
    assert totals == ["Total 73", "Total 138", "Total 44", "Everybody 255"]


def test_every_field_has_a_label_that_names_its_group_and_area(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here)
    page = browser.sign_in(people.alice).get(address(people.here))
    labels = {label.get("for"): text_of(label) for label in page.all("label")}
    assert labels[people_field(1, "team_managers")] == "Headcount of Team managers in Early help"
    assert labels[name_field(2)] == "Name of service area 2"
    fields = [one.get("id") for one in page.all("input") if one.get("type") == "text"]
    assert len(fields) == 3 * (1 + len(ROLES))
    assert set(fields) <= set(labels)
    headers = [text_of(one) for one in page.all("th") if one.get("scope") == "col"]
    assert headers[:3] == ["Service area", "Leaders", "Team managers"]
    assert len([one for one in page.all("th") if one.get("scope") == "row"]) == 4


def test_the_enter_key_presses_save(browser: Browser, people: People, database: Database) -> None:
    # A browser presses the first button of a form for Enter; were it "Remove", a slip would lose a row.
    write(database, people.here)
    page = browser.sign_in(people.alice).get(address(people.here))
    first = next(one for one in page.form().iter() if one.tag == "button")
    assert (first.get("name"), first.get("value")) == ("action", "save")


def test_adding_rows_keeps_what_was_typed_and_saves_nothing(
    browser: Browser, people: People, database: Database
) -> None:
    page = browser.sign_in(people.alice).get(address(people.here))
    longer = browser.submit(page, typed(5, "Fostering", (1, "x", 3, 4, 5)), button=("action", "add"))
    assert longer.fields()[name_field(5)] == ["Fostering"]
    assert longer.fields()[people_field(5, "team_managers")] == ["x"]
    assert name_field(8) in longer.fields()
    assert longer.errors == []
    assert [one.get("id") for one in longer.all("input") if one.get("autofocus") is not None] == [
        name_field(6)
    ]
    assert read(database, people.here) == {}


def test_rows_can_be_added_up_to_sixty(browser: Browser, people: People, database: Database) -> None:
    write(database, people.here, {f"Area {n}": (1, 1, 1, 1, 1) for n in range(1, 60)})
    page = browser.sign_in(people.alice).get(address(people.here))
    full = browser.submit(page, button=("action", "add"))
    assert name_field(60) in full.fields()
    assert name_field(61) not in full.fields()
    assert [text_of(one) for one in full.all("button") if one.get("value") == "add"] == []
    browser.submit(full, typed(60, "Area 60", (1, 1, 1, 1, 1)))
    assert len(read(database, people.here)) == 60


def test_a_row_with_people_is_taken_out_only_after_asking(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here)
    page = browser.sign_in(people.alice).get(address(people.here))
    asked = browser.submit(page, {people_field(2, "leaders"): "99"}, button=REMOVE_FIRST)
    assert asked.heading == "Are you sure that you want to remove “Early help” from the frame?"
    assert "73 people are counted there." in asked.text
    kept = browser.submit(asked, button=("action", "back"))
    assert kept.fields()[name_field(1)] == ["Early help"]
    assert kept.fields()[people_field(2, "leaders")] == ["99"]
    asked = browser.submit(kept, button=REMOVE_FIRST)
    without = browser.submit(asked, button=("action", "removed-1"))
    assert without.fields()[name_field(1)] == ["Safeguarding"]
    assert without.fields()[people_field(1, "leaders")] == ["99"]
    assert "“Early help” is taken out. Save the frame to keep it so." in without.text
    assert read(database, people.here) == dict(USUAL)
    browser.submit(without)
    assert list(read(database, people.here)) == ["Safeguarding", "Plant Cymru: Tŷ Ŵyl"]
    assert read(database, people.here)["Safeguarding"][0] == 99


def test_an_empty_row_is_taken_out_without_asking(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.alice).get(address(people.here))
    without = browser.submit(page, {name_field(2): "Fostering"}, button=REMOVE_FIRST)
    assert without.fields()[name_field(1)] == ["Fostering"]
    assert name_field(5) not in without.fields()


def test_a_row_that_the_plan_names_is_taken_out_only_after_asking(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here, {"Early help": (0, 0, 0, 0, 0), "Safeguarding": (7, 16, 93, 14, 8)})
    plan_row(database, people.here, "Early help")
    page = browser.sign_in(people.alice).get(address(people.here))
    asked = browser.submit(page, button=REMOVE_FIRST)
    assert "1 row of the fieldwork plan names it." in asked.text
    browser.submit(browser.submit(asked, button=("action", "removed-1")))
    plan = browser.get(f"/diagnostics/{people.here}/plan")
    assert ["Focus group", "Registered practitioners", "1"] in [row[:3] for row in plan.rows()]


def test_areas_that_exchange_their_names_keep_their_rows(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here)
    before = area_ids(database, people.here)
    page = browser.sign_in(people.alice).get(address(people.here))
    browser.submit(page, {name_field(1): "Safeguarding", name_field(2): "Early help"})
    after = area_ids(database, people.here)
    assert after["Safeguarding"] == before["Early help"]
    assert after["Early help"] == before["Safeguarding"]


def test_an_id_of_another_frame_is_not_taken(browser: Browser, people: People, database: Database) -> None:
    write(database, people.elsewhere, {"Theirs": (1, 1, 1, 1, 1)})
    theirs = str(area_ids(database, people.elsewhere)["Theirs"])
    page = browser.sign_in(people.alice).get(address(people.here))
    browser.submit(page, {**typed(1, "Ours", (2, 2, 2, 2, 2)), id_field(1): theirs})
    assert read(database, people.elsewhere) == {"Theirs": (1, 1, 1, 1, 1)}
    assert read(database, people.here) == {"Ours": (2, 2, 2, 2, 2)}


def test_two_rows_with_one_id_are_two_areas(browser: Browser, people: People, database: Database) -> None:
    write(database, people.here)
    before = str(area_ids(database, people.here)["Early help"])
    page = browser.sign_in(people.alice).get(address(people.here))
    browser.submit(page, {id_field(2): before, id_field(3): "no id"})
    assert read(database, people.here) == dict(USUAL)


def test_a_framework_that_is_gone_is_said(browser: Browser, people: People, database: Database) -> None:
    set_state(database, people.here, framework="evidence_use_v0")
    for page in (address(people.here), f"/diagnostics/{people.here}/plan"):
        assert (
            "Choose another in the details of the diagnostic."
            in browser.sign_in(people.alice).get(page, 409).text
        )


def test_saving_clears_what_was_confirmed_and_is_logged_without_names(
    browser: Browser, people: People, database: Database
) -> None:
    from app.web.dates import now

    write(database, people.here)
    set_state(database, people.here, frame_confirmed_at=now(), plan_confirmed_at=now())
    page = browser.sign_in(people.alice).get(address(people.here))
    browser.submit(page, {people_field(1, "leaders"): "5"})
    saved = state(database, people.here)
    assert (saved.frame_confirmed_at, saved.plan_confirmed_at, saved.revision) == (None, None, 2)
    [(action, details)] = log(database)
    assert action == "frame changed"
    assert details == {
        "revision": 2, "areas": 3, "people": 256, "people_before": 255, "areas_added": 0, "areas_removed": 0,
        "areas_renamed": 0, "cells_changed": 1,
    }  # fmt: skip


def test_saving_what_is_saved_changes_nothing(browser: Browser, people: People, database: Database) -> None:
    from app.web.dates import now

    write(database, people.here)
    set_state(database, people.here, frame_confirmed_at=now())
    page = browser.sign_in(people.alice).get(address(people.here))
    answer = browser.submit(page)
    assert "Nothing had changed." in answer.text
    saved = state(database, people.here)
    assert saved.frame_confirmed_at is not None
    assert saved.revision == 1
    assert log(database) == []
