"""The published profile as JSON: whole, readable again, and described by its schema."""

import json
import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from pydantic import TypeAdapter, ValidationError

from diagnostics.disclosure import publish
from diagnostics.framework import Framework
from diagnostics.profile import build_profile
from diagnostics.published import SOURCES, PublishedProfile, profile_schema, read_profile
from tests.benchmarks.workforce import FRAMEWORK, invented_wave
from tests.diagnostics.planted_wave import Cell, profile_of, published_of, records_of, wave_of
from tests.diagnostics.small_framework import published, small

# What schema profile/1 promises, by name.
TOP = {
    "schema", "authority", "wave", "framework", "digest", "response", "headings", "reliability", "steps",
    "findings", "needs", "limits",
}  # fmt: skip
RESPONSE = {"answered", "frame", "rate", "by_role_group", "by_service_area"}
HEADING = {
    "id", "name", "kind", "sources", "pairs", "patterns", "combined", "stage", "confidence", "groups",
    "change",
}  # fmt: skip
GROUP = {"name", "score", "n_band", "suppressed"}
STEP = {"id", "rank", "top_three_share", "tied_with", "requires", "findings"}
FINDING = {"id", "text", "evidence"}
ITEM = {"code", "text", "labels", "shares", "score", "dont_know", "n_band", "suppressed", "change"}
NEED = {"id", "label", "share", "suppressed"}


def two_waves(framework: Framework, roles: tuple[str, ...]) -> PublishedProfile:
    cells = [
        Cell(role, area, 60, 45, (0.25, 0.75, 1.0)[place:])
        for place, (role, area) in enumerate(zip(roles, ("East", "West", "North"), strict=True))
    ]
    fieldwork = [
        *records_of(framework, "interview", 3, 4, role=roles[0]),
        *records_of(framework, "observation", 1, 3, role=roles[1]),
        *records_of(framework, "document", 4, 5),
    ]
    before = profile_of(framework, wave_of(framework, cells[::-1], fieldwork))
    return publish(profile_of(framework, wave_of(framework, cells, fieldwork, wave=2), before))


@pytest.fixture(scope="module", params=["published framework", "small framework", "silence"])
def profile(request: pytest.FixtureRequest) -> PublishedProfile:
    if request.param == "published framework":
        return two_waves(published(), ("leaders", "registered", "support"))
    if request.param == "small framework":
        return two_waves(small(), ("curators", "educators", "wardens"))
    return published_of(published(), wave_of(published(), [Cell("leaders", "East", 20, 0)]))


def test_json_can_be_read_again(profile: PublishedProfile) -> None:
    text = profile.to_json()
    again = read_profile(text)
    assert again == profile
    assert again.to_json() == text


def test_json_is_plain_and_has_no_number_that_json_does_not_know(profile: PublishedProfile) -> None:
    def refuse(word: str) -> None:
        raise AssertionError(word)

    text = profile.to_json()
    assert text.endswith("}\n") and "\\u" not in text
    json.loads(text, parse_constant=refuse)
    assert not re.search(r"\d\.\d{4,}", text), "a number with more digits than its making allows"


def test_json_validates_against_its_type(profile: PublishedProfile) -> None:
    TypeAdapter(PublishedProfile).validate_json(profile.to_json(), strict=False)


@pytest.mark.parametrize(
    "path, value",
    [
        (("schema",), "profile/2"),
        (("headings", 0, "kind"), "habit"),
        (("headings", 0, "confidence", "grade"), "certain"),
        (("response", "frame"), None),
        (("threshold",), "ten or so"),
        (("findings", 0, "evidence"), "S"),
    ],
)
def test_other_json_is_refused(path: tuple[str | int, ...], value: object) -> None:
    data = json.loads(two_waves(published(), ("leaders", "registered", "support")).to_json())
    holder: Any = data
    for part in path[:-1]:
        holder = holder[part]
    holder[path[-1]] = value
    with pytest.raises(ValidationError):
        read_profile(json.dumps(data))


def test_missing_part_is_refused(profile: PublishedProfile) -> None:
    for name in TOP:
        data = json.loads(profile.to_json())
        del data[name]
        with pytest.raises(ValidationError):
            read_profile(json.dumps(data))


