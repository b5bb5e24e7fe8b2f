"""An invented published profile that shows everything a brief may have to print. See also variants.py."""

from diagnostics.published import (
    Derived,
    EvidenceEntry,
    Finding,
    Gap,
    GroupResponse,
    GroupScore,
    Limit,
    Need,
    Pair,
    Pattern,
    PublishedAuthority,
    PublishedChange,
    PublishedConfidence,
    PublishedFramework,
    PublishedGroups,
    PublishedHeading,
    PublishedItem,
    PublishedProfile,
    PublishedQuote,
    PublishedResponse,
    PublishedSources,
    PublishedStep,
    Reason,
    ScoreRange,
    Source,
    SourceScore,
    StageRange,
    Strength,
)
from tests.report.invented_framework import FREQUENCY, HEADINGS, ITEM_TEXTS

NAMES = {heading_id: (name, short, kind) for heading_id, name, short, kind, _ in HEADINGS}

# heading: survey, interview, observation, document (None is silent; a negative score is thin)
SCORES: dict[str, tuple[int, int | None, int | None, int | None]] = {
    "capability": (58, 48, 41, 62),
    "systems": (61, 50, 33, 72),
    "practice": (66, 59, 52, 55),
    "leadership": (63, 68, None, 60),
    "culture": (57, 46, 44, None),
    "skills": (47, 41, None, -52),
}
COMBINED = {
    "capability": (53, 48, 58, 2, 3),
    "systems": (54, 44, 61, 2, 3),
    "practice": (59, 55, 63, 3, 3),
    "leadership": (64, 60, 68, 3, 3),
    "culture": (50, 45, 55, 2, 3),
    "skills": (45, 41, 49, 2, 2),
}
GAPS = {
    "capability": (69, 53),
    "systems": (74, 55),
    "practice": (70, 66),
    "leadership": (79, 56),
    "culture": (73, 51),
    "skills": (55, 45),
}
CHANGES = {
    "capability": PublishedChange(2, -4, 8, False, 6, None),
    "systems": PublishedChange(-2, -8, 5, False, 6, None),
    "practice": PublishedChange(6, 2, 10, True, 5, None),
    "leadership": PublishedChange(3, -1, 7, False, 5, None),
    "culture": PublishedChange(4, -1, 9, False, 6, None),
    "skills": PublishedChange(None, None, None, False, None, "the questions changed"),
}
REASONS = {
    "capability": ("high", ()),
    "systems": ("moderate", (Reason("dissonance", "two sources disagree", "sources disagree"),)),
    "practice": ("high", ()),
    "leadership": (
        "moderate",
        (Reason("no_practitioner", "no practitioner was heard in an interview", "no practitioner heard"),),
    ),
    "culture": ("moderate", (Reason("raters", "our raters differed", "our raters differed"),)),
    "skills": (
        "low",
        (
            Reason("sources", "only two sources could be counted", "two sources only"),
            Reason("raters", "no record was rated twice", "rated only once"),
        ),
    ),
}
FINDINGS = (
    Finding(
        "verdict",
        "verdict",
        None,
        "",
        "Wexbourne has good rules for using evidence and leaders believe they are followed, but the"
        " supervision we watched seldom shows it.",
        ("D1", "S systems", "O1", "O2", "O3", "O4"),
    ),
    Finding(
        "cap_1",
        "heading",
        "capability",
        "",
        "Staff draw on experience and on what families say, but seldom on research or their own data.",
        ("S capability", "I6", "O5", "D7"),
    ),
    Finding(
        "sys_1",
        "pattern",
        "systems",
        "Written, not done.",
        "The supervision policy asks for reflection on evidence; most sessions that we watched had none.",
        ("D1", "D4", "O1", "O2", "O3", "O4"),
    ),
    Finding(
        "pra_1",
        "change",
        "practice",
        "A real improvement.",
        "Children’s feedback now changes plans: up by 2 to 10 points.",
        ("S practice", "O6", "D9"),
    ),
    Finding(
        "lea_1",
        "heading",
        "leadership",
        "",
        "Leaders say that they ask for evidence, but we heard no practitioner on this.",
        ("I1", "I2", "D2"),
    ),
    Finding(
        "lea_gap",
        "gap",
        "leadership",
        "Leaders above practitioners.",
        "Leaders rate leadership 23 points higher than practitioners do.",
        ("S leadership", "I1", "I2", "I7"),
    ),
    Finding(
        "cul_1",
        "change",
        "culture",
        "No reliable change.",
        "The score is 4 points higher, which may be chance.",
        ("S culture",),
    ),
    Finding("cul_2", "heading", "culture", "", "Practitioners fear saying “I don’t know”.", ("I7", "I8")),
    Finding(
        "cul_gap",
        "gap",
        "culture",
        "Leaders above practitioners.",
        "Leaders rate culture 22 points higher than practitioners do.",
        ("S culture", "I2", "I7"),
    ),
    Finding(
        "ski_1",
        "heading",
        "skills",
        "",
        "Staff are unsure how to judge research, and want help close by.",
        ("S skills", "I4"),
    ),
    Finding(
        "strength",
        "strength",
        "practice",
        "",
        "Its use rose by 2 to 10 points in a year. Keep the monthly panel.",
        ("S practice", "O6", "D9"),
    ),
    Finding("sureness", "confidence", None, "How sure we are:", "fairly sure; less sure of skills.", ()),
    Finding(
        "response",
        "response",
        None,
        "",
        "248 of 420 staff answered, fewest in business support and commissioning.",
        ("S capability",),
    ),
    Finding("tipping", "response", None, "", "The silent staff could move skills by a stage.", ("S skills",)),
    Finding("policy", "step", "systems", "", "The policy that you have is sound.", ("D1",)),
)
ROLE_GROUPS = (
    GroupResponse("leaders", "Leaders", 80, "20 to 49", False),
    GroupResponse("team_managers", "Team managers", 75, "20 to 49", False),
    GroupResponse("registered", "Practitioners, registered", 55, "100 or more", False),
    GroupResponse("other", "Practitioners, other", 55, "50 to 99", False),
    GroupResponse("support", "Business support and commissioning", 45, "20 to 49", False),
)
SERVICE_AREAS = (
    GroupResponse("early", "Early help", 65, "50 to 99", False),
    GroupResponse("fostering", "Fostering and adoption", 65, "20 to 49", False),
    GroupResponse("care", "Children in care", 60, "20 to 49", False),
    GroupResponse("quality", "Quality and commissioning", 60, "20 to 49", False),
    GroupResponse("assessment", "Assessment and safeguarding", 55, "50 to 99", False),
    GroupResponse("disabled", "Disabled children", None, None, True),
    GroupResponse("youth", "Youth justice", None, None, True),
)


