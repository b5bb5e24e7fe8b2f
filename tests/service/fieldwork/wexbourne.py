"""The sample fieldwork of Wexbourne in a diagnostic, as the pages take it in."""

import io
import zipfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from app.commissioning.models import Diagnostic
from app.fieldwork.models import PROPOSED, RELEASED, FieldworkQuote, FieldworkRecord
from app.interchange.evidence_folder import EvidenceFolder, read_folder
from app.survey.keys import KeyStore
from app.web.dates import now
from tests.service.browser import Browser, Page
from tests.service.people import People
from tests.service.survey.staff import launched

FILES = ("records.csv", "ratings.csv", "quotes.csv")


def sample(project_root: Path, wave: int = 2) -> EvidenceFolder:
    return read_folder(project_root / "sample_data" / "wexbourne" / f"wave_{wave}")


def launched_with_frame(session: Session, keys: KeyStore, people: People, folder: EvidenceFolder) -> UUID:
    """Launch the diagnostic of Wexbourne with the frame of the sample."""
    frame: dict[str, dict[str, int]] = {area: {} for area in folder.frame.service_areas}
    for cell in folder.frame.cells:
        frame[cell.service_area][cell.role_group] = cell.headcount
    return launched(session, keys, people, frame).diagnostic_id


def zipped(folder: Path, names: tuple[str, ...] = FILES) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name in names:
            archive.write(folder / name, name)
    return memory.getvalue()


def upload(browser: Browser, here: UUID, name: str, content: bytes) -> Page:
    """Upload a file of fieldwork, and give the page that says what it would change."""
    page = browser.get(f"/diagnostics/{here}/fieldwork/exchange/upload")
    kind = "application/octet-stream"
    return browser.submit(page, files={"file": (name, content, kind)})


def taken_in(browser: Browser, here: UUID, name: str, content: bytes) -> Page:
    """Upload a file and accept it, ticking whatever is asked about."""
    page = upload(browser, here, name, content)
    assert page.errors == [], (page.errors, page.rows())
    ticks = [one.get("value") or "" for one in page.all("input") if one.get("name") == "harmless"]
    return browser.submit(page, {"harmless": ticks} if ticks else {})


def release_proposed(session: Session, here: UUID, person_id: UUID) -> None:
    """Let a second person release what was proposed."""
    of_here = select(FieldworkRecord.id).where(FieldworkRecord.diagnostic_id == here)
    session.execute(
        update(FieldworkQuote)
        .where(FieldworkQuote.record_id.in_(of_here), FieldworkQuote.state == PROPOSED)
        .values(state=RELEASED, released_by=person_id, released_at=now() + timedelta(0))
    )


def the_diagnostic(session: Session, here: UUID) -> Diagnostic:
    return session.get_one(Diagnostic, here)
