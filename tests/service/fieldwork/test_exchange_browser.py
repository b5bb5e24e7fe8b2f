"""Files and exchange in a real browser: axe finds nothing, nothing scrolls sideways, a keyboard will do."""

from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from app.database.session import Database
from app.fieldwork.models import FieldworkRecord
from tests.service.chromium import NEEDS_CHROMIUM, chromium, faults_of, leave_by, served, session_of
from tests.service.fieldwork import made_files as made
from tests.service.fieldwork.test_codebook import book
from tests.service.fieldwork.test_exchange import NOTE, QUOTE, RATING, RECORD, workbook
from tests.service.people import People

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = [
    *NEEDS_CHROMIUM,
    pytest.mark.parametrize("database_address", ["sqlite"], indirect=True),
]


@pytest.fixture
def record_id(database: Database, people: People, here: UUID) -> UUID:
    with database.transaction() as session:
        record = FieldworkRecord(
            diagnostic_id=here, code="I07", source="interview", kind="interview", created_by=people.dana
        )
        session.add(record)
        session.flush()
        return record.id


def choose(page: "Page", folder: Path, name: str, content: bytes) -> None:
    """Choose a file, and press the button beneath it by keyboard."""
    path = folder / name
    path.write_bytes(content)
    page.set_input_files("input[type=file]", path)
    page.locator("main form .govuk-button").press("Enter")
    page.wait_for_load_state()


def looked_at(page: "Page", shots: Path, name: str) -> None:
    page.screenshot(path=shots / f"{name}-{page.viewport_size['width']}.png", full_page=True)  # type: ignore[index]
    assert faults_of(page) == [], name


@pytest.mark.parametrize("width", [320, 1280])
def test_the_pages_are_accessible_and_reflow(
    database: Database, people: People, here: UUID, record_id: UUID, tmp_path: Path, width: int
) -> None:
    session = session_of(database, people.dana)
    noted = ("I01", f"{NOTE[1]} Write to kofi@example.org.")
    with served(database, tmp_path) as address, chromium(width, session=session) as page:
        fieldwork = f"{address}/diagnostics/{here}/fieldwork"
        files = f"{fieldwork}/records/{record_id}/files"
        page.goto(files)
        looked_at(page, tmp_path, "files-none")
        choose(
            page,
            tmp_path,
            "our strategy for the use of evidence, second draft after the panel.docx",
            made.word(),
        )
        choose(page, tmp_path, "board.png", made.PNG)
        looked_at(page, tmp_path, "files")
        choose(page, tmp_path, "write to kofi@example.org.pdf", made.PDF)
        looked_at(page, tmp_path, "files-asked")
        leave_by(page.get_by_role("link", name="Remove board.png"))
        looked_at(page, tmp_path, "files-remove")

        page.goto(f"{fieldwork}/exchange")
        looked_at(page, tmp_path, "exchange")
        page.goto(f"{fieldwork}/exchange/upload")
        choose(
            page, tmp_path, "wrong.xlsx", workbook([("I01", "séance", *RECORD[2:])], [("I02", *RATING[1:])])
        )
        assert page.title().startswith("Error: ")
        looked_at(page, tmp_path, "upload-faults")
        choose(page, tmp_path, "right.xlsx", workbook([RECORD], [RATING], [QUOTE], [noted]))
        looked_at(page, tmp_path, "check")
        page.locator("main form .govuk-button").press("Enter")
        looked_at(page, tmp_path, "check-not-confirmed")
        page.get_by_role("checkbox").check()
        page.locator("main form .govuk-button").press("Enter")
        page.get_by_text("The file is taken in").wait_for()
        looked_at(page, tmp_path, "exchange-after")

        page.goto(f"{fieldwork}/exchange/codebook")
        looked_at(page, tmp_path, "codebook")
        from app.interchange.codebook import Code

        choose(
            page, tmp_path, "codes.qdc", book(Code(None, "Workload", "", (Code(None, "Time for reading"),)))
        )
        looked_at(page, tmp_path, "codebook-check")
        page.locator("main form .govuk-button").press("Enter")
        page.get_by_text("2 codes are saved.").wait_for()


def test_a_file_is_saved_and_never_shown(
    database: Database, people: People, here: UUID, record_id: UUID, tmp_path: Path
) -> None:
    session = session_of(database, people.dana)
    with served(database, tmp_path) as address, chromium(1280, scripts=False, session=session) as page:
        files = f"{address}/diagnostics/{here}/fieldwork/records/{record_id}/files"
        page.goto(files)
        choose(page, tmp_path, "board.png", made.PNG)
        with page.expect_download() as download:
            page.get_by_role("link", name="board.png", exact=True).click()
        assert download.value.suggested_filename == "board.png"
        assert Path(download.value.path()).read_bytes() == made.PNG
        # Opened without the link, it is saved too.
        with page.expect_download(), pytest.raises(Exception, match="Download is starting"):
            page.goto(download.value.url)
        assert page.url == files
