"""A reason as it was sent, judged by its writer for what may be personal in it before it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.fieldwork.models import FieldworkRecord
from app.fieldwork.ratings.forms import tidied
from app.fieldwork.safety.clearing import Doubt, choices_in, settle, with_doubts
from app.fieldwork.safety.detecting import Sighting
from app.web.forms import Bound


@dataclass(frozen=True, slots=True)
class Judged:
    """A form with a reason, after its writer's choices.

    Attributes
    ----------
    form : Bound
        With an error for everything that is wrong or still to be judged.
    reason : str
        Without what was taken out.
    doubts : tuple of Doubt
        What is still to be judged.
    kept : tuple of Sighting
        What the writer keeps, as not personal.
    carried : tuple of (field, choice)
        Choices that the page sends again, so that nobody is asked twice.
    """

    form: Bound[Any]
    reason: str
    doubts: tuple[Doubt, ...]
    kept: tuple[Sighting, ...]
    carried: tuple[tuple[str, str], ...]


def judged(form: Bound[Any], record: FieldworkRecord, errors: Mapping[str, str]) -> Judged:
    """Do with a reason what its writer chose, and say what is wrong, with ``errors`` besides, by field."""
    written, choices = tidied(form.value("reason")), choices_in(form)
    settled = settle(written, choices, record)
    if settled.text != written:
        form = Bound({**form.values, "reason": (settled.text,)}, form.errors, form.data)
    for field, words in errors.items():
        form = form.with_error(field, words)
    asked = {doubt.name for doubt in settled.doubts}
    return Judged(
        form=with_doubts(form, settled.doubts),
        reason=settled.text,
        doubts=settled.doubts,
        kept=settled.kept,
        carried=tuple((name, choice) for name, choice in choices.items() if name not in asked),
    )
