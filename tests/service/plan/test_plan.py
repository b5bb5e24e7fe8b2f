"""The fieldwork plan: proposed, taken, changed row by row, confirmed, and started over."""

from uuid import UUID

from sqlalchemy import select

from app.commissioning.models import PlannedFieldwork
from app.database.session import Database
from tests.service.browser import Browser, Page
from tests.service.conftest import ADDRESS
from tests.service.frame.frames import address as frame_address
from tests.service.frame.frames import area_ids, log, set_state, state, write
from tests.service.people import People

FRAME = {
    "Early help": (4, 8, 8, 44, 9),
    "Safeguarding": (7, 16, 93, 14, 8),
    "Fostering": (3, 4, 27, 6, 4),
    "Youth justice": (1, 1, 3, 3, 0),
}


def address(people: People, part: str = "") -> str:
    return f"/diagnostics/{people.here}/plan{part}"


def planned(database: Database, diagnostic: UUID) -> list[tuple[str, str, str | None, int, str]]:
    """Give the plan that is saved."""
    with database.transaction(writes=False) as session:
        rows = session.scalars(
            select(PlannedFieldwork)
            .where(PlannedFieldwork.diagnostic_id == diagnostic)
            .order_by(PlannedFieldwork.position)
        )
        return [(row.source, row.kind, row.role_group, row.number, row.note) for row in rows]


def started(browser: Browser, people: People, database: Database) -> Page:
    """Give the page of a plan that was taken from the proposal."""
    write(database, people.here, FRAME)
    return browser.submit(
        browser.sign_in(people.alice).get(address(people)), action=address(people, "/proposal")
    )


def row_link(page: Page, words: str, at: int = 0) -> str:
    found = [one.get("href") or "" for one in page.all("a") if "/rows/" in (one.get("href") or "")]
    return [link for link in found if link.endswith("/remove") is (words == "Remove")][at]


def test_without_a_frame_there_is_nothing_to_propose(browser: Browser, people: People) -> None:
    page = browser.sign_in(people.alice).get(address(people))
    assert page.link("Describe the workforce") == frame_address(people.here)
    assert page.own_forms == []


def test_a_diagnostic_without_fieldwork_has_nothing_to_plan(
    browser: Browser, people: People, database: Database
) -> None:
    started(browser, people, database)
    set_state(database, people.here, with_fieldwork=False)
    page = browser.get(address(people))
    assert "This diagnostic runs without fieldwork" in page.text
    assert "The plan that was made before is kept" in page.text
    assert page.own_forms == []
    assert browser.get(page.link("change how the diagnostic runs")).heading == "Who runs it"


def test_looking_at_the_proposal_saves_nothing(browser: Browser, people: People, database: Database) -> None:
    write(database, people.here, FRAME)
    page = browser.sign_in(people.alice).get(address(people))
    assert "There is no plan yet. This is what the frame suggests." in page.text
    assert ["Focus group", "Registered practitioners", "Safeguarding", "1"] in page.rows()
    assert "This takes about three and a half days on site." in page.text
    assert "at least three times, so that the report can say in words where the two differ." in page.text
    assert planned(database, people.here) == []


def test_the_proposal_becomes_the_plan(browser: Browser, people: People, database: Database) -> None:
    page = started(browser, people, database)
    rows = planned(database, people.here)
    assert rows[0] == ("interview", "interview", "leaders", 2, "")
    assert {row[0] for row in rows} == {"interview", "observation", "document"}
    assert [
        "Leadership meeting",
        "Any",
        "1",
        "Change Leadership meeting Remove Leadership meeting",
    ] in page.rows()
    assert "No source would be thin under any heading" in page.text
    assert log(database) == [("plan made", {"revision": 2, "rows": len(rows)})]


def test_a_council_that_runs_it_by_itself_sees_the_same(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here, FRAME)
    with_pdm = browser.sign_in(people.dana).get(address(people)).rows()
    set_state(database, people.here, run_by="council")
    assert browser.sign_in(people.alice).get(address(people)).rows() == with_pdm


