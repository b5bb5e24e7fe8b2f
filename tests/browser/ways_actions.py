"""How the pages of actions and the next wave are opened."""

from collections.abc import Mapping

from tests.browser import steps
from tests.browser.way import DRAFT, EMPTIED, FIRST, SECOND, D, Way

_ONE, _WAITS = FIRST + "/actions/{action}", FIRST + "/actions/{later_action}"
PAGES: Mapping[str, tuple[Way, ...]] = {
    D + "/actions": (
        Way(FIRST + "/actions"),
        Way(FIRST + "/actions?show=done"),
        Way(SECOND + "/actions", "alice"),
        Way(DRAFT + "/actions"),
    ),
    D + "/actions/{action_id}": (Way(_ONE, typed=EMPTIED), Way(_WAITS, typed=EMPTIED)),
    D + "/actions/{action_id}/change": (
        Way(_ONE + "/change", typed={"due_on-day": "99"}),
        Way(
            _ONE + "/change",
            then=steps.overtaken("owner_role", "Save"),
            typed={"due_on-day": "99"},
            alone=True,
        ),
        Way(_WAITS + "/change", status=409),
    ),
    D + "/actions/{action_id}/sign": (Way(_ONE + "/sign", typed=EMPTIED),),
    D + "/actions/{action_id}/bring-forward": (Way(_WAITS + "/bring-forward", typed=EMPTIED),),
    D + "/actions/progress": (
        Way(FIRST + "/actions/progress"),
        Way(SECOND + "/actions/progress", "alice"),
    ),
    D + "/change": (Way(SECOND + "/change", "alice"), Way(FIRST + "/change"), Way(DRAFT + "/change")),
}
NO_PAGES: Mapping[str, str] = {
    D + "/actions/progress/progress.xlsx": FIRST + "/actions/progress/progress.xlsx"
}
