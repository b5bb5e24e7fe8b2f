"""README's table of settings, made from `Settings`; `make readme` writes it, a test compares it."""

import re
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from pydantic import SecretStr

from app.settings import Settings

README = Path(__file__).resolve().parent.parent / "README.md"
_HEAD = "| setting | what it means | if it is not set |\n|---|---|---|\n"
_TABLE = re.compile(re.escape(_HEAD) + r"(?:\|.*\n)*")


def table() -> str:
    """Give the table."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = _shown(field.default)
        rows.append(f"| `{name.upper()}` | {field.description}{_choices(field.annotation)} | {default} |\n")
    return _HEAD + "".join(rows)


def _choices(annotation: Any) -> str:
    if get_origin(annotation) is not Literal:
        return ""
    return f" One of {', '.join(f'`{choice}`' for choice in get_args(annotation))}."


def _shown(default: object) -> str:
    if isinstance(default, bool):
        return "no"
    text = default.get_secret_value() if isinstance(default, SecretStr) else str(default)
    return f"`{text}`" if text else ""


def table_in(readme: str) -> str:
    """Give the table that stands in a text."""
    found = _TABLE.search(readme)
    return found[0] if found else ""


if __name__ == "__main__":
    text = README.read_text(encoding="utf-8")
    README.write_text(_TABLE.sub(lambda _: table(), text), encoding="utf-8")
