"""Who can be chosen for the duties of a diagnostic."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.accounts.person import ROLE_NAMES
from app.commissioning.models import GATHERS, HOLDS_A_KEY, LEADS
from app.commissioning.queries import Candidate, HeldDuty
from app.commissioning.services.duties import can_gather, can_lead

_NOBODY = {"value": "", "text": "Not chosen yet"}
Choice = dict[str, str]


@dataclass(frozen=True, slots=True)
class Choices:
    """For each duty the people to choose from, after "not chosen yet"."""

    lead: list[Choice]
    gatherer: list[Choice]
    key: list[Choice]


def choices(found: Sequence[Candidate], run_by: str) -> Choices:
    """Give whom each duty can go to."""
    return Choices(
        lead=[_NOBODY, *(_choice(one) for one in found if can_lead(one))],
        gatherer=[_NOBODY, *(_choice(one) for one in found if can_gather(one, run_by))],
        key=key_choices(found),
    )


def key_choices(found: Sequence[Candidate]) -> list[Choice]:
    """Give who can hold a key."""
    return [_NOBODY, *(_choice(one) for one in found)]


def _choice(candidate: Candidate) -> Choice:
    roles = ", ".join(name.lower() for role, name in ROLE_NAMES.items() if role in candidate.roles)
    return {
        "value": str(candidate.id),
        "text": f"{candidate.name} ({roles}{'' if candidate.joined else ', invited'})",
    }


def chosen_values(duties: Sequence[HeldDuty]) -> dict[str, str]:
    """Give who has the duties now, for the form."""
    of = {duty: [str(held.account_id) for held in duties if held.duty == duty] for duty in (LEADS, GATHERS)}
    keys = [str(held.account_id) for held in duties if held.duty == HOLDS_A_KEY]
    first, second = (*keys, "", "")[:2]
    return {
        "lead": next(iter(of[LEADS]), ""),
        "gatherer": next(iter(of[GATHERS]), ""),
        "first_key": first,
        "second_key": second,
    }
