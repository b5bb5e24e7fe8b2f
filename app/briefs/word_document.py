"""A Word document under way: real headings, real tables with header rows, and marks that link."""
# ruff: noqa: PLC0415

import zipfile
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any

from app.briefs.brief import Furniture
from app.briefs.marks import Marks, Sentence

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_LANGUAGE = "en-GB"
_FONT = "Arial"
_LONGEST_BOOKMARK = 40
_PAPER, _MARGIN = (210, 297), 18
_FIRST_SHARE, _OTHER_SHARE = 14, 10
_SIZES = {"Title": 22, "Heading 1": 15, "Heading 2": 12.5, "Heading 3": 11, "Caption": 9.5}
_LEAD_SIZE = 14
CELL_SIZE = 9.5
# Between the margins of the page, and at the sides of a cell; and how much wider Arial is than our own font.
ACROSS, CELL_MARGINS, WIDER = _PAPER[0] - 2 * _MARGIN, 4.0, 1.12
# What the template of python-docx brings along and nobody needs: its preview, a list of sources, its counts.
_UNWANTED = ("thumbnail", "customXml", "stylesWithEffects", "extended-properties")
_DAY_OF_EVERY_PART = (1980, 1, 1, 0, 0, 0)


class Word:
    """A document, and the few things that a brief is made of."""

    def __init__(self, furniture: Furniture, title: str) -> None:
        from docx import Document as new_document

        self._document: Document = new_document()
        self._places = 0
        self._set_up(furniture, title)
        self._in_cells = self._style_of_cells()

    def title(self, text: str, *below: str) -> None:
        """Write the title of the document and the lines beneath it."""
        self._document.add_paragraph(text, style="Title")
        for line in below:
            self._document.add_paragraph(line)

    def heading(self, text: str, level: int, marks: Marks | None = None) -> None:
        """Write a heading; its marks, if any, stand behind it."""
        paragraph = self._document.add_heading(text, level)
        if marks is not None:
            self._marks(paragraph, marks)

    def paragraph(self, text: str = "", *, label: str = "", style: str | None = None) -> "Paragraph":
        """Write a paragraph with a bold label in front."""
        paragraph: Paragraph = self._document.add_paragraph(style=style)
        if label:
            paragraph.add_run(f"{label} " if text else label).bold = True
        if text:
            paragraph.add_run(text)
        return paragraph

    def sentence(self, sentence: Sentence, *, label: str = "", style: str | None = None) -> None:
        """Write a sentence with its marks."""
        self._say(self.paragraph(label=f"{label} " if label else "", style=style), sentence)

    def lead(self, sentence: Sentence) -> None:
        """Write the sentence that a page is about, in larger type."""
        from docx.shared import Pt

        paragraph = self.paragraph()
        self._say(paragraph, sentence)
        for run in paragraph.runs[: 1 + bool(sentence.lead)]:
            run.font.size, run.bold = Pt(_LEAD_SIZE), True

    def sentences(self, sentences: tuple[Sentence, ...]) -> None:
        """Write several sentences as one paragraph."""
        self._say_all(self.paragraph(), sentences)

    def table(
        self,
        caption: str,
        columns: tuple[str, ...],
        rows: list[tuple["str | Sentence | tuple[Sentence, ...]", ...]],
        targets: tuple[str, ...] = (),
        shares: tuple[float, ...] = (),
    ) -> None:
        """Write a table with a header row.

        Parameters
        ----------
        caption, columns, rows
            What it says.
        targets
            The places in its rows to which marks lead.
        shares
            The widths of its columns, as parts of a whole; without them the first one is wider than the rest.
        """
        self._document.add_paragraph(caption, style="Caption")
        table = self._document.add_table(rows=1, cols=len(columns), style="Table Grid")
        table.autofit = False
        widths = _widths(shares or (_FIRST_SHARE, *[_OTHER_SHARE] * (len(columns) - 1)))
        self._describe(table, caption)
        for cell, column in zip(table.rows[0].cells, columns, strict=True):
            self._fill(cell, column, bold=True)
        for place, row in enumerate(rows):
            cells = table.add_row().cells
            for at, (cell, value) in enumerate(zip(cells, row, strict=True)):
                self._fill(cell, value, bold=at == 0)
            if targets:
                self._bookmark(cells[0].paragraphs[0], targets[place])
        _set_widths(table, widths)
        self._document.add_paragraph(style=self._in_cells)

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

    def _set_up(self, furniture: Furniture, title: str) -> None:
        from docx.shared import Mm, Pt

        document = self._document
        document.sections[0].page_width, document.sections[0].page_height = map(Mm, _PAPER)
        for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
            setattr(document.sections[0], side, Mm(_MARGIN))
        for name in ("Normal", "Title", "Caption", "Heading 1", "Heading 2", "Heading 3"):
            _set_font(document.styles[name])
        normal: Any = document.styles["Normal"]
        normal.font.size = Pt(10.5)
        normal.paragraph_format.space_after = Pt(4)
        for name, size in _SIZES.items():
            document.styles[name].font.size = Pt(size)
        document.styles["Caption"].paragraph_format.keep_with_next = True
        document.styles["Caption"].paragraph_format.space_before = Pt(6)
        for language in document.styles.element.iter(_tag("w:lang")):
            language.set(_tag("w:val"), _LANGUAGE)
        about = document.core_properties
        about.title, about.author, about.language = title, furniture.authority, _LANGUAGE
        about.subject, about.comments = furniture.description, furniture.drawn_from
        about.created = about.modified = datetime.fromisoformat(furniture.created)
        about.last_modified_by, about.keywords = "", ""
        for package in (document.part.package, document.part):
            for key, relation in list(package.rels.items()):
                if any(name in relation.reltype for name in _UNWANTED):
                    del package.rels[key]

    def _fill(self, cell: "_Cell", value: str | Sentence | tuple[Sentence, ...], *, bold: bool) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.style = self._in_cells
        if isinstance(value, Sentence):
            self._say(paragraph, value)
        elif isinstance(value, tuple):
            self._say_all(paragraph, value)
        else:
            paragraph.add_run(value).bold = bold

    def _style_of_cells(self) -> Any:
        from docx.enum.style import WD_STYLE_TYPE
        from docx.shared import Pt

        style: Any = self._document.styles.add_style("Table Text", WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = self._document.styles["Normal"]
        style.font.size = Pt(CELL_SIZE)
        style.paragraph_format.space_after = style.paragraph_format.space_before = Pt(1.5)
        style.paragraph_format.line_spacing = 1
        return style

    def _say_all(self, paragraph: "Paragraph", sentences: tuple[Sentence, ...]) -> None:
        for place, sentence in enumerate(sentences):
            if place:
                paragraph.add_run(" ")
            self._say(paragraph, sentence)

    def _say(self, paragraph: "Paragraph", sentence: Sentence) -> None:
        if sentence.lead:
            paragraph.add_run(f"{sentence.lead} ").bold = True
        paragraph.add_run(sentence.text)
        self._marks(paragraph, sentence.marks)

    def marks(self, paragraph: "Paragraph", marks: Marks) -> None:
        """Write marks behind what stands in a paragraph."""
        self._marks(paragraph, marks)

    def _marks(self, paragraph: "Paragraph", marks: Marks) -> None:
        if not marks.items:
            return
        paragraph.add_run(" (")
        for place, mark in enumerate(marks.items):
            if place:
                paragraph.add_run("; ")
            link = _element("w:hyperlink", {"w:anchor": _bookmark_name(mark.target)})
            run = paragraph.add_run(mark.label)
            run.underline = True
            link.append(run._r)
            paragraph._p.append(link)
        paragraph.add_run(")")

    def _bookmark(self, paragraph: "Paragraph", target: str) -> None:
        self._places += 1
        key = {"w:id": str(self._places)}
        start = _element("w:bookmarkStart", {**key, "w:name": _bookmark_name(target)})
        paragraph._p.insert(0, start)
        paragraph._p.append(_element("w:bookmarkEnd", key))

    def _describe(self, table: "Table", caption: str) -> None:
        """Give a table its header row, which stands on every page, and its alternative text."""
        properties = table._tbl.tblPr
        properties.append(_element("w:tblCaption", {"w:val": caption}))
        head = table.rows[0]._tr.get_or_add_trPr()
        head.append(_element("w:tblHeader", {"w:val": "true"}))


def _widths(shares: tuple[float, ...]) -> tuple[float, ...]:
    """Share out the mm between the margins."""
    return tuple(ACROSS * share / sum(shares) for share in shares)


def _set_widths(table: "Table", widths: tuple[float, ...]) -> None:
    from docx.shared import Mm

    twips = [str(round(Mm(width).twips)) for width in widths]
    for column, width in zip(table._tbl.tblGrid.gridCol_lst, twips, strict=True):
        column.set(_tag("w:w"), width)
    # Asking each cell through python-docx takes seconds.
    for row in table._tbl.tr_lst:
        row.get_or_add_trPr().append(_element("w:cantSplit", {"w:val": "true"}))
        for cell, width in zip(row.tc_lst, twips, strict=True):
            size = cell.get_or_add_tcPr().get_or_add_tcW()
            size.set(_tag("w:w"), width)
            size.set(_tag("w:type"), "dxa")


def _tag(name: str) -> str:
    from docx.oxml.ns import qn

    return qn(name)


def _element(name: str, attributes: dict[str, str]) -> Any:
    from docx.oxml import OxmlElement

    element = OxmlElement(name)
    for key, value in attributes.items():
        element.set(_tag(key), value)
    return element


def _set_font(style: Any) -> None:
    from docx.shared import RGBColor

    style.font.name = _FONT
    style.font.color.rgb = RGBColor(0, 0, 0)
    fonts = style.element.rPr.rFonts
    for key in list(fonts.attrib):
        if "heme" in key:
            del fonts.attrib[key]
    for script in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(_tag(script), _FONT)


def _bookmark_name(target: str) -> str:
    """Make a name that Word allows: letters, digits and low lines, 40 at most."""
    return target.replace("-", "_")[:_LONGEST_BOOKMARK]
