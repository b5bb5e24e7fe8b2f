"""How each page of the service is opened, by the route that answers with it.

A test takes the routes from the service itself, and fails for one that does not stand here.
"""

from collections.abc import Mapping

from tests.browser import steps, ways_actions, ways_briefs, ways_fieldwork, ways_profiles, ways_sector
from tests.browser.way import (
    ALONE,
    CLOSED,
    DRAFT,
    EMPTIED,
    EMPTY,
    FEW,
    HERE,
    LONG,
    NOBODY,
    OPEN,
    WAITING,
    A,
    D,
    Way,
)

# What answers with a file, with data, or with the address of another site.
NO_PAGES = {
    "/health/live": "/health/live",
    "/health/ready": "/health/ready",
    "/sign-in/single": "/sign-in/single",
    "/sign-in/single/back": "/sign-in/single/back",
    D + "/frame/{what}.{kind}": DRAFT + "/frame/frame.csv",
    D + "/papers/{paper_id}.docx": DRAFT + "/papers/staff-notice.docx",
    # A file to keep; tests/service/papers/test_browser.py opens it as one.
    D + "/papers/{paper_id}.html": DRAFT + "/papers/staff-notice.html",
    D + "/survey/poster": OPEN + "/survey/poster",
    D + "/fieldwork/exchange/codebook.qdc": OPEN + "/fieldwork/exchange/codebook.qdc",
    D + "/fieldwork/exchange/{what}.{kind}": OPEN + "/fieldwork/exchange/fieldwork.xlsx",
    D + "/fieldwork/records/{record_id}/files/{file_id}": OPEN + "/fieldwork/records/{talk}/files/{quote}",
    **ways_profiles.NO_PAGES,
    **ways_briefs.NO_PAGES,
    **ways_actions.NO_PAGES,
    **ways_sector.NO_PAGES,
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
    A + "/people": (Way(HERE + "/people", "alice"), Way("/authorities/XNEW/people")),
    A + "/people/invite": (
        Way(HERE + "/people/invite", "alice", typed=EMPTIED),
        Way(HERE + "/people/invite", "alice", then=steps.signed_out, alone=True),
    ),
    A + "/people/{account_id}": (
        Way(HERE + "/people/{erin}", "alice"),
        Way(HERE + "/people/{dana}", "alice"),
    ),
    A + "/people/{account_id}/role": (Way(HERE + "/people/{erin}/role", "alice", typed=EMPTIED),),
    A + "/people/{account_id}/roles/{role}/take": (Way(HERE + "/people/{erin}/roles/reader/take", "alice"),),
    A + "/people/{account_id}/{deed}": (Way(HERE + "/people/{erin}/withdraw", "alice"),),
    "/log": (Way("/log"), Way("/log?action=none")),
}
_COUNCILS: Mapping[str, tuple[Way, ...]] = {
    "/authorities": (Way("/authorities"), Way("/authorities?q=nothing&only=yes"), Way("/authorities", "bob")),
    A: (Way(HERE), Way("/authorities/XNEW"), Way("/authorities/XCLO")),
    A + "/judgement": (Way(HERE + "/judgement", typed=EMPTIED),),
    A + "/diagnostics/new": (
        Way("/authorities/XNEW/diagnostics/new", typed=EMPTIED),
        Way(HERE + "/diagnostics/new"),
        Way("/authorities/XCLO/diagnostics/new"),
    ),
    D: (Way(DRAFT), Way(EMPTY), Way(OPEN), Way(CLOSED), Way(ALONE)),
    D + "/next-wave": (Way(CLOSED + "/next-wave"),),
    D + "/delete": (Way(DRAFT + "/delete"),),
}
_DETAILS: Mapping[str, tuple[Way, ...]] = {
    D + "/details": (Way(DRAFT + "/details"), Way(EMPTY + "/details"), Way(OPEN + "/details")),
    D + "/details/running": (Way(DRAFT + "/details/running", typed=EMPTIED),),
    D + "/details/scope": (
        Way(DRAFT + "/details/scope", typed=EMPTIED),
        Way(OPEN + "/details/scope", status=409),
    ),
    D + "/details/scope/areas": (Way(DRAFT + "/details/scope/areas", typed=EMPTIED),),
    D + "/details/scope/roles": (Way(DRAFT + "/details/scope/roles", typed=EMPTIED),),
    D + "/details/framework": (Way(DRAFT + "/details/framework", typed=EMPTIED),),
    D + "/details/threshold": (
        Way(DRAFT + "/details/threshold", typed=EMPTIED),
        Way(
            DRAFT + "/details/threshold",
            then=steps.overtaken("threshold", "Save and continue"),
            typed=EMPTIED,
            alone=True,
        ),
    ),
    D + "/people": (Way(DRAFT + "/people", typed={"first_key": "{alice}", "second_key": "{alice}"}),),
    D + "/timetable": (
        Way(DRAFT + "/timetable", typed={"survey_opens_on-day": "99"}),
        Way(ALONE + "/timetable", typed={"brief_due_on-day": "99"}),
    ),
    D + "/contact": (Way(DRAFT + "/contact", typed={"contact_email": "nobody"}),),
    D + "/data-protection": (Way(DRAFT + "/data-protection", typed={"controller": LONG}),),
    D + "/data-protection/basis": (Way(DRAFT + "/data-protection/basis", typed=EMPTIED),),
    D + "/data-protection/retention": (Way(DRAFT + "/data-protection/retention", typed=EMPTIED),),
}
_FRAME: Mapping[str, tuple[Way, ...]] = {
    D + "/frame": (
        Way(DRAFT + "/frame", typed={"area-1-people-leaders": "many"}),
        Way(EMPTY + "/frame", typed={"area-1-people-leaders": "many"}),
        Way(OPEN + "/frame"),
        Way(DRAFT + "/frame", then=steps.press("Remove Early help")),
        Way(
            DRAFT + "/frame",
            then=steps.overtaken("area-1-people-leaders", "Save the frame"),
            typed={"area-1-people-leaders": "many"},
            alone=True,
        ),
    ),
    D + "/frame/preview": (Way(DRAFT + "/frame/preview"), Way(EMPTY + "/frame/preview")),
    D + "/frame/upload": (
        Way(DRAFT + "/frame/upload", typed=EMPTIED),
        Way(DRAFT + "/frame/upload", then=steps.upload("file", "Area,Leaders\nNew,20\n", "Check the file")),
        Way(
            DRAFT + "/frame/upload",
            then=steps.upload("file", "Area,Leaders\nNew,x\n", "Check the file"),
            typed=EMPTIED,
        ),
    ),
    D + "/plan": (
        Way(DRAFT + "/plan"),
        Way(EMPTY + "/plan"),
        Way(OPEN + "/plan"),
        Way(ALONE + "/plan"),
    ),
    D + "/plan/reset": (Way(DRAFT + "/plan/reset"),),
    D + "/plan/add/{source}": tuple(
        Way(f"{DRAFT}/plan/add/{source}", typed=EMPTIED)
        for source in ("interview", "observation", "document")
    ),
    D + "/plan/rows/{row_id}": (Way(DRAFT + "/plan/rows/{row}", typed=EMPTIED),),
    D + "/plan/rows/{row_id}/remove": (Way(DRAFT + "/plan/rows/{row}/remove"),),
}
_PAPERS: Mapping[str, tuple[Way, ...]] = {
    D + "/papers": (Way(DRAFT + "/papers"), Way(EMPTY + "/papers"), Way(ALONE + "/papers")),
    D + "/papers/{paper_id}": tuple(
        Way(f"{diagnostic}/papers/{paper}")
        for diagnostic, paper in (
            (DRAFT, "staff-notice"),
            (EMPTY, "privacy-notice"),
            (DRAFT, "privacy-notice"),
            (DRAFT, "information-sheet"),
            (EMPTY, "impact-assessment"),
            (DRAFT, "impact-assessment"),
        )
    ),
}
_SURVEY: Mapping[str, tuple[Way, ...]] = {
    D + "/survey": tuple(Way(one + "/survey") for one in (DRAFT, WAITING, OPEN, CLOSED, FEW)),
    D + "/survey/launch": (Way(DRAFT + "/survey/launch", typed=EMPTIED), Way(EMPTY + "/survey/launch")),
    D + "/survey/days": (Way(OPEN + "/survey/days", typed=EMPTIED),),
    D + "/survey/open-link/end": (Way(OPEN + "/survey/open-link/end"),),
    D + "/survey/give-up": (Way(FEW + "/survey/give-up", typed=EMPTIED),),
    D + "/survey/key": (
        Way(OPEN + "/survey/key"),
        Way(OPEN + "/survey/key", then=steps.press("Show me the passphrase and the file")),
    ),
    D + "/survey/key/bring-back": (Way(OPEN + "/survey/key/bring-back", typed=EMPTIED),),
    D + "/survey/key/destroyed": (Way(CLOSED + "/survey/key/destroyed", typed=EMPTIED),),
    D + "/survey/key/custodians/{account_id}/another": (
        Way(WAITING + "/survey/key/custodians/{dana}/another", typed=EMPTIED),
    ),
    D + "/survey/key/custodians/{account_id}/destroyed": (
        Way(CLOSED + "/survey/key/custodians/{dana}/destroyed", typed=EMPTIED),
    ),
    D + "/survey/invitations": (
        Way(OPEN + "/survey/invitations", typed={"first-day": "99"}),
        Way(
            OPEN + "/survey/invitations",
            then=steps.upload("file", "Name,email\nA,a@example.org\nB,b\n", "Check the file"),
        ),
    ),
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
        Way("/o/{code}", NOBODY, steps.begin),
        Way("/o/{over}", NOBODY),
        Way("/o/none", NOBODY, status=404),
    ),
    "/survey/questions/{page_id}": (
        Way("/survey/questions/about-you", NOBODY, steps.begin, typed=EMPTIED),
        Way("/survey/questions/capability", NOBODY, steps.about_you, typed=EMPTIED),
        *(
            Way(f"/survey/questions/{page}", NOBODY, goes_on=True, typed={"COM1": LONG})
            for page in steps.OTHER_PAGES
        ),
        Way(
            "/survey/questions/in-your-words",
            NOBODY,
            then=steps.overtaken("COM1", "Save and continue"),
            typed={"COM1": LONG},
            goes_on=True,
        ),
        Way("/survey/questions/about-you", NOBODY, status=404),
    ),
    "/survey/saved": (Way("/survey/saved", NOBODY, steps.begin),),
    "/survey/check": (
        Way("/survey/check", NOBODY, steps.answer_all),
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
    "fieldwork": ways_fieldwork.FIELDWORK,
    "notes and files": ways_fieldwork.NOTES,
    "ratings": ways_fieldwork.RATINGS,
    "quotes": ways_fieldwork.QUOTES,
    "library": _LIBRARY,
    "profile": ways_profiles.PAGES,
    "brief": ways_briefs.ROOM,
    "published briefs": ways_briefs.PUBLISHED,
    "actions": ways_actions.PAGES,
    "sector": ways_sector.PAGES,
}
