"""A frame that comes as a file: read and checked first, and only then, when it is accepted, saved.

What was read travels through the browser between the two, signed for this diagnostic and this person, so
that what is saved is what was checked.
"""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from app.commissioning.checked_uploads import checked, sign_checked
from app.commissioning.frame.grid import Area, Grid
from app.commissioning.frame.scope import Scope
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.interchange.faults import Fault, Report, in_reading_order, printable
from app.interchange.frame_table import Expected, read_frame_file
from app.interchange.vocabulary import cleaned, listed, quoted
from app.web.secrets import Secrets
from diagnostics.evidence import Frame

MOST_MEGABYTES = 5
MOST_FAULTS = 100
CSV_SUFFIXES, WORKBOOK_SUFFIXES = (".csv",), (".xlsx", ".xlsm", ".xls")
_PURPOSE = "frame upload"


@dataclass(frozen=True, slots=True)
class Upload:
    """What was found in a file: the frame or its faults; ``refused`` says why it was not even opened."""

    grid: Grid | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()
    refused: str = ""


def read_upload(diagnostic: Diagnostic, scope: Scope, name: str, content: bytes) -> Upload:
    """Read a file; nothing is saved."""
    suffix = Path(name).suffix.lower()
    if not content:
        return Upload(None, refused="The file is empty. Choose a file with the frame in it")
    if suffix not in (*CSV_SUFFIXES, *WORKBOOK_SUFFIXES):
        return Upload(None, refused="The file must be a CSV file or an Excel workbook (.xlsx)")
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        return Upload(
            None,
            refused=f"The file must be smaller than {MOST_MEGABYTES} MB. A frame has far less: check that it "
            "is the right file",
        )
    report = Report()
    with TemporaryDirectory(prefix="frame-") as folder:
        path = Path(folder) / f"frame{'.xlsx' if suffix in WORKBOOK_SUFFIXES else suffix}"
        path.write_bytes(content)
        frame = read_frame_file(
            path, Expected(framework_of(diagnostic), scope.roles, _wrong_area(scope)), report
        )
    if frame is None:
        return Upload(None, printable(in_reading_order(report.all_faults()), MOST_FAULTS))
    return Upload(
        scope.within(_grid(frame, scope)), (), tuple(dict.fromkeys(one.message for one in report.warnings))
    )


def shown_name(name: str) -> str:
    """Give a file's name for the page, without the folders that some browsers send with it."""
    return quoted(cleaned(name.replace("\\", "/").rpartition("/")[2]) or "the file")


def _wrong_area(scope: Scope) -> Callable[[str], str]:
    def wrong(area: str) -> str:
        if scope.name_of(area) is not None:
            return ""
        return (
            f"{quoted(area)} is outside what the diagnostic covers: {listed(scope.areas or (), 'and')}. Take "
            "it out of the file."
        )

    return wrong


def _grid(frame: Frame, scope: Scope) -> Grid:
    people: dict[str, dict[str, int]] = {}
    for cell in frame.cells:
        people.setdefault(unicodedata.normalize("NFC", cell.service_area), {})[cell.role_group] = (
            cell.headcount
        )
    return Grid(tuple(Area(name, counts) for name, counts in people.items()))


def sign_upload(secrets: Secrets, diagnostic: Diagnostic, person_id: UUID, version: str, grid: Grid) -> str:
    """Put what was read into a text that only this service can have made."""
    areas = [[area.name, dict(area.people)] for area in grid.areas]
    return sign_checked(secrets, _PURPOSE, diagnostic, person_id, version, areas)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was read from a file, and the version of the frame beside which it was shown."""

    grid: Grid
    version: str


def accepted_upload(secrets: Secrets, diagnostic: Diagnostic, person_id: UUID, text: str) -> Accepted | None:
    """Take back what was signed; None where it was not, for this diagnostic and this person."""
    found = checked(secrets, _PURPOSE, diagnostic, person_id, text)
    if found is None:
        return None
    return Accepted(Grid(tuple(Area(name, people) for name, people in found.content)), found.version)
