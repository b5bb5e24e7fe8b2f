"""How each page of the service is opened, by the route that answers with it.

A test takes the routes from the service itself, and fails for one that does not stand here.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tests.browser import steps

if TYPE_CHECKING:
    from playwright.sync_api import Page

Step = Callable[["Page", str], None]
NOBODY = ""
EMPTIED: Mapping[str, str] = {}


@dataclass(frozen=True, slots=True)
class Way:
    """One way to a page.

    A page on which something is typed, chosen or ticked says so: its forms are also sent with everything
    emptied but what ``typed`` tells, and must then say what is wrong.
    """

    address: str
    who: str = "petra"
    before: Step | None = None
    then: Step | None = None
    status: int = 200
    typed: Mapping[str, str] | None = None
    # In a window of its own, which is left behind afterwards; or in the last such window.
    alone: bool = False
    goes_on: bool = False


_D, _A = "/diagnostics/{diagnostic_id}", "/authorities/{authority_code}"
_DRAFT, _EMPTY, _OPEN, _CLOSED = (f"/diagnostics/{{{name}}}" for name in ("draft", "empty", "open", "closed"))
_FEW, _ALONE = "/diagnostics/{few}", "/diagnostics/{alone}"
_HERE = "/authorities/{here}"
_LONG = "x" * 5000

# What answers with a file, with data, or with the address of another site.
NO_PAGES = {
    "/health/live": "/health/live",
    "/health/ready": "/health/ready",
    "/sign-in/single": "/sign-in/single",
    "/sign-in/single/back": "/sign-in/single/back",
    _D + "/frame/{what}.{kind}": _DRAFT + "/frame/frame.csv",
    _D + "/papers/{paper_id}.docx": _DRAFT + "/papers/staff-notice.docx",
    # A file to keep; tests/service/papers/test_browser.py opens it as one.
    _D + "/papers/{paper_id}.html": _DRAFT + "/papers/staff-notice.html",
    _D + "/survey/poster": _OPEN + "/survey/poster",
    _D + "/fieldwork/exchange/codebook.qdc": _OPEN + "/fieldwork/exchange/codebook.qdc",
    _D + "/fieldwork/exchange/{what}.{kind}": _OPEN + "/fieldwork/exchange/fieldwork.xlsx",
    _D + "/fieldwork/records/{record_id}/files/{file_id}": _OPEN + "/fieldwork/records/{talk}/files/{quote}",
}

_ABOUT: Mapping[str, tuple[Way, ...]] = {
    "/method": (Way("/method", NOBODY),),
    "/method/formulas": (Way("/method/formulas", NOBODY),),
    "/privacy": (Way("/privacy", NOBODY),),
    "/accessibility": (Way("/accessibility", NOBODY), Way("/no-such-page", NOBODY, status=404)),
    "/": (Way("/"), Way("/", "alice"), Way("/", "charlie")),
}
_SIGNING_IN: Mapping[str, tuple[Way, ...]] = {
    "/sign-in": (
        Way("/sign-in", NOBODY, typed=EMPTIED),
        Way("/people", NOBODY, typed=EMPTIED),
        Way("/sign-in?late=yes", NOBODY, typed=EMPTIED),
    ),
    "/sign-in/code": (Way("/sign-in/code", NOBODY, steps.password_of("alice"), typed=EMPTIED),),
    "/sign-in/recovery-code": (
        Way("/sign-in/recovery-code", NOBODY, steps.password_of("alice"), typed=EMPTIED),
    ),
    "/sign-in/app": (
        Way("/sign-in/app", NOBODY, steps.password_of("dana"), typed=EMPTIED),
        Way("/sign-in/app", NOBODY, steps.password_of("dana"), steps.set_app_up),
    ),
    "/sign-out": (Way("/sign-out"),),
    "/join/{token}": (Way("/join/{join}", NOBODY, typed=EMPTIED), Way("/join/none", NOBODY, status=410)),
    "/reset": (Way("/reset", NOBODY, typed=EMPTIED),),
    "/reset/sent": (Way("/reset/sent", NOBODY),),
    "/reset/{token}": (Way("/reset/{reset}", NOBODY, typed=EMPTIED), Way("/reset/none", NOBODY, status=410)),
}
_ACCOUNT: Mapping[str, tuple[Way, ...]] = {
    "/account": (Way("/account", "alice"),),
    "/account/stay": (Way("/account/stay", "alice"),),
    "/account/name": (Way("/account/name", "alice", typed=EMPTIED),),
    "/account/password": (Way("/account/password", "alice", typed=EMPTIED),),
    "/account/close": (Way("/account/close", "dana", typed=EMPTIED), Way("/account/close", "alice")),
    "/account/email": (Way("/account/email", "alice", typed=EMPTIED),),
    "/account/email/{token}": (
        Way("/account/email/{word}", "alice"),
        Way("/account/email/none", "alice", status=410),
    ),
    "/account/app": (
        Way("/account/app", "alice", typed=EMPTIED),
        Way("/account/app", "alice", then=steps.with_password, typed=EMPTIED),
    ),
    "/account/recovery-codes": (
        Way("/account/recovery-codes", "alice", typed=EMPTIED),
        Way("/account/recovery-codes", "alice", then=steps.with_password),
    ),
}
_PEOPLE: Mapping[str, tuple[Way, ...]] = {
    "/people": (Way("/people"), Way("/people?q=nobody"), Way("/people", "alice", status=403)),
    "/people/invite": (Way("/people/invite", typed=EMPTIED),),
    "/people/{account_id}": tuple(Way(f"/people/{{{one}}}") for one in ("alice", "erin", "off", "gone")),
    "/people/{account_id}/roles": (Way("/people/{alice}/roles", typed=EMPTIED),),
    "/people/{account_id}/roles/{role}/{place}/take": (
        Way("/people/{bob}/roles/reader/{here}/take"),
        Way("/people/{petra}/roles/programme_lead/service/take"),
    ),
    "/people/{account_id}/{deed}": (
        Way("/people/{erin}/send-again"),
        Way("/people/{erin}/withdraw"),
        Way("/people/{dana}/reset-sign-in"),
        Way("/people/{dana}/disable"),
        Way("/people/{dana}/close"),
        Way("/people/{alice}/close"),
        Way("/people/{off}/enable"),
    ),
    _A + "/people": (Way(_HERE + "/people", "alice"), Way("/authorities/XNEW/people")),
    _A + "/people/invite": (
        Way(_HERE + "/people/invite", "alice", typed=EMPTIED),
        Way(_HERE + "/people/invite", "alice", then=steps.signed_out, alone=True),
    ),
    _A + "/people/{account_id}": (
        Way(_HERE + "/people/{erin}", "alice"),
        Way(_HERE + "/people/{dana}", "alice"),
    ),
    _A + "/people/{account_id}/role": (Way(_HERE + "/people/{erin}/role", "alice", typed=EMPTIED),),
    _A + "/people/{account_id}/roles/{role}/take": (
        Way(_HERE + "/people/{erin}/roles/reader/take", "alice"),
    ),
    _A + "/people/{account_id}/{deed}": (Way(_HERE + "/people/{erin}/withdraw", "alice"),),
    "/log": (Way("/log"), Way("/log?action=none")),
}
_COUNCILS: Mapping[str, tuple[Way, ...]] = {
    "/authorities": (Way("/authorities"), Way("/authorities?q=nothing&only=yes"), Way("/authorities", "bob")),
    _A: (Way(_HERE), Way("/authorities/XNEW"), Way("/authorities/XCLO")),
    _A + "/judgement": (Way(_HERE + "/judgement", typed=EMPTIED),),
    _A + "/diagnostics/new": (
        Way("/authorities/XNEW/diagnostics/new", typed=EMPTIED),
        Way(_HERE + "/diagnostics/new"),
        Way("/authorities/XCLO/diagnostics/new"),
    ),
    _D: (Way(_DRAFT), Way(_EMPTY), Way(_OPEN), Way(_CLOSED), Way(_ALONE)),
    _D + "/next-wave": (Way(_CLOSED + "/next-wave"),),
    _D + "/delete": (Way(_DRAFT + "/delete"),),
}
_DETAILS: Mapping[str, tuple[Way, ...]] = {
    _D + "/details": (Way(_DRAFT + "/details"), Way(_EMPTY + "/details"), Way(_OPEN + "/details")),
    _D + "/details/running": (Way(_DRAFT + "/details/running", typed=EMPTIED),),
    _D + "/details/scope": (
        Way(_DRAFT + "/details/scope", typed=EMPTIED),
        Way(_OPEN + "/details/scope", status=409),
    ),
    _D + "/details/scope/areas": (Way(_DRAFT + "/details/scope/areas", typed=EMPTIED),),
    _D + "/details/scope/roles": (Way(_DRAFT + "/details/scope/roles", typed=EMPTIED),),
    _D + "/details/framework": (Way(_DRAFT + "/details/framework", typed=EMPTIED),),
    _D + "/details/threshold": (
        Way(_DRAFT + "/details/threshold", typed=EMPTIED),
        Way(
            _DRAFT + "/details/threshold",
            then=steps.overtaken("threshold", "Save and continue"),
            typed=EMPTIED,
            alone=True,
        ),
    ),
    _D + "/people": (Way(_DRAFT + "/people", typed={"first_key": "{alice}", "second_key": "{alice}"}),),
    _D + "/timetable": (
        Way(_DRAFT + "/timetable", typed={"survey_opens_on-day": "99"}),
        Way(_ALONE + "/timetable", typed={"brief_due_on-day": "99"}),
    ),
    _D + "/contact": (Way(_DRAFT + "/contact", typed={"contact_email": "nobody"}),),
    _D + "/data-protection": (Way(_DRAFT + "/data-protection", typed={"controller": _LONG}),),
    _D + "/data-protection/basis": (Way(_DRAFT + "/data-protection/basis", typed=EMPTIED),),
    _D + "/data-protection/retention": (Way(_DRAFT + "/data-protection/retention", typed=EMPTIED),),
}
_FRAME: Mapping[str, tuple[Way, ...]] = {
    _D + "/frame": (
        Way(_DRAFT + "/frame", typed={"area-1-people-leaders": "many"}),
        Way(_EMPTY + "/frame", typed={"area-1-people-leaders": "many"}),
        Way(_OPEN + "/frame"),
        Way(_DRAFT + "/frame", then=steps.press("Remove Early help")),
        Way(
            _DRAFT + "/frame",
            then=steps.overtaken("area-1-people-leaders", "Save the frame"),
            typed={"area-1-people-leaders": "many"},
            alone=True,
        ),
    ),
    _D + "/frame/preview": (Way(_DRAFT + "/frame/preview"), Way(_EMPTY + "/frame/preview")),
    _D + "/frame/upload": (
        Way(_DRAFT + "/frame/upload", typed=EMPTIED),
        Way(_DRAFT + "/frame/upload", then=steps.upload("file", "Area,Leaders\nNew,20\n", "Check the file")),
        Way(
            _DRAFT + "/frame/upload",
            then=steps.upload("file", "Area,Leaders\nNew,x\n", "Check the file"),
            typed=EMPTIED,
        ),
    ),
    _D + "/plan": (
        Way(_DRAFT + "/plan"),
        Way(_EMPTY + "/plan"),
        Way(_OPEN + "/plan"),
        Way(_ALONE + "/plan"),
    ),
    _D + "/plan/reset": (Way(_DRAFT + "/plan/reset"),),
    _D + "/plan/add/{source}": tuple(
        Way(f"{_DRAFT}/plan/add/{source}", typed=EMPTIED)
        for source in ("interview", "observation", "document")
    ),
    _D + "/plan/rows/{row_id}": (Way(_DRAFT + "/plan/rows/{row}", typed=EMPTIED),),
    _D + "/plan/rows/{row_id}/remove": (Way(_DRAFT + "/plan/rows/{row}/remove"),),
}
_PAPERS: Mapping[str, tuple[Way, ...]] = {
    _D + "/papers": (Way(_DRAFT + "/papers"), Way(_EMPTY + "/papers"), Way(_ALONE + "/papers")),
    _D + "/papers/{paper_id}": tuple(
        Way(f"{diagnostic}/papers/{paper}")
        for diagnostic, paper in (
            (_DRAFT, "staff-notice"),
            (_EMPTY, "privacy-notice"),
            (_DRAFT, "privacy-notice"),
            (_DRAFT, "information-sheet"),
            (_EMPTY, "impact-assessment"),
            (_DRAFT, "impact-assessment"),
        )
    ),
}
_SURVEY: Mapping[str, tuple[Way, ...]] = {
    _D + "/survey": tuple(Way(one + "/survey") for one in (_DRAFT, _OPEN, _CLOSED, _FEW)),
    _D + "/survey/launch": (Way(_DRAFT + "/survey/launch", typed=EMPTIED), Way(_EMPTY + "/survey/launch")),
    _D + "/survey/days": (Way(_OPEN + "/survey/days", typed=EMPTIED),),
    _D + "/survey/open-link/end": (Way(_OPEN + "/survey/open-link/end"),),
    _D + "/survey/give-up": (Way(_FEW + "/survey/give-up", typed=EMPTIED),),
    _D + "/survey/key": (
        Way(_OPEN + "/survey/key"),
        Way(_OPEN + "/survey/key", then=steps.press("Show me the passphrase and the file")),
    ),
    _D + "/survey/key/bring-back": (Way(_OPEN + "/survey/key/bring-back", typed=EMPTIED),),
    _D + "/survey/key/destroyed": (Way(_CLOSED + "/survey/key/destroyed", typed=EMPTIED),),
    _D + "/survey/invitations": (
        Way(_OPEN + "/survey/invitations", typed={"first-day": "99"}),
        Way(
            _OPEN + "/survey/invitations",
            then=steps.upload("file", "Name,email\nA,a@example.org\nB,b\n", "Check the file"),
        ),
    ),
}
_FIELDWORK: Mapping[str, tuple[Way, ...]] = {
    _D + "/fieldwork": (
        Way(_OPEN + "/fieldwork", "dana"),
        Way(_OPEN + "/fieldwork"),
        Way(_DRAFT + "/fieldwork", "alice"),
    ),
    _D + "/fieldwork/records/new/{source}": tuple(
        Way(f"{_OPEN}/fieldwork/records/new/{source}", "dana", typed=EMPTIED)
        for source in ("interview", "observation", "document")
    ),
    _D + "/fieldwork/records/{record_id}": (
        Way(_OPEN + "/fieldwork/records/{record}", "dana", typed=EMPTIED),
        Way(_DRAFT + "/fieldwork/records/{record}", "dana", status=409),
    ),
    _D + "/fieldwork/records/{record_id}/remove": (
        Way(_OPEN + "/fieldwork/records/{record}/remove", "dana"),
    ),
}
_F = _OPEN + "/fieldwork"
_TALK, _READ = _F + "/records/{talk}", _F + "/records/{record}"
_RECORD = _D + "/fieldwork/records/{record_id}"
_NOTES: Mapping[str, tuple[Way, ...]] = {
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
    _D + "/fieldwork/search": (
        Way(_F + "/search", "dana"),
        Way(_F + "/search?q=audit", "dana"),
        Way(_F + "/search?q=nothing", "dana"),
    ),
    _RECORD + "/files": (Way(_TALK + "/files", "dana", typed=EMPTIED),),
    _RECORD + "/files/{file_id}/remove": (Way(_TALK + "/files/{file}/remove", "dana"),),
    _D + "/fieldwork/exchange": (Way(_F + "/exchange", "dana"),),
    _D + "/fieldwork/exchange/upload": (Way(_F + "/exchange/upload", "dana", typed=EMPTIED),),
    _D + "/fieldwork/exchange/codebook": (Way(_F + "/exchange/codebook", "dana", typed=EMPTIED),),
}
_RATINGS: Mapping[str, tuple[Way, ...]] = {
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
    _D + "/fieldwork/agreement": (Way(_F + "/agreement", "dana"),),
    _D + "/fieldwork/checks": (Way(_F + "/checks", "dana"),),
}
_QUOTES: Mapping[str, tuple[Way, ...]] = {
    _RECORD + "/quotes": (
        Way(_TALK + "/quotes", "dana", typed=EMPTIED),
        Way(_READ + "/quotes", "dana", typed=EMPTIED),
    ),
    _RECORD + "/quotes/{quote_id}": (Way(_TALK + "/quotes/{quote}", "dana", typed=EMPTIED),),
    _RECORD + "/quotes/{quote_id}/remove": (Way(_TALK + "/quotes/{quote}/remove", "dana"),),
    _D + "/fieldwork/quotes": (Way(_F + "/quotes", "dana"), Way(_F + "/quotes?state=released", "dana")),
    _D + "/fieldwork/people": (Way(_F + "/people"),),
    _D + "/fieldwork/people/{account_id}/remove": (Way(_F + "/people/{bob}/remove", status=404),),
}
_LIBRARY: Mapping[str, tuple[Way, ...]] = {
    "/library": (Way("/library", "bob"), Way("/library?q=nothing-fits")),
    "/library/masterclass": (
        Way("/library/masterclass", "bob"),
        Way("/library/masterclass?heading=skills&heading=culture", "bob"),
    ),
    "/library/new": (Way("/library/new", typed=EMPTIED),),
    "/library/{key}": (Way("/library/R01"), Way("/library/R01", "bob")),
    "/library/{key}/change": (Way("/library/R01/change", typed=EMPTIED),),
    "/library/{key}/retire": (Way("/library/R02/retire", typed=EMPTIED),),
}
_ANSWERING: Mapping[str, tuple[Way, ...]] = {
    "/s/{token}": (
        Way("/s/{ballot}", NOBODY),
        Way("/s/none", NOBODY, status=404),
    ),
    "/o/{code}": (
        Way("/o/{code}", NOBODY),
        Way("/o/{code}", NOBODY, then=steps.press("Start the survey"), alone=True),
        Way("/o/{over}", NOBODY),
        Way("/o/none", NOBODY, status=404),
    ),
    "/survey/questions/{page_id}": (
        Way("/survey/questions/about-you", NOBODY, steps.answer_all, typed=EMPTIED),
        *(
            Way(f"/survey/questions/{page}", NOBODY, goes_on=True, typed={"COM1": _LONG})
            for page in steps.QUESTION_PAGES
        ),
        Way("/survey/questions/about-you", NOBODY, status=404),
    ),
    "/survey/saved": (Way("/survey/saved", NOBODY, steps.answer_all),),
    "/survey/check": (
        Way("/survey/check", NOBODY, goes_on=True),
        Way("/survey/check", NOBODY, then=steps.press("Send my answers"), goes_on=True),
    ),
}
# Where people can also sign in with their organisation's account.
SINGLE_SIGN_ON: tuple[Way, ...] = (
    Way("/sign-in", NOBODY, typed=EMPTIED),
    Way("/join/{join}", NOBODY, typed=EMPTIED),
    Way("/sign-in/single/back?error=access_denied", NOBODY, status=400),
    Way("/account", "alice"),
    Way("/account", "alice", then=steps.press("Connect Example ID")),
)
# Parts of about the same length, so that several can be looked at side by side.
PARTS: Mapping[str, Mapping[str, tuple[Way, ...]]] = {
    "about the service": _ABOUT,
    "signing in": _SIGNING_IN,
    "account": _ACCOUNT,
    "people": _PEOPLE,
    "councils": _COUNCILS,
    "details": _DETAILS,
    "frame and plan": _FRAME,
    "papers": _PAPERS,
    "survey": _SURVEY,
    "answering": _ANSWERING,
    "fieldwork": _FIELDWORK,
    "notes and files": _NOTES,
    "ratings": _RATINGS,
    "quotes": _QUOTES,
    "library": _LIBRARY,
}
