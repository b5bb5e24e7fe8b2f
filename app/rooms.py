"""The rooms of the service, in the order in which evidence moves. Loading this loads every table."""

from collections.abc import Sequence

from fastapi import APIRouter

import app.accounts.models
import app.audit.models
import app.commissioning.models
import app.mail.models  # noqa: F401 - tables that point at each other must all be known
from app.commissioning.pages import router as commissioning
from app.home.pages import router as home

ROUTERS: Sequence[APIRouter] = (home, commissioning)
