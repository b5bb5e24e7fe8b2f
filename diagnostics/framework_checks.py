"""What must hold in a framework beyond its shape: references, order, sums, and nothing twice."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import TYPE_CHECKING

from pydantic import ValidationError

if TYPE_CHECKING:
    from diagnostics.framework import Framework
    from diagnostics.framework_parts import Characteristic, Question, Settings

MINIMUM_THRESHOLD = 10
FEWEST_OPTIONS, MOST_OPTIONS = 2, 7

_SHARES = ("person_share_answered", "indicative_rate", "low_r_star_wg", "low_icc1", "rater_alpha")
_SPREADS = ("rank_spread", "rank_equal_share")
_COUNTS = (
    "thin_records", "thin_characteristics", "weight_rounds", "margin_answers",
    "indicative_answers", "alpha_answers", "omega_answers", "importance_answers", "rater_units",
    "evidence_months", "comparison_records", "rank_draws", "steps_first",
)  # fmt: skip
_POINTS = (
    "target", "agreement_within", "partial_within", "pattern_high_from", "pattern_difference",
    "weighting_gap_said", "reliable_change",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong with a framework, with the path to it."""

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message


def shape_faults(error: ValidationError) -> tuple[Fault, ...]:
    """Turn what pydantic found into faults with paths such as ``headings[2].characteristics[1].steps``."""
    return tuple(Fault(_path(e["loc"]), _plain(e["type"], e["msg"])) for e in error.errors())


def _path(location: tuple[int | str, ...]) -> str:
    path = ""
    for part in location:
        path += f"[{part}]" if isinstance(part, int) else f".{part}" if path else str(part)
    return path


def _plain(kind: str, message: str) -> str:
    words = {
        "unexpected_keyword_argument": "Unknown key. Take it out, or correct its spelling.",
        "missing": "This key is missing.",
    }
    return words.get(kind, f"{message}.")


def reference_faults(framework: "Framework") -> tuple[Fault, ...]:
    """List every fault of a framework whose shape is right."""
    return tuple(
        [
            *_scale_faults(framework),
            *_role_group_faults(framework),
            *_setting_faults(framework),
            *_heading_faults(framework),
            *_question_faults(framework),
            *_step_faults(framework),
            *_resource_faults(framework),
            *_repeated_words(framework),
        ]
    )


def _twice(path: str, name: str, values: Iterable[str]) -> Iterator[Fault]:
    seen: set[str] = set()
    for index, value in enumerate(values):
        if value in seen:
            yield Fault(f"{path}[{index}].{name}", f"“{value}” stands twice. Every {name} must differ.")
        seen.add(value)


def _first_at(seen: dict[str, str], path: str, name: str, value: str) -> Iterator[Fault]:
    """Note where a value stands first, across lists; report it where it stands again."""
    if value in seen:
        yield Fault(f"{path}.{name}", f"“{value}” stands twice, first at {seen[value]}.")
    seen.setdefault(value, path)


def _unknown(path: str, what: str, values: Iterable[str], known: Iterable[str]) -> Iterator[Fault]:
    allowed = tuple(known)
    for value in values:
        if value not in allowed:
            yield Fault(path, f"There is no {what} “{value}”. There is: {', '.join(allowed) or 'none'}.")


def _scale_faults(framework: "Framework") -> Iterator[Fault]:
    yield from _twice("scales", "id", [scale.id for scale in framework.scales])
    for index, scale in enumerate(framework.scales):
        path = f"scales[{index}].options"
        if not FEWEST_OPTIONS <= len(scale.options) <= MOST_OPTIONS:
            yield Fault(
                path,
                f"A scale has {FEWEST_OPTIONS} to {MOST_OPTIONS} options; this has {len(scale.options)}.",
            )
        values = [option.value for option in scale.options]
        if any(later <= earlier for earlier, later in pairwise(values)):
            yield Fault(path, "The values must rise from the worst answer to the best.")
        yield from _twice(path, "label", [option.label for option in scale.options])


def _role_group_faults(framework: "Framework") -> Iterator[Fault]:
    ids = [group.id for group in framework.role_groups]
    if not ids:
        yield Fault("role_groups", "Name at least one role group.")
    yield from _twice("role_groups", "id", ids)
    for index, group in enumerate(framework.role_groups):
        path = f"role_groups[{index}].neighbours"
        yield from _unknown(path, "role group", group.neighbours, ids)
        if group.id in group.neighbours:
            yield Fault(path, "A group cannot be its own neighbour.")
        if not group.neighbours and len(ids) > 1:
            yield Fault(path, "Name at least one neighbour, into whom a small group is merged.")
    sides = {group.side for group in framework.role_groups} - {None}
    if len(sides) == 1:
        yield Fault("role_groups", "The comparison needs groups on both sides, upper and lower, or on none.")


