"""The rules of the house that no other tool checks; `make check` runs this file."""

import importlib.metadata
import json
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

from app.cli import app as cli
from tests.settings_table import table, table_in

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("app", "diagnostics")
MOST_LINES = 400
VAGUE_NAMES = {"common", "core", "helper", "helpers", "misc", "util", "utils"}
FLOORS = {
    "weasyprint": ("70", "CVE-2026-55073: a custom fetcher of resources could be bypassed"),
    "starlette": ("1.10", "CVE-2026-54283: limits on forms did not hold; from 1.10 it limits whole bodies"),
    "fastapi": ("0.165", "dependencies of a function's scope, so that the commit comes before the answer"),
    "sqlalchemy": ("2.1.9", "postgresql:// means psycopg 3; types that mypy checks strictly"),
    "psycopg": ("3.3", "the driver for which the PostgreSQL tests were written"),
    "govuk-frontend-jinja": ("4.1", "its macros must fit the vendored GOV.UK Frontend 6.3"),
}
SLOW_OR_FRAGILE = ("scipy", "weasyprint", "fastapi")
# What serving pages must not wait for. Alembic is loaded where there is something to migrate.
NOT_SERVED = ("alembic", "docx", "scipy", "weasyprint")
# The brackets keep these patterns from finding themselves.
REGISTRY_ADDRESS = re.compile(
    r"--(?:extra-)?index[-]url|--find[-]links|--trusted[-]host|PIP_(?:EXTRA_)?INDEX[_]URL|/simple[/]"
)
MACHINE_PATH = re.compile(r"(?<![\w.~/-])/(?:work|root|home/\w+|Users/\w+)/")


@cache
def repository_files() -> tuple[Path, ...]:
    """Every file that is, or is about to be, in the repository."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode != 0:
        pytest.skip("git does not list the files here, so these rules cannot be checked")
    paths = (ROOT / name for name in listing.stdout.split("\0") if name)
    return tuple(sorted(path for path in paths if path.is_file()))


def python_files() -> list[Path]:
    return [path for path in repository_files() if path.suffix == ".py"]


def lines_matching(pattern: re.Pattern[str]) -> list[str]:
    found = []
    for path in repository_files():
        content = path.read_bytes()
        if b"\0" in content:
            continue
        for number, line in enumerate(content.decode("utf-8", errors="replace").splitlines(), start=1):
            if pattern.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:120]}")
    return found


def requirements(file_name: str) -> dict[str, Requirement]:
    """The requirements that a file names, by their canonical names."""
    found: dict[str, Requirement] = {}
    for line in (ROOT / file_name).read_text(encoding="utf-8").splitlines():
        if line[:1].isalnum():
            requirement = Requirement(line.removesuffix("\\").strip())
            found[canonicalize_name(requirement.name)] = requirement
    return found


def pinned_versions(file_name: str) -> dict[str, Version]:
    return {
        name: Version(str(requirement.specifier).removeprefix("=="))
        for name, requirement in requirements(file_name).items()
    }


def arguments_for_dependencies() -> dict[str, str]:
    """What the README's section "Dependencies" says of each, by canonical name."""
    readme = ROOT / "README.md"
    assert readme.is_file(), "README.md is missing"
    section = re.search(
        r"^#+ Dependencies\s*$(.*?)(?=^#|\Z)", readme.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL
    )
    assert section, 'README.md has no section "Dependencies"'
    items = re.findall(r"^[-*] \*\*([^*]+)\*\*(.*)$", section.group(1), re.MULTILINE)
    return {canonicalize_name(name): argument.strip(" :–—-") for name, argument in items}


def loaded_after(statements: str) -> set[str]:
    """The top-level modules that a fresh interpreter holds after these statements."""
    script = (
        f"{statements}\nimport json, sys\nprint(json.dumps([name.split('.')[0] for name in sys.modules]))"
    )
    run = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr
    return set(json.loads(run.stdout.splitlines()[-1]))


def test_no_python_file_is_too_long() -> None:
    lengths = {path: len(path.read_text(encoding="utf-8").splitlines()) for path in python_files()}
    too_long = {str(path.relative_to(ROOT)): n for path, n in lengths.items() if n > MOST_LINES}
    assert not too_long, f"split these by subject, {MOST_LINES} lines at most: {too_long}"


