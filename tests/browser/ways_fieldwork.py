"""How the pages of the fieldwork are opened, by the route that answers with them."""

from collections.abc import Mapping

from tests.browser.way import DRAFT, EMPTIED, OPEN, D, Way

FIELDWORK: Mapping[str, tuple[Way, ...]] = {
    D + "/fieldwork": (
        Way(OPEN + "/fieldwork", "dana"),
        Way(OPEN + "/fieldwork"),
        Way(DRAFT + "/fieldwork", "alice"),
    ),
    D + "/fieldwork/records/new/{source}": tuple(
        Way(f"{OPEN}/fieldwork/records/new/{source}", "dana", typed=EMPTIED)
        for source in ("interview", "observation", "document")
    ),
    D + "/fieldwork/records/{record_id}": (
        Way(OPEN + "/fieldwork/records/{record}", "dana", typed=EMPTIED),
        Way(DRAFT + "/fieldwork/records/{record}", "dana", status=409),
    ),
    D + "/fieldwork/records/{record_id}/remove": (Way(OPEN + "/fieldwork/records/{record}/remove", "dana"),),
}
_F = OPEN + "/fieldwork"
_TALK, _READ = _F + "/records/{talk}", _F + "/records/{record}"
_RECORD = D + "/fieldwork/records/{record_id}"
NOTES: Mapping[str, tuple[Way, ...]] = {
    _RECORD + "/notes": (
        Way(_TALK + "/notes", "dana", typed={"text": "Mum, Siobhan Kelly, rang us."}),
        Way(_READ + "/notes", "dana", typed={"text": "Mum, Siobhan Kelly, rang us."}),
    ),
    _RECORD + "/notes/history": (
        Way(_TALK + "/notes/history", "dana"),
        Way(_READ + "/notes/history", "dana"),
    ),
    _RECORD + "/notes/history/{revision}": (Way(_TALK + "/notes/history/1", "dana"),),
    _RECORD + "/notes/take-out": (
        Way(_TALK + "/notes/take-out", "dana", typed=EMPTIED),
        Way(_TALK + "/notes/take-out?words=research", "dana", typed=EMPTIED),
    ),
    D + "/fieldwork/search": (
        Way(_F + "/search", "dana"),
        Way(_F + "/search?q=audit", "dana"),
        Way(_F + "/search?q=nothing", "dana"),
    ),
    _RECORD + "/files": (Way(_TALK + "/files", "dana", typed=EMPTIED),),
    _RECORD + "/files/{file_id}/remove": (Way(_TALK + "/files/{file}/remove", "dana"),),
    D + "/fieldwork/exchange": (Way(_F + "/exchange", "dana"),),
    D + "/fieldwork/exchange/upload": (Way(_F + "/exchange/upload", "dana", typed=EMPTIED),),
    D + "/fieldwork/exchange/codebook": (Way(_F + "/exchange/codebook", "dana", typed=EMPTIED),),
}
RATINGS: Mapping[str, tuple[Way, ...]] = {
    _RECORD + "/ratings": (
        Way(_READ + "/ratings", "dana"),
        Way(_TALK + "/ratings", "dana"),
        Way(_F + "/records/{second}/ratings"),
    ),
    _RECORD + "/ratings/look": (Way(_F + "/records/{second}/ratings/look"),),
    _RECORD + "/ratings/compare": (Way(_TALK + "/ratings/compare", "dana"),),
    _RECORD + "/ratings/compare/{characteristic}": (
        Way(_TALK + "/ratings/compare/{culture}", "dana", typed=EMPTIED),
    ),
    _RECORD + "/ratings/{characteristic}": (Way(_READ + "/ratings/cap_find", "dana", typed=EMPTIED),),
    _RECORD + "/figures": (
        Way(_F + "/records/{figures}/figures", "dana", typed={"value-cul_pilots_decided": "many"}),
    ),
    D + "/fieldwork/agreement": (Way(_F + "/agreement", "dana"),),
    D + "/fieldwork/checks": (Way(_F + "/checks", "dana"),),
}
QUOTES: Mapping[str, tuple[Way, ...]] = {
    _RECORD + "/quotes": (
        Way(_TALK + "/quotes", "dana", typed=EMPTIED),
        Way(_READ + "/quotes", "dana", typed=EMPTIED),
    ),
    _RECORD + "/quotes/{quote_id}": (Way(_TALK + "/quotes/{quote}", "dana", typed=EMPTIED),),
    _RECORD + "/quotes/{quote_id}/remove": (Way(_TALK + "/quotes/{quote}/remove", "dana"),),
    D + "/fieldwork/quotes": (Way(_F + "/quotes", "dana"), Way(_F + "/quotes?state=released", "dana")),
    D + "/fieldwork/people": (Way(_F + "/people"),),
    D + "/fieldwork/people/{account_id}/remove": (Way(_F + "/people/{bob}/remove", status=404),),
}
