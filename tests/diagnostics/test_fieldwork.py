"""What interviews, observations and documents score."""

from datetime import date

import pytest

from diagnostics.errors import OutOfRange
from diagnostics.evidence import FIGURES, RECONCILED, Rating, Record
from diagnostics.fieldwork import Fieldwork, RaterAgreement
from diagnostics.published import Source
from tests.diagnostics.small_framework import published, small

OBJECTS = ("labels", "loans")

# (record, characteristic) to the stage that each rater gave; None is not seen.
Stages = dict[tuple[str, str], dict[str, int | None]]


def record(name: str, source: Source = "observation", role_group: str | None = None) -> Record:
    return Record(name, source, "gallery", role_group, None, None, date(2026, 5, 1), 4)


def ratings(table: Stages) -> tuple[Rating, ...]:
    return tuple(
        Rating(where, what, rater, stage, "Because")
        for (where, what), stages in table.items()
        for rater, stage in stages.items()
    )


class Seen:
    """Records, waiting for their ratings."""

    def __init__(self, *records: Record) -> None:
        self.records = records

    def rated(self, table: Stages) -> Fieldwork:
        return Fieldwork(small(), self.records, ratings(table))


def test_a_stage_becomes_a_score() -> None:
    found = Seen(record("o1")).rated({("o1", "labels"): {"ann": 3}})
    score = found.characteristic_score("observation", "labels")
    assert score is not None
    assert score.score == pytest.approx(200 / 3)
    assert (score.records, score.characteristics, score.not_seen) == (("o1",), 1, 0)


@pytest.mark.parametrize("stage", [0, 5, -1])
def test_there_is_no_stage_outside_1_to_4(stage: int) -> None:
    with pytest.raises(OutOfRange):
        Rating("o1", "labels", "ann", stage, "Because")


def test_raters_are_averaged_where_nothing_is_reconciled() -> None:
    found = Seen(record("o1")).rated({("o1", "labels"): {"ann": 4, "ben": 1, "col": 1}})
    score = found.characteristic_score("observation", "labels")
    assert score is not None and score.score == pytest.approx(100 / 3)


def test_the_reconciled_rating_beats_the_raters() -> None:
    found = Seen(record("o1")).rated({("o1", "labels"): {"ann": 4, RECONCILED: 2, "ben": 4}})
    score = found.characteristic_score("observation", "labels")
    assert score is not None and score.score == pytest.approx(100 / 3)


def test_reconciled_as_not_seen_is_not_seen() -> None:
    found = Seen(record("o1"), record("o2")).rated(
        {("o1", "labels"): {"ann": 4, RECONCILED: None}, ("o2", "labels"): {"ann": 1}}
    )
    score = found.characteristic_score("observation", "labels")
    assert score is not None
    assert (score.score, score.records, score.not_seen) == (0, ("o2",), 1)


def test_a_rater_who_did_not_see_it_is_left_out_of_the_mean() -> None:
    found = Seen(record("o1")).rated({("o1", "labels"): {"ann": 3, "ben": None}})
    score = found.characteristic_score("observation", "labels")
    assert score is not None
    assert score.score == pytest.approx(200 / 3)
    assert score.not_seen == 0


def test_raters_then_records_then_characteristics() -> None:
    # labels: o1 has stages 1, 1, 4 (mean 2), o2 stage 4: mean of 33⅓ and 100 is 66⅔ (pooled it would be 50).
    # loans: o2 alone, stage 1: 0. The heading: 33⅓ (the mean over all three pairs would be 44.4).
    found = Seen(record("o1"), record("o2")).rated(
        {
            ("o1", "labels"): {"ann": 1, "ben": 1, "col": 4},
            ("o2", "labels"): {"ann": 4},
            ("o2", "loans"): {"ann": 1},
        }
    )
    labels = found.characteristic_score("observation", "labels")
    score = found.heading_score("observation", OBJECTS)
    assert labels is not None and labels.score == pytest.approx(200 / 3)
    assert score is not None and score.score == pytest.approx(100 / 3)
    assert (score.records, score.characteristics, score.thin) == (("o1", "o2"), 2, False)


