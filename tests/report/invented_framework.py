"""An invented, small framework for the tests of the brief: six headings, two characteristics each."""

from diagnostics.framework import Framework
from diagnostics.framework_parts import (
    Characteristic,
    Choice,
    Comparison,
    Feasibility,
    Heading,
    InBrief,
    Named,
    Needs,
    Option,
    Question,
    Resource,
    RoleGroup,
    Scale,
    Settings,
    SourceWeights,
    Step,
)

HEADINGS = (
    ("capability", "Evidence capability", "capability", "feature", "When did evidence last change our mind?"),
    (
        "systems",
        "Management systems and processes",
        "systems",
        "feature",
        "What would help us to ask “how do we know?” in supervision?",
    ),
    (
        "practice",
        "Direct practice",
        "practice",
        "feature",
        "What did a child tell us this month, and what did we do about it?",
    ),
    ("leadership", "Leadership", "leadership", "enabler", "What have leaders changed because of us?"),
    ("culture", "Culture", "culture", "enabler", "When did one of us last say “I don’t know” out loud?"),
    ("skills", "Skills", "skills", "enabler", "Who among us could explain a study to a family?"),
)

STEPS = (
    (
        "supervision_question",
        "Ask “what is our evidence?” in every supervision",
        "Put one prompt about evidence on the supervision record, and coach supervisors to use it.",
        "Principal social worker",
        "Agree the prompt with six supervisors. Change the record.",
        "Of ten records picked at random, eight name the evidence behind a decision.",
        "The policy stays on paper, and audits that check forms still pass it.",
        "S",
        (),
    ),
    (
        "leaders_visit",
        "Send leaders to see practice each month",
        "Each senior leader sits in on one supervision or team meeting a month, to listen and not to judge.",
        "Director of children’s services",
        "Fix dates for six months. Agree ground rules.",
        "Each leader can name two things that they changed after a visit.",
        "Leaders plan for a service that does not match daily practice.",
        "M",
        (),
    ),
    (
        "evidence_leads",
        "Give every team someone to ask",
        "Train one evidence lead in each team, with two free hours a week to help others weigh evidence.",
        "Head of workforce development",
        "Name a lead in each team. Book three training days.",
        "Each team can show a decision that was changed by evidence.",
        "Staff go on leaning on experience alone.",
        "L",
        (),
    ),
    (
        "joined_data",
        "Join audit and feedback data",
        "Bring audit findings and children’s feedback into one quarterly page for each team.",
        "Performance manager",
        "List what each team already gets.",
        "Each team has discussed one page and changed one thing.",
        "Figures keep going up and never come back down.",
        "M",
        ("supervision_question",),
    ),
    (
        "research_licence",
        "Open a research library to all staff",
        "Buy a licence that lets every member of staff read research.",
        "Head of workforce development",
        "Ask three councils what they use.",
        "One member of staff in three has signed in twice.",
        "Those without a university log-in stay shut out.",
        "M",
        (),
    ),
    (
        "contract_terms",
        "Put evidence terms in contracts",
        "Ask every provider how it will know that its service helps.",
        "Head of commissioning",
        "Pick the next two contracts to be let.",
        "Two new contracts name a measure and a review date.",
        "Contracts go on counting visits and hours.",
        "L",
        (),
    ),
    (
        "stop_list",
        "Keep a list of what was stopped and why",
        "Log each scheme that ends, with the evidence for ending it.",
        "Service manager",
        "Log the last three schemes that ended.",
        "Ten entries, each read by somebody else.",
        "The same idea comes back in five years.",
        "S",
        (),
    ),
)

FREQUENCY = ("Never", "Rarely", "Sometimes", "Often", "Always")
ITEM_TEXTS = (
    "Before a big decision, my team looks at what we already know.",
    "My manager asks me what a judgement rests on.",
    "We hear what came of the feedback that families gave us.",
    "I can find research on a question within a day.",
    "In my team it is safe to say “I don’t know”.",
    "Senior leaders say what evidence a decision was based on.",
)


