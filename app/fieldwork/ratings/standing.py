"""How far the people are who rate a record, and what follows for one of them: who sees what, who may do what.

What the framework's cut-offs make of a figure is nobody's judgement, and takes no part in this.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.fieldwork.models import LOOKED, RATED, RATING
from app.web.errors import Conflict

_ENOUGH = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """The states of whoever rates a record, or has looked at its ratings.

    Attributes
    ----------
    own : str or None
        The state of whoever asks; None where they have neither rated nor looked.
    others : mapping of label to state
    own_label : str
    """

    own: str | None
    others: Mapping[str, str]
    own_label: str = ""
    # Labels of others that belong to no account of this service: their ratings came in a file.
    without_account: frozenset[str] = field(default_factory=frozenset)

    def _others_that_are(self, state: str) -> tuple[str, ...]:
        return tuple(label for label, found in self.others.items() if found == state)

    @property
    def others_done(self) -> tuple[str, ...]:
        """The others who are done."""
        return self._others_that_are(RATED)

    @property
    def others_rating(self) -> tuple[str, ...]:
        """The others who have begun and are not done."""
        return self._others_that_are(RATING)

    @property
    def done(self) -> tuple[str, ...]:
        """All who are done."""
        return (*((self.own_label,) if self.own == RATED else ()), *self.others_done)

    @property
    def may_rate(self) -> bool:
        """Whether this person can still rate blind, and is not done."""
        return self.own in (None, RATING)

    @property
    def may_reopen(self) -> bool:
        """Whether this person is done, and nobody else can have seen the ratings."""
        return self.own == RATED and not self.others_done and not self._others_that_are(LOOKED)

    @property
    def may_look(self) -> bool:
        """Whether this person may see ratings at the price of rating no more."""
        return self.own is None and self._open_to_readers

    @property
    def sees_others(self) -> bool:
        """Whether this person sees the ratings of the others who are done."""
        if self.own == RATED:
            return bool(self.others_done)
        return self.own == LOOKED and self._open_to_readers

    @property
    def may_reconcile(self) -> bool:
        """Whether this person may settle differences: a rater, or a reader of ratings that came in a file."""
        if not self.sees_others or len(self.done) < _ENOUGH:
            return False
        return self.own == RATED or all(label in self.without_account for label in self.others_done)

    @property
    def _open_to_readers(self) -> bool:
        """Somebody is done, and no second rater is at work."""
        done = len(self.others_done)
        return done >= _ENOUGH or (done == 1 and not self.others_rating)


def check_may_rate(standing: Standing) -> None:
    """Stop whoever may not rate a record.

    Raises
    ------
    Conflict
        Where this person is done, or has looked at another's ratings.
    """
    if standing.may_rate:
        return
    if standing.own == LOOKED:
        raise Conflict(
            "You have looked at the ratings of this record, so you cannot rate it blind any more. "
            "Somebody else who gathers evidence can."
        )
    raise Conflict("You have said that you are done with this record. Your ratings stay as they are.")


def check_may_reopen(standing: Standing) -> None:
    """Stop whoever may not change their ratings again.

    Raises
    ------
    Conflict
        Where they are not done, or somebody else can have seen their ratings.
    """
    if standing.own != RATED:
        raise Conflict("Your ratings of this record are open already.")
    if not standing.may_reopen:
        raise Conflict(
            "Somebody else has seen your ratings by now, so they stay as they are. "
            "What two raters see differently, they can reconcile."
        )


def check_may_look(standing: Standing) -> None:
    """Stop whoever may not look at the ratings of others.

    Raises
    ------
    Conflict
        Where they rate themselves, where nobody is done, or while a second rater is at work.
    """
    if standing.own in (RATING, RATED):
        raise Conflict("You rate this record yourself. You see the ratings of others when all are done.")
    if standing.own is None and not standing.may_look:
        raise Conflict("There are no ratings to look at now: nobody is done, or a second person is rating.")


def check_sees_others(standing: Standing) -> None:
    """Stop whoever may not see the ratings of others.

    Raises
    ------
    Conflict
        Where they have neither rated nor looked, or not all are done.
    """
    if not standing.sees_others:
        raise Conflict(
            "Ratings are compared when two people are done with a record. "
            "Until then nobody sees what another has rated."
        )


def check_may_reconcile(standing: Standing) -> None:
    """Stop whoever may not reconcile ratings.

    Raises
    ------
    Conflict
        Where fewer than two are done, or this person has only looked.
    """
    check_sees_others(standing)
    if not standing.may_reconcile:
        raise Conflict("The people who rated this record reconcile its ratings, when two of them are done.")
