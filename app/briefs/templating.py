"""The brief as HTML, and the files of ours that it loads: style sheets and fonts."""

import base64
import re
from functools import cache, lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from app.briefs.brief import Brief
from app.briefs.typesetting import IN_TEXT, kept

TEMPLATES = Path(__file__).resolve().parents[2] / "report_templates"
ASSET_SCHEME = "asset:"
_ASSET_LINK = re.compile(r'url\("asset:([a-z0-9.-]+)"\)')
_SHEETS = {"shared": ("brief.css", "print.css"), "screen": ("screen.css",), "browser": ("browser.css",)}


class MissingAssetError(FileNotFoundError):
    """The brief asks for a file that is not one of ours."""


def read_asset(name: str) -> bytes:
    """Read a font of ours by its plain file name.

    Raises
    ------
    MissingAssetError
        Where there is no such file in ``report_templates/fonts``.
    """
    path = TEMPLATES / "fonts" / name
    if Path(name).name != name or not path.is_file():
        raise MissingAssetError(f"No such file in report_templates/fonts: {name}")
    return path.read_bytes()


@lru_cache(maxsize=1)
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters["kept"] = kept
    made.globals["in_text"] = IN_TEXT
    return made


@lru_cache(maxsize=1)
def _sheets() -> dict[str, Markup]:
    return {
        sheet: Markup("\n".join((TEMPLATES / name).read_text(encoding="utf-8") for name in names))  # noqa: S704
        for sheet, names in _SHEETS.items()
    }


@cache
def _own_sheets(name: str) -> dict[str, Markup]:
    """Give the sheets of another document: for its page and its PDF, and for a screen alone."""
    folder = TEMPLATES / name
    sheets = {name: folder / f"{name}.css", f"{name}_screen": folder / "screen.css"}
    return {
        sheet: Markup(path.read_text(encoding="utf-8"))  # noqa: S704
        for sheet, path in sheets.items()
        if path.exists()
    }


def render_html(brief: Brief) -> str:
    """Print a brief as HTML whose fonts are links to our assets, for ``rendering.render_pdf``."""
    return _environment().get_template("brief.html.j2").render(brief=brief, sheets=_sheets())


def render_document(name: str, **context: object) -> str:
    """Print another document of ours as HTML, with the brief's sheets and those of its folder."""
    template = _environment().get_template(f"{name}/{name}.html.j2")
    return template.render(sheets={**_sheets(), **_own_sheets(name)}, **context)


def shared_sheet() -> str:
    """Give the style sheet that page and PDF share."""
    return str(_sheets()["shared"])


def without_shared_sheet(html: str) -> str:
    """Take the shared style sheet out of a page, for a renderer that has read it already."""
    return html.replace(f"<style>{shared_sheet()}</style>", "", 1)


def with_assets_inside(html: str) -> str:
    """Put the fonts into the page as data, so that one file works without a network."""
    return _ASSET_LINK.sub(lambda match: f'url("{_data_uri(match[1])}")', html)


@lru_cache(maxsize=8)
def _data_uri(name: str) -> str:
    return f"data:font/woff2;base64,{base64.b64encode(read_asset(name)).decode('ascii')}"
