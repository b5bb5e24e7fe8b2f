"""The second step: a code of the app, a recovery code, or setting the app up."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.accounts.access import Everyone
from app.accounts.forms import AppSetUp, CodeTyped, RecoveryCodeTyped
from app.accounts.pages.setting_up import check_set_up, codes_page, set_up_page
from app.accounts.pages.sign_in import wait_words
from app.accounts.pages.visits import (
    Pending,
    find_pending,
    let_through,
    own_path,
    pending_id,
    source_of,
)
from app.accounts.services.attempts import Begun
from app.accounts.services.desk import DeskDep
from app.accounts.services.signing_in import begin_code, set_app_up, try_code, try_recovery_code
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/sign-in", dependencies=[Depends(Everyone())])
_WRONG_CODE = (
    "The code is wrong, or was used already. Wait until your app shows the next one, then type that. "
    "If no code works, set your phone’s clock to automatic"
)
_WRONG_RECOVERY_CODE = "This is not one of your recovery codes, or it was used already"


def _begin(request: Request, desk: DeskDep) -> Begun:
    """Write the attempt down, before the request's own transaction is begun, which would be in its way."""
    account_id = pending_id(request, desk)
    if account_id is None:
        return Begun()
    return begin_code(request.app.state.database, desk.secrets, account_id, source_of(request))


def _late(request: Request) -> Response:
    return redirect(request, "/sign-in?late=yes")


@router.get("/code")
def show_code(request: Request, desk: DeskDep) -> Response:
    """Ask for the code that the app shows."""
    pending = find_pending(request, desk)
    if pending is None:
        return _late(request)
    if pending.needs_app:
        return redirect(request, "/sign-in/app")
    return page(request, "accounts/code.html.j2", form=shown())


@router.post("/code")
def send_code(request: Request, desk: DeskDep, form: FormDep) -> Response:
    """Compare the code, and sign in."""
    bound = bind(CodeTyped, form)
    if bound.data is None:
        return page(request, "accounts/code.html.j2", form=bound)
    begun = _begin(request, desk)
    if begun.wait:
        wrong = bound.with_error("code", wait_words(begun))
        return page(request, "accounts/code.html.j2", status=429, form=wrong)
    pending = find_pending(request, desk)
    if pending is None or pending.needs_app:
        return _late(request)
    if not try_code(desk, begun, pending.account, bound.data.code):
        return page(request, "accounts/code.html.j2", form=bound.with_error("code", _WRONG_CODE))
    return _in(request, desk, pending)


@router.get("/recovery-code")
def show_recovery_code(request: Request, desk: DeskDep) -> Response:
    """Ask for a recovery code."""
    pending = find_pending(request, desk)
    if pending is None or pending.needs_app:
        return _late(request)
    return _recovery_page(request, shown())


@router.post("/recovery-code")
def send_recovery_code(request: Request, desk: DeskDep, form: FormDep) -> Response:
    """Compare the recovery code, and sign in."""
    bound = bind(RecoveryCodeTyped, form)
    if bound.data is None:
        return _recovery_page(request, bound)
    begun = _begin(request, desk)
    if begun.wait:
        return _recovery_page(request, bound.with_error("code", wait_words(begun)), status=429)
    pending = find_pending(request, desk)
    if pending is None or pending.needs_app:
        return _late(request)
    if not try_recovery_code(desk, begun, pending.account, bound.data.code):
        return _recovery_page(request, bound.with_error("code", _WRONG_RECOVERY_CODE))
    return _in(request, desk, pending)


def _recovery_page(request: Request, form: Bound[RecoveryCodeTyped], *, status: int = 200) -> Response:
    return page(request, "accounts/recovery_code.html.j2", status=status, form=form)


def _in(request: Request, desk: DeskDep, pending: Pending) -> Response:
    answer = redirect(request, own_path(pending.next))
    let_through(request, desk, answer, pending.account.id)
    return answer


@router.get("/app")
def show_set_up(request: Request, desk: DeskDep) -> Response:
    """Show the code that an app reads, to whoever has no app yet."""
    pending = find_pending(request, desk)
    if pending is None or not pending.needs_app:
        return _late(request)
    return set_up_page(request, desk, pending.account, shown())


@router.post("/app")
def send_set_up(request: Request, desk: DeskDep, form: FormDep) -> Response:
    """Take the app into use, sign in, and show the recovery codes once."""
    pending = find_pending(request, desk)
    if pending is None or not pending.needs_app:
        return _late(request)
    proven = check_set_up(desk, pending.account, bind(AppSetUp, form))
    if proven.secret is None:
        return set_up_page(request, desk, pending.account, proven.form)
    codes = set_app_up(desk, pending.account, proven.secret, proven.step)
    answer = codes_page(request, codes, own_path(pending.next), "Your app is set up, and you are signed in")
    let_through(request, desk, answer, pending.account.id)
    return answer
