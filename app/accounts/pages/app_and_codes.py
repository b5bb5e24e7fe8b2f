"""A new app, and new recovery codes."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.accounts.access import AnyoneSignedIn, PersonDep
from app.accounts.forms import AppSetUp, PasswordConfirmed
from app.accounts.pages.confirming import check_has_password, why_not_own
from app.accounts.pages.setting_up import check_set_up, codes_page, set_up_page
from app.accounts.services.desk import DeskDep
from app.accounts.services.recovering import own_account, renew_recovery_codes
from app.accounts.services.signing_in import set_app_up
from app.accounts.signed_in import COOKIE, end_sessions
from app.web.forms import bind, shown
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/account", dependencies=[Depends(AnyoneSignedIn())])
_APP = "accounts/confirm_app.html.j2"
_CODES = "accounts/confirm_codes.html.j2"


@router.get("/app")
def show_new_app(request: Request, person: PersonDep) -> Response:
    """Ask for the password before a new app is set up."""
    check_has_password(request, person)
    return page(request, _APP, form=shown())


@router.post("/app")
def send_new_app(request: Request, desk: DeskDep, person: PersonDep, form: FormDep) -> Response:
    """Show the code that the new app reads. The old one works until the new one has shown a code."""
    bound = bind(PasswordConfirmed, form)
    if bound.data is None:
        return page(request, _APP, form=bound)
    if wrong := why_not_own(request, desk, person, bound.data.password):
        return page(request, _APP, form=bound.with_error("password", wrong))
    return set_up_page(request, desk, own_account(desk, person.id), shown(), "/account/app/code")


@router.post("/app/code")
def send_new_app_code(request: Request, desk: DeskDep, person: PersonDep, form: FormDep) -> Response:
    """Take the new app into use, and show new recovery codes once.

    The signed secret in the form is given only after the password.
    """
    account = own_account(desk, person.id)
    proven = check_set_up(desk, account, bind(AppSetUp, form))
    if proven.secret is None:
        if not proven.is_ours:
            return page(request, _APP, form=shown())
        return set_up_page(request, desk, account, proven.form, "/account/app/code")
    codes = set_app_up(desk, account, proven.secret, proven.step)
    end_sessions(desk.session, account.id, but=request.cookies.get(COOKIE))
    return codes_page(request, codes, "/account", "Your new app is set up")


@router.get("/recovery-codes")
def show_new_codes(request: Request, person: PersonDep) -> Response:
    """Ask for the password before new recovery codes are made."""
    check_has_password(request, person)
    return page(request, _CODES, form=shown())


@router.post("/recovery-codes")
def send_new_codes(request: Request, desk: DeskDep, person: PersonDep, form: FormDep) -> Response:
    """Make new recovery codes, and show them once."""
    bound = bind(PasswordConfirmed, form)
    if bound.data is None:
        return page(request, _CODES, form=bound)
    if wrong := why_not_own(request, desk, person, bound.data.password):
        return page(request, _CODES, form=bound.with_error("password", wrong))
    codes = renew_recovery_codes(desk, own_account(desk, person.id))
    return codes_page(request, codes, "/account", "You have new recovery codes")
