"""What the evidence still needs, in words, in the order of its weight."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.fieldwork.presenters import heading_names
from diagnostics.fieldwork_coverage import Need
from diagnostics.framework import Framework
from diagnostics.published import Source
from diagnostics.wording import counted_noun, listed, number

_ONE: Mapping[Source, str] = {
    "interview": "interview or focus group",
    "observation": "observation",
    "document": "document or review of figures",
}
_ON: Mapping[Source, str] = {
    "interview": "What interviews say of {names} is thin",
    "observation": "Observation of {names} is thin",
    "document": "What documents and data show of {names} is thin",
}
_NOTHING: Mapping[Source, str] = {
    "interview": "Interviews on {names} are missing",
    "observation": "Observation of {names} is missing",
    "document": "Documents and data on {names} are missing",
}


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One thing that is needed, and under how many headings it holds confidence back; 0 under none."""

    text: str
    headings: int

    @property
    def holds_back(self) -> str:
        """Say where it matters."""
        return f"Holds confidence back under {counted_noun(self.headings, 'heading')}"


def need_lines(framework: Framework, needs: Sequence[Need]) -> tuple[NeedLine, ...]:
    """Put needs into sentences; those that differ in their heading or area alone are told together."""
    together: dict[tuple[object, ...], list[Need]] = {}
    for need in needs:
        whole = need.heading is None
        key = (need.code, need.source, need.side, need.number, whole, bool(need.grades))
        together.setdefault(key, []).append(need)
    lines = [
        NeedLine(_WORDS[group[0].code](framework, group), sum(need.grades for need in group))
        for group in together.values()
    ]
    return tuple(sorted(lines, key=lambda line: -line.headings))


def _headings(framework: Framework, group: Sequence[Need]) -> str:
    return heading_names(framework, {need.heading for need in group})


def _missing(framework: Framework, group: Sequence[Need]) -> str:
    """Name the headings of which a source has nothing; where it has something of few, name those."""
    wanted = {need.heading for need in group}
    others = {heading.id for heading in framework.headings} - wanted
    if others and len(others) + 1 < len(wanted):
        return f"every heading but {heading_names(framework, others)}"
    return _headings(framework, group)


def _source(need: Need) -> Source:
    return need.source or "interview"


def _no_record(framework: Framework, group: Sequence[Need]) -> str:
    return f"No {_ONE[_source(group[0])]} is done yet."


def _nothing(framework: Framework, group: Sequence[Need]) -> str:
    start = _NOTHING[_source(group[0])].format(names=_missing(framework, group))
    return f"{start}: {number(group[0].number)} records{_each(group)}."


def _few_records(framework: Framework, group: Sequence[Need]) -> str:
    start = _ON[_source(group[0])].format(names=_headings(framework, group))
    return f"{start}: {_more(group[0].number, 'record')} more{_each(group)}."


def _few_seen(framework: Framework, group: Sequence[Need]) -> str:
    start = _ON[_source(group[0])].format(names=_headings(framework, group))
    return f"{start}: {_more(group[0].number, 'characteristic')} more{_each(group)}, in any record."


def _each(group: Sequence[Need]) -> str:
    return " for each" if len(group) > 1 else ""


def _more(n: int, noun: str) -> str:
    return f"{number(n)} {noun if n == 1 else noun + 's'}"


def _no_practitioner(framework: Framework, group: Sequence[Need]) -> str:
    about = "" if group[0].heading is None else f" on {_headings(framework, group)}"
    return f"No practitioner has been heard yet{about}."


def _no_double(framework: Framework, group: Sequence[Need]) -> str:
    if group[0].heading is None:
        return "No record is rated twice yet."
    return f"Ratings by a second person are missing under {_headings(framework, group)}."


def _few_double(framework: Framework, group: Sequence[Need]) -> str:
    n = group[0].number
    return (
        f"{number(n).capitalize()} more double {'rating' if n == 1 else 'ratings'} would let us say in "
        "figures how far two raters agree."
    )


def _old(framework: Framework, group: Sequence[Need]) -> str:
    months = number(framework.settings.evidence_months)
    return f"The newest record on {_headings(framework, group)} is more than {months} months old."


def _unheard_area(framework: Framework, group: Sequence[Need]) -> str:
    return f"No practitioner has been heard yet in {listed([need.area or '' for need in group], 'or')}."


def _unheard_group(framework: Framework, group: Sequence[Need]) -> str:
    names = list(_group_names(framework, group))
    return f"Nobody has been interviewed yet from {listed(names, 'or')}."


def _group_names(framework: Framework, group: Sequence[Need]) -> Iterator[str]:
    for one in framework.role_groups:
        if any(need.group == one.id for need in group):
            yield one.name


def _few_talks(framework: Framework, group: Sequence[Need]) -> str:
    side = getattr(framework.comparison, group[0].side or "upper")
    n = group[0].number
    return (
        f"{_more(n, 'more interview').capitalize()} with {side} would let the report compare the two sides "
        "in words."
    )


_WORDS: Mapping[str, Callable[[Framework, Sequence[Need]], str]] = {
    "no_record": _no_record,
    "nothing": _nothing,
    "few_records": _few_records,
    "few_seen": _few_seen,
    "no_practitioner": _no_practitioner,
    "no_double": _no_double,
    "few_double": _few_double,
    "old": _old,
    "unheard_area": _unheard_area,
    "unheard_group": _unheard_group,
    "few_talks": _few_talks,
}
