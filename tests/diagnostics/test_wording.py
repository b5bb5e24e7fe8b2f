"""How words are put together: places, lists, plurals, ranges."""

import csv
import re
from pathlib import Path

import pytest

from diagnostics.wording import by_points, counted_noun, listed, number, place_name, sentence

AUTHORITIES = Path(__file__).parents[2] / "app" / "interchange" / "authorities.csv"


@pytest.mark.parametrize(
    "authority, place",
    [
        ("Wexbourne Metropolitan Borough Council", "Wexbourne"),
        ("London Borough of Hackney", "Hackney"),
        ("The London Borough of Barking and Dagenham", "Barking and Dagenham"),
        ("London Borough of Camden Council", "Camden"),
        ("Royal Borough of Kensington and Chelsea", "Kensington and Chelsea"),
        ("Royal Borough of Windsor and Maidenhead Council", "Windsor and Maidenhead"),
        ("Isle of Wight Council", "Isle of Wight"),
        ("Council of the Isles of Scilly", "Isles of Scilly"),
        ("City of York Council", "York"),
        ("City of Bradford Metropolitan District Council", "Bradford"),
        ("City of Wolverhampton Council", "Wolverhampton"),
        ("Westminster City Council", "Westminster"),
        ("City of London", "City of London"),
        ("City of London Corporation", "City of London"),
        ("Bristol, City of", "Bristol"),
        ("Kingston upon Hull, City of", "Kingston upon Hull"),
        ("Herefordshire, County of", "Herefordshire"),
        ("Bournemouth, Christchurch and Poole Council", "Bournemouth, Christchurch and Poole"),
        ("Durham County Council", "Durham"),
        ("County Durham", "County Durham"),
        ("Telford & Wrekin Council", "Telford & Wrekin"),
        ("Cheshire West and Chester Borough Council", "Cheshire West and Chester"),
        ("Achieving for Children", "Achieving for Children"),
        ("Together for Children", "Together for Children"),
        ("Birmingham Children's Trust", "Birmingham"),
        ("Sandwell Children’s Trust", "Sandwell"),
        ("Bradford Children and Families Trust", "Bradford"),
        ("  Medway Council ", "Medway"),
        ("Council", "Council"),
    ],
)
def test_place(authority: str, place: str) -> None:
    assert place_name(authority) == place


def test_every_authority_in_england_keeps_a_name_that_fits_a_sentence() -> None:
    with AUTHORITIES.open(encoding="utf-8") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert len(names) == 153
    for name in names:
        place = place_name(name)
        assert place and place[0].isupper() and not re.search(r", (City|County) of|\bCouncil\b|  ", place)


def test_sentence_begins_with_a_capital_and_ends_with_a_stop() -> None:
    assert sentence(" plans start from evidence ") == "Plans start from evidence."
    assert sentence("What is seen?") == "What is seen?"
    assert sentence("It is done.") == "It is done."


@pytest.mark.parametrize(
    "words, expected",
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (["systems and processes", "culture"], "systems and processes, and culture"),
        (["a", "systems and processes", "c"], "a, systems and processes, and c"),
    ],
)
def test_list(words: list[str], expected: str) -> None:
    assert listed(words) == expected


def test_list_with_another_joint() -> None:
    assert listed(["a", "b", "c"], "or") == "a, b or c"


def test_numbers_and_plurals() -> None:
    assert [number(0), number(7), number(10), number(11)] == ["no", "seven", "ten", "11"]
    assert counted_noun(1, "point") == "1 point"
    assert counted_noun(2, "point") == "2 points"
    assert counted_noun(2, "body", "bodies") == "2 bodies"


@pytest.mark.parametrize(
    "low, high, expected",
    [
        (2, 10, "by 2 to 10 points"),
        (-10, -2, "by 2 to 10 points"),
        (4, 4, "by 4 points"),
        (1, 1, "by 1 point"),
        (0, 6, "by up to 6 points"),
        (-6, 0, "by up to 6 points"),
    ],
)
def test_ranges_of_change(low: int, high: int, expected: str) -> None:
    assert by_points(low, high) == expected