def test_profile_has_all_that_the_schema_promises(profile: PublishedProfile) -> None:
    data = json.loads(profile.to_json())
    assert data.keys() >= TOP
    assert data["schema"] == "profile/1"
    assert data["authority"].keys() >= {"code", "name"}
    assert data["response"].keys() >= RESPONSE
    assert list(data["reliability"]) == [heading["id"] for heading in data["headings"]]
    for heading in data["headings"]:
        assert heading.keys() >= HEADING
        assert heading["sources"].keys() == set(SOURCES)
        for score in heading["sources"].values():
            assert score is None or score.keys() >= {"score", "low", "high", "n", "thin"}
        assert heading["confidence"].keys() >= {"grade", "reasons"}
        assert heading["combined"] is None or heading["combined"].keys() >= {"score", "low", "high"}
        assert heading["stage"] is None or heading["stage"].keys() >= {"low", "high"}
        assert all(pair.keys() >= {"a", "b", "difference", "code"} for pair in heading["pairs"])
        for breakdown in ("role_group", "service_area"):
            assert all(row.keys() >= GROUP for row in heading["groups"][breakdown])
        assert all(item.keys() >= ITEM for item in heading["items"])
    assert all(need.keys() >= NEED for need in data["needs"])
    assert all(step.keys() >= STEP for step in data["steps"])
    assert all(finding.keys() >= FINDING for finding in data["findings"])


def test_schema_describes_every_field() -> None:
    schema = profile_schema()
    assert schema["properties"].keys() >= TOP
    assert set(schema["required"]) >= TOP
    parts = schema["$defs"]
    assert parts["PublishedHeading"]["properties"].keys() >= HEADING
    assert parts["PublishedResponse"]["properties"].keys() >= RESPONSE
    assert parts["GroupScore"]["properties"].keys() >= GROUP
    assert parts["PublishedStep"]["properties"].keys() >= STEP
    assert parts["PublishedItem"]["properties"].keys() >= ITEM
    assert parts["Need"]["properties"].keys() >= NEED
    assert parts["Finding"]["properties"].keys() >= FINDING
    assert parts["PublishedSources"]["properties"].keys() == set(SOURCES)
    json.dumps(schema)


def test_schema_knows_every_key_of_a_profile(profile: PublishedProfile) -> None:
    schema = profile_schema()

    def known(data: Any, part: dict[str, Any], path: str) -> None:
        options = [part, *part.get("anyOf", ())]
        for option in list(options):
            if "$ref" in option:
                options.append(schema["$defs"][option["$ref"].rsplit("/", 1)[1]])
        if isinstance(data, dict):
            properties = next((o["properties"] for o in options if "properties" in o), None)
            free = any("additionalProperties" in o for o in options)
            assert properties is not None or free, path
            for key, value in data.items():
                if properties is not None:
                    assert key in properties, f"{path}.{key}"
                    known(value, properties[key], f"{path}.{key}")
        elif isinstance(data, list):
            items = next((o["items"] for o in options if "items" in o), None)
            if items is not None:
                for value in data:
                    known(value, items, f"{path}[]")

    known(json.loads(profile.to_json()), schema, "profile")


def test_finding_is_found_by_its_id(profile: PublishedProfile) -> None:
    assert profile.finding(profile.verdict).id == profile.verdict
    with pytest.raises(StopIteration):
        profile.finding("no such finding")


def test_sources_that_are_not_silent() -> None:
    found = two_waves(published(), ("leaders", "registered", "support"))
    assert list(found.headings[0].sources.present()) == list(SOURCES)


def test_digest_rests_on_what_is_published_alone() -> None:
    """People in another order are other inputs and the same page; one number more is another page."""
    frame, evidence = invented_wave(120, 5)
    answers = evidence.answers
    assert answers is not None
    order = np.random.default_rng(5).permutation(answers.n)
    moved = replace(
        answers,
        values=answers.values[order],
        dont_know=answers.dont_know[order],
        role_group=tuple(answers.role_group[i] for i in order),
        service_area=tuple(answers.service_area[i] for i in order),
        needs=tuple(answers.needs[i] for i in order),
    )
    one, other = (
        build_profile(FRAMEWORK, frame, replace(evidence, answers=a), rank_draws=False)
        for a in (answers, moved)
    )
    assert one.digest != other.digest
    first, second = publish(one), publish(other)
    assert first.digest == second.digest == first.own_digest()
    assert one.digest not in first.to_json()
    assert replace(first, threshold=first.threshold + 1).own_digest() != first.digest
