"""A LimeSurvey export as survey.csv: by code or by wording, answers as codes or in full."""

from pathlib import Path

import pytest

from app.interchange.evidence_folder import EvidenceFolder, read_folder
from tests.app.exports import FRAMEWORK, QUESTIONS, limesurvey, renamed, wording, write_survey
from tests.app.small_folder import folder_faults, only_fault, write_folder
from tests.app.workbooks import same_evidence

FIRST = FRAMEWORK.questions[0].code


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> EvidenceFolder:
    return read_folder(write_folder(tmp_path_factory.mktemp("own")))


def said(folder: EvidenceFolder) -> str:
    return "\n".join(str(warning) for warning in folder.warnings)


@pytest.mark.parametrize("separator", [",", ";"])
@pytest.mark.parametrize("full", [False, True])
def test_an_export_holds_what_our_own_form_holds(
    tmp_path: Path, own: EvidenceFolder, full: bool, separator: str
) -> None:
    found = read_folder(write_survey(tmp_path, *limesurvey(full), separator))
    assert same_evidence(found, own)
    assert "Read as an export of LimeSurvey: 16 columns were recognised; 9 of the tool’s own" in said(found)
    assert ("Numbered answer codes were read in the order of the framework" in said(found)) is not full
    assert "can tell who answered" not in said(found)


def test_values_and_codes_before_wordings_are_read_too(tmp_path: Path, own: EvidenceFolder) -> None:
    header, rows = limesurvey(full=True)
    names = {wording(code): f"{code}. {wording(code)}" for code in QUESTIONS}
    assert same_evidence(read_folder(write_survey(tmp_path, renamed(header, names), rows)), own)


@pytest.mark.parametrize("written", ["{code}. {text}", "<p>{text}</p>", "{text}&nbsp;"])
def test_whoever_did_not_finish_is_left_out_however_the_headings_are_written(
    tmp_path: Path, own: EvidenceFolder, written: str
) -> None:
    """LimeSurvey writes its own columns as it writes the questions: “submitdate. Date submitted”."""
    codes, _ = limesurvey(full=False)
    header, rows = limesurvey(full=True)
    unfinished = list(rows[0])
    unfinished[1] = ""
    names = [written.format(code=code, text=text) for code, text in zip(codes, header, strict=True)]
    found = read_folder(write_survey(tmp_path, names, [*rows, unfinished]))
    assert same_evidence(found, own)
    assert "1 incomplete response was left out: row 62" in said(found)
    assert "9 of the tool’s own were ignored, and none were not" in said(found)


def test_subquestions_of_an_array_are_found(tmp_path: Path, own: EvidenceFolder) -> None:
    header, rows = limesurvey(full=False)
    names = {code: f"BLOCK[{code}]" for code in QUESTIONS}
    assert same_evidence(read_folder(write_survey(tmp_path, renamed(header, names), rows)), own)


def test_wordings_differ_in_case_spaces_quotes_numbers_and_marks(tmp_path: Path, own: EvidenceFolder) -> None:
    header, rows = limesurvey(full=True)
    text = wording(FIRST)
    written = f"  7)  {text.upper().replace('’', chr(39)).rstrip('.?')} : "
    assert same_evidence(read_folder(write_survey(tmp_path, renamed(header, {text: written}), rows)), own)


def test_a_heading_that_is_only_like_a_question_is_not_read(tmp_path: Path) -> None:
    header, rows = limesurvey(full=True)
    text = wording(FIRST)
    names = {text: text.rstrip(".?") + " today?"}
    faults = folder_faults(write_survey(tmp_path, renamed(header, names), rows))
    assert [(fault.row, fault.column) for fault in faults] == [(1, FIRST)]
    assert f"No column asks {FIRST}, “{text}”. The heading “" in faults[0].message
    assert "is nearly it, but was not read" in faults[0].message


def test_a_missing_role_group_says_how_it_may_be_asked(tmp_path: Path) -> None:
    header, rows = limesurvey(full=False)
    path = write_survey(tmp_path, renamed(header, {"rolegroup": "G01Q01"}), rows)
    message = only_fault(path, "survey.csv", 1, "role_group")
    assert "“role_group”, “What is your role?”" in message


def test_incomplete_responses_are_left_out_and_counted(tmp_path: Path) -> None:
    header, rows = limesurvey(full=False)
    for row in rows[:3]:
        row[1] = ""
    found = read_folder(write_survey(tmp_path, header, rows))
    assert found.evidence.answers is not None
    assert found.evidence.answers.n == read_folder(write_folder(tmp_path / "own")).evidence.answers.n - 3  # type: ignore[union-attr]
    assert "column B (submitdate): 3 incomplete responses were left out: rows 2, 3 and 4" in said(found)


def test_columns_that_identify_are_not_read_and_named(tmp_path: Path, own: EvidenceFolder) -> None:
    header, rows = limesurvey(full=False)
    for number, row in enumerate(rows):
        row[1] = f"2026-09-{1 + number % 28:02} 10:00:00"
        row[7], row[8] = "192.0.2.1", f"t{number}"
    found = read_folder(write_survey(tmp_path, header, rows))
    assert same_evidence(found, own)
    named = [w.column for w in found.warnings if "should not have been collected" in w.message]
    assert named == ["B (submitdate)", "H (ipaddr)", "I (token)"]


def test_other_is_left_out_and_counted(tmp_path: Path) -> None:
    header, rows = limesurvey(full=False)
    place = header.index("NEED[other]")
    rows[0][place] = "Something of my own"
    rows[1][header.index("rolegroup")] = "-oth-"
    rows[2][header.index("rolegroup")] = "-oth-"
    found = read_folder(write_survey(tmp_path, header, rows))
    assert "(NEED[other]): 1 answer in own words left out" in said(found)
    assert "(role_group): 2 answers left out: “Other”" in said(found)


def test_a_wrong_answer_is_named_with_its_row_and_column(tmp_path: Path) -> None:
    header, rows = limesurvey(full=True)
    rows[4][header.index(wording(FIRST))] = "Perhaps"
    message = only_fault(write_survey(tmp_path, header, rows), "survey.csv", 6, f"L ({FIRST})")
    assert message.startswith(f"“Perhaps” is not an answer to {FIRST}")


def test_a_question_asked_twice_is_a_fault(tmp_path: Path) -> None:
    header, rows = limesurvey(full=False)
    wide = [[*row, "A1"] for row in rows]
    faults = folder_faults(write_survey(tmp_path, [*header, wording(FIRST)], wide))
    assert "Keep one of the two" in faults[0].message


def test_what_is_no_question_is_said_and_not_read(tmp_path: Path, own: EvidenceFolder) -> None:
    header, rows = limesurvey(full=False)
    found = read_folder(write_survey(tmp_path, [*header, "G09Q01"], [[*row, "blue"] for row in rows]))
    assert same_evidence(found, own)
    assert "(G09Q01): The column was not read. It is no question of the framework." in said(found)
