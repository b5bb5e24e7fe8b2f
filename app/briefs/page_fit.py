"""How full the four pages are: each gets as much air as it has room for, and no page runs over.

Heights are in rem of the style sheets (10 pt in print), widths of columns in mm, sizes of type in points.
A page is roomy; or snug, with less air; or dense, with smaller type too. A test holds the sums to the layout.
"""

from dataclasses import dataclass, replace

from app.briefs.marks import Marks, Sentence, Title
from app.briefs.page_four import PageFour, Passage, ResponseTable
from app.briefs.page_one import PageOne
from app.briefs.page_three import PageThree, StepInFull
from app.briefs.page_two import PageTwo
from app.briefs.typesetting import IN_TEXT, MM_PER_POINT, Run, kept, lines_of

FITS = ("", " snug", " snug dense")
_REM = 10 * MM_PER_POINT
_FIRST_PAGE, _OTHER_PAGES = 266 / _REM, 257 / _REM
_WHOLE, _NAMES, _WORDS, _HALF, _THIRD, _QUARTER = 176.0, 41.0, 71.0, 86.0, 56.0, 41.0
_KICKER, _SECTION, _NOTE, _BELOW, _BLOCK_HEAD = 1.5, 1.5, 1.105, 1.04, 1.84


@dataclass(frozen=True, slots=True)
class _Type:
    """Size in points, and height of a line in rem."""

    size: float
    line: float


def _text(said: str, width: float, size: float = 10, bold: bool = False) -> int:
    return lines_of(width, Run(said, size, bold))


def _marks(marks: Marks) -> Run:
    return Run(
        f"({'; '.join(mark.label for mark in marks.items)})" if marks.items else "", 8, False, marks.unbroken
    )


def _runs(sentence: Sentence, size: float, last: bool = True) -> tuple[Run, ...]:
    said = kept(sentence.text, IN_TEXT) if last and not sentence.marks.items else sentence.text
    return (Run(sentence.lead, size, True), Run(said, size), _marks(sentence.marks))


def _paragraph(sentences: tuple[Sentence, ...], size: float) -> list[Run]:
    return [run for said in sentences for run in _runs(said, size, said is sentences[-1])]


def _sentence(sentence: Sentence | None, width: float, size: float) -> int:
    return lines_of(width, *_runs(sentence, size)) if sentence else 0


def _page_title(title: Title) -> float:
    size, line = 17, 2.1
    inline = Run("", 8) if title.below else _marks(title.marks)
    return 0.2 + line * lines_of(_WHOLE, Run(kept(title.text), size, True), inline) + _BELOW * title.below


def _chart_title(title: Title) -> float:
    inline = Run("", 8) if title.below else _marks(title.marks)
    return _SECTION * lines_of(_WHOLE, Run(kept(title.text), 12, True), inline) + _BELOW * title.below + 0.45


def fit_page_one(page: PageOne) -> PageOne:
    """Give page 1 the most air that it has room for."""
    return replace(page, fit=_first([_page_one(page, level) for level in range(len(FITS))], _FIRST_PAGE))


def _page_one(page: PageOne, level: int) -> float:
    verdict = _Type((21, 21, 20)[level], (2.55, 2.55, 2.43)[level])
    why = _Type((10, 10, 9.2)[level], (1.4, 1.3, 1.16)[level])
    thing = _Type((12, 12, 11)[level], (1.5, 1.5, 1.375)[level])
    padding, row = (0.91, 0.7, 0.7)[level], (4.03, 3.75, 3.61)[level]
    before_head = (1.3, 0.85, 0.85)[level]
    inline = Run("", 8) if page.verdict_below else _marks(page.verdict.marks)
    height = 4.6 + _KICKER + 0.2 + (1.4, 1.0, 0.8)[level]
    height += verdict.line * lines_of(_WHOLE, Run(kept(page.verdict.plain), verdict.size, True), inline)
    height += (_BELOW + 0.2) * page.verdict_below + _chart_title(page.strip_title)
    height += 2.47 + row * len(page.rows)
    height += (1.65, 1.2, 1.2)[level] + _NOTE * _text(page.legend, _WHOLE, 8.5)
    height += _BLOCK_HEAD
    for to_do in page.things:
        titles = thing.line * _text(kept(to_do.title), 90.8, thing.size, True)
        height += padding + max(1.7, titles, why.line * _sentence(to_do.why, _WORDS, why.size))
    height += (0.35 + _NOTE) if page.ties_note else 0
    if page.keep:
        titles = thing.line * _text(kept(page.keep.title), 101.4, thing.size, True)
        kept_why = why.line * _sentence(page.keep.why, _WORDS, why.size)
        height += before_head + _BLOCK_HEAD + padding - 0.06 + max(titles, kept_why)
    sure = Run("How sure we are:", why.size, True), Run(page.how_sure, why.size)
    if page.heard_apart:
        lines = lines_of(_WHOLE, *sure) + _text(page.heard, _WHOLE, why.size)
    else:
        lines = lines_of(_WHOLE, *sure, Run(page.heard, why.size))
    return height + (0.9, 0.6, 0.6)[level] + 0.97 + (1.4, 1.4, 1.16)[level] * lines


def fit_page_two(page: PageTwo) -> PageTwo:
    """Give page 2 the most air that it has room for; its quotes stay only where no type gets smaller."""
    roomy = [_page_two(page, level) for level in range(len(FITS))]
    if page.quotes and roomy[1] > _OTHER_PAGES:
        page = replace(page, quotes=())
        roomy = [_page_two(page, level) for level in range(len(FITS))]
    return replace(page, fit=_first(roomy, _OTHER_PAGES))


