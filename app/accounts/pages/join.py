"""Joining by an invitation."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.accounts.access import Everyone
from app.accounts.forms import Joining
from app.accounts.models import Account
from app.accounts.pages.visits import remember_pending
from app.accounts.presenters import roles_of
from app.accounts.queries import find_authorities
from app.accounts.services.desk import Desk, DeskDep
from app.accounts.services.joining import invited, take_up
from app.accounts.services.passwords import weakness
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/join", dependencies=[Depends(Everyone())])


@router.get("/{token}")
def show_join(request: Request, desk: DeskDep, token: str) -> Response:
    """Ask for name and password. Opening the link uses nothing up: programs that check mail open it too."""
    account = invited(desk, token)
    return _page(request, desk, account, shown(name=account.name))


@router.post("/{token}")
def send_join(request: Request, desk: DeskDep, form: FormDep, token: str) -> Response:
    """Use the invitation up, and go on to setting the app up."""
    account = invited(desk, token)
    bound = bind(Joining, form)
    if bound.data is None:
        return _page(request, desk, account, bound)
    sent = bound.data
    if wrong := weakness(sent.password, (sent.name, account.email or "")):
        return _page(request, desk, account, bound.with_error("password", wrong))
    account = take_up(desk, token, sent.name, sent.password)
    answer = redirect(request, "/sign-in/app")
    remember_pending(answer, desk, account, "/")
    return answer


def _page(request: Request, desk: Desk, account: Account, form: Bound[Joining]) -> Response:
    authorities = find_authorities(desk.session, [grant.authority_code or "" for grant in account.grants])
    roles = roles_of(account, authorities)
    return page(request, "accounts/join.html.j2", form=form, account=account, roles=roles)
