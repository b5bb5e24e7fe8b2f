"""A number planted in any corner of any kind of surface is found, it alone, and its clean twin is passed."""

import json
from collections.abc import Callable
from functools import lru_cache
from io import BytesIO
from zipfile import ZipFile

import pytest
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, NumberObject, StreamObject, TextStringObject

from app.briefs.rendering import render_pdf
from tests.report.explained_numbers import AuditedObject
from tests.report.rendered import html_of
from tests.report.surfaces import NoReaderError, read_surface
from tests.report.variants import VARIANTS

VARIANT = "questions_hidden"
PROFILE, FRAMEWORK = VARIANTS[VARIANT]
AUDITED = AuditedObject(PROFILE, FRAMEWORK)
# Of two groups with different scores under the same heading, each is the other's leak.
ONE, OTHER = (group for group in PROFILE.headings[0].groups.role_group[:2])
HIDDEN_AREA = next(group for group in PROFILE.response.by_service_area if group.suppressed)
HIDDEN_ITEM = next(item for heading in PROFILE.headings for item in heading.items if item.suppressed)


def found(name: str, data: bytes) -> list[str]:
    return [strange.written for strange in AUDITED.unexplained_in(name, data)]


# ---------------------------------------------------------------------------------------------- HTML and SVG


def in_html(before: str, after: str) -> Callable[[], bytes]:
    def plant() -> bytes:
        page = html_of(VARIANT)
        assert before in page
        return page.replace(before, after, 1).encode()

    return plant


HTML_PLANTS = {
    "a text": in_html("</main>", "<p>We heard 37 more.</p></main>"),
    "a number in words": in_html("</main>", "<p>Only seven people answered.</p></main>"),
    "a code": in_html("</main>", "<p>n37</p></main>"),
    "another record": in_html("</main>", "<p>See I37.</p></main>"),
    "a date": in_html("</main>", "<p>Heard on 3 September 2026.</p></main>"),
    "alt": in_html("</main>", '<img src="" alt="n is 37"></main>'),
    "a title": in_html("</main>", '<p title="n is 37">x</p></main>'),
    "a label for screen readers": in_html("</main>", '<p aria-label="37 answered">x</p></main>'),
    "a value for screen readers": in_html("</main>", '<p aria-valuenow="37.4">x</p></main>'),
    "a data attribute": in_html("</main>", '<p data-score="52.83">x</p></main>'),
    "an id": in_html("</main>", '<p id="n-37">x</p></main>'),
    "a class": in_html("</main>", '<p class="n-37">x</p></main>'),
    "a link": in_html("</main>", '<a href="https://example.org/?n=37">x</a></main>'),
    "a comment": in_html("</main>", "<!-- n = 37 --></main>"),
    "meta": in_html("</head>", '<meta name="n" content="37"></head>'),
    "a script": in_html("</head>", '<script type="application/json">{"n": 37}</script></head>'),
    "a hidden text": in_html("</main>", "<p hidden>37</p></main>"),
    "the title of a chart": in_html("</svg>", "<title>n is 37</title></svg>"),
    "the description of a chart": in_html("</svg>", "<desc>n is 37</desc></svg>"),
    "a text of a chart": in_html("</svg>", "<text>37</text></svg>"),
    "a fraction": in_html("</main>", "<p>2½ points</p></main>"),
    "full-width digits": in_html("</main>", "<p>３７</p></main>"),
    "a rise written as a fall": in_html("</main>", f"<p>−{PROFILE.response.answered}</p></main>"),
}


@pytest.mark.parametrize("place", HTML_PLANTS)
def test_a_number_planted_in_a_page_is_found(place: str) -> None:
    assert len(found("brief.html", HTML_PLANTS[place]())) == 1


def test_a_page_without_a_plant_passes() -> None:
    assert found("brief.html", html_of(VARIANT).encode()) == []


def row(*cells: object) -> str:
    return "<tr><th scope='row'>" + "</th><td>".join(map(str, cells)) + "</td></tr>"


