"""What can be done to somebody's account, each with the words of the page that asks once more."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from fastapi import Request
from fastapi.responses import Response

from app.accounts.models import Account
from app.accounts.person import Person
from app.accounts.queries import find_account
from app.accounts.services.desk import Desk
from app.accounts.services.joining import send_again, withdraw
from app.accounts.services.leaving import close, disable, enable
from app.accounts.services.recovering import check_may_reset, reset_sign_in
from app.accounts.services.roles import why_needed
from app.web.errors import NotFound
from app.web.notices import redirect
from app.web.templating import page

Do = Callable[[Desk, Person, Account, str | None], None]


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do. ``takes_away`` tells that it leaves councils without this person."""

    slug: str
    link: str
    title: str
    paragraphs: tuple[str, ...]
    button: str
    done: str
    do: Do
    takes_away: bool = False
    warns: bool = False


_SEND_AGAIN = Deed(
    "send-again",
    "Send the invitation again",
    "Send the invitation to {name} again",
    ("We mail a new link, which works for seven days. The link that we sent before stops working.",),
    "Send it again",
    "The invitation is on its way.",
    send_again,
)
_WITHDRAW = Deed(
    "withdraw",
    "Withdraw the invitation",
    "Withdraw the invitation to {name}",
    (
        "The role that was offered goes. If there is no other, the link stops working, we tell them, and "
        "their name and address are deleted.",
    ),
    "Withdraw the invitation",
    "The invitation is withdrawn.",
    withdraw,
    warns=True,
)
_RESET = Deed(
    "reset-sign-in",
    "Reset how this person signs in",
    "Reset how {name} signs in",
    (
        "Do this when somebody has lost their phone and has no recovery code. First make sure that it is "
        "really they who ask: speak to them in person, or call them on a number that you know already. "
        "A mail or a call to you is not enough.",
        "Their password, app and recovery codes stop working, and they are signed out everywhere. We mail "
        "them how to choose a new password, and they set up their app anew.",
    ),
    "I have checked who it is: reset",
    "How this person signs in is reset. We have mailed them what to do.",
    reset_sign_in,
    warns=True,
)
_DISABLE = Deed(
    "disable",
    "Switch this account off",
    "Switch off the account of {name}",
    (
        "They are signed out at once and cannot sign in. Their roles stay, and you can switch the account on "
        "again.",
    ),
    "Switch it off",
    "The account is switched off.",
    lambda desk, actor, account, _place: disable(desk, actor, account),
    takes_away=True,
    warns=True,
)
_ENABLE = Deed(
    "enable",
    "Switch this account on",
    "Switch on the account of {name}",
    ("They can sign in again, with the roles that they had.",),
    "Switch it on",
    "The account is switched on.",
    lambda desk, actor, account, _place: enable(desk, actor, account),
)
_CLOSE = Deed(
    "close",
    "Close this account",
    "Close the account of {name}",
    (
        "This cannot be undone. Their name, email address, password, app and roles are deleted, and they are "
        "signed out at once.",
        "What they did stays in diagnostics and in the log, under a name such as “Former user 7F3K”.",
    ),
    "Close the account for good",
    "The account is closed.",
    lambda desk, actor, account, _place: close(desk, actor, account),
    takes_away=True,
    warns=True,
)
DEEDS: Mapping[str, Deed] = {
    deed.slug: deed for deed in (_SEND_AGAIN, _WITHDRAW, _RESET, _ENABLE, _DISABLE, _CLOSE)
}
IN_A_COUNCIL = frozenset({_SEND_AGAIN.slug, _WITHDRAW.slug, _RESET.slug})


def possible(account: Account, actor: Person, authority_code: str | None) -> list[Deed]:
    """Give what can be done to an account as it stands: in an authority, or in the whole service."""
    if account.closed_at is not None:
        return []
    slugs = {_SEND_AGAIN.slug, _WITHDRAW.slug} if account.joined_at is None else set()
    if account.joined_at is not None and account.id != actor.id:
        slugs.add(_RESET.slug)
        slugs.add(_DISABLE.slug if account.disabled_at is None else _ENABLE.slug)
        slugs.add(_CLOSE.slug)
    if account.disabled_at is not None:
        slugs -= {_SEND_AGAIN.slug, _RESET.slug}
    if authority_code is not None:
        slugs &= IN_A_COUNCIL
    return [deed for slug, deed in DEEDS.items() if slug in slugs]


def person_found(desk: Desk, account_id: UUID, authority_code: str | None = None) -> Account:
    """Give an account; in an authority, one that has a role there.

    Raises
    ------
    NotFound
        Where there is none.
    """
    account = find_account(desk.session, account_id)
    if account is None:
        raise NotFound
    if authority_code is not None and authority_code not in {one.authority_code for one in account.grants}:
        raise NotFound
    return account


def deed_found(slug: str, account: Account, actor: Person, authority_code: str | None = None) -> Deed:
    """Give what an address names, if it can be done to the account as it stands.

    Raises
    ------
    NotFound
        Where there is no such thing to do.
    """
    for deed in possible(account, actor, authority_code):
        if deed.slug == slug:
            return deed
    raise NotFound


def ask(
    request: Request,
    desk: Desk,
    actor: Person,
    account: Account,
    deed: Deed,
    back: str,
    authority_code: str | None = None,
) -> Response:
    """Ask once more, or say why it is not possible yet."""
    if deed is _RESET:
        check_may_reset(actor, account, authority_code)
    return page(
        request,
        "accounts/confirm.html.j2",
        heading=deed.title.format(name=account.name),
        paragraphs=deed.paragraphs,
        reason=why_needed(desk, account) if deed.takes_away else "",
        button=deed.button,
        warns=deed.warns,
        back=back,
    )


def carry_out(
    request: Request,
    desk: Desk,
    actor: Person,
    account: Account,
    deed: Deed,
    back: str,
    authority_code: str | None = None,
) -> Response:
    """Do it."""
    deed.do(desk, actor, account, authority_code)
    if deed is _WITHDRAW:
        back = back.rsplit("/", 1)[0]
    return redirect(request, back, deed.done)
