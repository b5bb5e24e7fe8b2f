"""What a person sees and changes of their own account."""

from uuid import UUID

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from app.accounts.access import AnyoneSignedIn, PersonDep
from app.accounts.forms import NameChanged, PasswordChanged, PasswordConfirmed
from app.accounts.pages.confirming import check_has_password, has_password, why_not_own
from app.accounts.pages.single_sign_on import connect_word
from app.accounts.presenters import browser_rows, roles_of
from app.accounts.queries import find_authorities, find_browsers
from app.accounts.services.desk import DeskDep
from app.accounts.services.leaving import close
from app.accounts.services.passwords import weakness
from app.accounts.services.recovering import change_name, change_password, own_account
from app.accounts.services.roles import why_needed
from app.accounts.services.second_step import count_recovery_codes
from app.accounts.signed_in import COOKIE, end_one_session, end_sessions, forget_cookie, forget_storage
from app.audit.services import note
from app.web.errors import NotFound
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/account", dependencies=[Depends(AnyoneSignedIn())])


@router.get("")
def show_account(request: Request, desk: DeskDep, person: PersonDep) -> Response:
    """Show what is known of the person, how they sign in, and where."""
    account = own_account(desk, person.id)
    authorities = find_authorities(desk.session, [grant.authority_code or "" for grant in account.grants])
    return page(
        request,
        "accounts/account.html.j2",
        account=account,
        roles=roles_of(account, authorities),
        codes_left=count_recovery_codes(desk.session, account.id),
        browsers=browser_rows(find_browsers(desk.session, account.id), request.state.signed_in.browser_id),
    )


@router.get("/stay")
def stay(request: Request) -> Response:
    """Keep somebody signed in: opening any page does, and this one says so."""
    return page(request, "accounts/stay.html.j2")


@router.get("/name")
def show_name(request: Request, person: PersonDep) -> Response:
    """Ask for another name."""
    return page(request, "accounts/name.html.j2", form=shown(name=person.name))


@router.post("/name")
def send_name(request: Request, desk: DeskDep, person: PersonDep, form: FormDep) -> Response:
    """Keep it."""
    bound = bind(NameChanged, form)
    if bound.data is None:
        return page(request, "accounts/name.html.j2", form=bound)
    change_name(desk, own_account(desk, person.id), bound.data.name)
    return redirect(request, "/account", "Your name is changed.")


@router.get("/password")
def show_password(request: Request, person: PersonDep) -> Response:
    """Ask for the old password and a new one."""
    check_has_password(request, person)
    return _password_page(request, person, shown())


@router.post("/password")
def send_password(request: Request, desk: DeskDep, person: PersonDep, form: FormDep) -> Response:
    """Keep the new password, and sign the person out elsewhere."""
    bound = bind(PasswordChanged, form)
    if bound.data is None:
        return _password_page(request, person, bound)
    if wrong := why_not_own(request, desk, person, bound.data.current):
        return _password_page(request, person, bound.with_error("current", wrong))
    if wrong := weakness(bound.data.password, (person.name, person.email)):
        return _password_page(request, person, bound.with_error("password", wrong))
    account = own_account(desk, person.id)
    change_password(desk, account, bound.data.password, request.cookies.get(COOKIE))
    done = "Your password is changed. You are signed out everywhere else."
    return redirect(request, "/account", done)


def _password_page(request: Request, person: PersonDep, form: Bound[PasswordChanged]) -> Response:
    return page(request, "accounts/password.html.j2", form=form, email=person.email)


@router.post("/browsers/end-others")
def end_others(request: Request, desk: DeskDep, person: PersonDep) -> Response:
    """Sign the person out everywhere but here."""
    end_sessions(desk.session, person.id, but=request.cookies.get(COOKIE))
    note(desk.session, "signed out elsewhere", person.id, subject_id=person.id)
    return redirect(request, "/account", "You are signed out everywhere else.")


@router.post("/browsers/{browser_id}/end")
def end_one(request: Request, desk: DeskDep, person: PersonDep, browser_id: UUID) -> Response:
    """Sign the person out in one other browser."""
    if not end_one_session(desk.session, person.id, browser_id):
        return redirect(request, "/account", "You were signed out there already.")
    note(desk.session, "signed out elsewhere", person.id, subject_id=person.id)
    return redirect(request, "/account", "You are signed out there.")


@router.post("/single-sign-on")
def connect(request: Request, desk: DeskDep, person: PersonDep) -> Response:
    """Lead on to connecting the organisation's account."""
    if not desk.settings.oidc_issuer:
        raise NotFound
    return page(request, "accounts/connect.html.j2", word=connect_word(desk.secrets, person.id))


@router.get("/close")
def show_close(request: Request, desk: DeskDep, person: PersonDep) -> Response:
    """Say what closing means, and ask for the password, or why it is not possible yet."""
    account = own_account(desk, person.id)
    return page(
        request,
        "accounts/close_own.html.j2",
        form=shown(),
        reason=why_needed(desk, account),
        has_password=account.password_hash is not None,
    )


@router.post("/close")
def send_close(request: Request, desk: DeskDep, person: PersonDep, form: FormDep) -> Response:
    """Close the account for good."""
    if has_password(request, person):
        bound = bind(PasswordConfirmed, form)
        if bound.data and (wrong := why_not_own(request, desk, person, bound.data.password)):
            bound = bound.with_error("password", wrong)
        if bound.data is None:
            return page(request, "accounts/close_own.html.j2", form=bound, reason="", has_password=True)
    close(desk, person, own_account(desk, person.id))
    answer = redirect(request, "/sign-in", "Your account is closed. Its data are deleted.")
    forget_cookie(answer)
    forget_storage(answer)
    return answer
