"""The rooms of the service, in the order in which evidence moves. Loading this loads every table."""

from collections.abc import Sequence

from fastapi import APIRouter

import app.accounts.models
import app.audit.models
import app.commissioning.models
import app.fieldwork.models
import app.library.models
import app.mail.models
import app.survey.models  # noqa: F401 - tables that point at each other must all be known
from app.accounts.pages import router as accounts
from app.commissioning.frame.pages import router as frame
from app.commissioning.frame.upload_pages import router as frame_upload
from app.commissioning.pages import router as commissioning
from app.commissioning.papers.pages import router as papers
from app.commissioning.plan.pages import router as plan
from app.fieldwork.checks.pages import router as checks
from app.fieldwork.coverage.pages import router as coverage
from app.fieldwork.gatherers.pages import router as gatherers
from app.fieldwork.quotes.pages import router as quotes
from app.fieldwork.quotes.release_pages import router as quote_release
from app.fieldwork.records.pages import router as records
from app.home.health import router as health
from app.home.information_pages import router as information
from app.home.pages import router as home
from app.home.poster_pages import router as poster
from app.library.pages import router as library
from app.survey.conduct.custody_pages import router as custody
from app.survey.conduct.pages import router as survey
from app.survey.invitations.pages import router as invitations
from app.survey.respondent.pages import answering, starting

ROUTERS: Sequence[APIRouter] = (
    health,
    accounts,
    home,
    information,
    papers,
    frame_upload,
    frame,
    plan,
    commissioning,
    survey,
    custody,
    invitations,
    poster,
    library,
    coverage,
    checks,
    gatherers,
    records,
    quotes,
    quote_release,
    starting,
)
# Their forms are checked by the ballot that each holds, not by the token of ordinary forms.
BALLOT_ROUTERS: Sequence[APIRouter] = (answering,)
