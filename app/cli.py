"""The command line: from a folder of evidence to the brief, and what a computer needs for it.

What is slow to import is imported inside the commands, so that ``diagnostic --help`` answers at once.
"""
# ruff: noqa: PLC0415

import json
from pathlib import Path
from typing import Annotated

import typer

from app.commands import analysis, demo, keeping, people, respondents, running, verifying
from app.console import FAULTY, NOT_READY, complain, count, forgive_letters, list_faults, say, stop

DISTRIBUTION = "evidence-use-diagnostic"

app = typer.Typer(
    name="diagnostic",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Run the command line."""
    forgive_letters()
    app()


def _show_version(wanted: bool) -> None:
    from importlib.metadata import PackageNotFoundError, version

    if not wanted:
        return
    try:
        say(f"diagnostic {version(DISTRIBUTION)}")
    except PackageNotFoundError:
        say("diagnostic, not installed")
    raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", help="Say which version this is.", callback=_show_version, is_eager=True),
    ] = False,
) -> None:
    """Show a council's children's services how they use evidence."""


for command in (
    *(analysis.analyse, analysis.audit),
    *(running.serve, running.migrate, running.work, demo.demo),
    *(keeping.backup, keeping.restore, verifying.verify),
):
    app.command()(command)


@app.command()
def template(
    file: Annotated[
        Path, typer.Argument(metavar="FILE.xlsx", help="The workbook to write. It must not exist.")
    ],
    framework: Annotated[
        Path | None, typer.Option(help="A framework file to use instead of the published one.")
    ] = None,
) -> None:
    """Write an empty evidence workbook to fill in, with drop-downs and notes.

    Ends with 0 when it is written, and with 2 when the file exists or the framework has faults.
    """
    from app.interchange.faults import Report
    from app.interchange.framework_files import PUBLISHED, read_framework, supplied_frameworks
    from app.interchange.template_workbook import CannotWriteTemplate, write_template

    report = Report()
    path = framework or supplied_frameworks()[PUBLISHED]
    found = read_framework(path, str(path), report)
    if found is None:
        complain(f"{count(len(report.faults), 'fault', 'faults')} in {path}:")
        list_faults(report.faults)
        raise typer.Exit(FAULTY)
    try:
        write_template(file, found, PUBLISHED if framework is None else framework.name)
    except CannotWriteTemplate as error:
        stop(str(error), FAULTY)
    except OSError as error:
        stop(f"{file} cannot be written: {error.strerror or error}.", FAULTY)
    say(f"Written: {file}. Fill it in, then run: diagnostic analyse {file} --out FOLDER")


@app.command()
def doctor() -> None:
    """Say what this computer lacks, and the command that mends it."""
    from app.doctor import diagnose

    checks = diagnose()
    for check in checks:
        say(f"{check.state:8}{check.name}: {check.message}")
        if check.mend:
            say(f"{'':8}{check.mend}")
    missing = sum(check.state == "missing" for check in checks)
    if missing:
        stop(f"\n{count(missing, 'thing is', 'things are')} missing.", NOT_READY)
    say("\nAll that is needed is there.")


@app.command()
def schema() -> None:
    """Print the JSON Schema of profile.json."""
    from diagnostics.published import profile_schema

    typer.echo(json.dumps(profile_schema(), ensure_ascii=False, indent=2))


app.command("create-user")(people.create_user)
app.command("demo-respondents")(respondents.demo_respondents)


@app.command("check-framework")
def check_framework(file: Annotated[Path, typer.Argument(help="A framework file (.yaml).")]) -> None:
    """List every fault of a framework, each with its path."""
    from app.interchange.faults import Report
    from app.interchange.framework_files import read_framework

    report = Report()
    framework = read_framework(file, str(file), report)
    if framework is None:
        complain(f"{count(len(report.faults), 'fault', 'faults')}:")
        for fault in report.faults:
            complain(f"  {fault.column}: {fault.message}" if fault.column else f"  {fault.message}")
        raise typer.Exit(FAULTY)
    indicators = sum(len(characteristic.indicators) for characteristic in framework.characteristics)
    counts = (
        count(len(framework.headings), "heading", "headings"),
        count(len(framework.characteristics), "characteristic", "characteristics"),
        count(len(framework.questions), "rated item", "rated items"),
        count(len(framework.outcomes), "outcome item", "outcome items"),
        count(indicators, "data indicator", "data indicators"),
        count(len(framework.steps), "step", "steps"),
        count(len(framework.resources), "resource", "resources"),
        count(len(framework.role_groups), "role group", "role groups"),
    )
    say(f"{framework.name}, version {framework.version}: no faults.")
    say(f"{', '.join(counts)}.")
