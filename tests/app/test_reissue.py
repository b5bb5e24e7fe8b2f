"""A second version of a wave: both together give nothing away, and what people hold is not forgotten."""

from pathlib import Path

import pytest

from diagnostics.published import PublishedProfile, read_profile
from tests.app.command_line import contents, names, run, set_no_pdf
from tests.app.small_folder import FRAME, SETTINGS, write_folder

CHANGED = {"frame.csv": FRAME.replace("trades,North,30", "trades,North,40")}


@pytest.fixture(autouse=True)
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    set_no_pdf(monkeypatch)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """The small folder, analysed once."""
    result = run("analyse", write_folder(tmp_path / "first"), "--out", tmp_path / "out")
    assert result.exit_code == 0, result.output
    return tmp_path / "out"


def published_in(folder: Path) -> PublishedProfile:
    return read_profile((folder / "profile.json").read_text(encoding="utf-8"))


def test_a_version_that_was_issued_is_kept_and_attacked_together_ever_after(
    out: Path, tmp_path: Path
) -> None:
    first, before = published_in(out), contents(out)
    changed = write_folder(tmp_path / "second", CHANGED)
    result = run("analyse", changed, "--out", out, "--issued", out / "profile.json")
    assert result.exit_code == 0, result.output
    assert "another version" not in result.stderr
    assert published_in(out).digest != first.digest
    kept = out / "internal" / "issued" / first.digest[:12]
    assert contents(kept) == {
        "profile.json": before["profile.json"],
        "side-knowledge.json": before["internal/side-knowledge.json"],
    }
    assert kept.stat().st_mode & 0o077 == 0

    # The next run finds it without being told, and keeps it.
    second = contents(out)
    result = run("analyse", changed, "--out", out)
    assert result.exit_code == 0, result.output
    assert contents(out) == second

    # So does the auditor.
    result = run("audit", out)
    assert result.exit_code == 0, result.output
    assert "These 2 were attacked together." in result.stdout
    assert f"{kept / 'profile.json'}: Exampleton, wave 2 (version 2): " in result.stdout


def test_another_version_in_the_folder_is_put_aside_with_a_warning(out: Path, tmp_path: Path) -> None:
    first, before = published_in(out), contents(out)
    changed = write_folder(tmp_path / "second", CHANGED)
    result = run("analyse", changed, "--out", out)
    assert result.exit_code == 0, result.output
    aside = out / "internal" / "replaced" / first.digest[:12]
    assert f"{out} held another version of wave 2. It is now in {aside}." in result.stderr
    assert contents(aside) == {
        "profile.json": before["profile.json"],
        "side-knowledge.json": before["internal/side-knowledge.json"],
    }
    assert aside.stat().st_mode & 0o077 == 0

    # What the warning says to do can be done.
    result = run("analyse", changed, "--out", out, "--issued", aside)
    assert result.exit_code == 0, result.output
    assert f"It is now in {aside}" not in result.stderr
    assert names(out / "internal" / "issued") == [first.digest[:12]]


def test_the_same_version_or_another_wave_needs_no_warning(out: Path, tmp_path: Path) -> None:
    result = run("analyse", tmp_path / "first", "--out", out)
    assert result.exit_code == 0
    assert result.stderr.endswith("Setting the PDF\n")
    settings = SETTINGS.replace("wave: 2", "wave: 3") + "previous: ../first\n"
    result = run("analyse", write_folder(tmp_path / "third", {"diagnostic.yaml": settings}), "--out", out)
    assert result.exit_code == 0, result.output
    assert "another version" not in result.stderr
    assert not (out / "internal" / "replaced").exists()


def test_with_one_answer_more_nothing_is_written(out: Path, tmp_path: Path) -> None:
    before = contents(out)
    more = write_folder(tmp_path / "second", people=61)
    result = run("analyse", more, "--out", out, "--issued", out)
    assert result.exit_code == 4, result.output
    assert result.stderr.endswith("Nothing was written.\n")
    assert contents(out) == before


def test_a_version_of_another_wave_is_refused(out: Path, tmp_path: Path) -> None:
    settings = SETTINGS.replace("wave: 2", "wave: 5")
    other = write_folder(tmp_path / "fifth", {"diagnostic.yaml": settings})
    result = run("analyse", other, "--out", tmp_path / "elsewhere", "--issued", out)
    assert result.exit_code == 2
    assert (
        f"{out / 'profile.json'}: This is wave 2 of Exampleton. The evidence is of Exampleton, wave 5."
        in result.stderr
    )
    assert result.stderr.endswith("Nothing was written.\n")
    assert not (tmp_path / "elsewhere").exists()


def test_an_issued_version_without_side_knowledge_is_refused(out: Path, tmp_path: Path) -> None:
    (out / "internal" / "side-knowledge.json").unlink()
    changed = write_folder(tmp_path / "second", CHANGED)
    result = run("analyse", changed, "--out", out, "--issued", out)
    assert result.exit_code == 2
    assert "Without it the auditor does not know who belongs where." in result.stderr
