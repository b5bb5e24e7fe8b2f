"""Signing in with a password, and signing out."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.accounts.access import Everyone
from app.accounts.forms import SignIn
from app.accounts.pages.visits import own_path, remember_pending, source_of
from app.accounts.services.attempts import Begun, strike_out
from app.accounts.services.desk import DeskDep
from app.accounts.services.signing_in import Outcome, accept_password, try_password
from app.accounts.signed_in import COOKIE, end_session, find_person, forget_cookie, forget_storage
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(dependencies=[Depends(Everyone())])
_WRONG = "Your email address or password is wrong"
_SWITCHED_OFF = "Your account is switched off. Ask your programme lead to switch it on"


def wait_words(begun: Begun) -> str:
    """Say how long to wait."""
    minutes = "1 minute" if begun.minutes == 1 else f"{begun.minutes} minutes"
    return f"There were too many attempts. Wait {minutes}, then try again"


@router.get("/sign-in")
def show_sign_in(request: Request, next: str = "", late: bool = False) -> Response:
    """Ask for email address and password; whoever is signed in is sent on."""
    if find_person(request) is not None:
        return redirect(request, own_path(next))
    return _page(request, shown(next=own_path(next) if next else ""), late=late)


@router.post("/sign-in")
def send_sign_in(request: Request, desk: DeskDep, form: FormDep) -> Response:
    """Compare them, and go on to the second step. What is wrong is not said more closely."""
    bound = bind(SignIn, form)
    if bound.data is None:
        return _page(request, bound)
    sent = bound.data
    attempt = try_password(
        request.app.state.database, desk.secrets, sent.email, sent.password, source_of(request)
    )
    if attempt.outcome is Outcome.WAIT:
        return _page(request, bound.with_error("email", wait_words(attempt.begun)), status=429)
    if attempt.outcome is Outcome.SWITCHED_OFF:
        strike_out(desk.session, attempt.begun)
        return _page(request, bound.with_error("email", _SWITCHED_OFF))
    if attempt.account is None:
        return _page(request, bound.with_error("email", _WRONG))
    account = accept_password(desk, attempt, sent.password)
    answer = redirect(request, "/sign-in/code" if account.totp_confirmed_at else "/sign-in/app")
    remember_pending(answer, desk, account, sent.next)
    return answer


def _page(request: Request, form: Bound[SignIn], *, late: bool = False, status: int = 200) -> Response:
    return page(request, "accounts/sign_in.html.j2", status=status, form=form, late=late)


@router.get("/sign-out")
def show_sign_out(request: Request) -> Response:
    """Ask once more, for whoever came by an address."""
    if find_person(request) is None:
        return redirect(request, "/sign-in")
    return page(request, "accounts/sign_out.html.j2")


@router.post("/sign-out")
def send_sign_out(request: Request, desk: DeskDep) -> Response:
    """Sign this browser out."""
    if token := request.cookies.get(COOKIE):
        end_session(desk.session, token)
    answer = redirect(request, "/sign-in", "You have signed out.")
    forget_cookie(answer)
    forget_storage(answer)
    return answer
