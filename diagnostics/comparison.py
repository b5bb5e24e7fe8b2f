"""How other authorities stand, from what they have published: a median and the middle half, never a name.

It is set beside an authority's own profile and is no part of it: the profile rests on the authority's own
evidence alone.
"""

import hashlib
import json
import math
import statistics
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from typing import Literal

from diagnostics.published import PublishedFramework, PublishedProfile

# Quartiles of fewer would say more of single authorities than of their group (ours).
LEAST_AUTHORITIES = 10


@dataclass(frozen=True, slots=True)
class HeadingComparison:
    """The scores of other authorities under one heading, in whole points from 0 to 100.

    As in a profile, 5 means “5 or lower” and 95 “95 or higher”.

    Attributes
    ----------
    id : str
        The heading.
    authorities : int
        How many have a score there, at least ``LEAST_AUTHORITIES``.
    median : int
        Their median.
    lower, upper : int
        The quartiles, between which the middle half lies.
    """

    id: str
    authorities: int
    median: int
    lower: int
    upper: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """The comparison group of one authority, schema ``comparison/1``.

    Attributes
    ----------
    framework : PublishedFramework
        The framework version that all of them used.
    authorities : int
        How many other authorities are in the group.
    first_year, last_year : int
        The years from which their evidence is.
    quartiles : str
        How quartiles are computed.
    headings : tuple of HeadingComparison
        The headings that have a comparison, in the order of the profile.
    digest : str
        SHA-256, in hexadecimal, of all else.
    """

    schema: Literal["comparison/1"]
    framework: PublishedFramework
    authorities: int
    first_year: int
    last_year: int
    quartiles: str
    headings: tuple[HeadingComparison, ...]
    digest: str

    def of(self, heading: str) -> HeadingComparison | None:
        """Give the comparison of a heading by its id, or None where there is none."""
        return next((one for one in self.headings if one.id == heading), None)

    def own_digest(self) -> str:
        """Give the digest that fits what this holds."""
        return hashlib.sha256(replace(self, digest="").to_json().encode()).hexdigest()

    def to_json(self) -> str:
        """Give the comparison as JSON text, the same bytes for the same comparison."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=2) + "\n"


_QUARTILES = "Hyndman and Fan 1996, definition 7"


def compare(profile: PublishedProfile, others: Iterable[PublishedProfile]) -> Comparison | None:
    r"""Describe where other authorities stand under each heading of a profile.

    Parameters
    ----------
    profile : PublishedProfile
        The profile that is to be set beside others.
    others : iterable of PublishedProfile
        Published profiles of any authorities, waves and framework versions, in any order. The authority's
        own are left out, and those of other framework versions; of each authority the newest wave counts.

    Returns
    -------
    Comparison or None
        None where no heading has a score in ``LEAST_AUTHORITIES`` other authorities.

    Notes
    -----
    With the scores in order, :math:`x_1 \le \dots \le x_n`, the quantile of :math:`p` is

    .. math:: Q(p) = x_j + (h - j)(x_{j+1} - x_j), \quad h = (n - 1) p + 1, \quad j = \lfloor h \rfloor

    (Hyndman and Fan's definition 7) of the combined scores, at 1/4, 1/2 and 3/4. The lower quartile is
    rounded down and the upper one up, so that the middle half is never narrower than it was computed; the
    median is rounded to the nearest point, halves up. A heading without a score is missing. It is never
    zero, and fewer than ``LEAST_AUTHORITIES`` scores give no comparison of that heading.

    References
    ----------
    Hyndman, R. J. and Fan, Y. (1996). Sample quantiles in statistical packages. *The American Statistician*,
    50(4), 361–365.
    """
    group = comparison_group(profile, others)
    headings = tuple(
        found for heading in profile.headings if (found := _heading(heading.id, group)) is not None
    )
    if not headings:
        return None
    years = [int(other.as_of[:4]) for other in group]
    made = Comparison(
        "comparison/1", profile.framework, len(group), min(years), max(years), _QUARTILES, headings, ""
    )
    return replace(made, digest=made.own_digest())


def comparison_group(
    profile: PublishedProfile, others: Iterable[PublishedProfile]
) -> tuple[PublishedProfile, ...]:
    """Give the profiles that a comparison rests on: of each other authority the newest wave.

    Of two versions of one wave the later counts, by the date of its evidence and then by its digest, so that
    the order in which profiles are given makes no difference.
    """
    newest: dict[str, PublishedProfile] = {}
    for other in others:
        code = other.authority.code
        same_version = (other.framework.id, other.framework.version) == (
            profile.framework.id,
            profile.framework.version,
        )
        if code == profile.authority.code or not same_version:
            continue
        if code not in newest or _age(other) > _age(newest[code]):
            newest[code] = other
    return tuple(newest[code] for code in sorted(newest))


def _age(profile: PublishedProfile) -> tuple[int, str, str]:
    return profile.wave, profile.as_of, profile.digest


def _heading(heading: str, group: Iterable[PublishedProfile]) -> HeadingComparison | None:
    scores = [
        found.combined.score
        for other in group
        for found in other.headings
        if found.id == heading and found.combined is not None
    ]
    if len(scores) < LEAST_AUTHORITIES:
        return None
    lower, median, upper = statistics.quantiles(scores, n=4, method="inclusive")
    return HeadingComparison(
        heading, len(scores), math.floor(median + 0.5), math.floor(lower), math.ceil(upper)
    )
