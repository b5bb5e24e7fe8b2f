"""The quotes of a record: taking words from its note, changing them, and removing them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.accounts.person import Person
from app.accounts.queries import find_names
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.fieldwork.access import GatheredDiagnostic, GatheredRecord
from app.fieldwork.models import FieldworkQuote, FieldworkRecord
from app.fieldwork.presenters import breadcrumbs, record_address, record_name, record_tabs
from app.fieldwork.queries import areas_of
from app.fieldwork.quotes.forms import QuoteForm
from app.fieldwork.quotes.presenters import Around, QuoteView, band_choices, first_band, groups, quote_view
from app.fieldwork.quotes.queries import (
    bands_of,
    find_quote,
    note_of,
    own_codes_of,
    people_in,
    quotes_of,
)
from app.fieldwork.quotes.services import CHANGED, Attached, add_quote, change_quote, remove_quote
from app.fieldwork.quotes.verbatim import stands_in
from app.fieldwork.safety.clearing import Doubt, Settled, choices_in, settle, with_doubts
from app.web.errors import NotFound
from app.web.forms import Bound, bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork/records/{record_id}/quotes")


def around(
    session: SessionDep, diagnostic: Diagnostic, person: Person, quotes: Sequence[FieldworkQuote]
) -> Around:
    """Gather what quotes are shown beside."""
    return Around(
        framework_of(diagnostic),
        bands_of(session, diagnostic),
        own_codes_of(session, diagnostic.id),
        find_names(session, people_in(quotes)),
        person.id,
    )


def the_quote(session: SessionDep, record: FieldworkRecord, quote_id: UUID) -> FieldworkQuote:
    """Give a quote of a record.

    Raises
    ------
    NotFound
        Where it is not there any more.
    """
    quote = find_quote(session, record.id, quote_id)
    if quote is None:
        raise NotFound("This quote is not there any more. Somebody may have removed it.")
    return quote


def quotes_page(
    request: Request,
    session: SessionDep,
    person: Person,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    form: Bound[Any] | None = None,
    doubts: Sequence[Doubt] = (),
    kept: Sequence[tuple[str, str]] = (),
) -> HTMLResponse:
    """Show the note, a form for another quote, and the quotes that there are."""
    quotes, note = quotes_of(session, record.id), note_of(session, record.id)
    beside = around(session, diagnostic, person, quotes)
    form = form or shown(role_band=first_band(record, beside.bands))
    return _page(
        request,
        session,
        diagnostic,
        record,
        "quotes",
        f"{record.code}: quotes",
        beside,
        form,
        doubts=doubts,
        kept=kept,
        note=note,
        quotes=[quote_view(record, quote, note, beside) for quote in quotes],
    )


def _change_page(
    request: Request,
    session: SessionDep,
    person: Person,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    quote: FieldworkQuote,
    form: Bound[Any],
    doubts: Sequence[Doubt] = (),
    kept: Sequence[tuple[str, str]] = (),
) -> HTMLResponse:
    note = note_of(session, record.id)
    beside = around(session, diagnostic, person, [quote])
    return _page(
        request,
        session,
        diagnostic,
        record,
        "quote",
        f"{record.code}: change a quote",
        beside,
        form,
        doubts=doubts,
        kept=kept,
        note=note,
        quote=quote_view(record, quote, note, beside),
    )


def _page(
    request: Request,
    session: SessionDep,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    template: str,
    title: str,
    beside: Around,
    form: Bound[Any],
    **more: Any,
) -> HTMLResponse:
    further = [] if template == "quotes" else [(f"{record.code}: quotes", record_address(record, "/quotes"))]
    return page(
        request,
        f"fieldwork/{template}.html.j2",
        diagnostic=diagnostic,
        title=title,
        name=record_name(beside.framework, record, areas_of(session, diagnostic.id)),
        tabs=record_tabs(record, "/quotes"),
        address=record_address(record, "/quotes"),
        notes_address=record_address(record, "/notes"),
        breadcrumbs=breadcrumbs(diagnostic, *further),
        form=form,
        groups=groups(beside.framework, form.chosen("characteristics")),
        codes=[{"value": code, "text": name} for code, name in beside.codes.items()],
        bands=band_choices(beside.bands),
        threshold=diagnostic.threshold,
        **more,
    )


def _wanted(
    session: SessionDep, diagnostic: Diagnostic, record: FieldworkRecord, form: Bound[QuoteForm]
) -> tuple[Bound[Any], Settled | None, Attached | None]:
    """Check a quote against what there is to attach, and see what in it is to be judged."""
    data = form.data
    if data is None:
        return form, None, None
    bands, codes = bands_of(session, diagnostic), own_codes_of(session, diagnostic.id)
    known = {one.id for one in framework_of(diagnostic).characteristics}
    if not set(data.characteristics) <= known:
        form = form.with_error("characteristics", "Choose characteristics from the list")
    if not set(data.codes) <= codes.keys():
        form = form.with_error("codes", "Choose codes from the list")
    band = bands.of(data.role_band)
    if data.role_band and band is None:
        form = form.with_error("role_band", "Choose a role band from the list")
    if form.errors:
        return form, None, None
    text = data.text.replace("\r\n", "\n").replace("\0", "")
    attached = Attached(
        tuple(dict.fromkeys(data.characteristics)),
        tuple(dict.fromkeys(data.codes)),
        band.members[0] if band else None,
    )
    return form, settle(text, choices_in(form), record), attached


def _to_judge(form: Bound[Any], settled: Settled) -> tuple[Bound[Any], list[tuple[str, str]]]:
    """Send a quote back with what is to be judged in it; nothing of it is kept yet."""
    open_now = {doubt.name for doubt in settled.doubts}
    kept = [(name, value) for name, value in choices_in(form).items() if name not in open_now]
    again = shown(
        text=settled.text,
        characteristics=form.chosen("characteristics"),
        codes=form.chosen("codes"),
        role_band=form.value("role_band"),
        version=form.value("version") or 0,
    )
    return with_doubts(again, settled.doubts), kept


@router.get("")
def show_quotes(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
) -> HTMLResponse:
    """Show a record's quotes, and its note to take others from."""
    return quotes_page(request, session, person, diagnostic, record)


