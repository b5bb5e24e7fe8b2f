"""What ratings are to the method: not seen is never zero, and agreement is the method's own."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

import pytest

from app.commissioning.frameworks import framework_of
from app.commissioning.models import Diagnostic
from app.database.session import Database
from app.fieldwork.models import FieldworkRecord, Rater, RecordRater, RecordRating
from app.fieldwork.queries import records_of
from app.fieldwork.ratings.agreement import agreement_by_source
from app.fieldwork.ratings.queries import evidence_ratings
from diagnostics.evidence import Record
from diagnostics.fieldwork import Fieldwork
from diagnostics.framework import Framework
from diagnostics.raters import krippendorff_alpha, percent_agreement
from tests.service.browser import Browser
from tests.service.fieldwork.raters import begin, done
from tests.service.people import People

Pairs = Sequence[tuple[int | None, int | None]]
TWELVE: Pairs = [
    (1, 1),
    (1, 2),
    (2, 2),
    (2, 3),
    (3, 3),
    (3, 3),
    (4, 4),
    (4, 2),
    (1, 1),
    (2, 2),
    (3, 4),
    (4, 4),
]


def framework(database: Database, here: UUID) -> Framework:
    with database.transaction(writes=False) as session:
        return framework_of(session.get_one(Diagnostic, here))


def rated_twice(
    database: Database, people: People, here: UUID, pairs: Pairs, *, both_done: bool = True
) -> None:
    """Write an observation that two raters rated, a characteristic a pair."""
    every = framework(database, here).characteristics
    with database.transaction() as session:
        record = FieldworkRecord(
            diagnostic_id=here,
            code="O01",
            source="observation",
            kind="panel",
            month=None,
            created_by=people.dana,
        )
        raters = [
            Rater(diagnostic_id=here, account_id=people.dana, label="DD"),
            Rater(diagnostic_id=here, account_id=people.petra, label="PP"),
        ]
        session.add_all([record, *raters])
        session.flush()
        for at, rater in enumerate(raters):
            state = "done" if at == 0 or both_done else "rating"
            session.add(RecordRater(record_id=record.id, rater_id=rater.id, state=state))
            session.add_all(
                RecordRating(
                    record_id=record.id,
                    characteristic=one.id,
                    rater_id=rater.id,
                    stage=pair[at],
                    reason="Seen",
                )
                for one, pair in zip(every, pairs, strict=False)
            )


def test_not_seen_is_missing_in_the_score_and_never_zero(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    browser.sign_in(people.dana)
    stages = ("4", "not_seen", "3")
    records = [begin(browser, database, here) for _ in stages]
    for record, stage in zip(records, stages, strict=True):
        done(browser, record, {"cap_find": (stage, "They asked")})
    with database.transaction(writes=False) as session:
        ratings = evidence_ratings(session, here)
    taken = tuple(
        Record(one.code, "observation", one.kind, None, None, None, date(2026, 11, 1), None)
        for one in records
    )
    score = Fieldwork(framework(database, here), taken, ratings).characteristic_score(
        "observation", "cap_find"
    )
    assert score is not None
    assert score.score == pytest.approx((100 + 200 / 3) / 2)
    assert (score.not_seen, len(score.records)) == (1, 2)


@pytest.mark.parametrize(
    ("pairs", "words"),
    [
        (TWELVE, ["Observations: raters agree well enough", "chose the same stage in 67% of them"]),
        ([(1, 4), (4, 1), (2, 3), (3, 2)] * 3, ["Observations: raters differ too much"]),
        (TWELVE[:9], ["Observations: too few to say", "None: it takes 10 ratings made twice"]),
        ([(3, 3)] * 10, ["Observations: undefined", "no proof of agreement"]),
        ([(1, None), (None, None)], ["Observations: nothing is rated twice yet"]),
    ],
    ids=["agree", "differ", "too few", "undefined", "none"],
)
def test_agreement_is_what_the_method_says(
    browser: Browser, database: Database, people: People, here: UUID, pairs: Pairs, words: list[str]
) -> None:
    rated_twice(database, people, here, pairs)
    with database.transaction(writes=False) as session:
        found = agreement_by_source(
            framework(database, here), records_of(session, here), evidence_ratings(session, here)
        )
    # Straight from the statistics, by another way than the page's.
    both = [(float(one), float(other)) for one, other in pairs if one is not None and other is not None]
    table = [[one for one, _ in both], [other for _, other in both]]
    agreed = found["observation"]
    assert agreed.units == len(both)
    assert agreed.share == (percent_agreement(table).value if both else None)
    assert agreed.alpha == (krippendorff_alpha(table, "ordinal").value if len(both) >= 10 else None)
    assert found["interview"].units == found["document"].units == 0
    browser.sign_in(people.dana)
    page = browser.get(f"/diagnostics/{here}/fieldwork/agreement")
    for one in words:
        assert one in page.text
    row = next(row for row in page.rows() if row[0] == "Observations")
    assert row[1] == str(len(both))
    assert row[3] == (f"{agreed.alpha:.2f}" if agreed.alpha is not None else row[3])
    assert "1.00" not in row[3], "what is undefined is never printed as full agreement"


def test_whoever_is_not_done_does_not_count(
    browser: Browser, database: Database, people: People, here: UUID
) -> None:
    rated_twice(database, people, here, TWELVE, both_done=False)
    with database.transaction(writes=False) as session:
        ratings = evidence_ratings(session, here)
    assert {one.rater for one in ratings} == {"DD"}
    browser.sign_in(people.petra)
    assert "nothing is rated twice yet" in browser.get(f"/diagnostics/{here}/fieldwork/agreement").text


@pytest.mark.parametrize("persona", ["alice", "bob"])
def test_commissioners_see_no_agreement_and_no_rating(
    browser: Browser, people: People, here: UUID, persona: str
) -> None:
    browser.sign_in(getattr(people, persona))
    browser.get(f"/diagnostics/{here}/fieldwork/agreement", status=403)
