"""How the respondents' pages answer."""

from collections.abc import Hashable, Mapping
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from app.survey.asked import AskedSurvey
from app.survey.queries import Asking
from app.survey.windows import Standing, standing
from app.web.dates import now
from app.web.sheets import Context, Sheets, fill
from app.web.templating import page


def show(request: Request, template: str, *, status: int = 200, **context: Any) -> Response:
    """Answer with a page."""
    return page(request, f"survey/{template}.html.j2", status=status, **context)


def show_sheet(
    request: Request, template: str, key: Hashable, context: Context, own: Mapping[str, str]
) -> Response:
    """Answer with a page that was printed before; without a key it is printed for this answer alone."""
    sheets: Sheets = request.app.state.sheets
    name = f"survey/{template}.html.j2"
    sheet = sheets.printed(name, context()) if key is None else sheets.kept(name, key, context)
    return fill(request, sheet, own)


def go(address: str) -> RedirectResponse:
    """Send the browser on."""
    return RedirectResponse(address, status_code=303)


def own_address(request: Request, token: str) -> str:
    """Give the address with which a respondent comes back."""
    return f"{request.app.state.settings.base_url}/s/{token}"


def receipt(request: Request, survey: AskedSurvey | None, about: Asking, *, again: bool) -> Response:
    """Say that the answers are here."""

    to_come = survey is not None and standing(survey, now()) is not Standing.OVER
    closes_on = survey.closes_on if survey is not None and to_come else None

    def context() -> dict[str, Any]:
        return {"closes_on": closes_on, "again": again, "contact": about.contact}

    return show_sheet(request, "receipt", (about, closes_on, again), context, {})
