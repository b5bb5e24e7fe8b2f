"""What the doctor sees, and the command that it gives on each system."""

import ctypes.util
import tempfile
from importlib.metadata import PackageNotFoundError
from pathlib import Path
from typing import NoReturn

import pytest
from typer.testing import CliRunner

from app import doctor
from app.cli import app


@pytest.fixture(autouse=True)
def no_service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing of a service that somebody runs here is looked at."""
    monkeypatch.setenv("DATA_FOLDER", str(tmp_path))


def test_nothing_needed_is_missing_where_the_tests_run() -> None:
    states = {check.name: check.state for check in doctor.diagnose() if check.name != "Pango"}
    assert "missing" not in states.values()
    assert {
        "Python",
        "numpy",
        "scipy",
        "pydantic",
        "Fonts",
        "HarfBuzz subset",
        "Temporary folder",
    } <= states.keys()


@pytest.mark.parametrize(
    ("release", "root", "expected"),
    [
        ({"ID": "debian"}, 0, "apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"),
        ({"ID": "linuxmint", "ID_LIKE": "ubuntu debian"}, 1000, "sudo apt-get install -y libpango"),
        ({"ID": "fedora"}, 1000, "sudo dnf install -y pango"),
        ({"ID": "rocky", "ID_LIKE": "rhel centos fedora"}, 0, "dnf install -y pango"),
        ({"ID": "alpine"}, 1000, "Debian and Ubuntu: sudo apt-get"),
    ],
)
def test_the_command_is_the_one_of_the_system(
    monkeypatch: pytest.MonkeyPatch, release: dict[str, str], root: int, expected: str
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("platform.freedesktop_os_release", lambda: release)
    monkeypatch.setattr("os.geteuid", lambda: root)
    assert doctor.pango_command().startswith(expected)


def test_on_a_mac_the_command_is_homebrews(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "darwin")
    assert doctor.pango_command() == "brew install pango harfbuzz"


def test_a_system_that_does_not_say_its_name_gets_all_commands(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> NoReturn:
        raise OSError

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("platform.freedesktop_os_release", fail)
    assert "; Fedora: " in doctor.pango_command()
    assert "; macOS: brew" in doctor.pango_command()


def test_a_missing_pango_ends_the_doctor_with_1_and_its_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.briefs.rendering.pdf_problem", lambda: "The PDF cannot be made.")
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    place = next(i for i, line in enumerate(lines) if line.startswith("missing Pango: "))
    assert lines[place + 1].strip() == doctor.pango_command()
    assert "1 thing is missing." in result.stderr


def test_the_doctor_ends_with_0_where_all_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.briefs.rendering.pdf_problem", lambda: None)
    result = CliRunner().invoke(app, ["doctor"])
    assert result.exit_code == 0
    assert result.stdout.endswith("All that is needed is there.\n")


def test_a_missing_package_library_font_or_folder_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def not_there(name: str) -> NoReturn:
        raise PackageNotFoundError(name)

    def not_writable() -> NoReturn:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(doctor, "installed", not_there)
    assert {check.state for check in doctor.packages()} == {"missing"}
    monkeypatch.setattr(doctor, "FONTS", tmp_path)
    assert "latin-400, latin-600" in doctor.fonts().message
    monkeypatch.setattr(ctypes.util, "find_library", lambda _: None)
    assert doctor.harfbuzz_subset().state == "warn"
    monkeypatch.setattr(tempfile, "TemporaryFile", not_writable)
    assert "Read-only file system" in doctor.temporary_folder().message
    monkeypatch.setattr(doctor, "LEAST_PYTHON", (9, 0))
    assert doctor.python().state == "missing"
