"""The Word documents: opened again, they hold the paper as real headings, lists and tables."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as Opened
from docx.enum.text import WD_COLOR_INDEX

from app.commissioning.papers.catalogue import KINDS, PaperId
from app.commissioning.papers.paper import Points, Subheading, Table, gap
from app.commissioning.papers.word_file import paper_docx
from app.database.session import Database
from tests.service.browser import Browser
from tests.service.papers.diagnostic_facts import CONTACT, complete, invented_facts
from tests.service.people import People

KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GAPS = {
    "opens": gap("the day on which the survey opens"),
    "closes": gap("the day on which the survey closes"),
    "controller": gap("the controller, usually the council"),
    "gatherers": gap("who leads the interviews and observations"),
}


def file_of(paper: PaperId, **changes: str) -> bytes:
    facts = invented_facts(**changes)
    return paper_docx(KINDS[paper].make(facts), facts)


def opened(paper: PaperId, **changes: str) -> Opened:
    return Document(BytesIO(file_of(paper, **changes)))


def rows_of(document: Opened) -> list[list[list[str]]]:
    return [
        [
            ["".join(text.text for text in cell.xpath(".//w:t")) for cell in row.tc_lst]
            for row in table._tbl.tr_lst
        ]
        for table in document.tables
    ]


@pytest.mark.parametrize("paper", PaperId)
def test_headings_lists_and_tables_are_those_of_the_paper(paper: PaperId) -> None:
    made, document = KINDS[paper].make(invented_facts()), opened(paper)
    styled = [(p.style.name, p.text) for p in document.paragraphs if p.style is not None]
    blocks = [block for section in made.sections for block in section.blocks]
    assert [text for style, text in styled if style == "Title"] == [made.title]
    assert [text for style, text in styled if style == "Heading 1"] == [s.title for s in made.sections]
    assert [text for style, text in styled if style == "Heading 2"] == [
        block.text for block in blocks if isinstance(block, Subheading)
    ]
    assert [text for style, text in styled if style == "List Bullet"] == [
        item for block in blocks if isinstance(block, Points) for item in block.items
    ]
    tables = [block for block in blocks if isinstance(block, Table)]
    assert [text for style, text in styled if style == "Caption"] == [table.caption for table in tables]
    assert rows_of(document) == [
        [list(table.columns), *(list(row) for row in table.rows)] for table in tables
    ]


@pytest.mark.parametrize("paper", PaperId)
def test_it_is_british_names_itself_and_brings_nothing_along(paper: PaperId) -> None:
    content = file_of(paper)
    about = Document(BytesIO(content)).core_properties
    assert about.language == "en-GB"
    assert about.title.startswith("Wexbourne: ")
    assert about.author == "Wexbourne"
    with ZipFile(BytesIO(content)) as packed:
        styles = packed.read("word/styles.xml").decode()
        assert re.findall(r'w:lang w:val="([^"]+)"', styles) == ["en-GB"]
        assert not [name for name in packed.namelist() if "thumbnail" in name or "customXml" in name]
        assert "documentProtection" not in packed.read("word/settings.xml").decode()


@pytest.mark.parametrize("paper", PaperId)
def test_every_table_has_a_head_that_stands_on_every_page_and_no_empty_cell(paper: PaperId) -> None:
    document = opened(paper, **GAPS)
    for table in document.tables:
        assert len(table._tbl.xpath(".//w:tblHeader")) == 1
        assert len(table._tbl.xpath(".//w:tblCaption")) == 1
    assert all(cell.strip() for table in rows_of(document) for row in table for cell in row)


def test_names_keep_their_letters() -> None:
    table = dict(row for row in rows_of(opened(PaperId.STAFF_NOTICE))[0])
    assert table["Whom you can ask"] == f"{CONTACT}, sian@wexbourne.example"
    assert table["Who runs it"] == "Wŷn & Partners, for Wexbourne Council"


@pytest.mark.parametrize("paper", PaperId)
def test_what_is_missing_stands_out(paper: PaperId) -> None:
    document = opened(paper, **GAPS)
    paragraphs = [
        *document.paragraphs,
        *(
            p
            for table in document.tables
            for row in table.rows
            for cell in row.cells
            for p in cell.paragraphs
        ),
    ]
    runs = [run for paragraph in paragraphs for run in paragraph.runs]
    marked = [run.text for run in runs if run.font.highlight_color == WD_COLOR_INDEX.YELLOW]
    wanted = {f"[to be completed: {what}]" for what in KINDS[paper].make(invented_facts(**GAPS)).missing}
    assert set(marked) == wanted
    assert not [run.text for run in runs if "to be completed" in run.text and run.text not in wanted]


def test_the_foot_of_every_page_counts() -> None:
    with ZipFile(BytesIO(file_of(PaperId.STAFF_NOTICE))) as packed:
        feet = [packed.read(name).decode() for name in packed.namelist() if "footer" in name]
    assert any(" PAGE " in foot and "Wexbourne, notice to staff" in foot for foot in feet)


def test_the_same_facts_make_the_same_bytes() -> None:
    assert file_of(PaperId.PRIVACY_NOTICE) == file_of(PaperId.PRIVACY_NOTICE)


def test_what_is_downloaded_holds_the_facts_of_the_diagnostic(
    browser: Browser, people: People, database: Database
) -> None:
    complete(database, people)
    answer = browser.sign_in(people.bob).client.get(f"/diagnostics/{people.here}/papers/staff-notice.docx")
    assert (answer.status_code, answer.headers["content-type"]) == (200, KIND)
    table = dict(row for row in rows_of(Document(BytesIO(answer.content)))[0])
    assert table["When"] == "Opens on 11 January 2027 and closes at the end of 5 February 2027"
    assert table["Whom you can ask"] == f"{CONTACT}, sian@wexbourne.example"