def _characteristic(heading: str, number: int) -> Characteristic:
    return Characteristic(
        id=f"{heading}_{number}",
        name=f"{heading.capitalize()} topic {number}",
        statement="Staff do something that can be seen.",
        level="both",
        builds="capability",
        importance=4,
        stages=("one", "two", "three", "four"),
        in_brief=InBrief(topic=f"{heading} topic", strong="staff often do it", weak="few staff do it"),
        survey=(
            Question(
                code=f"{heading[:3].upper()}{number}",
                text=ITEM_TEXTS[number % len(ITEM_TEXTS)],
                scale="frequency",
            ),
        ),
        steps=(STEPS[number][0],),
    )


SETTINGS = Settings(
    source_weights=SourceWeights(survey=0.35, observation=0.25, interview=0.2, document=0.2),
    feasibility=Feasibility(S=1.0, M=0.8, L=0.6),
    stage_cuts=(25.0, 50.0, 75.0),
    target=75.0,
    agreement_within=10.0,
    partial_within=25.0,
    pattern_high_from=50.0,
    pattern_difference=25.0,
    person_share_answered=0.5,
    thin_records=2,
    thin_characteristics=2,
    weight_bounds=(0.3, 3.0),
    weight_rounds=50,
    margin_answers=5,
    weighting_gap_said=3.0,
    survey_answers=10,
    indicative_answers=30,
    indicative_rate=0.3,
    alpha_answers=30,
    omega_answers=100,
    importance_answers=100,
    low_r_star_wg=0.5,
    low_icc1=0.1,
    rater_alpha=0.667,
    rater_units=10,
    evidence_months=6,
    reliable_change=3.0,
    comparison_records=3,
    rank_draws=1000,
    rank_spread=0.25,
    rank_equal_share=0.8,
    steps_first=3,
    threshold=10,
)

FRAMEWORK = Framework(
    schema="framework/1",
    id="invented",
    version="1.0",
    name="Invented framework",
    about="For tests only.",
    sources_of_ideas=(),
    scales=(
        Scale(
            id="frequency",
            options=tuple(Option(value=place, label=label) for place, label in enumerate(FREQUENCY, start=1)),
        ),
    ),
    dont_know="Don’t know or not my role",
    prefer_not_to_say="Prefer not to say",
    role_groups=(
        RoleGroup(id="leaders", name="Leaders", description="", neighbours=(), side="upper"),
        RoleGroup(
            id="registered", name="Registered practitioners", description="", neighbours=(), side="lower"
        ),
    ),
    comparison=Comparison(upper="leaders and team managers", lower="practitioners"),
    settings=SETTINGS,
    interview_kinds=(Named(id="individual", name="Interview", plural="interviews"),),
    observation_settings=(
        Named(id="group_supervision", name="Group supervision", plural="supervision sessions"),
        Named(id="team_meeting", name="Team meeting", plural="team meetings"),
    ),
    document_types=(
        Named(id="supervision_policy", name="Supervision policy", plural="supervision policies"),
        Named(id="audit_report", name="Audit report", plural="audit reports"),
    ),
    headings=tuple(
        Heading(
            id=heading_id,
            name=name,
            short=short,
            kind=kind,  # type: ignore[arg-type]
            about="",
            team_question=question,
            characteristics=(_characteristic(heading_id, 1), _characteristic(heading_id, 2)),
        )
        for heading_id, name, short, kind, question in HEADINGS
    ),
    outcomes=(),
    needs=Needs(
        code="NEED",
        text="What evidence would help you most in your work?",
        choices=(Choice(id="works", label="What works for families like ours"),),
    ),
    comments=(),
    steps=tuple(
        Step(
            id=step_id,
            title=title,
            action=action,
            from_stages=(1, 2, 3),
            owner=owner,
            first_30_days=first,
            six_month_sign=sign,
            otherwise=otherwise,
            effort=effort,  # type: ignore[arg-type]
            requires=requires,
            resources=("R01",) if number == 0 else (),
        )
        for number, (step_id, title, action, owner, first, sign, otherwise, effort, requires) in enumerate(
            STEPS
        )
    ),
    resources=(
        Resource(
            id="R01",
            title="Practice tool: reflective supervision",
            publisher="Invented publisher",
            address="https://example.org/supervision",
            kind="tool",
            headings=("systems",),
            helps_with="Asking better questions in supervision",
        ),
    ),
)
