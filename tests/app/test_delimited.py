"""CSV files as they come out of spreadsheets, broken in every way that was thought of."""

from pathlib import Path

import pytest

from app.interchange.delimited import MAXIMUM_BYTES, MAXIMUM_ROWS
from app.interchange.evidence_folder import read_folder
from tests.app.small_folder import (
    FRAME,
    SURVEY_HEADER,
    csv_text,
    files,
    folder_faults,
    only_fault,
    places,
    survey_rows,
    write_folder,
)


@pytest.mark.parametrize(
    ("content", "row", "words"),
    [
        (FRAME.replace("North", "Nörth").encode("cp1252"), 2, "line 2 is the first that cannot be read"),
        (FRAME.replace("planners,South", "planners,Süd").encode("cp1252"), 7, "line 7 is the first"),
        (FRAME.encode("utf-16"), 1, "UTF-16"),
        (FRAME.encode("utf-16-le"), 1, "NUL bytes"),
        (FRAME.replace("trades,North", "trades,No\0rth").encode(), 4, "NUL bytes from line 4"),
        (b"PK\x03\x04 and so on", None, "Excel workbook"),
    ],
    ids=["cp1252", "cp1252 further down", "UTF-16", "UTF-16 without mark", "NUL", "workbook"],
)
def test_a_file_that_is_not_utf_8_is_refused_with_its_first_bad_line(
    tmp_path: Path, content: bytes, row: int | None, words: str
) -> None:
    message = only_fault(write_folder(tmp_path, {"frame.csv": content}), "frame.csv", row, None)
    assert words in message
    assert "CSV UTF-8" in message


def test_a_file_over_50_mb_is_refused_unread(tmp_path: Path) -> None:
    path = write_folder(tmp_path)
    with (path / "survey.csv").open("wb") as sparse:
        sparse.truncate(MAXIMUM_BYTES + 1)
    message = only_fault(path, "survey.csv", None, None)
    assert "the most is 50 MB" in message
    assert "not read" in message


def test_more_rows_than_any_workforce_are_not_read(tmp_path: Path) -> None:
    quotes = files()["quotes.csv"] + "I01,asks_after_job,Yes.,no\n" * MAXIMUM_ROWS
    message = only_fault(write_folder(tmp_path, {"quotes.csv": quotes}), "quotes.csv", MAXIMUM_ROWS + 1, None)
    assert "more than 100,000 rows" in message


def test_a_folder_in_the_place_of_a_file_is_a_fault(tmp_path: Path) -> None:
    path = write_folder(tmp_path, {"quotes.csv": None})
    (path / "quotes.csv").mkdir()
    assert only_fault(path, "quotes.csv", None, None).startswith("This is not a file.")


def test_a_link_that_leads_nowhere_is_a_fault(tmp_path: Path) -> None:
    path = write_folder(tmp_path, {"quotes.csv": None})
    (path / "quotes.csv").symlink_to(tmp_path / "gone.csv")
    assert "cannot be read" in only_fault(path, "quotes.csv", None, None)


def test_an_empty_file_is_a_fault(tmp_path: Path) -> None:
    for content in ("", "\n\n", "\ufeff"):
        path = write_folder(tmp_path, {"frame.csv": content})
        assert "The file is empty" in only_fault(path, "frame.csv", 1, None)


def test_a_file_without_a_header_is_a_fault(tmp_path: Path) -> None:
    body = FRAME.split("\n", maxsplit=1)[1]
    message = only_fault(write_folder(tmp_path, {"frame.csv": body}), "frame.csv", 1, None)
    assert message == "The first row must name the columns: role_group, service_area and headcount."


def test_tabs_are_a_fault(tmp_path: Path) -> None:
    path = write_folder(tmp_path, {"frame.csv": FRAME.replace(",", "\t")})
    assert "separated by tabs" in only_fault(path, "frame.csv", 1, None)


def test_a_column_that_stands_twice_is_a_fault(tmp_path: Path) -> None:
    text = FRAME.replace("headcount", "headcount,Headcount").replace("5\n", "5,1\n").replace("0\n", "0,1\n")
    assert "stands twice" in only_fault(
        write_folder(tmp_path, {"frame.csv": text}), "frame.csv", 1, "headcount"
    )


def test_an_unknown_column_is_a_fault_that_names_the_nearest(tmp_path: Path) -> None:
    text = (
        FRAME.replace("headcount", "headcount,service areas").replace("5\n", "5,1\n").replace("0\n", "0,1\n")
    )
    message = only_fault(write_folder(tmp_path, {"frame.csv": text}), "frame.csv", 1, "service areas")
    assert "Did you mean “service_area”?" in message


def test_a_missing_column_is_one_fault_and_not_one_for_every_row(tmp_path: Path) -> None:
    text = FRAME.replace("headcount", "people")
    faults_at = {("frame.csv", 1, "people"), ("frame.csv", 1, "headcount")}
    assert set(places(folder_faults(write_folder(tmp_path, {"frame.csv": text})))) == faults_at


def test_a_column_without_a_name_is_a_fault_unless_it_is_empty(tmp_path: Path) -> None:
    trailing = "".join(f"{line},\n" for line in FRAME.splitlines())
    read_folder(write_folder(tmp_path / "empty", {"frame.csv": trailing}))
    filled = trailing.replace("trades,South,30,", "trades,South,30,note")
    path = write_folder(tmp_path / "filled", {"frame.csv": filled})
    assert only_fault(path, "frame.csv", 1, None).startswith("Column 4 has no name.")


