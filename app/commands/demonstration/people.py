"""The people of a demonstration, how they sign in, and where each has a role."""

import secrets as random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import pyotp
from sqlalchemy import select
from sqlalchemy.orm import Session

import app.rooms  # noqa: F401 - tables that point at each other must all be known
from app.accounts.models import Account
from app.accounts.person import ROLE_NAMES, Person, Role
from app.accounts.queries import find_account
from app.accounts.services.desk import Desk
from app.accounts.services.opening import open_account
from app.accounts.signed_in import as_person
from app.web.secrets import Secrets

# As app.accounts seals it.
_SEALED_AS = "totp"
_MAIL = "demo.example"
_CONSONANTS, _VOWELS = "bdfghjklmnprstvz", "aeiou"
_SYLLABLES, _IN_A_WORD = 10, 2
WEXBOURNE, PENWARDINE, MARLSHIRE = "Wexbourne", "Penwardine", "Marlshire"


class NotADemonstration(RuntimeError):
    """Accounts whose passwords are printed are made in a demonstration only."""


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody of the demonstration, with what they sign in with. The password is kept nowhere.

    ``councils`` is where they have their role; a programme lead has it everywhere.
    """

    name: str
    role: Role
    email: str
    password: str
    councils: tuple[str, ...]

    @property
    def role_name(self) -> str:
        """The role in words."""
        return ROLE_NAMES[self.role]

    @property
    def where(self) -> str:
        """The councils in words."""
        return " and ".join(self.councils) or "everywhere"


@dataclass(frozen=True, slots=True)
class Cast:
    """The ids of the accounts: who leads the programme, who gathers, and who speaks for which council."""

    lead: UUID
    pdm: UUID
    reader: UUID
    commissioners: Mapping[str, UUID]

    @property
    def commissioner(self) -> UUID:
        """Whoever commissions in Wexbourne, where the whole flow can be seen."""
        return self.commissioners[WEXBOURNE]


_PEOPLE: tuple[tuple[str, Role, str, tuple[str, ...]], ...] = (
    ("Laila Osei", Role.PROGRAMME_LEAD, "lead", ()),
    ("Piotr Dunne", Role.PDM, "pdm", (WEXBOURNE, MARLSHIRE)),
    ("Carys Whitlock", Role.COMMISSIONER, "commissioner", (WEXBOURNE,)),
    ("Ravi Sandhu", Role.READER, "reader", (WEXBOURNE,)),
    ("Nell Ashdown", Role.COMMISSIONER, "marlshire", (MARLSHIRE,)),
    ("Owain Prys", Role.COMMISSIONER, "penwardine", (PENWARDINE,)),
)


def invent_people() -> Sequence[Persona]:
    """Give somebody of each role, and a commissioner in each council, with new passwords."""
    return [
        Persona(name, role, f"{box}@{_MAIL}", _password(), councils) for name, role, box, councils in _PEOPLE
    ]


def open_accounts(desk: Desk, people: Sequence[Persona], codes: Mapping[str, str], key: str) -> Cast:
    """Make the accounts. All people share one key for their codes; ``codes`` are the councils’."""
    made = {
        person.email: open_account(
            desk,
            person.name,
            person.email,
            person.password,
            key,
            [(person.role, codes[council]) for council in person.councils] or [(person.role, None)],
        )
        for person in people
    }

    def having(role: Role) -> dict[str, UUID]:
        return {
            council: made[one.email]
            for one in people
            if one.role is role
            for council in one.councils or ("",)
        }

    return Cast(
        lead=having(Role.PROGRAMME_LEAD)[""],
        pdm=having(Role.PDM)[WEXBOURNE],
        reader=having(Role.READER)[WEXBOURNE],
        commissioners=having(Role.COMMISSIONER),
    )


def person_of(session: Session, account_id: UUID) -> Person:
    """Give an account as the person whom services ask about.

    Raises
    ------
    NotADemonstration
        Where there is no such account.
    """
    account = find_account(session, account_id)
    if account is None:
        raise NotADemonstration("Somebody of the demonstration is not there.")
    return as_person(account)


def _password() -> str:
    """Make a password of some 60 random bits that is read and typed easily."""
    made = [random.choice(_CONSONANTS) + random.choice(_VOWELS) for _ in range(_SYLLABLES)]
    words = ["".join(made[start : start + _IN_A_WORD]) for start in range(0, _SYLLABLES, _IN_A_WORD)]
    return "-".join(words)


def key_of(session: Session, secrets: Secrets) -> str:
    """Give the key that the people of this demonstration share."""
    sealed = session.scalars(select(Account.totp_sealed).where(Account.totp_sealed.is_not(None))).first()
    if sealed is None:
        raise NotADemonstration("Nobody here has a key.")
    return secrets.open(_SEALED_AS, sealed)


def code_of(key: str) -> str:
    """Give the code of the moment."""
    return pyotp.TOTP(key).now()
