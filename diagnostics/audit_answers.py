"""Which answers a person can have given: an integer program on a printed table of shares.

People who weigh the same in every version can swap their answers without a trace, so they are one kind.
Answers that agree with the page are found first; moves of a few people from there show what else agrees.
Only what is left goes to the solver.
"""

from dataclasses import dataclass

import numpy as np

from diagnostics.audit_search import Search
from diagnostics.audit_tables import BoolArray, Cell, IntArray, Table

__all__ = ["Possible", "Table", "possible_options"]


@dataclass(frozen=True, slots=True, eq=False)
class Possible:
    """Which options a person of each kind may have chosen, (V, O).

    ``late`` marks the kinds for which the solver gave up; ``contradiction`` says that no answers agree
    with the page at all.
    """

    options: BoolArray
    late: BoolArray
    contradiction: bool


def possible_options(table: Table, wanted: int, seconds: float) -> Possible:
    """Find options that a person of each kind may have chosen, until ``wanted`` are found or none is left.

    Parameters
    ----------
    table : Table
    wanted : int
        Enough options a kind; as many as there are for all of them.
    seconds : float
        Limit of every solve.
    """
    kinds, options = len(table.count), table.least.shape[1]
    search = Search(table)
    start, outcome = search.dealt(), "solved"
    if start is None:
        start, outcome = _solved(search, None, seconds)
    if outcome == "impossible":
        # A share on the edge to its last digit may have been rounded either way: where nothing else agrees
        # with the page, the edge counts.
        table = table.with_edges()
        search = Search(table)
        start, outcome = _solved(search, None, seconds)
    if start is None:
        nothing = np.zeros((kinds, options), np.bool_)
        return Possible(nothing, np.full(kinds, outcome == "gave up"), outcome == "impossible")
    possible = (start > 0) | search.by_one(start)
    known = [start]
    late = np.zeros(kinds, np.bool_)
    for kind in np.argsort(possible.sum(axis=1), kind="stable").tolist():
        for option in range(options):
            if possible[kind].sum() >= wanted:
                break
            if possible[kind, option]:
                continue
            found, outcome = _found(search, known, (kind, option), seconds)
            late[kind] |= outcome == "gave up"
            if found is not None:
                possible |= (found > 0) | search.by_one(found)
                known.append(found)
    return Possible(possible, late & (possible.sum(axis=1) < wanted), False)


def _found(search: Search, known: list[IntArray], cell: Cell, seconds: float) -> tuple[IntArray | None, str]:
    """Look for answers with somebody in one cell: near those that are known, then with the solver."""
    for chosen in dict.fromkeys((len(known) - 1, max(0, len(known) - 2), 0)):
        found = search.by_several(known[chosen], cell)
        if found is not None:
            return found, "solved"
    return _solved(search, cell, seconds)


def _solved(search: Search, cell: Cell | None, seconds: float) -> tuple[IntArray | None, str]:
    """Ask the solver for answers that agree with the page, with somebody in one cell."""
    rounded, outcome = search.by_rounding(cell, seconds)
    if outcome != "solved" or rounded is not None:
        return rounded, outcome
    program = search.table.program(cell, whole=True)
    solution = program.minimise(search.table.inwards(), seconds, gap=np.inf)
    if solution.outcome != "solved":
        return None, solution.outcome
    found = np.round(search.table.people(solution.x)).astype(np.int64)
    # People who are whole only to the solver's own precision prove nothing.
    agrees = bool(search.table.agrees(search.table.shares(found)))
    return (found, "solved") if agrees else (None, "gave up")
