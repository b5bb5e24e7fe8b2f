"""An attacker with the published JSON, every weight and every count cannot place a hidden group's mean."""

import pytest

from diagnostics.disclosure import publish
from diagnostics.profile import Profile, build_profile
from diagnostics.published import GroupScore, PublishedHeading
from diagnostics.survey_groups import GroupTable
from tests.benchmarks.workforce import FRAMEWORK, invented_wave
from tests.diagnostics.invented_variants import Wave, in_areas, leaders_apart, scattered
from tests.diagnostics.linear_attacker import LEAST_SPAN, Range, spans_of_hidden, what_print_tells
from tests.diagnostics.planted_wave import Cell, wave_of

WAVES: dict[str, Wave] = {
    **{f"{n} answers": invented_wave(n, n) for n in (30, 60, 90, 140, 250, 400)},
    "forty areas": in_areas(invented_wave(300, 3), 40, 3),
    "twelve areas": in_areas(invented_wave(200, 4), 12, 4),
    "leaders far above": leaders_apart(invented_wave(150, 5), 5.0, 1.0),
    **{f"scattered {seed}": scattered(seed) for seed in (2, 5, 8, 11)},
    # Ten who did not say beside one group: whole points would protect them, but the tipping point tells the
    # total to a tenth of a point.
    "one group and ten more": wave_of(
        FRAMEWORK,
        [Cell("registered", "A", 62, 47, (0.25, 0.5, 1.0)), Cell(None, "A", 0, 10, (0.25,))],
    ),
}


def total_known(profile: Profile, heading: PublishedHeading, n: int) -> Range | None:
    """All that is printed of the authority's mean: its points, its interval and its tipping point."""
    survey = heading.sources.survey
    if survey is None or survey.low is None or survey.high is None:
        return None
    low, high = what_print_tells(survey.score)
    if survey.low > 5 and survey.high < 95:
        middle = (survey.low + survey.high) / 2
        low, high = max(low, middle - 0.5), min(high, middle + 0.5)
    if heading.tipping_point is not None and heading.tipping_note is not None and 5 < survey.score < 95:
        people = profile.frame.total
        stretch = people / (people - n)
        stage, down = int(heading.tipping_note.rstrip(".")[-1]), " lower " in heading.tipping_note
        cut = FRAMEWORK.settings.stage_cuts[stage - 1 if down else stage - 2]
        ends = sorted(cut + (1 if down else -1) * (heading.tipping_point - one) / stretch for one in (0, 1))
        low, high = max(low, ends[0]), min(high, ends[1])
    return low, high


def attack(rows: tuple[GroupScore, ...], table: GroupTable, h: int, total: Range) -> dict[int, float]:
    scores = [*(row.score for row in rows), None]
    present = [g for g in range(len(table.groups)) if table.n[g, h] > 0]
    known = [None if (score := scores[g]) is None else what_print_tells(score) for g in present]
    if not any(known):
        return {}
    return spans_of_hidden([float(table.weight[g, h]) for g in present], known, total)


@pytest.mark.parametrize("name", WAVES)
def test_hidden_groups_cannot_be_placed(name: str) -> None:
    profile = build_profile(FRAMEWORK, *WAVES[name], rank_draws=False)
    found, survey = publish(profile), profile.survey
    assert survey is not None
    for h, heading in enumerate(found.headings):
        mean = survey.headings[h]
        total = total_known(profile, heading, mean.n) if mean else None
        if mean is None or total is None:
            continue
        assert total[0] - 1e-6 <= mean.value <= total[1] + 1e-6, "the attacker reads the page rightly"
        for rows, table in (
            (heading.groups.role_group, survey.role_groups),
            (heading.groups.service_area, survey.service_areas),
        ):
            spans = attack(rows, table, h, total)
            assert all(span >= LEAST_SPAN - 0.01 for span in spans.values()), (heading.id, spans)
