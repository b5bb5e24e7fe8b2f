"""Attack on the tables of answers: nobody may be left with too few options that they can have chosen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from diagnostics.audit_answers import Possible, Table, possible_options
from diagnostics.audit_classes import Classes, classes_of
from diagnostics.audit_reading import Interval, Reading, told_by_score, told_by_share
from diagnostics.audit_report import Weakness
from diagnostics.published import PublishedItem
from diagnostics.side_knowledge import KnownItem
from diagnostics.wording import listed

FEWEST_LEFT, FEWEST_OF_FEW = 3, 2
_DECIMALS = 9
_OPEN: Interval = (0.0, 101.0)


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """A printed table to attack: its name, its options, and between which ends each version puts them."""

    name: str
    labels: tuple[str, ...]
    scores: tuple[float, ...]
    shares: tuple[tuple[Interval, ...], ...]
    means: tuple[Interval, ...]

    @property
    def wanted(self) -> int:
        """Options that everybody must keep."""
        return FEWEST_LEFT if len(self.labels) > FEWEST_LEFT else FEWEST_OF_FEW


class ItemsAttack:
    """The attack on the items and needs of one wave; the same problem is solved once."""

    def __init__(self, readings: Sequence[Reading], seconds: float) -> None:
        self.readings = tuple(readings)
        self.seconds = seconds
        self.attacked = 0
        self._solved: dict[bytes, Possible] = {}

    def items(self) -> Iterator[Weakness]:
        """Attack every item that is shown in some version."""
        codes = dict.fromkeys(item.code for reading in self.readings for item in reading.knowledge.items)
        for code in codes:
            shown = [
                (reading, place, known, found)
                for reading in self.readings
                for place, known in enumerate(reading.knowledge.items)
                if known.code == code and (found := reading.item(code)) is not None and found.shares
            ]
            if shown:
                where = [reading for reading, *_ in shown]
                counts = [reading.rated[:, place] for reading, place, *_ in shown]
                pairs = [(known, found) for *_, known, found in shown]
                yield from self._attack(where, counts, _of_item(pairs))

    def needs(self) -> Iterator[Weakness]:
        """Attack every choice of what evidence staff need: each was ticked or not."""
        choices = dict.fromkeys(need.id for reading in self.readings for need in reading.published.needs)
        for choice in choices:
            shown = [
                (reading, need)
                for reading in self.readings
                for need in reading.published.needs
                if need.id == choice and need.share is not None
            ]
            if not shown:
                continue
            question = _Question(
                name=f"evidence that staff need, “{shown[0][1].label}”",
                labels=("not ticked", "ticked"),
                scores=(0.0, 0.0),
                shares=tuple(
                    (_OPEN, _upwards(told_by_share(need.share)))
                    for _, need in shown
                    if need.share is not None
                ),
                means=(_OPEN,) * len(shown),
            )
            yield from self._attack([r for r, _ in shown], [r.ticking for r, _ in shown], question)

    def _attack(
        self, readings: list[Reading], counts: list[NDArray[np.int64]], question: _Question
    ) -> Iterator[Weakness]:
        classes = classes_of(readings, counts)
        if not len(classes.count):
            return
        table, kind_of = _table(classes, question)
        key = table.key()
        if key not in self._solved:
            self._solved[key] = possible_options(table, question.wanted, self.seconds)
        possible = self._solved[key]
        if possible.contradiction and len(readings) > 1:
            # Somebody changed an answer between versions; an attacker then takes each by itself.
            for r, reading in enumerate(readings):
                alone = replace(question, shares=(question.shares[r],), means=(question.means[r],))
                yield from self._attack([reading], [counts[r]], alone)
            return
        self.attacked += len(classes.count)
        where = f"{listed([reading.name for reading in readings])}, {question.name}"
        mend = "Hide this question." if len(question.labels) > 2 else "Hide the whole table."
        if possible.contradiction:
            found = "The numbers that are shown cannot all be true of the people who answered."
            mend = "Publish again from the answers; if it stays, tell the developers."
            yield Weakness("contradiction", where, found, mend)
            return
        if possible.late.any():
            yield Weakness("timed out", where, "The attack on it did not end in time.", mend)
        few = np.flatnonzero((possible.options.sum(axis=1) < question.wanted) & ~possible.late)
        if few.size:
            yield Weakness(
                "item", where, self._found(readings, classes, kind_of, possible, few, question), mend
            )

    def _found(
        self,
        readings: list[Reading],
        classes: Classes,
        kind_of: NDArray[np.intp],
        possible: Possible,
        few: NDArray[np.intp],
        question: _Question,
    ) -> str:
        """Say of whom what can be worked out: of the one with the fewest answers left, and how many more."""
        worst = few[np.argmin(possible.options[few].sum(axis=1))]
        at = int(np.flatnonzero(kind_of == worst)[0])
        version = int(np.flatnonzero(classes.inside[:, at])[0])
        reading = readings[version]
        who = reading.name_of_cell(int(classes.cell[version, at]))
        left = [label for label, can in zip(question.labels, possible.options[worst], strict=True) if can]
        people = int(classes.count[np.isin(kind_of, few)].sum())
        told = f"A person among {who} can only have answered {listed([f'“{label}”' for label in left], 'or')}"
        who_all = "this person alone has" if people == 1 else f"{people} people in all have"
        return f"{told}; {who_all} too few answers left to hide among."


def _of_item(shown: list[tuple[KnownItem, PublishedItem]]) -> _Question:
    known, first = shown[0]
    return _Question(
        name=f"question {first.code}, “{first.text}”",
        labels=first.labels,
        scores=known.scores,
        shares=tuple(
            tuple(_upwards(told_by_share(share)) for share in found.shares or ()) for _, found in shown
        ),
        means=tuple(
            _OPEN if found.score is None else _upwards(told_by_score(found.score)) for _, found in shown
        ),
    )


def _upwards(told: Interval) -> Interval:
    """Open the high end where the scale ends, so that it holds 100 itself."""
    return told if told[1] < 100 else (told[0], _OPEN[1])


def _table(classes: Classes, question: _Question) -> tuple[Table, NDArray[np.intp]]:
    """Put people of the same weight together: nobody can tell them apart."""
    weights = np.round(classes.weight, _DECIMALS)
    kinds, kind_of = np.unique(weights, axis=1, return_inverse=True)
    kind_of = kind_of.ravel()
    count = np.bincount(kind_of, classes.count, kinds.shape[1]).astype(np.int64)
    total = (kinds * count).sum(axis=1, keepdims=True)
    shares, means = np.array(question.shares), np.array(question.means)
    return (
        Table(
            count=count,
            share=100 * kinds / np.where(total > 0, total, 1.0),
            least=shares[:, :, 0],
            most=shares[:, :, 1],
            scores=np.array(question.scores),
            least_mean=means[:, 0],
            most_mean=means[:, 1],
        ),
        kind_of,
    )
