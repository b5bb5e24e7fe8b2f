"""Another email address: taken once its owner has shown that mail to it reaches them."""

import json

from app.accounts import messages
from app.accounts.models import Account
from app.accounts.queries import find_account_by_email
from app.accounts.services.desk import Desk
from app.accounts.services.links import RESET, drop_links
from app.accounts.services.refusals import Refused
from app.accounts.services.turns import take_turn
from app.audit.services import note
from app.web.errors import Gone

_PURPOSE = "new address"
_SECONDS = 60 * 60
GONE = (
    "A link to confirm a new address can be used once, within an hour, by whoever asked for it. "
    "Ask again under “Your account”."
)


def send_confirmation(desk: Desk, account: Account, email: str) -> None:
    """Mail a link to the new address. It names the old one, so it is void once the address has changed."""
    word = desk.secrets.sign(_PURPOSE, json.dumps([str(account.id), account.email, email]))
    desk.post(messages.confirm_address(email, account.name, desk.address(f"/account/email/{word}")))


def address_in(desk: Desk, account: Account, word: str) -> str:
    """Give the new address that a link confirms. Looking does not use it up.

    Raises
    ------
    Gone
        Where it does not work, or no longer, or is another person's.
    """
    signed = desk.secrets.signed(_PURPOSE, word, _SECONDS)
    account_id, old, new = json.loads(signed) if signed else ("", "", "")
    if account_id != str(account.id) or old != account.email:
        raise Gone(GONE)
    return str(new)


def change_address(desk: Desk, account: Account, word: str) -> None:
    """Take the new address, and tell both.

    Raises
    ------
    Refused
        Where another account has it.
    """
    old, new = account.email or "", address_in(desk, account, word)
    take_turn(desk.session, desk.secrets.digest("address", new))
    if find_account_by_email(desk.session, new) is not None:
        raise Refused(
            f"There is another account for {new}. Use another address, or close that account first."
        )
    account.email = new
    drop_links(desk.session, account.id, RESET)
    note(desk.session, "email address changed", account.id, subject_id=account.id)
    for to in (old, new):
        desk.post(messages.address_changed(to, account.name))
