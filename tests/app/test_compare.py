"""diagnostic analyse --compare: other councils beside a brief, and what is said of those left out."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import Result

from diagnostics.published import PublishedAuthority, PublishedProfile, read_profile
from tests.app.command_line import contents, names, run, set_no_pdf
from tests.app.small_folder import write_folder
from tests.report.invented_peers import write_peers


@pytest.fixture(autouse=True)
def _without_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    set_no_pdf(monkeypatch)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_folder(tmp_path / "wave")


@pytest.fixture
def own(folder: Path, tmp_path: Path) -> PublishedProfile:
    assert run("analyse", folder, "--out", tmp_path / "own").exit_code == 0
    return read_profile((tmp_path / "own" / "profile.json").read_text(encoding="utf-8"))


def analyse(folder: Path, out: Path, paths: Sequence[Path]) -> Result:
    return run("analyse", folder, "--out", out, *(part for path in paths for part in ("--compare", path)))


def write(path: Path, profile: PublishedProfile) -> Path:
    signed = replace(profile, digest=replace(profile, digest="").own_digest())
    path.write_text(signed.to_json(), encoding="utf-8")
    return path


def test_ten_councils_are_a_comparison_and_the_profile_stays_what_it_is(
    folder: Path, own: PublishedProfile, tmp_path: Path
) -> None:
    paths = write_peers(tmp_path / "peers", own, 10)
    result = analyse(folder, tmp_path / "out", [paths[0].parent, *paths[1:]])
    assert result.exit_code == 0, result.output
    held = json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))
    assert held["authorities"] == 10
    assert "Invented" not in json.dumps(held["headings"])
    assert read_profile((tmp_path / "out" / "profile.json").read_text(encoding="utf-8")) == own
    assert "10 other councils" in (tmp_path / "out" / "brief.html").read_text(encoding="utf-8")
    again = analyse(folder, tmp_path / "again", [*reversed(paths), paths[3]])
    assert again.exit_code == 0
    assert contents(tmp_path / "out") == contents(tmp_path / "again")


def test_nine_councils_are_none_and_a_comparison_of_an_earlier_run_goes(
    folder: Path, own: PublishedProfile, tmp_path: Path
) -> None:
    paths = write_peers(tmp_path / "peers", own, 10)
    out = tmp_path / "out"
    analyse(folder, out, paths)
    assert "comparison.json" in names(out)
    result = analyse(folder, out, paths[:9])
    assert result.exit_code == 0
    assert "9 other councils are left to compare with, and a comparison needs 10" in result.stderr
    assert "comparison.json" not in names(out)
    assert contents(out) == contents(tmp_path / "own")
    assert "No comparison group yet" in (out / "brief.html").read_text(encoding="utf-8")


def test_whoever_does_not_count_is_named_with_the_reason(
    folder: Path, own: PublishedProfile, tmp_path: Path
) -> None:
    paths = write_peers(tmp_path / "peers", own, 10)
    other = read_profile(paths[0].read_text(encoding="utf-8"))
    older = write(tmp_path / "older.json", replace(other, wave=1))
    framework = replace(own.framework, version="999")
    strange = write(
        tmp_path / "strange.json",
        replace(other, authority=PublishedAuthority("X99999999", "Elsewhere Council"), framework=framework),
    )
    result = analyse(folder, tmp_path / "out", [*paths, older, strange, tmp_path / "own"])
    assert result.exit_code == 0
    said = " ".join(result.stderr.split())
    assert "older.json: Left out of the comparison: a newer wave of Invented a Council is named too." in said
    assert "strange.json: Left out of the comparison: Elsewhere Council used the framework" in said
    assert "profile.json: Left out of the comparison: this is Exampleton itself." in said
    assert json.loads((tmp_path / "out" / "comparison.json").read_text(encoding="utf-8"))["authorities"] == 10


def test_what_cannot_be_compared_with_stops_everything_before_it_starts(
    folder: Path, own: PublishedProfile, tmp_path: Path
) -> None:
    paths = write_peers(tmp_path / "peers", own, 3)
    other = read_profile(paths[0].read_text(encoding="utf-8"))
    changed = paths[1].read_text(encoding="utf-8").replace('"wave": 2', '"wave": 3', 1)
    paths[1].write_text(changed, encoding="utf-8")
    paths[2].write_text("{}", encoding="utf-8")
    twin = write(tmp_path / "twin.json", replace(other, contact="somebody else"))
    result = analyse(folder, tmp_path / "out", [*paths, tmp_path / "nowhere.json"])
    assert result.exit_code == 2
    assert "its digest does not fit what it holds. Ask for the file anew." in result.stderr
    assert "This is not of the schema profile/1" in result.stderr
    assert "nowhere.json: There is no such file" in result.stderr
    assert "Weighing the answers" not in result.stderr
    assert not (tmp_path / "out").exists()
    result = analyse(folder, tmp_path / "out", [paths[0], twin])
    assert result.exit_code == 2
    assert (
        "are different versions of wave 2 of Invented a Council. Name the newer one alone." in result.stderr
    )
