"""The pages on which somebody rates a record: the overview, one characteristic, being done, looking."""

from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from app.accounts.access import PersonDep
from app.commissioning.frame.scope import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.fieldwork.access import GatheredDiagnostic, GatheredRecord
from app.fieldwork.models import FieldworkRecord
from app.fieldwork.presenters import breadcrumbs, record_address, record_name, record_tabs
from app.fieldwork.queries import areas_of
from app.fieldwork.ratings.forms import (
    BACK,
    NEXT,
    TAKE_BACK,
    RatingForm,
    changed_marks,
    stage_in,
    with_reason_asked,
)
from app.fieldwork.ratings.judging import Judged, judged
from app.fieldwork.ratings.presenters import (
    next_to_rate,
    overview,
    rating_values,
    ratings_address,
    sign_views,
    signs_legend,
    stage_choices,
    stage_words,
    standing_words,
    why_empty,
)
from app.fieldwork.ratings.queries import figure_ratings, marks_of, own_ratings, standing_of
from app.fieldwork.ratings.schedule import is_data_review, marks_for, questions_for, signs_for
from app.fieldwork.ratings.services import look, mark_signs, rate, reopen, say_done, take_rating_back
from app.fieldwork.ratings.standing import check_may_look, check_may_rate
from app.fieldwork.safety.clearing import clear_and_log
from app.web.errors import NotFound
from app.web.forms import bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page
from diagnostics.framework_parts import Characteristic

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork/records/{record_id}/ratings")


def of_record(
    session: SessionDep, diagnostic: Diagnostic, record: FieldworkRecord, *further: tuple[str, str]
) -> dict[str, Any]:
    """Give what every page of a record's ratings shows alike."""
    return {
        "diagnostic": diagnostic,
        "record": record,
        "name": record_name(framework_of(diagnostic), record, areas_of(session, diagnostic.id)),
        "tabs": record_tabs(record, "/ratings"),
        "address": ratings_address(record),
        "breadcrumbs": breadcrumbs(diagnostic, (record.code, record_address(record)), *further),
    }


def known_characteristic(diagnostic: Diagnostic, name: str) -> Characteristic:
    """Give a characteristic of a diagnostic's framework.

    Raises
    ------
    NotFound
        Where there is none of this id.
    """
    found = next((one for one in framework_of(diagnostic).characteristics if one.id == name), None)
    if found is None:
        raise NotFound
    return found


@router.get("")
def show_ratings(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
) -> HTMLResponse:
    """Show what this person has rated, by heading, and how far the raters are."""
    framework = framework_of(diagnostic)
    own = own_ratings(session, record.id, person.id)
    standing = standing_of(session, record, person.id)
    return page(
        request,
        "fieldwork/ratings/overview.html.j2",
        **of_record(session, diagnostic, record),
        overview=overview(framework, record, own, figure_ratings(session, record.id)),
        standing=standing,
        sentences=standing_words(standing),
        data_review=is_data_review(record),
        figures_address=record_address(record, "/figures"),
        why_empty=why_empty(record),
    )


@router.post("/done")
def done(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
) -> Response:
    """Say that one is done with a record."""
    say_done(session, diagnostic, record, person)
    return redirect(request, ratings_address(record), "You are done with this record.")


@router.post("/reopen")
def open_again(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
) -> Response:
    """Change one's ratings after all, while nobody else can have seen them."""
    reopen(session, diagnostic, record, person)
    return redirect(request, ratings_address(record), "Your ratings are open again.")


@router.get("/look")
def ask_to_look(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
) -> HTMLResponse:
    """Ask before somebody gives up rating blind."""
    check_may_look(standing_of(session, record, person.id))
    further = ("Ratings", ratings_address(record))
    return page(request, "fieldwork/ratings/look.html.j2", **of_record(session, diagnostic, record, further))


@router.post("/look")
def look_at_ratings(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
) -> Response:
    """Let somebody see the ratings of others, who cannot rate blind any more."""
    look(session, diagnostic, record, person)
    return redirect(request, ratings_address(record, "/compare"))


def _rating_page(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    characteristic: Characteristic,
    sent: Judged | None = None,
) -> HTMLResponse:
    own = own_ratings(session, record.id, person.id).get(characteristic.id)
    figures = figure_ratings(session, record.id).get(characteristic.id)
    signs = sign_views(characteristic, record, marks_of(session, record.id))
    first = shown(**rating_values(own), **{sign.field: sign.mark for sign in signs})
    return page(
        request,
        "fieldwork/ratings/characteristic.html.j2",
        **of_record(session, diagnostic, record, ("Ratings", ratings_address(record))),
        title=characteristic.name,
        characteristic=characteristic,
        heading=framework_of(diagnostic).heading_of[characteristic.id],
        form=sent.form if sent else first,
        doubts=sent.doubts if sent else (),
        carried=sent.carried if sent else (),
        own=own,
        own_stage=stage_words(own.stage) if own else "",
        figures=figures,
        figures_stage=stage_words(figures.stage) if figures else "",
        stages=stage_choices(characteristic),
        signs=signs,
        signs_legend=signs_legend(record),
        questions=questions_for(characteristic, record),
        may_rate=standing_of(session, record, person.id).may_rate,
        buttons={"next": NEXT, "back": BACK, "take_back": TAKE_BACK},
    )


@router.get("/{characteristic}")
def show_characteristic(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    characteristic: str,
) -> HTMLResponse:
    """Show one characteristic with its four stages in view, to rate it in this record."""
    found = known_characteristic(diagnostic, characteristic)
    return _rating_page(request, session, person, diagnostic, record, found)


@router.post("/{characteristic}")
def rate_characteristic(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    characteristic: str,
    sent: FormDep,
) -> Response:
    """Keep a rating with its reason, and what was seen or missed."""
    found = known_characteristic(diagnostic, characteristic)
    check_may_rate(standing_of(session, record, person.id))
    bound = bind(RatingForm, sent)
    if bound.value("then") == TAKE_BACK:
        take_rating_back(session, diagnostic, record, person, found.id)
        return redirect(request, ratings_address(record), f"Your rating of “{found.name}” is taken back.")
    marks = changed_marks(sent, signs_for(found, record), marks_for(record))
    only_marks = bound.data is not None and not bound.data.stage and not bound.data.reason and bool(marks)
    told = judged(bound, record, {} if only_marks else with_reason_asked(bound))
    if told.form.data is None:
        return _rating_page(request, session, person, diagnostic, record, found, told)
    if not only_marks:
        rate(session, diagnostic, record, person, found.id, stage_in(told.form.data.stage), told.reason)
        clear_and_log(session, diagnostic, record, told.kept, person.id)
    if marks:
        mark_signs(session, diagnostic, record, person, marks)
    return _after_saving(request, session, person, diagnostic, record, found, sent)


def _after_saving(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    characteristic: Characteristic,
    sent: FormData,
) -> Response:
    own = own_ratings(session, record.id, person.id)
    rated = own.get(characteristic.id)
    told = (
        f"“{characteristic.name}” is saved: {stage_words(rated.stage)}."
        if rated
        else f"What you marked for “{characteristic.name}” is saved. It has no stage yet."
    )
    following = next_to_rate(framework_of(diagnostic), record, own, characteristic.id)
    if sent.get("then") == BACK or not following or following == characteristic.id:
        return redirect(request, ratings_address(record), told)
    return redirect(request, ratings_address(record, f"/{following}"), told)
