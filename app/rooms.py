"""The rooms of the service, in the order in which evidence moves. Loading this loads every table."""

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.routing import Route

import app.accounts.models
import app.actions.models
import app.audit.models
import app.briefs.models
import app.commissioning.models
import app.fieldwork.models
import app.library.models
import app.mail.models
import app.profiles.models
import app.survey.models  # noqa: F401 - tables that point at each other must all be known
from app.accounts.pages import router as accounts
from app.actions.next_wave.pages import router as next_wave
from app.actions.pages import router as actions
from app.actions.progress.pages import router as progress
from app.briefs.profile_pages.pages import router as profile_pages
from app.briefs.published.pages import router as briefs
from app.briefs.published.reader_pages import router as brief_readers
from app.briefs.room.choice_pages import router as brief_choices
from app.briefs.room.pages import router as brief_room
from app.briefs.room.sentence_pages import router as brief_sentences
from app.briefs.room.sign_pages import router as brief_signing
from app.commissioning.frame.pages import router as frame
from app.commissioning.frame.upload_pages import router as frame_upload
from app.commissioning.pages import router as commissioning
from app.commissioning.papers.pages import router as papers
from app.commissioning.plan.pages import router as plan
from app.fieldwork.checks.pages import router as checks
from app.fieldwork.coverage.pages import router as coverage
from app.fieldwork.exchange.codebook_pages import router as codebook
from app.fieldwork.exchange.pages import router as exchange
from app.fieldwork.files.pages import router as files
from app.fieldwork.gatherers.pages import router as gatherers
from app.fieldwork.notes.history_pages import router as notes_history
from app.fieldwork.notes.pages import router as notes
from app.fieldwork.notes.search_pages import router as notes_search
from app.fieldwork.notes.taking_out_pages import router as notes_taking_out
from app.fieldwork.quotes.pages import router as quotes
from app.fieldwork.quotes.release_pages import router as quote_release
from app.fieldwork.ratings.agreement_pages import router as agreement
from app.fieldwork.ratings.compare_pages import router as comparing
from app.fieldwork.ratings.figures_pages import router as figures
from app.fieldwork.ratings.pages import router as ratings
from app.fieldwork.records.pages import router as records
from app.home.health import router as health
from app.home.information_pages import router as information
from app.home.pages import router as home
from app.home.poster_pages import router as poster
from app.home.retention_pages import router as retention
from app.library.pages import router as library
from app.profiles.masterclass_pages import router as masterclass
from app.profiles.pages import router as profiles
from app.profiles.reply_pages import router as profile_reply
from app.profiles.review_pages import router as profile_review
from app.sector.pages import router as sector
from app.survey.conduct.absent_pages import router as absent_custodians
from app.survey.conduct.custody_pages import router as custody
from app.survey.conduct.pages import router as survey
from app.survey.invitations.pages import router as invitations
from app.survey.respondent.pages import answering
from app.survey.respondent.start_pages import starting

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
    absent_custodians,
    invitations,
    poster,
    retention,
    library,
    masterclass,
    sector,
    coverage,
    checks,
    gatherers,
    records,
    files,
    codebook,
    exchange,
    notes,
    notes_history,
    notes_taking_out,
    notes_search,
    agreement,
    figures,
    # Before the ratings, which take any word as a characteristic.
    comparing,
    ratings,
    quotes,
    quote_release,
    # Before the pages of one profile, which take any word as its number.
    profile_review,
    profile_reply,
    profiles,
    profile_pages,
    briefs,
    brief_readers,
    brief_room,
    brief_sentences,
    brief_choices,
    brief_signing,
    # Before the actions, which take any word as one of theirs.
    progress,
    actions,
    next_wave,
)
# They check their forms themselves, from the second page on by the ballot that each holds.
BALLOT_ROUTES: Sequence[Route] = (*answering, *starting)
