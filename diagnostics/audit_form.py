"""The form of the page: nothing on what is suppressed, people in bands, numbers no finer than promised."""

from collections.abc import Iterable, Iterator

import numpy as np

from diagnostics.audit_reading import (
    BAND_NAMES,
    HIGHEST,
    LOWEST,
    STEP,
    Breakdown,
    Reading,
    band_of,
    group_rows,
    has_numbers,
    response_rows,
)
from diagnostics.audit_report import Weakness
from diagnostics.framework_checks import MINIMUM_THRESHOLD
from diagnostics.published import LETTERS, PublishedChange, PublishedHeading

# Ours: with fewer answers a question on which nearly all agree shows through its shares.
FEWEST_FOR_TABLE = 30


def form(reading: Reading) -> Iterator[Weakness]:
    """Check the form of one release."""
    for table, found, mend in _faults(reading):
        yield Weakness("form", f"{reading.name}, {table}", found, mend)


Fault = tuple[str, str, str]
_FINER = "Print it as the method says, and no finer."
_EMPTY = "Leave all its numbers out."


def _faults(reading: Reading) -> Iterator[Fault]:
    yield from _of_threshold(reading)
    yield from _of_response(reading)
    for heading in reading.published.headings:
        yield from _of_survey(reading, heading)
        yield from _of_groups(reading, heading)
        yield from _of_items(reading, heading)
        if heading.gap is not None:
            numbers = (heading.gap.upper, heading.gap.lower, heading.gap.difference)
            yield from _of_numbers(f"{heading.name}, gap", heading.gap.suppressed, numbers)
            if not heading.gap.suppressed:
                yield from _scores(f"{heading.name}, gap", numbers[:2])
    yield from _of_needs(reading)
    for key in reading.published.records.keys() - LETTERS.keys():
        yield "records", f"They count “{key}”, which is no source of fieldwork.", "Leave it out."
    for step in reading.published.steps:
        if step.top_three_share % STEP:
            share = f"Its share of tests is printed as {step.top_three_share} %"
            yield f"step {step.id}", f"{share}, finer than the nearest 5.", _FINER
    received = reading.published.comments_received
    if received is not None and received not in BAND_NAMES:
        yield "comments", f"The comments are counted as “{received}”, which is no band.", _FINER


def _of_threshold(reading: Reading) -> Iterator[Fault]:
    threshold = reading.published.threshold
    if threshold < MINIMUM_THRESHOLD:
        yield "threshold", f"It is {threshold}.", f"Raise it to {MINIMUM_THRESHOLD} or more."
    if threshold != reading.knowledge.threshold:
        yield (
            "threshold",
            f"The page says {threshold}, and groups were hidden by {reading.knowledge.threshold}.",
            "Publish with the threshold that the page names.",
        )


def _of_response(reading: Reading) -> Iterator[Fault]:
    response = reading.published.response
    answered = int(reading.answered.sum())
    if answered < reading.threshold and (response.answered is not None or response.rate is not None):
        yield (
            "response",
            "It counts answers, though too few people answered.",
            "Leave the count and the rate out.",
        )
    for breakdown in reading.breakdowns:
        counts = dict(zip((g.id for g in breakdown.groups), breakdown.sums(reading.answered), strict=False))
        people = dict(zip((g.id for g in breakdown.groups), breakdown.people.tolist(), strict=False))
        for row in response_rows(reading.published, breakdown.kind):
            where = f"response by {breakdown.kind}, {row.name}"
            yield from _of_numbers(where, row.suppressed, (row.rate,), row.n_band)
            if not row.suppressed:
                yield from _shares(where, [row.rate])
                n = int(counts.get(row.id, 0))
                yield from _of_base(reading, where, n, people.get(row.id, 0), row.n_band)


