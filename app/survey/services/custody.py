"""The two custodians of a survey's key: what they fetch, bring back and confirm, and who follows them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session, selectinload

from app.accounts.models import Account
from app.accounts.person import Capability, can
from app.accounts.signed_in import as_person
from app.commissioning.models import HOLDS_A_KEY, Diagnostic, Duty
from app.commissioning.queries import Candidate, candidates
from app.commissioning.services.changing import Refused
from app.survey.keys import KeyStore, make_escrow, new_passphrase, open_escrow
from app.survey.models import LAUNCHED, Custody, Survey
from app.web.errors import Conflict, NotAllowed


@dataclass(frozen=True, slots=True)
class Escrow:
    """A custodian's copy of the key: the file, and the passphrase that is shown once."""

    file: bytes
    passphrase: str


def fetch_escrow(session: Session, keys: KeyStore, survey: Survey, account_id: UUID) -> Escrow:
    """Make a custodian's copy of the key. The passphrase is kept nowhere.

    Raises
    ------
    NotAllowed
        Where the account is no custodian of this survey.
    Conflict
        Where the survey is over.
    app.survey.keys.KeyMissing
        Where this machine has not the key with which the survey was launched.
    """
    custody = _custody(session, survey, account_id)
    if survey.state != LAUNCHED:
        raise Conflict("The survey is over, so its key is given out no more.")
    passphrase = new_passphrase()
    private_key = keys.fitting(survey.diagnostic_id, survey.public_key)
    file = make_escrow(private_key, survey.diagnostic_id, passphrase)
    custody.copies += 1
    session.flush()
    survey.keys_fetched = keys_in_hand(session, survey)
    return Escrow(file, passphrase)


def bring_back(keys: KeyStore, survey: Survey, file: bytes, passphrase: str) -> None:
    """Put a custodian's key back onto this machine.

    Raises
    ------
    app.survey.keys.WrongEscrow
        Where file, passphrase or survey do not fit.
    """
    keys.put(survey.diagnostic_id, open_escrow(file, passphrase, survey.diagnostic_id, survey.public_key))


def confirm_destroyed(session: Session, survey: Survey, account_id: UUID, moment: datetime) -> None:
    """Note that a custodian has destroyed their copies.

    Raises
    ------
    NotAllowed
        Where the account is no custodian of this survey.
    Conflict
        Where the survey is not over yet.
    """
    custody = _custody(session, survey, account_id)
    if survey.state == LAUNCHED:
        raise Conflict("The survey is not over yet. Keep the file and the passphrase until it is.")
    custody.destroyed_at = custody.destroyed_at or moment


def _custody(session: Session, survey: Survey, account_id: UUID) -> Custody:
    custody = session.scalars(
        select(Custody).where(Custody.diagnostic_id == survey.diagnostic_id, Custody.account_id == account_id)
    ).one_or_none()
    if custody is None:
        raise NotAllowed("Only the two custodians of this survey may do this.")
    return custody


def keys_in_hand(session: Session, survey: Survey) -> bool:
    """Say whether both custodians have fetched a copy; before that, nobody may answer."""
    return not session.scalar(
        select(func.count())
        .select_from(Custody)
        .where(Custody.diagnostic_id == survey.diagnostic_id, Custody.copies == 0)
    )


def possible_custodians(session: Session, diagnostic: Diagnostic) -> list[Candidate]:
    """Give who could take a custodian's place: people with a role in the council who are none already."""
    held = set(session.scalars(select(Custody.account_id).where(Custody.diagnostic_id == diagnostic.id)))
    return [one for one in candidates(session, diagnostic.authority_code) if one.id not in held]


def check_replaceable(survey: Survey, custody: Custody) -> None:
    """Stop whoever would replace a custodian who may still have to open the answers, or could.

    Raises
    ------
    Conflict
        Where the survey is over, or the custodian has fetched a copy: one more custodian would then be one
        more person who could open the answers.
    """
    if survey.state != LAUNCHED:
        raise Conflict("The survey is over, so its custodians stay who they were.")
    if custody.copies:
        raise Conflict("This custodian has fetched a copy of the key, and stays a custodian until the end.")


def replace_custodian(
    session: Session, survey: Survey, diagnostic: Diagnostic, custody: Custody, chosen: UUID
) -> Candidate:
    """Put somebody in the place of a custodian who has not fetched a copy, and give who that is.

    Raises
    ------
    Refused
        Where the chosen person has no role in the council, or is a custodian already.
    Conflict
        See `check_replaceable`.
    """
    check_replaceable(survey, custody)
    found = next((one for one in possible_custodians(session, diagnostic) if one.id == chosen), None)
    if found is None:
        raise Refused({"custodian": "Choose somebody from the list"})
    # What the council's papers say of its custodians rests on the duties.
    session.execute(
        update(Duty)
        .where(
            Duty.diagnostic_id == diagnostic.id,
            Duty.duty == HOLDS_A_KEY,
            Duty.account_id == custody.account_id,
        )
        .values(account_id=chosen)
    )
    custody.account_id = chosen
    return found


def left_of(session: Session, diagnostic: Diagnostic, account_ids: Collection[UUID]) -> set[UUID]:
    """Give those of some people who can no longer open the pages of a diagnostic."""
    named = select(Account).where(Account.id.in_(account_ids)).options(selectinload(Account.grants))
    return {
        one.id
        for one in session.scalars(named)
        if one.disabled_at
        or one.closed_at
        or not can(as_person(one), Capability.SEE, diagnostic.authority_code)
    }


def check_has_left(session: Session, diagnostic: Diagnostic, account_id: UUID, name: str) -> None:
    """Stop whoever would speak for a custodian who can do so.

    Raises
    ------
    Conflict
        Where they can still open the pages of the council.
    """
    if not left_of(session, diagnostic, [account_id]):
        raise Conflict(f"{name} can still sign in and see this survey, so only {name} can confirm this.")