@router.post("")
def add(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    sent: FormDep,
) -> Response:
    """Keep a quote, unless something in it is to be judged first."""
    form, settled, attached = _wanted(session, diagnostic, record, bind(QuoteForm, sent))
    if settled is None or attached is None:
        return quotes_page(request, session, person, diagnostic, record, form)
    if settled.doubts:
        again, kept = _to_judge(form, settled)
        return quotes_page(request, session, person, diagnostic, record, again, settled.doubts, kept)
    quote = add_quote(session, diagnostic, record, settled, attached, person.id)
    return redirect(request, record_address(record, "/quotes"), _kept(session, record, quote, "added"))


def _kept(session: SessionDep, record: FieldworkRecord, quote: FieldworkQuote, deed: str) -> str:
    if stands_in(quote.text, note_of(session, record.id)):
        return f"The quote is {deed}."
    return f"The quote is {deed}. Its words do not stand in the note word for word."


@router.get("/{quote_id}")
def show_quote(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    quote_id: UUID,
) -> HTMLResponse:
    """Show a quote to change, and what in it is to be judged."""
    quote = the_quote(session, record, quote_id)
    form = _shown(session, diagnostic, quote)
    doubts = settle(quote.text, {}, record).doubts
    return _change_page(request, session, person, diagnostic, record, quote, form, doubts)


def _shown(session: SessionDep, diagnostic: Diagnostic, quote: FieldworkQuote) -> Bound[Any]:
    band = bands_of(session, diagnostic).of(quote.role_band)
    return shown(
        text=quote.text,
        characteristics=quote.characteristics,
        codes=quote.codes,
        role_band=band.members[0] if band else "",
        version=quote.revision,
    )


@router.post("/{quote_id}")
def change(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    quote_id: UUID,
    sent: FormDep,
) -> Response:
    """Change a quote, unless something in it is to be judged first or somebody else changed it."""
    quote = the_quote(session, record, quote_id)
    bound = bind(QuoteForm, sent)
    form, settled, attached = _wanted(session, diagnostic, record, bound)
    if settled is None or attached is None or bound.data is None:
        return _change_page(request, session, person, diagnostic, record, quote, form)
    if settled.doubts:
        again, kept = _to_judge(form, settled)
        return _change_page(request, session, person, diagnostic, record, quote, again, settled.doubts, kept)
    version = bound.data.version
    if not change_quote(session, diagnostic, record, quote, version, settled, attached, person.id):
        now_says = f"Somebody else changed this quote. It now says: “{quote.text}”"
        form = shown(
            text=settled.text,
            characteristics=attached.characteristics,
            codes=attached.codes,
            role_band=attached.role_band,
            version=quote.revision,
        ).with_error("text", f"{now_says}. Save again to keep yours instead")
        return _change_page(request, session, person, diagnostic, record, quote, form)
    return redirect(request, record_address(record, "/quotes"), _kept(session, record, quote, "changed"))


@router.get("/{quote_id}/remove")
def ask_to_remove(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    quote_id: UUID,
) -> HTMLResponse:
    """Ask before a quote is lost."""
    quote = the_quote(session, record, quote_id)
    return _remove_page(request, session, person, diagnostic, record, quote, shown())


def _remove_page(
    request: Request,
    session: SessionDep,
    person: Person,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    quote: FieldworkQuote,
    form: Bound[Any],
) -> HTMLResponse:
    view: QuoteView = quote_view(
        record, quote, note_of(session, record.id), around(session, diagnostic, person, [quote])
    )
    return page(
        request,
        "fieldwork/remove_quote.html.j2",
        diagnostic=diagnostic,
        quote=view,
        form=form,
        address=record_address(record, "/quotes"),
        breadcrumbs=breadcrumbs(diagnostic, (f"{record.code}: quotes", record_address(record, "/quotes"))),
    )


@router.post("/{quote_id}/remove")
def remove(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    quote_id: UUID,
    sent: FormDep,
) -> Response:
    """Remove a quote as it was shown."""
    quote = the_quote(session, record, quote_id)
    if str(sent.get("version", "")) != str(quote.revision):
        form = shown().with_error("quote", CHANGED)
        return _remove_page(request, session, person, diagnostic, record, quote, form)
    remove_quote(session, diagnostic, record, quote, person.id)
    return redirect(request, record_address(record, "/quotes"), "The quote is removed.")
