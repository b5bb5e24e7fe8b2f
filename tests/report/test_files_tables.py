"""tables.csv and tables.xlsx: typed, whole, inert, and never blank where a number is hidden."""

import csv
import re
from dataclasses import replace
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from app.briefs.plain_tables import PlainTable
from app.briefs.profile_tables import present_plain_tables
from app.briefs.tables_file import begins_like_a_formula, tables_csv
from app.briefs.workbook import tables_workbook
from tests.report.explained_numbers import AuditedObject
from tests.report.rendered import brief_of
from tests.report.variants import PREVIOUS, VARIANTS


def tables_of(variant: str) -> tuple[PlainTable, ...]:
    return present_plain_tables(*VARIANTS[variant])


def lines(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(data.decode("utf-8-sig"), newline="")))


def workbook(variant: str) -> bytes:
    return tables_workbook(tables_of(variant), brief_of(variant).furniture)


@pytest.mark.parametrize("variant", VARIANTS)
def test_every_number_of_the_tables_is_in_the_object(variant: str) -> None:
    audited = AuditedObject(*VARIANTS[variant], PREVIOUS.get(variant))
    assert audited.unexplained_in("tables.csv", tables_csv(tables_of(variant))) == []
    assert audited.unexplained_in("tables.xlsx", workbook(variant)) == []


@pytest.mark.parametrize("variant", ["sample", "no_survey", "all_questions_hidden", "many_areas"])
def test_no_cell_is_empty(variant: str) -> None:
    assert all(cell != "" for table in tables_of(variant) for row in table.rows for cell in row)
    for line in lines(tables_csv(tables_of(variant))):
        assert all(line[column] for column in line if column != "note"), line


def test_what_is_hidden_says_so_and_holds_no_number() -> None:
    profile, _ = VARIANTS["questions_hidden"]
    hidden = {item.code for heading in profile.headings for item in heading.items if item.suppressed}
    assert hidden
    for line in lines(tables_csv(tables_of("questions_hidden"))):
        if line["table"] in {"Questions", "Answers"} and line["question"].partition(".")[0] in hidden:
            assert line["value"] == "not shown"
            assert "protect people" in line["note"]


def test_both_files_hold_the_same_values() -> None:
    book = load_workbook(BytesIO(workbook("ends_of_the_scale")))
    tables = tables_of("ends_of_the_scale")
    assert book.sheetnames == [*(table.name for table in tables), "Notes"]
    for table in tables:
        head, *rows = book[table.name].values
        assert head == tuple(column.title for column in table.columns)
        assert rows == list(table.rows)
    measured = sum(len(t.rows) * sum(c.part == "measure" for c in t.columns) for t in tables)
    assert len(lines(tables_csv(tables))) == measured


def test_the_ends_of_a_scale_are_open() -> None:
    found = {line["note"] for line in lines(tables_csv(tables_of("ends_of_the_scale")))}
    assert {"5 or lower", "95 or higher", "5% or fewer"} <= found
    with ZipFile(BytesIO(workbook("usual"))) as book:
        assert "or lower" in book.read("xl/styles.xml").decode()


def test_every_column_and_every_word_is_explained() -> None:
    book = load_workbook(BytesIO(workbook("sample")))
    notes = {row[:2] for row in book["Notes"].values}
    for table in tables_of("sample"):
        assert {(table.name, column.title) for column in table.columns} <= notes
    assert ("A word in place of a number", "not shown") in notes
    assert ("The whole workbook", "Made from") in notes


def test_nothing_is_computed_linked_or_blank_in_the_head() -> None:
    with ZipFile(BytesIO(workbook("sample"))) as book:
        for part in book.namelist():
            text = book.read(part).decode("utf-8", "replace")
            if part.startswith("xl/worksheets/sheet"):
                assert "<f>" not in text
                assert "hyperlink" not in text
                assert 'state="frozen"' in text
                assert 'orientation="landscape"' in text


def test_every_row_says_how_high_it_is() -> None:
    """Programs that do not reckon it themselves would let long texts run into each other."""
    with ZipFile(BytesIO(workbook("sample"))) as book:
        for part in book.namelist():
            if part.startswith("xl/worksheets/sheet"):
                rows = re.findall(r"<row [^>]*>", book.read(part).decode())
                assert rows
                assert all('customHeight="1"' in row for row in rows)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "  =x", "\n=x", " \n\t@x", "＝x"])
def test_a_text_that_looks_like_a_formula_stays_a_text(text: str) -> None:
    assert begins_like_a_formula(text)
    profile, framework = VARIANTS["usual"]
    group = replace(profile.response.by_role_group[0], name=text)
    odd = replace(profile, response=replace(profile.response, by_role_group=(group,)))
    tables = present_plain_tables(odd, framework)
    assert any(line["group"] == f"'{text}" for line in lines(tables_csv(tables)))
    with ZipFile(BytesIO(tables_workbook(tables, brief_of("usual").furniture))) as book:
        assert "<f>" not in "".join(
            book.read(part).decode() for part in book.namelist() if "worksheets/sheet" in part
        )
        assert 'quotePrefix="1"' in book.read("xl/styles.xml").decode()


def test_a_fall_is_a_number_and_not_taken_for_a_formula() -> None:
    values = [line["value"] for line in lines(tables_csv(tables_of("ends_of_the_scale")))]
    assert "-30" in values
    assert not any(re.match(r"'-\d", value) for value in values)


def test_excel_reads_the_letters_and_nothing_changes_between_two_runs() -> None:
    data = tables_csv(tables_of("welsh_and_polish"))
    assert data.startswith(b"\xef\xbb\xbf")
    assert data == tables_csv(tables_of("welsh_and_polish"))
    assert workbook("usual") == workbook("usual")
