"""Every planted report is caught by the rule that it breaks, at its table; its clean twin passes."""

from pathlib import Path

import pytest

from diagnostics.disclosure_audit import audit
from diagnostics.errors import CannotReissue
from tests.planted import (
    reports_alike,
    reports_answers,
    reports_groups,
    reports_response,
    reports_totals,
    reports_versions,
    reports_waves,
    reports_words,
)
from tests.planted.reports import Plant, Planting, differences, issued, issued_after

MODULES = (
    reports_alike,
    reports_groups,
    reports_totals,
    reports_response,
    reports_answers,
    reports_versions,
    reports_waves,
    reports_words,
)
PLANTS: dict[str, Planting] = {
    planting.__name__: planting for module in MODULES for planting in module.PLANTS
}


RULES = {"form", "base", "hidden mean", "derived", "interval", "agreement", "item", "version", "words"}


@pytest.mark.parametrize("name", PLANTS)
def test_a_planted_report_is_caught_and_its_clean_twin_passes(name: str) -> None:
    plant = PLANTS[name]()
    assert_caught(plant)
    clean = audit(plant.clean)
    assert clean.passed, "\n".join(map(str, clean.weaknesses))
    assert_mended(plant)


def assert_caught(plant: Plant) -> None:
    found = audit(plant.bad).weaknesses
    said = "\n".join(f"{weakness.rule}: {weakness}" for weakness in found)
    for caught in plant.caught:
        assert any(
            weakness.rule == caught.rule
            and weakness.table == caught.table
            and all(words in weakness.found for words in caught.found)
            and (not caught.mend or weakness.mend == caught.mend)
            for weakness in found
        ), f"{caught} is not among:\n{said}"
    assert {weakness.rule for weakness in found} == {caught.rule for caught in plant.caught}, said


def assert_mended(plant: Plant) -> None:
    """The twin differs in the planted place alone, or in what was released at all."""
    if not plant.only:
        digests = [[release.knowledge.digest for release in side] for side in (plant.bad, plant.clean)]
        assert digests[0] != digests[1]
        return
    apart = [
        place
        for bad, clean in zip(plant.bad, plant.clean, strict=True)
        for place in differences(bad.published, clean.published)
    ]
    assert apart
    assert all(place.startswith(plant.only) for place in apart), apart


def test_there_is_a_plant_for_every_rule() -> None:
    assert len(PLANTS) == sum(len(module.PLANTS) for module in MODULES) >= 50
    source = "".join(Path(module.__file__ or "").read_text("utf-8") for module in MODULES)
    assert {rule for rule in RULES if f'"{rule}"' in source} == RULES


@pytest.mark.parametrize("name", ["a late answer", "an answer entered again", "another headcount"])
def test_the_method_itself_refuses_the_planted_corrections(name: str) -> None:
    first, second = reports_versions.corrections()[name]
    with pytest.raises(CannotReissue):
        issued_after(second, issued(first))
