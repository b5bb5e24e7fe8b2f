"""Forgotten passwords."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.accounts.access import Everyone
from app.accounts.forms import LinkAskedFor, PasswordChosen
from app.accounts.pages.sign_in import wait_words
from app.accounts.pages.visits import source_of
from app.accounts.services.attempts import LINK_ASKED_FOR, begin_attempt
from app.accounts.services.desk import DeskDep
from app.accounts.services.passwords import weakness
from app.accounts.services.recovering import reset_password, resettable, send_reset_link
from app.accounts.signed_in import forget_cookie
from app.web.forms import bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/reset", dependencies=[Depends(Everyone())])


@router.get("")
def show_ask(request: Request) -> Response:
    """Ask for the address to which the link should go."""
    return page(request, "accounts/ask_reset.html.j2", form=shown())


@router.post("")
def send_ask(request: Request, desk: DeskDep, form: FormDep) -> Response:
    """Mail the link. The answer is the same whether or not there is an account."""
    bound = bind(LinkAskedFor, form)
    if bound.data is None:
        return page(request, "accounts/ask_reset.html.j2", form=bound)
    begun = begin_attempt(
        request.app.state.database, desk.secrets, LINK_ASKED_FOR, bound.data.email, source_of(request)
    )
    if begun.wait:
        wrong = bound.with_error("email", wait_words(begun))
        return page(request, "accounts/ask_reset.html.j2", status=429, form=wrong)
    send_reset_link(desk, bound.data.email)
    return redirect(request, "/reset/sent")


@router.get("/sent")
def show_sent(request: Request) -> Response:
    """Say what was done, if there is an account."""
    return page(request, "accounts/reset_sent.html.j2")


@router.get("/{token}")
def show_reset(request: Request, desk: DeskDep, token: str) -> Response:
    """Ask for a new password. Opening the link uses nothing up."""
    account = resettable(desk, token)
    return page(request, "accounts/reset.html.j2", form=shown(), account=account)


@router.post("/{token}")
def send_reset(request: Request, desk: DeskDep, form: FormDep, token: str) -> Response:
    """Use the link up, keep the password, and sign its owner out everywhere."""
    account = resettable(desk, token)
    bound = bind(PasswordChosen, form)
    if bound.data is None:
        return page(request, "accounts/reset.html.j2", form=bound, account=account)
    if wrong := weakness(bound.data.password, (account.name, account.email or "")):
        return page(
            request, "accounts/reset.html.j2", form=bound.with_error("password", wrong), account=account
        )
    reset_password(desk, token, bound.data.password)
    answer = redirect(request, "/sign-in", "Your password is changed. Sign in with the new one.")
    forget_cookie(answer)
    return answer
