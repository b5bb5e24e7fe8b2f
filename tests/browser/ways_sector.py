"""How the pages of the sector, of retention and of masterclasses for a council are opened."""

from collections.abc import Mapping

from tests.browser.way import FIRST, SECOND, D, Way

PAGES: Mapping[str, tuple[Way, ...]] = {
    "/sector": (Way("/sector"),),
    D + "/retention": (Way(FIRST + "/retention"),),
    D + "/masterclass": (Way(FIRST + "/masterclass"), Way(SECOND + "/masterclass", "dana")),
}
NO_PAGES: Mapping[str, str] = {
    # One council has published, so there is no table yet.
    "/sector/{version}/{table}.csv": "/sector/evidence_use-1/stages.csv",
}