def test_a_row_is_changed(browser: Browser, people: People, database: Database) -> None:
    page = started(browser, people, database)
    row = browser.get(row_link(page, "Change"))
    assert row.heading == "Change an interview or focus group"
    assert row.fields()["role_group"] == ["leaders"]
    area = str(area_ids(database, people.here)["Early help"])
    changed = browser.submit(
        row, {"kind": "focus_group", "number": "3", "note": "Ask for the night team.", "service_area": area}
    )
    assert planned(database, people.here)[0] == (
        "interview", "focus_group", "leaders", 3, "Ask for the night team.",
    )  # fmt: skip
    assert ["Focus group", "Leaders", "Early help", "3", "Ask for the night team."] in [
        line[:5] for line in changed.rows()
    ]
    action, details = log(database)[-1]
    assert (action, details) == ("plan row changed", {"revision": 3, "source": "interview", "number": 3})


def test_what_is_wrong_with_a_row_is_said_and_kept(
    browser: Browser, people: People, database: Database
) -> None:
    page = started(browser, people, database)
    before = planned(database, people.here)
    row = browser.get(row_link(page, "Change"))
    wrong = browser.submit(row, {"kind": "", "number": "0", "note": "x" * 501, "role_group": "boss"})
    assert wrong.errors == [
        "Choose what it is",
        "How many must be a whole number from 1 to 50",
        "The note must be 500 characters or fewer",
    ]
    assert wrong.fields()["note"] == ["x" * 501]
    wrong = browser.submit(row, {"kind": "panel", "role_group": "boss", "service_area": str(people.here)})
    assert wrong.errors == [
        "Choose what it is from the list",
        "Choose a role group from the list",
        "Choose a service area from the list",
    ]
    assert browser.submit(row, {"number": ""}).errors == ["Enter how many there will be"]
    assert planned(database, people.here) == before


def test_a_row_is_added_to_its_source(browser: Browser, people: People, database: Database) -> None:
    page = started(browser, people, database)
    count = len(planned(database, people.here))
    form = browser.get(page.link("Plan a document"))
    assert form.heading == "Plan a document or data review"
    kinds = [one.get("value") for one in form.all("option")]
    assert "data_review" in kinds
    assert "panel" not in kinds
    browser.submit(form, {"kind": "audit_report", "number": "2"})
    assert planned(database, people.here)[count:] == [("document", "audit_report", None, 2, "")]
    browser.get(address(people, "/add/survey"), 404)


def test_a_row_is_removed_after_asking(browser: Browser, people: People, database: Database) -> None:
    page = started(browser, people, database)
    count = len(planned(database, people.here))
    asked = browser.get(row_link(page, "Remove"))
    assert asked.heading == "Are you sure that you want to remove this row?"
    assert "Leaders" in asked.text
    assert len(planned(database, people.here)) == count
    removed = browser.submit(asked)
    assert len(planned(database, people.here)) == count - 1
    assert "Nobody would be interviewed from Leaders." in removed.text
    assert log(database)[-1][0] == "plan row removed"
    browser.submit(asked, status=404)


def test_gaps_are_said_in_words(browser: Browser, people: People, database: Database) -> None:
    page = started(browser, people, database)
    assert "None of the practitioners would be heard in" not in page.text
    with database.transaction() as session:
        area = area_ids(database, people.here)["Early help"]
        for row in session.scalars(select(PlannedFieldwork)):
            if row.service_area_id == area or row.source == "observation":
                session.delete(row)
    page = browser.get(address(people))
    assert "None of the practitioners would be heard in “Early help”." in page.text
    assert "Observations in 0 settings would be too few: plan at least two." in page.text
    assert "Observations would be thin under" in page.text
    assert ["Leadership", "8", "0, thin", "6"] in page.rows() or [
        "Leadership",
        "9",
        "0, thin",
        "6",
    ] in page.rows()


def test_starting_over_asks_first(browser: Browser, people: People, database: Database) -> None:
    page = started(browser, people, database)
    proposal = planned(database, people.here)
    browser.submit(browser.get(row_link(page, "Change")), {"note": "Ours", "number": "9"})
    asked = browser.get(address(people, "/reset"))
    assert "will be lost, with all that was changed and 1 note. This cannot be undone." in asked.text
    assert planned(database, people.here) != proposal
    browser.submit(asked)
    assert planned(database, people.here) == proposal
    assert log(database)[-1] == ("plan reset", {"revision": 4, "rows": len(proposal)})


