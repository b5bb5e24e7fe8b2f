"""An attacker reads every table of the page each time that a council publishes, and puts all of it together.

What must hold: of no kind, such as "said, but not seen" or "stage 3 or 4", and of no group of councils that
two looks tell apart, can it be told that some but fewer than five councils are in it, or all but fewer than
five; nor that none or all are. The attacker knows the rules, who published when, and all that could be.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from itertools import combinations_with_replacement, product
from operator import eq

import pytest

from app.sector.presenters import NOT_SHOWN, groups
from diagnostics.published import PublishedProfile, read_profile
from tests.service.profiled import undecided_profile
from tests.service.sector.councils import BETWEEN, HIGH, LOW, Like, council

LEAST = 5
# The batches of councils in which a look could differ from the last; the attacker counts in each and in more.
BATCH = 5
World = Sequence[tuple[Like, ...]]
Told = tuple[object, ...]


@pytest.fixture(scope="module")
def base() -> PublishedProfile:
    """A real profile."""
    return read_profile(undecided_profile()["published"])


def looks(base: PublishedProfile, world: World) -> Told:
    """Give all that the page says, after each council that published."""
    likes = [like for batch in world for like in batch]
    profiles = [(f"C{place:02}", made(base.digest, base, like, place)) for place, like in enumerate(likes)]
    names = {step.id: step.id for step in base.steps}
    ends = range(BATCH, len(profiles) + 1, BATCH)
    return tuple(
        (group.rests_on, tuple((table.id, table.rows) for table in group.tables))
        for end in ends
        for group in groups(profiles[:end], names)
    )


_MADE: dict[tuple[str, Like, int], PublishedProfile] = {}


def made(digest: str, base: PublishedProfile, like: Like, place: int) -> PublishedProfile:
    """Give a council's profile, made once."""
    key = (digest, like, place)
    if key not in _MADE:
        _MADE[key] = council(base, f"C{place:02}", like)
    return _MADE[key]


def batches_of(kinds: Sequence[Like], size: int = BATCH) -> list[tuple[Like, ...]]:
    """Give all that a batch could be; who of it is what tells the attacker nothing more."""
    return list(combinations_with_replacement(kinds, size))


def runs(first: int, end: int) -> Iterable[tuple[int, ...]]:
    """Give every run of neighbouring batches: the councils that two looks could tell apart."""
    return [tuple(range(a, b)) for a in range(first, end) for b in range(a + 1, end + 1)]


def learnt(
    base: PublishedProfile, worlds: Iterable[World], kinds: Sequence[Callable[[Like], bool]], known: int = 0
) -> list[str]:
    """Say what the attacker can be sure of in any world, and must not be; the first batches are known."""
    possible: dict[Told, list[World]] = defaultdict(list)
    for world in worlds:
        possible[looks(base, world)].append(world)
    assert len(possible) > 1, "the page says something"
    found = []
    for same in possible.values():
        for place, kind in enumerate(kinds):
            for run in runs(known, len(same[0])):
                numbers = {sum(kind(one) for part in run for one in world[part]) for world in same}
                size = sum(len(same[0][part]) for part in run)
                if harmful(numbers, size):
                    found.append(f"kind {place} in batches {run}: {sorted(numbers)} of {size}")
    return sorted(set(found))


def harmful(numbers: set[int], size: int) -> bool:
    """Say whether it is certain that some but fewer than five councils are in a kind, or not in it."""
    few = numbers <= set(range(1, LEAST)) or numbers == {0}
    all_but_few = numbers <= set(range(size - LEAST + 1, size)) or numbers == {size}
    return few or all_but_few


@cache
def _few_and_many() -> list[tuple[int, int]]:
    return [(few, many) for few in range(LEAST) for many in range(LEAST, 11)]


