"""Agreement of raters in plain words, and the figures behind them."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.commissioning.plan.presenters import SOURCES
from diagnostics.fieldwork import RaterAgreement
from diagnostics.framework import Framework
from diagnostics.published import Source


@dataclass(frozen=True, slots=True)
class AgreementView:
    """The agreement of one source: what it means, and its figures."""

    name: str
    verdict: str
    sentences: tuple[str, ...]
    units: int
    share: str
    alpha: str


def agreement_views(
    framework: Framework, found: Mapping[Source, RaterAgreement]
) -> tuple[AgreementView, ...]:
    """Say for each source how far its raters agree."""
    return tuple(_view(framework, SOURCES[source], one) for source, one in found.items())


def _view(framework: Framework, name: str, found: RaterAgreement) -> AgreementView:
    least, enough = framework.settings.rater_units, framework.settings.rater_alpha
    share = f"{100 * found.share:.0f}%" if found.share is not None else "None"
    if found.share is None:
        verdict = "Nothing is rated twice yet"
        sentences: tuple[str, ...] = (
            "No two people who are done have given a stage to the same characteristic in the same record.",
        )
        alpha = "None"
    else:
        told = (
            f"{found.units} {'rating was' if found.units == 1 else 'ratings were'} made twice. "
            f"The raters chose the same stage in {share} of them."
        )
        if found.units < least:
            verdict, alpha = "Too few to say", f"None: it takes {least} ratings made twice"
            sentences = (told, f"From {least} on we say how far that is more than chance.")
        elif found.alpha is None:
            verdict, alpha = "Undefined", "Undefined"
            sentences = (
                told,
                "All of these ratings are the same stage, so chance alone would make raters agree. "
                "That is no proof of agreement: rate records that differ.",
            )
        else:
            alpha = f"{found.alpha:.2f}"
            good = found.alpha >= enough
            verdict = "Raters agree well enough" if good else "Raters differ too much"
            sentences = (
                told,
                "This is well beyond chance, so the ratings can be relied on."
                if good
                else "This is too little beyond chance, and lowers the confidence in what the brief says. "
                "Talk about what the stages mean, with the descriptors in hand, before you rate more.",
            )
    return AgreementView(name, verdict, sentences, found.units, share, alpha)


def least_words(framework: Framework) -> str:
    """Say which coefficient it is, and from where on it counts as enough."""
    settings = framework.settings
    return (
        "Krippendorff’s α for ordinal ratings, in which 1 is full agreement and 0 is what chance would give. "
        f"It is worked out from {settings.rater_units} ratings made twice on, and {settings.rater_alpha:g} "
        "or more counts as enough. “Not seen”, reconciled ratings and the stages that figures make are left "
        "out."
    )
