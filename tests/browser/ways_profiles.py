"""How the pages of profiles are opened."""

from collections.abc import Mapping

from tests.browser.way import CLOSED, EMPTIED, FIRST, SECOND, D, Way

_P = D + "/profile"
_ONE, _HERE, _OPEN = SECOND + "/profile/1", SECOND + "/profile", "/diagnostics/{undecided}/profile"
PAGES: Mapping[str, tuple[Way, ...]] = {
    _P: (
        Way(_HERE, "dana"),
        # The last one failed. Bob reads only, and has been shown nothing.
        Way(_OPEN, "dana"),
        Way(_OPEN, "alice"),
        Way(_OPEN, "bob"),
        Way(CLOSED + "/profile"),
    ),
    _P + "/{number}": (
        Way(_ONE, "dana"),
        Way(FIRST + "/profile/1", "alice"),
        Way(_OPEN + "/1", "bob", status=403),
        Way(_HERE + "/9", status=404),
    ),
    _P + "/{number}/headings/{heading}": (
        Way(_ONE + "/headings/culture", "dana"),
        Way(_ONE + "/headings/skills", "alice"),
    ),
    _P + "/{number}/response": (Way(_ONE + "/response", "alice"),),
    _P + "/{number}/sure": (Way(_ONE + "/sure", "alice"),),
    _P + "/{number}/evidence": (Way(_ONE + "/evidence", "alice"),),
    _P + "/{number}/verify": (Way(_ONE + "/verify", "dana"),),
    _P + "/{number}/verified": (Way(_ONE + "/verified", "dana"),),
    _P + "/review": (Way(_HERE + "/review", "dana"), Way(_OPEN + "/review", "dana")),
    _P + "/review/several": (Way(_OPEN + "/review/several", "dana", typed=EMPTIED),),
    _P + "/review/{heading}/{subject}": (
        Way(_HERE + "/review/culture/survey-interview", "dana", typed=EMPTIED),
        Way(_OPEN + "/review/skills/survey-interview", "dana", typed=EMPTIED),
    ),
    _P + "/reply": (Way(_HERE + "/reply", "dana"), Way(_OPEN + "/reply", "alice")),
    _P + "/reply/questions": (Way(_HERE + "/reply/questions", "alice", typed=EMPTIED),),
    _P + "/reply/findings/{finding}": (Way(_HERE + "/reply/findings/verdict", "alice", typed=EMPTIED),),
    _P + "/reply/comments/{comment_id}": (Way(_HERE + "/reply/comments/{comment}", "dana", typed=EMPTIED),),
    _P + "/reply/open": (Way(_OPEN + "/reply/open", "alice", typed=EMPTIED),),
    _P + "/reply/close": (Way(_HERE + "/reply/close", "alice"),),
}
NO_PAGES: Mapping[str, str] = {}
