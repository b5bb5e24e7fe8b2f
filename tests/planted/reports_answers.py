"""Planted in the tables of answers: shares so plain or so fine that somebody's own answer is told."""

from dataclasses import replace

from diagnostics.published import Coefficient, Derived, Need, PublishedItem
from diagnostics.releases import Release
from diagnostics.suppression import printed_share
from tests.diagnostics.planted_wave import Cell
from tests.planted.reports import (
    FRAMEWORK,
    Caught,
    Plant,
    asked,
    computed,
    issued,
    item_of,
    relied,
    reprinted,
    true_item,
)
from tests.planted.reports_totals import RELIABILITY

FORTY = (Cell("registered", "Assessment", 80, 40, (0.25, 0.5, 0.75, 0.0, 1.0)),)
HIDE = "Hide this question."


def question(item: PublishedItem, wave: str = "Wave 1") -> str:
    return f"{wave}, question {item.code}, “{item.text}”"


def in_form(code: str) -> str:
    return f"Wave 1, {FRAMEWORK.headings[0].name}, question {code}"


def twelve_of_one_mind() -> Plant:
    """Twelve said “sometimes”: one of them elsewhere would be 8.3 %, and the page says “5 % or fewer”."""
    profile = computed((Cell("registered", "Assessment", 24, 12, (0.5,)),))
    clean = issued(profile)
    bad = asked(clean, "CAP1", **true_item(profile, "CAP1"))
    return Plant(
        bad=(bad,),
        clean=(clean,),
        caught=(
            Caught("form", in_form("CAP1"), ("fewer than 30 people",), HIDE),
            Caught(
                "item", question(item_of(bad, "CAP1")), ("can only have answered", "12 people in all"), HIDE
            ),
        ),
        only=("headings[0].items[0].",),
    )


def everybody_in_one_cell() -> Plant:
    """Forty of one mind, as shares of 0 and 100 %: the plainest statement of what each of them said."""
    profile = computed((Cell("registered", "Assessment", 80, 40, (0.5,)),))
    clean = issued(profile)
    assert item_of(clean, "CAP1").shares == (5, 5, 95, 5, 5)
    bad = asked(clean, "CAP1", shares=(0, 0, 100, 0, 0))
    return Plant(
        bad=(bad,),
        clean=(clean,),
        caught=(
            Caught("form", in_form("CAP1"), ("0 %, beyond “5 or fewer” or “95 or more”",)),
            Caught("form", in_form("CAP1"), ("100 %, beyond “5 or fewer” or “95 or more”",)),
            Caught(
                "item", question(item_of(bad, "CAP1")), ("can only have answered", "40 people in all"), HIDE
            ),
        ),
        only=("headings[0].items[0].shares",),
    )


def a_share_to_the_unit() -> Plant:
    """Of forty-one people 22 % said “never”: nine of them, to the person."""
    cells = (*FORTY, Cell("registered", "Early help", 2, 1, (0.0,)))
    profile = computed(cells)
    clean = issued(profile)
    assert profile.survey is not None
    answers = profile.survey.items[0]
    assert answers is not None
    bad = asked(clean, "CAP1", shares=tuple(round(100 * share) for share in answers.shares))
    return Plant(
        bad=(bad,),
        clean=(clean,),
        caught=(Caught("form", in_form("CAP1"), ("22 %, finer than the nearest 5",)),),
        only=("headings[0].items[0].shares",),
    )


def five_who_weigh_much() -> Plant:
    """Five leaders of a hundred said “never”, and each weighs 3 of 35; thirty others said “sometimes”.

    The page has 45, 5, 55, 5 and 5 %. A leader's 8.6 % are more than “5 % or fewer”, so a leader stands in
    the first column or in the third: two answers, where three must be left. Each of the thirty is 1.9 %.
    """
    cells = (
        Cell("leaders", "Assessment", 100, 5, (0.0,)),
        Cell("registered", "Assessment", 36, 30, (0.5,)),
    )
    profile = computed(cells)
    clean = issued(profile)
    bad = asked(clean, "CAP1", **true_item(profile, "CAP1"))
    assert item_of(bad, "CAP1").shares == (45, 5, 55, 5, 5)
    return Plant(
        bad=(bad,),
        clean=(clean,),
        caught=(
            Caught(
                "item",
                question(item_of(bad, "CAP1")),
                ("among Leaders in Assessment", "5 people in all"),
                HIDE,
            ),
        ),
        only=("headings[0].items[0].",),
    )


def a_question_for_twelve_leaders() -> Plant:
    """A question for leaders, managers and support staff has twelve answers, where others have 52."""
    cells = (
        Cell("leaders", "Assessment", 24, 12, (0.25, 0.5, 0.75)),
        Cell("registered", "Assessment", 80, 40, (0.25, 0.5)),
    )
    profile = computed(cells)
    clean = issued(profile)
    assert not item_of(clean, "CAP1").suppressed
    return Plant(
        bad=(asked(clean, "CAP4", **true_item(profile, "CAP4")),),
        clean=(clean,),
        caught=(Caught("form", in_form("CAP4"), ("fewer than 30 people",), HIDE),),
        only=("headings[0].items[3].",),
    )