def _setting_faults(framework: "Framework") -> Iterator[Fault]:
    s = framework.settings
    total = sum(s.source_weights.as_mapping().values())
    if abs(total - 1) > 1e-9:
        yield Fault("settings.source_weights", f"The weights must add up to 1; they add up to {total:g}.")
    for field in fields(s.source_weights):
        if getattr(s.source_weights, field.name) < 0:
            yield Fault(f"settings.source_weights.{field.name}", "A weight cannot be negative.")
    for field in fields(s.feasibility):
        if not 0 < getattr(s.feasibility, field.name) <= 1:
            yield Fault(f"settings.feasibility.{field.name}", "Must be above 0 and at most 1.")
    for name in ("threshold", "survey_answers"):
        if getattr(s, name) < MINIMUM_THRESHOLD:
            yield Fault(f"settings.{name}", f"May be raised, never lowered below {MINIMUM_THRESHOLD}.")
    yield from _range_faults(s)


def _range_faults(s: "Settings") -> Iterator[Fault]:
    for name in (*_SHARES, *_SPREADS):
        if not 0 <= getattr(s, name) <= 1:
            yield Fault(f"settings.{name}", f"Must be from 0 to 1; it is {getattr(s, name):g}.")
    for name in _COUNTS:
        if getattr(s, name) < 1:
            yield Fault(f"settings.{name}", f"Must be 1 or more; it is {getattr(s, name)}.")
    for name in _POINTS:
        if not 0 < getattr(s, name) <= 100:
            yield Fault(f"settings.{name}", f"Must be above 0 and at most 100; it is {getattr(s, name):g}.")
    low, middle, high = s.stage_cuts
    if not 0 < low < middle < high < 100:
        yield Fault("settings.stage_cuts", "The three cuts must rise and lie between 0 and 100.")
    if s.agreement_within >= s.partial_within:
        yield Fault("settings.partial_within", "Must be more than agreement_within.")
    if not 0 < s.weight_bounds[0] <= 1 <= s.weight_bounds[1]:
        yield Fault("settings.weight_bounds", "The bounds must lie on either side of 1.")


def _heading_faults(framework: "Framework") -> Iterator[Fault]:
    if not framework.headings:
        yield Fault("headings", "Name at least one heading.")
    yield from _twice("headings", "id", [heading.id for heading in framework.headings])
    yield from _twice("headings", "short", [heading.short for heading in framework.headings])
    seen: dict[str, str] = {}
    indicators: dict[str, str] = {}
    for h, heading in enumerate(framework.headings):
        if not heading.characteristics:
            yield Fault(f"headings[{h}].characteristics", "Name at least one characteristic.")
        for c, characteristic in enumerate(heading.characteristics):
            path = f"headings[{h}].characteristics[{c}]"
            yield from _first_at(seen, path, "id", characteristic.id)
            for i, indicator in enumerate(characteristic.indicators):
                yield from _first_at(indicators, f"{path}.indicators[{i}]", "id", indicator.id)
            yield from _characteristic_faults(framework, path, characteristic)


def _characteristic_faults(
    framework: "Framework", path: str, characteristic: "Characteristic"
) -> Iterator[Fault]:
    groups = [group.id for group in framework.role_groups]
    settings = [setting.id for setting in framework.observation_settings]
    documents = [document.id for document in framework.document_types]
    steps = [step.id for step in framework.steps]
    if not 1 <= characteristic.importance <= 5:
        yield Fault(f"{path}.importance", f"Must be 1 to 5; it is {characteristic.importance}.")
    if not (
        characteristic.survey
        or characteristic.interview
        or characteristic.observation
        or characteristic.documents
        or characteristic.indicators
    ):
        yield Fault(
            path, "Nothing asks for it: give a survey item, a question, signs, criteria or an indicator."
        )
    for i, question in enumerate(characteristic.interview):
        yield from _unknown(f"{path}.interview[{i}].role_groups", "role group", question.role_groups, groups)
    for i, observation in enumerate(characteristic.observation):
        yield from _unknown(f"{path}.observation[{i}].setting", "setting", [observation.setting], settings)
    for i, rubric in enumerate(characteristic.documents):
        yield from _unknown(f"{path}.documents[{i}].document", "document type", [rubric.document], documents)
    for i, indicator in enumerate(characteristic.indicators):
        rising = indicator.cuts[0] < indicator.cuts[1] < indicator.cuts[2]
        falling = indicator.cuts[0] > indicator.cuts[1] > indicator.cuts[2]
        if not (rising if indicator.better == "higher" else falling):
            yield Fault(
                f"{path}.indicators[{i}].cuts", "The cuts must run from stage 2 to stage 4, each one better."
            )
    yield from _unknown(f"{path}.steps", "step", characteristic.steps, steps)


