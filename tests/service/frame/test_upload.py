"""Uploading a frame: nothing is saved before it is accepted, and then all of it or nothing."""

import pytest
from sqlalchemy.orm import Session

from app.commissioning.frame import services
from app.commissioning.frame.typed_grid import people_field
from app.commissioning.models import ServiceArea
from app.database.session import Database
from app.web.dates import now
from tests.app.workbooks import workbook_bytes
from tests.service.browser import Browser, Page
from tests.service.conftest import ADDRESS
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
    write,
)
from tests.service.people import People

HEADER = "role_group,service_area,headcount\n"
NEW = HEADER + "leaders,EARLY HELP,5\nregistered,Early help,9\nregistered,Tîm Newydd,31\n"


def upload(browser: Browser, page: Page, content: bytes | str, name: str = "frame.csv") -> Page:
    data = content.encode() if isinstance(content, str) else content
    return browser.submit(page, files={"file": (name, data, "application/octet-stream")})


def upload_page(browser: Browser, people: People, who: str = "alice") -> Page:
    return browser.sign_in(getattr(people, who)).get(address(people.here, "/upload"))


def test_what_would_change_is_shown_first_and_saved_when_accepted(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here)
    plan_row(database, people.here, "Early help")
    plan_row(database, people.here, "Safeguarding")
    set_state(database, people.here, frame_confirmed_at=now())
    before = area_ids(database, people.here)
    checked = upload(browser, upload_page(browser, people), NEW)
    assert checked.heading == "Check what will change"
    assert "We read “frame.csv”: 45 people in 2 service areas. Nothing is saved yet." in checked.text
    rows = checked.rows()
    assert ["What", "Saved now", "In the file"] in rows
    assert ["Service area “Safeguarding”", "138 people", "Not there"] in rows
    assert ["Service area “Tîm Newydd”", "Not there", "31 people"] in rows
    assert ["Leaders in EARLY HELP", "4", "5"] in rows
    assert ["Everybody", "255 people", "45 people"] in rows
    assert "1 row of the fieldwork plan names a service area that would go." in checked.text
    assert read(database, people.here) == dict(USUAL)
    assert log(database) == []

    saved = browser.submit(checked)
    assert saved.path == address(people.here, "/preview")
    assert read(database, people.here) == {"EARLY HELP": (5, 0, 9, 0, 0), "Tîm Newydd": (0, 0, 31, 0, 0)}
    assert area_ids(database, people.here)["EARLY HELP"] == before["Early help"]
    assert state(database, people.here).frame_confirmed_at is None
    [(action, details)] = log(database)
    assert action == "frame replaced from a file"
    assert (details["areas_added"], details["areas_removed"], details["people_before"]) == (1, 2, 255)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_frame_that_is_taken_away_comes_back_as_it_was(
    browser: Browser, people: People, database: Database, kind: str
) -> None:
    write(database, people.here)
    page = upload_page(browser, people)
    taken = browser.client.get(address(people.here, f"/frame.{kind}"))
    assert taken.headers["content-disposition"] == f'attachment; filename="frame-XWEX-wave-1.{kind}"'
    assert "It is the same as what is saved" in upload(browser, page, taken.content, f"frame.{kind}").text
    write(database, people.elsewhere, {"Old": (1, 0, 0, 0, 0)})
    page = browser.sign_in(people.charlie).get(address(people.elsewhere, "/upload"))
    browser.submit(upload(browser, page, taken.content, f"frame.{kind}"))
    assert read(database, people.elsewhere) == dict(USUAL)


def test_templates_have_the_same_columns_and_nothing_else(browser: Browser, people: People) -> None:
    browser.sign_in(people.bob)
    assert browser.client.get(address(people.here, "/template.csv")).content.decode("utf-8-sig") == (
        HEADER.replace("\n", "\r\n")
    )
    book = browser.client.get(address(people.here, "/template.xlsx"))
    assert book.headers["content-type"].endswith("spreadsheetml.sheet")
    assert "frame-template-XWEX-wave-1.xlsx" in book.headers["content-disposition"]
    browser.get(address(people.here, "/other.csv"), 404)
    browser.get(address(people.here, "/frame.pdf"), 404)


def test_mistakes_are_listed_by_row_and_column_and_the_old_frame_stays(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here)
    wrong = upload(
        browser,
        upload_page(browser, people),
        HEADER + "leaders,A,-3\nboss,B,2\nleaders,,1\n",
        r"C:\Work\Team list.csv",
    )
    assert wrong.errors == [
        "“Team list.csv” has 3 mistakes. Nothing was saved. Put the file right and choose it again"
    ]
    assert wrong.title.startswith("Error: ")
    assert [row[:2] for row in wrong.rows()[1:4]] == [
        ["2", "headcount"], ["3", "role_group"], ["4", "service_area"]
    ]  # fmt: skip
    assert "“boss” is not a role group of the framework." in wrong.text
    assert read(database, people.here) == dict(USUAL)


