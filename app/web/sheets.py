"""Pages that many open at once: each is printed once a process, with marks where a visitor's own things go.

To print a form of GOV.UK's macros takes longer than all else that such a page needs. So what is the same for
everybody is kept as it was printed, and what is not (the nonce, a form's token, what somebody chose) is put
in at the marks.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from markupsafe import escape

from app.settings import Settings
from app.web.protection import TOKEN_FIELD, form_token
from app.web.templating import environment

# Characters that no text of ours holds and no form can send.
_BEGIN, _END = "\x02", "\x03"
_MARK = re.compile(f"{_BEGIN}([^{_END}]*){_END}")
_NONCE = "nonce"
_MOST_KEPT = 2000
Context = Callable[[], Mapping[str, Any]]


def mark(name: str) -> str:
    """Give what a template prints in the place of something that is each visitor's own."""
    return f"{_BEGIN}{name}{_END}"


def chosen_mark(name: str, value: str) -> dict[str, Any]:
    """Give the attributes of a radio or checkbox that will be checked where somebody chose it."""
    return {mark(chosen(name, value)): {"value": True, "optional": True}}


def chosen(name: str, value: str) -> str:
    """Give the name of the mark of one choice; to be filled with `CHECKED`."""
    return f"{name}={value}"


CHECKED = "checked"


class Sheet:
    """A printed page with marks."""

    def __init__(self, printed: str) -> None:
        parts = _MARK.split(printed)
        self._parts, self.names = parts, tuple(parts[1::2])

    def filled(self, values: Mapping[str, str]) -> str:
        """Put a visitor's own things in, escaped; nothing goes where nothing is given."""
        parts = self._parts.copy()
        parts[1::2] = [str(escape(values[name])) if name in values else "" for name in self.names]
        return "".join(parts)


class Sheets:
    """The sheets of one service."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept: dict[Hashable, Sheet] = {}

    def printed(self, template: str, context: Mapping[str, Any]) -> Sheet:
        """Print a template. It knows nothing of the visitor, neither who it is nor what was asked for."""
        known = {
            "person": None,
            "signed_in": None,
            "notice": "",
            "form_token": lambda: mark(TOKEN_FIELD),
            "cspNonce": mark(_NONCE),
            "settings": self._settings,
        }
        return Sheet(environment().get_template(template).render({**known, **context}))

    def kept(self, template: str, key: Hashable, context: Context) -> Sheet:
        """Give a sheet that was printed with this key, which must tell all that ``context`` rests on."""
        found = self._kept.get((template, key))
        if found is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            found = self._kept[template, key] = self.printed(template, context())
        return found


def fill(request: Request, sheet: Sheet, own: Mapping[str, str], *, status: int = 200) -> HTMLResponse:
    """Answer with a sheet and what is this visitor's own."""
    values = {**own, _NONCE: request.state.nonce}
    if TOKEN_FIELD in sheet.names:
        values[TOKEN_FIELD] = form_token(request)
    return HTMLResponse(sheet.filled(values), status_code=status)