def test_confirming_and_changing_after_it(browser: Browser, people: People, database: Database) -> None:
    page = started(browser, people, database)
    confirmed = browser.submit(page, action=address(people, "/confirm"))
    assert "The fieldwork plan is confirmed." in confirmed.text
    assert state(database, people.here).plan_confirmed_at is not None
    assert log(database)[-1] == ("plan confirmed", {"revision": 3})
    browser.submit(browser.get(row_link(confirmed, "Change")))
    assert state(database, people.here).plan_confirmed_at is not None
    browser.submit(browser.get(row_link(confirmed, "Change")), {"number": "7"})
    assert state(database, people.here).plan_confirmed_at is None


def test_a_change_of_the_frame_has_to_be_looked_at(
    browser: Browser, people: People, database: Database
) -> None:
    page = started(browser, people, database)
    confirmed = browser.submit(page, action=address(people, "/confirm"))
    browser.submit(browser.get(frame_address(people.here)), {"area-1-people-leaders": "9"})
    assert state(database, people.here).plan_confirmed_at is None
    assert confirmed.status == 200
    browser.submit(page, action=address(people, "/confirm"), status=409)


def test_two_people_at_one_row(browser: Browser, people: People, database: Database) -> None:
    page = started(browser, people, database)
    other = Browser(browser.service, ADDRESS).sign_in(people.dana)
    link = row_link(page, "Change")
    mine, theirs = browser.get(link), other.get(link)
    other.submit(theirs, {"number": "5", "note": "Theirs"})
    clash = browser.submit(mine, {"number": "4"})
    assert clash.errors == [
        "Somebody else changed this row. It now says: 5 × Interview, Leaders. Note: Theirs. Save again to "
        "keep yours instead"
    ]
    assert planned(database, people.here)[0][3:] == (5, "Theirs")
    browser.submit(clash)
    assert planned(database, people.here)[0][3:] == (4, "")
    # A change of another row is no clash.
    asked = browser.get(row_link(page, "Remove"))
    other.submit(other.get(row_link(page, "Change", 1)), {"number": "6"})
    browser.submit(asked)
    other.submit(other.get(row_link(page, "Change", 2)), {"number": "8"})
    assert "interview" in {row[0] for row in planned(database, people.here)}


def test_a_removal_of_what_has_changed_is_asked_again(
    browser: Browser, people: People, database: Database
) -> None:
    page = started(browser, people, database)
    other = Browser(browser.service, ADDRESS).sign_in(people.dana)
    asked = browser.get(row_link(page, "Remove"))
    other.submit(other.get(row_link(page, "Change")), {"number": "5"})
    again = browser.submit(asked)
    assert again.errors == ["Somebody else changed this row. This is what it says now"]
    assert planned(database, people.here)[0][3] == 5
    browser.submit(again)
    assert planned(database, people.here)[0][2] == "team_managers"


def test_starting_over_and_confirming_are_refused_for_a_plan_that_changed(
    browser: Browser, people: People, database: Database
) -> None:
    page = started(browser, people, database)
    asked = browser.get(address(people, "/reset"))
    other = Browser(browser.service, ADDRESS).sign_in(people.dana)
    other.submit(other.get(row_link(page, "Change")), {"number": "5"})
    browser.submit(asked, status=409)
    browser.submit(page, action=address(people, "/confirm"), status=409)
    assert planned(database, people.here)[0][3] == 5


def test_a_launched_diagnostic_keeps_its_plan(browser: Browser, people: People, database: Database) -> None:
    page = started(browser, people, database)
    row, asked = browser.get(row_link(page, "Change")), browser.get(row_link(page, "Remove"))
    before = planned(database, people.here)
    set_state(database, people.here, state="collecting")
    browser.submit(row, {"number": "5"}, status=409)
    browser.submit(asked, status=409)
    browser.submit(page, action=address(people, "/confirm"), status=409)
    assert planned(database, people.here) == before
    shown = browser.get(address(people))
    assert shown.own_forms == []
    assert not [one for one in shown.all("a") if "/rows/" in (one.get("href") or "")]
