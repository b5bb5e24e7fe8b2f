"""How finely all that is printed of a survey score tells it: a small linear program a heading.

Its variables are, for every release, the survey's mean M, the half-width H of its interval, and the score
of each other source. Near the end of the scale the score is printed as “5 or lower” or “95 or higher”, and
what is derived from it is taken from the printed 5 or 95: then it tells nothing, and the end stays open.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from diagnostics.audit_reading import HIGHEST, LOWEST, Interval, Reading, told_by_score
from diagnostics.audit_report import Weakness
from diagnostics.audit_solver import Program
from diagnostics.audit_statements import earlier_of
from diagnostics.published import PublishedHeading

HALF = 0.5
_TOLERANCE = 1e-6

Terms = dict[str, float]


@dataclass(slots=True)
class _Statements:
    """What is printed of one heading, as linear rows: terms, least, most; and the variables' ranges."""

    ranges: dict[str, Interval] = field(default_factory=dict)
    rows: list[tuple[Terms, float, float]] = field(default_factory=list)

    def say(self, terms: Terms, low: float, high: float) -> None:
        """Add a row, its terms by variable."""
        self.rows.append((terms, low, high))

    def program(self) -> tuple[Program, list[str]]:
        """Put the rows in order of their variables."""
        names = list(self.ranges)
        table = np.zeros((len(self.rows), len(names)))
        for row, (terms, _, _) in enumerate(self.rows):
            for name, factor in terms.items():
                table[row, names.index(name)] += factor
        return (
            Program(
                table,
                np.array([low for _, low, _ in self.rows]),
                np.array([high for _, _, high in self.rows]),
                np.array([self.ranges[name][0] for name in names]),
                np.array([self.ranges[name][1] for name in names]),
            ),
            names,
        )


Totals = dict[tuple[int, str], Interval]


def totals(readings: Sequence[Reading], seconds: float) -> tuple[Totals, list[Weakness]]:
    """Find what is known of the survey's mean, by release and heading, where it is shown.

    Returns
    -------
    totals : dict of (release, heading id) to interval
    weaknesses : list of Weakness
        Where derived numbers undo “5 or lower” or “95 or higher”.
    """
    found: Totals = {}
    weaknesses: list[Weakness] = []
    authorities = dict.fromkeys(reading.published.authority.code for reading in readings)
    for code in authorities:
        own = [r for r, reading in enumerate(readings) if reading.published.authority.code == code]
        for heading in dict.fromkeys(h.id for r in own for h in readings[r].published.headings):
            known, undone = _of_heading(readings, own, heading, seconds)
            found |= {(r, heading): interval for r, interval in known.items()}
            weaknesses += undone
    return found, weaknesses


def _of_heading(
    readings: Sequence[Reading], own: list[int], heading: str, seconds: float
) -> tuple[dict[int, Interval], list[Weakness]]:
    scores = {
        r: float(shown.sources.survey.score)
        for r in own
        if (shown := readings[r].heading(heading)) is not None and shown.sources.survey is not None
    }
    printed = {r: told_by_score(score) for r, score in scores.items()}
    ends = {r for r, score in scores.items() if score in (LOWEST, HIGHEST)}
    ranges = {r: (scores[r], scores[r]) if r in ends else printed[r] for r in printed}
    weaknesses: list[Weakness] = []
    undone: dict[int, Interval] = {}
    for r in sorted(ends):
        known = _undoing(readings, heading, r, ranges[r], printed[r], seconds)
        if known is not None:
            undone[r] = known
            weaknesses.append(_undone(readings[r], heading, scores[r], known))
    joint = _statements(readings, heading, ranges)
    links = _linked(readings, heading, list(ranges))
    for later, earlier in links:
        _say_change(joint, readings[later].heading(heading), later, earlier)
    together = bool(links) and _is_possible(joint, seconds)
    found: dict[int, Interval] = {}
    for r, interval in printed.items():
        # Where numbers contradict each other, an attacker keeps what each wave tells by itself, and at the
        # least what is printed.
        told = joint if together else _statements(readings, heading, {r: ranges[r]})
        found[r] = undone.get(r, interval) if r in ends else _bounds(told, r, seconds) or interval
    return found, weaknesses


