"""The brief as a Word document: the same four pages and the same evidence, with tables in place of charts."""

from app.briefs.brief import Brief
from app.briefs.evidence_section import ItemRow
from app.briefs.marks import Sentence
from app.briefs.page_four import PageFour
from app.briefs.page_one import PageOne
from app.briefs.page_three import PageThree
from app.briefs.page_two import THICK, GapRow, PageTwo
from app.briefs.typesetting import width_of
from app.briefs.word_document import Word
from app.briefs.words import NOT_SHOWN
from app.interchange.word_document import ACROSS, CELL_MARGINS, CELL_SIZE, WIDER

_LISTED = "List Bullet"
_LONG_TEXT = 60
_HIDDEN = "“Not shown” means hidden"


def brief_docx(brief: Brief) -> bytes:
    """Write a brief as DOCX."""
    furniture = brief.furniture
    word = Word(furniture, furniture.title)
    word.title(furniture.masthead, furniture.authority, f"{furniture.document}, {furniture.season}")
    _page_one(word, brief.one)
    _page_two(word, brief.two)
    _page_three(word, brief.three)
    _page_four(word, brief.four)
    _evidence(word, brief)
    if furniture.edition_note:
        word.paragraph(furniture.edition_note)
    word.paragraph(furniture.drawn_from)
    return word.to_bytes()


def _page_one(word: Word, page: PageOne) -> None:
    word.heading(page.kicker, 1)
    word.lead(page.verdict)
    word.heading(page.strip_title.text, 2, page.strip_title.marks)
    word.table(
        "Stage, score, confidence and change",
        (
            *("Heading", "Stage", "Score", "Likely range", "Confidence"),
            *_given(page.since),
            *_given(page.peers_title),
        ),
        [
            (
                row.name,
                row.stage,
                f"{row.score} {row.score_note}".strip(),
                row.likely,
                f"{row.confidence}: {', '.join(reason.text for reason in row.reasons)}",
                *([row.change.words] if row.change else []),
                *_given(page.peers_title and row.peers),
            )
            for row in page.rows
        ],
        shares=(17, 13, 9, 11, 18, *([14] if page.since else []), *([13] if page.peers_title else [])),
    )
    word.heading(page.things_title, 2)
    for thing in page.things:
        if thing.why:
            word.sentence(thing.why, label=f"{numbered(thing.label)} {thing.title}:")
        else:
            word.paragraph(label=f"{numbered(thing.label)} {thing.title}")
    if page.ties_note:
        word.paragraph(page.ties_note)
    if page.keep:
        word.heading("One strength to keep", 2)
        word.sentence(page.keep.why, label=f"{page.keep.title}.")
    word.paragraph(f"{page.how_sure} {page.heard}", label="How sure we are:")


def numbered(label: str) -> str:
    """Write the number of a step before its title: “1.”, but “2 =”."""
    return label if label.endswith("=") else f"{label}."


