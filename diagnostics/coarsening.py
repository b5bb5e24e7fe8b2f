"""What of a person's role and area is kept beside an answer, so that nobody stands in too small a crowd."""

from collections.abc import Mapping

Combination = tuple[str, str]


def kept_areas(people: Mapping[Combination, int], threshold: int) -> frozenset[Combination]:
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

    Returns
    -------
    frozenset of (role group, service area)
        The combinations that keep their area; all others keep their role group alone.
    """
    kept: set[Combination] = set()
    for role in dict.fromkeys(role for role, _ in people):
        sizes = {at: n for at, n in people.items() if at[0] == role and n > 0}
        large = sorted((at for at, n in sizes.items() if n >= threshold), key=lambda at: (sizes[at], at))
        apart = sum(n for n in sizes.values() if n < threshold)
        while large and 0 < apart < threshold:
            apart += sizes[large.pop(0)]
        kept.update(large)
    return frozenset(kept)
