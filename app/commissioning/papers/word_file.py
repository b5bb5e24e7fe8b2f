"""A paper as a Word document, for councils to complete and change."""
# ruff: noqa: PLC0415

from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from app.commissioning.papers.facts import Facts
from app.commissioning.papers.paper import Block, Paper, Points, Subheading, Table, Words, pieces
from app.interchange.word_document import About, WordDocument

if TYPE_CHECKING:
    from docx.table import _Cell
    from docx.text.paragraph import Paragraph


class _PaperDocument(WordDocument):
    """A document in which what is missing stands out."""

    def say(self, paragraph: "Paragraph", text: str, *, bold: bool = False) -> None:
        """Write a text; what is missing is bold on yellow, and in brackets for whoever sees neither."""
        from docx.enum.text import WD_COLOR_INDEX

        for piece in pieces(text):
            run = paragraph.add_run(piece.text)
            run.bold = bold or piece.missing
            if piece.missing:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW

    def fill(self, cell: "_Cell", value: Any, *, bold: bool) -> None:
        """Write a text into a cell."""
        self.say(self.in_cell(cell), value, bold=bold)


def paper_docx(paper: Paper, facts: Facts) -> bytes:
    """Write a paper as DOCX."""
    document = _PaperDocument(
        About(
            title=f"{facts.place}: {paper.title}",
            author=facts.authority,
            subject=paper.under,
            comments=paper.foot,
            created=datetime.combine(facts.made, time(), UTC),
        )
    )
    document.title(paper.title, paper.under)
    for section in paper.sections:
        document.heading(section.title, 1)
        for block in section.blocks:
            _write(document, block)
    document.paragraph(paper.foot)
    document.numbered_footer(f"{facts.place}, {paper.title[0].lower()}{paper.title[1:]}")
    return document.to_bytes()


def _write(document: _PaperDocument, block: Block) -> None:
    match block:
        case Words(text):
            document.say(document.paragraph(), text)
        case Points(items):
            for item in items:
                document.say(document.paragraph(style="List Bullet"), item)
        case Subheading(text):
            document.heading(text, 2)
        case Table():
            document.table(block.caption, block.columns, block.rows, block.widths)
