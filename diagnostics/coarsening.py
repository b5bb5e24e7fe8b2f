"""What is kept of a person's role and area once a survey is closed: never so much that few could be meant.

Before the answers are stored, groups that could be recognised are made coarser, for good. Publication hides
more (see `diagnostics.disclosure`); this protects against whoever holds the stored answers.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from diagnostics.errors import OutOfRange, ShapeMismatch
from diagnostics.joining import join_small, neighbour_indices

LEAST_KEPT = 10
R = TypeVar("R", bound=str | None)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of everybody's role group and service area, in the order in which they were given.

    Attributes
    ----------
    role_group, service_area : tuple of str or None, one a person
        None where the person preferred not to say, or where it is not kept.
    merged : dict of str to tuple of str
        For each kept role group all role groups whose answers it holds, itself included. A question that was
        not shown to all of them would tell them apart, so its answers must go too.
    """

    role_group: tuple[str | None, ...]
    service_area: tuple[str | None, ...]
    merged: dict[str, tuple[str, ...]]


def kept_areas(
    people: Mapping[tuple[R, str], int], threshold: int, unsaid: Mapping[R, int] | None = None
) -> frozenset[tuple[R, str]]:
    """Choose the combinations of role group and service area whose answers keep their area.

    A combination of fewer than ``threshold`` people loses its area. What is left of a role group without
    an area is a crowd of its own; where that is too small, the role group's smallest combinations lose
    their area too, until it is large enough. So somebody who knows everybody's role and area narrows
    nobody down to fewer than ``threshold`` answers, as long as the role group itself has so many.

    Parameters
    ----------
    people : mapping of (role group, service area) to int
        People, or answers, in each combination. Role groups as they are reported: small ones have joined
        their neighbour before.
    threshold : int
    unsaid : mapping of role group to int, optional
        People of each role group who preferred not to say their area.

    Returns
    -------
    frozenset of (role group, service area)
        The combinations that keep their area; all others keep their role group alone.
    """
    kept: set[tuple[R, str]] = set()
    for role in dict.fromkeys(role for role, _ in people):
        sizes = {area: n for (group, area), n in people.items() if group == role and n > 0}
        large = sorted((n, area) for area, n in sizes.items() if n >= threshold)
        apart = (unsaid or {}).get(role, 0) + sum(n for n in sizes.values() if n < threshold)
        while large and 0 < apart < threshold:
            apart += large.pop(0)[0]
        kept.update((role, area) for _, area in large)
    return frozenset(kept)


def coarsen(
    role_group: Sequence[str | None],
    service_area: Sequence[str | None],
    threshold: int,
    neighbours: Mapping[str, Sequence[str]],
) -> Kept:
    """Keep of roles and areas only what leaves everybody among ``threshold`` people or more.

    A role group with fewer answers than the threshold joins its neighbour. Where a role group and an area
    together have fewer, the area is not kept; and where that leaves fewer people of the role group without an
    area than the threshold, the areas of its next smallest combinations go too. So whoever knows everybody's
    role and area finds each person among at least ``threshold`` rows. People who preferred not to say their
    role are held to the same rule for their area; how many they are is not raised to the threshold, since
    nobody knows who they are.

    Parameters
    ----------
    role_group, service_area : sequence of str or None, one a person
        None where the person preferred not to say.
    threshold : int
        People, at least `LEAST_KEPT`.
    neighbours : mapping of str to sequence of str
        For each role group, in the framework's order, the groups that it may join, the preferred first.

    Returns
    -------
    Kept

    Raises
    ------
    ShapeMismatch
        Where there is not one area a person.
    OutOfRange
        Where the threshold is too low, or a role group has no neighbours named.
    """
    if len(role_group) != len(service_area):
        raise ShapeMismatch("Give one role group and one service area a person.")
    if threshold < LEAST_KEPT:
        raise OutOfRange(f"The threshold is at least {LEAST_KEPT}; {threshold} is less.")
    unknown = {role for role in role_group if role is not None} - set(neighbours)
    if unknown:
        raise OutOfRange(f"No neighbours are named for {', '.join(sorted(unknown))}.")
    kept_as = _kept_roles(role_group, threshold, neighbours)
    roles = tuple(None if role is None else kept_as[role] for role in role_group)
    given = list(zip(roles, service_area, strict=True))
    people = Counter((role, area) for role, area in given if area is not None)
    unsaid = Counter(role for role, area in given if area is None)
    kept = kept_areas(people, threshold, unsaid)
    areas = tuple(area if area is not None and (role, area) in kept else None for role, area in given)
    return Kept(roles, areas, _merged(role_group, kept_as))


def _kept_roles(
    role_group: Sequence[str | None], threshold: int, neighbours: Mapping[str, Sequence[str]]
) -> dict[str, str | None]:
    """Say for each role group with answers as which it is kept; None where even all together are too few."""
    order = list(neighbours)
    counted = Counter(role for role in role_group if role is not None)
    counts = [counted[role] for role in order]
    roots = join_small(counts, [False] * len(order), threshold, neighbour_indices(order, neighbours)).roots
    together = Counter(order[root] for root, count in zip(roots, counts, strict=True) for _ in range(count))
    return {
        role: order[root] if together[order[root]] >= threshold else None
        for role, root in zip(order, roots, strict=True)
        if counted[role]
    }


def _merged(
    role_group: Sequence[str | None], kept_as: Mapping[str, str | None]
) -> dict[str, tuple[str, ...]]:
    answered = dict.fromkeys(role for role in role_group if role is not None)
    merged: dict[str, tuple[str, ...]] = {}
    for role in sorted(answered):
        kept = kept_as[role]
        if kept is not None:
            merged[kept] = (*merged.get(kept, ()), role)
    return merged