def test_the_attacker_finds_what_is_there_to_be_found() -> None:
    assert harmful({0}, 10)
    assert harmful({3, 4}, 10)
    assert harmful({10}, 10)
    assert harmful({6, 9}, 10)
    assert not any(harmful({few, many}, 10) for few, many in _few_and_many() if (few, many) != (0, 10))
    assert not harmful({0, 1, 2, 3, 4}, 10)
    assert not harmful({5}, 10)


@pytest.mark.parametrize("yes", [Like(said_not_seen=True), Like(need=True)])
def test_a_yes_or_no_over_four_batches(base: PublishedProfile, yes: Like) -> None:
    no = Like()
    worlds = product(batches_of([no, yes]), repeat=4)
    assert learnt(base, worlds, [lambda one: one == yes]) == []


def test_tables_that_all_speak_of_the_same(base: PublishedProfile) -> None:
    """Three types of council, which differ in everything at once, so that each table speaks of the others."""
    types = [
        Like(30, LOW, said_not_seen=True, steps=(0, 1, 2)),
        Like(60, BETWEEN, steps=(3, 4, 5)),
        Like(90, HIGH, need=True, steps=(6, 7, 8)),
    ]
    worlds = product(batches_of(types), repeat=3)
    assert learnt(base, worlds, [partial(eq, of) for of in types]) == []


def test_tables_that_speak_of_two_halves(base: PublishedProfile) -> None:
    """What one type of council has the other has not."""
    types = [Like(30, LOW, said_not_seen=True, steps=(0, 1, 2)), Like(80, HIGH, need=True, steps=(2, 3, 4))]
    worlds = product(batches_of(types), repeat=4)
    assert learnt(base, worlds, [partial(eq, of) for of in types]) == []


def test_scores_and_stages_as_the_method_ties_them(base: PublishedProfile) -> None:
    """A council in stage 1 or 2 scores below 50, one in stage 3 or 4 does not; between, it may do either."""
    stages = {LOW: (30, 45), BETWEEN: (45, 55), HIGH: (55, 80)}
    types = [Like(score, stage) for stage, scores in stages.items() for score in scores]
    kinds = [lambda one: one.stage == LOW, lambda one: one.stage == BETWEEN, lambda one: one.stage == HIGH]
    worlds = ((batch,) for batch in batches_of(types, 2 * BATCH))
    assert learnt(base, worlds, [*kinds, lambda one: one.score < 50]) == []


def test_change_of_councils_of_which_some_have_no_earlier_wave(base: PublishedProfile) -> None:
    """Who has no earlier wave is known to everybody, and must not stand among those without a change."""
    types = [Like(changed=-5, wave=2), Like(changed=0, wave=2), Like(changed=5, wave=2)]
    first = (Like(),) * BATCH
    worlds = ((first, one, other) for one in batches_of(types) for other in batches_of(types))
    assert learnt(base, worlds, [partial(eq, of) for of in types], known=1) == []


def test_stages_over_four_batches(base: PublishedProfile) -> None:
    types = [Like(stage=LOW), Like(stage=HIGH)]
    worlds = product(batches_of(types), repeat=4)
    assert learnt(base, worlds, [lambda one: one.stage == LOW, lambda one: one.stage == HIGH]) == []


def test_a_group_whose_steps_are_not_shown_is_told_beside_the_others(base: PublishedProfile) -> None:
    """Of the first group no step can be shown, since six councils each have five; of the second three can."""
    alike = [tuple((3 * place + step) % 5 for step in range(3)) for place in range(10)]
    likes = [*(Like(steps=steps) for steps in alike), *[Like()] * 10]
    profiles = [(f"C{place:02}", council(base, f"C{place:02}", like)) for place, like in enumerate(likes)]
    (group,) = groups(profiles, {})
    told = next(table for table in group.tables if table.id == "steps").rows
    assert [words for _, words in told] == [
        *["More than half in the group that is shown"] * 3,
        "In 1 of 2 groups",
    ]
    assert told[-1][0] == NOT_SHOWN
    (alone,) = groups(profiles[:10], {})
    assert next(table for table in alone.tables if table.id == "steps").rows == ((NOT_SHOWN, ""),)
