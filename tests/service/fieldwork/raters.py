"""What raters do, step by step through the pages, and what is in the database after it."""

from uuid import UUID

from sqlalchemy import select

from app.database.session import Database
from app.fieldwork.models import FieldworkRecord, Rater, RecordRater, RecordRating
from tests.service.browser import Browser, Page

REASON = "The team asked what past families had said before it decided"


def begin(
    browser: Browser, database: Database, here: UUID, source: str = "observation", **values: str
) -> FieldworkRecord:
    """Begin a record through its page, and give it."""
    kind = {"interview": "interview", "observation": "team_meeting", "document": "strategy"}[source]
    address = f"/diagnostics/{here}/fieldwork/records/new/{source}"
    browser.submit(browser.get(address), {"kind": kind, **values})
    with database.transaction(writes=False) as session:
        return session.scalars(select(FieldworkRecord).order_by(FieldworkRecord.created_at.desc())).all()[0]


def page_of(record: FieldworkRecord, further: str = "/ratings") -> str:
    return f"/diagnostics/{record.diagnostic_id}/fieldwork/records/{record.id}{further}"


def rate(
    browser: Browser, record: FieldworkRecord, what: str, stage: str, reason: str = REASON, **more: str
) -> Page:
    """Rate one characteristic through its page."""
    address = page_of(record, f"/ratings/{what}")
    return browser.submit(browser.get(address), {"stage": stage, "reason": reason, **more}, action=address)


def press(browser: Browser, record: FieldworkRecord, part: str, status: int = 200) -> Page:
    """Press a button of the overview."""
    return browser.submit(
        browser.get(page_of(record)), action=page_of(record, f"/ratings/{part}"), status=status
    )


def send(browser: Browser, record: FieldworkRecord, part: str, status: int = 200) -> Page:
    """Send what a button sends, where a page need not show the button (any more)."""
    page = browser.get(f"/diagnostics/{record.diagnostic_id}/fieldwork/records/new/interview")
    token = page.fields()["form-token"][0]
    answer = Page(browser.client.post(page_of(record, part), data={"form-token": token}))
    assert answer.status == status, (answer.status, answer.text[:300])
    return answer


def done(browser: Browser, record: FieldworkRecord, stages: dict[str, tuple[str, str]]) -> None:
    """Rate some characteristics and say that one is done."""
    for what, (stage, reason) in stages.items():
        assert rate(browser, record, what, stage, reason).errors == []
    assert "You are done" in press(browser, record, "done").text


def saved(database: Database, record: FieldworkRecord) -> dict[tuple[str, str], tuple[int | None, str]]:
    """Give the ratings of a record as they are in the database, by rater and characteristic."""
    with database.transaction(writes=False) as session:
        rows = session.execute(
            select(Rater.label, RecordRating)
            .join(RecordRating, RecordRating.rater_id == Rater.id)
            .where(RecordRating.record_id == record.id)
        )
        return {(label, one.characteristic): (one.stage, one.reason) for label, one in rows}


def states(database: Database, record: FieldworkRecord) -> dict[str, str]:
    """Give how far each rater of a record is."""
    with database.transaction(writes=False) as session:
        rows = session.execute(
            select(Rater.label, RecordRater.state)
            .join(RecordRater, RecordRater.rater_id == Rater.id)
            .where(RecordRater.record_id == record.id)
        )
        return {label: state for label, state in rows}
