"""Proposing and releasing quotes, and all quotes of a diagnostic."""

from collections.abc import Callable, Mapping
from typing import Literal
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from sqlalchemy.orm import Session

from app.accounts.access import PersonDep
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
from app.web.forms import bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork")
_Deed = Callable[[Session, Diagnostic, FieldworkRecord, FieldworkQuote, int, UUID], str]
# What can be done with a quote, and what is said of it afterwards.
_DEEDS: Mapping[str, tuple[_Deed, str]] = {
    "propose": (propose, "The quote is proposed. A second person can release it now."),
    "release": (release, "The quote is released."),
    "back": (take_back, "The quote is raw again."),
}


@router.post("/records/{record_id}/quotes/{quote_id}/{deed}")
def do_deed(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    quote_id: UUID,
    deed: Literal["propose", "release", "back"],
    sent: FormDep,
) -> Response:
    """Propose a quote to a second person, release it as one, or make it raw again."""
    quote, form = the_quote(session, record, quote_id), bind(DeedForm, sent)
    do, notice = _DEEDS[deed]
    fault = do(session, diagnostic, record, quote, form.data.version if form.data else 0, person.id)
    if fault:
        wrong = shown().with_error(f"quote-{quote.id}", fault)
        return quotes_page(request, session, person, diagnostic, record, wrong)
    return redirect(request, record_address(record, f"/quotes#quote-{quote.id}"), notice)


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
