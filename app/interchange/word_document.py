"""A Word document under way: A4, real headings, real tables with header rows, British English."""
# ruff: noqa: PLC0415

import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_LANGUAGE = "en-GB"
_FONT = "Arial"
_PAPER, _MARGIN = (210, 297), 18
_FIRST_SHARE, _OTHER_SHARE = 14, 10
_TEXT_SIZE = 10.5
CELL_SIZE = 9.5
# Between the margins of the page, and at the sides of a cell; and how much wider Arial is than our own font.
ACROSS, CELL_MARGINS, WIDER = _PAPER[0] - 2 * _MARGIN, 4.0, 1.12
_SIZES = {"Title": 22, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11, "Caption": 9.5}
# What the template of python-docx brings along and nobody needs: its preview, a list of sources, its counts.
_UNWANTED = ("thumbnail", "customXml", "stylesWithEffects", "extended-properties")
_DAY_OF_EVERY_PART = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class About:
    """What a document says of itself in its properties."""

    title: str
    author: str
    subject: str
    comments: str
    created: datetime


class WordDocument:
    """A document, and the few things that our documents are made of."""

    def __init__(self, about: About) -> None:
        from docx import Document as new_document

        self._document: Document = new_document()
        self._set_up(about)
        self._in_cells = self._style_of_cells()

    def title(self, text: str, *below: str) -> None:
        """Write the title of the document and the lines beneath it."""
        self._document.add_paragraph(text, style="Title")
        for line in below:
            self._document.add_paragraph(line)

    def heading(self, text: str, level: int) -> "Paragraph":
        """Write a heading."""
        written: Paragraph = self._document.add_heading(text, level)
        return written

    def paragraph(self, text: str = "", *, label: str = "", style: str | None = None) -> "Paragraph":
        """Write a paragraph with a bold label in front."""
        paragraph: Paragraph = self._document.add_paragraph(style=style)
        if label:
            paragraph.add_run(f"{label} " if text else label).bold = True
        if text:
            paragraph.add_run(text)
        return paragraph

    def table(
        self,
        caption: str,
        columns: Sequence[str],
        rows: Iterable[Sequence[Any]],
        shares: Sequence[float] = (),
    ) -> "Table":
        """Write a table with a header row; a row's first cell names it.

        ``shares`` are the widths of its columns, as parts of a whole; without them the first one is wider
        than the rest.
        """
        self._document.add_paragraph(caption, style="Caption")
        table: Any = self._document.add_table(rows=1, cols=len(columns), style="Table Grid")
        table.autofit = False
        _describe(table, caption)
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            self.fill(cell, column, bold=True)
        for row in rows:
            for place, (cell, value) in enumerate(zip(table.add_row().cells, row, strict=True)):
                self.fill(cell, value, bold=place == 0)
        _set_widths(table, _widths(shares or (_FIRST_SHARE, *[_OTHER_SHARE] * (len(columns) - 1))))
        self._document.add_paragraph(style=self._in_cells)
        written: Table = table
        return written

    def fill(self, cell: "_Cell", value: Any, *, bold: bool) -> None:
        """Write a value into a cell; documents with more than text in their cells have a way of their own."""
        self.in_cell(cell).add_run(value).bold = bold

    def in_cell(self, cell: "_Cell") -> "Paragraph":
        """Give the paragraph of a cell, in the type of cells."""
        paragraph: Paragraph = cell.paragraphs[0]
        paragraph.style = self._in_cells
        return paragraph

    def numbered_footer(self, text: str) -> None:
        """Write a line at the foot of every page, with the page's number behind it."""
        paragraph = self._document.sections[0].footer.paragraphs[0]
        paragraph.add_run(f"{text}, page ")
        for kind in ("begin", "PAGE", "end"):
            run = paragraph.add_run()
            if kind == "PAGE":
                run._r.append(element("w:instrText", {"xml:space": "preserve"}, " PAGE "))
            else:
                run._r.append(element("w:fldChar", {"w:fldCharType": kind}))

    def to_bytes(self) -> bytes:
        """Give the file: the same bytes for the same content."""
        out, packed = BytesIO(), BytesIO()
        self._document.save(packed)
        with zipfile.ZipFile(packed) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as again:
            for name in made.namelist():
                again.writestr(
                    zipfile.ZipInfo(name, _DAY_OF_EVERY_PART), made.read(name), zipfile.ZIP_DEFLATED
                )
        return out.getvalue()

    def _set_up(self, about: About) -> None:
        from docx.shared import Mm, Pt

        document = self._document
        document.sections[0].page_width, document.sections[0].page_height = map(Mm, _PAPER)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(document.sections[0], side, Mm(_MARGIN))
        for name in ("Normal", "Title", "Caption", "Heading 1", "Heading 2", "Heading 3"):
            _set_font(document.styles[name])
        normal: Any = document.styles["Normal"]
        normal.font.size = Pt(_TEXT_SIZE)
        normal.paragraph_format.space_after = Pt(4)
        for name, size in _SIZES.items():
            document.styles[name].font.size = Pt(size)
        document.styles["Caption"].paragraph_format.keep_with_next = True
        document.styles["Caption"].paragraph_format.space_before = Pt(6)
        for language in document.styles.element.iter(tag("w:lang")):
            language.set(tag("w:val"), _LANGUAGE)
        properties = document.core_properties
        properties.title, properties.author, properties.language = about.title, about.author, _LANGUAGE
        properties.subject, properties.comments = about.subject, about.comments
        properties.created = properties.modified = about.created
        properties.last_modified_by, properties.keywords = "", ""
        for package in (document.part.package, document.part):
            for key, relation in list(package.rels.items()):
                if any(name in relation.reltype for name in _UNWANTED):
                    del package.rels[key]

    def _style_of_cells(self) -> Any:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        style: Any = self._document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self._document.styles["Normal"]
        style.font.size = Pt(CELL_SIZE)
        style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(1.5)
        style.paragraph_format.line_spacing = 1
        return style


