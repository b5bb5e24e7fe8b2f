"""Folders that lead to one another: waves, their faults, and circles."""

from pathlib import Path

import pytest

from app.interchange.faults import EvidenceFolderError, Fault
from app.interchange.waves import read_waves
from tests.app.small_folder import SETTINGS, files, places, with_cell, write_folder


def wave(path: Path, number: int, previous: str = "", **changed: str) -> Path:
    settings = SETTINGS.replace("wave: 2", f"wave: {number}")
    settings += f"previous: {previous}\n" if previous else ""
    return write_folder(
        path, {"diagnostic.yaml": settings, **{f"{name}.csv": text for name, text in changed.items()}}
    )


def faults_of(path: Path) -> tuple[Fault, ...]:
    with pytest.raises(EvidenceFolderError) as caught:
        read_waves(path)
    return caught.value.faults


def test_waves_come_the_oldest_first(tmp_path: Path) -> None:
    wave(tmp_path / "one", 1)
    wave(tmp_path / "two", 2, "../one")
    waves = read_waves(wave(tmp_path / "three", 3, "../two"))
    assert [folder.evidence.diagnostic.wave for folder in waves] == [1, 2, 3]
    assert waves[0].previous is None


def test_a_framework_given_by_hand_is_for_the_newest_wave_alone(tmp_path: Path) -> None:
    wave(tmp_path / "one", 1)
    newest = wave(tmp_path / "two", 2, "../one")
    text = (newest / "second.yaml").read_text(encoding="utf-8")
    given = tmp_path / "given.yaml"
    given.write_text(text.replace('version: "1.0"', 'version: "2.0"'), encoding="utf-8")
    waves = read_waves(newest, framework_file=given)
    assert [folder.framework.version for folder in waves] == ["1.0", "2.0"]


def test_faults_of_the_wave_before_name_its_folder_and_stand_beside_those_of_this_one(tmp_path: Path) -> None:
    wave(tmp_path / "one", 1, frame=with_cell(files()["frame.csv"], 2, "headcount", "x"))
    newest = wave(tmp_path / "two", 2, "../one", quotes=with_cell(files()["quotes.csv"], 3, "released", "x"))
    assert places(faults_of(newest)) == [("quotes.csv", 3, "released"), ("../one/frame.csv", 2, "headcount")]


def test_warnings_of_the_wave_before_name_its_folder(tmp_path: Path) -> None:
    records = files()["records.csv"] + "D04,document,job_sheet,,,both,2026-09,\n"
    wave(tmp_path / "one", 1, records=records)
    waves = read_waves(wave(tmp_path / "two", 2, "../one"))
    assert places(waves[0].warnings) == [("../one/records.csv", 9, "record_id")]
    assert waves[1].warnings == ()


def test_folders_that_lead_back_to_one_another_are_a_fault(tmp_path: Path) -> None:
    wave(tmp_path / "one", 1, "../two")
    faults = faults_of(wave(tmp_path / "two", 2, "../one"))
    assert [fault.file for fault in faults] == ["../one/diagnostic.yaml"]
    assert "lead back to one another" in faults[0].message
    itself = faults_of(wave(tmp_path / "self", 2, "."))
    assert places(itself) == [("diagnostic.yaml", 11, "previous")]


@pytest.mark.parametrize("number", [2, 3])
def test_the_wave_before_has_a_lower_number(tmp_path: Path, number: int) -> None:
    wave(tmp_path / "one", number)
    faults = faults_of(wave(tmp_path / "two", 2, "../one"))
    assert places(faults) == [("diagnostic.yaml", 11, "previous")]
    assert f"The folder is of wave {number}, and this is wave 2." in faults[0].message


def test_the_wave_before_is_of_the_same_authority(tmp_path: Path) -> None:
    other = SETTINGS.replace("wave: 2", "wave: 1").replace("X0000001", "X0000002")
    write_folder(tmp_path / "one", {"diagnostic.yaml": other})
    faults = faults_of(wave(tmp_path / "two", 2, "../one"))
    assert places(faults) == [("diagnostic.yaml", 11, "previous")]
    assert "of the authority X0000002, and this one of X0000001" in faults[0].message
