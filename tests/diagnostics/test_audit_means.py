"""The attack on means: cases computed by hand, and random ones against two linear programs a mean."""

from itertools import combinations

import numpy as np
import pytest

from diagnostics.audit_means import attack_means, part_of, printed_total
from diagnostics.audit_reading import Reading, readings_of, told_by_score
from diagnostics.audit_report import Weakness
from diagnostics.audit_solver import Program, Solution
from diagnostics.releases import Release
from tests.diagnostics.audit_material import Cell, release

SECONDS = 10.0


def attack(*releases: Release) -> tuple[Weakness, ...]:
    readings = readings_of(releases)
    totals = [printed_total(reading, "culture") for reading in readings]
    return attack_means(readings, "culture", totals, SECONDS).weaknesses


def test_a_total_and_all_groups_but_one_give_the_last() -> None:
    cells = [Cell("registered", "North", 60, 40), Cell("support", "North", 30, 20)]
    found = attack(release(cells, survey=60, roles={"registered": 70, "support": None}))
    # 60 people between 59.5 and 60.5, less 40 between 69.5 and 70.5, leave 20 between 37.5 and 42.5.
    assert [weakness.rule for weakness in found] == ["hidden mean"]
    assert found[0].found == "The score of Support (hidden) must lie between 37.5 and 42.5."
    assert found[0].table == "Wave 1, Culture, by role group"
    assert found[0].mend == "Hide one more role group under Culture."


def test_two_hidden_groups_cover_each_other() -> None:
    cells = [Cell("registered", "N", 60, 40), Cell("support", "N", 30, 20), Cell("leaders", "N", 30, 20)]
    assert not attack(release(cells, survey=60, roles={"registered": 70}))


def test_an_open_end_protects() -> None:
    cells = [Cell("registered", "North", 60, 40), Cell("support", "North", 30, 20)]
    # The total is only “95 or higher”, and so are the registered.
    assert not attack(release(cells, survey=95, roles={"registered": 95, "support": None}))


def test_what_the_total_tells_by_itself_is_accepted() -> None:
    cells = [Cell("registered", "North", 60, 60), Cell("support", "North", 12, 1)]
    found = attack(release(cells, survey=60, areas={"North": 60}))
    # The registered are nearly everybody: the total puts them between 58.9 and 61.5 on its own.
    assert not found
    low, high = part_of((59.5, 60.5), 60 / 61)
    assert (round(low, 2), round(high, 2)) == (58.83, 61.51)


def test_two_breakdowns_together_give_a_cell_away() -> None:
    cells = [
        Cell("registered", "North", 30, 20),
        Cell("registered", "South", 30, 20),
        Cell("support", "North", 30, 20),
        Cell("support", "South", 8, 6),
    ]
    shown = release(cells, survey=5, roles={"registered": 30, "support": 5}, areas={"North": 23, "South": 5})
    found = attack(shown)
    # They cannot all be true: the registered alone lift everybody above 5.5.
    assert [weakness.rule for weakness in found] == ["contradiction"]
    # South is at most 5.5, so its 6 of support are at most 23.8 and its 20 registered at most 7.15.
    south = release(cells, survey=None, roles={}, areas={"North": 50, "South": 5})
    assert not [w for w in attack(south) if "Support in South" in w.found]


def test_what_a_shown_area_alone_tells_of_nearly_all_its_people_is_accepted() -> None:
    cells = [
        Cell("registered", "North", 30, 9),
        Cell("registered", "South", 30, 20),
        Cell("support", "North", 9, 1),
    ]
    told = {weakness.found for weakness in attack(release(cells, areas={"North": 99, "South": 50}))}
    # Ten in North at 98.5 or more leave its nine registered 98.3 and more, by itself; with South all the
    # registered are told, who are a group of their own.
    assert told == {"The score of Registered (hidden) must lie between 64.7 and 65.9."}


def test_two_breakdowns_together_give_a_small_cell_away() -> None:
    cells = [
        Cell("registered", "North", 30, 9),
        Cell("registered", "South", 30, 20),
        Cell("support", "North", 30, 15),
    ]
    # The 29 registered between 64.5 and 65.5, less the 20 in South between 49.5 and 50.5, leave nine.
    shown = release(cells, roles={"registered": 65, "support": None}, areas={"North": None, "South": 50})
    assert "The score of Registered in North (hidden) must lie between 95.6 and 100." in [
        weakness.found for weakness in attack(shown)
    ]


