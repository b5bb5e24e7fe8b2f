"""A file of fieldwork that comes in: read and checked first, and only then, when it is accepted, saved.

What was read travels through the browser between the two, signed for this diagnostic and this person, so that
what is saved is what was checked.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from app.commissioning.checked_uploads import checked, sign_checked
from app.commissioning.models import Diagnostic
from app.interchange.faults import Fault, Report, in_reading_order, printable
from app.interchange.fieldwork_package import Note, Package, read_package
from app.web.secrets import Secrets
from diagnostics.evidence import Quote, Rating, Record
from diagnostics.framework import Framework

MOST_MEGABYTES = 5
MOST_FAULTS = 100
WORKBOOKS, ARCHIVES = (".xlsx", ".xlsm", ".xls"), (".zip",)
# A field of a form takes 4 MB.
_MOST_SIGNED = 3_500_000
_PURPOSE = "fieldwork upload"


@dataclass(frozen=True, slots=True)
class Upload:
    """What was found in a file: its content or its faults; ``refused`` says why it was not even opened."""

    package: Package | None
    faults: tuple[Fault, ...] = ()
    warnings: tuple[str, ...] = ()
    refused: str = ""


def read_upload(framework: Framework, areas: Sequence[str], name: str, content: bytes) -> Upload:
    """Read a file; nothing is saved."""
    suffix = Path(name).suffix.lower()
    if not content:
        return Upload(None, refused="The file is empty. Choose a file with fieldwork in it")
    if suffix not in (*WORKBOOKS, *ARCHIVES):
        return Upload(None, refused="The file must be an Excel workbook (.xlsx) or a zip file (.zip)")
    if len(content) > MOST_MEGABYTES * 1024 * 1024:
        return Upload(
            None,
            refused=f"The file must be smaller than {MOST_MEGABYTES} MB. Fieldwork has far less: check that "
            "it is the right file",
        )
    report = Report()
    package = read_package(
        content, as_workbook=suffix in WORKBOOKS, framework=framework, areas=areas, report=report
    )
    warnings = tuple(
        dict.fromkeys(": ".join(filter(None, (one.file, one.message))) for one in report.warnings)
    )
    return Upload(package, shortened(report.all_faults()), warnings)


def shortened(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """Give faults as a page lists them."""
    return printable(in_reading_order(faults), MOST_FAULTS)


def sign_upload(
    secrets: Secrets, diagnostic: Diagnostic, person_id: UUID, version: str, package: Package
) -> str | None:
    """Put what was read into a text that only this service can have made; None where that is too long."""
    content = [
        [{**asdict(one), "month": one.month.isoformat()} for one in package.records],
        [asdict(one) for one in package.ratings],
        [asdict(one) for one in package.quotes],
        [asdict(one) for one in package.notes],
        {name: list(rows) for name, rows in package.rows.items()},
        dict(package.called),
    ]
    signed = sign_checked(secrets, _PURPOSE, diagnostic, person_id, version, content)
    return signed if len(signed) <= _MOST_SIGNED else None


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was read from a file, and what it would have done when it was shown."""

    package: Package
    version: str


def accepted_upload(secrets: Secrets, diagnostic: Diagnostic, person_id: UUID, text: str) -> Accepted | None:
    """Take back what was signed; None where it was not signed here, for this diagnostic and this person."""
    found = checked(secrets, _PURPOSE, diagnostic, person_id, text)
    return None if found is None else Accepted(_package(*found.content), found.version)


def _package(
    records: list[dict[str, Any]],
    ratings: list[dict[str, Any]],
    quotes: list[dict[str, Any]],
    notes: list[dict[str, Any]],
    rows: dict[str, list[int]],
    called: dict[str, str],
) -> Package:
    return Package(
        tuple(Record(**{**one, "month": date.fromisoformat(one["month"])}) for one in records),
        tuple(Rating(**one) for one in ratings),
        tuple(Quote(**one) for one in quotes),
        tuple(Note(**one) for one in notes),
        rows,
        called,
    )
