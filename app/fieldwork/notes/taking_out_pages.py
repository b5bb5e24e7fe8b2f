"""Taking words out of a record: which, where they stand, and whether that is meant."""

from fastapi import APIRouter, BackgroundTasks, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.database.session import SessionDep
from app.fieldwork.access import GatheredDiagnostic, GatheredRecord
from app.fieldwork.notes.forms import WordsForm
from app.fieldwork.notes.pages import record_page
from app.fieldwork.notes.presenters import extract_at
from app.fieldwork.notes.taking_out import (
    MARK,
    REASON,
    Standing,
    find_words,
    forget_soon,
    pattern_for,
    take_out,
)
from app.fieldwork.presenters import record_address
from app.fieldwork.queries import lock_record
from app.web.forms import bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork/records/{record_id}/notes/take-out")
_MOST_SHOWN = 50


@router.get("")
def ask_for_words(
    request: Request, session: SessionDep, diagnostic: GatheredDiagnostic, record: GatheredRecord
) -> HTMLResponse:
    """Ask which words are to go."""
    return record_page(
        request, session, diagnostic, record, "notes_take_out", "take out words", form=shown(), mark=MARK
    )


@router.post("")
def take_words_out(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    sent: FormDep,
    tasks: BackgroundTasks,
) -> Response:
    """Show where words stand; once that is confirmed, take them out and have the database forget them."""
    form = bind(WordsForm, sent)
    lock_record(session, record)
    found: list[Standing] = []
    if form.data is not None:
        found = find_words(session, record, form.data.words)
        if pattern_for(form.data.words).search(MARK):
            form = form.with_error("words", f"These words stand in the mark {MARK} itself. Enter others")
        elif not found:
            form = form.with_error(
                "words", "These words do not stand in this record. Enter them exactly as they are written"
            )
    if form.data is None:
        return record_page(
            request, session, diagnostic, record, "notes_take_out", "take out words", form=form, mark=MARK
        )
    if not form.data.confirmed:
        return _confirm(request, session, diagnostic, record, form.data.words, found)
    taken = take_out(session, diagnostic, record, form.data.words, person.id)
    tasks.add_task(forget_soon, request.app.state.database)
    times = "once" if taken == 1 else f"{taken} times"
    return redirect(
        request,
        record_address(record, "/notes"),
        f"The words are taken out. They stood {times} in this record.",
    )


def _confirm(
    request: Request,
    session: SessionDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    words: str,
    found: list[Standing],
) -> HTMLResponse:
    counts: dict[str, int] = {}
    extracts = []
    for one in found:
        counts[one.where] = counts.get(one.where, 0) + len(one.places)
        # Whoever rates blind may not read another's reasons here either.
        if one.where != REASON:
            extracts += [(one.where, extract_at(one.text, *place)) for place in one.places]
    return record_page(
        request,
        session,
        diagnostic,
        record,
        "notes_take_out_confirm",
        "take out these words?",
        words=words,
        total=sum(counts.values()),
        counts=list(counts.items()),
        extracts=extracts[:_MOST_SHOWN],
        more=max(0, len(extracts) - _MOST_SHOWN),
        mark=MARK,
    )
