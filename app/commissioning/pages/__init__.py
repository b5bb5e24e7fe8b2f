"""The pages of the commissioning room, without those of the rooms within it."""

from fastapi import APIRouter

from app.commissioning.pages import authorities, beginning, data_protection, details, people, timetable

router = APIRouter()
for part in (authorities, beginning, details, people, timetable, data_protection):
    router.include_router(part.router)
