"""The page of the organisation's own figures: a value for each indicator, and the stage that it makes."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.fieldwork.access import GatheredDiagnostic, GatheredRecord
from app.fieldwork.models import FieldworkRecord
from app.fieldwork.presenters import record_address
from app.fieldwork.ratings.figures import figure_field, keep_figures
from app.fieldwork.ratings.figures_presenters import clash_words, figure_values, figure_views, indicators_of
from app.fieldwork.ratings.forms import read_figures, shown_figures
from app.fieldwork.ratings.pages import of_record
from app.fieldwork.ratings.presenters import ratings_address
from app.fieldwork.ratings.queries import figures_of
from app.fieldwork.ratings.schedule import is_data_review
from app.web.errors import NotFound
from app.web.forms import Bound, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork/records/{record_id}/figures")


def _check_is_review(record: FieldworkRecord) -> None:
    """Stop where a record is no review of figures.

    Raises
    ------
    NotFound
        Where it is of another kind.
    """
    if not is_data_review(record):
        raise NotFound("Only a review of the council’s own figures has a page of figures.")


def _figures_page(
    request: Request, session: SessionDep, diagnostic: Diagnostic, record: FieldworkRecord, form: Bound[Any]
) -> HTMLResponse:
    return page(
        request,
        "fieldwork/ratings/figures.html.j2",
        **of_record(session, diagnostic, record, ("Ratings", ratings_address(record))),
        title=f"{record.code}: figures",
        headings=figure_views(framework_of(diagnostic), figures_of(session, record.id)),
        form=form,
    )


@router.get("")
def show_figures(
    request: Request, session: SessionDep, diagnostic: GatheredDiagnostic, record: GatheredRecord
) -> HTMLResponse:
    """Show the framework's indicators with what is known of them."""
    _check_is_review(record)
    form = shown(**figure_values(framework_of(diagnostic), figures_of(session, record.id)))
    return _figures_page(request, session, diagnostic, record, form)


@router.post("")
def save_figures(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    sent: FormDep,
) -> Response:
    """Keep the figures, and the stages that the cut-offs make of them."""
    _check_is_review(record)
    framework = framework_of(diagnostic)
    indicators = indicators_of(framework)
    wanted, errors = read_figures(sent, indicators)
    before = shown_figures(sent, indicators)
    typed = {name: (value,) for name, value in sent.multi_items() if isinstance(value, str)}
    if errors:
        return _figures_page(request, session, diagnostic, record, Bound(typed, errors))
    clashes = keep_figures(session, diagnostic, framework, record, person, before, wanted)
    if clashes:
        by_id = {one.id: one for one in indicators}
        words = {figure_field(by_id[id_]): clash_words(by_id[id_], now) for id_, now in clashes.items()}
        latest = figure_values(framework, figures_of(session, record.id))
        typed |= {name: (value,) for name, value in latest.items() if name.startswith("was-")}
        return _figures_page(request, session, diagnostic, record, Bound(typed, words))
    kept = len(figures_of(session, record.id))
    told = f"{kept} {'figure is' if kept == 1 else 'figures are'} saved." if kept else "No figure is kept."
    return redirect(request, record_address(record, "/figures"), told)
