"""diagnostic.yaml: what it must say, and what is wrong with it where it does not."""

from pathlib import Path

import pytest

from app.interchange.authorities import authorities, fault_of_code, warning_of_name
from app.interchange.evidence_folder import read_folder
from tests.app.small_folder import (
    SECOND_FRAMEWORK,
    SETTINGS,
    files,
    folder_faults,
    only_fault,
    places,
    write_folder,
)


def with_settings(path: Path, old: str, new: str) -> Path:
    assert old in SETTINGS
    return write_folder(path, {"diagnostic.yaml": SETTINGS.replace(old, new)})


@pytest.mark.parametrize(
    ("old", "new", "row", "column", "words"),
    [
        ("wave: 2", "wave: 0", 4, "wave", "not a whole number from 1"),
        ("wave: 2", "wave: second", 4, "wave", "“second” is not a whole number"),
        ("wave: 2\n", "", None, "wave", "“wave” is missing"),
        ("wave: 2", "wave: [2]", 4, "wave", "one value here"),
        ("wave: 2", "waves: 2\nwave: 2", 4, "waves", "Did you mean “wave”?"),
        ("wave: 2", "wave: 2\nwave: 2", 5, "wave", "stands twice"),
        ("  code: X0000001\n", "", None, "authority.code", "missing"),
        ("  name: Exampleton", "  name:", None, "authority.name", "missing"),
        ("  name: Exampleton", "  name: A\n  nmae: B", 4, "authority.nmae", "Did you mean “name”?"),
        ("  name: Exampleton", "  name: A\n  name: B", 4, "authority.name", "stands twice"),
        ("as_of: 2026-11-15", "as_of: 15/11/2026", 8, "as_of", "such as 2026-11-30"),
        ("as_of: 2026-11-15", "as_of: 2026-02-30", 8, "as_of", "is not a date"),
        ("as_of: 2026-11-15\n", "", None, "as_of", "missing"),
        ("as_of: 2026-11-15", "as_of: 2026-09-29", 8, "as_of", "before the survey closed on 2026-09-30"),
        ("closed: 2026-09-30", "closed: 2026-08-30", 7, "dates.survey_closed", "before it opened"),
        ("closed: 2026-09-30", "closed: soon", 7, "dates.survey_closed", "is not a date"),
        ("threshold: 10", "threshold: 9", 10, "threshold", "may be raised, never lowered"),
        ("threshold: 10", "threshold: ten", 10, "threshold", "not a whole number"),
        ("threshold: 10", "replacement_links: -1", 10, "replacement_links", "not a whole number from 0"),
        ("framework: second.yaml", "framework: third.yaml", 9, "framework", "There is no framework file"),
        (
            "framework: second.yaml",
            "framework: evidence_use_v9",
            9,
            "framework",
            "not a framework of this service",
        ),
        ("framework: second.yaml\n", "", None, "framework", "“framework” is missing"),
        ("threshold: 10", "previous: ../nowhere", 10, "previous", "There is no folder “../nowhere”"),
        ("wave: 2", "wave: !!python/object/apply:os.system ['true']", 4, "wave", "is refused"),
        ("dates:\n", "dates: !!python/object:x.Y\n", 5, "dates", "Under “dates” write"),
        ("threshold: 10", f"previous: {'x' * 5000}", 10, "previous", "There is no folder “xxx"),
        (
            "framework: second.yaml",
            f"framework: {'x' * 5000}.yaml",
            9,
            "framework",
            "There is no framework file",
        ),
        ("wave: 2", "wave: !secret 2", 4, "wave", "The tag “!secret” is refused"),
        ("code: X0000001", "code: E99000001", 2, "authority.code", "not one of the 153"),
        ("code: X0000001", "code: walsall", 2, "authority.code", "not an ONS code"),
    ],
)
def test_each_fault_is_named_with_its_line_and_key(
    tmp_path: Path, old: str, new: str, row: int | None, column: str, words: str
) -> None:
    assert words in only_fault(with_settings(tmp_path, old, new), "diagnostic.yaml", row, column)


def test_a_group_of_keys_must_be_one(tmp_path: Path) -> None:
    settings = SETTINGS.replace(
        "authority:\n  code: X0000001\n  name: Exampleton\n", "authority: Exampleton\n"
    )
    message = only_fault(
        write_folder(tmp_path, {"diagnostic.yaml": settings}), "diagnostic.yaml", 1, "authority"
    )
    assert message == "Under “authority” write code and name, each on a line of its own."


@pytest.mark.parametrize(
    "text", ["wave: [1", "a: b: c", "\t- x", '"\\UFFFFFFFF"', "[" * 5000, "&a [*b]", "%YAML 9.9"]
)
def test_what_is_not_yaml_is_one_fault(tmp_path: Path, text: str) -> None:
    faults = folder_faults(write_folder(tmp_path, {"diagnostic.yaml": text}))
    assert len(faults) == 1
    assert faults[0].message.startswith("This is not readable YAML")


