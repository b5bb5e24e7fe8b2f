"""Who may open what: every address of the service, with the outcome that is declared for it.

A test takes the routes from the service itself, and fails for one that does not stand here.
"""

from collections.abc import Mapping

EVERYONE, SIGNED_IN, PROGRAMME_LEAD = "everyone", "signed in", "programme lead"
SEE, RUN, PEOPLE = (
    "whoever may see the council",
    "whoever may run its diagnostics",
    "whoever manages its people",
)
GATHER = "whoever gathers its evidence"
LINK_HOLDER = "whoever has a link"

_D = "/diagnostics/{diagnostic_id}"
_A = "/authorities/{authority_code}"
_F = _D + "/fieldwork"
_R = _F + "/records/{record_id}"
_BOTH, _GET, _POST = "GET POST", "GET", "POST"
_DECLARED: Mapping[str, tuple[tuple[str, str], ...]] = {
    EVERYONE: (
        (_GET, "/health/live"),
        (_GET, "/health/ready"),
        (_GET, "/accessibility"),
        (_GET, "/privacy"),
        (_GET, "/method"),
        (_GET, "/method/formulas"),
        (_BOTH, "/sign-in"),
        (_BOTH, "/sign-in/app"),
        (_BOTH, "/sign-in/code"),
        (_BOTH, "/sign-in/recovery-code"),
        (_GET, "/sign-in/single"),
        (_GET, "/sign-in/single/back"),
        (_BOTH, "/sign-out"),
        (_BOTH, "/join/{token}"),
        (_BOTH, "/reset"),
        (_GET, "/reset/sent"),
        (_BOTH, "/reset/{token}"),
    ),
    LINK_HOLDER: (
        (_GET, "/s/{token}"),
        (_POST, "/s/begin"),
        (_BOTH, "/o/{code}"),
        (_BOTH, "/survey/questions/{page_id}"),
        (_GET, "/survey/saved"),
        (_GET, "/survey/check"),
        (_POST, "/survey/submit"),
    ),
    SIGNED_IN: (
        (_GET, "/"),
        (_GET, "/account"),
        (_BOTH, "/account/app"),
        (_POST, "/account/app/code"),
        (_POST, "/account/browsers/end-others"),
        (_POST, "/account/browsers/{browser_id}/end"),
        (_BOTH, "/account/close"),
        (_BOTH, "/account/email"),
        (_BOTH, "/account/email/{token}"),
        (_BOTH, "/account/name"),
        (_BOTH, "/account/password"),
        (_BOTH, "/account/recovery-codes"),
        (_POST, "/account/single-sign-on"),
        (_GET, "/account/stay"),
        (_GET, "/authorities"),
        (_GET, "/library"),
        (_GET, "/library/masterclass"),
        (_GET, "/library/{key}"),
    ),
    PROGRAMME_LEAD: (
        (_BOTH, "/library/new"),
        (_BOTH, "/library/{key}/change"),
        (_BOTH, "/library/{key}/retire"),
        (_POST, "/library/{key}/bring-back"),
        (_GET, "/log"),
        (_GET, "/people"),
        (_BOTH, "/people/invite"),
        (_GET, "/people/{account_id}"),
        (_BOTH, "/people/{account_id}/roles"),
        (_BOTH, "/people/{account_id}/roles/{role}/{place}/take"),
        (_BOTH, "/people/{account_id}/{deed}"),
    ),
    SEE: (
        (_GET, _A),
        (_GET, _D),
        (_GET, _D + "/details"),
        (_GET, _F),
        (_GET, _D + "/frame"),
        (_GET, _D + "/frame/preview"),
        (_GET, _D + "/frame/{what}.{kind}"),
        (_GET, _D + "/plan"),
        (_GET, _D + "/papers"),
        (_GET, _D + "/papers/{paper_id}"),
        (_GET, _D + "/papers/{paper_id}.docx"),
        (_GET, _D + "/papers/{paper_id}.html"),
        (_GET, _D + "/survey"),
        (_GET, _D + "/survey/poster"),
        # Beyond seeing the council, these ask who holds the key.
        (_BOTH, _D + "/survey/key"),
        (_BOTH, _D + "/survey/key/bring-back"),
        (_BOTH, _D + "/survey/key/destroyed"),
        (_POST, _D + "/survey/key/file"),
    ),
    RUN: (
        (_BOTH, _A + "/diagnostics/new"),
        (_BOTH, _A + "/judgement"),
        (_BOTH, _D + "/contact"),
        (_BOTH, _D + "/data-protection"),
        (_BOTH, _D + "/data-protection/basis"),
        (_BOTH, _D + "/data-protection/retention"),
        (_BOTH, _D + "/delete"),
        (_BOTH, _D + "/details/framework"),
        (_BOTH, _D + "/details/running"),
        (_BOTH, _D + "/details/scope"),
        (_BOTH, _D + "/details/scope/areas"),
        (_BOTH, _D + "/details/scope/roles"),
        (_BOTH, _D + "/details/threshold"),
        (_POST, _D + "/frame"),
        (_POST, _D + "/frame/preview"),
        (_BOTH, _F + "/people"),
        (_BOTH, _F + "/people/{account_id}/remove"),
        (_BOTH, _D + "/frame/upload"),
        (_POST, _D + "/frame/upload/accept"),
        (_BOTH, _D + "/next-wave"),
        (_BOTH, _D + "/people"),
        (_BOTH, _D + "/plan/add/{source}"),
        (_POST, _D + "/plan/confirm"),
        (_POST, _D + "/plan/proposal"),
        (_GET, _D + "/plan/reset"),
        (_BOTH, _D + "/plan/rows/{row_id}"),
        (_BOTH, _D + "/plan/rows/{row_id}/remove"),
        (_BOTH, _D + "/survey/days"),
        (_BOTH, _D + "/survey/give-up"),
        (_GET, _D + "/survey/invitations"),
        (_POST, _D + "/survey/invitations/accept"),
        (_POST, _D + "/survey/invitations/again"),
        (_POST, _D + "/survey/invitations/bounces"),
        (_POST, _D + "/survey/invitations/new-link"),
        (_POST, _D + "/survey/invitations/reminders"),
        (_POST, _D + "/survey/invitations/remove"),
        (_POST, _D + "/survey/invitations/upload"),
        (_BOTH, _D + "/survey/launch"),
        (_POST, _D + "/survey/open-link"),
        (_BOTH, _D + "/timetable"),
    ),
    GATHER: (
        (_GET, _F + "/checks"),
        (_GET, _F + "/quotes"),
        (_BOTH, _R + "/quotes"),
        (_BOTH, _R + "/quotes/{quote_id}"),
        (_POST, _R + "/quotes/{quote_id}/back"),
        (_POST, _R + "/quotes/{quote_id}/propose"),
        (_POST, _R + "/quotes/{quote_id}/release"),
        (_BOTH, _R + "/quotes/{quote_id}/remove"),
        (_BOTH, _F + "/records/new/{source}"),
        (_BOTH, _R),
        (_BOTH, _R + "/remove"),
    ),
    PEOPLE: (
        (_GET, _A + "/people"),
        (_BOTH, _A + "/people/invite"),
        (_GET, _A + "/people/{account_id}"),
        (_BOTH, _A + "/people/{account_id}/role"),
        (_BOTH, _A + "/people/{account_id}/roles/{role}/take"),
        (_BOTH, _A + "/people/{account_id}/{deed}"),
    ),
}
OUTCOMES: Mapping[tuple[str, str], str] = {
    (method, path): outcome
    for outcome, addresses in _DECLARED.items()
    for methods, path in addresses
    for method in methods.split()
}
