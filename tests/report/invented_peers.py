"""Invented profiles of other councils, beside which a brief may be set."""

from dataclasses import replace
from pathlib import Path

from diagnostics.comparison import Comparison, compare
from diagnostics.published import PublishedAuthority, PublishedHeading, PublishedProfile, ScoreRange

_MOVED = (-16, -11, -9, -4, -2, 0, 1, 3, 6, 10, 13, 17)


def peers_of(
    profile: PublishedProfile, count: int = 12, without: tuple[str, ...] = ()
) -> tuple[PublishedProfile, ...]:
    """Give profiles of other councils, some points off; the headings ``without`` a score have none there."""
    return tuple(_peer(profile, number, without) for number in range(count))


def _peer(profile: PublishedProfile, number: int, without: tuple[str, ...]) -> PublishedProfile:
    headings = tuple(_moved(heading, number, without) for heading in profile.headings)
    authority = PublishedAuthority(f"Y{number + 1:08}", f"Invented {'abcdefghijklmnop'[number]} Council")
    made = replace(profile, authority=authority, headings=headings, digest="")
    return replace(made, digest=made.own_digest())


def _moved(heading: PublishedHeading, number: int, without: tuple[str, ...]) -> PublishedHeading:
    if heading.id in without:
        return replace(heading, combined=None)
    score = (heading.combined.score if heading.combined else 50) + _MOVED[number]
    held = min(95, max(5, score))
    return replace(heading, combined=ScoreRange(held, max(5, held - 4), min(95, held + 4)))


def comparison_for(profile: PublishedProfile, *without: str) -> Comparison:
    """Give a comparison with twelve other councils."""
    found = compare(profile, peers_of(profile, without=without))
    assert found is not None
    return found


def write_peers(folder: Path, profile: PublishedProfile, count: int) -> list[Path]:
    """Write other councils' profiles as an analysis writes them, and give their paths."""
    paths = []
    for number, peer in enumerate(peers_of(profile, count)):
        place = folder / f"council_{number}"
        place.mkdir(parents=True)
        (place / "profile.json").write_text(peer.to_json(), encoding="utf-8")
        paths.append(place / "profile.json")
    return paths
