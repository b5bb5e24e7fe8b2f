"""The ratings of a file beside those that are saved: whose they are, and who may bring them in."""

from collections.abc import Iterator
from typing import Protocol

from app.fieldwork.exchange.queries import Saved
from app.fieldwork.models import FIGURES, LOOKED, RATED, RATING, ReconciledRating, RecordRating
from app.fieldwork.ratings.standing import Standing
from app.interchange.faults import Fault
from app.interchange.fieldwork_files import RATINGS
from app.interchange.fieldwork_package import Package
from app.interchange.vocabulary import folded, listed, quoted
from diagnostics.evidence import RECONCILED, Rating

LONGEST_LABEL = 40


class Found(Protocol):
    """Where new and changed ratings are gathered, and what is wrong with others."""

    faults: list[Fault]
    new_ratings: list[Rating]
    changed_ratings: list[Rating]
    said: list[str]


def compare_ratings(saved: Saved, package: Package, found: Found) -> None:
    """Compare the ratings of a file with those that are saved."""
    standings: dict[str, Standing] = {}
    own_records = {one.record for one in package.ratings if is_own(saved, one)}
    for place, rating in enumerate(package.ratings):
        if rating.record not in standings:
            standings[rating.record] = saved.standing(rating.record)
        standing = standings[rating.record]
        there = _there(saved, rating)
        same = there is not None and (there.stage, there.reason) == (rating.stage, rating.reason)
        wrong = "".join(_wrong(saved, rating, standing, there, same, rating.record in own_records))
        if wrong:
            found.faults.append(package.fault(RATINGS, place, "rater", wrong))
        elif not same:
            (found.changed_ratings if there is not None else found.new_ratings).append(rating)
    mine = {one.record for one in (*found.new_ratings, *found.changed_ratings) if is_own(saved, one)}
    if mine:
        found.said.append(
            f"With {listed(sorted(mine), 'and')} you then count as done, and others may see your ratings."
        )
    looked = {
        one.record
        for one in (*found.new_ratings, *found.changed_ratings)
        if one.record not in own_records and standings[one.record].own is None
    }
    if looked:
        found.said.append(
            "The file shows you what others rated. You can then no longer rate these records yourself: "
            f"{', '.join(sorted(looked))}."
        )


def is_own(saved: Saved, rating: Rating) -> bool:
    """Say whether a rating of a file is that of the person who brings it."""
    return bool(saved.own_label) and folded(rating.rater) == folded(saved.own_label)


def _there(saved: Saved, rating: Rating) -> RecordRating | ReconciledRating | None:
    if rating.rater == RECONCILED:
        return saved.agreed.get((rating.record, rating.characteristic))
    return saved.ratings.get((rating.record, rating.characteristic, folded(rating.rater)))


def _wrong(
    saved: Saved,
    rating: Rating,
    standing: Standing,
    there: RecordRating | ReconciledRating | None,
    same: bool,
    with_own: bool,
) -> Iterator[str]:
    """Say why a rating may not come in. Nothing is told of a rating that this person may not see."""
    rater = saved.raters.get(folded(rating.rater))
    if len(rating.rater) > LONGEST_LABEL:
        yield f"The rater is longer than {LONGEST_LABEL} characters. Write initials."
    elif is_own(saved, rating):
        yield from _wrong_with_own(rating, standing, same)
    elif standing.own == RATING and not with_own:
        yield (
            f"You are rating {rating.record} yourself, and have to do so without seeing what others rated. "
            "Take the row out, or say first that you are done."
        )
    elif rater is not None and rater.account_id is not None:
        if not (same and standing.sees_others):
            yield (
                f"{quoted(rating.rater)} is a person who rates here, so only they can bring in their "
                "ratings. Take the row out, or write under whose name it belongs."
            )
    elif rating.rater == RECONCILED and isinstance(there, ReconciledRating) and not same:
        if there.saved_by not in (None, saved.person_id):
            yield "Somebody else has reconciled this rating here. Change it on its page, or take the row out."
    elif folded(rating.rater) == FIGURES and there is not None and not same:
        yield "This stage follows from the figures of the record. Change the figures on its page."


def _wrong_with_own(rating: Rating, standing: Standing, same: bool) -> Iterator[str]:
    if standing.own == LOOKED:
        yield (
            f"You have looked at what others rated in {rating.record}, so you can no longer rate it. Take "
            "the row out."
        )
    elif standing.own == RATED and not same and not standing.may_reopen:
        yield (
            f"You were done with {rating.record} and somebody else has seen your ratings, so they stay. Take "
            "the row out, and reconcile on the record’s page."
        )
