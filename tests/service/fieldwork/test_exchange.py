"""Fieldwork in a workbook and as files: out, in, the same again, and never more than was agreed to."""

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from uuid import UUID

import pytest
from openpyxl import Workbook, load_workbook
from sqlalchemy import select

from app.database.session import Database
from app.fieldwork.models import (
    PROPOSED,
    RATED,
    RAW,
    RELEASED,
    FieldworkNote,
    FieldworkQuote,
    FieldworkRecord,
    NoteVersion,
    Rater,
    RecordRater,
    RecordRating,
)
from app.interchange.fieldwork_workbook import GUIDE
from tests.service.browser import Browser, Page
from tests.service.fieldwork.wexbourne import taken_in, upload
from tests.service.people import People

HEADINGS = {
    "records": ("record_id", "source", "kind", "role_group", "service_area", "level", "month", "people"),
    "ratings": ("record_id", "characteristic", "rater", "stage", "reason"),
    "quotes": ("record_id", "characteristic", "text", "released"),
    "notes": ("record_id", "text"),
}
RECORD = ("I01", "interview", "focus_group", "registered", "Early help", "operational", "2026-09", 6)
RATING = ("I01", "cap_find", "AB", 3, "They named two places where they look.")
QUOTE = ("I01", "cap_find", "We know where to look.", "yes")
NOTE = ("I01", "The team looks things up together.")
Rows = Sequence[tuple[object, ...]]


def workbook(records: Rows = (RECORD,), ratings: Rows = (), quotes: Rows = (), notes: Rows = ()) -> bytes:
    made = Workbook(write_only=True)
    for name, rows in (("records", records), ("ratings", ratings), ("quotes", quotes), ("notes", notes)):
        sheet = made.create_sheet(name)
        sheet.append(HEADINGS[name])
        for row in rows:
            sheet.append(row)
    memory = io.BytesIO()
    made.save(memory)
    return memory.getvalue()


WHOLE = workbook([RECORD], [RATING], [QUOTE], [NOTE])


def saved(database: Database, *tables: type) -> list[list[object]]:
    with database.transaction(writes=False) as session:
        return [list(session.scalars(select(table))) for table in tables]


def downloaded(browser: Browser, here: UUID, name: str) -> bytes:
    answer = browser.client.get(f"/diagnostics/{here}/fieldwork/exchange/{name}")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["cache-control"] == "private, no-store"
    return answer.content


@pytest.fixture
def dana(browser: Browser, people: People) -> Browser:
    return browser.sign_in(people.dana)


def test_nothing_is_saved_before_it_is_accepted(dana: Browser, database: Database, here: UUID) -> None:
    page = upload(dana, here, "fieldwork.xlsx", WHOLE)
    assert "We read “fieldwork.xlsx”: 1 record, 1 rating, 1 row of quotes and 1 note." in page.text
    assert "1 new record: I01" in page.text
    assert "1 new rating of AB in 1 record" in page.text
    assert "A file cannot release a quote" in page.text
    assert saved(database, FieldworkRecord, Rater, FieldworkQuote, FieldworkNote) == [[], [], [], []]


def test_what_is_accepted_is_what_was_in_the_file(
    dana: Browser, database: Database, people: People, here: UUID
) -> None:
    page = taken_in(dana, here, "fieldwork.xlsx", WHOLE)
    assert "The file is taken in: 1 record, 1 rating, 1 quote and 1 note added." in page.text
    [[record], [rating], [quote], [note]] = saved(
        database, FieldworkRecord, RecordRating, FieldworkQuote, FieldworkNote
    )
    assert isinstance(record, FieldworkRecord)
    assert (record.code, record.kind, record.role_group, record.people) == (
        "I01",
        "focus_group",
        "registered",
        6,
    )
    assert f"{record.month}" == "2026-09-01"
    assert isinstance(rating, RecordRating)
    assert (rating.stage, rating.reason) == (3, RATING[4])
    assert isinstance(quote, FieldworkQuote)
    assert (quote.state, quote.made_by, quote.proposed_by, quote.role_band) == (
        PROPOSED,
        people.dana,
        people.dana,
        "registered",
    )
    assert isinstance(note, FieldworkNote)
    assert note.text == NOTE[1]
    with database.transaction(writes=False) as session:
        states = session.execute(
            select(Rater.label, Rater.account_id, RecordRater.state).join(
                RecordRater, RecordRater.rater_id == Rater.id
            )
        ).all()
    # Whoever brings what another rated has seen it.
    assert sorted(tuple(row) for row in states) == [("AB", None, RATED), ("DD", people.dana, "looked")]