def _questions(framework: "Framework") -> Iterator[tuple[str, "Question"]]:
    for h, heading in enumerate(framework.headings):
        for c, characteristic in enumerate(heading.characteristics):
            for q, question in enumerate(characteristic.survey):
                yield f"headings[{h}].characteristics[{c}].survey[{q}]", question
    for o, question in enumerate(framework.outcomes):
        yield f"outcomes[{o}]", question


def _question_faults(framework: "Framework") -> Iterator[Fault]:
    scales = [scale.id for scale in framework.scales]
    groups = [group.id for group in framework.role_groups]
    seen: dict[str, str] = {
        "role_group": "the survey's own columns",
        "service_area": "the survey's own columns",
    }
    codes = [(path, question.code) for path, question in _questions(framework)]
    codes.append(("needs", framework.needs.code))
    codes += [(f"comments[{i}]", comment.code) for i, comment in enumerate(framework.comments)]
    for path, code in codes:
        yield from _first_at(seen, path, "code", code)
    for path, question in _questions(framework):
        yield from _unknown(f"{path}.scale", "scale", [question.scale], scales)
        yield from _unknown(f"{path}.shown_to", "role group", question.shown_to, groups)
        if len(groups) > 1 and set(groups) <= set(question.shown_to):
            yield Fault(
                f"{path}.shown_to", "It names every role group. Leave it out to show it to everybody."
            )
    yield from _twice("needs.choices", "id", [choice.id for choice in framework.needs.choices])
    for name in ("interview_kinds", "observation_settings", "document_types"):
        yield from _twice(name, "id", [named.id for named in getattr(framework, name)])


def _step_faults(framework: "Framework") -> Iterator[Fault]:
    ids = [step.id for step in framework.steps]
    resources = [resource.id for resource in framework.resources]
    moved = {step for c in framework.characteristics for step in c.steps}
    yield from _twice("steps", "id", ids)
    for index, step in enumerate(framework.steps):
        path = f"steps[{index}]"
        yield from _unknown(f"{path}.requires", "step", step.requires, ids)
        yield from _unknown(f"{path}.resources", "resource", step.resources, resources)
        if step.id not in moved:
            yield Fault(path, f"No characteristic lists “{step.id}” among its steps.")
        if not step.from_stages or not set(step.from_stages) <= {1, 2, 3, 4}:
            yield Fault(f"{path}.from_stages", "Name the stages, 1 to 4, from which this is the next move.")
    yield from _cycles(framework)


def _cycles(framework: "Framework") -> Iterator[Fault]:
    requires = {step.id: step.requires for step in framework.steps}
    for index, step in enumerate(framework.steps):
        reached: set[str] = set()
        waiting = list(step.requires)
        while waiting:
            earlier = waiting.pop()
            if earlier not in reached:
                reached.add(earlier)
                waiting.extend(requires.get(earlier, ()))
        if step.id in reached:
            yield Fault(f"steps[{index}].requires", f"“{step.id}” requires itself in the end (a cycle).")


def _resource_faults(framework: "Framework") -> Iterator[Fault]:
    headings = [heading.id for heading in framework.headings]
    yield from _twice("resources", "id", [resource.id for resource in framework.resources])
    for index, resource in enumerate(framework.resources):
        yield from _unknown(f"resources[{index}].headings", "heading", resource.headings, headings)
        if not resource.address.startswith(("https://", "http://")):
            yield Fault(f"resources[{index}].address", "Give a full address that starts with https://.")


def _repeated_words(framework: "Framework") -> Iterator[Fault]:
    seen: dict[str, str] = {}

    def once(path: str, words: str) -> Iterator[Fault]:
        key = " ".join(words.lower().split())
        if not key:
            yield Fault(path, "This is empty.")
        elif key in seen:
            yield Fault(path, f"The same words stand at {seen[key]}.")
        seen.setdefault(key, path)

    for h, heading in enumerate(framework.headings):
        for c, characteristic in enumerate(heading.characteristics):
            for s, descriptor in enumerate(characteristic.stages):
                yield from once(f"headings[{h}].characteristics[{c}].stages[{s}]", descriptor)
    for path, question in _questions(framework):
        yield from once(f"{path}.text", question.text)
    for index, step in enumerate(framework.steps):
        for name in ("title", "action", "first_30_days", "six_month_sign", "otherwise"):
            yield from once(f"steps[{index}].{name}", getattr(step, name))
