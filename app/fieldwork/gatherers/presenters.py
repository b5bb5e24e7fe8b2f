"""Who gathers, in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.accounts.person import ROLE_NAMES
from app.commissioning.queries import Candidate
from app.fieldwork.gatherers.queries import Gatherer

ENOUGH = 2


@dataclass(frozen=True, slots=True)
class GathererLine:
    """Somebody who gathers, why they may, and where to remove them; empty for whoever gathers by role."""

    name: str
    is_you: bool
    why: str
    remove: str


def lines(found: Sequence[Gatherer], person_id: UUID, address: str) -> tuple[GathererLine, ...]:
    """Show who gathers."""
    return tuple(
        GathererLine(
            one.name,
            one.account_id == person_id,
            _why(one) + ("" if one.joined else ", has not joined yet"),
            f"{address}/{one.account_id}/remove" if one.chosen and not one.by_role else "",
        )
        for one in found
    )


def _why(one: Gatherer) -> str:
    if one.programme_lead:
        return "Programme lead, may gather everywhere"
    return "Practice development manager of the council" if one.by_role else "Chosen for this diagnostic"


def too_few(found: Sequence[Gatherer]) -> bool:
    """Say whether those of the council are too few to rate twice and to release a quote."""
    return sum(one.joined and not one.programme_lead for one in found) < ENOUGH


def choices(found: Sequence[Candidate]) -> Sequence[Mapping[str, str]]:
    """Give who else can be chosen, after nobody."""
    return [{"value": "", "text": "Choose somebody"}, *(_choice(one) for one in found)]


def _choice(one: Candidate) -> dict[str, str]:
    roles = ", ".join(name.lower() for role, name in ROLE_NAMES.items() if role in one.roles)
    return {"value": str(one.id), "text": f"{one.name} ({roles}{'' if one.joined else ', invited'})"}
