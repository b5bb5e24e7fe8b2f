"""The page for staff as HTML, whose fonts are links to our assets, as those of the brief are."""

from app.briefs.brief import Brief
from app.briefs.staff_fit import fit_staff_page
from app.briefs.staff_page import StaffPage, present_staff_page
from app.briefs.templating import render_document
from diagnostics.published import PublishedProfile

HTML_NAME = "for-staff.html"
PDF_NAME = "for-staff.pdf"


def render_staff_page(page: StaffPage) -> str:
    """Print a page for staff as HTML, for ``templating.with_assets_inside`` and ``rendering.render_pdf``."""
    return render_document("staff", page=page)


def staff_html(brief: Brief, profile: PublishedProfile) -> str:
    """Print the page for staff of a brief and the profile that it was made from."""
    return render_staff_page(fit_staff_page(present_staff_page(brief, profile)))