def test_a_list_or_an_empty_file_is_a_fault(tmp_path: Path) -> None:
    for text in ("- wave", "", "wave"):
        assert "key: value" in folder_faults(write_folder(tmp_path, {"diagnostic.yaml": text}))[0].message


def test_a_missing_file_is_a_fault(tmp_path: Path) -> None:
    faults = folder_faults(write_folder(tmp_path, {"diagnostic.yaml": None}))
    assert faults[0].file == "diagnostic.yaml"
    assert "cannot be read" in faults[0].message


def test_a_faulty_framework_is_listed_with_its_paths(tmp_path: Path) -> None:
    path = write_folder(tmp_path)
    text = SECOND_FRAMEWORK.read_text(encoding="utf-8").replace("steps: [list_quiet]", "steps: [list_loud]")
    (path / "second.yaml").write_text(text, encoding="utf-8")
    faults = folder_faults(path)
    assert ("second.yaml", None, "headings[0].characteristics[1].steps") in places(faults)


def test_the_threshold_may_be_raised_and_defaults_to_the_frameworks(tmp_path: Path) -> None:
    raised = read_folder(with_settings(tmp_path / "raised", "threshold: 10", "threshold: 15"))
    assert raised.evidence.diagnostic.threshold == 15
    default = read_folder(with_settings(tmp_path / "default", "threshold: 10\n", ""))
    assert default.evidence.diagnostic.threshold == 10


def test_the_threshold_is_never_below_the_frameworks(tmp_path: Path) -> None:
    path = with_settings(tmp_path, "threshold: 10", "threshold: 11")
    text = (path / "second.yaml").read_text(encoding="utf-8")
    (path / "second.yaml").write_text(
        text.replace("\n  threshold: 10", "\n  threshold: 12"), encoding="utf-8"
    )
    assert "The framework’s threshold is 12" in only_fault(path, "diagnostic.yaml", 10, "threshold")


def test_dates_may_be_left_out_with_a_warning_where_there_is_a_survey(tmp_path: Path) -> None:
    dates = "dates:\n  survey_opened: 2026-09-01\n  survey_closed: 2026-09-30\n"
    folder = read_folder(with_settings(tmp_path, dates, ""))
    assert places(folder.warnings) == [("diagnostic.yaml", None, "dates.survey_closed")]


def test_replacement_links_reach_the_answers(tmp_path: Path) -> None:
    folder = read_folder(with_settings(tmp_path, "threshold: 10", "replacement_links: 4"))
    assert folder.evidence.answers is not None
    assert folder.evidence.answers.replacement_links == 4


def test_there_are_153_authorities_with_their_trusts() -> None:
    known = authorities()
    assert len(known) == 153
    assert known["E08000030"].name == "Walsall"
    assert known["E08000025"].children_trust == "Birmingham Children's Trust"
    assert known["E06000023"].name == "Bristol, City of"


@pytest.mark.parametrize(
    ("code", "name", "words"),
    [
        ("E08000016", "Barnsley", "ended on 1 April 2025. Write E08000038 for Barnsley."),
        ("E08000099", "Walsall Council", "Walsall is E08000030."),
        ("E07000001", "Anywhere", "not one of the 153"),
        ("W06000001", "Ynys Môn", "not one of the 153"),
        ("E0800003", "Nowhere", "An ONS code looks like E08000030."),
        ("x123", "Nowhere", "begins with X"),
    ],
)
def test_a_wrong_code_is_told_apart_from_an_invented_one(code: str, name: str, words: str) -> None:
    assert words in (fault_of_code(code, name) or "")
    assert fault_of_code("X999", name) is None


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("E08000030", "Walsall"),
        ("E08000030", "Walsall Metropolitan Borough Council"),
        ("E06000023", "Bristol City Council"),
        ("E06000047", "Durham County Council"),
        ("E09000020", "Royal Borough of Kensington & Chelsea"),
        ("E08000013", "St Helens Council"),
    ],
)
def test_a_council_may_call_itself_what_it_is_called(code: str, name: str) -> None:
    assert fault_of_code(code, name) is None
    assert warning_of_name(code, name) is None


def test_a_known_code_with_another_name_is_a_warning(tmp_path: Path) -> None:
    changed = files()["diagnostic.yaml"].replace("X0000001", "E08000030")
    folder = read_folder(write_folder(tmp_path, {"diagnostic.yaml": changed}))
    assert places(folder.warnings) == [("diagnostic.yaml", 2, "authority.code")]
    assert "E08000030 is Walsall, but the folder says “Exampleton”." in folder.warnings[0].message
