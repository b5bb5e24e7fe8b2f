"""The ratings of several raters side by side, and what they agreed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.fieldwork.models import FIGURES, FieldworkRecord, ReconciledRating, RecordRating
from app.fieldwork.ratings.presenters import ratings_address, stage_words
from app.fieldwork.ratings.schedule import NOT_SEEN
from diagnostics.framework import Framework
from diagnostics.framework_parts import Characteristic

SAME, DIFFERENT, ALONE = "Same stage", "Different stages", "Rated by one only"
_TWO = 2


@dataclass(frozen=True, slots=True)
class Said:
    """What one rater says of a characteristic."""

    rater: str
    stage: str
    reason: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What all raters say of a characteristic, and what they agreed."""

    id: str
    name: str
    heading: str
    said: tuple[Said, ...]
    verdict: str
    reconciled: Said | None
    href: str

    @property
    def differs(self) -> bool:
        """Whether the raters chose different stages."""
        return self.verdict == DIFFERENT


def rater_words(label: str, own_label: str = "") -> str:
    """Say who a rater is: initials, "you" where it is the reader, or the figures."""
    if label == FIGURES:
        return "The figures"
    return f"{label} (you)" if label == own_label else label


def comparison(
    framework: Framework,
    record: FieldworkRecord,
    ratings: Mapping[str, Mapping[str, RecordRating]],
    reconciled: Mapping[str, ReconciledRating],
    own_label: str,
) -> tuple[Compared, ...]:
    """Lay the ratings of a record side by side, in the framework's order, the differences first."""
    found = [
        compared(framework, record, one, ratings[one.id], reconciled.get(one.id), own_label)
        for one in framework.characteristics
        if one.id in ratings
    ]
    return tuple(sorted(found, key=lambda one: not one.differs))


def compared(
    framework: Framework,
    record: FieldworkRecord,
    characteristic: Characteristic,
    ratings: Mapping[str, RecordRating],
    reconciled: ReconciledRating | None,
    own_label: str,
) -> Compared:
    """Lay the ratings of one characteristic side by side."""
    agreed = Said("Agreed", stage_words(reconciled.stage), reconciled.reason) if reconciled else None
    return Compared(
        id=characteristic.id,
        name=characteristic.name,
        heading=framework.heading_of[characteristic.id].name,
        said=tuple(
            Said(rater_words(label, own_label), stage_words(one.stage), one.reason)
            for label, one in ratings.items()
        ),
        verdict=_verdict([one.stage for one in ratings.values()]),
        reconciled=agreed,
        href=ratings_address(record, f"/compare/{characteristic.id}"),
    )


def _verdict(stages: Sequence[int | None]) -> str:
    if len(stages) < _TWO:
        return ALONE
    return SAME if len(set(stages)) == 1 else DIFFERENT


def comparison_words(lines: Sequence[Compared]) -> str:
    """Say how often raters differ, and how much of that is settled."""
    together = [one for one in lines if one.verdict != ALONE]
    differing = [one for one in together if one.differs]
    several = f"{len(together)} {'characteristic' if len(together) == 1 else 'characteristics'} rated twice"
    if not together:
        return "No characteristic was rated by more than one rater."
    if not differing:
        return f"The stages are the same for all {several}."
    settled = sum(one.reconciled is not None for one in differing)
    return (
        f"The stages differ for {len(differing)} of {several}. "
        f"{settled or 'None'} of these {'is' if settled == 1 else 'are'} reconciled."
    )


def reconciled_values(reconciled: ReconciledRating | None) -> dict[str, str]:
    """Give what the form of a reconciled rating shows first."""
    if reconciled is None:
        return {"stage": "", "reason": ""}
    stage = NOT_SEEN if reconciled.stage is None else str(reconciled.stage)
    return {"stage": stage, "reason": reconciled.reason}