def test_files_that_are_refused_unread(browser: Browser, people: People) -> None:
    page = upload_page(browser, people)
    for name, content, words in (
        ("frame.pdf", b"%PDF", "must be a CSV file or an Excel workbook"),
        ("frame.csv", b"", "The file is empty"),
        ("frame.csv", b"x" * (5 * 1024 * 1024 + 1), "must be smaller than 5 MB"),
        ("frame.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "1 mistake"),
    ):
        wrong = upload(browser, page, content, name)
        assert len(wrong.errors) == 1
        assert words in wrong.errors[0] or "one mistake" in wrong.errors[0]
    assert browser.submit(page).errors == ["Choose a file"]


def test_a_file_larger_than_the_service_takes_is_answered_with_a_page(
    browser: Browser, people: People
) -> None:
    page = upload_page(browser, people)
    answer = browser.submit(
        page, files={"file": ("frame.csv", b"x" * (22 * 1024 * 1024), "text/csv")}, status=413
    )
    assert answer.heading == "The file is too large"
    assert "Files may be up to 20 MB." in answer.text


def test_many_mistakes_are_counted_and_not_all_printed(browser: Browser, people: People) -> None:
    rows = "".join(f"boss,Area {n},x\n" for n in range(500))
    wrong = upload(browser, upload_page(browser, people), HEADER + rows)
    assert len(wrong.rows()) < 150
    assert "more of the same kind" in wrong.text


def test_a_workbook_with_warnings_is_still_taken(
    browser: Browser, people: People, database: Database
) -> None:
    book = workbook_bytes({"Staff": [("Team", "Leaders", "Total"), ("Early help", 30, 30)]})
    checked = upload(browser, upload_page(browser, people), book, "staff.xlsx")
    assert "The column of totals is left aside." in checked.text
    assert "There is no column for Team managers" in checked.text
    assert "No frame is saved yet" in checked.text
    browser.submit(checked)
    assert read(database, people.here) == {"Early help": (30, 0, 0, 0, 0)}


def test_only_what_was_checked_here_can_be_accepted(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here)
    checked = upload(browser, upload_page(browser, people), NEW)
    content = checked.fields()["content"][0]
    for forged in ("", content[:-2] + "xx", content.replace(".", "x.", 1), "e30.aaaa.bbbb"):
        answer = browser.submit(checked, {"content": forged}, status=403)
        assert "Upload it once more." in answer.text
    # Neither another person nor another diagnostic can be made to take it.
    other = upload_page(Browser(browser.service, ADDRESS), people, "dana")
    dana = Browser(browser.service, ADDRESS).sign_in(people.dana)
    theirs = upload(dana, dana.get(address(people.here, "/upload")), NEW)
    dana.submit(theirs, {"content": content}, status=403)
    petra = Browser(browser.service, ADDRESS).sign_in(people.petra)
    here = upload(petra, petra.get(address(people.here, "/upload")), NEW)
    there = upload(petra, petra.get(address(people.elsewhere, "/upload")), NEW)
    petra.submit(there, {"content": here.fields()["content"][0]}, status=403)
    assert other.heading == "Upload the frame"
    assert read(database, people.here) == dict(USUAL)
    assert read(database, people.elsewhere) == {}


def test_what_was_checked_can_be_accepted_for_a_while_only(
    browser: Browser, people: People, database: Database
) -> None:
    import time_machine

    with time_machine.travel("2026-11-02 09:00Z", tick=False) as clock:
        checked = upload(browser, upload_page(browser, people), NEW)
        clock.move_to("2026-11-02 21:01Z")
        browser.sign_in(people.alice)
        browser.submit(checked, status=403)
    assert read(database, people.here) == {}


def test_a_change_after_the_check_is_shown_before_anything_is_replaced(
    browser: Browser, people: People, database: Database
) -> None:
    write(database, people.here)
    checked = upload(browser, upload_page(browser, people), NEW)
    other = Browser(browser.service, ADDRESS).sign_in(people.dana)
    other.submit(other.get(address(people.here)), {people_field(1, "leaders"): "50"})
    again = browser.submit(checked)
    [words] = again.errors
    assert words.startswith("Dana Dale saved this frame on ")
    assert words.endswith(", after you uploaded the file. Look at the differences again")
    assert ["Leaders in EARLY HELP", "50", "5"] in again.rows()
    assert read(database, people.here)["Early help"][0] == 50
    browser.submit(again)
    assert read(database, people.here)["EARLY HELP"][0] == 5


def test_a_fault_in_the_middle_keeps_the_old_frame_whole(
    browser: Browser, people: People, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(database, people.here)
    checked = upload(browser, upload_page(browser, people), NEW)
    written: list[str] = []
    write_cells = services._write_cells

    def fails_at_the_second(row: ServiceArea, area: object) -> None:
        if written:
            raise OSError("disk full")
        written.append(row.name)
        write_cells(row, area)  # type: ignore[arg-type]

    monkeypatch.setattr(services, "_write_cells", fails_at_the_second)
    assert "frame is replaced" not in browser.submit(checked, status=500).text
    assert written == ["EARLY HELP"]
    monkeypatch.undo()

    def lost(self: Session) -> None:
        raise OSError("the database is gone")

    monkeypatch.setattr(Session, "commit", lost)
    answer = browser.client.post(
        address(people.here, "/upload/accept"), data=dict(checked.fields()), follow_redirects=False
    )
    monkeypatch.undo()
    assert answer.status_code == 500
    assert read(database, people.here) == dict(USUAL)
    assert state(database, people.here).revision == 1
    assert log(database) == []


def test_the_fields_of_a_frame_and_its_file_are_the_same_role_groups(
    browser: Browser, people: People
) -> None:
    page = upload_page(browser, people)
    assert [row[0] for row in page.rows() if row[0] in ROLES] == ["leaders", "team_managers"]
    assert all(role in page.text for role in ROLES)
