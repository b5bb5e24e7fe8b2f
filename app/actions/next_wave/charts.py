"""The brief's chart of change, for a page."""

from functools import lru_cache
from typing import Any, cast

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.briefs.strip import change_chart
from app.briefs.templating import TEMPLATES
from diagnostics.published import PublishedChange


@lru_cache(maxsize=1)
def _macros() -> Any:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    return made.get_template("charts.svg.j2").module


def drawn_change(change: PublishedChange | None, name: str, reach: int) -> Markup:
    """Draw a change as the brief does: a dot, filled where the change is reliable, on its interval."""
    return cast("Markup", _macros().change(change_chart(change, name, reach)))
