"""A Microsoft Forms export as the survey: wordings as headings, answer words as values."""

from pathlib import Path

import pytest

from app.interchange.evidence_folder import EvidenceFolder, read_folder
from tests.app.exports import FRAMEWORK, forms, wording
from tests.app.small_folder import SETTINGS, only_fault, write_folder
from tests.app.workbooks import same_evidence, sheets, workbook_bytes

FIRST = FRAMEWORK.questions[0].code
NEEDS = FRAMEWORK.needs


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> EvidenceFolder:
    return read_folder(write_folder(tmp_path_factory.mktemp("own")))


def write(
    folder: Path, rows: list[list[object]], name: str = "survey.xlsx", settings: str = SETTINGS
) -> Path:
    book = workbook_bytes({"Form1": rows})
    return write_folder(folder, {"survey.csv": None, name: book, "diagnostic.yaml": settings})


def said(folder: EvidenceFolder) -> str:
    return "\n".join(str(warning) for warning in folder.warnings)


def test_an_export_holds_what_our_own_form_holds(tmp_path: Path, own: EvidenceFolder) -> None:
    found = read_folder(write(tmp_path, forms()))
    assert same_evidence(found, own)
    assert "survey.xlsx, sheet Form1: Read as an export of Microsoft Forms: 14 columns" in said(found)
    named = [w.column for w in found.warnings if "should not have been collected" in w.message]
    assert named == ["B (Start time)", "C (Completion time)"]


def test_names_and_addresses_are_not_read_and_named(tmp_path: Path) -> None:
    rows = forms()
    rows[1][3:5] = ["alice@example.org", "Alice"]
    found = read_folder(write(tmp_path, rows))
    assert "column D (Email): The column was not read: it can tell who answered" in said(found)
    assert "column E (Name): The column was not read: it can tell who answered" in said(found)
    assert "alice" not in said(found).casefold()


def test_diagnostic_yaml_names_the_file(tmp_path: Path, own: EvidenceFolder) -> None:
    settings = SETTINGS + "survey: responses.xlsx\n"
    found = read_folder(write(tmp_path, forms(), "responses.xlsx", settings))
    assert same_evidence(found, own)
    assert not any("was not read. For a survey" in warning.message for warning in found.warnings)


def test_an_evidence_workbook_names_or_holds_an_export(tmp_path: Path, own: EvidenceFolder) -> None:
    write(tmp_path, forms(), "responses.xlsx")
    given = {**sheets(), "survey": forms()}
    (tmp_path / "held.xlsx").write_bytes(workbook_bytes(given))
    assert same_evidence(read_folder(tmp_path / "held.xlsx"), own)
    del given["survey"]
    given["diagnostic"].append(["survey", "responses.xlsx"])
    (tmp_path / "named.xlsx").write_bytes(workbook_bytes(given))
    assert same_evidence(read_folder(tmp_path / "named.xlsx"), own)


@pytest.mark.parametrize(
    ("named", "message"),
    [
        ("absent.xlsx", "There is no file “absent.xlsx” here"),
        ("../survey.xlsx", "There is no file “../survey.xlsx” here"),
        ("second.yaml", "neither a CSV file nor a workbook"),
    ],
)
def test_a_survey_that_is_not_there_is_a_fault(tmp_path: Path, named: str, message: str) -> None:
    path = write(tmp_path, forms(), settings=f"{SETTINGS}survey: {named}\n")
    assert message in only_fault(path, "diagnostic.yaml", 11, "survey")


def test_two_surveys_are_a_fault(tmp_path: Path) -> None:
    path = write_folder(tmp_path, {"survey.xlsx": workbook_bytes({"Form1": forms()})})
    assert "The folder holds survey.csv too" in only_fault(path, "survey.xlsx", None, None)
    settings = SETTINGS + "survey: survey.xlsx\n"
    path = write_folder(tmp_path, {"diagnostic.yaml": settings})
    assert "diagnostic.yaml names “survey.xlsx” instead" in said(read_folder(path))


def test_a_question_that_may_be_left_out_and_is_not_found_is_named(tmp_path: Path) -> None:
    rows = forms()
    rows[0][rows[0].index(NEEDS.text)] = "Something quite different"
    found = read_folder(write(tmp_path, rows))
    named = {w.column: w.message for w in found.warnings}
    assert f"No column asks {NEEDS.code}" in named[NEEDS.code]
    assert "so the brief is made without it. If it was asked, write the code" in named[NEEDS.code]


def test_a_title_above_the_headings_is_one_fault(tmp_path: Path) -> None:
    message = only_fault(write(tmp_path, [["Our survey"], *forms()]), "survey.xlsx, sheet Form1", 1, None)
    assert "holds only “Our survey”" in message


def test_two_filled_sheets_are_a_fault(tmp_path: Path) -> None:
    book = workbook_bytes({"Form1": forms(), "Form2": [["x"]]})
    path = write_folder(tmp_path, {"survey.csv": None, "survey.xlsx": book})
    assert "2 filled sheets: “Form1”, “Form2”" in only_fault(path, "survey.xlsx", None, None)


def test_a_choice_that_is_only_like_one_is_a_fault_and_other_words_are_counted(tmp_path: Path) -> None:
    rows = forms()
    place = rows[0].index(NEEDS.text)
    rows[1][place] = f"{NEEDS.choices[0].label};My very own wish;"
    found = read_folder(write(tmp_path / "other", rows))
    assert "1 answer left out: “Other”" in said(found)
    assert found.evidence.answers is not None
    rows[2][place] = f"{NEEDS.choices[0].label} x;"
    column = f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[place]} ({NEEDS.code})"
    message = only_fault(write(tmp_path / "near", rows), "survey.xlsx, sheet Form1", 3, column)
    assert f"Did you mean “{NEEDS.choices[0].id}”?" in message


def test_a_wrong_answer_is_named_with_its_place(tmp_path: Path) -> None:
    rows = forms()
    rows[7][rows[0].index(wording(FIRST))] = "Perhaps"
    message = only_fault(write(tmp_path, rows), "survey.xlsx, sheet Form1", 8, f"H ({FIRST})")
    assert message.startswith("“Perhaps” is not an answer")


def test_without_the_tools_columns_wordings_are_still_found(tmp_path: Path, own: EvidenceFolder) -> None:
    found = read_folder(write(tmp_path, [row[5:] for row in forms()]))
    assert same_evidence(found, own)
    assert "Read as an export of a survey tool: 14 columns were recognised, and none were not" in said(found)
