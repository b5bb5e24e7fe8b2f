"""The method in plain words, made from the framework itself: its headings, figures and sources of ideas."""

from collections.abc import Sequence

from app.commissioning.papers.paper import Points, Section, Subheading, Table, Words
from diagnostics import wording
from diagnostics.framework import Framework
from diagnostics.framework_parts import STAGES, Heading, Named, Settings
from diagnostics.wording import counted_noun, listed, number, sentence

_KINDS = {"feature": ("feature", "features"), "enabler": ("enabler", "enablers")}


def method_sections(framework: Framework, rules_of_disclosure: Sequence[str]) -> tuple[Section, ...]:
    """Explain the method under a framework."""
    return (
        _what_we_ask(framework),
        _who_is_asked(framework),
        _scores(framework.settings),
        _sources(framework),
        _stages(framework),
        _confidence(framework),
        _steps(framework),
        _never_shown(framework.settings, rules_of_disclosure),
        _not_to_conclude(),
        _ideas(framework),
    )


def _what_we_ask(framework: Framework) -> Section:
    kinds = [kind for kind in _KINDS if any(heading.kind == kind for heading in framework.headings)]
    split = listed([_counted(_of_kind(framework, kind), *_KINDS[kind]) for kind in kinds])
    rated = len(framework.questions)
    comments = len(framework.comments)
    return Section(
        "What we ask",
        (
            Words(framework.about),
            Words(
                f"We look under {_counted(framework.headings, 'heading', 'headings')}: {split}. Under them "
                f"stand {len(framework.characteristics)} characteristics. A characteristic is one thing that "
                "an organisation can be seen to do."
            ),
            *(_headings(framework, kind) for kind in kinds),
            Words("Four sources speak to them. No single one is enough."),
            Points(
                (
                    f"The survey asks all staff {rated} questions on a scale, and {len(framework.outcomes)} "
                    "more about what came of it, which only check the method. It also asks which evidence "
                    f"staff need, and has room for {number(comments)} "
                    f"{'comment' if comments == 1 else 'comments'}.",
                    f"Conversations: {_plurals(framework.interview_kinds)}.",
                    f"Observations of work: {_plurals(framework.observation_settings)}.",
                    f"Documents and data: {_plurals(framework.document_types)}, and figures that the "
                    "council holds.",
                )
            ),
        ),
    )


def _headings(framework: Framework, kind: str) -> Table:
    return Table(
        _KINDS[kind][1].capitalize(),
        ("Heading", "What it is about", "Characteristics", "Survey questions"),
        tuple(
            (heading.name, heading.about, str(len(heading.characteristics)), str(len(heading.questions)))
            for heading in _of_kind(framework, kind)
        ),
        (24, 46, 15, 15),
    )


def _who_is_asked(framework: Framework) -> Section:
    return Section(
        "Who is asked",
        (
            Words(
                "All staff in scope are asked. Each chooses a role group and a service area, or "
                f"“{framework.prefer_not_to_say}”. Nothing else about a person is asked."
            ),
            Table(
                "Role groups",
                ("Role group", "Who is in it"),
                tuple((group.name, sentence(group.description)) for group in framework.role_groups),
                (34, 66),
            ),
        ),
    )


def _scores(s: Settings) -> Section:
    low, high = s.weight_bounds
    return Section(
        "How scores are made",
        (
            Words("Every score runs from 0 to 100. A high score means that more happens, or more often."),
            Points(
                (
                    "An answer becomes a number from 0 to 100. “Don’t know” is left out. It is never "
                    "counted as zero.",
                    "A person has a score under a heading if they answered at least "
                    f"{_percent(s.person_share_answered)} of the questions that they were shown.",
                    "The council’s score is the mean of these. Where one role or area answered less than "
                    "others, its answers count for more, so that the score speaks for the whole workforce. "
                    f"No answer counts for less than {_figure(low)} or more than {_figure(high)} times the "
                    "average one.",
                    "Each score comes with the range in which it would lie if everyone had answered, as "
                    "long as those who answered are like those who did not.",
                    f"With fewer than {s.survey_answers} answers there is no survey score. With fewer than "
                    f"{s.indicative_answers}, or from fewer than {_percent(s.indicative_rate)} of staff, it "
                    "is called indicative.",
                    "Interviews, observations and documents are rated by people against descriptions of "
                    f"{number(len(STAGES))} stages. The lowest stage counts as 0 and the highest as 100. "
                    "What was not seen is left out.",
                )
            ),
        ),
    )