def table(head: str, *rows: str, caption: str = "Table 5. Survey scores by role") -> bytes:
    body = "".join(rows)
    return (
        f"<table><caption>{caption}</caption><thead><tr><th>Group</th><th>{head}</th></tr></thead>"
        f"<tbody>{body}</tbody></table>"
    ).encode()


def test_a_group_may_hold_its_own_numbers_and_no_other_groups() -> None:
    head = PROFILE.headings[0].name
    assert ONE.score != OTHER.score
    clean = table(head, row(ONE.name, ONE.score), row(OTHER.name, OTHER.score))
    assert found("t.html", clean) == []
    swapped = table(head, row(ONE.name, OTHER.score), row(OTHER.name, ONE.score))
    assert found("t.html", swapped) == [str(OTHER.score), str(ONE.score)]
    assert found("t.html", table("People", row(HIDDEN_AREA.name, "not shown"))) == []
    assert found("t.html", table("People", row(HIDDEN_AREA.name, "20 to 49"))) == ["20", "49"]


def test_a_band_belongs_to_its_group() -> None:
    shown = {group.n_band: group for group in PROFILE.response.by_role_group if not group.suppressed}
    (band, group), (other_band, _) = list(shown.items())[:2]
    assert found("t.html", table("People", row(group.name, band))) == []
    assert found("t.html", table("People", row(group.name, other_band))) != []


def test_a_score_belongs_to_its_heading_and_source() -> None:
    heading = PROFILE.headings[0]
    survey, interview = heading.sources.survey, heading.sources.interview
    assert survey is not None
    assert interview is not None
    assert survey.score != interview.score
    assert found("t.html", table("Survey", row(heading.name, survey.score))) == []
    assert found("t.html", table("Survey", row(heading.name, interview.score))) == [str(interview.score)]
    other = PROFILE.headings[1].combined
    assert other is not None
    assert found("t.svg", f"<svg><title>{heading.name}: score {other.score + 33}.</title></svg>".encode())


def test_a_hidden_question_has_no_number() -> None:
    said = f"<strong>{HIDDEN_ITEM.code}</strong> {HIDDEN_ITEM.text}"
    assert found("t.html", table("Answers", row(said, "not shown"))) == []
    assert found("t.html", table("Answers", row(said, "Never 15%"))) == ["15"]


# ------------------------------------------------------------------------------------------------------- PDF


@lru_cache
def small_pdf() -> bytes:
    """Set a page like a brief's, but short: whole briefs take seconds to read, and test_surfaces.py does."""
    return render_pdf(
        '<!DOCTYPE html><html lang="en-GB"><head><title>A brief</title></head><body><h1>A brief</h1>'
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" role="img"><title>A chart</title>'
        '<rect width="9" height="9" /></svg></body></html>'
    )


def in_pdf(plant: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=BytesIO(small_pdf()))
    plant(writer)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def _alternative(writer: PdfWriter, key: str) -> None:
    figure = next(
        item for item in map(_resolved, writer._objects) if "/Alt" in item and item.get("/S") == "/Figure"
    )
    figure[NameObject(key)] = TextStringObject("n is 37")


def _resolved(item: object) -> DictionaryObject:
    return item if isinstance(item, DictionaryObject) else DictionaryObject()


def _field(writer: PdfWriter) -> None:
    field = DictionaryObject({NameObject("/FT"): NameObject("/Tx"), NameObject("/V"): NumberObject(37)})
    writer.root_object[NameObject("/AcroForm")] = writer._add_object(field)


def _xmp(writer: PdfWriter) -> None:
    stream = writer.root_object["/Metadata"].get_object()
    assert isinstance(stream, StreamObject)
    stream.set_data(stream.get_data().replace(b"</rdf:RDF>", b"<rdf:n>37</rdf:n></rdf:RDF>"))


PDF_PLANTS: dict[str, Callable[[PdfWriter], object]] = {
    "an entry of its own": lambda writer: writer.add_metadata({"/Answers": "n is 37"}),
    "keywords": lambda writer: writer.add_metadata({"/Keywords": "37"}),
    "the metadata": _xmp,
    "an alternative text": lambda writer: _alternative(writer, "/Alt"),
    "a replacement text": lambda writer: _alternative(writer, "/ActualText"),
    "an expanded abbreviation": lambda writer: _alternative(writer, "/E"),
    "a bookmark": lambda writer: writer.add_outline_item(title="n is 37", page_number=0),
    "a note": lambda writer: writer.add_annotation(0, FreeText(text="n is 37", rect=(0, 0, 9, 9))),
    "a field of a form": _field,
    "an attachment": lambda writer: writer.add_attachment("data.csv", b"Group,Answers\nAll,37\n"),
}