def _source(score: int | None, source: Source) -> SourceScore | None:
    if score is None:
        return None
    if source == "survey":
        return SourceScore(score, score - 3, score + 3, None, "100 or more", False, 5, 0)
    count = {"interview": 9, "observation": 6, "document": 14}[source]
    return SourceScore(abs(score), None, None, 1 if score < 0 else count, None, score < 0, 4, 1)


def _pairs(heading_id: str) -> tuple[Pair, ...]:
    if heading_id != "systems":
        return (Pair("survey", "interview", 10, "agreement", "proposed", None),)
    return (
        Pair("survey", "observation", 28, "dissonance", "overruled", "The policy is new."),
        Pair("observation", "document", 39, "dissonance", "confirmed", None),
    )


def _groups(heading_id: str, groups: tuple[GroupResponse, ...]) -> tuple[GroupScore, ...]:
    base = SCORES[heading_id][0]
    return tuple(
        GroupScore(
            group.id,
            group.name,
            None if group.suppressed else base + 4 - place,
            group.n_band,
            group.suppressed,
        )
        for place, group in enumerate(groups)
    )


def _items(short: str) -> tuple[PublishedItem, ...]:
    shares = ((5, 15, 30, 40, 10), (5, 5, 20, 45, 25), (20, 30, 30, 15, 5))
    return tuple(
        PublishedItem(
            code=f"{short[:3].upper()}{place + 1}",
            text=ITEM_TEXTS[(place + len(short)) % len(ITEM_TEXTS)],
            labels=FREQUENCY,
            shares=shares[place],
            score=(59, 70, 39)[place],
            dont_know=(5, 10, 0)[place],
            n_band="100 or more",
            suppressed=False,
            change=PublishedChange(3, -2, 8, False, 6, None)
            if place
            else PublishedChange(7, 2, 12, True, 6, None),
        )
        for place in range(3)
    )


def _heading(heading_id: str) -> PublishedHeading:
    name, short, kind = NAMES[heading_id]
    score, low, high, stage_low, stage_high = COMBINED[heading_id]
    survey, interview, observation, document = SCORES[heading_id]
    grade, reasons = REASONS[heading_id]
    upper, lower = GAPS[heading_id]
    patterns = {
        "systems": (Pattern("written_not_done", "sys_1", "confirmed", None),),
        "leadership": (Pattern("leaders_above_practitioners", "lea_gap", "proposed", None),),
        "culture": (Pattern("leaders_above_practitioners", "cul_gap", "proposed", None),),
    }
    return PublishedHeading(
        id=heading_id,
        name=name,
        short=short,
        kind=kind,  # type: ignore[arg-type]
        sources=PublishedSources(
            survey=_source(survey, "survey"),
            interview=_source(interview, "interview"),
            observation=_source(observation, "observation"),
            document=_source(document, "document"),
        ),
        pairs=_pairs(heading_id),
        patterns=patterns.get(heading_id, ()),
        combined=ScoreRange(score, low, high),
        stage=StageRange(stage_low, stage_high),
        confidence=PublishedConfidence(grade, reasons),  # type: ignore[arg-type]
        groups=PublishedGroups(
            role_group=_groups(heading_id, ROLE_GROUPS), service_area=_groups(heading_id, SERVICE_AREAS)
        ),
        gap=Gap(upper, lower, upper - lower, False),
        change=CHANGES[heading_id],
        tipping_point=18 if heading_id == "culture" else 8 if heading_id == "skills" else None,
        tipping_note=None if heading_id in ("culture", "skills") else "no plausible difference would",
        staff_agree=heading_id != "systems",
        items=_items(short),
        findings=tuple(
            f.id for f in FINDINGS if f.heading == heading_id and f.kind in ("heading", "pattern", "change")
        )[:2],
    )


