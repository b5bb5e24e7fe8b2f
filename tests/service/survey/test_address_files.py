"""Files of addresses: every sheet with a list is read, and what is not read is named."""

from collections.abc import Mapping, Sequence

import pytest

from app.survey.invitations.addresses import AddressFile, read_addresses
from app.survey.invitations.presenters import fault_words
from tests.app.workbooks import workbook_bytes
from tests.service.browser import Browser
from tests.service.people import People

EARLY_HELP = [["email"], ["sian@example.org"], ["ann@example.org"]]
FOSTERING = [["Name", "Email"], ["Ann", "ANN@example.org"], ["Bo", "bo@"], ["Cy", "cy@example.org"]]


def read(sheets: Mapping[str, Sequence[Sequence[object]]]) -> AddressFile:
    return read_addresses("staff.xlsx", workbook_bytes(sheets))


def said(found: AddressFile) -> list[str]:
    return [fault_words(fault) for fault in found.to_look_at]


def test_every_sheet_with_the_column_is_read_and_a_row_is_named_with_its_sheet() -> None:
    found = read({"Early help": EARLY_HELP, "Fostering": FOSTERING})
    assert found.addresses == ("sian@example.org", "ann@example.org", "cy@example.org")
    assert found.doubled == 1
    assert said(found) == [
        "Sheet “Fostering”, row 2: “ANN@example.org” stands twice; it is taken once.",
        "Sheet “Fostering”, row 3: “bo@” is not an email address. Correct it.",
    ]


def test_each_sheet_that_is_not_read_is_named_with_the_reason() -> None:
    cover = [["Staff of the council"], ["March 2027"]]
    found = read({"Sheet1": [], "Cover": cover, "Early help": EARLY_HELP})
    assert found.addresses == ("sian@example.org", "ann@example.org")
    assert said(found) == [
        "Sheet “Cover”: The sheet was not read: no column in it is called “email”. "
        "Give the column of addresses that heading.",
        "Sheet “Sheet1”: The sheet is empty.",
    ]


def test_a_hidden_sheet_is_not_read() -> None:
    found = read_addresses("staff.xlsx", workbook_bytes({"Staff": FOSTERING, "Left": EARLY_HELP}, ["Left"]))
    assert found.addresses == ("ANN@example.org", "cy@example.org")
    assert "Sheet “Left”: The sheet is hidden, so it was not read. Show it, or delete it." in said(found)


def test_a_workbook_of_one_sheet_has_rows_without_a_sheet() -> None:
    assert said(read({"Fostering": FOSTERING})) == ["Row 3: “bo@” is not an email address. Correct it."]


@pytest.mark.parametrize(
    ("sheets", "words"),
    [
        ({"Cover": [["Staff"]], "List": [["Name"], ["Ann"]]}, "column called “email”: “Cover” and “List”."),
        ({"List": [["Name"], ["Ann"]]}, "no column in it is called “email”"),
        ({"Sheet1": [], "Sheet2": []}, "The workbook is empty."),
    ],
    ids=["two sheets", "one sheet", "empty sheets"],
)
def test_a_workbook_without_the_column_is_refused_with_its_sheets(
    sheets: Mapping[str, Sequence[Sequence[object]]], words: str
) -> None:
    found = read(sheets)
    assert words in found.refused
    assert not found.addresses


def test_the_page_shows_what_all_sheets_hold(browser: Browser, people: People, survey_id: object) -> None:
    browser.sign_in(people.alice)
    address = f"/diagnostics/{survey_id}/survey/invitations"
    content = workbook_bytes({"Early help": EARLY_HELP, "Fostering": FOSTERING})
    checked = browser.submit(
        browser.get(address), action=address + "/upload", files={"file": ("staff.xlsx", content, "text/csv")}
    )
    assert "3 new addresses can be added." in checked.text
    assert "Sheet “Fostering”, row 3: “bo@” is not an email address." in checked.text