def test_a_pdf_without_a_plant_passes() -> None:
    attached = f"Group,{PROFILE.headings[0].name}\n{ONE.name},{ONE.score}\n".encode()
    assert found("brief.pdf", in_pdf(lambda writer: writer.add_metadata({"/Keywords": "none"}))) == []
    assert found("brief.pdf", in_pdf(lambda writer: writer.add_attachment("data.csv", attached))) == []


@pytest.mark.parametrize("place", PDF_PLANTS)
def test_a_number_planted_in_a_pdf_is_found(place: str) -> None:
    assert found("brief.pdf", in_pdf(PDF_PLANTS[place])) == ["37"]


def test_a_pdf_with_an_earlier_version_inside_or_a_strange_attachment_is_refused() -> None:
    with pytest.raises(NoReaderError, match="saved more than once"):
        list(read_surface("brief.pdf", small_pdf() + b"startxref\n0\n%%EOF"))
    with pytest.raises(NoReaderError, match=r"brief\.pdf/data\.sqlite"):
        found("brief.pdf", in_pdf(lambda writer: writer.add_attachment("data.sqlite", b"37")))


# ------------------------------------------------------------------------------------- CSV, JSON, XLSX, DOCX


def test_a_number_planted_in_a_csv_is_found() -> None:
    head = f"Group,{PROFILE.headings[0].name},Answers"
    clean = f"{head}\n{ONE.name},{ONE.score},{ONE.n_band}\n{HIDDEN_AREA.name},not shown,not shown\n"
    assert found("groups.csv", clean.encode()) == []
    assert found("groups.csv", clean.replace("not shown", "37", 1).encode()) == ["37"]
    assert found("groups.csv", clean.replace(f",{ONE.score},", f",{OTHER.score},").encode()) == [
        str(OTHER.score)
    ]
    assert found("groups.csv", f"{clean}# n = 37\n".encode()) == ["37"]
    assert found("groups-37.csv", clean.encode()) == ["37"]


def test_a_number_planted_in_the_profile_is_found_even_if_another_field_has_it() -> None:
    clean = json.loads(PROFILE.to_json())
    assert found("profile.json", json.dumps(clean).encode()) == []
    clean["headings"][0]["groups"]["role_group"][0]["unrounded"] = ONE.score
    assert found("profile.json", json.dumps(clean).encode()) == [str(ONE.score)]
    answers = {"answers": [{"id": ONE.id, "score": 37.25}], "37": True, "note": "n is 37"}
    assert found("more.json", json.dumps(answers).encode()) == ["37.25", "37", "37"]


