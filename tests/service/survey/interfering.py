"""Interfering with a database while a statement of the short way is on its way to it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from app.database.direct import Direct

# Takes the driver's own connection.
Interfere = Callable[[Any], None]


def _nothing(_driver: Any) -> None:
    """Leave it alone."""


@contextmanager
def interfering(
    beginning: str, before: Interfere = _nothing, after: Interfere = _nothing
) -> Iterator[list[str]]:
    """Do something before, or after, every statement that begins so; gives those that were met."""
    met: list[str] = []
    tell = Direct._tell

    def telling(self: Direct, written: Any, values: Any) -> Any:
        if not written.words.startswith(beginning):
            return tell(self, written, values)
        met.append(written.words)
        before(self._driver)
        answer = tell(self, written, values)
        after(self._driver)
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Direct, "_tell", telling)
        yield met