def _of_survey(reading: Reading, heading: PublishedHeading) -> Iterator[Fault]:
    column = reading.place(heading.id)
    survey = heading.sources.survey
    where = f"{heading.name}, survey"
    n = int(reading.scored[:, column].sum()) if column is not None else 0
    if survey is None:
        told = [
            heading.tipping_point is not None,
            any("survey" in (pair.a, pair.b) for pair in heading.pairs),
            has_numbers(heading.change),
        ]
        if any(told):
            yield where, "There is no survey score, yet a number derived from it is shown.", _EMPTY
    else:
        yield from _scores(where, (survey.score, survey.low, survey.high))
        least = max(MINIMUM_THRESHOLD, reading.threshold)
        if n < least:
            yield where, f"It is shown, and rests on fewer than {least} answers.", _EMPTY
        if survey.n is not None:
            yield where, f"Its answers are counted as {survey.n}, not banded.", _FINER
        yield from _of_band(where, n, survey.n_band)
    combined = heading.combined
    derived = [
        *((combined.score, combined.low, combined.high) if combined is not None else ()),
        *(pair.difference for pair in heading.pairs),
        heading.tipping_point,
    ]
    for number in derived:
        if number is not None and number != int(number):
            yield where, f"A number beside it is printed as {number:g}, finer than whole points.", _FINER
    yield from _of_change(where, heading.change)
    yield from _of_reliability(reading, heading, n)


def _of_reliability(reading: Reading, heading: PublishedHeading, n: int) -> Iterator[Fault]:
    row = reading.published.reliability.get(heading.id)
    if row is None:
        return
    where = f"{heading.name}, reliability and agreement"
    capped = (row.r_star_wg, row.r_wg_j, row.icc1, row.icc2)
    wide = [coefficient for coefficient in (row.alpha, row.omega) if coefficient is not None]
    shown = [value for value in capped if value is not None]
    if (shown or wide) and n < FEWEST_FOR_TABLE:
        yield where, f"It rests on fewer than {FEWEST_FOR_TABLE} answers.", "Leave it out."
    if any(abs(value) > HIGHEST / 100 for value in shown):
        yield where, "A coefficient is beyond −0.95 or 0.95.", "Print it as −0.95 or 0.95."
    numbers = [*shown, *(v for c in wide for v in (c.value, c.low, c.high) if v is not None)]
    if any(round(value, 2) != value for value in numbers):
        yield where, "A coefficient has more than two decimals.", _FINER
    rated = [
        int(reading.rated[:, i].sum())
        for i, item in enumerate(reading.knowledge.items)
        if item.heading == heading.id
    ]
    for coefficient in wide:
        if coefficient.n_band not in BAND_NAMES[1:] or max(rated, default=0) < FEWEST_FOR_TABLE:
            yield where, f"Alpha or omega rests on “{coefficient.n_band}” answers.", "Leave it out."


def _of_groups(reading: Reading, heading: PublishedHeading) -> Iterator[Fault]:
    column = reading.place(heading.id)
    for breakdown in reading.breakdowns:
        scored = reading.scored[:, column] if column is not None else np.zeros(len(reading.keys), np.int64)
        counts = breakdown.sums(scored)
        place = {group.id: g for g, group in enumerate(breakdown.groups)}
        for row in group_rows(heading, breakdown.kind):
            where = f"{heading.name}, by {breakdown.kind}, {row.name}"
            yield from _of_numbers(where, row.suppressed, (row.score,), row.n_band)
            if row.suppressed:
                if has_numbers(row.change):
                    yield where, "It is not shown, but its change is.", _EMPTY
                continue
            yield from _scores(where, (row.score,))
            yield from _of_change(where, row.change)
            n, people = _known(breakdown, counts, place.get(row.id))
            yield from _of_base(reading, where, n, people, row.n_band)


def _known(breakdown: Breakdown, counts: Iterable[float], place: int | None) -> tuple[int, int]:
    return (0, 0) if place is None else (int(list(counts)[place]), int(breakdown.people[place]))


