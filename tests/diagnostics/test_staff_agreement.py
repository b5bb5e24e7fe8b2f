"""How far staff agree under a heading, and how well its items hang together."""

import numpy as np
import pytest

from diagnostics.agreement import (
    IntraclassCorrelation,
    cronbach_alpha,
    icc,
    mcdonald_omega,
    r_star_wg,
    r_wg_j,
)
from diagnostics.framework import Framework
from diagnostics.instrument import instrument_of
from diagnostics.scoring import item_scores
from diagnostics.staff_agreement import StaffAgreement, staff_agreement
from tests.diagnostics.small_framework import Data, changed, load, published, put, small, small_settings

NAN = np.nan
# James, Demaree & Wolf (1984), Journal of Applied Psychology; five people by four items on five options.
AGREED = [[4, 4, 5, 4], [4, 5, 4, 4], [5, 4, 4, 5], [4, 4, 4, 4], [3, 4, 4, 4]]


def one_heading(*scales: str, options: dict[str, list[int]] | None = None, **settings: float) -> Framework:
    """A framework whose first heading asks one item on each of these scales, and everybody is shown it."""
    data: Data = changed("settings", {**small_settings(), **settings})
    for name, values in (options or {}).items():
        labelled = [{"value": value, "label": f"Option {value}"} for value in values]
        data["scales"].append({"id": name, "options": labelled})
    items = [
        {"code": f"Q{i}", "text": f"Item {i}.", "scale": scale, "reversed": i == 1}
        for i, scale in enumerate(scales)
    ]
    put(data, "headings[0].characteristics[0].survey", items)
    put(data, "headings[0].characteristics[1].survey", [])
    return load(data)


def agreement(
    framework: Framework, values: object, areas: list[int] | None = None, scores: list[float] | None = None
) -> StaffAgreement:
    instrument = instrument_of(framework)
    table = np.array(values, dtype=np.float64)
    full = np.full((len(table), len(instrument.codes)), NAN)
    full[:, : table.shape[1]] = table
    items = item_scores(full, instrument.lowest, instrument.span, instrument.reversed)
    known = np.array([NAN] * len(table) if scores is None else scores)
    index = np.array([-1] * len(table) if areas is None else areas, dtype=np.intp)
    return staff_agreement(framework.settings, instrument, items, known, index, 0)


def test_agreement_of_the_worked_example() -> None:
    framework = one_heading("five", "five", "five", "five", options={"five": [1, 2, 3, 4, 5]})
    turned = [[a, 6 - b, c, d] for a, b, c, d in AGREED]
    found = agreement(framework, turned)
    assert found.r_wg_j == pytest.approx(0.961672, abs=1e-6)
    assert found.r_star_wg == pytest.approx(0.8625)


@pytest.mark.parametrize(
    "values", [[1, 2, 3, 4, 5], [0, 1, 2, 3, 4], [0, 25, 50, 75, 100], [-2, -1, 0, 1, 2]]
)
def test_agreement_does_not_depend_on_the_stored_values(values: list[int]) -> None:
    framework = one_heading("five", "five", "five", "five", options={"five": values})
    stored = [[values[answer - 1] for answer in row] for row in AGREED]
    assert agreement(framework, stored).r_star_wg == pytest.approx(0.8625)


def test_scales_of_different_length_count_beside_their_own_null() -> None:
    two, seven = [[0.0], [0.0], [1.0], [1.0]], [[-3.0], [3.0], [0.0], [1.0]]
    found = agreement(one_heading("two", "seven"), np.hstack([two, seven]))
    # r*wg is 1 less the mean ratio of an item's variance to its null, so the mean of the items' own r*wg.
    expected = (r_star_wg(two, 2).value + r_star_wg(seven, 7).value) / 2
    assert found.r_star_wg == pytest.approx(expected)
    ratio = 1 - expected
    assert found.r_wg_j == pytest.approx(max(0.0, 2 * (1 - ratio) / (2 * (1 - ratio) + ratio)))


def test_a_split_staff_does_not_agree() -> None:
    found = agreement(one_heading("seven", "seven"), [[-3, 3], [3, -3]] * 10)
    assert found.r_wg_j == 0
    assert found.r_star_wg is not None and found.r_star_wg < 0
    assert found.is_low(small().settings)


def test_only_items_that_everybody_is_shown_count() -> None:
    # Under objects, LAB2 is shown to two groups only; LAB1 and LOA1 to all.
    values = [[-3, 1, 0], [-3, 4, 0], [-3, 2, 0], [-3, 3, 0]]
    assert agreement(small(), values).r_star_wg == 1


def test_without_an_item_for_everybody_there_is_no_agreement() -> None:
    data = changed("headings[0].characteristics[0].survey[0].shown_to", ["curators"])
    put(data, "headings[0].characteristics[1].survey[0].shown_to", ["wardens"])
    found = agreement(load(data), [[1, 1, 1]] * 60)
    assert (found.r_star_wg, found.r_wg_j, found.alpha, found.omega) == (None, None, None, None)


