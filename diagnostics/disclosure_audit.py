"""The auditor: it reads only what is published, and attacks it. It shares no code with what hides groups.

Its attacker knows the method, the frame, the weights, each group's exact n and who belongs where, but not
the answers; and holds every wave and every version that is out.
"""

from collections.abc import Callable, Iterator, Sequence

from diagnostics.audit_agreement import agreement
from diagnostics.audit_changes import changes
from diagnostics.audit_counts import bases, rates, versions
from diagnostics.audit_form import form
from diagnostics.audit_items import ItemsAttack
from diagnostics.audit_means import attack_means
from diagnostics.audit_names import named_bands
from diagnostics.audit_reading import Reading, readings_of
from diagnostics.audit_report import AuditReport, KnowledgeOfAnother, Weakness
from diagnostics.audit_spread import interval, persons
from diagnostics.audit_statements import earlier_of, statements
from diagnostics.audit_total import Totals, totals
from diagnostics.audit_words import words
from diagnostics.releases import Release

__all__ = ["AuditReport", "KnowledgeOfAnother", "Release", "Weakness", "audit"]

SECONDS = 10.0


def audit(
    releases: Sequence[Release],
    *,
    seconds: float = SECONDS,
    progress: Callable[[str], None] = lambda _: None,
) -> AuditReport:
    """Attack published profiles together: several waves, several versions of one, or both.

    Parameters
    ----------
    releases : sequence of Release
    seconds : float
        Limit of each solve. An attack that does not end in time is a weakness, never a pass.
    progress : callable, optional
        Called with a few words as each part of the work begins.

    Raises
    ------
    KnowledgeOfAnother
        The side knowledge of a release belongs to another profile.
    """
    readings = readings_of(releases)
    found: list[Weakness] = []
    progress("Reading the pages")
    for reading in readings:
        for check in (form, named_bands, bases, rates, words):
            found += check(reading)
    found += statements(readings)
    progress("Putting together what is said of each score")
    told, undone = totals(readings, seconds)
    found += undone
    attacked = 0
    waves: dict[tuple[str, int], list[int]] = {}
    for r, reading in enumerate(readings):
        waves.setdefault((reading.published.authority.code, reading.published.wave), []).append(r)
    for (_, wave), places in waves.items():
        own = [readings[r] for r in places]
        found += versions(own)
        progress(f"Attacking the groups of wave {wave}")
        for heading in dict.fromkeys(h.id for reading in own for h in reading.published.headings):
            attack = attack_means(own, heading, [told.get((r, heading)) for r in places], seconds)
            found += attack.weaknesses
            attacked += attack.attacked
        for r in places:
            found += _spread(readings[r], r, told)
            found += changes(readings[r], earlier_of(readings[r], readings))
        progress(f"Attacking the answers of wave {wave}")
        items = ItemsAttack(own, seconds)
        found += (*items.items(), *items.needs())
        attacked += items.attacked
    rows = [
        row
        for reading in readings
        for heading in reading.published.headings
        for row in (*heading.groups.role_group, *heading.groups.service_area)
    ]
    return AuditReport(
        weaknesses=tuple(dict.fromkeys(found)),
        attacked=attacked,
        groups_shown=sum(not row.suppressed for row in rows),
        groups=len(rows),
    )


def _spread(reading: Reading, place: int, told: Totals) -> Iterator[Weakness]:
    for heading in reading.published.headings:
        total = told.get((place, heading.id))
        yield from persons(reading, heading, total)
        yield from interval(reading, heading, total)
        yield from agreement(reading, heading)