def test_no_module_has_a_vague_name() -> None:
    vague = {
        str(path.relative_to(ROOT))
        for path in python_files()
        for name in path.relative_to(ROOT).with_suffix("").parts
        if name.strip("_") in VAGUE_NAMES or name.endswith(("_utils", "_helpers"))
    }
    assert not vague, f"name these after what they hold: {sorted(vague)}"


def test_every_folder_of_modules_is_a_package() -> None:
    """Import contracts do not see into a folder that is no package."""
    product = {path.parent for path in python_files() if path.relative_to(ROOT).parts[0] in PACKAGES}
    missing = [str(folder.relative_to(ROOT)) for folder in product if not (folder / "__init__.py").is_file()]
    assert not missing, f"add __init__.py to {sorted(missing)}"


def test_no_file_names_a_registry() -> None:
    assert not (found := lines_matching(REGISTRY_ADDRESS)), "\n".join(found)


def test_no_file_names_a_path_of_some_machine() -> None:
    assert not (found := lines_matching(MACHINE_PATH)), "\n".join(found)


@pytest.mark.parametrize("name", FLOORS)
def test_versions_with_known_faults_are_kept_out(name: str) -> None:
    floor, reason = FLOORS[name]
    declared = requirements("requirements.in")[name].specifier
    assert f">={floor}" in str(declared).split(","), reason
    assert pinned_versions("requirements.txt")[name] >= Version(floor), reason
    assert Version(importlib.metadata.version(name)) >= Version(floor), reason


@pytest.mark.parametrize("stem", ["requirements", "requirements-dev"])
def test_pins_are_what_was_asked_for(stem: str) -> None:
    pins = pinned_versions(f"{stem}.txt")
    stale = [
        str(requirement)
        for name, requirement in requirements(f"{stem}.in").items()
        if name not in pins or pins[name] not in requirement.specifier
    ]
    assert not stale, f"run `make pins`: {stem}.txt has no fitting version of {stale}"


def test_runtime_and_development_pins_agree() -> None:
    runtime, development = pinned_versions("requirements.txt"), pinned_versions("requirements-dev.txt")
    assert all(runtime[name] == development[name] for name in runtime.keys() & development.keys())


def test_readme_argues_for_every_dependency() -> None:
    arguments = arguments_for_dependencies()
    assert arguments.keys() == requirements("requirements.in").keys()
    unargued = [name for name, argument in arguments.items() if len(argument.split()) < 4]
    assert not unargued, f"say in one line why these are needed: {unargued}"


@pytest.mark.parametrize(
    "statements",
    [
        pytest.param(
            "import importlib, pkgutil, diagnostics\n"
            "for module in pkgutil.walk_packages(diagnostics.__path__, 'diagnostics.'):\n"
            "    importlib.import_module(module.name)",
            id="diagnostics",
        ),
        pytest.param("import app.cli", id="app.cli"),
    ],
)
def test_importing_does_not_load_what_is_slow_or_may_be_missing(statements: str) -> None:
    assert loaded_after(statements).isdisjoint(SLOW_OR_FRAGILE)


def test_serving_pages_does_not_load_what_pages_do_not_need() -> None:
    loaded = loaded_after("import app.main, app.worker, app.commands.running, uvicorn")
    assert loaded.isdisjoint(NOT_SERVED)


def test_readme_has_the_settings_as_they_are() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert table_in(readme) == table(), "run `make readme`"


def test_readme_names_every_command_and_exit_code() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = [
        command.name or command.callback.__name__ for command in cli.registered_commands if command.callback
    ]
    unnamed = [
        name
        for name in commands
        if f"`diagnostic {name}" not in readme and f"diagnostic {name} " not in readme
    ]
    assert not unnamed, f"README does not say what these are for: {unnamed}"


def test_readme_names_tests_that_exist() -> None:
    """Each promise of the page on disclosure names the test that fails where it is not kept."""
    page = (ROOT / "README.md").read_text(encoding="utf-8")
    section = page.split("## What a reader could work out, and why not")[1].split("\n## ")[0]
    named, file = [], ""
    for path, test in re.findall(r"`([\w/]*\.?p?y?)::(\w+)`", section):
        file = path or file
        named.append((file, test))
    assert len(named) > 20
    for path, test in named:
        source = (ROOT / "tests" / path).read_text(encoding="utf-8")
        assert f"def {test}(" in source, f"{path}::{test}"
    promises = [line for line in section.splitlines() if line.startswith("- ")]
    assert [line for line in promises if "::test_" not in line] == []
