"""The brief as a Word document under way: sentences with marks that link to the list of evidence."""
# ruff: noqa: PLC0415

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from app.briefs.brief import Furniture
from app.briefs.marks import Marks, Sentence
from app.interchange.word_document import About, WordDocument, element

if TYPE_CHECKING:
    from docx.table import Table, _Cell
    from docx.text.paragraph import Paragraph

_LONGEST_BOOKMARK = 40
_LEAD_SIZE = 14


class Word(WordDocument):
    """A document, and the few things that only a brief is made of."""

    def __init__(self, furniture: Furniture, title: str) -> None:
        super().__init__(
            About(
                title=title,
                author=furniture.authority,
                subject=furniture.description,
                comments=furniture.drawn_from,
                created=datetime.fromisoformat(furniture.created),
            )
        )
        self._places = 0

    def heading(self, text: str, level: int, marks: Marks | None = None) -> "Paragraph":
        """Write a heading; its marks, if any, stand behind it."""
        paragraph = super().heading(text, level)
        if marks is not None:
            self.marks(paragraph, marks)
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
        columns: Sequence[str],
        rows: Iterable[Sequence["str | Sentence | tuple[Sentence, ...]"]],
        shares: Sequence[float] = (),
        *,
        targets: tuple[str, ...] = (),
    ) -> "Table":
        """Write a table with a header row. ``targets`` are the places in its rows to which marks lead."""
        table = super().table(caption, columns, rows, shares)
        # Asking a table for its rows one by one takes seconds.
        for row, target in zip(table._tbl.tr_lst[1:], targets, strict=bool(targets)):
            self._bookmark(row.tc_lst[0].p_lst[0], target)
        return table

    def fill(self, cell: "_Cell", value: str | Sentence | tuple[Sentence, ...], *, bold: bool) -> None:
        """Write a text, a sentence with its marks, or several of them."""
        if isinstance(value, Sentence):
            self._say(self.in_cell(cell), value)
        elif isinstance(value, tuple):
            self._say_all(self.in_cell(cell), value)
        else:
            super().fill(cell, value, bold=bold)

    def marks(self, paragraph: "Paragraph", marks: Marks) -> None:
        """Write marks behind what stands in a paragraph."""
        if not marks.items:
            return
        paragraph.add_run(" (")
        for place, mark in enumerate(marks.items):
            if place:
                paragraph.add_run("; ")
            link = element("w:hyperlink", {"w:anchor": _bookmark_name(mark.target)})
            run = paragraph.add_run(mark.label)
            run.underline = True
            link.append(run._r)
            paragraph._p.append(link)
        paragraph.add_run(")")

    def _say_all(self, paragraph: "Paragraph", sentences: tuple[Sentence, ...]) -> None:
        for place, sentence in enumerate(sentences):
            if place:
                paragraph.add_run(" ")
            self._say(paragraph, sentence)

    def _say(self, paragraph: "Paragraph", sentence: Sentence) -> None:
        if sentence.lead:
            paragraph.add_run(f"{sentence.lead} ").bold = True
        paragraph.add_run(sentence.text)
        self.marks(paragraph, sentence.marks)

    def _bookmark(self, paragraph: Any, target: str) -> None:
        self._places += 1
        key = {"w:id": str(self._places)}
        start = element("w:bookmarkStart", {**key, "w:name": _bookmark_name(target)})
        paragraph.insert(0, start)
        paragraph.append(element("w:bookmarkEnd", key))


def _bookmark_name(target: str) -> str:
    """Make a name that Word allows: letters, digits and low lines, 40 at most."""
    return target.replace("-", "_")[:_LONGEST_BOOKMARK]