def _sources(framework: Framework) -> Section:
    s = framework.settings
    upper, lower = framework.comparison.upper, framework.comparison.lower
    names = {
        "survey": "Survey",
        "interview": "Interviews",
        "observation": "Observations",
        "document": "Documents",
    }
    return Section(
        "Four sources side by side",
        (
            Words(
                "We put the sources side by side before we put them together. Where they disagree, that is "
                "a finding. A source that says nothing on a heading is silent, and never zero. One with "
                f"fewer than {counted_noun(s.thin_records, 'record')} or {s.thin_characteristics} rated "
                "characteristics is thin: it is shown, and not counted."
            ),
            Table(
                "How far apart two sources are",
                ("Apart by", "We call it"),
                (
                    (f"Up to {_figure(s.agreement_within)} points", "Agreement"),
                    (
                        f"More than {_figure(s.agreement_within)}, up to {_figure(s.partial_within)} points",
                        "Partial agreement",
                    ),
                    (f"More than {_figure(s.partial_within)} points", "Dissonance"),
                ),
                (50, 50),
            ),
            Words(
                "A person confirms each of these or overrules it, with a reason. We also look for patterns:"
            ),
            Points(
                (
                    f"said, not seen: the survey or the interviews with {upper} are high, and observation "
                    "is low;",
                    "written, not done: the documents are high, and observation or the survey is low;",
                    "done, not written: the other way round;",
                    f"{upper} above {lower}: the two see the same thing differently.",
                )
            ),
            Words(
                f"High means {_figure(s.pattern_high_from)} or more, and the two must be more than "
                f"{_figure(s.pattern_difference)} points apart and in different stages."
            ),
            Words(
                "The combined score is a mean of the sources that count, with fixed weights. It is always "
                "shown with its sources, and with its likely range: what it would be without each source in "
                "turn."
            ),
            Table(
                "How much each source counts",
                ("Source", "Weight"),
                tuple((names[source], _percent(w)) for source, w in s.source_weights.as_mapping().items()),
                (50, 50),
            ),
        ),
    )


def _stages(framework: Framework) -> Section:
    first, second, third = (_figure(cut) for cut in framework.settings.stage_cuts)
    bounds = (
        f"Below {first}",
        f"From {first} to below {second}",
        f"From {second} to below {third}",
        f"{third} and above",
    )
    return Section(
        "Stages",
        (
            Words(
                f"A score is read as one of {number(len(STAGES))} stages. Each of the "
                f"{len(framework.characteristics)} characteristics describes every stage in words."
            ),
            Table(
                "The stages",
                ("Stage", "Score"),
                tuple(
                    (f"{stage}, {wording.STAGE_NAMES[stage]}", bound)
                    for stage, bound in zip(STAGES, bounds, strict=True)
                ),
                (50, 50),
            ),
            Points(
                (
                    "If the likely range lies inside one stage, we print that stage.",
                    "If it reaches into the next, we print both, such as “between 2 and 3”.",
                    "If it is wider, we print “not settled yet”.",
                    f"No heading is in stage {STAGES[-1]} while any of its sources is in stage {STAGES[0]}.",
                )
            ),
        ),
    )


