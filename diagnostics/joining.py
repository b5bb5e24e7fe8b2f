"""Small groups join a neighbour: which group is counted with which, for strata and for margins alike."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Joining:
    """Who joined whom.

    Attributes
    ----------
    roots : tuple of int
        For each group the index of the group with which it is counted (itself when it joined nobody).
    joins : tuple of (int, int)
        The joins in the order in which they were made, (from, into); ``into`` may itself join later.
    """

    roots: tuple[int, ...]
    joins: tuple[tuple[int, int], ...]


def join_small(
    counts: Sequence[int],
    in_frame: Sequence[bool],
    minimum: int,
    neighbours: Sequence[Sequence[int]],
) -> Joining:
    """Join groups with fewer than ``minimum`` answers until none is left, or only one group is.

    The smallest group goes first (of equals the earlier). It joins the first of its named neighbours that has
    answers of its own; failing that a neighbour of a named neighbour; failing that the nearest group in order
    that has answers (of two equally near the earlier).

    Parameters
    ----------
    counts : sequence of int
        Answers in each group.
    in_frame : sequence of bool
        Whether the frame has anybody in the group. A group with neither people nor answers is left alone.
    minimum : int
        The least number of answers with which a group stands on its own.
    neighbours : sequence of sequences of int
        For each group the indices of its neighbours, the preferred first; may be empty.
    """
    roots = list(range(len(counts)))
    sizes = list(counts)
    standing = [i for i in roots if counts[i] > 0 or in_frame[i]]
    joins: list[tuple[int, int]] = []
    while len(standing) > 1:
        smallest = min(standing, key=lambda i: (sizes[i], i))
        if sizes[smallest] >= minimum:
            break
        chosen = _neighbour_of(smallest, counts, roots, neighbours)
        if chosen is None:
            break
        target = roots[chosen]
        roots = [target if root == smallest else root for root in roots]
        sizes[target] += sizes[smallest]
        standing.remove(smallest)
        joins.append((smallest, target))
    return Joining(tuple(roots), tuple(joins))


def _neighbour_of(
    group: int, counts: Sequence[int], roots: Sequence[int], neighbours: Sequence[Sequence[int]]
) -> int | None:
    def has_answers_elsewhere(other: int) -> bool:
        return counts[other] > 0 and roots[other] != group

    reached = [group]
    for known in reached:
        for other in neighbours[known]:
            if has_answers_elsewhere(other):
                return other
            if other not in reached:
                reached.append(other)
    others = [other for other in range(len(counts)) if has_answers_elsewhere(other)]
    return min(others, key=lambda other: (abs(other - group), other), default=None)


def neighbour_indices(
    labels: Iterable[Hashable], neighbours: Mapping[Any, Sequence[Any]] | None
) -> list[list[int]]:
    """Turn neighbours by label into neighbours by index; labels that are not there are passed over."""
    index = {label: position for position, label in enumerate(labels)}
    named = neighbours or {}
    return [[index[other] for other in named.get(label, ()) if other in index] for label in index]
