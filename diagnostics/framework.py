"""The framework: headings, characteristics, questions, steps and the method's figures, as data."""

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from typing import Any, Literal

import yaml
from pydantic import TypeAdapter, ValidationError

from diagnostics import framework_checks
from diagnostics.framework_checks import Fault
from diagnostics.framework_parts import (
    STRICT,
    Characteristic,
    Comment,
    Comparison,
    Heading,
    Named,
    Needs,
    Question,
    Resource,
    RoleGroup,
    Scale,
    Settings,
    Step,
)


class FrameworkError(ValueError):
    """A framework cannot be used; ``faults`` lists every reason with its path."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(frozen=True, slots=True, eq=False)
class Framework:
    """A published instrument. Never edited once a diagnostic has used it, so it is compared by identity."""

    __pydantic_config__ = STRICT
    schema: Literal["framework/1"]
    id: str
    version: str
    name: str
    about: str
    sources_of_ideas: tuple[str, ...]
    scales: tuple[Scale, ...]
    dont_know: str
    prefer_not_to_say: str
    role_groups: tuple[RoleGroup, ...]
    comparison: Comparison
    settings: Settings
    interview_kinds: tuple[Named, ...]
    observation_settings: tuple[Named, ...]
    document_types: tuple[Named, ...]
    headings: tuple[Heading, ...]
    outcomes: tuple[Question, ...]
    needs: Needs
    comments: tuple[Comment, ...]
    steps: tuple[Step, ...]
    resources: tuple[Resource, ...]

    @property
    def characteristics(self) -> tuple[Characteristic, ...]:
        """Every characteristic, in the order of the headings."""
        return tuple(c for heading in self.headings for c in heading.characteristics)

    @property
    def questions(self) -> tuple[Question, ...]:
        """Every rated item, in the order of the headings, without the outcome items."""
        return tuple(q for heading in self.headings for q in heading.questions)

    @property
    def heading_of(self) -> dict[str, Heading]:
        """The heading of each characteristic id."""
        return {c.id: heading for heading in self.headings for c in heading.characteristics}

    def scale(self, scale_id: str) -> Scale:
        """Give a scale by its id."""
        return next(scale for scale in self.scales if scale.id == scale_id)

    def role_group(self, group_id: str) -> RoleGroup:
        """Give a role group by its id."""
        return next(group for group in self.role_groups if group.id == group_id)

    def moved_by(self, step_id: str) -> tuple[Characteristic, ...]:
        """Give the characteristics that a step moves."""
        return tuple(c for c in self.characteristics if step_id in c.steps)


# PyYAML lets the last three through: for a date such as 2024-13-45, a wrong tag, nesting without end.
_NOT_YAML = (yaml.YAMLError, ValueError, AttributeError, RecursionError)

_ADAPTER: TypeAdapter[Framework] = TypeAdapter(Framework)


def load_framework(text: str) -> Framework:
    """Read a framework and check that it is whole.

    Parameters
    ----------
    text : str
        A framework as YAML (schema ``framework/1``).

    Returns
    -------
    Framework
        The framework, frozen.

    Raises
    ------
    FrameworkError
        With every fault and its path, such as ``headings[2].characteristics[1].steps``.
    """
    framework, faults = _read(text)
    if framework is None or faults:
        raise FrameworkError(faults)
    return framework


def check_framework(text: str) -> tuple[Fault, ...]:
    """List every fault of a framework, with its path; an empty tuple means that it can be used."""
    return _read(text)[1]


def _read(text: str) -> tuple[Framework | None, tuple[Fault, ...]]:
    try:
        loader = yaml.SafeLoader(text)
        node = loader.get_single_node()
        doubled = tuple(_doubled_keys(node, "", set()))
        data = loader.construct_document(node) if node is not None else None
    except _NOT_YAML as error:
        return None, (Fault("", f"This is not readable YAML: {' '.join(str(error).split())}"),)
    if not isinstance(data, dict):
        return None, (Fault("", "A framework is a YAML mapping that starts with “schema: framework/1”."),)
    try:
        framework = _ADAPTER.validate_python(data)
    except ValidationError as error:
        return None, (*doubled, *framework_checks.shape_faults(error), *_faults_beneath(data, error))
    return framework, (*doubled, *framework_checks.reference_faults(framework))


def _doubled_keys(node: yaml.Node | None, path: str, visited: set[int]) -> Iterator[Fault]:
    """List the keys that stand twice in one mapping; YAML itself would keep the last in silence."""
    if id(node) in visited:
        return
    visited.add(id(node))
    if isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            yield from _doubled_keys(item, f"{path}[{index}]", visited)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            here = f"{path}.{name}" if path else name
            if name in seen:
                yield Fault(here, f"This key stands twice, again on line {key.start_mark.line + 1}.")
            seen.add(name)
            yield from _doubled_keys(value, here, visited)


def _faults_beneath(data: dict[str, Any], error: ValidationError) -> tuple[Fault, ...]:
    """List what else is wrong where unknown keys are all that is wrong with the shape."""
    rest = deepcopy(data)
    for found in error.errors():
        if found["type"] != "unexpected_keyword_argument":
            return ()
        holder: Any = rest
        for part in found["loc"][:-1]:
            holder = holder[part]
        del holder[found["loc"][-1]]
    return framework_checks.reference_faults(_ADAPTER.validate_python(rest))
