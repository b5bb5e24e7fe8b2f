"""The poster of a survey's open link, as a PDF to print."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from app.commissioning.access import SeenDiagnostic
from app.commissioning.papers.promises import PROMISES
from app.database.session import SessionDep
from app.survey.queries import authority_name, contact_of, find_survey
from app.web.dates import uk_date
from app.web.errors import NotFound

router = APIRouter()
# What fits on a sheet that people read in passing.
_SAID = ("nobody-reads-before-close", "no-identity-kept", "small-groups-hidden")


@router.get("/diagnostics/{diagnostic_id}/survey/poster")
def poster(request: Request, session: SessionDep, diagnostic: SeenDiagnostic) -> Response:
    """Give the poster: a PDF, or a page to print where this machine cannot make PDFs."""
    # Loaded when somebody asks: the library that sets the PDF takes longer to load than the whole service.
    from app.briefs.poster import make_poster, poster_page, poster_pdf  # noqa: PLC0415
    from app.briefs.rendering import PdfError  # noqa: PLC0415

    survey = find_survey(session, diagnostic.id)
    if survey is None or not survey.open_code:
        raise NotFound("There is no open link, so there is no poster.")
    values = {
        "threshold": str(survey.threshold),
        "closes": uk_date(survey.closes_on),
        "months": str(survey.raw_data_months),
    }
    made = make_poster(
        authority_name(session, survey),
        uk_date(survey.closes_on),
        f"{request.app.state.settings.base_url}/o/{survey.open_code}",
        tuple(PROMISES[promise].said(values) for promise in _SAID),
        contact_of(session, survey),
    )
    try:
        pdf = poster_pdf(made)
    except PdfError:
        # The page is one file with its styles inside, which pages of ours otherwise never have.
        return Response(
            poster_page(made),
            media_type="text/html",
            headers={"content-disposition": 'attachment; filename="poster.html"'},
        )
    return Response(
        pdf,
        media_type="application/pdf",
        headers={"content-disposition": 'inline; filename="poster.pdf"'},
    )