def _page_two(page: PageTwo, level: int) -> float:
    found = _Type((9.5, 9.5, 8.8)[level], (1.25, 1.197, 1.074)[level])
    least, padding = (4.96, 4.46, 4.16)[level], (0.76, 0.46, 0.3)[level]
    height = _KICKER + _page_title(page.title) + (1.0, 0.6, 0.6)[level] + 3.87
    for row in page.rows:
        lines = lines_of((_WORDS, _WORDS, 80.2)[level], *_paragraph(row.findings, found.size))
        height += max(least, padding + found.line * lines)
    height += (2.0, 1.4, 1.4)[level] + 1.19 * max(1, _text(page.key_words, _WORDS, 8.5))
    height += _chart_title(page.gap_title)
    height += (1.95 + _SECTION) if page.quotes_title else 0
    for quote in page.quotes:
        said = Run(f"Heard from {quote.said_by}: “{quote.text}”", 10)
        height += 1.4 * lines_of(_WHOLE, said, _marks(quote.marks)) + (0.7, 0.5, 0.5)[level]
    if page.gaps:
        height += 2.45 + (2.56, 2.21, 2.01)[level] * len(page.gaps)
    return height + 0.35 + _NOTE * _text(page.gap_note, _WHOLE, 8.5)


def fit_page_three(page: PageThree) -> PageThree:
    """Give page 3 the most air that it has room for."""
    return replace(page, fit=_first([_page_three(page, level) for level in range(len(FITS))], _OTHER_PAGES))


def _page_three(page: PageThree, level: int) -> float:
    following = _Type((10, 10, 9.4)[level], (1.35, 1.28, 1.147)[level])
    height = _KICKER + 0.2 + 2.1 * _text(kept(page.title), _WHOLE, 17, True) + (1.0, 0.6, 0.6)[level]
    height += page.year.height / 10 / _REM + (1.3, 0.9, 0.9)[level]
    height += sum(_step(step, level) for step in page.steps)
    height += (0.46 + _NOTE * _text(page.tests, _WHOLE, 8.5)) if page.tests else 0
    if page.next_steps:
        height += _SECTION + (1.7, 1.2, 1.0)[level] + 0.44
        height += following.line * max(
            _text(kept(step.title), _QUARTER, following.size, True)
            + _sentence(step.reason, _QUARTER, following.size)
            for step in page.next_steps
        )
    return height


def _step(step: StepInFull, level: int) -> float:
    said = _Type((10, 10, 9.4)[level], (1.35, 1.28, 1.147)[level])
    action = _Type((11, 11, 10.5)[level], (1.4, 1.4, 1.26)[level])
    side = 2.35 + _SECTION * _text(kept(step.title), _NAMES, 12, True)
    side += 2 * (0.35 + _NOTE) + said.line * (_text(step.owner, _NAMES, said.size) + 1)
    first, second = 56.1, 70.9
    start, sign, otherwise, do = (
        kept(text, IN_TEXT) for text in (step.first_30_days, step.six_month_sign, step.otherwise, step.action)
    )
    upper = max(_text(start, first, said.size), _text(sign, second, said.size))
    lower = max(_text(otherwise, first, said.size), _sentence(step.answers, second, said.size))
    body = action.line * _text(do, 131, action.size) + (0.5, 0.35, 0.35)[level]
    body += 2 * _NOTE + (0.55, 0.35, 0.35)[level] + said.line * (upper + lower)
    return (1.99, 1.39, 1.04)[level] + max(side, body)


def fit_page_four(page: PageFour) -> PageFour:
    """Give page 4 the most air that it has room for."""
    return replace(page, fit=_first([_page_four(page, level) for level in range(len(FITS))], _OTHER_PAGES))


def _page_four(page: PageFour, level: int) -> float:
    height = _KICKER + _page_title(page.title) + (1.0, 0.6, 0.6)[level]
    height += max((_response(table, level) for table in page.tables), default=0.0)
    height += 0.5 + _NOTE * _text(page.response_note, _WHOLE, 8.5) if page.response_note else 0
    passages = (page.passages[:3], page.passages[3:])
    height += (1.4, 1.0, 1.0)[level] + (1.3, 0.9, 0.9)[level]
    height += sum(max(_passage(passage, level) for passage in row) for row in passages if row)
    if page.needs:
        height += (1.9, 1.4, 1.2)[level] + _SECTION + 1.27 + 1.71 * len(page.needs)
    size = (12, 12, 11)[level]
    height += (1.5, 1.1, 0.9)[level] + _SECTION + (0.885, 0.785, 0.785)[level]
    height += size / 8 * max((_text(kept(question), _THIRD, size) for question in page.questions), default=0)
    reach = lines_of(_WHOLE, Run("Reach us:", 10, True), Run(page.reach_us, 10))
    return height + (1.6, 1.1, 1.1)[level] + 0.97 + 1.4 * reach


def _response(table: ResponseTable, level: int) -> float:
    if table.instead:
        return 2.06 + 1.4 * _text(table.instead, _HALF)
    least, padding = (2.16, 2.01, 2.01)[level], (0.66, 0.5, 0.5)[level]
    rows = sum(max(least, padding + 1.035 * _text(row.name, 36, 9)) for row in table.rows)
    return 1.43 + rows + ((0.3 + _NOTE * _text(table.more, _HALF, 8.5)) if table.more else 0)


def _passage(passage: Passage, level: int) -> float:
    said = _Type((10, 10, 9.4)[level], (1.4, 1.3, 1.175)[level])
    title = 1.375 * _text(passage.title, _THIRD, 11, True)
    return 0.685 + title + said.line * lines_of(_THIRD, *_paragraph(passage.sentences, said.size))


def _first(heights: list[float], room: float) -> str:
    return next((fit for fit, height in zip(FITS, heights, strict=True) if height <= room), FITS[-1])