def test_where_nobody_answered_there_is_no_agreement() -> None:
    found = agreement(small(), [[NAN, NAN, NAN]] * 5)
    assert found == StaffAgreement(None, None, None, None, None, None)
    assert not found.is_low(small().settings)


def related(number: int) -> list[list[float]]:
    random = np.random.default_rng(3)
    mood = random.normal(size=number)
    table = [np.clip(np.round(1.2 * mood + random.normal(size=number)), -3, 3) for _ in range(4)]
    return [list(map(float, row)) for row in zip(*table, strict=True)]


@pytest.mark.parametrize(("number", "alpha", "omega"), [(19, 0, 0), (20, 1, 0), (49, 1, 0), (50, 1, 1)])
def test_reliability_needs_enough_complete_answers(number: int, alpha: int, omega: int) -> None:
    # The small framework asks for 20 and for 50; somebody with a gap is no complete case.
    values = [*related(number), [1, NAN, 1, 1], [NAN] * 4]
    found = agreement(one_heading("seven", "seven", "seven", "seven"), values)
    assert (found.alpha is not None, found.omega is not None) == (bool(alpha), bool(omega))
    if found.alpha is not None:
        turned = np.array(related(number)) * [1, -1, 1, 1]
        expected = cronbach_alpha(turned)
        assert found.alpha.n == number
        assert (found.alpha.value, found.alpha.low) == pytest.approx((expected.value, expected.low))
    if found.omega is not None:
        assert found.omega.value == pytest.approx(mcdonald_omega(turned_scores(number)).value)


def turned_scores(number: int) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    table: np.ndarray[tuple[int, ...], np.dtype[np.float64]] = np.array(related(number)) * [1, -1, 1, 1]
    return table


def test_alpha_weighs_scales_of_different_length_alike() -> None:
    # On scores from 0 to 100 an item of two options counts as much as one of seven.
    short = [[float(row[0] > 0), *row[1:]] for row in related(40)]
    found = agreement(one_heading("two", "seven", "seven", "seven"), short)
    scores = np.array(short) * [100, -100 / 6, 100 / 6, 100 / 6]
    assert found.alpha is not None
    assert found.alpha.value == pytest.approx(cronbach_alpha(scores).value)


@pytest.mark.parametrize(("items", "alpha", "omega"), [(1, False, False), (2, True, False), (3, True, True)])
def test_reliability_needs_more_than_one_item(items: int, alpha: bool, omega: bool) -> None:
    values = [row[:items] for row in related(60)]
    found = agreement(one_heading(*["seven"] * items), values)
    assert (found.alpha is not None, found.omega is not None) == (alpha, omega)


def test_answers_without_any_spread_have_no_reliability() -> None:
    found = agreement(one_heading("seven", "seven", "seven"), [[1, 1, 1]] * 60)
    assert (found.alpha, found.omega, found.r_star_wg) == (None, None, 1)


def test_service_areas_are_compared_by_their_people() -> None:
    scores = [10.0, 20, 30, 60, 70, 80, NAN, 50, 55]
    areas = [0, 0, 0, 1, 1, 1, 1, 2, -1]
    found = agreement(small(), [[NAN] * 3] * 9, areas, scores)
    expected: IntraclassCorrelation = icc([10, 20, 30, 60, 70, 80, 50], [0, 0, 0, 1, 1, 1, 2])
    assert (found.icc1, found.icc2) == (expected.icc1, expected.icc2)


@pytest.mark.parametrize("areas", [[0] * 6, [-1] * 6, [0, 1, 2, 3, 4, 5]])
def test_areas_that_cannot_be_compared(areas: list[int]) -> None:
    found = agreement(small(), [[NAN] * 3] * 6, areas, [1, 2, 3, 4, 5, 6])
    assert (found.icc1, found.icc2) == (None, None)


@pytest.mark.parametrize(
    ("r_star", "icc1", "low"),
    [
        (0.5, 0.1, False),
        (0.4999, 0.1, True),
        (0.5, 0.1001, True),
        (None, None, False),
        (None, 0.2, True),
        (0.2, None, True),
        (-1.0, -0.3, True),
        (0.9, -0.3, False),
    ],
)
def test_low_agreement_is_below_half_or_apart_by_area(
    r_star: float | None, icc1: float | None, low: bool
) -> None:
    found = StaffAgreement(r_star, None, icc1, None, None, None)
    assert found.is_low(published().settings) is low


def test_r_wg_j_of_one_scale_is_that_of_the_agreement_room() -> None:
    values = [[-3.0, 1.0], [-2.0, 0.0], [-3.0, 2.0], [0.0, 1.0]]
    found = agreement(one_heading("seven", "seven"), values)
    assert found.r_wg_j == pytest.approx(r_wg_j(values, 7).value)
