"""What is gathered through the pages gives the profile that the folder gives, to the last digit."""

from dataclasses import replace
from pathlib import Path

import pytest

from app.commissioning.frame.queries import frame_of
from app.commissioning.frameworks import framework_of
from app.database.session import Database
from app.fieldwork.evidence import fieldwork_evidence
from app.settings import Settings
from app.survey.keys import KeyStore
from diagnostics.disclosure import publish
from diagnostics.handing_on import hand_on
from diagnostics.profile import build_profile
from sample_data.make_wexbourne import profile_of
from tests.service.browser import Browser
from tests.service.fieldwork.wexbourne import (
    launched_with_frame,
    release_proposed,
    sample,
    taken_in,
    the_diagnostic,
    zipped,
)
from tests.service.people import People


@pytest.fixture(scope="module")
def folder(project_root: Path) -> Path:
    return project_root / "sample_data" / "wexbourne" / "wave_2"


def test_the_profile_from_the_service_is_that_of_analyse_on_the_folder(
    browser: Browser,
    database: Database,
    people: People,
    settings: Settings,
    project_root: Path,
    folder: Path,
) -> None:
    given = sample(project_root)
    with database.transaction() as session:
        here = launched_with_frame(session, KeyStore(settings.data_folder), people, given)
    browser.sign_in(people.dana)
    page = taken_in(browser, here, "wave_2.zip", zipped(folder))
    assert "The file is taken in: 29 records, 255 ratings and 9 quotes added." in page.text
    with database.transaction() as session:
        release_proposed(session, here, people.petra)
    with database.transaction(writes=False) as session:
        diagnostic = the_diagnostic(session, here)
        frame, framework = frame_of(session, diagnostic), framework_of(diagnostic)
        records, ratings, quotes = fieldwork_evidence(session, diagnostic)
    # The service's frame names every role group in every area, also where nobody is.
    assert [cell for cell in frame.cells if cell.headcount] == list(given.frame.cells)
    # The same words in the same order, whatever the order in which they were gathered.
    assert records == given.evidence.records
    assert ratings == given.evidence.ratings
    assert quotes == given.evidence.quotes
    evidence = replace(given.evidence, records=records, ratings=ratings, quotes=quotes)
    previous = hand_on(profile_of(folder.parent / "wave_1"))
    profile = build_profile(framework, given.frame, evidence, previous)
    expected = (folder.parent / "expected_profile.json").read_text(encoding="utf-8")
    assert publish(profile).to_json() == expected
    assert profile.digest == profile_of(folder).digest
