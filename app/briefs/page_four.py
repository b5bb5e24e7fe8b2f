"""Page 4: who answered, what we could not see, and how to read the rest."""

from dataclasses import dataclass

from app.briefs import words
from app.briefs.geometry import Box, Scale, Span
from app.briefs.marks import MarkBook, Marks, Sentence, Title, chart_title, page_title
from app.briefs.page_three import MONTHS_TO_NEXT_WAVE
from diagnostics import wording
from diagnostics.comparison import Comparison
from diagnostics.framework import Framework
from diagnostics.published import GroupResponse, PublishedProfile, PublishedStep

BAR_WIDTH, NEED_WIDTH = 240, 600
_ROWS = 8
_ENDS = 4
_LONG_NAME = 42
_NEEDS = 3
_QUESTIONS = 3
_LIMITS_LENGTH = 210


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """How many of one group answered; hatched where the group is hidden."""

    name: str
    message: str
    bar: Span | None
    all_staff_x: float | None
    rate: str
    people: str
    hatched: Box | None


@dataclass(frozen=True, slots=True)
class ResponseTable:
    """Who answered, by one breakdown: its rows, or ``instead``; ``more`` says where the other rows stand."""

    title: str
    rows: tuple[ResponseRow, ...]
    more: str
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading with sentences under it."""

    title: str
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class NeedRow:
    """A kind of evidence that staff ask for."""

    label: str
    message: str
    bar: Span
    share: str


# The page for staff says it too.
NOT_TO_CONCLUDE = "This is not an inspection or a league table. It does not measure outcomes for children."
_ASSUMPTION = "Every range holds if those who answered are like those who did not."
_NO_CONTACT = "ask the practice development manager who led this diagnostic"


@dataclass(frozen=True, slots=True)
class PageFour:
    """All that page 4 prints."""

    kicker: str
    title: Title
    tables: tuple[ResponseTable, ...]
    response_note: str
    passages: tuple[Passage, ...]
    needs_title: Title | None
    needs: tuple[NeedRow, ...]
    questions_title: str
    questions: tuple[str, ...]
    reach_us: str
    fit: str = ""


def present_page_four(
    profile: PublishedProfile,
    framework: Framework,
    book: MarkBook,
    steps: tuple[tuple[PublishedStep, str], ...],
    role_table: str,
    area_table: str,
    comparison: Comparison | None,
) -> PageFour:
    """Make page 4. The names are of the tables in the Evidence section that hold every group."""
    questions, needs = _questions(profile, framework, steps), _needs(profile)
    passages = (
        _who_is_missing(profile, book),
        _unseen(profile),
        _not_alike(),
        _comparison(profile, comparison),
        Passage(
            "What not to conclude",
            (_plain(NOT_TO_CONCLUDE),),
        ),
        _again(profile),
    )
    tables = _tables(profile, role_table, area_table)
    return PageFour(
        kicker="How to read this brief",
        title=page_title(_title(profile), book.of_sources("survey")),
        tables=tables,
        response_note=_response_note(profile, tables),
        passages=passages,
        needs_title=chart_title(_needs_title(profile), book.of_sources("survey")) if needs else None,
        needs=needs,
        questions_title=f"{words.sentence_case(wording.number(len(questions)))} "
        f"{'question' if len(questions) == 1 else 'questions'} for a team meeting",
        questions=questions,
        reach_us=f"{profile.contact or _NO_CONTACT}. Evidence up to {words.day(profile.as_of)}.",
    )


def response_row(group: GroupResponse, all_staff: int | None) -> ResponseRow:
    """Draw one group's response."""
    axis = Scale(0, 100, BAR_WIDTH)
    line = axis.at(all_staff) if all_staff is not None else None
    if group.suppressed or group.rate is None:
        box = Box(2, 12, BAR_WIDTH - 4, 36)
        return ResponseRow(group.name, f"{group.name}: {words.HIDDEN}.", None, None, words.NOT_SHOWN, "", box)
    rate = words.share(group.rate)
    people = words.band(group.n_band)
    message = f"{group.name}: {rate} answered, {people} people."
    return ResponseRow(group.name, message, axis.span(0, group.rate), line, rate, people, None)


def _title(profile: PublishedProfile) -> str:
    rate = profile.response.rate
    unseen = "some things we could not see" if profile.limits else "how to read the rest"
    if profile.response.answered is None or rate is None:
        started = "No survey scores can be shown" if profile.survey_dates else "There was no staff survey"
        return f"{started}; {unseen}"
    if profile.response.answered > profile.response.frame:
        return f"More answers came in than the staff list counts; {unseen}"
    return f"{words.out_of_ten(rate)} staff answered; {unseen}"


def _tables(profile: PublishedProfile, role_table: str, area_table: str) -> tuple[ResponseTable, ...]:
    response = profile.response
    if all(group.suppressed for group in (*response.by_role_group, *response.by_service_area)):
        return ()
    return (
        _table("Who answered, by role", response.by_role_group, response.rate, role_table, by_share=False),
        _table("By service area", response.by_service_area, response.rate, area_table, by_share=True),
    )


