"""The page for staff as HTML, whose fonts are links to our assets, as those of the brief are."""

from functools import lru_cache

from markupsafe import Markup

from app.briefs.brief import Brief
from app.briefs.staff_fit import fit_staff_page
from app.briefs.staff_page import StaffPage, present_staff_page
from app.briefs.templating import TEMPLATES, render_template
from diagnostics.published import PublishedProfile

HTML_NAME = "for-staff.html"
PDF_NAME = "for-staff.pdf"


@lru_cache(maxsize=1)
def _sheets() -> dict[str, Markup]:
    folder = TEMPLATES / "staff"
    return {
        "staff": Markup((folder / "staff.css").read_text(encoding="utf-8")),  # noqa: S704
        "staff_screen": Markup((folder / "screen.css").read_text(encoding="utf-8")),  # noqa: S704
    }


def render_staff_page(page: StaffPage) -> str:
    """Print a page for staff as HTML, for ``templating.with_assets_inside`` and ``rendering.render_pdf``."""
    return render_template("staff/staff.html.j2", _sheets(), page=page)


def staff_html(brief: Brief, profile: PublishedProfile) -> str:
    """Print the page for staff of a brief and the profile that it was made from."""
    return render_staff_page(fit_staff_page(present_staff_page(brief, profile)))
