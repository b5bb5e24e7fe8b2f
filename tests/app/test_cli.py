"""The command line, from a folder to the files, and what it says when something is wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.doctor import pango_command
from diagnostics.errors import NoVariation
from diagnostics.published import read_profile
from tests.app.command_line import contents, names, run
from tests.app.small_folder import SECOND_FRAMEWORK, SETTINGS, files, with_cell, write_folder

# WeasyPrint 70 leaves the colour profile that it reads for PDF/A to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning")

PUBLIC = [
    *("brief.pdf", "for-staff.pdf", "annex.pdf", "brief.html", "for-staff.html", "annex.html"),
    *("brief.docx", "self-evaluation.txt", "actions.xlsx"),
    *("tables.xlsx", "tables.csv", "profile.json"),
]
WRITTEN = sorted([*PUBLIC, "internal"])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "wave")


def without_pango(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = "The PDF cannot be made: Pango is missing."
    monkeypatch.setattr("app.briefs.services.pdf_problem", lambda: problem)
    monkeypatch.setattr("app.briefs.rendering.pdf_problem", lambda: problem)


def test_a_folder_becomes_a_brief_and_a_profile(folder: Path, output_folder: Path) -> None:
    result = run("analyse", folder, "--out", output_folder)
    assert result.exit_code == 0, result.output
    assert names(output_folder) == WRITTEN
    profile = read_profile((output_folder / "profile.json").read_text(encoding="utf-8"))
    assert profile.authority.name == "Exampleton"
    said = result.stdout.splitlines()
    assert said[0] == profile.finding(profile.verdict).text
    assert said[2] == "First steps:"
    assert said[3].startswith("  1. ")
    assert [line.strip() for line in said[-len(PUBLIC) :]] == [str(output_folder / name) for name in PUBLIC]
    assert result.stderr.splitlines()[:2] == ["Reading the folder", "Weighing the answers"]


def test_the_same_folder_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    for name in ("first", "second"):
        run("analyse", folder, "--out", tmp_path / name)
    for file in (*PUBLIC, "internal/side-knowledge.json", "internal/withheld.csv"):
        assert (tmp_path / "first" / file).read_bytes() == (tmp_path / "second" / file).read_bytes()


def test_faults_are_listed_and_nothing_is_written(tmp_path: Path, output_folder: Path) -> None:
    survey = with_cell(files()["survey.csv"], 3, "HEAR1", "9")
    folder = write_folder(tmp_path / "wave", {"survey.csv": survey, "quotes.csv": "[b]\n"})
    result = run("analyse", folder, "--out", output_folder)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert f"2 faults in {folder}:" in result.stderr
    assert (
        "survey.csv, row 3, column HEAR1: “9” is not an answer to HEAR1. Write 1, 2, 3 or 4" in result.stderr
    )
    assert "quotes.csv, row 1: The first row must name the columns" in result.stderr
    assert "Nothing was written." in result.stderr
    assert not output_folder.exists()


def test_faults_leave_what_an_earlier_run_wrote(folder: Path, output_folder: Path) -> None:
    run("analyse", folder, "--out", output_folder)
    before = contents(output_folder)
    (folder / "frame.csv").write_text("x")
    assert run("analyse", folder, "--out", output_folder).exit_code == 2
    assert contents(output_folder) == before


def test_on_a_terminal_faults_are_a_table_and_values_are_no_markup(
    tmp_path: Path, output_folder: Path
) -> None:
    ratings = with_cell(files()["ratings.csv"], 3, "stage", "[bold red]7[/]")
    folder = write_folder(tmp_path / "wave", {"ratings.csv": ratings})
    result = run("analyse", folder, "--out", output_folder, FORCE_COLOR="1", NO_COLOR="1", COLUMNS="140")
    assert result.exit_code == 2
    row = next(line for line in result.stderr.splitlines() if "ratings.csv" in line)
    assert row.split()[:4] == ["ratings.csv", "3", "stage", "“[bold"]
    assert "[bold red]7[/]" in result.stderr
    assert "\x1b[3" not in result.stderr.split("fault in")[1]


def test_escape_sequences_in_a_cell_do_not_reach_the_terminal(tmp_path: Path, output_folder: Path) -> None:
    quotes = with_cell(files()["quotes.csv"], 3, "released", "\x1b]0;owned\x07")
    folder = write_folder(
        tmp_path / "wave\x1b", {"quotes.csv": quotes, "diagnostic.yaml": SETTINGS + '"\\eX": 1\n'}
    )
    result = run("analyse", folder, "--out", output_folder)
    assert result.exit_code == 2
    assert "“]0;owned” is neither." in result.stderr
    assert "\x1b" not in result.stderr


def test_more_than_two_hundred_faults_are_counted(tmp_path: Path, output_folder: Path) -> None:
    survey = files(400)["survey.csv"].replace("North", "Nowhere")
    result = run("analyse", write_folder(tmp_path / "wave", {"survey.csv": survey}), "--out", output_folder)
    lines = [
        line for line in result.stderr.split(" faults in ")[1].splitlines() if line.startswith("survey.csv")
    ]
    assert len(lines) == 201
    assert lines[-1].endswith("more of the same kind.")


def test_warnings_are_said_and_do_not_stop(tmp_path: Path, output_folder: Path) -> None:
    records = files()["records.csv"] + "D04,document,job_sheet,,,both,2026-09,\n"
    result = run("analyse", write_folder(tmp_path / "wave", {"records.csv": records}), "--out", output_folder)
    assert result.exit_code == 0
    assert "1 warning:\nrecords.csv, row 9, column record_id: The record “D04” has no rating" in result.stderr
    assert names(output_folder) == WRITTEN


def test_without_pango_html_and_profile_are_written_and_the_exit_says_so(
    folder: Path, output_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run("analyse", folder, "--out", output_folder)
    without_pango(monkeypatch)
    result = run("analyse", folder, "--out", output_folder)
    assert result.exit_code == 3
    assert names(output_folder) == [name for name in WRITTEN if not name.endswith(".pdf")]
    assert "brief.pdf" not in result.stdout
    assert f"Pango is missing.\nInstall it with: {pango_command()}" in result.stderr


def test_a_method_error_is_said_in_plain_words(
    folder: Path, output_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise NoVariation("Everybody is the same.")

    monkeypatch.setattr("app.profiles.services.build_profile", fail)
    result = run("analyse", folder, "--out", output_folder)
    assert result.exit_code == 2
    assert "The profile cannot be made from this evidence. Everybody is the same." in result.stderr
    assert not output_folder.exists()


def test_a_failure_while_writing_leaves_nothing_behind(
    folder: Path, output_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device", "brief.html")

    monkeypatch.setattr("app.briefs.services.write_brief", fail)
    result = run("analyse", folder, "--out", output_folder)
    assert result.exit_code == 2
    assert "brief.html cannot be read or written: No space left on device." in result.stderr
    assert not output_folder.exists()


def test_out_must_not_be_a_file(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    result = run("analyse", folder, "--out", tmp_path / "file")
    assert result.exit_code == 2
    assert "is a file. Give --out a folder." in result.stderr


def test_two_waves_are_computed_the_older_first(tmp_path: Path, output_folder: Path) -> None:
    write_folder(tmp_path / "one", {"diagnostic.yaml": SETTINGS.replace("wave: 2", "wave: 1")})
    newest = write_folder(tmp_path / "two", {"diagnostic.yaml": SETTINGS + "previous: ../one\n"})
    result = run("analyse", newest, "--out", output_folder)
    assert result.exit_code == 0, result.output
    parts = result.stderr.splitlines()
    assert parts.index("Wave 1: Weighing the answers") < parts.index("Wave 2: Weighing the answers")
    profile = read_profile((output_folder / "profile.json").read_text(encoding="utf-8"))
    assert profile.wave == 2
    assert any(heading.change is not None for heading in profile.headings)


def test_a_framework_may_be_given(folder: Path, output_folder: Path, tmp_path: Path) -> None:
    given = tmp_path / "given.yaml"
    text = SECOND_FRAMEWORK.read_text(encoding="utf-8")
    given.write_text(text.replace('version: "1.0"', 'version: "2.0"'), encoding="utf-8")
    assert run("analyse", folder, "--out", output_folder, "--framework", given).exit_code == 0
    profile = read_profile((output_folder / "profile.json").read_text(encoding="utf-8"))
    assert profile.framework.version == "2.0"


def test_the_schema_is_json(folder: Path) -> None:
    result = run("schema")
    assert result.exit_code == 0
    assert {"headings", "steps", "findings"} <= json.loads(result.stdout)["properties"].keys()


def test_check_framework_counts_or_lists_every_fault(tmp_path: Path) -> None:
    result = run("check-framework", SECOND_FRAMEWORK)
    assert result.exit_code == 0
    assert result.stdout.startswith(
        "How a repairs service learns, version 1.0: no faults.\n3 headings, 5 char"
    )
    broken = tmp_path / "broken.yaml"
    text = SECOND_FRAMEWORK.read_text(encoding="utf-8")
    broken.write_text(
        text.replace("importance: 5", "importance: 6").replace("[small_trial]", "[big]"), "utf-8"
    )
    result = run("check-framework", broken)
    assert result.exit_code == 2
    assert "headings[1].characteristics[0].importance: " in result.stderr
    assert "headings[1].characteristics[1].steps: " in result.stderr


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[" * 3000, b"schema: x\n\t- y\n"])
def test_check_framework_survives_what_is_not_a_framework(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.yaml").write_bytes(content)
    result = run("check-framework", tmp_path / "x.yaml")
    assert result.exit_code == 2
    assert "1 fault:" in result.stderr


def test_the_version_is_said() -> None:
    result = run("--version")
    assert result.exit_code == 0
    assert result.stdout.startswith("diagnostic ")


def test_the_installed_command_works_without_a_terminal(
    folder: Path, output_folder: Path, project_root: Path
) -> None:
    code = "from app.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code, "analyse", str(folder), "--out", str(output_folder)],
        cwd=project_root,
        env={**os.environ, "PYTHONIOENCODING": "ascii", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout + done.stderr
    assert str(output_folder / "brief.html") in done.stdout
    assert names(output_folder) == WRITTEN


def test_help_loads_nothing_slow(project_root: Path) -> None:
    code = (
        "import sys\nfrom app.cli import app\n"
        "try:\n    app(['--help'])\nexcept SystemExit:\n    pass\n"
        "print(sorted({'numpy', 'scipy', 'yaml', 'weasyprint', 'jinja2'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=project_root, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
