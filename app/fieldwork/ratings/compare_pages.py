"""The pages on which raters who are done see what differs, and reconcile it."""

from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.commissioning.frame.scope import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import SessionDep
from app.fieldwork.access import GatheredDiagnostic, GatheredRecord
from app.fieldwork.models import FIGURES, FieldworkRecord, RecordRating
from app.fieldwork.ratings.compare_presenters import (
    Compared,
    compared,
    comparison,
    comparison_words,
    reconciled_values,
)
from app.fieldwork.ratings.forms import ReconcileForm, stage_in, with_reason_asked
from app.fieldwork.ratings.judging import Judged, judged
from app.fieldwork.ratings.pages import known_characteristic, of_record
from app.fieldwork.ratings.presenters import ratings_address, stage_choices
from app.fieldwork.ratings.queries import ratings_by, reconciled_of, standing_of
from app.fieldwork.ratings.services import reconcile, version_of
from app.fieldwork.ratings.standing import Standing, check_may_reconcile, check_sees_others
from app.fieldwork.safety.clearing import clear_and_log
from app.web.errors import NotFound
from app.web.forms import bind, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page
from diagnostics.framework_parts import Characteristic

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/fieldwork/records/{record_id}/ratings/compare")


def _ratings(
    session: SessionDep, record: FieldworkRecord, standing: Standing
) -> dict[str, dict[str, RecordRating]]:
    """Give the ratings of all who are done, with those of the figures; of nobody else."""
    found = ratings_by(session, record.id, (*standing.done, FIGURES))
    return {name: dict(one) for name, one in found.items()}


@router.get("")
def compare(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
) -> HTMLResponse:
    """Show the ratings of all who are done side by side."""
    standing = standing_of(session, record, person.id)
    check_sees_others(standing)
    lines = comparison(
        framework_of(diagnostic),
        record,
        _ratings(session, record, standing),
        reconciled_of(session, record.id),
        standing.own_label,
    )
    several = len(standing.done) > 1
    return page(
        request,
        "fieldwork/ratings/compare.html.j2",
        **of_record(session, diagnostic, record, ("Ratings", ratings_address(record))),
        title=f"{record.code}: {'ratings compared' if several else 'ratings'}",
        several=several,
        lines=lines,
        sentence=comparison_words(lines),
        may_reconcile=standing.may_reconcile,
    )


def _reconcile_page(
    request: Request,
    session: SessionDep,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    characteristic: Characteristic,
    line: Compared,
    sent: Judged | None = None,
) -> HTMLResponse:
    agreed = reconciled_of(session, record.id).get(characteristic.id)
    way = ("Ratings", ratings_address(record)), ("Comparison", ratings_address(record, "/compare"))
    return page(
        request,
        "fieldwork/ratings/reconcile.html.j2",
        **of_record(session, diagnostic, record, *way),
        title=f"Reconcile: {characteristic.name}",
        characteristic=characteristic,
        line=line,
        form=sent.form if sent else shown(**reconciled_values(agreed)),
        doubts=sent.doubts if sent else (),
        carried=sent.carried if sent else (),
        version=version_of(agreed),
        stages=stage_choices(characteristic),
    )


def _line(
    session: SessionDep,
    diagnostic: Diagnostic,
    record: FieldworkRecord,
    characteristic: Characteristic,
    standing: Standing,
) -> Compared:
    """Give what raters say of a characteristic.

    Raises
    ------
    NotFound
        Where they do not differ, so that there is nothing to reconcile.
    """
    ratings = _ratings(session, record, standing).get(characteristic.id, {})
    agreed = reconciled_of(session, record.id).get(characteristic.id)
    line = compared(framework_of(diagnostic), record, characteristic, ratings, agreed, standing.own_label)
    if not line.differs and agreed is None:
        raise NotFound("The raters of this record do not differ here, so there is nothing to reconcile.")
    return line


@router.get("/{characteristic}")
def ask_to_reconcile(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    characteristic: str,
) -> HTMLResponse:
    """Show a difference, and ask what the raters agree on."""
    standing = standing_of(session, record, person.id)
    check_may_reconcile(standing)
    found = known_characteristic(diagnostic, characteristic)
    line = _line(session, diagnostic, record, found, standing)
    return _reconcile_page(request, session, diagnostic, record, found, line)


@router.post("/{characteristic}")
def keep_reconciled(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    diagnostic: GatheredDiagnostic,
    record: GatheredRecord,
    characteristic: str,
    sent: FormDep,
) -> Response:
    """Keep what the raters agreed, beside their own ratings."""
    standing = standing_of(session, record, person.id)
    check_may_reconcile(standing)
    found = known_characteristic(diagnostic, characteristic)
    line = _line(session, diagnostic, record, found, standing)
    bound = bind(ReconcileForm, sent)
    told = judged(bound, record, with_reason_asked(bound))
    if told.form.data is not None:
        stage, version = stage_in(told.form.data.stage), told.form.data.version
        if reconcile(session, diagnostic, record, person, found.id, stage, told.reason, version):
            clear_and_log(session, diagnostic, record, told.kept, person.id)
            words = f"“{found.name}” is reconciled. The raters’ own ratings stay as they are."
            return redirect(request, ratings_address(record, "/compare"), words)
        line = _line(session, diagnostic, record, found, standing)
        words = "Somebody else reconciled this in the meantime. Compare, and save again to keep yours instead"
        told = replace(told, form=told.form.with_error("stage", words))
    return _reconcile_page(request, session, diagnostic, record, found, line, told)