def a_hidden_question_with_a_score() -> Plant:
    """The shares are left out, and the mean of them is not."""
    profile = computed((Cell("registered", "Assessment", 24, 12, (0.5,)),))
    clean = issued(profile)
    return Plant(
        bad=(asked(clean, "CAP1", score=50),),
        clean=(clean,),
        caught=(Caught("form", in_form("CAP1"), ("not shown, but a number",), "Leave all its numbers out."),),
        only=("headings[0].items[0].score",),
    )


def counts_among_the_answers() -> Plant:
    """The shares are rounded, but the labels of the answers count them."""
    clean = issued(computed(FORTY))
    labels = tuple(f"{label} (8 answers)" for label in item_of(clean, "CAP1").labels)
    return Plant(
        bad=(asked(clean, "CAP1", labels=labels),),
        clean=(clean,),
        caught=(Caught("words", "Wave 1, names", ("8 answers",)),),
        only=("headings[0].items[0].labels",),
    )


def _needing(release: Release, share: float) -> Release:
    first, *others = release.published.needs
    need = Need(first.id, first.label, printed_share(share), False)
    return reprinted(release, needs=(need, *others))


def needs_of_thirteen() -> Plant:
    """Of thirteen nobody ticked it: one would be 7.7 %, and the page says “5 % or fewer”."""
    profile = computed((Cell("registered", "Assessment", 26, 13, (0.5,)),))
    clean = issued(profile)
    label = clean.published.needs[0].label
    table = f"Wave 1, evidence that staff need, “{label}”"
    return Plant(
        bad=(_needing(clean, 0.0),),
        clean=(clean,),
        caught=(
            Caught("form", table, ("fewer than 30 people answered",), "Hide the whole table."),
            Caught("item", table, ("only have answered “not ticked”",), "Hide the whole table."),
        ),
        only=("needs[0].",),
    )


def needs_of_twenty() -> Plant:
    """Twenty answered and half ticked it; the share of every need is shown."""
    profile = computed((Cell("registered", "Assessment", 40, 20, (0.5,)),), needs=frozenset({"works"}))
    clean = issued(profile)
    first = clean.published.needs[0]
    return Plant(
        bad=(_needing(clean, 0.5),),
        clean=(clean,),
        caught=(
            Caught(
                "form",
                f"Wave 1, evidence that staff need, “{first.label}”",
                ("fewer than 30 people answered",),
                "Hide the whole table.",
            ),
        ),
        only=("needs[0].",),
    )


def a_need_to_the_unit() -> Plant:
    """Nobody of forty-one ticked it, and the page says 2 %: that of one more."""
    clean = issued(computed(FORTY))
    first, *others = clean.published.needs
    assert first.share == 5
    return Plant(
        bad=(reprinted(clean, needs=(replace(first, share=2), *others)),),
        clean=(clean,),
        caught=(
            Caught(
                "form",
                f"Wave 1, evidence that staff need, “{first.label}”",
                ("2 %, finer than the nearest 5",),
            ),
        ),
        only=("needs[0].share",),
    )


def alpha_of_twenty() -> Plant:
    """A coefficient of how items hang together, from twenty answers."""
    clean = issued(computed((Cell("registered", "Assessment", 40, 20, (0.25, 0.5)),)))
    alpha = Coefficient(0.91, 0.85, 0.96, "20 to 49")
    return Plant(
        bad=(relied(clean, alpha=alpha),),
        clean=(clean,),
        caught=(
            Caught("form", RELIABILITY, ("fewer than 30 answers",), "Leave it out."),
            Caught("agreement", RELIABILITY, ("It shows alpha, while question CAP1 is hidden",)),
        ),
        only=("reliability.capability.alpha",),
    )


def what_matters_to_twenty() -> Plant:
    """What goes with the outcomes, worked out of twenty answers."""
    clean = issued(computed((Cell("registered", "Assessment", 40, 20, (0.25, 0.5)),)))
    derived = tuple(Derived(heading.id, 17) for heading in clean.published.headings)
    return Plant(
        bad=(reprinted(clean, derived_importance=derived),),
        clean=(clean,),
        caught=(Caught("form", "Wave 1, derived importance", ("fewer than 30 answers",), "Leave it out."),),
        only=("derived_importance",),
    )


PLANTS = (
    twelve_of_one_mind,
    everybody_in_one_cell,
    a_share_to_the_unit,
    five_who_weigh_much,
    a_question_for_twelve_leaders,
    a_hidden_question_with_a_score,
    counts_among_the_answers,
    needs_of_thirteen,
    needs_of_twenty,
    a_need_to_the_unit,
    alpha_of_twenty,
    what_matters_to_twenty,
)
