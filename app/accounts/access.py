"""Who may open an address. Every route declares one of these; a test fails for a route that does not.

A room whose addresses name something of its own (a diagnostic, a record) makes its own kind of `Access`.
"""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request

from app.accounts.person import Capability, Person, check_can
from app.accounts.signed_in import find_person
from app.web.errors import SignInNeeded


@dataclass(frozen=True, slots=True)
class Access:
    """The base of what a route can declare. Each is callable, and used as a dependency."""


@dataclass(frozen=True, slots=True)
class Everyone(Access):
    """Nobody needs to be signed in; a page may still greet whoever is."""

    def __call__(self, request: Request) -> None:
        """Find out who it is, for the page's header."""
        find_person(request)


def signed_in(request: Request) -> Person:
    """Give the person who asks.

    Raises
    ------
    SignInNeeded
        Where nobody is signed in.
    """
    person = find_person(request)
    if person is None:
        raise SignInNeeded
    return person


PersonDep = Annotated[Person, Depends(signed_in)]


@dataclass(frozen=True, slots=True)
class AnyoneSignedIn(Access):
    """Whoever is signed in."""

    def __call__(self, person: PersonDep) -> None:
        """Stop whoever is not."""


@dataclass(frozen=True, slots=True)
class InTheService(Access):
    """Whoever may do something in the whole service."""

    capability: Capability

    def __call__(self, person: PersonDep) -> None:
        """Stop whoever may not."""
        check_can(person, self.capability)


@dataclass(frozen=True, slots=True)
class InTheAuthority(Access):
    """Whoever may do something in the authority that the address names as ``authority_code``."""

    capability: Capability

    def __call__(self, authority_code: str, person: PersonDep) -> None:
        """Stop whoever may not."""
        check_can(person, self.capability, authority_code)
