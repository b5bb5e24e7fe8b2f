"""What can be wrong with the material handed to a statistic, in plain English.

Every error is a :class:`MethodError` (and so a ``ValueError``). Its message says what is wrong and how to
mend it.
"""


class MethodError(ValueError):
    """The method cannot be applied to this material."""


class ShapeMismatch(MethodError):
    """Arrays do not have the shape that they should, or do not fit each other."""


class OutOfRange(MethodError):
    """A value lies outside what it may be."""


class UnknownLevel(OutOfRange):
    """A level of measurement that is not one of nominal, ordinal, interval and ratio."""


class TooFewAnswers(MethodError):
    """There are not enough answers (or items, or groups) for this statistic."""


class NoVariation(MethodError):
    """Everybody is the same where the statistic needs a difference."""


class FactorNotIdentified(MethodError):
    """The items do not determine one common factor."""


class HeywoodCase(MethodError):
    """The best-fitting factor would explain all of an item, or more than all of it."""


class UnknownStratum(MethodError):
    """Somebody belongs to a group that the frame does not have."""


class MarginsContradict(MethodError):
    """Two margins of the same table have different totals."""


class MarginsCannotBeMet(MethodError):
    """No table with these empty cells has these margins."""


class NotACorrelationMatrix(MethodError):
    """A table that should hold correlations could not come from any data, or decides nothing."""


class CannotReissue(MethodError):
    """A version of this wave is already out, and another beside it would betray somebody."""
