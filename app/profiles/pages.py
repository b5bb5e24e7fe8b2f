"""The profile room: ask for a profile, see how far it is, open one, and see that it is still the same."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import PersonDep
from app.accounts.queries import names_of
from app.commissioning.access import SeenDiagnostic
from app.commissioning.models import Diagnostic
from app.commissioning.pages.questions import trail
from app.commissioning.presenters.words import name_of
from app.database.session import SessionDep
from app.fieldwork.access import gathers
from app.profiles.access import GatheringDiagnostic, ReadSnapshot, WorkedOnDiagnostic, works_on
from app.profiles.building import ask_for_build, check_can_build, verify
from app.profiles.presenters import VERIFIED_WORDS, progress_of, review_words, snapshot_lines
from app.profiles.queries import (
    find_reply,
    find_snapshot,
    newest_build,
    shown_to_council,
    snapshots_of,
)
from app.profiles.replying import is_open
from app.profiles.reviewing import Standing, newest_codes
from app.web.errors import Conflict, NotFound
from app.web.forms import Numbered
from app.web.notices import redirect
from app.web.templating import page

router = APIRouter(prefix="/diagnostics/{diagnostic_id}/profile")


def room(diagnostic: Diagnostic) -> str:
    """Give the address of a diagnostic's profile room."""
    return f"/diagnostics/{diagnostic.id}/profile"


def way_here(diagnostic: Diagnostic) -> list[dict[str, str]]:
    """Give the way to a page within the room."""
    return [*trail(diagnostic), {"text": "Profile", "href": room(diagnostic)}]


@router.get("")
def show_room(
    request: Request, session: SessionDep, person: PersonDep, diagnostic: SeenDiagnostic
) -> HTMLResponse:
    """Show how far the profile is, what is to be done with it, and every profile that was made."""
    works, gathering = works_on(session, person, diagnostic), gathers(session, person, diagnostic)
    shown = shown_to_council(session, diagnostic.id)
    made = snapshots_of(session, diagnostic.id)
    snapshots = [one for one in made if gathering or one.id in shown]
    build = newest_build(session, diagnostic.id) if works else None
    codes = newest_codes(session, diagnostic.id) if works else ()
    names = names_of(session, [*(one.made_by for one in snapshots), build.asked_by if build else None])
    reply = find_reply(session, diagnostic.id)
    return page(
        request,
        "profiles/room.html.j2",
        title="Profile",
        name=name_of(diagnostic),
        home=room(diagnostic),
        works=works,
        gathers=gathering,
        progress=progress_of(build, names, may_see_details=gathering),
        why_not=_why_not(session, diagnostic) if works else "",
        lines=snapshot_lines(snapshots, names, shown),
        draft=works and bool(made),
        review=review_words(codes) if made and works else "",
        to_build=works and any(one.standing is Standing.WAITS for one in codes),
        reply_open=is_open(reply),
        reply_was_open=reply is not None,
        breadcrumbs=trail(diagnostic),
    )


def _why_not(session: SessionDep, diagnostic: Diagnostic) -> str:
    try:
        check_can_build(session, diagnostic)
    except Conflict as why:
        return why.message
    return ""


@router.post("/build")
def ask(request: Request, session: SessionDep, person: PersonDep, diagnostic: WorkedOnDiagnostic) -> Response:
    """Ask for a profile."""
    ask_for_build(session, diagnostic, person.id)
    return redirect(request, room(diagnostic), "The profile is being computed. It takes a minute or so.")


@router.get("/{number}/verify")
def ask_to_verify(
    request: Request, session: SessionDep, diagnostic: GatheringDiagnostic, snapshot: ReadSnapshot
) -> HTMLResponse:
    """Say what verifying does, and offer it."""
    return page(
        request,
        "profiles/verify.html.j2",
        title=f"Verify profile {snapshot.number}",
        line=snapshot_lines([snapshot], names_of(session, [snapshot.made_by]), frozenset())[0],
        outcome=None,
        breadcrumbs=_way_to(diagnostic, snapshot.number),
    )


@router.get("/{number}/verified")
def show_verified(
    request: Request, session: SessionDep, diagnostic: GatheringDiagnostic, number: Numbered
) -> HTMLResponse:
    """Compute a profile again and say whether it is the same. Nothing is changed."""
    snapshot = find_snapshot(session, diagnostic.id, number)
    if snapshot is None:
        raise NotFound("There is no such profile.")
    head, words, fine = VERIFIED_WORDS[verify(session, diagnostic, snapshot)]
    return page(
        request,
        "profiles/verify.html.j2",
        title=f"Profile {number}: {head[:1].lower()}{head[1:]}",
        line=snapshot_lines([snapshot], names_of(session, [snapshot.made_by]), frozenset())[0],
        outcome=words,
        fine=fine,
        breadcrumbs=_way_to(diagnostic, number),
    )


def _way_to(diagnostic: Diagnostic, number: int) -> list[dict[str, str]]:
    return [
        *way_here(diagnostic),
        {"text": f"Profile {number}", "href": f"{room(diagnostic)}/{number}"},
    ]
