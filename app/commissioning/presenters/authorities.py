"""Councils in rows: the list that can be searched and sorted, and one council's facts and waves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.accounts.person import Capability, Person, can
from app.commissioning.models import DRAFT, Authority, Diagnostic
from app.commissioning.presenters.details import Row
from app.commissioning.presenters.words import judgement_of, state_of
from app.commissioning.search import matching
from app.web.dates import uk_date
from app.web.sorting import Sorting

COLUMNS = {"name": "Council", "region": "Region", "code": "Code"}
NO_DIAGNOSTIC = "None"


@dataclass(frozen=True, slots=True)
class Found:
    """A council in the list."""

    name: str
    address: str
    trust: str
    region: str
    code: str
    diagnostic: str
    diagnostic_address: str


def found_authorities(
    authorities: Sequence[Authority],
    diagnostics: Sequence[Diagnostic],
    *,
    sought: str,
    only_with_diagnostic: bool,
    sorting: Sorting,
) -> tuple[Found, ...]:
    """Give the councils that fit what was sought, sorted."""
    last = newest(diagnostics)
    fitting = [one for one in matching(authorities, sought) if one.code in last or not only_with_diagnostic]
    fitting.sort(key=lambda one: one.name.casefold())
    fitting.sort(key=lambda one: _key(one, sorting.by), reverse=sorting.backwards)
    return tuple(_found(one, last.get(one.code)) for one in fitting)


def newest(diagnostics: Sequence[Diagnostic]) -> Mapping[str, Diagnostic]:
    """Give the newest wave of each authority."""
    found: dict[str, Diagnostic] = {}
    for one in diagnostics:
        known = found.get(one.authority_code)
        if known is None or known.wave < one.wave:
            found[one.authority_code] = one
    return found


def _key(authority: Authority, by: str) -> str:
    return str(getattr(authority, by)).casefold()


def _found(authority: Authority, diagnostic: Diagnostic | None) -> Found:
    return Found(
        name=authority.name,
        address=f"/authorities/{authority.code}",
        trust=authority.children_trust,
        region=authority.region,
        code=authority.code,
        diagnostic=f"Wave {diagnostic.wave}: {state_of(diagnostic).lower()}" if diagnostic else NO_DIAGNOSTIC,
        diagnostic_address=f"/diagnostics/{diagnostic.id}" if diagnostic else "",
    )


def fact_rows(authority: Authority, *, may_change: bool) -> tuple[Row, ...]:
    """Give a council's facts."""
    judgement = [judgement_of(authority)]
    if authority.judged_on:
        judgement.append(uk_date(authority.judged_on))
    return (
        Row("Type", (authority.kind[0].upper() + authority.kind[1:],)),
        Row("Region", (authority.region,)),
        Row("ONS code", (authority.code,)),
        Row("Children’s trust", (authority.children_trust or "None",)),
        Row(
            "Latest Ofsted judgement",
            tuple(judgement),
            f"/authorities/{authority.code}/judgement" if may_change else "",
            "the latest Ofsted judgement",
        ),
    )


@dataclass(frozen=True, slots=True)
class Wave:
    """A diagnostic in the list of its council."""

    text: str
    address: str
    state: str
    created: str


@dataclass(frozen=True, slots=True)
class Next:
    """What somebody can begin in a council now: its first diagnostic, the next wave, or neither."""

    text: str = ""
    address: str = ""
    why_not: str = ""


def waves(diagnostics: Sequence[Diagnostic]) -> tuple[Wave, ...]:
    """Give a council's diagnostics, as they come."""
    return tuple(
        Wave(f"Wave {one.wave}", f"/diagnostics/{one.id}", state_of(one), uk_date(one.created_at))
        for one in diagnostics
    )


def what_can_begin(person: Person, authority: Authority, last: Diagnostic | None) -> Next:
    """Say what somebody can begin in a council, whose last wave is given."""
    if not can(person, Capability.RUN, authority.code):
        return Next()
    if last is None:
        return Next("Commission a diagnostic", f"/authorities/{authority.code}/diagnostics/new")
    if last.state == DRAFT:
        return Next(why_not=f"Wave {last.wave} is in preparation. The next one can begin after its launch.")
    return Next(f"Begin wave {last.wave + 1}", f"/diagnostics/{last.id}/next-wave")
