"""What a file is, whatever it is called; and what it is called, whatever somebody sent."""

from collections.abc import Callable

import pytest

from app.fieldwork.files.kinds import EXCEL, JPEG, PDF, PNG, WEBP, WORD, FileKind, Refused, kind_of
from app.fieldwork.files.naming import LONGEST_NAME, attachment_header, readings_of, shown_name
from tests.service.fieldwork import made_files as made


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (made.PDF, "policy.pdf", PDF),
        (made.PDF, "POLICY.PDF", PDF),
        (made.PDF, "policy", PDF),
        (made.PNG, "board.png", PNG),
        (made.JPEG, "board.jpeg", JPEG),
        (made.WEBP, "board.webp", WEBP),
        (made.word(), "strategy.docx", WORD),
        (made.excel(), "figures.xlsx", EXCEL),
    ],
)
def test_a_file_is_known_by_its_content(content: bytes, name: str, kind: FileKind) -> None:
    assert kind_of(content, name) is kind


@pytest.mark.parametrize(
    ("content", "name", "why"),
    [
        (lambda: b"", "empty.pdf", "empty"),
        (lambda: made.EXE, "holiday.pdf", "not a file that can be attached"),
        (lambda: made.EXE, "run.exe", "not a file that can be attached"),
        (lambda: b"<html><script>1</script>", "page.pdf", "not a file that can be attached"),
        (lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing.png", "not a file"),
        (lambda: made.PNG, "policy.pdf", "is a PNG image, but its name"),
        (lambda: made.PDF, "policy.docx", "is a PDF, but its name"),
        (made.word, "figures.xlsx", "is a Word document, but its name"),
        (lambda: made.PDF, "policy.pdf.exe", "is a PDF, but its name"),
        (made.plain_zip, "strategy.docx", "not a file that can be attached"),
        (made.with_macros, "strategy.docx", "macros"),
        (made.called_docx_but_docm, "strategy.docx", "macros"),
        (lambda: made.repacked(made.excel(), {"xl/macrosheets/sheet1.xml": b"<x/>"}), "a.xlsx", "macros"),
        (lambda: made.repacked(made.word(), {"word/activeX/activeX1.bin": b"x"}), "a.docx", "macros"),
        (lambda: made.repacked(made.word(), {"word/VBAPROJECT.BIN": b"x"}), "a.docx", "macros"),
        (made.encrypted_entry, "strategy.docx", "password"),
        (lambda: made.ENCRYPTED, "strategy.docx", "password"),
        (lambda: made.OLD_WORD, "strategy.doc", "old kind"),
        (made.bomb, "strategy.docx", "far too much room"),
        (made.many_parts, "strategy.docx", "far too much room"),
        (lambda: made.word()[:2000], "strategy.docx", "damaged"),
        (lambda: made.repacked(made.word(), {"../../evil": b"x"}), "strategy.docx", "damaged"),
    ],
)
def test_what_may_not_be_attached_is_refused_readings_of(
    content: Callable[[], bytes], name: str, why: str
) -> None:
    with pytest.raises(Refused, match=why):
        kind_of(content(), name)


@pytest.mark.parametrize(
    ("sent", "kind", "shown"),
    [
        ("policy.pdf", PDF, "policy.pdf"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("C:\\Users\\kofi\\policy.pdf", PDF, "policy.pdf"),
        ("a\x00b\r\nc\t.pdf", PDF, "abc.pdf"),
        ("fdp\u202efdp.exe.pdf", PDF, "fdpfdp.exe.pdf"),
        ('<b>"x"|y?.pdf', PDF, "_b__x__y_.pdf"),
        ("   .pdf", PDF, "file.pdf"),
        ("...", PDF, "file.pdf"),
        ("Stratégie ŵ.docx", WORD, "Stratégie ŵ.docx"),
        ("x" * 500 + ".docx", WORD, "x" * (LONGEST_NAME - 5) + ".docx"),
    ],
)
def test_a_name_is_cleaned(sent: str, kind: FileKind, shown: str) -> None:
    assert shown_name(sent, kind) == shown


def test_a_name_is_read_as_words_and_sent_so_that_every_browser_keeps_it() -> None:
    assert "visit to Kofi Mensah" in readings_of("visit_to-Kofi.Mensah.docx")
    header = attachment_header('ŵ "x" %41;é.pdf')
    assert header.isascii()
    assert header.startswith("attachment; filename=\"w _x_ _41;e.pdf\"; filename*=UTF-8''%C5%B5%20%22x")