def test_a_small_role_joined_to_another_is_attacked() -> None:
    cells = [
        Cell("leaders", "North", 8, 6),
        Cell("support", "South", 30, 10),
        Cell("team_managers", "South", 40, 10),
    ]
    shown = release(
        cells,
        roles={"leaders+support": 45, "team_managers": 50},
        areas={"North": None, "South": 40},
        joined=[("leaders", "support")],
    )
    # South less its team managers leaves support 28.5 to 31.5, and the leaders the rest of 45.
    assert "The score of leaders (hidden) must lie between 66.2 and 73.8." in [w.found for w in attack(shown)]


def test_what_one_mean_tells_of_a_small_role_joined_in_it_is_accepted() -> None:
    """As of a cell: nine of the twelve people of a shown group are nearly all of it."""
    cells = [
        Cell("leaders", "North", 8, 3),
        Cell("support", "South", 30, 9),
        Cell("registered", "South", 60, 40),
    ]
    joined = [("leaders", "support")]
    # Nine of twelve at 94.5 or more lie at 92.7 or more, and nothing else is printed.
    assert not attack(release(cells, roles={"leaders+support": 95}, joined=joined))
    # Beside what the leaders' area says, two means tell of them: 12 × 49.5 − 3 × 5.5 is nine times 64.2.
    beside = release(cells, roles={"leaders+support": 50}, areas={"North": 5}, joined=joined)
    assert "The score of support (hidden) must lie between 64.2 and 67.3." in [
        weakness.found for weakness in attack(beside)
    ]


def test_who_did_not_say_is_attacked() -> None:
    cells = [Cell("registered", "North", 60, 40), Cell(None, "North", 0, 20)]
    found = attack(release(cells, survey=60, roles={"registered": 70}))
    assert [w.found for w in found] == [
        "The score of people who did not say (hidden) must lie between 37.5 and 42.5."
    ]


def test_a_joiner_is_told_by_two_versions() -> None:
    before = release([Cell("registered", "North", 60, 40)], survey=60, roles={"registered": 60})
    after = release(
        [Cell("registered", "North", 60, 45)], survey=65, roles={"registered": 65}, answers="five more"
    )
    found = attack(before, after)
    # 45 times 65 less 40 times 60, give or take: 525 over 5 people, beyond 100.
    assert any(w.rule == "hidden mean" and "in one version only" in w.found for w in found)
    told = next(w.found for w in found if "those who are in one version only" in w.found)
    assert told == "The score of those who are in one version only (hidden) must lie between 96.5 and 100."


def weighed(nine: float, north: int) -> Release:
    """A version that shows an area of nine registered, who weigh so much each, and of three of support."""
    cells = [
        Cell("registered", "North", 30, 9, nine),
        Cell("support", "North", 30, 3),
        Cell("registered", "South", 60, 40),
        Cell("support", "South", 60, 40),
    ]
    return release(cells, areas={"North": north})


def test_what_one_version_alone_tells_is_accepted_in_the_other() -> None:
    """The nine weigh 9 of 12 and then 11.7 of 14.7: the second mean tells more, and is one mean too."""
    assert not attack(weighed(1.0, 95), weighed(1.3, 95))


def test_what_two_versions_tell_together_is_not() -> None:
    # 9 a + 3 b = 12 × 60 ± 6 and 27 a + 3 b = 30 × 65 ± 15, so that 18 a = 1230 ± 21.
    found = [weakness.found for weakness in attack(weighed(1.0, 60), weighed(3.0, 65))]
    assert found.count("The score of Registered in North (hidden) must lie between 67.2 and 69.5.") == 2


def test_a_hidden_group_is_told_by_the_score_of_its_own_version_alone() -> None:
    """North is shown in one version and hidden in the other: that the first tells it excuses nothing."""
    hidden = release(
        [Cell("registered", "North", 60, 40), Cell("support", "South", 60, 40)], areas={"South": 50}
    )
    shown = release(
        [Cell("registered", "North", 60, 40), Cell("support", "South", 60, 41)], areas={"North": 50}
    )
    assert "The score of North (hidden) must lie between 49.5 and 50.5." in [
        w.found for w in attack(hidden, shown)
    ]


def test_versions_that_contradict_each_other_are_attacked_one_by_one() -> None:
    before = release([Cell("registered", "North", 60, 40)], survey=20, roles={"registered": 20})
    after = release(
        [Cell("registered", "North", 60, 41)], survey=80, roles={"registered": 80}, answers="others"
    )
    assert not attack(before, after)


def test_a_solver_that_gives_up_is_no_pass(monkeypatch: pytest.MonkeyPatch) -> None:
    def gives_up(self: Program, aim: np.ndarray, seconds: float, gap: float = 0.0) -> Solution:
        return Solution("gave up", np.zeros(0), np.nan)

    monkeypatch.setattr(Program, "minimise", gives_up)
    cells = [Cell("registered", "N", 60, 40), Cell("support", "N", 30, 20), Cell("leaders", "N", 30, 20)]
    found = attack(release(cells, survey=60, roles={"registered": 70}))
    assert {weakness.rule for weakness in found} == {"timed out"}


