"""The pages of accounts, and the log."""

from fastapi import APIRouter

from app.accounts.pages import (
    account,
    address,
    app_and_codes,
    council_people,
    join,
    log,
    one_person,
    people,
    reset,
    second_step,
    sign_in,
    single_sign_on,
)

router = APIRouter()
for _part in (
    sign_in,
    second_step,
    single_sign_on,
    join,
    reset,
    account,
    address,
    app_and_codes,
    people,
    one_person,
    council_people,
    log,
):
    router.include_router(_part.router)