def _evidence() -> tuple[EvidenceEntry, ...]:
    survey = tuple(
        EvidenceEntry(f"S {short}", "survey", None, "all staff", (name,)) for name, short, _ in NAMES.values()
    )
    bands = ("leaders",) * 2 + ("team managers",) * 3 + ("practitioners",) * 4
    interviews = tuple(
        EvidenceEntry(f"I{place}", "interview", "interview", band, ("asking for evidence in supervision",))
        for place, band in enumerate(bands, start=1)
    )
    settings = ("group supervision",) * 4 + ("team meeting", "review of a child in care")
    observations = tuple(
        EvidenceEntry(
            f"O{place}", "observation", setting, None, ("reflecting on evidence", "sharing what is learnt")
        )
        for place, setting in enumerate(settings, start=1)
    )
    kinds = (
        "supervision policy",
        "practice strategy",
        "service plan",
        "audit tool",
        "audit report",
        "training plan",
        "performance report",
        "induction pack",
        "feedback panel notes",
        "complaints review",
        "scrutiny papers",
        "learning review",
        "job descriptions",
        "contract terms",
    )
    documents = tuple(
        EvidenceEntry(f"D{place}", "document", kind, None, ("plans that start from evidence",))
        for place, kind in enumerate(kinds, start=1)
    )
    return survey + interviews + observations + documents


PROFILE = PublishedProfile(
    schema="profile/1",
    authority=PublishedAuthority("E08000999", "Wexbourne Metropolitan Borough Council"),
    wave=2,
    as_of="2026-12-14",
    survey_dates=("2026-10-05", "2026-11-06"),
    framework=PublishedFramework("invented", "1.0", "Invented framework"),
    method="1.0",
    threshold=10,
    digest="5f2a9c0d" * 8,
    response=PublishedResponse(
        answered=248,
        frame=420,
        rate=59,
        indicative=False,
        replacement_links=0,
        weighting_note=None,
        by_role_group=ROLE_GROUPS,
        by_service_area=SERVICE_AREAS,
    ),
    records={"interview": 9, "observation": 6, "document": 14},
    verdict="verdict",
    headings=tuple(_heading(heading_id) for heading_id in SCORES),
    reliability={},
    steps=(
        PublishedStep("supervision_question", 1, True, 96, (), (), ("sys_1",)),
        PublishedStep("leaders_visit", 2, True, 91, (), (), ("cul_gap",)),
        PublishedStep("evidence_leads", 3, True, 84, (), (), ("ski_1",)),
        PublishedStep("joined_data", 4, False, 18, (), ("supervision_question",), ("policy",)),
        PublishedStep("research_licence", 5, False, 7, (), (), ("ski_1",)),
        PublishedStep("contract_terms", 6, False, 3, (), (), ()),
        PublishedStep("stop_list", 7, False, 1, (), (), ()),
    ),
    strength=Strength("practice", "Children’s feedback now changes plans", "strength"),
    findings=FINDINGS,
    quotes=(
        PublishedQuote(
            "I7", "culture", "culture_1", "practitioners", "We talk about it when something has gone wrong."
        ),
        PublishedQuote(
            "I2",
            "leadership",
            "leadership_1",
            "leaders",
            "I ask for evidence every week, and I think they know why.",
        ),
    ),
    needs=(
        Need("works", "What works for families like ours", 65, False),
        Need("own", "Our own figures, team by team", 50, False),
        Need("voice", "What children said, brought together", 45, False),
        Need("law", "Short notes on law and guidance", 30, False),
        Need("other", "Something else", 5, False),
    ),
    derived_importance=(Derived("culture", 31),),
    evidence=_evidence(),
    limits=(
        Limit("home_visits", "We watched no home visits."),
        Limit("families", "We did not ask children, carers or partner agencies."),
        Limit("silent", "No documents covered culture."),
    ),
    comments_received="100 or more",
)
