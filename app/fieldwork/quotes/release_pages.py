"""Proposing and releasing quotes, and all quotes of a diagnostic."""

from collections.abc import Callable
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from app.accounts.access import PersonDep
from app.accounts.person import Person
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.fieldwork.access import GatheredDiagnostic, GatheredRecord
from app.fieldwork.models import FieldworkQuote, FieldworkRecord
from app.fieldwork.presenters import breadcrumbs, fieldwork_address, record_address
from app.fieldwork.quotes.forms import DeedForm
from app.fieldwork.quotes.pages import around, quotes_page, the_quote
from app.fieldwork.quotes.presenters import STATES, filters, quote_view
from app.fieldwork.quotes.queries import notes_of, quotes_in
from app.fieldwork.quotes.services import propose, release, take_back
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork")
_Q = "/records/{record_id}/quotes/{quote_id}"
_Deed = Callable[[Session, Diagnostic, FieldworkRecord, FieldworkQuote, int, UUID], str]


def _do(
    request: Request,
    session: SessionDep,
    person: Person,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    quote_id: UUID,
    form: Bound[DeedForm],
    deed: _Deed,
    notice: str,
) -> Response:
    quote = the_quote(session, record, quote_id)
    version = form.data.version if form.data else 0
    fault = deed(session, diagnostic, record, quote, version, person.id)
    if fault:
        wrong = shown().with_error(f"quote-{quote.id}", fault)
        return quotes_page(request, session, person, diagnostic, record, wrong)
    return redirect(request, record_address(record, f"/quotes#quote-{quote.id}"), notice)


@router.post(_Q + "/propose")
def propose_quote(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    quote_id: UUID,
    sent: FormDep,
) -> Response:
    """Propose a quote to a second person."""
    said = "The quote is proposed. A second person can release it now."
    form = bind(DeedForm, sent)
    return _do(request, session, person, diagnostic, record, quote_id, form, propose, said)


@router.post(_Q + "/release")
def release_quote(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    quote_id: UUID,
    sent: FormDep,
) -> Response:
    """Release a quote as a second person."""
    form = bind(DeedForm, sent)
    return _do(
        request, session, person, diagnostic, record, quote_id, form, release, "The quote is released."
    )


@router.post(_Q + "/back")
def make_raw_again(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    quote_id: UUID,
    sent: FormDep,
) -> Response:
    """Make a quote raw again."""
    form = bind(DeedForm, sent)
    return _do(
        request, session, person, diagnostic, record, quote_id, form, take_back, "The quote is raw again."
    )


@router.get("/quotes")
def all_quotes(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: GatheredDiagnostic, state: str = ""
) -> HTMLResponse:
    """Show the quotes of all records, or those of one state."""
    found, notes = quotes_in(session, diagnostic.id), notes_of(session, diagnostic.id)
    beside = around(session, diagnostic, person, [quote for _, quote in found])
    views = [quote_view(record, quote, notes.get(record.id, ""), beside) for record, quote in found]
    wanted = STATES.get(state)
    return page(
        request,
        "fieldwork/all_quotes.html.j2",
        diagnostic=diagnostic,
        title="Quotes",
        filters=filters(views, state, fieldwork_address(diagnostic, "/quotes")),
        quotes=[view for view in views if wanted is None or view.state == wanted],
        any=bool(views),
        address=fieldwork_address(diagnostic),
        breadcrumbs=breadcrumbs(diagnostic),
    )