def _undoing(
    readings: Sequence[Reading], heading: str, r: int, end: Interval, printed: Interval, seconds: float
) -> Interval | None:
    """Say what undoes a printed 5 or 95, and what it tells; None where all comes from the printed score.

    Whoever knows how it is printed takes what fits the printed score as taken from it, and reads the rest.
    """
    told = _statements(readings, heading, {r: end})
    if _is_possible(told, seconds):
        return None
    at_odds = []
    for place, row in enumerate(told.rows):
        if not _is_possible(_Statements(told.ranges, [row]), seconds):
            at_odds.append(place)
    free = _statements(readings, heading, {r: printed})
    if at_odds:
        free.rows = [free.rows[place] for place in at_odds]
    return _bounds(free, r, seconds)


def _linked(readings: Sequence[Reading], heading: str, shown: list[int]) -> list[tuple[int, int]]:
    """Pair each release with the one before, where there is only one that it can be compared with."""
    links = []
    for r in shown:
        before = [e for e in shown if readings[e] in earlier_of(readings[r], readings)]
        change = found.change if (found := readings[r].heading(heading)) is not None else None
        if len(before) == 1 and change is not None and change.difference is not None:
            links.append((r, before[0]))
    return links


def _is_possible(statements: _Statements, seconds: float) -> bool:
    program, names = statements.program()
    return program.minimise(np.zeros(len(names)), seconds).outcome != "impossible"


def _bounds(statements: _Statements, r: int, seconds: float) -> Interval | None:
    program, names = statements.program()
    aim = np.zeros(len(names))
    aim[names.index(f"M{r}")] = 1.0
    low, high = (program.minimise(sign * aim, seconds) for sign in (1.0, -1.0))
    if low.outcome != "solved" or high.outcome != "solved":
        return None
    return low.value, -high.value


def _undone(reading: Reading, heading: str, score: float, known: Interval) -> Weakness:
    shown = reading.heading(heading)
    words = "5 or lower" if score == LOWEST else "95 or higher"
    return Weakness(
        "derived",
        f"{reading.name}, {shown.name if shown else heading}, survey",
        f"The score is printed as “{words}”, but the numbers derived from it put it between "
        f"{known[0]:.1f} and {known[1]:.1f}.",
        "Derive them from the score as it is printed.",
    )


def _statements(readings: Sequence[Reading], heading: str, ranges: dict[int, Interval]) -> _Statements:
    statements = _Statements()
    for r, interval in ranges.items():
        shown = readings[r].heading(heading)
        if shown is not None:
            statements.ranges[f"M{r}"] = interval
            statements.ranges[f"H{r}"] = (0.0, 100.0)
            _say_interval(statements, shown, r)
            _say_pairs(statements, shown, r)
            _say_tipping(statements, readings[r], shown, r)
            _say_combined(statements, readings[r], shown, r)
    return statements


def _say_interval(statements: _Statements, shown: PublishedHeading, r: int) -> None:
    survey = shown.sources.survey
    for end, sign in ((survey.low, -1.0), (survey.high, 1.0)) if survey is not None else ():
        if end is not None:
            terms = {f"M{r}": 1.0, f"H{r}": sign}
            low = -np.inf if end == LOWEST else end - HALF
            high = np.inf if end == HIGHEST else end + HALF
            statements.say(terms, low, high)


def _say_pairs(statements: _Statements, shown: PublishedHeading, r: int) -> None:
    present = shown.sources.present()
    for source, score in present.items():
        if source != "survey":
            statements.ranges[f"{source}{r}"] = (
                max(0.0, score.score - HALF),
                min(100.0, score.score + HALF),
            )
    for pair in shown.pairs:
        if pair.a not in present or pair.b not in present:
            continue
        apart = present[pair.a].score - present[pair.b].score
        # Two printed scores that are nearly equal do not tell which of them is higher.
        if abs(apart) < 2:
            continue
        sign = 1.0 if apart > 0 else -1.0
        statements.say(
            {_variable(pair.a, r): sign, _variable(pair.b, r): -sign},
            pair.difference - HALF,
            pair.difference + HALF,
        )


