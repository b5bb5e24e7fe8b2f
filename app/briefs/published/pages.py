"""Reading published briefs: the list, the page itself, and the files."""

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from app.accounts.access import AnyoneSignedIn, PersonDep
from app.accounts.person import Capability, can
from app.briefs.models import InsightBrief
from app.briefs.published.access import ReadBrief, ReadBriefPage
from app.briefs.published.presenters import file_lines
from app.briefs.queries import briefs_read_by, bytes_of, files_of, find_entry, newest_published, shares_of
from app.briefs.served import document, has_already, kept
from app.briefs.services import HTML_NAME
from app.commissioning.models import Authority, Diagnostic
from app.database.session import SessionDep
from app.web.dates import uk_date
from app.web.errors import NotFound
from app.web.templating import page

router = APIRouter(prefix="/briefs")
_HOME = ({"text": "Dashboard", "href": "/"},)


@router.get("", dependencies=[Depends(AnyoneSignedIn())])
def show_briefs(request: Request, session: SessionDep, person: PersonDep) -> HTMLResponse:
    """List the newest brief of every wave that somebody may read."""
    seen = person.seen
    found = briefs_read_by(session, seen)
    return page(
        request,
        "briefs/list.html.j2",
        title="Briefs",
        breadcrumbs=list(_HOME),
        lines=[
            {
                "council": one.authority,
                "wave": one.wave,
                "published": uk_date(one.brief.published_at) if one.brief.published_at else "",
                "href": f"/briefs/{one.brief.id}",
                "files": f"/briefs/{one.brief.id}/files",
                "shared": seen is not None and one.authority_code not in seen,
            }
            for one in found
        ],
    )


@router.get("/{brief_id}")
def read_brief(request: Request, session: SessionDep, brief: ReadBriefPage) -> Response:
    """Show a brief as it was published, or say that a newer version took its place."""
    newest = newest_published(session, brief.diagnostic_id)
    if newest is not None and newest.brief.id != brief.id and newest.brief.published_at:
        authority = session.get_one(Authority, _diagnostic(session, brief).authority_code)
        return page(
            request,
            "briefs/replaced.html.j2",
            title="A newer version took its place",
            council=authority.name,
            number=brief.number,
            newer=newest.brief.number,
            published=uk_date(newest.brief.published_at),
            mends=newest.brief.correction,
            href=f"/briefs/{newest.brief.id}",
            old=f"/briefs/{brief.id}/page",
        )
    return _file(request, session, brief, HTML_NAME)


@router.get("/{brief_id}/page")
def read_this_version(request: Request, session: SessionDep, brief: ReadBriefPage) -> Response:
    """Show this version, also where a newer one took its place."""
    return _file(request, session, brief, HTML_NAME)


@router.get("/{brief_id}/files")
def show_files(request: Request, session: SessionDep, person: PersonDep, brief: ReadBrief) -> HTMLResponse:
    """Show what there is to download, and who may read it."""
    diagnostic, newest = _diagnostic(session, brief), newest_published(session, brief.diagnostic_id)
    own = can(person, Capability.SEE, diagnostic.authority_code)
    authority = session.get_one(Authority, diagnostic.authority_code)
    return page(
        request,
        "briefs/files.html.j2",
        title="Files of the brief",
        council=authority.name,
        wave=diagnostic.wave,
        number=brief.number,
        published=uk_date(brief.published_at) if brief.published_at else "",
        mends=brief.correction,
        newer=f"/briefs/{newest.brief.id}/files" if newest and newest.brief.id != brief.id else "",
        href=f"/briefs/{brief.id}/page",
        lines=file_lines(files_of(session, brief.id), f"/briefs/{brief.id}/files"),
        own=own,
        public=brief.public,
        shared=[name for _, name in shares_of(session, diagnostic.id)] if own else (),
        readers=f"/diagnostics/{diagnostic.id}/brief/readers"
        if can(person, Capability.SHARE, diagnostic.authority_code)
        else "",
        breadcrumbs=[*_HOME, {"text": "Briefs", "href": "/briefs"}],
    )


@router.get("/{brief_id}/files/{name}")
def download(request: Request, session: SessionDep, brief: ReadBrief, name: str) -> Response:
    """Give a file as it was published."""
    return _file(request, session, brief, name)


def _file(request: Request, session: SessionDep, brief: InsightBrief, name: str) -> Response:
    entry = find_entry(session, brief.id, name)
    if entry is None:
        raise NotFound("This brief has no such file.")
    headers = kept(entry.sha256)
    if has_already(request, entry.sha256):
        return Response(status_code=304, headers=dict(headers))
    diagnostic = _diagnostic(session, brief)
    full = f"{diagnostic.authority_code}-wave-{diagnostic.wave}-version-{brief.number}-{name}"
    return document(bytes_of(session, brief.id, name), entry.media_type, full, headers)


def _diagnostic(session: SessionDep, brief: InsightBrief) -> Diagnostic:
    return session.get_one(Diagnostic, brief.diagnostic_id)