def test_the_same_file_twice_changes_nothing_and_says_so(
    dana: Browser, database: Database, here: UUID
) -> None:
    taken_in(dana, here, "fieldwork.xlsx", WHOLE)
    before = saved(database, FieldworkRecord, RecordRating, FieldworkQuote, FieldworkNote, NoteVersion)
    page = upload(dana, here, "fieldwork.xlsx", WHOLE)
    assert "All of it is saved already, so nothing would change." in page.text
    assert not [form for form in page.own_forms]
    after = saved(database, FieldworkRecord, RecordRating, FieldworkQuote, FieldworkNote, NoteVersion)
    assert [len(one) for one in after] == [len(one) for one in before] == [1, 1, 1, 1, 0]


def test_what_differs_is_changed_what_is_not_there_stays(
    dana: Browser, database: Database, here: UUID
) -> None:
    second = ("I02", *RECORD[1:])
    taken_in(dana, here, "a.xlsx", workbook([RECORD, second], [RATING], [QUOTE], [NOTE]))
    other = ("I01", "interview", "interview", None, None, None, "2026-10", None)
    rated = (*RATING[:3], "not_seen", None)
    noted = ("I01", "Another text altogether.")
    page = upload(dana, here, "b.xlsx", workbook([other], [rated], [], [noted]))
    assert "I01: kind, role group, service area, level, month and number of people would change" in page.text
    assert "the rating of AB would change" in page.text
    # How it stood is not shown: whoever rates blind may be looking.
    assert "They named" not in page.text
    assert "How they stand now is kept in their history." in page.text
    assert "The file is taken in: 3 entries changed." in dana.submit(page).text
    [records, [rating], [quote], [note], [version]] = saved(
        database, FieldworkRecord, RecordRating, FieldworkQuote, FieldworkNote, NoteVersion
    )
    by_code = {one.code: one for one in records if isinstance(one, FieldworkRecord)}
    assert (by_code["I01"].kind, by_code["I01"].role_group, by_code["I01"].revision) == ("interview", None, 2)
    assert (by_code["I02"].kind, by_code["I02"].revision) == ("focus_group", 1)
    assert isinstance(rating, RecordRating)
    assert (rating.stage, rating.reason) == (None, "")
    assert isinstance(quote, FieldworkQuote)
    assert quote.text == QUOTE[2]
    assert isinstance(note, FieldworkNote)
    assert isinstance(version, NoteVersion)
    assert (note.text, version.text) == (noted[1], NOTE[1])


def test_the_workbook_that_comes_out_changes_nothing_when_it_goes_in(dana: Browser, here: UUID) -> None:
    long = "\n".join(f"Line {number} of what was said about evidence." for number in range(2000))
    taken_in(
        dana,
        here,
        "a.xlsx",
        workbook([RECORD], [RATING], [QUOTE], [("I01", long[:32_000]), ("I01", long[32_001:])]),
    )
    book = downloaded(dana, here, "fieldwork.xlsx")
    sheets = load_workbook(io.BytesIO(book))
    assert sheets.sheetnames == [GUIDE, "records", "ratings", "quotes", "notes", "lists"]
    assert [cell.value for cell in sheets["ratings"][2]] == ["I01", "cap_find", "AB", "3", RATING[4]]
    assert sheets["notes"].max_row > 2
    page = upload(dana, here, "fieldwork.xlsx", book)
    assert page.errors == []
    assert "nothing would change" in page.text


def test_the_empty_workbook_offers_the_words_of_this_diagnostic(dana: Browser, here: UUID) -> None:
    book = load_workbook(io.BytesIO(downloaded(dana, here, "template.xlsx")))
    assert {name: tuple(cell.value for cell in book[name][1]) for name in HEADINGS} == HEADINGS
    offered = {cell.value for column in book["lists"].columns for cell in column}
    assert {"Early help", "Fostering", "Courts", "registered", "not_seen", "cap_find"} <= offered
    assert book["records"].max_row == 1
    assert book["records"].data_validations.count >= 4
    page = upload(dana, here, "template.xlsx", downloaded(dana, here, "template.xlsx"))
    assert "There are no records" in page.text


def test_the_files_of_the_evidence_folder_come_out_as_they_went_in(
    dana: Browser, here: UUID, tmp_path: Path
) -> None:
    taken_in(dana, here, "a.xlsx", workbook([RECORD], [RATING], [QUOTE]))
    content = downloaded(dana, here, "fieldwork.zip")
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert sorted(archive.namelist()) == ["quotes.csv", "ratings.csv", "records.csv"]
        records = archive.read("records.csv").decode("utf-8-sig").splitlines()
        quotes = archive.read("quotes.csv").decode("utf-8-sig").splitlines()
    assert records == [
        ",".join(HEADINGS["records"]),
        "I01,interview,focus_group,registered,Early help,operational,2026-09,6",
    ]
    # It is proposed, so nobody has released it.
    assert quotes[1] == "I01,cap_find,We know where to look.,no"
    assert "nothing would change" in upload(dana, here, "fieldwork.zip", content).text