def packed(**changes: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as archive:
        for name, text in changes.items():
            archive.writestr(name, text)
    return out.getvalue()


SHEET = (
    '<worksheet><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    '<row r="2"><c r="A2" t="s"><v>2</v></c><c r="B2"><v>{score}</v></c></row></sheetData></worksheet>'
)
BOOK = {
    "[Content_Types].xml": "<Types/>",
    "xl/workbook.xml": '<workbook><sheets><sheet name="Groups" sheetId="1"/>'
    '<sheet name="Notes" sheetId="2" state="hidden"/></sheets></workbook>',
    "xl/sharedStrings.xml": f"<sst><si><t>Group</t></si><si><t>{PROFILE.headings[0].name}</t></si>"
    f"<si><t>{ONE.name}</t></si></sst>",
    "xl/worksheets/sheet1.xml": SHEET.format(score=ONE.score),
    "xl/worksheets/sheet2.xml": "<worksheet><sheetData/></worksheet>",
    "xl/comments1.xml": "<comments><comment><text><t>See the note.</t></text></comment></comments>",
    "docProps/core.xml": "<coreProperties><title>Groups</title></coreProperties>",
}
HIDDEN_ROW = '<row r="9" hidden="1"><c r="A9"><v>37</v></c></row>'
BOOK_PLANTS = {
    "a hidden sheet": ("xl/worksheets/sheet2.xml", "<sheetData/>", f"<sheetData>{HIDDEN_ROW}</sheetData>"),
    "a hidden row": ("xl/worksheets/sheet1.xml", "</sheetData>", f"{HIDDEN_ROW}</sheetData>"),
    "another group's cell": ("xl/worksheets/sheet1.xml", f"<v>{ONE.score}<", "<v>37<"),
    "a formula": ("xl/worksheets/sheet1.xml", "</c></row></sheetData>", "<f>A1*37</f></c></row></sheetData>"),
    "a header": ("xl/worksheets/sheet1.xml", "</worksheet>", "<oddHeader>37</oddHeader></worksheet>"),
    "a text that no cell shows": ("xl/sharedStrings.xml", "</sst>", "<si><t>n is 37</t></si></sst>"),
    "a comment": ("xl/comments1.xml", "See the note.", "n is 37"),
    "the name of a sheet": ("xl/workbook.xml", "Notes", "n 37"),
    "a named cell": ("xl/workbook.xml", "</workbook>", "<definedName>37</definedName></workbook>"),
    "a property": ("docProps/core.xml", "Groups", "n is 37"),
    "a chart": ("xl/charts/chart1.xml", "", "<c><v>37</v></c>"),
}

DOCUMENT = {
    "[Content_Types].xml": "<Types/>",
    "word/document.xml": "<document><p><r><t>A brief on 4</t></r><r><t>20 staff.</t></r>"
    "<docPr descr='A chart'/></p>"
    f"<tbl><tr><tc><p><t>Group</t></p></tc><tc><p><t>{PROFILE.headings[0].name}</t></p></tc></tr>"
    f"<tr><tc><p><t>{ONE.name}</t></p></tc><tc><p><t>{ONE.score}</t></p></tc></tr></tbl></document>",
    "word/footnotes.xml": "<footnotes><footnote><p><t>A note.</t></p></footnote></footnotes>",
    "docProps/core.xml": "<coreProperties><title>Groups</title></coreProperties>",
}
DOCUMENT_PLANTS = {
    "an alternative text": ("word/document.xml", "A chart", "A chart: 37"),
    "a cell": ("word/document.xml", f"<t>{ONE.score}<", "<t>37<"),
    "a deleted text": ("word/document.xml", "</document>", "<p><delText>37</delText></p></document>"),
    "a code of a field": ("word/document.xml", "</document>", "<p><instrText>37</instrText></p></document>"),
    "a footnote": ("word/footnotes.xml", "A note.", "n is 37."),
    "a comment": ("word/comments.xml", "", "<comments><p><t>n is 37</t></p></comments>"),
    "a property": ("docProps/core.xml", "Groups", "n is 37"),
    "an embedded table": ("word/embeddings/data.csv", "", "All,Number\nAll,37"),
}


def with_plant(parts: dict[str, str], plant: tuple[str, str, str]) -> bytes:
    part, before, after = plant
    assert before in parts.get(part, "")
    return packed(**{**parts, part: parts[part].replace(before, after, 1) if before else after})


@pytest.mark.parametrize("place", BOOK_PLANTS)
def test_a_number_planted_in_a_workbook_is_found(place: str) -> None:
    assert found("data.xlsx", packed(**BOOK)) == []
    assert found("data.xlsx", with_plant(BOOK, BOOK_PLANTS[place])) == ["37"]


@pytest.mark.parametrize("place", DOCUMENT_PLANTS)
def test_a_number_planted_in_a_document_is_found(place: str) -> None:
    assert found("brief.docx", packed(**DOCUMENT)) == []
    assert found("brief.docx", with_plant(DOCUMENT, DOCUMENT_PLANTS[place])) == ["37"]


def test_a_picture_in_an_office_file_is_refused() -> None:
    with pytest.raises(NoReaderError, match="no reader"):
        found("brief.docx", packed(**DOCUMENT, **{"word/media/image1.png": "37"}))
