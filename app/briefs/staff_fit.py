"""How full the page for staff is: as much air as it has room for, and never more than one page.

What may have to go is chosen here too. A reader is better served by fewer limits than by smaller type, and by
fewer findings than by a second page: all of them stand in the brief. Measures are those of page_fit.py, and a
test holds these sums to the layout.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from app.briefs.page_fit import FITS
from app.briefs.staff_page import MORE_FOUND, MORE_LIMITS, UNSEEN, Aside, FirstStep, StaffPage
from app.briefs.typesetting import IN_TEXT, MM_PER_POINT, Run, kept, lines_of

_REM = 10 * MM_PER_POINT
# A line less than there is, should the sums be wrong by one.
_ROOM = (297 - 13 - 12) / _REM - 1.4
_WHOLE, _NAMES, _FOUND, _STRENGTH = 176.0, 41.4, 131.0, 127.3
_AUTHORITY = 110.0
_TITLE, _START, _SIGN, _THIRD = 46.0, 53.0, 58.5, 56.0
_BETWEEN = 4.0
_SHARES = {UNSEEN: 1.5, "is-not": 1.25, "again": 1.0}
_HEAD, _RULED, _NOTE = 1.5, 1.84, 1.105
_ROOMY, _SNUG, _DENSE = range(len(FITS))
_FEW_LIMITS = 2


@dataclass(frozen=True, slots=True)
class _Type:
    """Size in points, and height of a line in rem."""

    size: float
    line: float

    def height(self, width: float, *runs: Run) -> float:
        """Give the height of runs in a column so many mm wide."""
        return self.line * lines_of(width, *runs)


def fit_staff_page(page: StaffPage) -> StaffPage:
    """Give the page the most that it has room for."""
    *ways, last = _ways(page)
    return next((way for way in ways if staff_page_height(way) <= _ROOM), last)


def _ways(page: StaffPage) -> Iterator[StaffPage]:
    """Give the ways to print the page, from the most air and words to the fewest."""
    limits = max((len(aside.sentences) for aside in page.asides if aside.look == UNSEEN), default=0)
    fewer = sorted({limits, min(limits, _FEW_LIMITS), min(limits, 1)}, reverse=True)
    for count in fewer:
        for level in (_ROOMY, _SNUG):
            yield replace(_with_limits(page, count), fit=FITS[level])
    dense = replace(page, fit=FITS[_DENSE])
    for count in fewer:
        yield _with_limits(dense, count)
    least = _with_limits(dense, fewer[-1])
    for count in range(len(page.told) - 1, -1, -1):
        yield replace(least, told=page.told[:count], told_more=MORE_FOUND if count else "")
    yield replace(least, told=(), keep=None)


def _with_limits(page: StaffPage, count: int) -> StaffPage:
    return replace(page, asides=tuple(_shortened(aside, count) for aside in page.asides))


def _shortened(aside: Aside, count: int) -> Aside:
    if aside.look != UNSEEN or len(aside.sentences) <= count:
        return aside
    return replace(aside, sentences=aside.sentences[:count], more=MORE_LIMITS)


def staff_page_height(page: StaffPage) -> float:
    """Reckon how high the page is, in rem, with the air and type that it asks for."""
    level = FITS.index(page.fit)
    return _top(page, level) + _told(page, level) + _now(page, level) + _foot(page, level)


def _top(page: StaffPage, level: int) -> float:
    title = _Type((26, 24, 20)[level], (2.912, 2.688, 2.24)[level])
    thanks = _Type((12, 11, 10)[level], (1.62, 1.43, 1.3)[level])
    verdict = _Type((17, 15, 13)[level], (2.074, 1.83, 1.586)[level])
    authority = 1.215 * (1 + lines_of(_AUTHORITY, Run(page.authority, 9)))
    height = 0.84 + max(1.54, authority) + (1.65, 1.05, 0.8)[level]
    height += title.height(_WHOLE, Run(kept(page.heading), title.size, True))
    height += thanks.height(
        _WHOLE, Run(page.thanks, thanks.size, True), Run(kept(page.heard, IN_TEXT), thanks.size)
    )
    height += _gap(level) + _HEAD + 0.1
    return height + verdict.height(_WHOLE, Run(kept(page.verdict), verdict.size, True))


def _gap(level: int) -> float:
    return (1.5, 0.9, 0.75)[level]


def _body(level: int) -> _Type:
    return _Type((10, 10, 9.2)[level], (1.35, 1.28, 1.141)[level])


def _told(page: StaffPage, level: int) -> float:
    body, height = _body(level), 0.0
    if page.told:
        height += _gap(level) + _RULED
    for found in page.told:
        name = body.height(_NAMES, Run(found.heading, body.size, True))
        said = Run(found.lead, body.size, True), Run(kept(found.text, IN_TEXT), body.size)
        height += (0.86, 0.58, 0.46)[level] + max(name, body.height(_FOUND, *said))
    height += (0.35 + _NOTE) if page.told_more else 0
    if page.keep:
        why = Run(kept(page.keep.why, IN_TEXT), body.size)
        height += (1.7, 1.3, 1.3)[level]
        height += body.height(_STRENGTH, Run(f"{page.keep.title}.", body.size, True), why)
    return height


def _now(page: StaffPage, level: int) -> float:
    height = _gap(level) + _RULED + sum(_step(step, level) for step in page.steps)
    height += (0.35 + _NOTE) if page.ties_note else 0
    if page.no_step:
        height += 1.5 + 1.5 * lines_of(_WHOLE, Run(kept(page.no_step), 12))
    if page.questions:
        most = max(lines_of(_THIRD, Run(kept(question), 11)) for question in page.questions)
        height += _HEAD + 0.81 + 1.375 * most
    return height


def _step(step: FirstStep, level: int) -> float:
    title = _Type((12, 12, 11)[level], (1.5, 1.5, 1.375)[level])
    said = _Type((10, 10, 9.4)[level], (1.35, 1.28, 1.147)[level])
    start, sign = (Run(kept(text, IN_TEXT), said.size) for text in (step.first_30_days, step.six_month_sign))
    what = title.height(_TITLE, Run(kept(step.title), title.size, True))
    what += 0.2 + _NOTE + said.height(_TITLE, Run(step.owner, said.size))
    how = _NOTE + max(said.height(_START, start), said.height(_SIGN, sign))
    return (1.36, 1.01, 0.76)[level] + max(1.7, what, how)


def _foot(page: StaffPage, level: int) -> float:
    body = _body(level)
    shares = sum(_SHARES[aside.look] for aside in page.asides)
    room = _WHOLE - _BETWEEN * (len(page.asides) - 1)
    asides = [
        1.375 * lines_of(width, Run(aside.title, 11, True))
        + body.height(width, Run(" ".join((*aside.sentences, aside.more)).strip(), body.size))
        for aside in page.asides
        for width in [room * _SHARES[aside.look] / shares]
    ]
    height = _gap(level) + 0.685 + max(asides)
    reach = _Type((10, 10, 9.2)[level], (1.4, 1.4, 1.159)[level])
    height += (1.3, 0.8, 0.75)[level] + 0.97
    height += reach.height(
        _WHOLE, Run("The whole brief:", reach.size, True), Run(page.whole_brief, reach.size)
    )
    return height + reach.height(_WHOLE, Run("Questions:", reach.size, True), Run(page.ask, reach.size))
