"""Make the evidence of the invented Penwardine Council, a small unitary: the same bytes each time.

The same wave is written three times: with our own survey.csv, with LimeSurvey's export and with that of
Microsoft Forms. All three give the same published profile.

Run from the project's folder:

    .venv/bin/python sample_data/make_penwardine.py              writes the wave
    .venv/bin/python sample_data/make_penwardine.py --expected   also makes expected_profile.json anew
"""

import sys
from datetime import datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from diagnostics.framework import load_framework  # noqa: E402
from sample_data.invention import penwardine  # noqa: E402
from sample_data.invention.answers import survey_rows  # noqa: E402
from sample_data.invention.draws import Draws  # noqa: E402
from sample_data.invention.exports import forms_workbook, limesurvey_csv  # noqa: E402
from sample_data.invention.fieldwork import fieldwork_from  # noqa: E402
from sample_data.invention.folders import FRAMEWORK, Council, files_of, make, settings_text, write_files  # noqa: E402

COUNCIL = Council(
    "X00000002", "Penwardine Council", "evidence@penwardine.example", "sample_data/make_penwardine.py"
)
LIMESURVEY, FORMS = "results-survey482913.csv", "How we use evidence(1-34).xlsx"
SEED = 20260511
DATES = ("2026-05-11", "2026-06-05", "2026-06-29")


def write_waves(folder: Path) -> None:
    """Write the evidence folder, and its twins with the exports, into a folder."""
    framework = load_framework(FRAMEWORK.read_text(encoding="utf-8"))
    draws = Draws(SEED)
    people = penwardine.WORKFORCE.people(draws, penwardine.AREAS[:1])
    story = penwardine.story()
    answers = survey_rows(story, framework, people, draws)
    fieldwork = fieldwork_from(
        (penwardine.TALKS, penwardine.VISITS, penwardine.PAPERS), penwardine.QUOTES, penwardine.REVIEWS
    )
    files = files_of(settings_text(COUNCIL, 1, DATES), story.frame, answers, fieldwork)
    write_files(folder / "wave_1", files)
    others = {name: content for name, content in files.items() if name != "survey.csv"}
    exports: dict[str, tuple[str, str | bytes]] = {
        "from_limesurvey": (LIMESURVEY, limesurvey_csv(framework, answers)),
        "from_forms": (FORMS, forms_workbook(framework, answers, datetime(2026, 5, 11, 8, 2))),
    }
    for place, (name, content) in exports.items():
        settings = settings_text(COUNCIL, 1, DATES, survey=name)
        write_files(folder / place, {**others, "diagnostic.yaml": settings, name: content})


if __name__ == "__main__":
    make("Penwardine", "wave_1", write_waves)
