"""The pages of the library: look something up, put a masterclass together, and look after the entries."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import AnyoneSignedIn, InTheService, PersonDep
from app.accounts.person import Capability
from app.database.session import SessionDep
from app.library.entries import KINDS, Entry, Wanted, library_framework, matching
from app.library.forms import EntryForm, RetireForm
from app.library.presenters import (
    boxes,
    card,
    heading_names,
    how_many,
    masterclass,
    need_names,
    options,
    role_names,
    step_titles,
    version_lines,
)
from app.library.queries import all_entries, current_entries, versions_of
from app.library.services import Written, add_entry, bring_back, change_entry, retire_entry
from app.web.errors import NotFound
from app.web.forms import Bound, bind, number_in, shown
from app.web.notices import redirect
from app.web.protection import FormDep
from app.web.templating import page

router = APIRouter(prefix="/library")
_Looks = Depends(AnyoneSignedIn())
_LooksAfter = Depends(InTheService(Capability.MANAGE_SERVICE))
Short = Annotated[str, Query(max_length=100)]
_LIBRARY = {"text": "Library", "href": "/library"}


@router.get("", dependencies=[_Looks])
def browse(
    request: Request,
    session: SessionDep,
    person: PersonDep,
    q: Short = "",
    heading: Short = "",
    need: Short = "",
    role: Short = "",
    kind: Short = "",
) -> HTMLResponse:
    """List what fits."""
    framework = library_framework()
    entries = current_entries(session)
    wanted = Wanted(q.strip(), heading, need, role, kind)
    found = matching(entries, wanted)
    retired = [one for one in all_entries(session).values() if one.retired]
    return page(
        request,
        "library/library.html.j2",
        search=shown(q=wanted.words, heading=heading, need=need, role=role, kind=kind),
        narrowed=wanted.narrows,
        found=[card(framework, one) for one in found],
        how_many=how_many(len(found), len(entries)),
        headings=options(heading_names(framework), "All headings"),
        needs=options(need_names(framework), "All needs"),
        roles=options(role_names(framework), "All role groups"),
        kinds=options(KINDS, "All kinds"),
        retired=[card(framework, one) for one in retired] if person.programme_lead else (),
    )


@router.get("/masterclass", dependencies=[_Looks])
def show_masterclass(
    request: Request, session: SessionDep, heading: Annotated[tuple[str, ...], Query(max_length=20)] = ()
) -> HTMLResponse:
    """Put a masterclass for team managers together from the headings that were ticked."""
    framework = library_framework()
    return page(
        request,
        "library/masterclass.html.j2",
        search=shown(heading=heading),
        headings=boxes(heading_names(framework)),
        lessons=masterclass(framework, current_entries(session), heading),
        breadcrumbs=[_LIBRARY],
    )


@router.get("/new", dependencies=[_LooksAfter])
def ask_for_entry(request: Request) -> HTMLResponse:
    """Ask what a new entry says."""
    return _entry_page(request, shown(), None)


@router.post("/new", dependencies=[_LooksAfter])
def add(request: Request, session: SessionDep, person: PersonDep, sent: FormDep) -> Response:
    """Add an entry."""
    form, written = _written(bind(EntryForm, sent))
    if written is None:
        return _entry_page(request, form, None)
    entry = add_entry(session, written, person.id)
    return redirect(request, f"/library/{entry.key}", "The entry is added.")


@router.get("/{key}", dependencies=[_Looks])
def show_entry(request: Request, session: SessionDep, person: PersonDep, key: str) -> HTMLResponse:
    """Show an entry; a retired one says so."""
    framework, entry = library_framework(), _found(session, key)
    return page(
        request,
        "library/entry.html.j2",
        one=card(framework, entry),
        steps=step_titles(framework, key),
        history=version_lines(versions_of(session, key)) if person.programme_lead else (),
        may_change=person.programme_lead,
        breadcrumbs=[_LIBRARY],
    )


@router.get("/{key}/change", dependencies=[_LooksAfter])
def ask_for_change(request: Request, session: SessionDep, key: str) -> HTMLResponse:
    """Show what an entry says, to change."""
    entry = _found(session, key)
    form = shown(**{name: getattr(entry, name) for name in Written.__slots__})
    return _entry_page(request, form, entry)


@router.post("/{key}/change", dependencies=[_LooksAfter])
def change(request: Request, session: SessionDep, person: PersonDep, key: str, sent: FormDep) -> Response:
    """Change an entry."""
    entry, bound = _found(session, key), bind(EntryForm, sent)
    form, written = _written(bound)
    if written is None or bound.data is None:
        return _entry_page(request, form, entry)
    changed = change_entry(session, key, bound.data.version, written, person.id)
    return redirect(
        request, f"/library/{key}", "The entry is changed." if changed else "Nothing had changed."
    )


@router.get("/{key}/retire", dependencies=[_LooksAfter])
def ask_to_retire(request: Request, session: SessionDep, key: str) -> HTMLResponse:
    """Ask why an entry should go."""
    return _retire_page(request, _found(session, key), shown())


@router.post("/{key}/retire", dependencies=[_LooksAfter])
def retire(request: Request, session: SessionDep, person: PersonDep, key: str, sent: FormDep) -> Response:
    """Retire an entry."""
    entry, bound = _found(session, key), bind(RetireForm, sent)
    if bound.data is None:
        return _retire_page(request, entry, bound)
    retire_entry(session, key, bound.data.version, bound.data.reason, person.id)
    return redirect(request, "/library", f"“{entry.title}” is retired. You can bring it back.")


@router.post("/{key}/bring-back", dependencies=[_LooksAfter])
def return_entry(
    request: Request, session: SessionDep, person: PersonDep, key: str, sent: FormDep
) -> Response:
    """Bring a retired entry back."""
    entry = _found(session, key)
    bring_back(session, key, number_in(sent.get("version"), entry.version), person.id)
    return redirect(request, f"/library/{key}", "The entry is in the library again.")


def _found(session: SessionDep, key: str) -> Entry:
    entry = all_entries(session).get(key)
    if entry is None:
        raise NotFound("There is no such entry in the library.")
    return entry


def _written(form: Bound[EntryForm]) -> tuple[Bound[EntryForm], Written | None]:
    """Check what an entry is sorted under against what there is."""
    data, framework = form.data, library_framework()
    if data is None:
        return form, None
    known = {
        "headings": heading_names(framework),
        "needs": need_names(framework),
        "roles": role_names(framework),
    }
    for name, names in known.items():
        if not set(getattr(data, name)) <= set(names):
            form = form.with_error(name, "Choose from the list")
    if form.errors:
        return form, None
    return form, Written(**{name: getattr(data, name) for name in Written.__slots__})


def _entry_page(request: Request, form: Bound[Any], entry: Entry | None) -> HTMLResponse:
    framework = library_framework()
    return page(
        request,
        "library/change.html.j2",
        title=f"Change “{entry.title}”" if entry else "Add an entry",
        form=form,
        version=number_in(form.value("version"), entry.version if entry else 0),
        kinds=options(KINDS, "Choose one"),
        headings=boxes(heading_names(framework)),
        needs=boxes(need_names(framework)),
        roles=boxes(role_names(framework)),
        back=f"/library/{entry.key}" if entry else "/library",
        breadcrumbs=[_LIBRARY],
    )


def _retire_page(request: Request, entry: Entry, form: Bound[Any]) -> HTMLResponse:
    framework = library_framework()
    return page(
        request,
        "library/retire.html.j2",
        one=card(framework, entry),
        steps=step_titles(framework, entry.key),
        form=form,
        breadcrumbs=[_LIBRARY],
    )
