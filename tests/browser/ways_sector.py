"""How the pages of the sector, of retention and of masterclasses for a council are opened."""

from collections.abc import Mapping

from tests.browser.way import Way

PAGES: Mapping[str, tuple[Way, ...]] = {}
NO_PAGES: Mapping[str, str] = {}
