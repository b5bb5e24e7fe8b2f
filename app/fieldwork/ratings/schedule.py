"""What a record can show: the characteristics to look for in it, and the signs or criteria of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.fieldwork.models import (
    ABSENT,
    DOCUMENT,
    IN_PART,
    INTERVIEW,
    MET,
    NOT_MET,
    OBSERVATION,
    SEEN,
    FieldworkRecord,
)
from diagnostics.evidence import DATA_REVIEW
from diagnostics.framework import Framework
from diagnostics.framework_parts import Characteristic, InterviewQuestion

# How a form says that a rater did not see something.
NOT_SEEN = "not_seen"
# How a form says that a sign has no mark.
UNMARKED = "unmarked"
SIGN_MARKS: Mapping[str, str] = {SEEN: "Seen", ABSENT: "Absent"}
CRITERION_MARKS: Mapping[str, str] = {MET: "Met", IN_PART: "Met in part", NOT_MET: "Not met"}


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign to look for, or a criterion; ``id`` is what its mark is kept by."""

    id: str
    text: str


def is_data_review(record: FieldworkRecord) -> bool:
    """Say whether a record is a review of the organisation's own figures."""
    return record.source == DOCUMENT and record.kind == DATA_REVIEW


def questions_for(characteristic: Characteristic, record: FieldworkRecord) -> tuple[InterviewQuestion, ...]:
    """Give the questions of the guide for a record's role group; without one, all of them."""
    if record.source != INTERVIEW:
        return ()
    group = record.role_group
    return tuple(one for one in characteristic.interview if group is None or group in one.role_groups)


def signs_for(characteristic: Characteristic, record: FieldworkRecord) -> tuple[Sign, ...]:
    """Give the signs for a record's setting, or the criteria for its type of document."""
    if record.source == OBSERVATION:
        texts = [
            sign for one in characteristic.observation if one.setting == record.kind for sign in one.signs
        ]
    elif record.source == DOCUMENT:
        texts = [
            text for one in characteristic.documents if one.document == record.kind for text in one.criteria
        ]
    else:
        texts = []
    return tuple(Sign(f"{characteristic.id}.{place}", text) for place, text in enumerate(texts))


def marks_for(record: FieldworkRecord) -> Mapping[str, str]:
    """Give the marks that a sign of a record can have, with their words."""
    return SIGN_MARKS if record.source == OBSERVATION else CRITERION_MARKS


def looked_for(framework: Framework, record: FieldworkRecord) -> tuple[Characteristic, ...]:
    """Give the characteristics that a record can show, in the framework's order.

    An interview that is tied to no role group is asked what all of them are asked, as in the plan's coverage.
    """
    return tuple(one for one in framework.characteristics if _can_show(framework, one, record))


def _can_show(framework: Framework, characteristic: Characteristic, record: FieldworkRecord) -> bool:
    if is_data_review(record):
        return bool(characteristic.indicators)
    if record.source != INTERVIEW:
        return bool(signs_for(characteristic, record))
    groups = {record.role_group} if record.role_group else {group.id for group in framework.role_groups}
    return groups <= {group for question in characteristic.interview for group in question.role_groups}


def mark_field(sign: Sign) -> str:
    """Name the field of a sign's mark."""
    return f"mark-{sign.id}"


def shown_mark_field(sign: Sign) -> str:
    """Name the field that tells which mark the page showed."""
    return f"was-{sign.id}"
