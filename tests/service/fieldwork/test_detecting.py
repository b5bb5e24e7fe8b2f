"""Single details: what is seen, what is not, and what the writer is told."""

import pytest

from app.fieldwork.safety.detecting import (
    IN_WORDS,
    Kind,
    redacted,
    seen_in_words,
    sightings_in,
    sightings_in_quote,
)


def seen(text: str) -> list[tuple[Kind, str]]:
    return [(one.kind, one.text) for one in sightings_in(text)]


@pytest.mark.parametrize(
    "text",
    [
        "The audit meeting on 3 March 2026 agreed three actions.",
        "Reviewed 03/03/2026, again 2026-03-10 and on the 3rd of March '26.",
        "Her birthday was mentioned at the meeting on 3 March 2026.",
        "In April and May the Grace team moved to the Jack Street office.",
        "Early Help, Signs of Safety, Working Together 2018, section 47, Year 9.",
        "Spend is £250,000 on cost code 07450 118 220, 48% of the budget.",
        "Child A lives with Carer B. The social worker, the chair and the Director agreed.",
    ],
)
def test_what_is_nobodys_is_not_seen(text: str) -> None:
    assert seen(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "detail"),
    [
        ("child, 3rd of March '14, seen at school", Kind.DATE_OF_BIRTH, "3rd of March '14"),
        ("Mum is called Ifeoluwa", Kind.NAME, "Ifeoluwa"),
        ("mr patel chairs", Kind.NAME, "patel"),
        ("Siân’s plan", Kind.NAME, "Siân"),
        ("case of J.K. again", Kind.NAME, "J.K."),
        ("zero\u200bwidth: 999\u200b526\u200b0182", Kind.NHS_NUMBER, "999\u200b526\u200b0182"),
        ("ref: CS/2024/0183", Kind.CASE_REFERENCE, "CS/2024/0183"),
        ("＠ as in ａｂｉ＠example.com", Kind.EMAIL, "ａｂｉ＠example.com"),
    ],
)
def test_what_is_somebodys_is_seen_where_it_stands(text: str, kind: Kind, detail: str) -> None:
    assert (kind, detail) in seen(text)


def test_what_was_taken_out_says_what_it_was() -> None:
    text = "Mum Kayleigh, born 7 June 1993, NHS 999 526 0182, rang from 07700 900461."
    assert redacted(text, sightings_in(text)) == (
        "Mum [name removed], born [date of birth removed], NHS [NHS number removed], "
        "rang from [phone number removed]."
    )


def test_only_what_the_writer_chose_is_taken_out() -> None:
    text = "Kayleigh told Darren."
    first, second = sightings_in(text)
    assert redacted(text, [second]) == "Kayleigh told [name removed]."
    assert redacted(text, [second, first, second]) == "[name removed] told [name removed]."


@pytest.mark.parametrize("kind", Kind)
def test_what_stands_for_something_removed_is_not_seen(kind: Kind) -> None:
    sighting = sightings_in("Kayleigh")[0]
    words = redacted("Kayleigh", [type(sighting)(kind, 0, 8, "Kayleigh")])
    assert words.endswith(" removed]")
    assert seen(f"mum called {words} said {words}, born {words}") == []


def test_the_writer_is_told_in_words_what_was_seen() -> None:
    text = "Kayleigh and Darren, NHS 999 526 0182"
    assert seen_in_words(sightings_in(text)) == "an NHS number and 2 possible names"
    assert seen_in_words(()) == ""
    assert all(IN_WORDS[kind].startswith(("a ", "an ")) for kind in Kind)


def test_a_quote_is_read_with_what_its_note_gives_away() -> None:
    note = "Mr Frost ran the group for fathers. He listens."
    quote = "I think that Frost was the only one"
    assert sightings_in_quote(quote) == ()
    assert [one.text for one in sightings_in_quote(quote, note)] == ["Frost"]
    assert [one.text for one in sightings_in_quote("Jayden was never asked")] == ["Jayden"]


def test_a_name_once_told_is_seen_in_the_rest_of_the_note() -> None:
    text = "Mr Frost drew it. We wondered whether Frost would stay. The winter brought frost."
    assert seen(text) == [(Kind.NAME, "Frost")] * 2
