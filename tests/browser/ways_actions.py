"""How the pages of actions and the next wave are opened."""

from collections.abc import Mapping

from tests.browser.way import Way

PAGES: Mapping[str, tuple[Way, ...]] = {}
NO_PAGES: Mapping[str, str] = {}
