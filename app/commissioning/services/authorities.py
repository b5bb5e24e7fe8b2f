"""Keeping the authorities in step with the list that comes with the service; noting Ofsted's judgement."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from app.accounts.models import Grant
from app.audit.services import note
from app.commissioning.models import Authority, Diagnostic
from app.commissioning.services.changing import ChangedMeanwhile, Refused
from app.interchange.authorities import INVENTED, authorities
from app.web.dates import today

# The grades of Ofsted's inspections of local authority children's services.
JUDGEMENTS = {
    "outstanding": "Outstanding",
    "good": "Good",
    "requires_improvement": "Requires improvement to be good",
    "inadequate": "Inadequate",
}
# Inspections of today's kind began in January 2018; three years of slack for what came before.
_EARLIEST = date(2015, 1, 1)


@dataclass(frozen=True, slots=True)
class Synced:
    """What bringing the authorities in line came to, by their codes."""

    added: tuple[str, ...]
    changed: tuple[str, ...]
    deleted: tuple[str, ...]


def sync_authorities(session: Session) -> Synced:
    """Bring the authorities in line with the list that comes with the service.

    One that is not on the list goes, unless somebody has a role in it, or it has a diagnostic, or a judgement
    was noted; an invented one stays. A second run changes nothing.
    """
    listed = authorities()
    known = {row.code: row for row in session.scalars(select(Authority))}
    added, changed = [], []
    for code, wanted in listed.items():
        facts = {
            "name": wanted.name,
            "kind": wanted.kind,
            "region": wanted.region,
            "children_trust": wanted.children_trust,
        }
        row = known.get(code)
        if row is None:
            session.add(Authority(code=code, **facts))
            added.append(code)
        elif any(getattr(row, name) != value for name, value in facts.items()):
            for name, value in facts.items():
                setattr(row, name, value)
            changed.append(code)
    former = [row for code, row in known.items() if code not in listed and not code.startswith(INVENTED)]
    used = _used(session)
    deleted = [row.code for row in former if row.code not in used and not row.judgement]
    session.execute(delete(Authority).where(Authority.code.in_(deleted)))
    session.flush()
    return Synced(tuple(added), tuple(changed), tuple(deleted))


def _used(session: Session) -> set[str]:
    granted = session.scalars(select(Grant.authority_code).where(Grant.authority_code.is_not(None)))
    run = session.scalars(select(Diagnostic.authority_code))
    return {code for code in (*granted, *run) if code is not None}


def set_judgement(
    session: Session,
    authority: Authority,
    actor_id: UUID,
    *,
    seen: str,
    judgement: str,
    judged_on: date | None,
) -> None:
    """Note Ofsted's latest judgement ("" where none is noted), as context; no score uses it.

    Raises
    ------
    Refused
        Where the date is missing, in the future or too early.
    ChangedMeanwhile
        Where it is no longer the one that the form showed.
    """
    if judgement not in ("", *JUDGEMENTS):
        raise Refused({"judgement": "Choose a judgement from the list"})
    if not judgement:
        judged_on = None
    elif fault := _fault_of_day(judged_on):
        raise Refused({"judged_on": fault})
    session.refresh(authority, with_for_update={"key_share": True})
    if (authority.judgement, authority.judged_on) == (judgement, judged_on):
        return
    if seen != as_seen(authority):
        raise ChangedMeanwhile
    authority.judgement, authority.judged_on = judgement, judged_on
    note(session, "judgement noted", actor_id, authority_code=authority.code)


def as_seen(authority: Authority) -> str:
    """Give what a form carries, to tell whether the judgement changed since it was shown."""
    return f"{authority.judgement}|{authority.judged_on or ''}"


def _fault_of_day(day: date | None) -> str:
    if day is None:
        return "Enter the day of the inspection report"
    if day > today():
        return "The day of the inspection report must be today or in the past"
    if day < _EARLIEST:
        return f"The day of the inspection report must be in {_EARLIEST.year} or later"
    return ""
