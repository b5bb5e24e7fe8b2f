"""The person who asks, and what each role may do. Permissions come in pairs: one answers, one raises."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from app.web.errors import NotAllowed, NotFound


class Role(StrEnum):
    """What somebody is: of the whole service, or in an authority."""

    PROGRAMME_LEAD = "programme_lead"
    PDM = "pdm"
    COMMISSIONER = "commissioner"
    READER = "reader"


ROLE_NAMES: Mapping[str, str] = MappingProxyType(
    {
        Role.PROGRAMME_LEAD: "Programme lead",
        Role.PDM: "Practice development manager",
        Role.COMMISSIONER: "Commissioner",
        Role.READER: "Reader",
    }
)
IN_AN_AUTHORITY = (Role.PDM, Role.COMMISSIONER, Role.READER)


class Capability(StrEnum):
    """What somebody may do: in one authority, or (the last ones) in the whole service."""

    SEE = "see"
    RUN = "run"
    MANAGE_PEOPLE = "manage_people"
    GATHER = "gather"
    SHARE = "share"
    MANAGE_SERVICE = "manage_service"


# A programme lead may do everything everywhere, except what needs being there.
_MAY: Mapping[Capability, frozenset[Role]] = MappingProxyType(
    {
        Capability.SEE: frozenset({Role.PROGRAMME_LEAD, Role.PDM, Role.COMMISSIONER, Role.READER}),
        Capability.RUN: frozenset({Role.PROGRAMME_LEAD, Role.PDM, Role.COMMISSIONER}),
        Capability.MANAGE_PEOPLE: frozenset({Role.PROGRAMME_LEAD, Role.COMMISSIONER}),
        Capability.GATHER: frozenset({Role.PROGRAMME_LEAD, Role.PDM}),
        # Who reads a council's brief beside its own people, the council decides.
        Capability.SHARE: frozenset({Role.PROGRAMME_LEAD, Role.COMMISSIONER}),
        Capability.MANAGE_SERVICE: frozenset({Role.PROGRAMME_LEAD}),
    }
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who is signed in; ``authorities`` holds the codes in which each role was given."""

    id: UUID
    name: str
    email: str
    programme_lead: bool
    authorities: Mapping[Role, frozenset[str]]

    def roles_in(self, authority_code: str | None) -> frozenset[Role]:
        """Give the roles that count in an authority (None: in the whole service)."""
        own = {role for role, codes in self.authorities.items() if authority_code in codes}
        return frozenset(own | {Role.PROGRAMME_LEAD} if self.programme_lead else own)

    @property
    def seen(self) -> frozenset[str] | None:
        """The codes of the authorities that this person may know of; None means all."""
        if self.programme_lead:
            return None
        return frozenset(code for codes in self.authorities.values() for code in codes)


def can(person: Person, capability: Capability, authority_code: str | None = None) -> bool:
    """Say whether a person may do something in an authority (None: in the whole service)."""
    return not _MAY[capability].isdisjoint(person.roles_in(authority_code))


def check_can(person: Person, capability: Capability, authority_code: str | None = None) -> None:
    """Stop a person who may not do something.

    Raises
    ------
    NotFound
        Where the person may not even know of the authority.
    NotAllowed
        Where the person may see it, but not do this.
    """
    if can(person, capability, authority_code):
        return
    if authority_code is not None and not can(person, Capability.SEE, authority_code):
        raise NotFound
    raise NotAllowed(
        "Your role does not allow this. Ask a commissioner of your council, or a programme lead."
    )
