"""The pages about the service that everyone may read: the method, privacy and accessibility."""
# ruff: noqa: PLC0415

from dataclasses import dataclass
from datetime import date

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from app.accounts.access import Everyone
from app.accounts.pages.single_sign_on import AWAY_COOKIE
from app.accounts.pages.visits import PENDING_COOKIE
from app.accounts.signed_in import COOKIE, IDLE, LONGEST
from app.commissioning.frameworks import frameworks
from app.commissioning.papers.paper import block_kind, pieces
from app.commissioning.papers.promises import PROMISES
from app.home.method_words import method_sections
from app.interchange.framework_files import PUBLISHED
from app.settings import Settings
from app.survey.respondent.access import COOKIE as BALLOT_COOKIE
from app.web.protection import NOTICE_COOKIE, VISIT_COOKIE
from app.web.templating import page
from diagnostics.framework import Framework

router = APIRouter(dependencies=[Depends(Everyone())])

# When somebody last read these pages against the service. Change the day whenever what they say changes.
PRIVACY_REVIEWED = date(2026, 11, 26)
ACCESSIBILITY_PREPARED = ACCESSIBILITY_REVIEWED = ACCESSIBILITY_TESTED = date(2026, 11, 26)

# What people who answer a survey, and come here from it, should find at once.
_OF_SURVEYS = (
    "nobody-reads-before-close",
    "no-identity-kept",
    "no-log-of-answering",
    "cookies-needed-only",
)


@dataclass(frozen=True, slots=True)
class Cookie:
    """A cookie that the service sets."""

    name: str
    purpose: str
    ends: str


def cookies(settings: Settings) -> tuple[Cookie, ...]:
    """Give every cookie that the service sets, with what it is for and when browsers forget it."""
    minutes, hours = IDLE.seconds // 60, LONGEST.seconds // 3600
    found = [
        Cookie(
            COOKIE,
            "Keeps you signed in. It holds a random code, and nothing about you.",
            f"When you sign out or close the browser. It stops working {minutes} minutes after the last "
            f"page that you opened, and {hours} hours after you signed in.",
        ),
        Cookie(
            VISIT_COOKIE,
            "Makes sure that a form comes from a page that we gave you. It holds a random code.",
            "When you close the browser.",
        ),
        Cookie(
            NOTICE_COOKIE,
            "Carries one sentence to the next page, such as “Your changes are saved”.",
            "When the sentence is shown, or after one minute.",
        ),
        Cookie(
            PENDING_COOKIE,
            "Remembers between your password and your code that the password was right.",
            "When you are signed in, or after 10 minutes.",
        ),
    ]
    found.append(
        Cookie(
            BALLOT_COOKIE,
            "Only for people who answer a survey: holds your link’s code, so that you can go from page to "
            "page.",
            "When you close the browser.",
        )
    )
    if settings.oidc_issuer:
        found.append(
            Cookie(
                AWAY_COOKIE,
                f"Remembers, while you sign in with {settings.oidc_name}, that it was this browser that "
                "began.",
                "When you are signed in, or after 15 minutes.",
            )
        )
    return tuple(found)


@router.get("/method")
def method(request: Request) -> HTMLResponse:
    """Explain the method from the framework itself."""
    from app.briefs.annex_method import disclosure_rules

    framework = _framework()
    return page(
        request,
        "home/method.html.j2",
        sections=method_sections(framework, disclosure_rules(framework.settings.threshold)),
        framework=framework,
        pieces=pieces,
        block_kind=block_kind,
    )


@router.get("/method/formulas")
def formulas(request: Request) -> HTMLResponse:
    """Give the formulas, the figures that are decisions, and where each comes from."""
    # What explains the annex loads much that no other page needs.
    from app.briefs.annex_method import REFERENCES, decision_table, formula_tables

    framework = _framework()
    return page(
        request,
        "home/formulas.html.j2",
        tables=(*formula_tables(framework), decision_table(framework)),
        references=REFERENCES,
        framework=framework,
        breadcrumbs=[{"text": "The method", "href": "/method"}],
    )


@router.get("/privacy")
def privacy(request: Request) -> HTMLResponse:
    """Say what the service keeps about people who sign in."""
    return page(
        request,
        "home/privacy.html.j2",
        cookies=cookies(request.app.state.settings),
        of_surveys=[PROMISES[promise].said({}) for promise in _OF_SURVEYS],
        reviewed=PRIVACY_REVIEWED,
    )


@router.get("/accessibility")
def accessibility(request: Request) -> HTMLResponse:
    """Give the accessibility statement."""
    return page(
        request,
        "home/accessibility.html.j2",
        prepared=ACCESSIBILITY_PREPARED,
        reviewed=ACCESSIBILITY_REVIEWED,
        tested=ACCESSIBILITY_TESTED,
    )


def _framework() -> Framework:
    """Give the framework that a new diagnostic uses."""
    return frameworks()[PUBLISHED]
