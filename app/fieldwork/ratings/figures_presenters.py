"""Figures in words: the cut-offs of an indicator, and the stage that a value makes."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from app.fieldwork.ratings.figures import figure_field, number_words, shown_figure_field
from app.fieldwork.ratings.presenters import stage_words
from diagnostics.framework import Framework
from diagnostics.framework_parts import Indicator


@dataclass(frozen=True, slots=True)
class FigureView:
    """One indicator, where it is found, its cut-offs, and its stage as it is saved."""

    field: str
    shown_field: str
    name: str
    characteristic: str
    hint: str
    cuts: tuple[str, ...]
    stage: str


@dataclass(frozen=True, slots=True)
class FiguresOfHeading:
    """The indicators of one heading."""

    name: str
    figures: tuple[FigureView, ...]


def indicators_of(framework: Framework) -> tuple[Indicator, ...]:
    """Give every indicator of a framework, in its order."""
    return tuple(indicator for one in framework.characteristics for indicator in one.indicators)


def cut_words(indicator: Indicator) -> tuple[str, ...]:
    """Say which values make which stage, a line each."""
    first, second, third = (number_words(cut) for cut in indicator.cuts)
    if indicator.better == "higher":
        spans = (
            f"below {first}",
            f"from {first}, below {second}",
            f"from {second}, below {third}",
            f"{third} or more",
        )
    else:
        spans = (
            f"more than {first}",
            f"at most {first}, more than {second}",
            f"at most {second}, more than {third}",
            f"{third} or less",
        )
    return tuple(f"{stage_words(stage)}: {span}" for stage, span in enumerate(spans, start=1))


def figure_views(framework: Framework, values: Mapping[str, float]) -> tuple[FiguresOfHeading, ...]:
    """Lay the indicators of a framework out by heading."""
    found = (
        FiguresOfHeading(
            heading.name,
            tuple(
                FigureView(
                    field=figure_field(indicator),
                    shown_field=shown_figure_field(indicator),
                    name=indicator.name,
                    characteristic=one.name,
                    hint=f"In {indicator.unit}. {indicator.where_found}",
                    cuts=cut_words(indicator),
                    stage=stage_words(indicator.stage(values[indicator.id]))
                    if indicator.id in values
                    else "",
                )
                for one in heading.characteristics
                for indicator in one.indicators
            ),
        )
        for heading in framework.headings
    )
    return tuple(one for one in found if one.figures)


def figure_values(framework: Framework, values: Mapping[str, float]) -> dict[str, str]:
    """Give what the fields of a page of figures show, and what they carry of what was shown."""
    found: dict[str, str] = {}
    for one in indicators_of(framework):
        text = number_words(values[one.id]) if one.id in values else ""
        found[figure_field(one)] = found[shown_figure_field(one)] = text
    return found


def clash_words(indicator: Indicator, now: float) -> str:
    """Say that somebody else has changed a figure; NaN where they took it away."""
    done = (
        f"took the value of “{indicator.name}” away"
        if math.isnan(now)
        else f"changed “{indicator.name}” to {number_words(now)}"
    )
    return f"Somebody else {done} while this page was open. Save again to keep yours instead"