def tag(name: str) -> str:
    """Give the full name of an element or attribute of WordprocessingML."""
    from docx.oxml.ns import qn

    return qn(name)


def element(name: str, attributes: dict[str, str], text: str | None = None) -> Any:
    """Make an element that python-docx has no word for."""
    from docx.oxml import OxmlElement

    made = OxmlElement(name)
    for key, value in attributes.items():
        made.set(tag(key), value)
    if text is not None:
        made.text = text
    return made


def _describe(table: "Table", caption: str) -> None:
    """Give a table its header row, which stands on every page, and its alternative text."""
    table._tbl.tblPr.append(element("w:tblCaption", {"w:val": caption}))
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(element("w:tblHeader", {"w:val": "true"}))


def _widths(shares: Sequence[float]) -> tuple[float, ...]:
    """Share out the mm between the margins."""
    return tuple(ACROSS * share / sum(shares) for share in shares)


def _set_widths(table: "Table", widths: Sequence[float]) -> None:
    """Fix the columns, and keep every row in one piece, so that nobody reads half of it."""
    from docx.shared import Mm

    twips = [str(round(Mm(width).twips)) for width in widths]
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, twips, strict=True):
        column.set(tag("w:w"), width)
    # Asking each cell through python-docx takes seconds.
    for row in table._tbl.tr_lst:
        row.get_or_add_trPr().append(element("w:cantSplit", {"w:val": "true"}))
        for cell, width in zip(row.tc_lst, twips, strict=True):
            size = cell.get_or_add_tcPr().get_or_add_tcW()
            size.set(tag("w:w"), width)
            size.set(tag("w:type"), "dxa")


def _set_font(style: Any) -> None:
    from docx.shared import RGBColor

    style.font.name = _FONT
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for key in list(fonts.attrib):
        if "heme" in key:
            del fonts.attrib[key]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(tag(script), _FONT)
