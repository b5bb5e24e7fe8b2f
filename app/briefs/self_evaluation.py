"""The three questions of Ofsted’s self-evaluation, answered in at most 150 words: ``self-evaluation.txt``."""

from app.briefs.brief import Brief
from diagnostics import wording
from diagnostics.published import PublishedProfile, StageRange

MOST_WORDS = 150


def self_evaluation(brief: Brief, profile: PublishedProfile) -> str:
    """Answer the questions from the brief, the needed sentences first and others while there is room."""
    answers: list[list[str]] = [[] for _ in range(3)]
    kickers = (brief.one.kicker, brief.two.kicker, brief.three.kicker)
    room = MOST_WORDS - sum(map(_words, kickers))
    for question, sentence in (*_needed(brief, profile), *_wanted(brief, profile)):
        if _words(sentence) <= room:
            answers[question].append(sentence)
            room -= _words(sentence)
    return (
        "\n\n".join(f"{kicker}\n{' '.join(answer)}" for kicker, answer in zip(kickers, answers, strict=True))
        + "\n"
    )


def _words(text: str) -> int:
    return len(text.split())


def _needed(brief: Brief, profile: PublishedProfile) -> tuple[tuple[int, str], ...]:
    sure = next(finding for finding in profile.findings if finding.kind == "confidence")
    return (
        (0, brief.one.verdict.plain),
        (1, brief.one.heard),
        (1, f"{sure.lead} {sure.text}".strip()),
        (2, _plan(brief)),
    )


def _plan(brief: Brief) -> str:
    titles = [_lower(step.title) for step in brief.three.steps]
    if not titles:
        return "No step stands out yet."
    if len(titles) == 1:
        return f"Our first step: {titles[0]}."
    return f"Our first {wording.number(len(titles))} steps: {'; '.join(titles)}."


def _wanted(brief: Brief, profile: PublishedProfile) -> tuple[tuple[int, str], ...]:
    again = f"We will measure again in {brief.three.year.wave_month}."
    keep = f"A strength to keep: {_lower(brief.one.keep.title)}." if brief.one.keep else ""
    differ = [row.name for row in brief.one.rows if any(line.differs for line in row.reasons)]
    apart = f"Our sources disagree on {_lower(wording.listed(differ))}." if differ else ""
    comparison = "There is no comparison with other authorities yet."
    if brief.one.peers_title:
        comparison = f"The brief shows the {_lower(brief.one.peers_title)}."
    wanted = ((2, again), (0, keep), (0, _stages(profile)), (1, apart), (1, comparison))
    return tuple((question, sentence) for question, sentence in wanted if sentence)


def _stages(profile: PublishedProfile) -> str:
    named: dict[str, list[str]] = {}
    for heading in profile.headings:
        named.setdefault(_stage(heading.stage), []).append(_lower(heading.name))
    return " ".join(f"{stage}: {wording.listed(names)}." for stage, names in named.items())


def _stage(stages: StageRange | None) -> str:
    """Say a stage by its name alone, since the passage stands without a scale."""
    if stages is None:
        return "No stage yet"
    low, high = wording.STAGE_NAMES[stages.low], wording.STAGE_NAMES[stages.high]
    if stages.high == stages.low:
        return low.capitalize()
    return f"Between {low} and {high}" if stages.high - stages.low == 1 else "Not settled yet"


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
