"""Pages: our templates on the macros of GOV.UK Frontend, with what every page knows."""

import hashlib
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import (
    ChainableUndefined,
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    UndefinedError,
)
from jinja2.loaders import ChoiceLoader

from app.settings import Settings
from app.web.dates import uk_clock, uk_date, uk_time
from app.web.notices import take_notice
from app.web.protection import form_token

FOLDER = Path(__file__).resolve().parents[1]
TEMPLATES, STATIC = FOLDER / "templates", FOLDER / "static"
REPORT_TEMPLATES = FOLDER.parent / "report_templates"
FONTS = REPORT_TEMPLATES / "fonts"
PRODUCT = "Evidence-use diagnostic"


class _Unprinted(ChainableUndefined):
    """Lets GOV.UK's macros ask for what was not given, as they do, but never prints it as nothing."""

    def __str__(self) -> str:
        raise UndefinedError(f"a template prints {self._undefined_name!r}, which it was not given")


@cache
def static_address(name: str) -> str:
    """Give the address of a static file; it changes with the file, so that browsers may keep it for ever."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={digest}"


@lru_cache(maxsize=1)
def environment() -> Environment:
    """Make the templates' environment."""
    made = Environment(
        loader=ChoiceLoader(
            [
                FileSystemLoader(TEMPLATES),
                PrefixLoader(
                    {
                        "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                        # The charts of the brief are those of the pages too.
                        "report": FileSystemLoader(REPORT_TEMPLATES),
                    }
                ),
            ]
        ),
        autoescape=True,
        undefined=_Unprinted,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.globals.update(static=static_address, product=PRODUCT)
    made.filters.update(
        uk_clock=uk_clock, uk_date=uk_date, uk_time=uk_time, combined=_combined, as_items=_as_items
    )
    return made


def _combined(params: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    return {**params, **more}


def _as_items(choices: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Put choices into the form in which GOV.UK's radios and checkboxes want them."""
    return [
        {**choice, "hint": {"text": choice["hint"]} if choice.get("hint") else None} for choice in choices
    ]


def render(request: Request, template: str, context: dict[str, Any]) -> str:
    """Print a template with what every page knows."""
    settings: Settings = request.app.state.settings
    return (
        environment()
        .get_template(template)
        .render(
            {
                "request": request,
                "person": getattr(request.state, "person", None),
                "signed_in": getattr(request.state, "signed_in", None),
                "form_token": lambda: form_token(request),
                "cspNonce": request.state.nonce,
                "settings": settings,
                "notice": take_notice(request),
                **context,
            }
        )
    )


def page(request: Request, template: str, *, status: int = 200, **context: Any) -> HTMLResponse:
    """Answer with a page.

    A form that comes back with errors is the same page with status 200, as GOV.UK services do: it is no
    malformed request, and browsers keep what was typed.
    """
    return HTMLResponse(render(request, template, context), status_code=status)