def _variable(source: str, r: int) -> str:
    return f"M{r}" if source == "survey" else f"{source}{r}"


def _say_tipping(statements: _Statements, reading: Reading, shown: PublishedHeading, r: int) -> None:
    column, survey, tip = reading.place(shown.id), shown.sources.survey, shown.tipping_point
    if column is None or survey is None or tip is None:
        return
    people, n = int(reading.people.sum()), int(reading.scored[:, column].sum())
    if n >= people:
        return
    stretch = people / (people - n)
    low, high = told_by_score(survey.score)
    # It is rounded up.
    near, far = max(0.0, tip - 1.0) / stretch, tip / stretch
    readings = [
        (cut + near, cut + far) if above else (cut - far, cut - near)
        for cut in reading.knowledge.method.stage_cuts
        for above in (True, False)
    ]
    note = shown.tipping_note or ""
    fits = [interval for interval in readings if interval[1] >= low and interval[0] <= high]
    told = _told_by_note(note, reading.knowledge.method.stage_cuts, near, far)
    if told is None and len(fits) == 1:
        told = fits[0]
    if told is not None:
        statements.say({f"M{r}": 1.0}, *told)


def _told_by_note(note: str, cuts: tuple[float, ...], near: float, far: float) -> Interval | None:
    """Read from the sentence which way the tipping point lies, and to which stage."""
    digits = [int(digit) for digit in note.rstrip(".")[-1:] if digit.isdigit()]
    if not digits or (" lower " in note) == (" higher " in note):
        return None
    stage, down = digits[0], " lower " in note
    place = stage - 1 if down else stage - 2
    if not 0 <= place < len(cuts):
        return None
    return (cuts[place] + near, cuts[place] + far) if down else (cuts[place] - far, cuts[place] - near)


def _say_combined(statements: _Statements, reading: Reading, shown: PublishedHeading, r: int) -> None:
    combined, weights = shown.combined, reading.knowledge.method.source_weights
    present: dict[str, float] = {
        source: weights.get(source, 0.0)
        for source, score in shown.sources.present().items()
        if not score.thin and weights.get(source, 0.0) > 0
    }
    if combined is None or not present:
        return
    whole = _mean_of(present, r)
    low, high = _open(combined.score)
    statements.say(whole, low, high)
    least, most = _open(combined.low)[0], _open(combined.high)[1]
    # Each of these is part of the likely range, so none lies below its low or above its high end.
    for terms in _reach(shown, present, r):
        statements.say(terms, least, most)


def _reach(shown: PublishedHeading, present: dict[str, float], r: int) -> Iterator[Terms]:
    if len(present) > 1:
        for left_out in present:
            yield _mean_of({s: w for s, w in present.items() if s != left_out}, r)
    survey = shown.sources.survey
    if survey is None or "survey" not in present or survey.low is None or survey.high is None:
        return
    share = present["survey"] / sum(present.values())
    # An end that is printed at the end of the scale may have been cut there.
    if survey.low > LOWEST:
        yield {**_mean_of(present, r), f"H{r}": -share}
    if survey.high < HIGHEST:
        yield {**_mean_of(present, r), f"H{r}": share}


def _mean_of(weights: dict[str, float], r: int) -> Terms:
    total = sum(weights.values())
    return {_variable(source, r): weight / total for source, weight in weights.items()}


def _open(score: float) -> Interval:
    return (
        -np.inf if score == LOWEST else score - HALF,
        np.inf if score == HIGHEST else score + HALF,
    )


def _say_change(statements: _Statements, shown: PublishedHeading | None, later: int, earlier: int) -> None:
    change = shown.change if shown is not None else None
    if change is None or change.difference is None:
        return
    moved = {f"M{later}": 1.0, f"M{earlier}": -1.0}
    statements.say(moved, change.difference - HALF, change.difference + HALF)
    if change.low is None or change.high is None:
        return
    reach = f"R{later}"
    statements.ranges[reach] = (0.0, 200.0)
    statements.say({**moved, reach: -1.0}, change.low - HALF, change.low + HALF)
    statements.say({**moved, reach: 1.0}, change.high - HALF, change.high + HALF)