def _confidence(framework: Framework) -> Section:
    s = framework.settings
    return Section(
        "Confidence",
        (
            Words(
                "How sure we are is kept apart from the score. Confidence starts at high. Each of these "
                "lowers it by a grade, to moderate, low or very low, and the brief says which:"
            ),
            Points(
                (
                    "fewer than three sources count, with two grades down where only one does;",
                    "two sources are in dissonance;",
                    f"fewer than {s.indicative_answers} people, or {_percent(s.indicative_rate)} of staff, "
                    "answered;",
                    f"there were interviews, and none with {framework.comparison.lower};",
                    "the people who rated differ too much, or nothing was rated twice;",
                    f"the newest evidence is more than {counted_noun(s.evidence_months, 'month')} old.",
                )
            ),
            Words(
                "The words are borrowed from GRADE-CERQual, a way of judging findings from many studies. "
                "The rules are our own."
            ),
        ),
    )


def _steps(framework: Framework) -> Section:
    s = framework.settings
    effort = s.feasibility
    return Section(
        "What to do first",
        (
            Words(
                f"The framework holds {len(framework.steps)} steps. A step comes up where the stage that it "
                "starts from is the stage that you are in. Steps are put in order by three things:"
            ),
            Points(
                (
                    f"need: how far the score is below {_figure(s.target)};",
                    "importance, which the framework states for each characteristic;",
                    f"effort: a small step counts fully, a medium one {_percent(effort.M)} and a large one "
                    f"{_percent(effort.L)}.",
                )
            ),
            Words(
                f"The first {number(s.steps_first)} go into the brief. We test the order {s.rank_draws:,} "
                f"times with weights, importance and effort moved by up to {_percent(s.rank_spread)}. Two "
                f"steps count as equal when their order holds in fewer than {_percent(s.rank_equal_share)} "
                "of the tests."
            ),
            Words(
                "From one wave to the next we speak of a change only when it is larger than chance would "
                f"explain, and {_figure(s.reliable_change)} points or more."
            ),
        ),
    )


def _never_shown(s: Settings, rules: Sequence[str]) -> Section:
    return Section(
        "What is never shown",
        (
            Words(
                f"The smallest group that is shown has {s.threshold} people. A council can raise this number "
                "before its survey opens, and nobody can lower it."
            ),
            Points(tuple(rules)),
            Words(
                "Comments are never split by team or role, and one is printed only when a person has "
                "released it. A quote names at most a role group that is large enough."
            ),
        ),
    )


def _not_to_conclude() -> Section:
    return Section(
        "What not to conclude",
        (
            Points(
                (
                    "It is not an inspection, and no inspection grade goes into a score.",
                    "It is not a league table. Councils differ in size, in task and in who answers.",
                    "It does not measure what becomes of children.",
                    "It does not assess a person or a team.",
                    "Two scores that differ by a few points may not differ at all. Look at their ranges.",
                    "A heading on which sources disagree has no single score that tells the whole.",
                )
            ),
        ),
    )


def _ideas(framework: Framework) -> Section:
    return Section(
        "Where the ideas come from",
        (
            Words(
                "The work stands in the line of others. They lent ideas about what to look at and how to "
                "score it. The wording is ours, and so is the scoring: do not attribute it to them."
            ),
            Points(framework.sources_of_ideas),
            Subheading("Which version this is"),
            Words(
                f"This page is made from the framework “{framework.name}”, version {framework.version}. A "
                "framework is never changed once a diagnostic has used it; a change is a new version."
            ),
        ),
    )


def _of_kind(framework: Framework, kind: str) -> list[Heading]:
    return [heading for heading in framework.headings if heading.kind == kind]


def _counted(things: Sequence[object], singular: str, plural: str) -> str:
    return f"{number(len(things))} {singular if len(things) == 1 else plural}"


def _plurals(named: Sequence[Named]) -> str:
    return listed([one.plural for one in named])


def _figure(value: float) -> str:
    return f"{value:g}"


def _percent(share: float) -> str:
    return f"{100 * share:g}%"