def test_not_seen_is_missing_and_counted() -> None:
    found = Seen(record("o1"), record("o2"), record("o3")).rated(
        {
            ("o1", "labels"): {"ann": 4},
            ("o2", "labels"): {"ann": None, "ben": None},
            ("o3", "loans"): {"ann": None},
        }
    )
    labels = found.characteristic_score("observation", "labels")
    heading = found.heading_score("observation", OBJECTS)
    assert labels is not None and (labels.score, labels.not_seen) == (100, 1)
    assert heading is not None and (heading.score, heading.not_seen) == (100, 2)
    assert heading.characteristics == 1


def test_a_source_in_which_nothing_was_seen_is_silent() -> None:
    found = Seen(record("o1")).rated({("o1", "labels"): {"ann": None}})
    assert found.characteristic_score("observation", "labels") is None
    assert found.heading_score("observation", OBJECTS) is None
    assert found.heading_score("interview", OBJECTS) is None
    assert Seen().rated({}).heading_score("document", OBJECTS) is None


def test_sources_do_not_mix() -> None:
    found = Seen(record("o1"), record("d1", "document")).rated(
        {("o1", "labels"): {"ann": 4}, ("d1", "labels"): {"ann": 1}}
    )
    observed = found.characteristic_score("observation", "labels")
    written = found.heading_score("document", OBJECTS)
    assert observed is not None and (observed.score, observed.records) == (100, ("o1",))
    assert written is not None and (written.score, written.records) == (0, ("d1",))


def test_other_headings_do_not_mix_in() -> None:
    found = Seen(record("o1")).rated({("o1", "labels"): {"ann": 4}, ("o1", "hours"): {"ann": 1}})
    score = found.heading_score("observation", OBJECTS)
    assert score is not None and score.score == 100


@pytest.mark.parametrize(("count", "thin"), [(1, True), (2, False), (3, False)])
def test_one_record_is_thin(count: int, thin: bool) -> None:
    names = [f"o{number}" for number in range(count)]
    found = Seen(*(record(name) for name in names)).rated(
        {(name, what): {"ann": 2} for name in names for what in OBJECTS}
    )
    heading = found.heading_score("observation", OBJECTS)
    labels = found.characteristic_score("observation", "labels")
    assert heading is not None and heading.thin is thin
    assert labels is not None and labels.thin is thin


def test_one_rated_characteristic_is_thin_under_a_heading() -> None:
    found = Seen(record("o1"), record("o2")).rated(
        {("o1", "labels"): {"ann": 2}, ("o2", "labels"): {"ann": 2}, ("o2", "loans"): {"ann": None}}
    )
    heading = found.heading_score("observation", OBJECTS)
    labels = found.characteristic_score("observation", "labels")
    assert heading is not None and heading.thin
    assert labels is not None and not labels.thin


def test_two_characteristics_in_different_records_are_enough() -> None:
    found = Seen(record("o1"), record("o2")).rated(
        {("o1", "labels"): {"ann": 2}, ("o2", "loans"): {"ann": 2}}
    )
    heading = found.heading_score("observation", OBJECTS)
    assert heading is not None and not heading.thin


def test_a_part_of_the_records_can_be_asked_for() -> None:
    found = Seen(
        record("i1", "interview", "curators"),
        record("i2", "interview", "wardens"),
        record("i3", "interview", None),
    ).rated(
        {
            ("i1", "labels"): {"ann": 4},
            ("i2", "labels"): {"ann": 1},
            ("i3", "labels"): {"ann": None},
            ("i2", "loans"): {"ann": None},
        }
    )
    upper = found.heading_score("interview", OBJECTS, lambda r: r.role_group == "curators")
    lower = found.heading_score("interview", OBJECTS, lambda r: r.role_group == "wardens")
    everybody = found.heading_score("interview", OBJECTS)
    assert upper is not None and (upper.score, upper.records, upper.not_seen) == (100, ("i1",), 0)
    assert lower is not None and (lower.score, lower.records, lower.not_seen) == (0, ("i2",), 1)
    assert everybody is not None and (everybody.score, everybody.not_seen) == (50, 2)


def test_records_about_a_heading_are_those_in_which_it_was_seen() -> None:
    found = Seen(record("o2"), record("o1"), record("d1", "document"), record("d2", "document")).rated(
        {
            ("o2", "labels"): {"ann": 2},
            ("o1", "hours"): {"ann": 2},
            ("d1", "loans"): {"ann": 2},
            ("d2", "loans"): {"ann": None},
        }
    )
    assert [r.id for r in found.records_about(OBJECTS)] == ["d1", "o2"]