def _of_items(reading: Reading, heading: PublishedHeading) -> Iterator[Fault]:
    column = {item.code: i for i, item in enumerate(reading.knowledge.items)}
    for item in heading.items:
        where = f"{heading.name}, question {item.code}"
        numbers = (*(item.shares or ()), item.score, item.dont_know)
        yield from _of_numbers(where, item.suppressed, numbers, item.n_band)
        if item.suppressed:
            if has_numbers(item.change):
                yield where, "It is not shown, but its change is.", _EMPTY
            continue
        yield from _scores(where, (item.score,))
        yield from _shares(where, [*(item.shares or ()), item.dont_know])
        yield from _of_change(where, item.change)
        if len(item.shares or ()) != len(item.labels):
            yield where, "It has not one share for each answer.", _FINER
        n = int(reading.rated[:, column[item.code]].sum()) if item.code in column else 0
        least = max(FEWEST_FOR_TABLE, reading.threshold)
        if n < least:
            yield where, f"It is shown, and fewer than {least} people answered it.", "Hide this question."
        yield from _of_band(where, n, item.n_band)


def _of_needs(reading: Reading) -> Iterator[Fault]:
    least = max(FEWEST_FOR_TABLE, reading.threshold)
    few = int(reading.ticking.sum()) < least
    for need in reading.published.needs:
        where = f"evidence that staff need, “{need.label}”"
        yield from _of_numbers(where, need.suppressed, (need.share,))
        if not need.suppressed:
            yield from _shares(where, [need.share])
            if few:
                yield where, f"It is shown, and fewer than {least} people answered.", "Hide the whole table."
    if reading.published.derived_importance and int(reading.answered.sum()) < least:
        yield "derived importance", f"It rests on fewer than {least} answers.", "Leave it out."
    for derived in reading.published.derived_importance:
        if derived.share != int(derived.share):
            yield (
                "derived importance",
                f"A share is printed as {derived.share:g} %, finer than whole per cent.",
                _FINER,
            )


def _of_numbers(
    where: str, suppressed: bool, numbers: Iterable[float | None], band: str | None = None
) -> Iterator[Fault]:
    """Check that all numbers are absent where they must be."""
    if suppressed and (band is not None or any(number is not None for number in numbers)):
        yield where, "It is not shown, but a number or a band of it is.", _EMPTY


def _of_base(reading: Reading, where: str, n: int, people: int, band: str | None) -> Iterator[Fault]:
    if n < reading.threshold:
        yield where, f"It is shown, and has fewer than {reading.threshold} answers.", "Hide it."
    if people < reading.threshold:
        yield where, f"It is shown, and has fewer than {reading.threshold} people.", "Hide it."
    yield from _of_band(where, n, band)


def _of_band(where: str, n: int, band: str | None) -> Iterator[Fault]:
    if band not in BAND_NAMES:
        yield where, f"Its base is given as “{band}”, which is no band.", _FINER
    elif band != band_of(n):
        yield where, f"Its base is given as “{band}”, which is not the band of its answers.", _FINER


def _scores(where: str, scores: Iterable[float | None]) -> Iterator[Fault]:
    for score in scores:
        if score is None:
            continue
        if score != int(score):
            yield where, f"A score is printed as {score:g}, finer than whole points.", _FINER
        elif not LOWEST <= score <= HIGHEST:
            yield where, f"A score is printed as {score:g}, beyond “5 or lower” or “95 or higher”.", _FINER


def _shares(where: str, shares: Iterable[float | None]) -> Iterator[Fault]:
    for share in shares:
        if share is None:
            continue
        if share % STEP:
            yield where, f"A share is printed as {share:g} %, finer than the nearest 5.", _FINER
        elif not LOWEST <= share <= HIGHEST:
            yield where, f"A share is printed as {share:g} %, beyond “5 or fewer” or “95 or more”.", _FINER


def _of_change(where: str, change: PublishedChange | None) -> Iterator[Fault]:
    if change is None:
        return
    for number in (change.difference, change.low, change.high, change.minimum_detectable):
        if number is not None and number != int(number):
            yield where, f"A change is printed as {number:g}, finer than whole points.", _FINER
