"""The evidence folder as a whole: what is read, and that everything wrong is said at once."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest

from app.interchange.evidence_folder import EvidenceFolder, read_folder
from diagnostics.evidence import Evidence, FrameCell
from tests.app.small_folder import (
    SURVEY_HEADER,
    csv_text,
    files,
    folder_faults,
    only_fault,
    places,
    survey_rows,
    with_cell,
    write_folder,
)


def same(one: Evidence, other: Evidence) -> bool:
    """Say whether two pieces of evidence hold the same values."""
    a, b = one.answers, other.answers
    if a is None or b is None:
        return a is b
    return (
        np.array_equal(a.values, b.values, equal_nan=True)
        and np.array_equal(a.dont_know, b.dont_know)
        and (a.codes, a.role_group, a.service_area, a.needs, a.comments)
        == (b.codes, b.role_group, b.service_area, b.needs, b.comments)
        and (one.diagnostic, one.records, one.ratings, one.quotes, one.reviews)
        == (other.diagnostic, other.records, other.ratings, other.quotes, other.reviews)
    )


@pytest.fixture
def folder(tmp_path: Path) -> EvidenceFolder:
    return read_folder(write_folder(tmp_path / "wave"))


def test_a_whole_folder_is_read_without_a_warning(folder: EvidenceFolder) -> None:
    diagnostic = folder.evidence.diagnostic
    assert folder.warnings == ()
    assert folder.previous is None
    assert folder.framework.id == "repairs_learning_v1"
    assert (diagnostic.authority_code, diagnostic.authority_name) == ("X0000001", "Exampleton")
    assert (diagnostic.wave, diagnostic.threshold) == (2, 10)
    assert diagnostic.as_of == date(2026, 11, 15)
    assert diagnostic.survey_closed == date(2026, 9, 30)
    assert folder.frame.cells[0] == FrameCell("supervisors", "North", 15)
    assert folder.frame.total == 130


def test_fieldwork_is_read_with_its_reconciled_rating_and_its_data_review(folder: EvidenceFolder) -> None:
    evidence = folder.evidence
    assert [record.id for record in evidence.records] == ["I01", "I02", "O01", "O02", "D01", "D02", "D03"]
    assert evidence.records[3].role_group is None
    assert evidence.records[3].people == 12
    assert evidence.records[6].kind == "data_review"
    assert evidence.records[0].month == date(2026, 10, 1)
    assert [rating.rater for rating in evidence.ratings[:3]] == ["AB", "CD", "reconciled"]
    assert evidence.ratings[7].stage is None
    assert [quote.released for quote in evidence.quotes] == [True, False]
    assert [review.subject for review in evidence.reviews] == ["survey-document", "said_not_seen"]
    assert [review.confirmed for review in evidence.reviews] == [True, False]


def test_a_folder_of_fieldwork_alone_is_read(tmp_path: Path) -> None:
    folder = read_folder(
        write_folder(tmp_path, {"survey.csv": None, "quotes.csv": None, "reviews.csv": None})
    )
    assert folder.evidence.answers is None
    assert len(folder.evidence.ratings) == 14


def test_a_folder_of_a_survey_alone_is_read(tmp_path: Path) -> None:
    nothing = dict.fromkeys(["records.csv", "ratings.csv", "quotes.csv", "reviews.csv"])
    folder = read_folder(write_folder(tmp_path, nothing))
    assert folder.evidence.answers is not None
    assert folder.evidence.records == ()


def test_a_folder_of_neither_is_a_fault(tmp_path: Path) -> None:
    nothing = dict.fromkeys(["survey.csv", "records.csv", "ratings.csv", "quotes.csv"])
    message = only_fault(write_folder(tmp_path, nothing), "survey.csv", None, None)
    assert "neither an answer nor a rating" in message


def test_no_folder_is_a_fault(tmp_path: Path) -> None:
    assert folder_faults(tmp_path / "nowhere")[0].message.startswith("There is no such folder.")
    (tmp_path / "file").write_text("x")
    assert folder_faults(tmp_path / "file")[0].message.startswith("This is a file, not a folder.")


VARIANTS = {
    "a byte order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "CRLF line ends": lambda text: text.replace("\n", "\r\n").encode(),
    "old Macintosh line ends": lambda text: text.replace("\n", "\r").encode(),
    "no line end at the end": lambda text: text.rstrip("\n").encode(),
    "blank lines at the end": lambda text: (text + "\n\n").encode(),
}


@pytest.mark.parametrize("variant", VARIANTS.values(), ids=VARIANTS.keys())
def test_variants_of_a_file_give_the_same_evidence(tmp_path: Path, variant) -> None:  # type: ignore[no-untyped-def]
    plain = read_folder(write_folder(tmp_path / "plain"))
    varied = {name: variant(text) for name, text in files().items()}
    other = read_folder(write_folder(tmp_path / "varied", varied))
    assert other.warnings == ()
    assert same(plain.evidence, other.evidence)
    assert plain.frame == other.frame


def test_semicolons_in_one_file_and_line_breaks_in_comments_give_the_same_evidence(tmp_path: Path) -> None:
    rows = survey_rows()
    for row in rows[::7]:
        row[-1] = "Two lines;\nand a comma, and a “quote”"
    comma = write_folder(tmp_path / "comma", {"survey.csv": csv_text(SURVEY_HEADER, rows)})
    semicolon = csv_text(SURVEY_HEADER, rows, ";").replace("\n", "\r\n")
    other = write_folder(tmp_path / "semicolon", {"survey.csv": semicolon})
    evidence = read_folder(comma).evidence
    assert same(evidence, read_folder(other).evidence)
    assert evidence.answers is not None
    assert evidence.answers.comments["SAY2"][0] == "Two lines;\nand a comma, and a “quote”"


def test_columns_and_case_may_differ(tmp_path: Path) -> None:
    header, rows = list(SURVEY_HEADER), survey_rows()
    mixed = csv_text([name.lower() for name in header[::-1]], [row[::-1] for row in rows])
    changed = {
        "survey.csv": mixed,
        "frame.csv": files()["frame.csv"]
        .replace("trades,", "Trades staff,")
        .replace("planners", " PLANNERS "),
    }
    plain = read_folder(write_folder(tmp_path / "plain"))
    other = read_folder(write_folder(tmp_path / "mixed", changed))
    assert same(plain.evidence, other.evidence)
    assert plain.frame == other.frame


def test_faults_of_several_files_are_all_listed_at_once(tmp_path: Path) -> None:
    good = files()
    changed = {
        "diagnostic.yaml": good["diagnostic.yaml"].replace("threshold: 10", "threshold: 9"),
        "frame.csv": with_cell(good["frame.csv"], 3, "headcount", "many"),
        "survey.csv": with_cell(good["survey.csv"], 5, "HEAR1", "5"),
        "records.csv": with_cell(good["records.csv"], 4, "month", "Oct-26"),
        "ratings.csv": with_cell(good["ratings.csv"], 12, "stage", "5"),
        "quotes.csv": with_cell(good["quotes.csv"], 3, "released", "perhaps"),
        "reviews.csv": with_cell(good["reviews.csv"], 2, "decision", "maybe"),
    }
    assert places(folder_faults(write_folder(tmp_path, changed))) == [
        ("diagnostic.yaml", 10, "threshold"),
        ("frame.csv", 3, "headcount"),
        ("survey.csv", 5, "HEAR1"),
        ("records.csv", 4, "month"),
        ("ratings.csv", 12, "stage"),
        ("quotes.csv", 3, "released"),
        ("reviews.csv", 2, "decision"),
    ]


def test_three_broken_rows_of_four_hundred_are_the_three_that_are_listed(tmp_path: Path) -> None:
    survey = csv_text(SURVEY_HEADER, survey_rows(400))
    for row, column, value in (
        (17, "HEAR2", "4"),
        (203, "role_group", "supervisor"),
        (399, "HEAR3", "maybe"),
    ):
        survey = with_cell(survey, row, column, value)
    faults = folder_faults(write_folder(tmp_path, {"survey.csv": survey}))
    assert places(faults) == [
        ("survey.csv", 17, "HEAR2"),
        ("survey.csv", 203, "role_group"),
        ("survey.csv", 399, "HEAR3"),
    ]
    assert faults[0].message == (
        "“4” is not an answer to HEAR2. Write -3, -2, -1, 0, 1, 2 or 3, DK for “Cannot say”, or nothing."
    )
    assert "Did you mean “supervisors”?" in faults[1].message


def test_a_framework_given_by_hand_takes_the_place_of_the_one_named(tmp_path: Path) -> None:
    path = write_folder(
        tmp_path / "wave", {"diagnostic.yaml": files()["diagnostic.yaml"].replace("second.yaml", "x")}
    )
    given = tmp_path / "given.yaml"
    (path / "second.yaml").rename(given)
    assert read_folder(path, framework_file=given).framework.id == "repairs_learning_v1"


def test_a_file_with_nearly_the_right_name_is_pointed_out(tmp_path: Path) -> None:
    path = write_folder(tmp_path, {"quotes.csv": None, "quote.csv": "x\n", "surveys.xlsx": b"PK\x03\x04"})
    warnings = read_folder(path).warnings
    assert [(warning.file, warning.message) for warning in warnings] == [
        ("quote.csv", "The file was not read. Did you mean “quotes.csv”?"),
        (
            "surveys.xlsx",
            "The file was not read. For a survey export write “survey: surveys.xlsx” in diagnostic.yaml. "
            "Did you mean “survey.csv”?",
        ),
    ]
