"""The rooms of the service, in the order in which evidence moves. Loading this loads every table."""

from collections.abc import Sequence

from fastapi import APIRouter

import app.accounts.models
import app.audit.models
import app.commissioning.models
import app.mail.models  # noqa: F401 - tables that point at each other must all be known
from app.accounts.pages import router as accounts
from app.commissioning.frame.pages import router as frame
from app.commissioning.frame.upload_pages import router as frame_upload
from app.commissioning.pages import router as commissioning
from app.commissioning.papers.pages import router as papers
from app.commissioning.plan.pages import router as plan
from app.home.health import router as health
from app.home.information_pages import router as information
from app.home.pages import router as home

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
)