@pytest.mark.parametrize("seed", range(25))
def test_random_tables_are_what_two_programs_a_mean_say(seed: int) -> None:
    random = np.random.default_rng(seed)
    roles, areas = ("leaders", "registered", "support"), ("North", "South", "East", "West")
    cells = [
        Cell(r, a, 40, int(random.integers(0, 14)), float(random.choice([0.5, 1.0, 1.7])))
        for r in (*roles, None)
        for a in areas
    ]
    means = random.choice([20.0, 50.0, 97.0]) + random.normal(0, 12, len(cells))
    means = np.clip(means, 0, 100)
    weight = np.array([c.weight * c.answered for c in cells])
    if not weight.sum():
        return

    def printed(chosen: list[bool]) -> int | None:
        inside = np.array(chosen)
        if not (weight * inside).sum():
            return None
        mean = (means * weight * inside).sum() / (weight * inside).sum()
        return min(95, max(5, int(mean + 0.5)))

    def shown(of: list[str | None], names: tuple[str, ...]) -> dict[str, int | None]:
        return {n: printed([o == n for o in of]) if random.random() < 0.6 else None for n in names}

    given = release(
        cells,
        survey=printed([True] * len(cells)),
        roles=shown([c.role for c in cells], roles),
        areas=shown([c.area for c in cells], areas),
    )
    (reading,) = readings_of([given])
    groups = given.published.headings[0].groups
    if all(row.suppressed for row in (*groups.role_group, *groups.service_area)):
        return
    total = printed_total(reading, "culture")
    assert total is not None
    attacked = attack_means([reading], "culture", [total], SECONDS)
    expected = by_two_programs(reading, total)
    assert attacked.attacked == len(expected)
    assert len(attacked.weaknesses) == sum(expected)


def by_two_programs(reading: Reading, total: tuple[float, float]) -> list[bool]:
    """Attack every mean by itself, with no witness: which of them are told."""
    from scipy.optimize import linprog

    weight = reading.weight * reading.scored[:, 0]
    rows, ends, hidden = [weight / weight.sum()], [total], []
    heading = reading.published.headings[0]
    for breakdown, printed in zip(
        reading.breakdowns, (heading.groups.role_group, heading.groups.service_area), strict=True
    ):
        scores = [*(row.score for row in printed), None]
        parts = []
        for g, score in enumerate(scores):
            inside = 1.0 * (breakdown.of_cell == g)
            if not (inside * weight).any():
                continue
            if score is None:
                parts.append(inside)
            else:
                rows.append(inside * weight / (inside @ weight))
                ends.append(told_by_score(score))
        hidden += [*parts, *unions_by_hand(parts, reading.scored[:, 0])]
    count = reading.scored[:, 0]
    small = [c for c in range(len(weight)) if 0 < count[c] < 10]
    cells = [np.eye(len(weight))[c] for c in small]
    lines = {(axis, reading.keys[c][axis]) for axis in (0, 1) for c in small}
    together = [
        union
        for axis, label in lines
        for union in unions_by_hand(
            [np.eye(len(weight))[c] for c in small if reading.keys[c][axis] == label], count
        )
    ]
    answered = count > 0
    known = {(inside * answered).tobytes() for inside in (*hidden, *cells)}
    cells += [union for union in together if (union * answered).tobytes() not in known]
    limits = [end[1] for end in ends] + [-end[0] for end in ends]
    told = []
    for place, inside in enumerate((*hidden, *cells)):
        aim = inside * weight / (inside @ weight)
        low, high = (
            float(aim @ linprog(sign * aim, np.vstack([rows, -np.array(rows)]), limits, bounds=(0, 100)).x)
            for sign in (1, -1)
        )
        # The total is the first row; what a shown group tells alone is accepted of its cells.
        alone = [
            part_of(end, float(row[inside > 0].sum()))
            for row, end in list(zip(rows, ends, strict=True))[: 1 if place < len(hidden) else None]
            if (row[(inside > 0) & answered] > 0).all()
        ]
        told.append(high - low < min(10.0, *(top - bottom for bottom, top in alone)) - 1e-6)
    return told


def unions_by_hand(parts: list[np.ndarray], count: np.ndarray) -> list[np.ndarray]:
    """Unions of fewer than ten people, of parts that have anybody."""
    present = [part for part in parts if part @ count > 0]
    return [
        np.asarray(sum(chosen))
        for size in range(2, len(present) + 1)
        for chosen in combinations(present, size)
        if sum(chosen) @ count < 10
    ]
