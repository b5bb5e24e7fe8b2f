"""Where the evidence of one wave lies: files in a folder, or sheets of one workbook."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from app.interchange import fieldwork_files, frame_file, reviews_file, settings_file, survey_file
from app.interchange.delimited import Table, read_table
from app.interchange.faults import Fault, Report
from app.interchange.settings_file import Settings, Value
from app.interchange.vocabulary import Vocabulary, folded, quoted
from app.interchange.workbook import Sheet, is_file, is_workbook, only_sheet, read_workbook, sheet_label

FRAME, SURVEY, REVIEWS = frame_file.FILE, survey_file.FILE, reviews_file.FILE
RECORDS, RATINGS, QUOTES = fieldwork_files.RECORDS, fieldwork_files.RATINGS, fieldwork_files.QUOTES
TABLES = (FRAME, SURVEY, RECORDS, RATINGS, QUOTES, REVIEWS)
WORKBOOK, SURVEY_WORKBOOK = "evidence.xlsx", "survey.xlsx"
DIAGNOSTIC_SHEET = "diagnostic"
# Sheets that the template has for its reader's sake.
UNREAD_SHEETS = ("notes", "lists")

# Files of these kinds look as if somebody meant them to be read.
_MEANT_TO_BE_READ = {".csv", ".tsv", ".xlsx", ".xlsm", ".xls", ".xlsb", ".ods", ".yaml", ".yml"}
_NOT_READABLE = {".xls", ".xlsb", ".ods"}


@dataclass(frozen=True, slots=True)
class EvidenceFiles:
    """What was found, nothing understood yet but the settings.

    ``base`` is the folder from which paths in the settings are seen; ``tables`` holds what is there by the
    name of its CSV file, None where it cannot be read.
    """

    base: Path
    settings: Settings
    tables: dict[str, Table | None]


def sheet_of(file: str) -> str:
    """Give the sheet that stands for a file: frame for frame.csv."""
    return Path(file).stem


def find_files(path: Path, framework_file: Path | None, report: Report) -> EvidenceFiles | None:
    """Find the evidence in a folder or a workbook; None where there is none."""
    # os.path answers no where pathlib raises: for names too long, or behind a folder that may not be opened.
    if is_file(path) and (is_workbook(path) or path.suffix.lower() in _NOT_READABLE):
        return _in_workbook(path, report)
    if not os.path.isdir(path):
        there = (
            "This is neither a folder nor a workbook." if os.path.exists(path) else "There is no such folder."
        )
        if os.path.isfile(path):
            there = "This is a file, not a folder."
        report.fault(
            str(path), None, None,
            f"{there} Give the folder that holds diagnostic.yaml, or a workbook (.xlsx) with the evidence.",
        )  # fmt: skip
        return None
    if os.path.lexists(path / WORKBOOK):
        beside = [name for name in (settings_file.FILE, *TABLES) if os.path.lexists(path / name)]
        if not beside:
            return _in_workbook(path / WORKBOOK, report)
    return _in_folder(path, framework_file, report)


def _in_folder(path: Path, framework_file: Path | None, report: Report) -> EvidenceFiles:
    settings = settings_file.read_settings(path / settings_file.FILE, report)
    tables = {
        name: read_table(path / name, report)
        for name in TABLES
        if name != SURVEY and os.path.lexists(path / name)
    }
    there = [name for name in (SURVEY, SURVEY_WORKBOOK) if os.path.lexists(path / name)]
    survey = _named_survey(path, settings, report) if settings.survey else None
    if settings.survey is None and len(there) > 1:
        report.fault(
            SURVEY_WORKBOOK, None, None,
            f"The folder holds {SURVEY} too. Keep one of the two, or name the one to read in "
            f"diagnostic.yaml, such as “survey: {SURVEY_WORKBOOK}”.",
        )  # fmt: skip
    elif settings.survey is None and there:
        survey = path / there[0]
    if survey is not None:
        tables[SURVEY] = _survey_table(survey, report)
    elif settings.survey is not None:
        tables[SURVEY] = None
    read = {settings_file.FILE, *TABLES, *([survey.name] if survey else there)}
    if settings.survey is not None and survey is not None and survey.name != SURVEY:
        read.discard(SURVEY)
    _say_unread(path, framework_file, settings, read, report)
    return EvidenceFiles(path, settings, {name: tables[name] for name in TABLES if name in tables})


def _in_workbook(path: Path, report: Report) -> EvidenceFiles | None:
    file = path.name
    sheets = read_workbook(path, report)
    if sheets is None:
        return None
    known = (settings_file.FILE, *TABLES)
    for usual in known:
        report.called[usual] = sheet_label(file, sheet_of(usual))
    report.reworded |= {
        "The file is missing.": "The sheet is missing.",
        "The folder has no records.csv.": "The workbook has no sheet “records”.",
        "The folder holds neither": "The workbook holds neither",
    } | {usual: f"the sheet “{sheet_of(usual)}”" for usual in known}
    by_name = _by_name(sheets, file, report)
    diagnostic = by_name.pop(DIAGNOSTIC_SHEET, None)
    if diagnostic is None:
        report.fault(
            settings_file.FILE, None, None,
            "The sheet is missing. Add it, with a key and its value in each row; “diagnostic template” "
            "writes a workbook that has it.",
        )  # fmt: skip
        settings = Settings()
    else:
        diagnostic.say_faults(report)
        settings = settings_file.settings_of_rows(diagnostic.rows, report)
    tables: dict[str, Table | None] = {}
    for name in TABLES:
        sheet = by_name.get(sheet_of(name))
        # A sheet of the template that nobody filled in is as good as no sheet.
        if sheet is not None and (name == FRAME or _filled(sheet)):
            tables[name] = sheet.table(report)
    if settings.survey is not None:
        if SURVEY in tables:
            _fault(report, settings.survey, "The sheet “survey” is filled in too. Keep one of the two.")
        survey = _named_survey(path.parent, settings, report)
        tables[SURVEY] = None if survey is None else _survey_table(survey, report)
    return EvidenceFiles(path.parent, settings, {name: tables[name] for name in TABLES if name in tables})


def _filled(sheet: Sheet) -> bool:
    return sum(not row.blank for row in sheet.rows) > 1 or (bool(sheet.faults) and not sheet.rows)


def _by_name(sheets: Iterable[Sheet], file: str, report: Report) -> dict[str, Sheet]:
    names = [DIAGNOSTIC_SHEET, *map(sheet_of, TABLES)]
    words = Vocabulary("a sheet of an evidence workbook", [(name, name) for name in names])
    found: dict[str, Sheet] = {}
    for sheet in sheets:
        name = words.find(sheet.name.strip())
        if name is not None and name in found:
            report.fault(sheet.file, None, None, f"The sheet “{name}” is there twice. Keep one of the two.")
        elif name is not None:
            found[name] = sheet
        elif sheet.rows and folded(sheet.name) not in UNREAD_SHEETS:
            report.warn(sheet.file, None, None, f"The sheet was not read. {words.mend(sheet.name)}")
    return found


def _named_survey(base: Path, settings: Settings, report: Report) -> Path | None:
    """Find the file with the survey's answers that the settings name; it must lie beside them."""
    named = settings.survey
    if named is None:
        return None
    path = base / named.text
    if os.path.basename(named.text) != named.text or not is_file(path):
        _fault(
            report, named, f"There is no file {quoted(named.text)} here. Put it here, or correct its name."
        )
        return None
    if not is_workbook(path) and path.suffix.lower() != ".csv":
        _fault(
            report,
            named,
            f"{quoted(named.text)} is neither a CSV file nor a workbook (.xlsx). Export it anew.",
        )
        return None
    return path


