"""How the pages of briefs are opened."""

from collections.abc import Mapping

from tests.browser import steps
from tests.browser.way import CLOSED, EMPTIED, FIRST, NOBODY, SECOND, D, Way

_B, _HERE, _OUT, _OPEN = D + "/brief", SECOND + "/brief", FIRST + "/brief", "/diagnostics/{undecided}/brief"
_ONE = "/briefs/{brief_id}"
_DISCARD = steps.press("Discard the draft")
PUBLISHED: Mapping[str, tuple[Way, ...]] = {
    "/briefs": (Way("/briefs", "alice"), Way("/briefs", "charlie"), Way("/briefs", "bob")),
    _ONE: (
        # A version that is still the newest is a document of its own.
        Way("/briefs/{brief}", NOBODY, document=True),
        Way("/briefs/{old_brief}", "alice"),
        Way("/briefs/{old_brief}", NOBODY),
        Way("/briefs/{comment}", status=404),
    ),
    _ONE + "/page": (Way("/briefs/{old_brief}/page", "alice", document=True),),
    _ONE + "/files": (
        Way("/briefs/{brief}/files", "alice"),
        Way("/briefs/{old_brief}/files", "alice"),
        Way("/briefs/{brief}/files", "charlie"),
        Way("/briefs/{brief}/files", "bob", status=404),
    ),
}
ROOM: Mapping[str, tuple[Way, ...]] = {
    _B: (
        Way(_HERE, "dana"),
        Way(_HERE, "alice"),
        # Both have signed.
        Way(_OUT, "alice"),
        Way(_OPEN, "dana"),
        Way(_OPEN, "alice"),
        Way(_OPEN, "bob"),
        Way(CLOSED + "/brief"),
    ),
    _B + "/preview": (Way(_HERE + "/preview", "dana", document=True),),
    _B + "/findings/{finding}": (
        Way(_HERE + "/findings/culture.leaders_above_practitioners", "dana", typed=EMPTIED),
        Way(_HERE + "/findings/capability.contrast", "dana", typed=EMPTIED),
        Way(_HERE + "/findings/added-1", "dana", typed={"text": "Of 4,711 people, all do."}),
        # Commented on, and not to be left out.
        Way(_HERE + "/findings/verdict", "dana", typed=EMPTIED),
        Way(_HERE + "/findings/systems.said_not_seen", "dana"),
        Way(_HERE + "/findings/sureness", "dana", status=404),
    ),
    _B + "/headings/{heading}/add": (Way(_HERE + "/headings/culture/add", "dana", typed=EMPTIED),),
    _B + "/verdict": (Way(_HERE + "/verdict", "dana", typed=EMPTIED),),
    _B + "/strength": (Way(_HERE + "/strength", "dana", typed=EMPTIED),),
    _B + "/steps": (Way(_HERE + "/steps", "dana", typed=EMPTIED),),
    _B + "/sign": (
        Way(_HERE + "/sign", "alice", typed=EMPTIED),
        Way(_HERE + "/sign", "dana"),
        Way(_OPEN + "/sign", "alice", status=403),
    ),
    _B + "/readers": (
        Way(_OUT + "/readers", "alice", typed=EMPTIED),
        Way(_HERE + "/readers", "alice", typed=EMPTIED),
        Way(_OPEN + "/readers", "alice", status=409),
    ),
    _B + "/begin-anew": (Way(_HERE + "/begin-anew", "dana"),),
    # From here on drafts change, so that these stand last.
    _B + "/publish": (
        Way(_HERE + "/publish", "alice", status=409),
        Way(_OUT + "/publish", "alice"),
        Way(_OUT + "/publish", "alice", then=steps.press("Publish")),
    ),
    _B + "/discard": (
        Way(_HERE + "/discard", "dana"),
        Way(_HERE + "/discard", "dana", then=_DISCARD),
        Way(_OPEN + "/discard", "dana", then=_DISCARD),
    ),
    _B + "/begin": (Way(_HERE + "/begin", "dana", typed=EMPTIED), Way(_OPEN + "/begin", "dana")),
}
NO_PAGES: Mapping[str, str] = {
    _B + "/preview.pdf": _HERE + "/preview.pdf",
    _ONE + "/files/{name}": "/briefs/{brief}/files/brief.pdf",
}
