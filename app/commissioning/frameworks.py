"""The frameworks that come with the service, by the name under which a diagnostic keeps its own."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from app.commissioning.models import Diagnostic
from app.interchange.framework_files import load_once, supplied_frameworks
from app.web.errors import Conflict
from diagnostics.framework import Framework
from diagnostics.framework_checks import MINIMUM_THRESHOLD


@cache
def _load(path: Path) -> Framework:
    return load_once(path.read_text(encoding="utf-8"))


def frameworks() -> Mapping[str, Framework]:
    """Give every framework that comes with the service."""
    return {name: _load(path) for name, path in supplied_frameworks().items()}


def framework_named(name: str) -> Framework | None:
    """Give a framework; None where the service does not have it any more."""
    path = supplied_frameworks().get(name)
    return None if path is None else _load(path)


def framework_of(diagnostic: Diagnostic) -> Framework:
    """Give the framework that a diagnostic uses.

    Raises
    ------
    Conflict
        Where it does not come with the service any more.
    """
    framework = framework_named(diagnostic.framework)
    if framework is None:
        raise Conflict(
            "The framework version of this diagnostic is not among those of this service. Choose another in "
            "the details of the diagnostic."
        )
    return framework


def framework_name(name: str, version: str = "") -> str:
    """Name a framework with its version; one that the service does not have any more by its file."""
    framework = framework_named(name)
    if framework is None:
        return f"{name}, version {version}" if version else name
    return f"{framework.name}, version {version or framework.version}"


def least_threshold(name: str) -> int:
    """Give the smallest group that may be shown under a framework: never fewer people than ten."""
    framework = framework_named(name)
    return MINIMUM_THRESHOLD if framework is None else max(MINIMUM_THRESHOLD, framework.settings.threshold)


def role_group_names(name: str) -> Mapping[str, str]:
    """Give the names of a framework's role groups by their ids."""
    framework = framework_named(name)
    return {} if framework is None else {group.id: group.name for group in framework.role_groups}
