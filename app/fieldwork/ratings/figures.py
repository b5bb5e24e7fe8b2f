"""The organisation's own figures: the value kept, and the stage that the framework's cut-offs make of it."""

from collections.abc import Mapping

from sqlalchemy import delete
from sqlalchemy.orm import Session

from app.accounts.person import Person
from app.audit.services import note
from app.commissioning.models import Diagnostic
from app.fieldwork.models import (
    FIGURES,
    RATED,
    FieldworkRecord,
    IndicatorValue,
    RecordRater,
    RecordRating,
)
from app.fieldwork.queries import lock_record
from app.fieldwork.ratings.queries import figures_of
from app.fieldwork.ratings.services import rater_called
from app.web.dates import now
from diagnostics.framework import Framework
from diagnostics.framework_parts import Characteristic, Indicator

# How the unit of an indicator begins whose value is a share.
PER_CENT = "per cent"


def figure_field(indicator: Indicator) -> str:
    """Name the field of an indicator's value."""
    return f"value-{indicator.id}"


def shown_figure_field(indicator: Indicator) -> str:
    """Name the field that tells which value the page showed."""
    return f"was-{indicator.id}"


def number_words(value: float) -> str:
    """Write a figure: 31, 12.5, 1,200."""
    return f"{value:,.4f}".rstrip("0").rstrip(".")


def figure_words(indicator: Indicator, value: float) -> str:
    """Say what an indicator's value is: "Time from a new question to an answer: 31 working days (median)"."""
    number, unit = number_words(value), indicator.unit
    written = f"{number}%{unit.removeprefix(PER_CENT)}" if unit.startswith(PER_CENT) else f"{number} {unit}"
    return f"{indicator.name}: {written}"


def stage_of_figures(characteristic: Characteristic, values: Mapping[str, float]) -> tuple[int, str] | None:
    """Give a characteristic's stage by its figures, with the reason; None where there are none.

    Several indicators make one rating, at the lowest of their stages (ours; the method has no rule): a
    characteristic is no further than what is behind in it.
    """
    found = [(one, values[one.id]) for one in characteristic.indicators if one.id in values]
    if not found:
        return None
    stages = [one.stage(value) for one, value in found]
    facts = "; ".join(
        figure_words(one, value) + (f" (stage {stage})" if len(found) > 1 else "")
        for (one, value), stage in zip(found, stages, strict=True)
    )
    rule = "The lowest stage counts" if len(found) > 1 else f"Stage {stages[0]}"
    return min(stages), f"{facts}. {rule} by the framework’s cut-offs."


def keep_figures(
    session: Session,
    diagnostic: Diagnostic,
    framework: Framework,
    record: FieldworkRecord,
    person: Person,
    shown: Mapping[str, float],
    wanted: Mapping[str, float],
) -> Mapping[str, float]:
    """Keep a record's figures, with a rating for each characteristic that they belong to.

    ``shown`` is what the page said before, ``wanted`` what it says now. Only what differs is changed. Gives
    the figures that somebody else changed in the meantime, NaN for one that is gone; then nothing is kept.
    """
    rater = rater_called(session, diagnostic, FIGURES)
    lock_record(session, record)
    kept = dict(figures_of(session, record.id))
    changed = [one for one in {*shown, *wanted} if shown.get(one) != wanted.get(one)]
    clashes = {
        one: kept.get(one, float("nan"))
        for one in changed
        if kept.get(one) not in (shown.get(one), wanted.get(one))
    }
    if clashes:
        return clashes
    for one in changed:
        kept.pop(one, None)
        if one in wanted:
            kept[one] = wanted[one]
    session.execute(delete(IndicatorValue).where(IndicatorValue.record_id == record.id))
    session.add_all(IndicatorValue(record_id=record.id, indicator=one, value=kept[one]) for one in kept)
    mine = RecordRating.record_id == record.id, RecordRating.rater_id == rater.id
    session.execute(delete(RecordRating).where(*mine))
    session.execute(
        delete(RecordRater).where(RecordRater.record_id == record.id, RecordRater.rater_id == rater.id)
    )
    session.flush()
    stages = {one.id: stage_of_figures(one, kept) for one in framework.characteristics}
    rated = {id_: found for id_, found in stages.items() if found is not None}
    if rated:
        session.add(RecordRater(record_id=record.id, rater_id=rater.id, state=RATED, done_at=now()))
    session.add_all(
        RecordRating(record_id=record.id, characteristic=id_, rater_id=rater.id, stage=stage, reason=reason)
        for id_, (stage, reason) in rated.items()
    )
    session.flush()
    if changed:
        note(
            session,
            "figures changed",
            person.id,
            authority_code=diagnostic.authority_code,
            subject_id=diagnostic.id,
            record=record.code,
            figures=len(kept),
        )
    return {}
