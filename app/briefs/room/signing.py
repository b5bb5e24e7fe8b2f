"""Signing a brief: two different people say that this text may be published.

Where SCIE runs the diagnostic, one of the two gathered its evidence; a council on its own has two of its own.
A signature is for one text. When a word changes, it does not count any more.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts.person import Capability, Person, Role, can
from app.audit.services import note
from app.briefs.models import BriefSignature
from app.briefs.queries import signatures_of
from app.briefs.room.services import Draft, Stale, open_draft
from app.commissioning.models import BY_ITSELF, GATHERS, Diagnostic
from app.commissioning.queries import candidates, duties_of
from app.fieldwork.queries import lock_diagnostic
from app.web.dates import now
from app.web.errors import NotAllowed

SIGNATURES = 2


@dataclass(frozen=True, slots=True)
class Signers:
    """Whose signatures count: people in the council's own roles, and those who gathered its evidence."""

    own: frozenset[UUID]
    gathering: frozenset[UUID]
    by_itself: bool


def signers_of(session: Session, diagnostic: Diagnostic) -> Signers:
    """Give whose signatures count today."""
    people = candidates(session, diagnostic.authority_code)
    held = duties_of(session, [diagnostic.id])[diagnostic.id]
    chosen = {one.account_id for one in held if one.duty == GATHERS and one.active}
    own = {one.id for one in people if Role.COMMISSIONER in one.roles}
    if diagnostic.run_by == BY_ITSELF:
        of_council = {one.id for one in people if one.roles - {Role.PDM}}
        return Signers(frozenset(own | (chosen & of_council)), frozenset(chosen & of_council), True)
    managers = {one.id for one in people if Role.PDM in one.roles}
    return Signers(frozenset(own), frozenset(managers | chosen), False)


def text_digest(draft: Draft) -> str:
    """Give the SHA-256 of all that a signature is for: the text, and what it is said to mend."""
    said = "\n".join((draft.told.digest, str(draft.brief.replaces_id or ""), draft.brief.correction))
    return hashlib.sha256(said.encode()).hexdigest()


def may_sign(person: Person, diagnostic: Diagnostic, signers: Signers) -> bool:
    """Say whether somebody's signature would count."""
    if person.id in signers.own | signers.gathering:
        return True
    return not signers.by_itself and can(person, Capability.RUN, diagnostic.authority_code)


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signed this text and may still sign, who signed an earlier one, and what is lacking in words."""

    counted: Mapping[UUID, BriefSignature]
    lapsed: Mapping[UUID, BriefSignature]
    lacking: str


def signing_of(session: Session, diagnostic: Diagnostic, draft: Draft) -> Signing:
    """Say how far the signing of a draft is."""
    digest, signers = text_digest(draft), signers_of(session, diagnostic)
    signed = signatures_of(session, draft.brief.id)
    counted = {one.account_id: one for one in signed if one.digest == digest}
    if signers.by_itself:
        counted = {key: one for key, one in counted.items() if key in signers.own}
    lapsed = {one.account_id: one for one in signed if one.account_id not in counted}
    return Signing(counted, lapsed, _lacking(frozenset(counted), signers))


def _lacking(signed: frozenset[UUID], signers: Signers) -> str:
    if signers.by_itself:
        if not signed:
            return "Two people of the council have to sign."
        return "" if len(signed) >= SIGNATURES else "A second person of the council has to sign."
    gathered = bool(signed & signers.gathering)
    if not signed:
        return "Two people have to sign, one of whom gathered the evidence."
    if len(signed) < SIGNATURES:
        return (
            "A second person has to sign." if gathered else "Somebody who gathered the evidence has to sign."
        )
    return "" if gathered else "Somebody who gathered the evidence has to sign."


def check_may_sign(session: Session, person: Person, diagnostic: Diagnostic) -> None:
    """Stop whose signature would not count.

    Raises
    ------
    NotAllowed
        With who can sign.
    """
    signers = signers_of(session, diagnostic)
    if not may_sign(person, diagnostic, signers):
        raise NotAllowed(
            "Two people of the council sign this brief: its commissioners, or those who gathered for it."
            if signers.by_itself
            else "This brief is signed by those who gathered the evidence and those who run the diagnostic."
        )


def sign(session: Session, diagnostic: Diagnostic, seen: str, person: Person) -> None:
    """Sign the text as the page showed it.

    Raises
    ------
    NotAllowed
        Where the signature would not count.
    Conflict
        Where there is no draft, or it is being published.
    Stale
        Where the text is another by now.
    """
    lock_diagnostic(session, diagnostic)
    check_may_sign(session, person, diagnostic)
    draft = open_draft(session, diagnostic)
    if text_digest(draft) != seen:
        raise Stale
    _take_back(session, draft, person)
    session.add(BriefSignature(brief_id=draft.brief.id, account_id=person.id, digest=seen, signed_at=now()))
    session.flush()
    _note(session, "brief signed", diagnostic, draft, person)


def unsign(session: Session, diagnostic: Diagnostic, person: Person) -> None:
    """Take back somebody's signature.

    Raises
    ------
    Conflict
        Where there is no draft, or it is being published.
    """
    lock_diagnostic(session, diagnostic)
    draft = open_draft(session, diagnostic)
    _take_back(session, draft, person)
    _note(session, "signature taken back", diagnostic, draft, person)


def _take_back(session: Session, draft: Draft, person: Person) -> None:
    session.execute(
        delete(BriefSignature).where(
            BriefSignature.brief_id == draft.brief.id, BriefSignature.account_id == person.id
        )
    )


def _note(session: Session, action: str, diagnostic: Diagnostic, draft: Draft, person: Person) -> None:
    note(
        session, action, person.id,
        authority_code=diagnostic.authority_code, subject_id=diagnostic.id, number=draft.brief.number,
    )  # fmt: skip