def _given(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _page_two(word: Word, page: PageTwo) -> None:
    word.heading(page.kicker, 1)
    word.heading(page.title.text, 2, page.title.marks)
    heads = tuple(f"{source.letter} {source.name} ({source.base})" for source in page.sources)
    word.table(
        "Each heading by source",
        ("Heading and stage", *heads),
        [
            (
                f"{row.name}: {row.stage}",
                *(
                    f"{cell.text} {cell.note}".strip() + (", differs" if cell.differs else "")
                    for cell in row.cells
                ),
            )
            for row in page.rows
        ],
        shares=(24, 12, 12, 12, 12),
    )
    if page.key_words:
        word.paragraph(page.key_words.replace("Outlined", "Differs"))
    found = [(row.name, row.findings) for row in page.rows]
    word.table("What we found", ("Heading", "What we found"), list(found), shares=(22, 78))
    word.heading(page.gap_title.text, 2, page.gap_title.marks)
    if page.gaps:
        _quotes(word, page)
        word.table(
            f"{page.gap_upper} and {page.gap_lower.lower()}",
            ("Heading", page.gap_lower, page.gap_upper, "Gap"),
            [_gap(row) for row in page.gaps],
        )
    word.paragraph(page.gap_note.replace(f" {THICK}", ""))
    if page.quotes_title:
        word.heading(page.quotes_title, 2)
        _quotes(word, page)


def _quotes(word: Word, page: PageTwo) -> None:
    for quote in page.quotes:
        paragraph = word.paragraph(f"Heard from {quote.said_by}: “{quote.text}”")
        word.marks(paragraph, quote.marks)


def _gap(row: GapRow) -> tuple[str, ...]:
    return (row.name, row.lower or NOT_SHOWN, row.upper or NOT_SHOWN, f"{row.gap} {row.unit}".strip())


def _page_three(word: Word, page: PageThree) -> None:
    word.heading(page.kicker, 1)
    word.paragraph(page.title)
    for step in page.steps:
        word.heading(f"{numbered(step.label)} {step.title}", 2)
        word.paragraph(step.action)
        rows: list[tuple[str | Sentence, ...]] = [
            ("Owner", step.owner),
            ("Effort", step.effort),
            ("First 30 days", step.first_30_days),
            ("Sign at six months", step.six_month_sign),
            ("Otherwise", step.otherwise),
        ]
        if step.answers:
            rows.append(("Finding it answers", step.answers))
        word.table(f"The step “{step.title}” in full", ("What", "In full"), list(rows), shares=(22, 78))
    if page.tests:
        word.paragraph(page.tests)
    if page.next_steps:
        word.heading("Next, not now", 2)
        for following in page.next_steps:
            word.sentence(following.reason, label=f"{following.title}:", style=_LISTED)
    word.heading(page.year.title, 2)
    for bar in page.year.bars:
        text = f"{numbered(bar.label)} {bar.title}: starts in {bar.starts}, sign in {bar.sign}"
        word.paragraph(text, style=_LISTED)
    word.paragraph(f"{page.year.wave.capitalize()}, {page.year.wave_month}", style=_LISTED)


def _page_four(word: Word, page: PageFour) -> None:
    word.heading(page.kicker, 1)
    word.heading(page.title.text, 2, page.title.marks)
    for table in page.tables:
        if table.instead:
            word.paragraph(table.instead, label=f"{table.title}:")
            continue
        rows = [(row.name, row.rate, row.people or NOT_SHOWN) for row in table.rows]
        word.table(table.title, ("Group", "Share", "People"), list(rows), shares=(60, 20, 20))
        if table.more:
            word.paragraph(table.more)
    if page.response_note:
        word.paragraph(
            page.response_note.replace("Line: all staff", "All staff").replace("Hatched: not shown,", _HIDDEN)
        )
    for passage in page.passages:
        word.heading(passage.title, 2)
        word.sentences(passage.sentences)
    if page.needs_title:
        word.heading(page.needs_title.text, 2, page.needs_title.marks)
        needs = [(row.label, row.share) for row in page.needs]
        word.table("Evidence that staff ask for", ("Kind of evidence", "Share"), list(needs), shares=(80, 20))
    word.heading(page.questions_title, 2)
    for question in page.questions:
        word.paragraph(question, style=_LISTED)
    word.paragraph(page.reach_us, label="Reach us:")


def _evidence(word: Word, brief: Brief) -> None:
    word.heading("Evidence: what every sentence and every table rests on", 1)
    word.heading("Evidence list", 2)
    for group in brief.evidence:
        word.table(
            group.title,
            ("Mark", group.what_head, "What it speaks to"),
            [(line.mark, line.what, line.topics) for line in group.lines],
            targets=tuple(line.target for line in group.lines),
            shares=(17, 23, 60),
        )
    if brief.quotes:
        word.heading("What people told us", 2)
        for quote in brief.quotes:
            paragraph = word.paragraph(f"“{quote.text}” Heard from {quote.said_by}.", style=_LISTED)
            word.marks(paragraph, quote.marks)
    if brief.limits:
        word.heading("What we could not see, in full", 2)
        for limit in brief.limits:
            word.paragraph(limit, style=_LISTED)
    word.heading("Data tables", 2)
    for table in brief.tables:
        rows = [(row.head, *row.cells) for row in table.rows]
        word.table(table.caption, table.columns, list(rows), shares=_shares(table.columns, rows))
        if table.note:
            word.paragraph(table.note)
    if brief.not_shown:
        word.heading("What is not shown", 2)
        word.paragraph(brief.not_shown)
    _items(word, brief)


def _shares(columns: tuple[str, ...], rows: list[tuple[str, ...]]) -> tuple[float, ...]:
    """Share out the width of a table: room for the longest word of each column, and the rest to its texts."""
    cells = [[head, *(row[at] for row in rows)] for at, head in enumerate(columns)]
    least = [
        max(WIDER * width_of(word, CELL_SIZE, True) for text in said for word in text.split())
        for said in cells
    ]
    wanted = [min(_LONG_TEXT, max(map(len, said))) for said in cells]
    free = max(0.0, ACROSS - sum(least) - CELL_MARGINS * len(cells))
    return tuple(
        CELL_MARGINS + word + free * text / sum(wanted) for word, text in zip(least, wanted, strict=True)
    )


def _items(word: Word, brief: Brief) -> None:
    if not brief.items.instead and not brief.items.groups:
        return
    word.heading("The survey, question by question", 2)
    if brief.items.instead:
        word.paragraph(brief.items.instead)
        return
    word.paragraph("Shares are to the nearest 5%. Scores run from 0 to 100.")
    heads = ("Question", "Score", "Answers", "Don’t know or not my role")
    for group in brief.items.groups:
        change = ("Change",) if brief.items.with_change else ()
        rows = [_item(row, brief.items.with_change) for row in group.rows]
        shares = (30, 8, 34, 12, 12)[: 5 if change else 4]
        word.table(group.title, (*heads, *change), list(rows), shares=shares)


def _item(row: ItemRow, with_change: bool) -> tuple[str, ...]:
    name = f"{row.code} {row.text}".strip()
    change = (row.change or NOT_SHOWN,) if with_change else ()
    if row.instead:
        return (name, NOT_SHOWN, row.instead, NOT_SHOWN, *change)
    return (name, row.score, row.answers, row.dont_know, *change)
