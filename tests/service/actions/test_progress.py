"""A quarter of the plan for scrutiny: as it stood at its end, on a page and in typed cells."""

from datetime import date, datetime
from io import BytesIO
from uuid import UUID

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import update

from app.actions.models import Action, ActionNote
from app.actions.progress.presenters import Quarter, quarters
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.web.dates import LONDON, today
from tests.service.actions.furniture import STEPS
from tests.service.browser import Browser
from tests.service.people import People

# Two quarters that are over, whatever the day.
THEN, AFTER = Quarter(2025, 4), Quarter(2026, 1)


def at(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=LONDON)


@pytest.fixture
def history(database: Database, people: People, actions: list[Action]) -> list[Action]:
    """One action was done in the first quarter, one begun and done in the second, one is late."""
    with database.transaction() as session:
        session.execute(update(Action).values(made_at=at(date(2025, 10, 5))))
        kept = [session.get_one(Action, one.id) for one in actions]
        kept[0].state, kept[0].sign_seen, kept[0].sign_on = "done", "partly", date(2026, 2, 2)
        kept[0].sign_evidence = "=1+1 of ten staff could name the page"
        kept[0].owner_role = "-Head of practice"
        kept[1].state = "done"
        kept[2].due_on = date(2026, 1, 15)
        kept[3].later, kept[3].brought_on = False, date(2026, 3, 1)
        for one, day, state, text in (
            (kept[0], date(2025, 11, 3), "under_way", "Begun."),
            (kept[0], date(2025, 12, 31), "done", "@everyone has the page."),
            (kept[1], date(2025, 12, 1), "under_way", ""),
            (kept[1], date(2026, 3, 31), "done", "Finished."),
        ):
            session.add(
                ActionNote(action_id=one.id, text=text, state=state, made_by=people.alice, made_at=at(day))
            )
    return kept


def workbook(browser: Browser, here: UUID, quarter: Quarter) -> dict[str, Worksheet]:
    answer = browser.client.get(f"/diagnostics/{here}/actions/progress/progress.xlsx?quarter={quarter.key}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith('attachment; filename="progress-XWEX-wave-1-')
    book = load_workbook(BytesIO(answer.content))
    return {sheet.title: sheet for sheet in book.worksheets}


def cells(sheet: Worksheet) -> list[dict[str, object]]:
    rows = list(sheet.iter_rows(values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


def test_quarters_are_named_as_councils_count() -> None:
    assert Quarter.of(date(2026, 4, 1)).name == "April to June 2026 (quarter 1 of 2026 to 2027)"
    assert Quarter.of(date(2027, 3, 31)).name == "January to March 2027 (quarter 4 of 2026 to 2027)"
    assert (Quarter(2026, 4).first, Quarter(2026, 4).last) == (date(2026, 10, 1), date(2026, 12, 31))
    begun = [Action(made_at=at(date(2026, 5, 1)))]
    assert [one.key for one in quarters(begun, date(2026, 12, 1))] == ["2026-4", "2026-3", "2026-2"]
    assert [one.key for one in quarters([], date(2026, 12, 1))] == ["2026-4"]


def test_a_quarter_says_how_things_stood_at_its_end(
    browser: Browser, people: People, here: UUID, history: list[Action]
) -> None:
    browser.sign_in(people.bob)
    then, after = (workbook(browser, here, one) for one in (THEN, AFTER))
    stood = {row["Action"]: row["Where it stands"] for row in cells(then["Actions"])}
    assert stood == {
        history[0].title: "Done in this quarter",
        history[1].title: "Under way",
        history[2].title: "Not begun",
    }
    assert history[3].title in [row["Step"] for row in cells(then["Next, not now"])]
    stood = {row["Action"]: row["Where it stands"] for row in cells(after["Actions"])}
    assert stood == {
        history[1].title: "Done in this quarter",
        history[2].title: "Overdue",
        history[3].title: "Not begun",
        history[0].title: "Done or stopped before",
    }
    assert history[3].title not in [row["Step"] for row in cells(after["Next, not now"])]
    seen = [row for row in cells(then["Actions"]) if row["Action"] == history[0].title]
    assert [row["Sign seen"] for row in seen] == ["Nobody has looked yet"]


def test_cells_are_typed_and_nothing_is_computed(
    browser: Browser, people: People, here: UUID, history: list[Action]
) -> None:
    sheets = workbook(browser.sign_in(people.bob), here, AFTER)
    assert list(sheets) == ["Actions", "Next, not now", "Notes"]
    for sheet in sheets.values():
        assert sheet.freeze_panes == "B2"
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d"}
    first = next(row for row in cells(sheets["Actions"]) if row["Action"] == history[0].title)
    assert first["What was seen"] == "=1+1 of ten staff could name the page"
    assert first["Owner"] == "-Head of practice"
    assert first["Last note"] == "@everyone has the page."
    assert first["Looked on"] == datetime(2026, 2, 2)
    late = next(row for row in cells(sheets["Actions"]) if row["Action"] == history[2].title)
    assert late["Due date"] == datetime(2026, 1, 15)
    assert late["Overdue"] == "Yes"
    assert late["Sign at six months"] == STEPS[history[2].step].six_month_sign
    explained = {row["What"] for row in cells(sheets["Notes"])}
    assert {str(cell.value) for cell in sheets["Actions"][1]} <= explained


def test_the_page_says_the_same_and_offers_every_quarter(
    browser: Browser, database: Database, people: People, here: UUID, history: list[Action]
) -> None:
    page = browser.sign_in(people.bob).get(f"/diagnostics/{here}/actions/progress?quarter={AFTER.key}")
    captions = [one.text for one in page.all("caption")]
    assert captions == ["Done in this quarter", "Overdue", "Not begun", "Done or stopped before"]
    assert "1 done in this quarter, 1 overdue, 1 not begun, 1 done or stopped before and" in page.text
    assert "steps that wait." in page.text
    assert "=1+1 of ten staff could name the page" in page.text
    choices = [one.get("value") for one in page.all("option")]
    assert choices[-1] == THEN.key
    assert choices[0] == Quarter.of(today()).key
    nonsense = browser.get(f"/diagnostics/{here}/actions/progress?quarter=never")
    assert Quarter.of(today()).name in nonsense.text
    with database.transaction() as session:
        session.execute(update(Diagnostic).where(Diagnostic.id == here).values(framework="gone_v0"))
    browser.get(f"/diagnostics/{here}/actions/progress")
    assert cells(workbook(browser, here, AFTER)["Actions"])


def test_without_actions_it_says_so(browser: Browser, people: People, here: UUID) -> None:
    page = browser.sign_in(people.bob).get(f"/diagnostics/{here}/actions/progress")
    assert "There were no actions in this quarter" in page.text