def _fault(report: Report, named: Value, message: str) -> None:
    report.fault(settings_file.FILE, named.line, "survey", message)


def _survey_table(path: Path, report: Report) -> Table | None:
    """Read the survey's answers from a file of their own, CSV or workbook."""
    if path.name != SURVEY:
        report.called[SURVEY] = path.name
    if not is_workbook(path):
        return read_table(path, report)
    sheets = read_workbook(path, report)
    sheet = None if sheets is None else only_sheet(sheets, sheet_of(SURVEY), path.name, report)
    return None if sheet is None else sheet.table(report)


def _say_unread(
    path: Path, framework_file: Path | None, settings: Settings, read: set[str], report: Report
) -> None:
    """Warn of files that nobody reads although they look as if they should be."""
    words = Vocabulary("a file of this folder", [(name, name) for name in (settings_file.FILE, *TABLES)])
    framework = framework_file or (path / settings.framework.text if settings.framework else None)
    try:
        there = sorted(path.iterdir())
    except OSError:
        return
    for file in there:
        if file.suffix.lower() not in _MEANT_TO_BE_READ or file.name in read:
            continue
        if framework is not None and file.name == framework.name:
            continue
        # Spreadsheets leave such a file while a workbook is open.
        if file.name.startswith("~$"):
            continue
        near = words.nearest(file.name)
        hint = f"Did you mean “{near}”?" if near else f"A folder holds {', '.join(words.ids)}."
        if file.name == SURVEY:
            hint = f"diagnostic.yaml names {quoted(settings.survey.text if settings.survey else '')} instead."
        elif file.name == WORKBOOK:
            hint = "The folder holds the evidence as files too. Keep one of the two."
        elif is_workbook(file):
            hint = f"For a survey export write “survey: {file.name}” in diagnostic.yaml. {hint}"
        report.warnings.append(Fault(file.name, None, None, f"The file was not read. {hint}"))
