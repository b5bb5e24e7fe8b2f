"""Ratings in words: the overview by heading, one characteristic, and how far the raters are."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from app.fieldwork.models import LOOKED, RATED, RATING, FieldworkRecord, RecordRating
from app.fieldwork.presenters import record_address
from app.fieldwork.ratings.schedule import (
    NOT_SEEN,
    UNMARKED,
    is_data_review,
    looked_for,
    mark_field,
    marks_for,
    shown_mark_field,
    signs_for,
)
from app.fieldwork.ratings.standing import Standing
from diagnostics.framework import Framework
from diagnostics.framework_parts import STAGES, Characteristic
from diagnostics.wording import STAGE_NAMES, listed

NOT_RATED = "Not rated"
NOT_SEEN_WORDS = "Not seen"
NOT_MARKED = "Not marked"


def stage_words(stage: int | None) -> str:
    """Say a stage: "Stage 2, developing"; "Not seen" for None."""
    return NOT_SEEN_WORDS if stage is None else f"Stage {stage}, {STAGE_NAMES[stage]}"


def ratings_address(record: FieldworkRecord, further: str = "") -> str:
    """Give the address of a record's ratings, or of a page beneath them."""
    return record_address(record, f"/ratings{further}")


@dataclass(frozen=True, slots=True)
class RatingLine:
    """One characteristic in the overview."""

    id: str
    name: str
    href: str
    stage: str
    rated: bool
    figures: str = ""


@dataclass(frozen=True, slots=True)
class HeadingRatings:
    """The characteristics of one heading."""

    id: str
    name: str
    lines: tuple[RatingLine, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """What a person has rated in a record, what is left, and what else could be rated."""

    headings: tuple[HeadingRatings, ...]
    others: tuple[HeadingRatings, ...]
    progress: str
    first: str


def overview(
    framework: Framework,
    record: FieldworkRecord,
    own: Mapping[str, RecordRating],
    figures: Mapping[str, RecordRating],
) -> Overview:
    """Lay out one person's ratings by heading.

    What a record is not made to show is among the others, until it is rated.
    """
    expected = [one.id for one in looked_for(framework, record)]
    shown = {*expected, *own}
    rated = sum(one in own for one in expected)
    further = len(own) - rated
    progress = f"{rated} of {len(expected)} rated" if expected else f"{further} rated"
    if expected and further:
        progress += f", and {further} more"
    return Overview(
        headings=_by_heading(framework, record, own, figures, shown),
        others=_by_heading(
            framework, record, own, figures, {one.id for one in framework.characteristics} - shown
        ),
        progress=progress,
        first=ratings_address(record, f"/{next_to_rate(framework, record, own)}") if expected else "",
    )


def _by_heading(
    framework: Framework,
    record: FieldworkRecord,
    own: Mapping[str, RecordRating],
    figures: Mapping[str, RecordRating],
    which: set[str],
) -> tuple[HeadingRatings, ...]:
    def line(one: Characteristic) -> RatingLine:
        return RatingLine(
            id=one.id,
            name=one.name,
            href=ratings_address(record, f"/{one.id}"),
            stage=stage_words(own[one.id].stage) if one.id in own else NOT_RATED,
            rated=one.id in own,
            figures=stage_words(figures[one.id].stage) if one.id in figures else "",
        )

    found = (
        HeadingRatings(
            heading.id, heading.name, tuple(line(one) for one in heading.characteristics if one.id in which)
        )
        for heading in framework.headings
    )
    return tuple(one for one in found if one.lines)


def next_to_rate(
    framework: Framework, record: FieldworkRecord, own: Mapping[str, RecordRating], after: str = ""
) -> str:
    """Give the next characteristic without a rating, going round once; empty where all are rated."""
    expected = [one.id for one in looked_for(framework, record)]
    start = expected.index(after) + 1 if after in expected else 0
    return next((one for one in (*expected[start:], *expected[:start]) if one not in own), "")


def standing_words(standing: Standing) -> tuple[str, ...]:
    """Say how far the raters of a record are, for one of them, a sentence each."""
    return tuple(_standing_words(standing))


def _standing_words(standing: Standing) -> Iterator[str]:
    done, rating = listed(standing.others_done), listed(standing.others_rating)
    if standing.own == RATING:
        yield "Until you say that you are done, nobody else sees your ratings and they do not count."
    elif standing.own == RATED:
        yield "You are done with this record. Your ratings count."
    elif standing.own == LOOKED:
        yield "You have looked at the ratings of this record, so you can read them and not rate it yourself."
    elif not standing.others:
        yield "Nobody has rated this record yet."
    if done and not standing.sees_others and not standing.may_look:
        yield f"{done} {_be(standing.others_done)} done. You see those ratings when you are done too."
    if rating:
        yield f"{rating} {_be(standing.others_rating)} rating this record. {_until(standing)}"


def _until(standing: Standing) -> str:
    if standing.may_rate:
        return "Neither of you sees what the other has rated until both are done."
    if standing.sees_others:
        return "Nobody sees those ratings until they are done."
    return "You see those ratings when they are done."


def _be(who: Sequence[str]) -> str:
    return "is" if len(who) == 1 else "are"


def stage_choices(characteristic: Characteristic) -> list[dict[str, Any]]:
    """Give the four stages with their descriptors, and not seen apart from them."""
    stages = [
        {
            "value": str(stage),
            "text": stage_words(stage),
            "hint": characteristic.stages[stage - 1],
            "label": {"classes": "govuk-!-font-weight-bold"},
        }
        for stage in STAGES
    ]
    not_seen = {
        "value": NOT_SEEN,
        "text": NOT_SEEN_WORDS,
        "hint": "This record shows nothing of it, one way or the other. It counts as missing, never as zero.",
        "label": {"classes": "govuk-!-font-weight-bold"},
    }
    return [*stages, {"divider": "or"}, not_seen]


@dataclass(frozen=True, slots=True)
class SignView:
    """One sign or criterion with the choices for its mark."""

    field: str
    shown_field: str
    text: str
    mark: str
    words: str
    choices: Sequence[Mapping[str, str]]


def sign_views(
    characteristic: Characteristic, record: FieldworkRecord, marks: Mapping[str, str]
) -> tuple[SignView, ...]:
    """Lay out the signs or criteria of a characteristic in a record."""
    known = marks_for(record)
    choices = [{"value": mark, "text": words} for mark, words in known.items()]
    choices.append({"value": UNMARKED, "text": NOT_MARKED})
    return tuple(
        SignView(
            field=mark_field(sign),
            shown_field=shown_mark_field(sign),
            text=sign.text,
            mark=marks.get(sign.id, UNMARKED),
            words=known.get(marks.get(sign.id, UNMARKED), NOT_MARKED),
            choices=choices,
        )
        for sign in signs_for(characteristic, record)
    )


def rating_values(rating: RecordRating | None) -> dict[str, str]:
    """Give what the form of a rating shows first."""
    if rating is None:
        return {"stage": "", "reason": ""}
    return {"stage": NOT_SEEN if rating.stage is None else str(rating.stage), "reason": rating.reason}


def signs_legend(record: FieldworkRecord) -> str:
    """Name the schedule of a record's kind."""
    return "Criteria for this type of document" if record.source == "document" else "Signs to look for"


def why_empty(record: FieldworkRecord) -> str:
    """Say why the framework looks for nothing in a record."""
    if is_data_review(record):
        return "The framework has no indicators to review."
    if record.source == "interview":
        return "The framework has no interview questions for this role group."
    return "The framework has nothing to look for in this kind of record."
