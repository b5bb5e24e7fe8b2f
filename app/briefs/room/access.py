"""Who may see a draft: whoever gathers; and whoever signs it, once the council was shown its profile."""

from app.accounts.person import Person
from app.briefs.room.services import Draft
from app.briefs.room.signing import may_sign, signers_of
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.fieldwork.access import gathers
from app.profiles.access import may_read
from app.web.errors import NotAllowed

_NOT_SHOWN = (
    "This draft is drawn from a profile that the council has not been shown. Whoever gathers the evidence "
    "opens the right of reply first."
)
_NOT_YOURS = "The draft is open to those who gather the evidence and those who can sign it."


def may_read_draft(session: SessionDep, person: Person, diagnostic: Diagnostic, draft: Draft) -> bool:
    """Say whether somebody may read a draft."""
    if gathers(session, person, diagnostic):
        return True
    signs = may_sign(person, diagnostic, signers_of(session, diagnostic))
    return signs and may_read(session, person, diagnostic, draft.snapshot)


def check_may_read_draft(session: SessionDep, person: Person, diagnostic: Diagnostic, draft: Draft) -> None:
    """Stop whoever may not read a draft.

    Raises
    ------
    NotAllowed
        With the reason.
    """
    if not may_read_draft(session, person, diagnostic, draft):
        signs = may_sign(person, diagnostic, signers_of(session, diagnostic))
        raise NotAllowed(_NOT_SHOWN if signs else _NOT_YOURS)
