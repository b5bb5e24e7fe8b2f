"""A small, valid evidence folder under a framework that is not the published one, to break in one place."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from app.interchange.evidence_folder import read_folder
from app.interchange.faults import EvidenceFolderError, Fault

SECOND_FRAMEWORK = Path(__file__).parent.parent / "second_framework.yaml"

SETTINGS = """\
authority:
  code: X0000001
  name: Exampleton
wave: 2
dates:
  survey_opened: 2026-09-01
  survey_closed: 2026-09-30
as_of: 2026-11-15
framework: second.yaml
threshold: 10
"""

FRAME = """\
role_group,service_area,headcount
supervisors,North,15
supervisors,South,15
trades,North,30
trades,South,30
planners,North,20
planners,South,20
"""

SURVEY_HEADER = (
    "role_group", "service_area", "HEAR1", "HEAR2", "HEAR3", "CHOOSE1", "CHOOSE2", "CHOOSE3", "BACK1",
    "BACK2",
    "OUT1", "NEED", "SAY1", "SAY2",
)  # fmt: skip

RECORDS = """\
record_id,source,kind,role_group,service_area,level,month,people
I01,interview,talk,supervisors,North,strategic,2026-10,1
I02,interview,talk,trades,South,operational,2026-10,3
O01,observation,van_visit,trades,North,operational,2026-10,2
O02,observation,morning_brief,,South,both,2026-11,12
D01,document,job_sheet,,,operational,2026-09,
D02,document,service_plan,,,strategic,2026-09,
D03,document,data_review,,,strategic,2026-09,
"""

RATINGS = """\
record_id,characteristic,rater,stage,reason
I01,asks_after_job,AB,3,They named last week's replies.
I01,asks_after_job,CD,2,They named one reply.
I01,asks_after_job,reconciled,3,Agreed after a second reading.
I01,reads_figures,AB,3,The plan was on the table.
I02,asks_after_job,AB,2,Only after complaints.
I02,gives_time,AB,1,No hour since spring.
O01,asks_after_job,AB,2,One tenant of three was asked.
O01,gives_time,AB,not_seen,
O02,reads_figures,AB,2,The figure was read out and dropped.
O02,gives_time,CD,2,Five minutes at the end.
D01,asks_after_job,AB,4,Nine sheets in ten have a reply.
D02,hears_quiet,AB,2,The plan names the homes.
D02,tries_and_checks,AB,3,A trial with its count.
D03,hears_quiet,CD,2,33 % of homes without contact.
"""

QUOTES = """\
record_id,characteristic,text,released
I01,asks_after_job,"We ask, and then we listen.",yes
I02,gives_time,We have no hour.,no
"""

REVIEWS = """\
heading,subject,decision,reason
hearing,document-survey,confirmed,The sheets are filled in after the visit.
backing,said_not_seen,overruled,The morning we watched was not a usual one.
"""


def survey_rows(people: int = 60) -> list[list[str]]:
    """Give answers of invented people, in a pattern that never changes."""
    groups, areas = ("supervisors", "trades", "trades", "planners"), ("North", "South")
    rows = []
    for person in range(people):
        group, area = groups[person % 4], areas[person % 2 if person % 3 else 0]
        four, seven = str(1 + person % 4), str(person % 7 - 3)
        rows.append([
            group, area, four, seven, str(person % 2),
            "" if group == "trades" else seven,
            "DK" if person % 10 == 0 else str((person + 2) % 7 - 3),
            str(1 + (person + 1) % 4), four,
            "" if group == "supervisors" else str((person + 1) % 2),
            seven,
            ("replies", "figures|visits", "")[person % 3],
            f"Comment {person}, of one line" if person % 5 == 0 else "",
            "",
        ])  # fmt: skip
    return rows


def csv_text(header: Sequence[str], rows: Iterable[Sequence[str]], separator: str = ",") -> str:
    """Give rows as CSV text; cells that hold a separator, a quotation mark or a line break are quoted."""

    def cell(text: str) -> str:
        if any(mark in text for mark in (separator, '"', "\n", "\r")):
            return '"' + text.replace('"', '""') + '"'
        return text

    return "".join(separator.join(cell(text) for text in row) + "\n" for row in [header, *rows])


def files(people: int = 60) -> dict[str, str]:
    """Give every file of the small folder by its name."""
    return {
        "diagnostic.yaml": SETTINGS,
        "frame.csv": FRAME,
        "survey.csv": csv_text(SURVEY_HEADER, survey_rows(people)),
        "records.csv": RECORDS,
        "ratings.csv": RATINGS,
        "quotes.csv": QUOTES,
        "reviews.csv": REVIEWS,
    }


def write_folder(
    path: Path, changed: Mapping[str, str | bytes | None] | None = None, people: int = 60
) -> Path:
    """Write the small folder, with some files changed (None: left out)."""
    path.mkdir(parents=True, exist_ok=True)
    shutil.copy(SECOND_FRAMEWORK, path / "second.yaml")
    contents: dict[str, str | bytes | None] = {**files(people), **(changed or {})}
    for name, content in contents.items():
        if isinstance(content, bytes):
            (path / name).write_bytes(content)
        elif content is not None:
            (path / name).write_text(content, encoding="utf-8", newline="")
    return path


def with_cell(text: str, row: int, column: str, value: str) -> str:
    """Give a CSV text with one cell changed; rows are numbered as in a spreadsheet, none has quoted cells."""
    lines = text.split("\n")
    place = lines[0].split(",").index(column)
    cells = lines[row - 1].split(",")
    cells[place] = value
    lines[row - 1] = ",".join(cells)
    return "\n".join(lines)


def folder_faults(path: Path) -> tuple[Fault, ...]:
    """Read a folder that cannot be used and give its faults."""
    with pytest.raises(EvidenceFolderError) as caught:
        read_folder(path)
    return caught.value.faults


def places(faults: Iterable[Fault]) -> list[tuple[str, int | None, str | None]]:
    """Give where each fault is."""
    return [(fault.file, fault.row, fault.column) for fault in faults]


def only_fault(path: Path, file: str, row: int | None, column: str | None) -> str:
    """Read a folder with one fault, check where it is, and give its message."""
    faults = folder_faults(path)
    assert places(faults) == [(file, row, column)], [str(fault) for fault in faults]
    return faults[0].message