def quotes_of(database: Database) -> dict[str, str]:
    return {
        one.text: one.state for one in saved(database, FieldworkQuote)[0] if isinstance(one, FieldworkQuote)
    }


def test_no_file_releases_a_quote_or_takes_its_release_back(
    dana: Browser, database: Database, people: People, here: UUID
) -> None:
    raw = (*QUOTE[:3], "no")
    taken_in(dana, here, "a.xlsx", workbook(quotes=[raw]))
    assert quotes_of(database) == {QUOTE[2]: RAW}
    # Somebody else's file does not release it either: one click for a hundred quotes would be no reading.
    dana.sign_in(people.petra)
    taken_in(dana, here, "b.xlsx", workbook(quotes=[QUOTE]))
    assert quotes_of(database) == {QUOTE[2]: PROPOSED}
    with database.transaction() as session:
        session.scalars(select(FieldworkQuote)).one().state = RELEASED
    page = upload(dana, here, "c.xlsx", workbook(quotes=[raw]))
    assert "1 quote is released here and not in the file. That stays so." in page.text
    assert "nothing would change" in page.text
    assert "nothing would change" in upload(dana, here, "d.xlsx", workbook(quotes=[QUOTE])).text
    page = upload(dana, here, "e.xlsx", workbook(quotes=[QUOTE, ("I01", "cap_weigh", *QUOTE[2:])]))
    assert page.rows()[1][:3] == ["quotes", "2", "characteristic"]
    assert quotes_of(database) == {QUOTE[2]: RELEASED}


def test_possible_personal_details_have_to_be_confirmed_row_by_row(
    dana: Browser, database: Database, here: UUID
) -> None:
    noted = ("I01", "Ring the desk on 0161 496 0123 or write to kofi@example.org.")
    rated = (*RATING[:4], "A child called Kofi was asked.")
    page = upload(dana, here, "a.xlsx", workbook([RECORD], [rated], [], [noted]))
    assert (
        "Row 2, text (notes): “0161 496 0123” (a phone number) and “kofi@example.org” (an email" in page.text
    )
    assert "Row 2, reason (ratings): “Kofi” (a possible name)" in page.text
    refused = dana.submit(page)
    assert "Confirm each text that is not personal" in refused.errors[0]
    ticks = [one.get("value") or "" for one in page.all("input") if one.get("name") == "harmless"]
    again = dana.submit(refused, {"harmless": ticks[:1]})
    assert again.fields()["harmless"] == ticks[:1]
    assert saved(database, FieldworkRecord) == [[]]
    assert "The file is taken in" in dana.submit(again, {"harmless": ticks}).text
    # Nobody is asked twice, and what they confirmed is nowhere in the clear.
    [[record]] = saved(database, FieldworkRecord)
    assert isinstance(record, FieldworkRecord)
    assert "Kofi" not in "".join(record.cleared)
    more = (*noted[:1], f"{noted[1]} Every day.")
    assert "harmless" not in upload(dana, here, "a.xlsx", workbook([RECORD], [], [], [more])).fields()


def test_a_record_that_is_called_by_somebodys_address_is_asked_about(dana: Browser, here: UUID) -> None:
    page = upload(dana, here, "a.xlsx", workbook([("kofi@example.org", *RECORD[1:])]))
    assert "Row 2, record_id (records): “kofi@example.org” (an email address)" in page.text


def test_somebody_who_was_faster_is_noticed(
    dana: Browser, database: Database, people: People, here: UUID
) -> None:
    page = upload(dana, here, "a.xlsx", WHOLE)
    with database.transaction() as session:
        session.add(
            FieldworkRecord(
                diagnostic_id=here, code="I01", source="interview", kind="interview", created_by=people.petra
            )
        )
    clash = dana.submit(page)
    assert "Somebody changed the fieldwork since you uploaded the file" in clash.errors[0]
    assert "I01: kind, role group" in clash.text
    assert saved(database, RecordRating) == [[]]
    assert "The file is taken in" in dana.submit(clash).text


def test_what_one_person_checked_nobody_else_can_accept(dana: Browser, people: People, here: UUID) -> None:
    page = upload(dana, here, "a.xlsx", WHOLE)
    dana.sign_in(people.petra)
    answer: Page = dana.submit(page, status=403)
    assert "by somebody else" in answer.text
