"""Changing one's email address."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.accounts.access import AnyoneSignedIn, PersonDep
from app.accounts.forms import AddressChanged
from app.accounts.pages.confirming import check_has_password, why_not_own
from app.accounts.pages.sign_in import wait_words
from app.accounts.pages.visits import source_of
from app.accounts.services.attempts import LINK_ASKED_FOR, begin_attempt
from app.accounts.services.desk import DeskDep
from app.accounts.services.moving import address_in, change_address, send_confirmation
from app.accounts.services.recovering import own_account
from app.web.forms import bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/account/email", dependencies=[Depends(AnyoneSignedIn())])
_FORM = "accounts/email.html.j2"


@router.get("")
def show_address(request: Request, person: PersonDep) -> Response:
    """Ask for the new address, and for the password."""
    check_has_password(request, person)
    return page(request, _FORM, form=shown())


@router.post("")
def send_address(request: Request, desk: DeskDep, person: PersonDep, form: FormDep) -> Response:
    """Mail a link to the new address; until it is opened the old one counts."""
    bound = bind(AddressChanged, form)
    if bound.data is None:
        return page(request, _FORM, form=bound)
    if bound.data.email == person.email:
        return page(request, _FORM, form=bound.with_error("email", "This is your address already"))
    begun = begin_attempt(
        request.app.state.database, desk.secrets, LINK_ASKED_FOR, bound.data.email, source_of(request)
    )
    if begun.wait:
        return page(request, _FORM, status=429, form=bound.with_error("email", wait_words(begun)))
    if wrong := why_not_own(request, desk, person, bound.data.password):
        return page(request, _FORM, form=bound.with_error("password", wrong))
    send_confirmation(desk, own_account(desk, person.id), bound.data.email)
    return redirect(request, "/account", "We have sent a link to your new address. Open it within an hour.")


@router.get("/{token}")
def show_confirm(request: Request, desk: DeskDep, person: PersonDep, token: str) -> Response:
    """Ask once more. Opening the link changes nothing."""
    new = address_in(desk, own_account(desk, person.id), token)
    return page(
        request,
        "accounts/confirm.html.j2",
        heading="Change your email address",
        paragraphs=(f"From now on you sign in as {new}, and mail goes there.",),
        reason="",
        button="Change my address",
        warns=False,
        back="/account",
    )


@router.post("/{token}")
def send_confirm(request: Request, desk: DeskDep, person: PersonDep, token: str) -> Response:
    """Take the new address."""
    change_address(desk, own_account(desk, person.id), token)
    return redirect(request, "/account", "Your email address is changed.")
