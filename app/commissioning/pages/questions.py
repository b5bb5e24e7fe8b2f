"""What all questions about a diagnostic share: one to a page, nothing overwritten unseen, nothing lost."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from app.commissioning.forms import CHECKING, SETTING_UP, Revised
from app.commissioning.models import Diagnostic
from app.commissioning.presenters.details import Row, unlinked
from app.commissioning.presenters.words import name_of
from app.commissioning.services.changing import ChangedMeanwhile, Refused
from app.web.forms import Bound, Form, shown
from app.web.notices import redirect
from app.web.templating import page

F = TypeVar("F", bound=Form)
R = TypeVar("R", bound=Revised)
# The part of the page that shows what somebody else saved.
SAVED_NOW = "saved-now"
_CHANGED = (
    "Somebody changed this while the page was open. Nothing is overwritten yet: "
    "compare what is saved now with what you entered"
)


def digest_of(saved: Sequence[Row]) -> str:
    """Give what stands for a saved answer, for a form to carry."""
    text = json.dumps([(row.key, row.lines) for row in saved], ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def first_shown(diagnostic: Diagnostic, saved: Sequence[Row], way: str, **values: object) -> Bound[Any]:
    """Show a question with the answer that is saved."""
    known = way if way in (SETTING_UP, CHECKING) else ""
    return shown(revision=diagnostic.revision, seen=digest_of(saved), way=known, **values)


def answer(
    bound: Bound[R], diagnostic: Diagnostic, saved: Sequence[Row], write: Callable[[R], None]
) -> Bound[R]:
    """Let a service write what was answered, if the saved answer is still the one that was seen."""
    data = bound.data
    if data is not None and data.seen == digest_of(saved):
        bound = replace(bound, data=data.model_copy(update={"revision": diagnostic.revision}))
    return attempt(bound, write)


def attempt(bound: Bound[F], write: Callable[[F], None], *, changed: str = _CHANGED) -> Bound[F]:
    """Let a service write what was answered; where it does not, give the form back with the reasons."""
    if bound.data is None:
        return bound
    try:
        write(bound.data)
    except Refused as refused:
        for name, message in refused.faults.items():
            bound = bound.with_error(name, message)
    except ChangedMeanwhile:
        return bound.with_error(SAVED_NOW, changed)
    return bound


def question(
    request: Request,
    template: str,
    diagnostic: Diagnostic,
    form: Bound[Any],
    saved: Sequence[Row],
    **context: Any,
) -> HTMLResponse:
    """Show a question; where somebody else saved meanwhile, with what is saved now beside what was typed."""
    conflict = bool(form.error(SAVED_NOW))
    if conflict:
        # Sending it once more is a decision made in sight of the other answer.
        now = {"revision": (str(diagnostic.revision),), "seen": (digest_of(saved),)}
        form = replace(form, values={**form.values, **now})
    home = f"/diagnostics/{diagnostic.id}"
    checking = form.value("way") in (SETTING_UP, CHECKING)
    return page(
        request,
        template,
        form=form,
        diagnostic=diagnostic,
        caption=name_of(diagnostic),
        saved=unlinked(saved) if conflict else (),
        cancel=f"{home}/details" if checking else home,
        breadcrumbs=trail(diagnostic),
        **context,
    )


def trail(diagnostic: Diagnostic) -> list[dict[str, str]]:
    """Give the way to a diagnostic."""
    return [
        {"text": "Dashboard", "href": "/"},
        {"text": diagnostic.authority.name, "href": f"/authorities/{diagnostic.authority_code}"},
        {"text": f"Wave {diagnostic.wave}", "href": f"/diagnostics/{diagnostic.id}"},
    ]


def done(request: Request, diagnostic: Diagnostic, data: Revised, notice: str, *, then: str = "") -> Response:
    """Go on from an answered question: to the next one, to all answers, or to the task list."""
    home = f"/diagnostics/{diagnostic.id}"
    if data.way == SETTING_UP and then:
        return redirect(request, f"{home}/{then}?way={SETTING_UP}")
    return redirect(request, f"{home}/details" if data.way in (SETTING_UP, CHECKING) else home, notice)
