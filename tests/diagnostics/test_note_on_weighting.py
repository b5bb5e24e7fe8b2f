"""What the authority's mean and the note on its weighting tell together is accepted by both programs."""

from diagnostics.disclosure import publish
from diagnostics.disclosure_audit import audit
from diagnostics.knowledge_of import side_knowledge
from diagnostics.releases import Release
from tests.diagnostics.planted_wave import Cell, profile_of, wave_of
from tests.diagnostics.small_framework import published


def test_suppressor_and_auditor_agree_on_what_the_note_tells() -> None:
    """An area of 19 who weigh more than the rest lies within 9.2 points by the total and the note alone."""
    cells = [
        Cell("registered", "A", 40, 10, (0.75,)),
        Cell("support", "B", 100, 9, (0.75,)),
        Cell("other_practitioners", "A", 20, 9, (0.75,)),
        Cell("leaders", "B", 200, 10, (0.75,)),
    ]
    profile = profile_of(published(), wave_of(published(), cells))
    found = publish(profile)
    assert audit([Release(found, side_knowledge(profile, found))]).weaknesses == ()
