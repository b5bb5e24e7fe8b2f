"""Frameworks for tests: the published one, and a small one that shares nothing with it but the shape.

The small one is data that a test may change before it is loaded: three headings of two characteristics,
scales of two, four and seven options, four role groups of which one stands on neither side.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from diagnostics.framework import Framework, load_framework

Data = dict[str, Any]

QUICK_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)

PUBLISHED_FILE = Path(__file__).parents[2] / "diagnostics" / "frameworks" / "evidence_use_v1.yaml"

LABELS = {
    "two": ("No", "Yes"),
    "four": ("Never", "Now and then", "Often", "Always"),
    "seven": ("Not at all", "Hardly", "A little", "Half", "Mostly", "Nearly all", "Wholly"),
}
LOWEST = {"two": 0, "four": 1, "seven": -3}

# code, scale, reversed, shown to
ITEMS: dict[str, list[tuple[str, str, bool, tuple[str, ...]]]] = {
    "labels": [("LAB1", "seven", False, ()), ("LAB2", "four", True, ("curators", "educators"))],
    "loans": [("LOA1", "two", False, ())],
    "asking": [("ASK1", "seven", False, ()), ("ASK2", "seven", False, ("educators", "wardens"))],
    "walking": [("WAL1", "four", False, ())],
    "hours": [("HOU1", "four", False, ()), ("HOU2", "four", False, ())],
    "words": [("WOR1", "two", False, ())],
}
HEADINGS = {"objects": ("labels", "loans"), "visitors": ("asking", "walking"), "house": ("hours", "words")}
KINDS = {"objects": "feature", "visitors": "feature", "house": "enabler"}
IMPORTANCE = {"labels": 5, "loans": 2, "asking": 4, "walking": 3, "hours": 4, "words": 1}

# id: (characteristics that it moves, from-stages, effort, required steps)
Steps = Mapping[str, tuple[tuple[str, ...], tuple[int, ...], str, tuple[str, ...]]]
STEPS: Steps = {
    "write_labels": (("labels",), (1, 2), "S", ()),
    "test_labels": (("labels", "loans"), (2, 3), "M", ("write_labels",)),
    "ask_visitors": (("asking",), (1, 2, 3), "S", ()),
    "walk_rooms": (("walking",), (1, 2), "L", ()),
    "keep_hours": (("hours", "words"), (1, 2, 3), "M", ()),
}


@cache
def published() -> Framework:
    """The published framework."""
    return load_framework(PUBLISHED_FILE.read_text(encoding="utf-8"))


@cache
def small() -> Framework:
    """The small framework as it is."""
    return load(small_data())


def load(data: Data) -> Framework:
    """Load a framework that a test has put together."""
    return load_framework(as_yaml(data))


def as_yaml(data: Data) -> str:
    return str(yaml.dump(data, Dumper=QUICK_DUMPER, allow_unicode=True, sort_keys=False))


def small_data() -> Data:
    """The small framework as data of its own, which a test may change."""
    return {
        "schema": "framework/1",
        "id": "museum_learning",
        "version": "3",
        "name": "How a museum learns",
        "about": "Made up for tests.",
        "sources_of_ideas": [],
        "scales": [
            {
                "id": scale,
                "options": [{"value": LOWEST[scale] + i, "label": label} for i, label in enumerate(labels)],
            }
            for scale, labels in LABELS.items()
        ],
        "dont_know": "Cannot say",
        "prefer_not_to_say": "Rather not",
        "role_groups": [
            role_group("curators", "upper", ["educators"]),
            role_group("educators", "lower", ["wardens", "curators"]),
            role_group("wardens", "lower", ["educators"]),
            role_group("friends", None, ["wardens"]),
        ],
        "comparison": {"upper": "curators", "lower": "front of house"},
        "settings": small_settings(),
        "interview_kinds": [named("talk")],
        "observation_settings": [named("gallery"), named("store")],
        "document_types": [named("catalogue"), named("plan")],
        "headings": [heading(name) for name in HEADINGS],
        "outcomes": [question("OUT1", "seven"), question("OUT2", "four", True)],
        "needs": {
            "code": "NEED",
            "text": "What would help?",
            "choices": [{"id": choice, "label": choice.title()} for choice in ("time", "maps", "training")],
        },
        "comments": [{"code": "SAY1", "text": "What works?"}, {"code": "SAY2", "text": "What does not?"}],
        "steps": steps_data(STEPS),
        "resources": [resource("R1"), resource("R2")],
    }


def small_settings() -> Data:
    return {
        "source_weights": {"survey": 0.4, "observation": 0.3, "interview": 0.2, "document": 0.1},
        "feasibility": {"S": 1.0, "M": 0.7, "L": 0.5},
        "stage_cuts": [30, 55, 80],
        "target": 80,
        "agreement_within": 12,
        "partial_within": 28,
        "pattern_high_from": 55,
        "pattern_difference": 28,
        "person_share_answered": 0.5,
        "thin_records": 2,
        "thin_characteristics": 2,
        "weight_bounds": [0.25, 4.0],
        "weight_rounds": 40,
        "margin_answers": 3,
        "weighting_gap_said": 4,
        "survey_answers": 12,
        "indicative_answers": 25,
        "indicative_rate": 0.4,
        "alpha_answers": 20,
        "omega_answers": 50,
        "importance_answers": 60,
        "low_r_star_wg": 0.4,
        "low_icc1": 0.2,
        "rater_alpha": 0.7,
        "rater_units": 4,
        "evidence_months": 12,
        "reliable_change": 5,
        "comparison_records": 2,
        "rank_draws": 200,
        "rank_spread": 0.2,
        "rank_equal_share": 0.8,
        "steps_first": 3,
        "threshold": 10,
    }


def role_group(name: str, side: str | None, neighbours: list[str]) -> Data:
    return {
        "id": name,
        "name": name.title(),
        "description": f"The {name}",
        "side": side,
        "neighbours": neighbours,
    }


def named(name: str) -> Data:
    return {"id": name, "name": name.title(), "plural": f"{name}s"}


def question(code: str, scale: str, is_reversed: bool = False, shown_to: tuple[str, ...] = ()) -> Data:
    return {
        "code": code,
        "text": f"We do what {code} asks for.",
        "scale": scale,
        "reversed": is_reversed,
        "shown_to": list(shown_to),
    }


def heading(name: str) -> Data:
    return {
        "id": name,
        "name": name.title(),
        "short": name,
        "kind": KINDS[name],
        "about": f"About {name}",
        "team_question": f"What of {name}?",
        "characteristics": [characteristic(c) for c in HEADINGS[name]],
    }


def characteristic(name: str) -> Data:
    return {
        "id": name,
        "name": name.title(),
        "statement": f"{name.title()} are minded.",
        "level": "both",
        "builds": "capability",
        "importance": IMPORTANCE[name],
        "stages": [f"Stage {stage} of {name}." for stage in (1, 2, 3, 4)],
        "in_brief": {
            "topic": name,
            "strong": f"{name} are often minded",
            "weak": f"{name} are seldom minded",
        },
        "survey": [question(*item) for item in ITEMS[name]],
        "interview": [{"role_groups": ["curators"], "question": "How?", "probes": ["When?"]}],
        "observation": [{"setting": "gallery", "signs": ["Someone looks"]}],
        "documents": [{"document": "plan", "criteria": ["It says so"]}],
        "indicators": [],
        "steps": [step_id for step_id, (moved, *_) in STEPS.items() if name in moved],
    }


def indicator(name: str) -> Data:
    return {
        "id": name,
        "name": name.title(),
        "unit": "a year",
        "better": "lower",
        "cuts": [30, 20, 10],
        "where_found": "The ledger",
    }


def with_steps(steps: Steps, **settings: float) -> Framework:
    """The small framework with other steps, and perhaps with other figures."""
    data = small_data()
    data["settings"].update(settings)
    data["steps"] = steps_data(steps)
    headings: list[Data] = data["headings"]
    for part in (part for heading_data in headings for part in heading_data["characteristics"]):
        part["steps"] = [name for name, (moved, *_) in steps.items() if part["id"] in moved]
    return load(data)


def steps_data(steps: Steps) -> list[Data]:
    return [step(name, stages, effort, requires) for name, (_, stages, effort, requires) in steps.items()]


def step(name: str, from_stages: tuple[int, ...], effort: str, requires: tuple[str, ...]) -> Data:
    words = name.replace("_", " ")
    return {
        "id": name,
        "title": f"To {words}",
        "action": f"We {words} with care.",
        "from_stages": list(from_stages),
        "owner": "Head curator",
        "first_30_days": f"Begin to {words}.",
        "six_month_sign": f"All can {words}.",
        "otherwise": f"Nobody will {words}.",
        "effort": effort,
        "requires": list(requires),
        "resources": [],
    }


def resource(name: str) -> Data:
    return {
        "id": name,
        "title": f"Guide {name}",
        "publisher": "Nobody",
        "address": f"https://example.org/{name}",
        "kind": "guide",
        "headings": ["objects"],
        "helps_with": "Asking a short question well.",
    }


_PART = re.compile(r"(\w+)|\[(\d+)\]")


def changed(path: str, value: Any) -> Data:
    """The small framework with another value at a path such as ``headings[2].characteristics[1].steps``."""
    data = small_data()
    put(data, path, value)
    return data


def put(data: Data, path: str, value: Any) -> None:
    """Write a value at a path; at the end of a list it is added."""
    parts = _parts(path)
    holder = _holder(data, parts)
    if isinstance(holder, list) and parts[-1] == len(holder):
        holder.append(value)
    else:
        holder[parts[-1]] = value


def without(path: str) -> Data:
    """The small framework without what stands at a path."""
    data = small_data()
    parts = _parts(path)
    del _holder(data, parts)[parts[-1]]
    return data


def _holder(data: Data, parts: list[str | int]) -> Any:
    holder: Any = data
    for part in parts[:-1]:
        holder = holder[part]
    return holder


def _parts(path: str) -> list[str | int]:
    return [name or int(index) for name, index in _PART.findall(path)]
