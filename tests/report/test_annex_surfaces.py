"""Every number of an annex is in the object that it was cut from, or in the framework, or is furniture."""

from dataclasses import replace
from functools import lru_cache

import pytest

from app.briefs.annex_document import annex_html
from app.briefs.rendering import render_pdf
from tests.report.explained_numbers import AuditedObject
from tests.report.variants import VARIANTS

# WeasyPrint 70 leaves the colour profile that it reads for PDF/A to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore:.*sRGB2014.icc:pytest.PytestUnraisableExceptionWarning")


@lru_cache
def page_of(variant: str) -> str:
    """Print the annex of a variant."""
    return annex_html(*VARIANTS[variant])


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_number_of_the_page_is_explained(variant: str) -> None:
    assert AuditedObject(*VARIANTS[variant]).unexplained_in("annex.html", page_of(variant).encode()) == []


@pytest.mark.parametrize("variant", ["sample", "no_survey"])
def test_every_number_of_the_pdf_is_explained(variant: str) -> None:
    pdf = render_pdf(page_of(variant))
    assert AuditedObject(*VARIANTS[variant]).unexplained_in("annex.pdf", pdf) == []


def test_a_coefficient_of_another_profile_is_found_out() -> None:
    profile, framework = VARIANTS["sample"]
    wrong = {heading: replace(row, r_star_wg=0.43, icc1=0.07) for heading, row in profile.reliability.items()}
    page = annex_html(replace(profile, reliability=wrong), framework)
    found = {
        strange.written
        for strange in AuditedObject(profile, framework).unexplained_in("annex.html", page.encode())
    }
    assert {"0.43", "0.07"} <= found
