"""Names and short words for what is kept as a code."""

from app.commissioning.models import (
    BY_ITSELF,
    DRAFT,
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

_CLOSED, _GIVEN_UP = "closed", "destroyed"
STATES = {
    DRAFT: "In preparation",
    "launched": "Launched",
    _CLOSED: "Survey closed",
    _GIVEN_UP: "Survey given up",
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


def survey_is_over(diagnostic: Diagnostic) -> bool:
    """Say whether nobody can answer any more."""
    return diagnostic.state in (_CLOSED, _GIVEN_UP)


def name_of(diagnostic: Diagnostic) -> str:
    """Name a diagnostic: Wexbourne, wave 2."""
    return f"{diagnostic.authority.name}, wave {diagnostic.wave}"


def duty_name(duty: str, diagnostic: Diagnostic) -> str:
    """Name a duty. The key is gone when the survey is over."""
    if duty == HOLDS_A_KEY:
        return "Held the key" if survey_is_over(diagnostic) else "Holds the key"
    if duty == LEADS:
        return "Lead for the council"
    return "Practice development manager" if diagnostic.run_by == WITH_A_PDM else "Gathers the evidence"


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
