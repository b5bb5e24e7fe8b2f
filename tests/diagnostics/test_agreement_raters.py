"""Agreement of raters: Krippendorff's alpha and percentage agreement."""

import math
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.agreement import krippendorff_alpha, percent_agreement
from diagnostics.errors import OutOfRange, ShapeMismatch, UnknownLevel

NAN = float("nan")
NOTHING_PAIRABLE: list[list[list[float]]] = [[], [[]], [[1, 2, 3]], [[1, NAN], [NAN, 2]], [[NAN, NAN]] * 2]
LEVELS = ["nominal", "ordinal", "interval", "ratio"]

# Krippendorff (2011), Computing Krippendorff's Alpha-Reliability, section C.
RATINGS: list[list[float]] = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]


def brute_force_alpha(ratings: list[list[float]], level: str) -> float | None:
    """Every pair of values by hand: observed within units, expected over all pairable values."""
    units = [[v for v in column if not math.isnan(v)] for column in zip(*ratings, strict=True)]
    units = [unit for unit in units if len(unit) >= 2]
    pooled = sorted(v for unit in units for v in unit)

    def squared(c: float, k: float) -> float:
        if level == "nominal":
            return float(c != k)
        if level == "interval":
            return (c - k) ** 2
        if level == "ratio":
            return 0.0 if c == k else ((c - k) / (c + k)) ** 2
        low, high = min(c, k), max(c, k)
        between = sum(low <= v <= high for v in pooled)
        return 0.0 if c == k else (between - (pooled.count(c) + pooled.count(k)) / 2) ** 2

    n = len(pooled)
    observed = sum(sum(squared(c, k) for c, k in permutations(u, 2)) / (len(u) - 1) for u in units)
    expected = sum(squared(c, k) for c, k in permutations(pooled, 2))
    return 1 - (n - 1) * observed / expected if expected else None


@pytest.mark.parametrize(
    ("level", "published"), [("nominal", 0.743), ("ordinal", 0.815), ("interval", 0.849), ("ratio", 0.797)]
)
def test_alpha_of_krippendorffs_four_observers(level: str, published: float) -> None:
    alpha = krippendorff_alpha(RATINGS, level)
    assert alpha.value == pytest.approx(published, abs=5e-4)
    # 41 ratings, of which the one in the unit with a single rating is not pairable.
    assert (alpha.n_pairable, alpha.n_units) == (40, 11)


def test_alpha_of_krippendorffs_binary_data() -> None:
    # Krippendorff (2011), section A: two observers, ten units.
    ratings = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]
    assert krippendorff_alpha(ratings, "nominal").value == pytest.approx(0.095, abs=5e-4)


def test_alpha_of_krippendorffs_nominal_data() -> None:
    # Krippendorff (2011), section B: two observers, twelve units, categories a to e as numbers.
    ratings = [["aabbdcccedda".index(c) for c in row] for row in ("aabbdcccedda", "babbbccceddd")]
    assert krippendorff_alpha(ratings, "nominal").value == pytest.approx(0.692, abs=5e-4)


@pytest.mark.parametrize("level", LEVELS)
def test_identical_ratings_are_undefined_and_not_perfect(level: str) -> None:
    alpha = krippendorff_alpha([[2, 2, 2], [2, 2, 2]], level)
    assert (alpha.value, alpha.n_pairable) == (None, 6)


@pytest.mark.parametrize("level", LEVELS)
def test_variation_outside_the_pairable_units_does_not_define_alpha(level: str) -> None:
    alpha = krippendorff_alpha([[2.0, 2.0, 1.0], [2.0, 2.0, NAN]], level)
    assert (alpha.value, alpha.n_pairable) == (None, 4)


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("ratings", NOTHING_PAIRABLE)
def test_nothing_pairable_is_undefined(level: str, ratings: list[list[float]]) -> None:
    alpha = krippendorff_alpha(ratings, level)
    assert (alpha.value, alpha.n_pairable, alpha.n_units) == (None, 0, 0)


@pytest.mark.parametrize("level", LEVELS)
def test_perfect_agreement_on_differing_units_is_one(level: str) -> None:
    assert krippendorff_alpha([[0, 1, 4], [0, 1, 4]], level).value == 1


def test_levels_and_values_that_do_not_exist_are_named() -> None:
    with pytest.raises(UnknownLevel, match="ordinal"):
        krippendorff_alpha(RATINGS, "Ordinal")
    with pytest.raises(OutOfRange):
        krippendorff_alpha([[-1, 2], [1, 2]], "ratio")
    with pytest.raises(OutOfRange):
        krippendorff_alpha([[1.0, math.inf], [1.0, 2.0]], "interval")
    with pytest.raises(ShapeMismatch):
        krippendorff_alpha([1, 2, 3], "nominal")


tables = st.integers(1, 6).flatmap(
    lambda units: st.lists(
        st.lists(st.one_of(st.integers(0, 4), st.just(NAN)), min_size=units, max_size=units),
        min_size=1,
        max_size=4,
    )
)


@settings(deadline=None)
@given(tables, st.sampled_from(LEVELS))
def test_alpha_equals_the_count_of_every_pair(ratings: list[list[float]], level: str) -> None:
    expected = brute_force_alpha(ratings, level)
    found = krippendorff_alpha(ratings, level).value
    if expected is None:
        assert found is None
    else:
        assert found == pytest.approx(expected, abs=1e-9)


@settings(deadline=None)
@given(tables, st.sampled_from(LEVELS))
def test_alpha_does_not_depend_on_the_order_of_raters_or_units(
    ratings: list[list[float]], level: str
) -> None:
    turned = [row[::-1] for row in ratings[::-1]]
    here, there = krippendorff_alpha(ratings, level), krippendorff_alpha(turned, level)
    assert here.n_pairable == there.n_pairable
    assert (here.value is None) == (there.value is None)
    if here.value is not None:
        assert here.value == pytest.approx(there.value, abs=1e-9)


@settings(deadline=None)
@given(tables)
def test_ordinal_alpha_sees_only_the_order_of_the_options(ratings: list[list[float]]) -> None:
    stretched = [[v**3 + 1 for v in row] for row in ratings]
    here, there = krippendorff_alpha(ratings, "ordinal"), krippendorff_alpha(stretched, "ordinal")
    assert here == there


def test_percent_agreement_counts_pairs() -> None:
    # Units: three alike, 3 pairs of 3; two alike and one not, 1 of 3; one pair, apart; one rating alone.
    ratings: list[list[float]] = [[1, 1, 1, 1], [1, 1, 2, NAN], [1, 2, NAN, NAN]]
    result = percent_agreement(ratings)
    assert result.value == pytest.approx(4 / 7)
    assert (result.n_units, result.n_pairs) == (3, 7)


def test_percent_agreement_of_nobody_and_of_everybody() -> None:
    for nothing in NOTHING_PAIRABLE:
        result = percent_agreement(nothing)
        assert (result.value, result.n_units, result.n_pairs) == (None, 0, 0)
    assert percent_agreement([[3, 3], [3, 3]]).value == 1
    assert percent_agreement([[1, 2], [2, 1]]).value == 0
