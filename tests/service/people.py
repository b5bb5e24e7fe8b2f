"""The personas of the tests, and two invented councils."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from app.accounts.models import Account, Grant
from app.accounts.person import Role
from app.commissioning.models import Authority, Diagnostic
from app.web.dates import now

HERE, ELSEWHERE = "XWEX", "XMAR"


@dataclass(frozen=True, slots=True)
class People:
    """The ids of the personas, and of one draft diagnostic in each of the two councils."""

    alice: UUID
    bob: UUID
    charlie: UUID
    dana: UUID
    petra: UUID
    here: UUID
    elsewhere: UUID


def fill(session: Session) -> People:
    """Write the personas, their councils and their diagnostics."""
    for code, name in ((HERE, "Wexbourne"), (ELSEWHERE, "Marlshire")):
        session.add(Authority(code=code, name=name, kind="invented", region="North West"))
    session.flush()
    made = [
        _account("Alice Ashworth", Role.COMMISSIONER, HERE),
        _account("Bob Bright", Role.READER, HERE),
        _account("Charlie Chen", Role.COMMISSIONER, ELSEWHERE),
        _account("Dana Dale", Role.PDM, HERE),
        _account("Petra Price", Role.PROGRAMME_LEAD, None),
    ]
    session.add_all(made)
    session.flush()
    alice, bob, charlie, dana, petra = (one.id for one in made)
    drafts = [_diagnostic(HERE, alice), _diagnostic(ELSEWHERE, charlie)]
    session.add_all(drafts)
    session.flush()
    return People(alice, bob, charlie, dana, petra, *(one.id for one in drafts))


def account(session: Session, name: str, role: Role, authority_code: str | None) -> UUID:
    """Write an account with one role."""
    made = _account(name, role, authority_code)
    session.add(made)
    session.flush()
    return made.id


def _account(name: str, role: Role, authority_code: str | None) -> Account:
    return Account(
        name=name,
        email=f"{name.split(maxsplit=1)[0].lower()}@example.org",
        joined_at=now(),
        grants=[Grant(role=role, authority_code=authority_code)],
    )


def diagnostic(session: Session, authority_code: str, creator: UUID, wave: int = 1) -> UUID:
    """Write a draft diagnostic."""
    made = _diagnostic(authority_code, creator, wave)
    session.add(made)
    session.flush()
    return made.id


def _diagnostic(authority_code: str, creator: UUID, wave: int = 1) -> Diagnostic:
    return Diagnostic(
        authority_code=authority_code, wave=wave, created_by=creator, framework="evidence_use_v1"
    )