def _table(
    title: str, groups: tuple[GroupResponse, ...], rate: int | None, table_name: str, by_share: bool
) -> ResponseTable:
    shown = [group for group in groups if not group.suppressed]
    if not shown:
        return ResponseTable(title, (), "", f"{words.sentence_case(words.HIDDEN)}.")
    if words.shares_are_unknown(groups):
        return ResponseTable(title, (), "", words.AREAS_NOT_KNOWN)
    hidden = [group for group in groups if group.suppressed]
    more = ""
    if by_share or len(groups) > _ROWS:
        shown.sort(key=lambda group: -(group.rate or 0))
    if len(groups) > _ROWS:
        ends = _ENDS if all(len(group.name) <= _LONG_NAME for group in groups) else _ENDS - 1
        if len(shown) >= 2 * ends:
            shown, hidden = [*shown[:ends], *shown[-ends:]], []
            end = wording.number(ends)
            more = f"The {end} highest and the {end} lowest shares. "
        hidden = hidden[: 2 * ends - len(shown)]
        left = len(groups) - len(shown) - len(hidden)
        more += f"{left} more {'group is' if left == 1 else 'groups are'} in {table_name}."
    return ResponseTable(title, tuple(response_row(group, rate) for group in [*shown, *hidden]), more)


def _response_note(profile: PublishedProfile, tables: tuple[ResponseTable, ...]) -> str:
    response = profile.response
    parts = []
    groups = (*response.by_role_group, *response.by_service_area)
    if groups and all(group.suppressed for group in groups):
        parts.append(
            "Who answered is not shown by role or by service area, to protect people in small groups."
        )
    elif response.rate is not None and response.answered is not None:
        parts.append(f"Line: all staff, {response.rate}%. Shares are to the nearest 5%.")
    if response.answered is not None and response.indicative:
        parts.append("Few answered, so survey scores are indicative only.")
    if any(row.hatched for table in tables for row in table.rows):
        parts.append(f"Hatched: {words.HIDDEN}.")
    if response.weighting_note:
        parts.append(response.weighting_note)
    return " ".join(parts)


def _plain(text: str) -> Sentence:
    return Sentence("", text, Marks((), True))


def _who_is_missing(profile: PublishedProfile, book: MarkBook) -> Passage:
    title = "Staff who did not answer"
    # The first of these says how many answered, which the title and the table say already.
    written = [finding for finding in profile.findings if finding.kind == "response"][1:]
    if not written:
        return Passage(
            title, (_plain("With no survey scores to show, we cannot say how staff see the headings."),)
        )
    return Passage(title, (*(book.sentence(finding) for finding in written), _plain(_ASSUMPTION)))


def limits_on_page(profile: PublishedProfile) -> int:
    """Say how many limits page 4 has room for; the Evidence section lists them all where it has not."""
    length = 0
    for place, limit in enumerate(profile.limits):
        length += len(limit.text) + 1
        if length > _LIMITS_LENGTH:
            return max(1, place)
    return len(profile.limits)


def _unseen(profile: PublishedProfile) -> Passage:
    count = limits_on_page(profile)
    limits = tuple(_plain(limit.text) for limit in profile.limits[:count])
    if count < len(profile.limits):
        limits += (_plain("The Evidence section lists the rest."),)
    return Passage("What we could not see", limits)


def _needs(profile: PublishedProfile) -> tuple[NeedRow, ...]:
    axis = Scale(0, 100, NEED_WIDTH)
    shown = [
        (need.label, need.share) for need in profile.needs if not need.suppressed and need.share is not None
    ]
    shown.sort(key=lambda need: -need[1])
    return tuple(
        NeedRow(label, f"{label}: {words.share(share)}.", axis.span(0, share), words.share(share))
        for label, share in shown[:_NEEDS]
    )


def _needs_title(profile: PublishedProfile) -> str:
    # A kind that is hidden may be asked for more often than those that are shown.
    of_shown = ", of what we can show" if any(need.suppressed for need in profile.needs) else ""
    return f"Evidence that staff ask for most{of_shown}"


def _not_alike() -> Passage:
    return Passage(
        "The scales differ",
        (
            _plain(
                "Staff say in the survey how often things happen; we rate the other three sources"
                " against four stages. A 50 in one is not quite a 50 in another."
            ),
        ),
    )


def _comparison(profile: PublishedProfile, comparison: Comparison | None) -> Passage:
    short = wording.place_name(profile.authority.name)
    if comparison is not None:
        missing = any(heading.combined and not comparison.of(heading.id) for heading in profile.headings)
        return Passage(
            "Beside other councils",
            (
                _plain(
                    f"The brackets on page 1 hold the middle half of {words.other_councils(comparison)}."
                    " That is no target and no rank: each council heard other people in other ways."
                ),
                *([_plain("No bracket: fewer than ten councils have a score.")] if missing else []),
            ),
        )
    return Passage(
        "No comparison group yet",
        (
            _plain(
                "We will show the median of authorities when enough have taken part."
                f" Until then, compare {short} with itself."
            ),
        ),
    )


def _questions(
    profile: PublishedProfile, framework: Framework, steps: tuple[tuple[PublishedStep, str], ...]
) -> tuple[str, ...]:
    answered = [profile.finding(step.findings[0]).heading for step, _ in steps if step.findings]
    lowest = sorted(profile.headings, key=lambda heading: heading.combined.score if heading.combined else 101)
    wanted = dict.fromkeys([*answered, *(heading.id for heading in lowest)])
    by_id = {heading.id: heading.team_question for heading in framework.headings}
    return tuple(by_id[heading_id] for heading_id in wanted if heading_id in by_id)[:_QUESTIONS]


def _again(profile: PublishedProfile) -> Passage:
    found = [heading.change.minimum_detectable for heading in profile.headings if heading.change]
    least = max((points for points in found if points is not None), default=None)
    detect = f" We can detect a change of {least} survey points or more." if least else ""
    when = f"{words.month(profile.as_of, MONTHS_TO_NEXT_WAVE)}, as wave {profile.wave + 1}.{detect}"
    return Passage("Measure again", (_plain(when),))