@pytest.mark.parametrize(
    ("line", "words"),
    [("trades,North", "2 cells, too few: the header has 3"), ("trades,North,30,4", "4 cells, too many")],
)
def test_a_ragged_row_is_a_fault_of_its_own(tmp_path: Path, line: str, words: str) -> None:
    path = write_folder(tmp_path, {"frame.csv": FRAME.replace("trades,North,30", line)})
    assert words in only_fault(path, "frame.csv", 4, None)


@pytest.mark.parametrize("cell", ['"No" one', '"never closed'])
def test_a_quotation_mark_without_a_partner_is_a_fault_at_its_row(tmp_path: Path, cell: str) -> None:
    quotes = f"record_id,characteristic,text,released\nI01,asks_after_job,fine,no\nI01,gives_time,{cell},no\n"
    path = write_folder(tmp_path, {"quotes.csv": quotes})
    assert "a quotation mark has no partner" in only_fault(path, "quotes.csv", 3, None)


def test_an_endless_cell_is_a_fault(tmp_path: Path) -> None:
    quotes = f"record_id,characteristic,text,released\nI01,gives_time,{'x' * 140_000},no\n"
    path = write_folder(tmp_path, {"quotes.csv": quotes})
    assert "131,072 characters" in only_fault(path, "quotes.csv", 2, None)


def test_rows_are_counted_as_a_spreadsheet_does_and_the_line_is_said_where_it_differs(tmp_path: Path) -> None:
    rows = survey_rows()
    rows[1][-1] = "one\ntwo\nthree"
    rows[4][2] = "9"
    path = write_folder(tmp_path, {"survey.csv": csv_text(SURVEY_HEADER, rows)})
    only_fault(path, "survey.csv", 6, "HEAR1")
    fault = folder_faults(path)[0]
    assert fault.line == 8
    assert str(fault).startswith("survey.csv, row 6 (line 8), column HEAR1: “9” is not an answer")


@pytest.mark.parametrize(
    "formula", ["=1+1", "+1", "-1+2", "@SUM(A1)", '=HYPERLINK("http://x")', "=cmd|' /C calc'!A0"]
)
def test_a_formula_is_text_and_is_never_worked_out(tmp_path: Path, formula: str) -> None:
    rows = survey_rows()
    rows[0][-1] = formula
    folder = read_folder(write_folder(tmp_path / "text", {"survey.csv": csv_text(SURVEY_HEADER, rows)}))
    assert folder.evidence.answers is not None
    assert folder.evidence.answers.comments["SAY2"] == (formula,)
    rows[0][2] = formula
    path = write_folder(tmp_path / "answer", {"survey.csv": csv_text(SURVEY_HEADER, rows)})
    assert "is not an answer to HEAR1" in only_fault(path, "survey.csv", 2, "HEAR1")


@pytest.mark.parametrize("separator", [",", ";"])
def test_the_line_with_which_a_spreadsheet_names_the_separator_is_no_row(
    tmp_path: Path, separator: str
) -> None:
    text = f"sep={separator}\r\n" + FRAME.replace(",", separator)
    own = read_folder(write_folder(tmp_path / "own"))
    assert read_folder(write_folder(tmp_path / "said", {"frame.csv": text})).frame == own.frame
    wrong = text.replace(f"South{separator}", f"South{separator}x", 1)
    row = 2 + FRAME.split("\n")[1:].index(next(line for line in FRAME.split("\n") if "South," in line))
    faults = folder_faults(write_folder(tmp_path / "wrong", {"frame.csv": wrong}))
    assert [(fault.row, fault.line) for fault in faults] == [(row, row + 1)]


@pytest.mark.parametrize("quoted", [False, True])
def test_tabs_are_named_as_what_is_wrong(tmp_path: Path, quoted: bool) -> None:
    cells = [line.split(",") for line in FRAME.strip().split("\n")]
    if quoted:
        cells = [[f'"{cell}"' for cell in row] for row in cells]
    text = "\n".join("\t".join(row) for row in cells)
    message = only_fault(write_folder(tmp_path, {"frame.csv": text}), "frame.csv", 1, None)
    assert message.startswith("The columns are separated by tabs.")


@pytest.mark.parametrize(("head", "body"), [("", ",,"), (",", ""), (",,", ",")])
def test_empty_cells_at_the_end_of_some_rows_are_no_fault(tmp_path: Path, head: str, body: str) -> None:
    first, *rest = FRAME.strip().split("\n")
    text = "\n".join([first + head, *(f"{row}{body}" for row in rest[:-1]), rest[-1]])
    own = read_folder(write_folder(tmp_path / "own"))
    assert read_folder(write_folder(tmp_path / "more", {"frame.csv": text})).frame == own.frame


def test_a_cell_that_is_missing_or_filled_beyond_the_columns_is_still_a_fault(tmp_path: Path) -> None:
    first, second, *rest = FRAME.strip().split("\n")
    for wrong in (f"{second},x", second.rpartition(",")[0]):
        text = "\n".join([first, wrong, *rest])
        assert "The row has" in only_fault(write_folder(tmp_path, {"frame.csv": text}), "frame.csv", 2, None)


def test_a_title_above_the_names_of_the_columns_is_one_fault(tmp_path: Path) -> None:
    text = f"The workforce in September,,\n{FRAME}"
    message = only_fault(write_folder(tmp_path, {"frame.csv": text}), "frame.csv", 1, None)
    assert "holds only “The workforce in September”. Delete the rows above" in message
