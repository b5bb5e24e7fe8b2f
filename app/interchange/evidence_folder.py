"""An evidence folder or workbook: one wave of one authority. Everything wrong with it is said at once."""

import os
from dataclasses import dataclass
from pathlib import Path

from app.interchange import fieldwork_files, frame_file, reviews_file, settings_file, survey_file
from app.interchange.delimited import Table
from app.interchange.evidence_files import (
    FRAME,
    QUOTES,
    RATINGS,
    RECORDS,
    REVIEWS,
    SURVEY,
    find_files,
)
from app.interchange.faults import Fault, Report
from app.interchange.fieldwork_files import Records
from app.interchange.framework_files import FrameworkLoader, framework_path, load_once, read_framework
from app.interchange.settings_file import Settings
from app.interchange.survey_exports import in_own_form
from app.interchange.vocabulary import quoted
from app.interchange.workbook import is_file, is_workbook
from diagnostics.evidence import Diagnostic, Evidence, Frame
from diagnostics.framework import Framework
from diagnostics.framework_checks import MINIMUM_THRESHOLD


@dataclass(frozen=True, slots=True, eq=False)
class EvidenceFolder:
    """What a folder holds.

    ``previous`` is the folder of the last wave, or None; ``warnings`` is what does not stand in the way.
    """

    path: Path
    framework: Framework
    frame: Frame
    evidence: Evidence
    previous: Path | None
    warnings: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Examined:
    """A folder as far as it could be read: ``folder`` is None where the report holds a fault."""

    folder: EvidenceFolder | None
    report: Report
    settings: Settings
    previous: Path | None


def read_folder(
    path: Path, *, framework_file: Path | None = None, load: FrameworkLoader = load_once
) -> EvidenceFolder:
    """Read an evidence folder.

    Parameters
    ----------
    path : Path
        The folder with diagnostic.yaml, frame.csv and the evidence, or a workbook with the same as sheets.
    framework_file : Path or None
        A framework to use instead of the one that diagnostic.yaml names.
    load : callable
        Reads a framework's text; raises ``FrameworkError`` where it is faulty.

    Raises
    ------
    EvidenceFolderError
        With every fault of every file, each with its row and column and what would be right.
    """
    examined = examine(path, framework_file=framework_file, load=load)
    if examined.folder is None:
        examined.report.fail()
    return examined.folder


def examine(path: Path, *, framework_file: Path | None = None, load: FrameworkLoader = load_once) -> Examined:
    """Read an evidence folder as far as it can be read, with the report of all that is wrong with it."""
    report = Report()
    found = find_files(path, framework_file, report)
    if found is None:
        return Examined(None, report, Settings(), None)
    settings, tables = found.settings, found.tables
    previous = _previous(found.base, settings, report)
    framework = _framework(found.base, settings, framework_file, load, report)
    folder = None
    if framework is not None:
        folder = _understood(path, settings, framework, tables, previous, report)
    return Examined(folder, report, settings, previous)


def _understood(
    path: Path,
    settings: Settings,
    framework: Framework,
    tables: dict[str, Table | None],
    previous: Path | None,
    report: Report,
) -> EvidenceFolder | None:
    """Read the tables' cells in the light of the framework."""
    diagnostic = _diagnostic(settings, framework, report)
    workforce = frame_file.read_frame(tables.get(FRAME), framework, report, present=FRAME in tables)
    survey = tables.get(SURVEY)
    answers = None
    if survey is not None:
        survey = in_own_form(survey, framework)
        answers = survey_file.read_survey(survey, framework, workforce, settings.replacement_links)
    table = tables.get(RECORDS)
    records = Records((), {}, readable=RECORDS not in tables)
    if table is not None:
        records = fieldwork_files.read_records(table, framework, workforce, settings.as_of)
    _say_records_missing(tables, report)
    rated, said, decided = tables.get(RATINGS), tables.get(QUOTES), tables.get(REVIEWS)
    with_records = RECORDS in tables
    ratings = fieldwork_files.read_ratings(rated, framework, records) if rated and with_records else ()
    quotes = fieldwork_files.read_quotes(said, framework, records) if said and with_records else ()
    reviews = reviews_file.read_reviews(decided, framework) if decided else ()
    if table is not None:
        fieldwork_files.say_unrated(table, records, ratings)
    _say_nothing_gathered(path, answers is not None, bool(ratings), report)
    _say_dates_missing(answers is not None, settings, report)
    if report.faults or diagnostic is None:
        return None
    evidence = Evidence(diagnostic, answers, records.records, ratings, quotes, reviews)
    return EvidenceFolder(path, framework, workforce.frame, evidence, previous, tuple(report.warnings))


def _previous(path: Path, settings: Settings, report: Report) -> Path | None:
    named = settings.previous
    if named is None:
        return None
    previous = path / named.text
    if os.path.isdir(previous) or (is_file(previous) and is_workbook(previous)):
        return previous
    report.fault(
        settings_file.FILE, named.line, "previous",
        f"There is no folder {quoted(named.text)} and no such workbook (.xlsx), seen from this folder. "
        "Correct the path, or take the line out.",
    )  # fmt: skip
    return None


def _framework(
    path: Path, settings: Settings, given: Path | None, load: FrameworkLoader, report: Report
) -> Framework | None:
    if given is not None:
        return read_framework(given, str(given), report, load)
    named = settings.framework
    if named is None:
        said = (None, "framework")
        if not any(
            fault.file == report.name_of(settings_file.FILE) and fault.column in said
            for fault in report.faults
        ):
            report.fault(
                settings_file.FILE, None, "framework",
                "“framework” is missing. Write the id of a framework, such as evidence_use_v1.",
            )  # fmt: skip
        return None
    found, wrong = framework_path(named.text, path)
    if found is None:
        report.fault(settings_file.FILE, named.line, "framework", wrong)
        return None
    return read_framework(found, found.name, report, load)


def _diagnostic(settings: Settings, framework: Framework, report: Report) -> Diagnostic | None:
    least = framework.settings.threshold
    if settings.threshold is not None and MINIMUM_THRESHOLD <= settings.threshold < least:
        report.fault(
            settings_file.FILE, settings.threshold_line, "threshold",
            f"The framework’s threshold is {least}. It may be raised, never lowered: write {least} or more.",
        )  # fmt: skip
    return settings.diagnostic(least)


def _say_records_missing(tables: dict[str, Table | None], report: Report) -> None:
    for name in (RATINGS, QUOTES):
        table = tables.get(name)
        if table is not None and table.rows and RECORDS not in tables:
            report.fault(
                name, None, "record_id", "The folder has no records.csv. Add it, with a row for each record."
            )


def _say_nothing_gathered(path: Path, survey: bool, ratings: bool, report: Report) -> None:
    gathered = {report.name_of(name) for name in (SURVEY, RECORDS, RATINGS)}
    if not survey and not ratings and not any(_is_of(fault.file, gathered) for fault in report.faults):
        report.fault(
            SURVEY, None, None,
            "The folder holds neither an answer nor a rating. "
            "Add survey.csv, or records.csv with ratings.csv.",
        )  # fmt: skip


def _is_of(file: str, names: set[str]) -> bool:
    """Say whether a fault is in one of the files, or in a sheet of it."""
    return file in names or any(file.startswith(f"{name}, sheet ") for name in names)


def _say_dates_missing(survey: bool, settings: Settings, report: Report) -> None:
    if survey and settings.survey_closed is None:
        report.warn(
            settings_file.FILE, None, "dates.survey_closed",
            "There is a survey, but not the day on which it closed. Add it, so that its age can be weighed.",
        )  # fmt: skip
