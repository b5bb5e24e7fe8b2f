"""What interviews, observations and documents score: ratings, records, characteristics, headings."""

from collections.abc import Callable, Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diagnostics.evidence import FIGURES, RECONCILED, Rating, Record
from diagnostics.framework import Framework
from diagnostics.framework_parts import Settings
from diagnostics.published import Source
from diagnostics.raters import krippendorff_alpha, percent_agreement
from diagnostics.scoring import stage_score

FloatArray = NDArray[np.float64]
# What these say is no second person's judgement.
_NO_PERSON = frozenset({RECONCILED, FIGURES})


@dataclass(frozen=True, slots=True)
class FieldworkScore:
    """One source's score, 0 to 100, for a heading or a characteristic.

    ``records`` are the ids that it rests on; ``not_seen`` counts pairs of record and
    characteristic in which nobody saw it. A thin score is shown and not combined.
    """

    score: float
    records: tuple[str, ...]
    characteristics: int
    not_seen: int
    thin: bool


@dataclass(frozen=True, slots=True)
class RaterAgreement:
    """How far two raters of the same thing agree.

    ``alpha`` (ordinal, Krippendorff) only from the framework's number of double-rated units; below
    that, and where it is undefined, None. ``share`` is plain agreement, 0 to 1, None without
    double rating.
    """

    units: int
    alpha: float | None
    share: float | None


class Fieldwork:
    """The ratings of one wave, asked for scores by source, heading and characteristic."""

    def __init__(
        self, framework: Framework, records: tuple[Record, ...], ratings: tuple[Rating, ...]
    ) -> None:
        self._settings: Settings = framework.settings
        self.records = {record.id: record for record in records}
        self._by_pair: dict[tuple[str, str], list[Rating]] = {}
        for rating in ratings:
            self._by_pair.setdefault((rating.record, rating.characteristic), []).append(rating)
        self._scores = {pair: _pair_score(group) for pair, group in self._by_pair.items()}
        self._rated: dict[tuple[Source, str], list[tuple[Record, float | None]]] = {}
        for (record_id, characteristic), score in self._scores.items():
            record = self.records[record_id]
            self._rated.setdefault((record.source, characteristic), []).append((record, score))
        self._rated_twice = self._double_ratings()

    def characteristic_score(
        self,
        source: Source,
        characteristic: str,
        only: Callable[[Record], bool] = lambda _: True,
    ) -> FieldworkScore | None:
        """Mean over the records of one source; thin with too few records; None where it is silent."""
        seen: dict[str, float] = {}
        not_seen = 0
        for record, score in self._rated.get((source, characteristic), ()):
            if not only(record):
                continue
            if score is None:
                not_seen += 1
            else:
                seen[record.id] = score
        if not seen:
            return None
        return FieldworkScore(
            score=sum(seen.values()) / len(seen),
            records=tuple(sorted(seen)),
            characteristics=1,
            not_seen=not_seen,
            thin=len(seen) < self._settings.thin_records,
        )

    def heading_score(
        self,
        source: Source,
        characteristics: Collection[str],
        only: Callable[[Record], bool] = lambda _: True,
    ) -> FieldworkScore | None:
        """Mean over records, then over characteristics; None where the source is silent.

        Thin with fewer than the framework's number of records or of rated characteristics (or than all
        of a heading that has fewer).
        """
        scores = [self.characteristic_score(source, c, only) for c in characteristics]
        found = [score for score in scores if score is not None]
        if not found:
            return None
        records = tuple(sorted({record for score in found for record in score.records}))
        return FieldworkScore(
            score=sum(score.score for score in found) / len(found),
            records=records,
            characteristics=len(found),
            not_seen=self._not_seen(source, characteristics, only),
            thin=len(records) < self._settings.thin_records
            or len(found) < min(self._settings.thin_characteristics, len(characteristics)),
        )

    def record_scores(self, characteristic: str) -> dict[str, float]:
        """Give the score of one characteristic in each record in which it was seen."""
        return {
            r: score for (r, c), score in self._scores.items() if c == characteristic and score is not None
        }

    def records_about(self, characteristics: Collection[str]) -> tuple[Record, ...]:
        """Give the records in which at least one of the characteristics was seen."""
        ids = {r for (r, c), score in self._scores.items() if c in characteristics and score is not None}
        return tuple(self.records[record_id] for record_id in sorted(ids))

    def rater_agreement(self, characteristics: Collection[str]) -> RaterAgreement:
        """Agreement of independent raters over all double-rated pairs of these characteristics.

        Reconciled ratings are left out, since they are not independent, and so are stages that cut-offs
        make of figures; "not seen" is missing.
        """
        units = [column for characteristic, column in self._rated_twice if characteristic in characteristics]
        if not units:
            return RaterAgreement(0, None, None)
        table = np.column_stack(units)
        alpha = None
        if len(units) >= self._settings.rater_units:
            alpha = krippendorff_alpha(table, "ordinal").value
        return RaterAgreement(len(units), alpha, percent_agreement(table).value)

    def _double_ratings(self) -> list[tuple[str, FloatArray]]:
        """Collect the characteristic of each pair that two people rated, and a column of stages by rater."""
        raters = sorted({r.rater for group in self._by_pair.values() for r in group} - _NO_PERSON)
        row = {rater: index for index, rater in enumerate(raters)}
        found = []
        for (_, characteristic), group in sorted(self._by_pair.items()):
            stages = {r.rater: r.stage for r in group if r.rater not in _NO_PERSON and r.stage is not None}
            if len(stages) > 1:
                column = np.full(len(raters), np.nan)
                column[[row[rater] for rater in stages]] = list(stages.values())
                found.append((characteristic, column))
        return found

    def _not_seen(
        self, source: Source, characteristics: Collection[str], only: Callable[[Record], bool]
    ) -> int:
        rated = (entry for c in characteristics for entry in self._rated.get((source, c), ()))
        return sum(score is None and only(record) for record, score in rated)


def _pair_score(ratings: list[Rating]) -> float | None:
    """Score one characteristic in one record: the reconciled rating, else the mean of its raters."""
    reconciled = [rating for rating in ratings if rating.rater == RECONCILED]
    stages = [rating.stage for rating in reconciled or ratings if rating.stage is not None]
    return stage_score(sum(stages) / len(stages)) if stages else None
