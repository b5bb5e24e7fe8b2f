"""Which groups of a heading are hidden: both breakdowns and the authority's score together.

Whoever holds the report has two tables of the same answers, and their total. A team whose people
all sit in one hidden role gives that role away, however well each table is protected alone. So an
attacker with all of it, every weight and every count is answered by a linear program over the cells
in which the breakdowns cross, and as few groups are hidden as make that attacker fail.
"""

from itertools import product

from diagnostics.errors import CannotReissue
from diagnostics.mean_attack import MeanAttack
from diagnostics.measure import BothHidden, Group, Hidden, Measure

# So many ways to give every lonely group company are tried, before one group after the other is added.
MOST_TRIES = 24


def hide(measure: Measure) -> BothHidden:
    """Hide as few groups as make every attack on the means fail.

    Primary: fewer than ``threshold`` answers or people in the frame. Then, in each breakdown, a
    hidden group gets company until the hidden ones hold ``threshold`` answers together, with those
    who did not say their group. (These are no row of the table: alone they need no company, and the
    attack decides whether whole points protect them.) Of the ways to do so, the first that
    withstands the attack is taken, in the order: groups that the comparison of leaders and
    practitioners does not need, then the smallest. Where none withstands it, more groups follow one
    by one, and in the end those that turned out not to be needed return.

    The attack: a mean must be able to lie anywhere within a span of at least 10 points, or as wide
    as the authority's own mean alone leaves it. It is made on every hidden group, on the cells of one
    role group or service area that hold fewer than ``threshold`` people, alone and together, and on
    ``sensitive``; for these few people a shown group's own mean may tell what it tells alone, too.

    Returns
    -------
    two sets of positions
        Hidden role groups and service areas.

    Raises
    ------
    CannotReissue
        With everything hidden, the totals of this version and an issued one still give somebody away.
    """
    attack = MeanAttack(measure)
    first = measure.primary()
    ways = product(*(_company(measure, b, first[b]) for b in range(2)))
    ranked = sorted(ways, key=lambda way: sum(rank for rank, _ in way))[:MOST_TRIES]
    for (_, role), (_, area) in ranked:
        trial = (first[0] | role, first[1] | area)
        if attack.leak(trial) is None:
            return trial
    (_, role), (_, area) = ranked[0]
    return _prune(measure, attack, first, _hide_more(measure, attack, (first[0] | role, first[1] | area)))


def _company(measure: Measure, breakdown: int, hidden: Hidden) -> list[tuple[int, Hidden]]:
    """List, best first, what may be hidden beside the hidden groups of a breakdown."""
    if _in_company(measure, breakdown, hidden):
        return [(0, frozenset())]
    return list(enumerate(frozenset({g}) for g in _by_loss(measure, breakdown, hidden))) or [(0, frozenset())]


def _in_company(measure: Measure, breakdown: int, hidden: Hidden) -> bool:
    answers, headcount = measure.answers(breakdown), measure.headcount[breakdown]
    rows = sum(answers[g] for g in hidden if headcount[g] is not None)
    return rows == 0 or sum(answers[g] for g in hidden) >= measure.threshold


def _by_loss(measure: Measure, breakdown: int, hidden: Hidden) -> list[int]:
    """List the shown groups of a breakdown, first the one whose loss costs the reader least."""
    answers = measure.answers(breakdown)
    kept = measure.kept if breakdown == 0 else frozenset()
    shown = (g for g, n in enumerate(answers) if n > 0 and g not in hidden)
    return sorted(shown, key=lambda g: (g in kept, answers[g], g))


def _hide_more(measure: Measure, attack: MeanAttack, hidden: BothHidden) -> BothHidden:
    """Hide one group after the other until the attack fails, each time one that mends what is found."""
    while (placed := attack.leak(hidden)) is not None:
        answers = [measure.answers(b) for b in range(2)]
        shown = sorted(
            ((b, g) for b in range(2) for g in _by_loss(measure, b, hidden[b])),
            key=lambda at: (at[0] == 0 and at[1] in measure.kept, answers[at[0]][at[1]], at),
        )
        if not shown and measure.issued:
            raise CannotReissue(
                "The version that people already hold and this one, with its corrected headcounts, would "
                "together give away people in a small group. Keep the first version, and bring the "
                "correction into the next wave."
            )
        if not shown:
            break
        mends = (at for at in shown if attack.withstands(placed, _with(hidden, at)))
        hidden = _with(hidden, next(mends, shown[0]))
    return hidden


def _prune(measure: Measure, attack: MeanAttack, first: BothHidden, hidden: BothHidden) -> BothHidden:
    """Show again what need not be hidden after all, the largest first."""
    answers = [measure.answers(b) for b in range(2)]
    extra = [(b, g) for b in range(2) for g in hidden[b] - first[b]]
    for b, g in sorted(extra, key=lambda at: (-answers[at[0]][at[1]], at)):
        fewer = (hidden[0] - {g}, hidden[1]) if b == 0 else (hidden[0], hidden[1] - {g})
        if _in_company(measure, b, fewer[b]) and attack.leak(fewer) is None:
            hidden = fewer
    return hidden


def _with(hidden: BothHidden, group: Group) -> BothHidden:
    role, area = hidden
    return (role | {group[1]}, area) if group[0] == 0 else (role, area | {group[1]})
