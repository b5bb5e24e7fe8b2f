"""Reminding people of their actions: two weeks before the due date, and when an action is overdue.

What is due follows from the data. A reminder is written down in the transaction that remembers it, so none
goes twice, however often the worker is broken off or however many there are.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from app.accounts.queries import find_account
from app.actions.messages import Facts, reminder
from app.actions.models import Action
from app.actions.queries import actions_due_by, claimed_action
from app.actions.services import OVER
from app.commissioning.models import LEADS, Diagnostic
from app.commissioning.queries import candidates, duties_of, find_authority
from app.database.session import Database
from app.mail.services import post
from app.settings import Settings
from app.web.dates import LONDON, uk_date
from app.web.secrets import Secrets, load_secrets

BEFORE = timedelta(days=14)
APART = timedelta(days=7)
# Nobody is reminded at night.
_FROM_HOUR, _UNTIL_HOUR = 7, 19


def is_to_be_reminded(action: Action, day: date) -> bool:
    """Say whether a reminder is due: one before the date, one after it, and a week between any two."""
    due = action.due_on
    if due is None or action.later or action.state in OVER or day < due - BEFORE:
        return False
    last = action.reminded_on
    if last is not None and day - last < APART:
        return False
    if last is None or action.reminded_for != due:
        return True
    return last <= due < day


@dataclass(frozen=True, slots=True)
class Reminder:
    """Writes the reminders that are due."""

    database: Database
    secrets: Secrets
    base_url: str

    @classmethod
    def of(cls, database: Database, settings: Settings) -> "Reminder":
        """Give the reminder that the settings ask for."""
        return cls(database, load_secrets(settings), settings.base_url)

    def remind_due(self, moment: datetime) -> int:
        """Write what is due, and say how many actions that were."""
        local = moment.astimezone(LONDON)
        if not _FROM_HOUR <= local.hour < _UNTIL_HOUR:
            return 0
        with self.database.transaction(writes=False) as session:
            waiting = actions_due_by(session, local.date() + BEFORE)
        return sum(self._remind(action_id, local.date()) for action_id in waiting)

    def _remind(self, action_id: UUID, day: date) -> bool:
        with self.database.transaction() as session:
            action = claimed_action(session, action_id)
            if action is None or not is_to_be_reminded(action, day):
                return False
            diagnostic = session.get_one(Diagnostic, action.diagnostic_id)
            whom = _whom(session, diagnostic, action)
            authority = find_authority(session, diagnostic.authority_code)
            due = action.due_on
            if not whom or authority is None or due is None:
                # Whoever leads it later is still reminded then.
                return False
            for account_id in whom:
                account = find_account(session, account_id)
                if account is None or not account.email:
                    continue
                facts = Facts(
                    council=authority.name,
                    title=action.title,
                    due=uk_date(due),
                    overdue=due < day,
                    address=f"{self.base_url}/diagnostics/{diagnostic.id}/actions/{action.id}",
                    own=account_id == action.owner_id,
                )
                post(session, self.secrets, reminder(account.email, account.name, facts))
            action.reminded_on, action.reminded_for = day, due
            return True


def _whom(session: Session, diagnostic: Diagnostic, action: Action) -> Sequence[UUID]:
    """Give the owner, if they can still sign in and see the council; or else whoever leads the diagnostic."""
    here = {one.id for one in candidates(session, diagnostic.authority_code) if one.joined}
    if action.owner_id is not None and action.owner_id in here:
        return [action.owner_id]
    held = duties_of(session, [diagnostic.id])[diagnostic.id]
    return [one.account_id for one in held if one.duty == LEADS and one.account_id in here]