def pairs_of(stages: list[tuple[int | None, int | None]]) -> Stages:
    return {(f"o{n}", "labels"): {"ann": a, "ben": b} for n, (a, b) in enumerate(stages)}


def agreement(stages: list[tuple[int | None, int | None]]) -> RaterAgreement:
    records = [record(f"o{number}") for number in range(len(stages))]
    return Seen(*records).rated(pairs_of(stages)).rater_agreement(["labels"])


def test_without_double_rating_there_is_no_agreement() -> None:
    assert agreement([(1, None), (None, 2)]) == RaterAgreement(0, None, None)
    assert agreement([]) == RaterAgreement(0, None, None)


def test_below_the_number_of_units_there_is_only_a_share() -> None:
    # The small framework asks for four double-rated units.
    found = agreement([(1, 1), (2, 3), (4, 4), (None, 4)])
    assert (found.units, found.alpha) == (3, None)
    assert found.share == pytest.approx(2 / 3)


def test_from_the_number_of_units_there_is_a_coefficient() -> None:
    # Four units, ordinal. The values 1 to 4 are given 2, 1, 1 and 4 times; on the axis of ranks their middles
    # are 1, 2.5, 3.5 and 6. Observed: one unit with (2, 3), δ² = 1, twice. Expected: Σ n_c·n_k·δ².
    found = agreement([(1, 1), (2, 3), (4, 4), (4, 4)])
    middles, counts = (1, 2.5, 3.5, 6), (2, 1, 1, 4)
    expected = sum(
        n * m * (a - b) ** 2
        for a, n in zip(middles, counts, strict=True)
        for b, m in zip(middles, counts, strict=True)
    )
    assert found.units == 4
    assert found.alpha == pytest.approx(1 - 7 * 2 * 1 / expected)
    assert found.share == pytest.approx(3 / 4)


def test_identical_ratings_leave_the_coefficient_undefined() -> None:
    found = agreement([(3, 3)] * 6)
    assert (found.units, found.alpha, found.share) == (6, None, 1)


def test_reconciled_ratings_are_no_independent_ratings() -> None:
    records = [record(f"o{number}") for number in range(5)]
    found = Seen(*records).rated({(r.id, "labels"): {"ann": 1, RECONCILED: 1} for r in records})
    assert found.rater_agreement(["labels"]) == RaterAgreement(0, None, None)

    table = pairs_of([(1, 1), (2, 3), (4, 4), (4, 4), (1, 2)])
    alone = Seen(*records).rated(table).rater_agreement(["labels"])
    with_reconciled: Stages = {key: {**stages, RECONCILED: 4} for key, stages in table.items()}
    assert Seen(*records).rated(with_reconciled).rater_agreement(["labels"]) == alone


def test_what_cut_offs_make_of_figures_is_no_second_rater_and_counts_in_the_score() -> None:
    found = Seen(record("d1", "document")).rated({("d1", "labels"): {"ann": 4, FIGURES: 1}})
    assert found.rater_agreement(["labels"]) == RaterAgreement(0, None, None)
    score = found.characteristic_score("document", "labels")
    assert score is not None and score.score == pytest.approx(50)


def test_agreement_is_of_the_characteristics_that_are_asked_for() -> None:
    records = [record("o1"), record("d1", "document")]
    found = Seen(*records).rated(
        {
            ("o1", "labels"): {"ann": 1, "ben": 1},
            ("d1", "loans"): {"ann": 1, "ben": 4},
            ("o1", "hours"): {"ann": 2, "ben": 2},
        }
    )
    assert found.rater_agreement(OBJECTS) == RaterAgreement(2, None, 0.5)
    assert found.rater_agreement(["hours"]) == RaterAgreement(1, None, 1)


def test_the_published_framework_asks_for_ten_units() -> None:
    stages: list[tuple[int | None, int | None]] = [(1, 1), (2, 3), (4, 4), (3, 3), (2, 2)] * 2
    for count, has_alpha in ((9, False), (10, True)):
        records = tuple(record(f"o{number}") for number in range(count))
        table = pairs_of(stages[:count])
        found = Fieldwork(published(), records, ratings(table)).rater_agreement(["labels"])
        assert (found.units, found.alpha is not None) == (count, has_alpha)
