"""Make the evidence of the invented Wexbourne council: two waves, the same bytes each time.

Run from the project's folder:

    .venv/bin/python sample_data/make_wexbourne.py              writes both waves
    .venv/bin/python sample_data/make_wexbourne.py --expected   also makes expected_profile.json anew
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from diagnostics.framework import Framework, load_framework  # noqa: E402
from sample_data.invention.answers import survey_rows  # noqa: E402
from sample_data.invention.draws import Draws  # noqa: E402
from sample_data.invention.fieldwork import fieldwork_of  # noqa: E402
from sample_data.invention.folders import (  # noqa: E402
    FRAMEWORK,
    Council,
    files_of,
    make,
    profile_of,
    settings_text,
    write_files,
)
from sample_data.invention.story import wexbourne  # noqa: E402
from sample_data.invention.workforce import frame_rows, people_who_answered  # noqa: E402

__all__ = ["profile_of", "wave_files", "write_waves"]

COUNCIL = Council(
    "X00000001",
    "Wexbourne Metropolitan Borough Council",
    "evidence@wexbourne.example",
    "sample_data/make_wexbourne.py",
)
SEEDS = {1: 20250908, 2: 20260907}
DATES = {1: ("2025-09-08", "2025-10-03", "2025-11-17"), 2: ("2026-09-07", "2026-10-02", "2026-11-16")}


def write_waves(folder: Path) -> None:
    """Write both evidence folders into a folder."""
    framework = load_framework(FRAMEWORK.read_text(encoding="utf-8"))
    for wave in DATES:
        write_files(folder / f"wave_{wave}", wave_files(wave, framework))


def wave_files(wave: int, framework: Framework) -> dict[str, str]:
    """Give the files of one wave by their names."""
    draws = Draws(SEEDS[wave])
    frame = frame_rows(wave)
    people = people_who_answered(wave, draws)
    return files_of(
        settings_text(COUNCIL, wave, DATES[wave]),
        frame,
        survey_rows(wexbourne(wave, frame), framework, people, draws),
        fieldwork_of(wave),
    )


if __name__ == "__main__":
    make("Wexbourne", "wave_2", write_waves)
