"""Agreement among staff: r_wg(j), r*_wg, ICC(1) and ICC(2)."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diagnostics.agreement import icc, r_star_wg, r_wg_j
from diagnostics.errors import MethodError, OutOfRange, ShapeMismatch, TooFewAnswers

# James, Demaree & Wolf (1984), Journal of Applied Psychology.
AGREED = [[4, 4, 5, 4], [4, 5, 4, 4], [5, 4, 4, 5], [4, 4, 4, 4], [3, 4, 4, 4]]
POLARISED = [[1, 5], [5, 1], [1, 1], [5, 5]]

# Shrout & Fleiss (1979), Psychological Bulletin, table 2: six targets by four judges.
JUDGES = np.array([[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]])


def test_agreement_of_the_worked_example() -> None:
    assert r_wg_j(AGREED, 5).value == pytest.approx(0.961672, abs=1e-6)
    assert r_star_wg(AGREED, 5).value == pytest.approx(0.8625)
    assert (r_wg_j(AGREED, 5).n, r_wg_j(AGREED, 5).k) == (5, 4)


def test_polarised_answers_are_no_agreement_and_not_more_than_all() -> None:
    assert r_wg_j(POLARISED, 5).value == 0
    assert r_star_wg(POLARISED, 5).value == pytest.approx(-1.666667, abs=1e-6)


def test_everybody_alike_is_full_agreement() -> None:
    assert r_wg_j([[3, 4]] * 6, 5).value == 1
    assert r_star_wg([[3, 4]] * 6, 5).value == 1


def test_uniform_answers_agree_no_more_than_chance() -> None:
    # Evenly spread answers have the null variance (A²−1)/12 with divisor n; many people make n−1 the same.
    uniform = np.tile(np.arange(1, 8), 5000)[:, np.newaxis]
    assert r_star_wg(uniform, 7).value == pytest.approx(0, abs=1e-4)


def test_one_item_is_the_plain_r_wg() -> None:
    answers = [[1], [2], [2], [4]]
    assert r_wg_j(answers, 5).value == pytest.approx(1 - np.var([1, 2, 2, 4], ddof=1) / 2)
    assert r_wg_j(answers, 5).value == pytest.approx(r_star_wg(answers, 5).value)


def test_each_item_counts_those_who_answered_it() -> None:
    nan = np.nan
    holed = [[4, 2, nan, nan], [5, nan, 1, nan], [nan, 4, nan, nan], [3, 3, nan, nan], [nan] * 4]
    result = r_star_wg(holed, 5)
    # Items of three answers, three, one (left out) and none (left out).
    assert result.value == pytest.approx(1 - np.mean([1.0, 1.0]) / 2)
    assert (result.n, result.k) == (4, 2)


@pytest.mark.parametrize(
    ("items", "options", "error"),
    [
        ([], 5, TooFewAnswers),
        ([[1, 2, 3]], 5, TooFewAnswers),
        (np.full((4, 2), np.nan), 5, TooFewAnswers),
        ([[1, np.nan], [np.nan, 2]], 5, TooFewAnswers),
        (AGREED, 1, OutOfRange),
        (AGREED, 0, OutOfRange),
        (AGREED, float("nan"), OutOfRange),
        (AGREED, float("inf"), OutOfRange),
        (AGREED, 4.5, OutOfRange),
        ([1, 2, 3], 5, ShapeMismatch),
    ],
)
def test_agreement_names_what_is_wrong(items: object, options: float, error: type[MethodError]) -> None:
    with pytest.raises(error):
        r_wg_j(items, options)  # type: ignore[arg-type]
    with pytest.raises(error):
        r_star_wg(items, options)  # type: ignore[arg-type]


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.one_of(st.integers(1, 5), st.just(float("nan"))), min_size=3, max_size=3),
        min_size=2,
        max_size=12,
    ),
)
def test_agreement_keeps_its_range_and_forgets_the_order(answers: list[list[float]]) -> None:
    try:
        raw, cut = r_star_wg(answers, 5), r_wg_j(answers, 5)
    except TooFewAnswers:
        return
    assert raw.value <= 1
    assert 0 <= cut.value <= 1
    assert (cut.value == 0) == (raw.value <= 0)
    assert r_star_wg(answers[::-1], 5).value == pytest.approx(raw.value)


def test_icc_of_shrout_and_fleiss() -> None:
    result = icc(JUDGES.ravel(), np.repeat(np.arange(6), 4))
    assert result.icc1 == pytest.approx(0.1657, abs=1e-4)
    assert result.icc2 == pytest.approx(0.4428, abs=1e-4)
    assert (result.mean_group_size, result.n_groups, result.n) == (4, 6, 24)


def test_icc_of_unequal_groups_uses_the_plain_mean_size() -> None:
    groups = {"a": [1.0, 2.0, 4.0], "b": [5.0, 6.0], "c": [3.0, 3.5, 8.0, 9.0]}
    scores = [score for group in groups.values() for score in group]
    labels = [label for label, group in groups.items() for _ in group]
    grand = np.mean(scores)
    msb = sum(len(g) * (np.mean(g) - grand) ** 2 for g in groups.values()) / 2
    msw = sum(sum((x - np.mean(g)) ** 2 for x in g) for g in groups.values()) / 6
    result = icc(scores, labels)
    assert result.mean_group_size == 3
    assert result.icc1 == pytest.approx((msb - msw) / (msb + 2 * msw))
    assert result.icc2 == pytest.approx((msb - msw) / msb)


def test_icc_drops_missing_scores_and_missing_groups() -> None:
    scores = [1, 2, 4, 5, np.nan, 9, np.nan, 7]
    labels = ["a", "a", "b", "b", "b", None, "c", float("nan")]
    assert icc(scores, labels) == icc([1, 2, 4, 5], ["a", "a", "b", "b"])


def test_icc_takes_labels_of_any_kind() -> None:
    scores = [1, 2, 4, 5]
    expected = icc(scores, [0, 0, 1, 1])
    assert icc(scores, np.array(["x", "x", "y", "y"])) == expected
    assert icc(scores, (("t", 1), ("t", 1), 7, 7)) == expected
    assert icc(scores, np.array([900, 900, -3, -3])) == expected


def test_icc_is_undefined_where_its_ratio_is() -> None:
    alike = icc([100 / 3] * 6, [1, 1, 2, 2, 3, 3])
    assert (alike.icc1, alike.icc2) == (None, None)
    # Group means alike, members not: ICC(1) is at its lowest, −1/(m−1), and ICC(2) divides by 0.
    split = icc([1, 5, 1, 5], ["a", "a", "b", "b"])
    assert split.icc1 == pytest.approx(-1)
    assert split.icc2 is None


def test_icc_is_one_where_members_are_alike_and_groups_are_not() -> None:
    result = icc([10, 10, 20, 20], ["a", "a", "b", "b"])
    assert (result.icc1, result.icc2) == (1, 1)


@pytest.mark.parametrize(
    ("scores", "groups", "error"),
    [
        ([], [], TooFewAnswers),
        ([1.0], ["a"], TooFewAnswers),
        ([1, 2, 3], ["a", "a", "a"], TooFewAnswers),
        ([1, 2, 3], ["a", "b", "c"], TooFewAnswers),
        ([np.nan, np.nan], ["a", "b"], TooFewAnswers),
        ([1, 2, np.nan], ["a", "a", "b"], TooFewAnswers),
        ([1, 2, 3], ["a", "b"], ShapeMismatch),
        ([[1, 2], [3, 4]], ["a", "b"], ShapeMismatch),
    ],
)
def test_icc_names_what_is_wrong(scores: object, groups: list[str], error: type[MethodError]) -> None:
    with pytest.raises(error):
        icc(scores, groups)  # type: ignore[arg-type]


@settings(deadline=None)
@given(st.integers(2, 6), st.integers(2, 6), st.integers(0, 10_000), st.floats(-1e3, 1e3))
def test_icc_of_balanced_groups_is_that_of_the_variance_components(
    j: int, m: int, seed: int, shift: float
) -> None:
    table = np.random.default_rng(seed).normal(size=(j, m))
    between = m * table.mean(axis=1).var(ddof=1)
    within = table.var(axis=1, ddof=1).mean()
    result = icc(table.T.ravel() + shift, np.tile(np.arange(j), m))
    assert result.icc1 == pytest.approx((between - within) / (between + (m - 1) * within), rel=1e-6)
    assert result.icc2 == pytest.approx(1 - within / between, rel=1e-6)
    # Spearman-Brown ties the two together where groups are equal.
    assert result.icc1 is not None
    assert result.icc2 == pytest.approx(m * result.icc1 / (1 + (m - 1) * result.icc1), rel=1e-6)
