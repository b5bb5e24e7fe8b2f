"""An invented workforce of any size, with answers and fieldwork, for measuring and for trying things out."""

from datetime import date
from pathlib import Path

import numpy as np

from diagnostics.evidence import Answers, Diagnostic, Evidence, Frame, FrameCell, Rating, Record
from diagnostics.framework import load_framework

FRAMEWORK_FILE = Path(__file__).parents[2] / "diagnostics" / "frameworks" / "evidence_use_v1.yaml"
FRAMEWORK = load_framework(FRAMEWORK_FILE.read_text(encoding="utf-8"))
AREAS = ("Assessment", "Children in care", "Early help", "Disabled children", "Fostering", "Youth justice")
ROLE_SHARES = {
    "leaders": 0.06, "team_managers": 0.10, "registered": 0.45, "other_practitioners": 0.26, "support": 0.13,
}  # fmt: skip
AREA_SHARES = (0.28, 0.22, 0.2, 0.1, 0.12, 0.08)
RESPONSE = 0.6


def invented_wave(answered: int, seed: int) -> tuple[Frame, Evidence]:
    """Make a frame and the evidence of one wave with so many answers."""
    generator = np.random.default_rng(seed)
    people = answered / RESPONSE
    frame = Frame(
        tuple(
            FrameCell(role, area, max(1, round(people * share * part)))
            for role, share in ROLE_SHARES.items()
            for area, part in zip(AREAS, AREA_SHARES, strict=True)
        )
    )
    everybody = [(c.role_group, c.service_area) for c in frame.cells for _ in range(c.headcount)]
    chosen = [everybody[i] for i in generator.permutation(len(everybody))[:answered]]
    diagnostic = Diagnostic(
        "X00000002", "Invented Council", 1, date(2026, 11, 16), 10, date(2026, 9, 7), date(2026, 10, 2)
    )
    records, ratings = _fieldwork(generator)
    answers = _answers(chosen, generator)
    return frame, Evidence(diagnostic=diagnostic, answers=answers, records=records, ratings=ratings)


def _answers(people: list[tuple[str, str]], generator: np.random.Generator) -> Answers:
    questions = (*FRAMEWORK.questions, *FRAMEWORK.outcomes)
    n = len(people)
    manages = np.array([role in ("leaders", "team_managers") for role, _ in people])
    latent = 3.0 + 0.6 * generator.normal(size=(n, 1)) + 0.8 * manages[:, np.newaxis]
    values = np.clip(np.round(latent + 0.8 * generator.normal(size=(n, len(questions)))), 1, 5)
    for column, question in enumerate(questions):
        shown = np.array([question.is_shown_to(role) for role, _ in people])
        values[~shown, column] = np.nan
    silent = generator.random(values.shape)
    unsure = np.isfinite(values) & (silent < 0.04)
    values[silent < 0.06] = np.nan
    private = generator.random(n) < 0.02
    return Answers(
        codes=tuple(question.code for question in questions),
        values=values,
        dont_know=unsure,
        role_group=tuple(None if p else role for (role, _), p in zip(people, private, strict=True)),
        service_area=tuple(area for _, area in people),
        needs=tuple(frozenset({"works", "figures"}) for _ in people),
        comments={},
    )


def _fieldwork(generator: np.random.Generator) -> tuple[tuple[Record, ...], tuple[Rating, ...]]:
    roles = list(ROLE_SHARES)
    records = [
        *(_record(f"I{i}", "interview", "interview", roles[i % len(roles)]) for i in range(9)),
        *(_record(f"O{i}", "observation", "group_supervision", "registered") for i in range(6)),
        *(_record(f"D{i}", "document", FRAMEWORK.document_types[i % 9].id, None) for i in range(14)),
    ]
    usual = {"interview": 2.4, "observation": 2.0, "document": 3.0}
    ratings = []
    for record in records:
        for characteristic in FRAMEWORK.characteristics:
            if generator.random() < 0.3:
                stage = int(np.clip(round(usual[record.source] + 0.6 * generator.normal()), 1, 4))
                ratings.append(Rating(record.id, characteristic.id, "A", stage, "Seen."))
                if generator.random() < 0.2:
                    second = int(np.clip(stage + generator.integers(-1, 2), 1, 4))
                    ratings.append(Rating(record.id, characteristic.id, "B", second, "Seen."))
    return tuple(records), tuple(ratings)


def _record(identity: str, source: str, kind: str, role: str | None) -> Record:
    return Record(identity, source, kind, role, None, None, date(2026, 9, 1), None)  # type: ignore[arg-type] # the caller names sources
