"""Names and short words for what is kept as a code."""

from app.commissioning.models import (
    BY_ITSELF,
    DRAFT,
    GATHERS,
    HOLDS_A_KEY,
    LEADS,
    LEGITIMATE_INTERESTS,
    NAMED_AREAS,
    NAMED_ROLES,
    OTHER_BASIS,
    PUBLIC_TASK,
    WHOLE_SERVICE,
    WITH_A_PDM,
    Authority,
    Diagnostic,
)
from app.commissioning.services.authorities import JUDGEMENTS

STATES = {
    DRAFT: "In preparation",
    "launched": "The survey is launched",
    "closed": "The survey is closed",
    "destroyed": "The survey was given up",
}
RUN_BY = {
    WITH_A_PDM: "With a practice development manager",
    BY_ITSELF: "By the council itself",
}
SCOPES = {
    WHOLE_SERVICE: "The whole service",
    NAMED_AREAS: "Named areas",
    NAMED_ROLES: "Role groups",
}
BASES = {
    PUBLIC_TASK: "Public task",
    LEGITIMATE_INTERESTS: "Legitimate interests",
    OTHER_BASIS: "Another lawful basis",
}
NOT_NOTED = "Not noted"
NOT_YET = "Not chosen yet"


def state_of(diagnostic: Diagnostic) -> str:
    """Say how far a diagnostic is."""
    return STATES.get(diagnostic.state, diagnostic.state.replace("_", " ").capitalize())


def name_of(diagnostic: Diagnostic) -> str:
    """Name a diagnostic: Wexbourne, wave 2."""
    return f"{diagnostic.authority.name}, wave {diagnostic.wave}"


def duty_name(duty: str, run_by: str) -> str:
    """Name a duty."""
    if duty == GATHERS and run_by == WITH_A_PDM:
        return "Practice development manager"
    return {LEADS: "Lead for the council", GATHERS: "Gathers the evidence", HOLDS_A_KEY: "Holds the key"}[
        duty
    ]


def judgement_of(authority: Authority) -> str:
    """Name Ofsted's judgement that is noted, if one is."""
    return JUDGEMENTS.get(authority.judgement, NOT_NOTED)


def basis_of(diagnostic: Diagnostic) -> str:
    """Name the lawful basis of a diagnostic."""
    if diagnostic.lawful_basis == OTHER_BASIS:
        return diagnostic.other_basis
    return BASES.get(diagnostic.lawful_basis, NOT_YET)


def months(number: int) -> str:
    """Write a number of months."""
    return "1 month" if number == 1 else f"{number} months"
