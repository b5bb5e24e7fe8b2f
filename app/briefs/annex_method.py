"""How the annex explains the method: formulas with their sources, decisions with their values, the rules of
disclosure in plain words, and the list of references. Values come from the framework's settings."""

from app.briefs import words
from app.briefs.annex_tables import AnnexRow, AnnexTable
from diagnostics import wording
from diagnostics.framework import Framework
from diagnostics.framework_parts import Settings
from diagnostics.published_parts import HIGHEST_PRINTED, LOWEST_PRINTED

REFERENCES = (
    "Bliese, P. D. (2000). Within-group agreement, non-independence, and reliability. In K. J. Klein and"
    " S. W. J. Kozlowski (eds), Multilevel Theory, Research, and Methods in Organizations, 349–381."
    " Jossey-Bass.",
    "Cochran, W. G. (1977). Sampling Techniques. Third edition. Wiley.",
    "Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika, 16(3),"
    " 297–334.",
    "Deming, W. E. and Stephan, F. F. (1940). On a least squares adjustment of a sampled frequency table when"
    " the expected marginal totals are known. Annals of Mathematical Statistics, 11(4), 427–444.",
    "Farmer, T., Robinson, K., Elliott, S. J. and Eyles, J. (2006). Developing and implementing a"
    " triangulation protocol for qualitative health research. Qualitative Health Research, 16(3), 377–394.",
    "Feldt, L. S., Woodruff, D. J. and Salih, F. A. (1987). Statistical inference for coefficient alpha."
    " Applied Psychological Measurement, 11(1), 93–103.",
    "Holm, S. (1979). A simple sequentially rejective multiple test procedure. Scandinavian Journal of"
    " Statistics, 6(2), 65–70.",
    "James, L. R., Demaree, R. G. and Wolf, G. (1984). Estimating within-group interrater reliability with"
    " and without response bias. Journal of Applied Psychology, 69(1), 85–98.",
    "Johnson, J. W. (2000). A heuristic method for estimating the relative weight of predictor variables in"
    " multiple regression. Multivariate Behavioral Research, 35(1), 1–19.",
    "Kish, L. (1965). Survey Sampling. Wiley.",
    "Krippendorff, K. (2011). Computing Krippendorff’s Alpha-Reliability. University of Pennsylvania.",
    "Lewin, S. and others (2018). Applying GRADE-CERQual to qualitative evidence synthesis findings:"
    " introduction to the series. Implementation Science, 13(Suppl. 1), 2.",
    "Lindell, M. K., Brandt, C. J. and Whitney, D. J. (1999). A revised index of interrater agreement for"
    " multi-item ratings of a single target. Applied Psychological Measurement, 23(2), 127–135.",
    "McDonald, R. P. (1999). Test Theory: A Unified Treatment. Lawrence Erlbaum.",
    "Newcombe, R. G. (1998). Two-sided confidence intervals for the single proportion: comparison of seven"
    " methods. Statistics in Medicine, 17(8), 857–872.",
    "Shrout, P. E. and Fleiss, J. L. (1979). Intraclass correlations: uses in assessing rater reliability."
    " Psychological Bulletin, 86(2), 420–428.",
    "Welch, B. L. (1947). The generalization of “Student’s” problem when several different population"
    " variances are involved. Biometrika, 34(1/2), 28–35.",
)


def formula_tables(framework: Framework) -> tuple[AnnexTable, ...]:
    """Give the formulas by subject, with their sources."""
    settings = framework.settings
    return tuple(
        AnnexTable(
            caption,
            ("Measure", "How it is computed", "Source"),
            tuple(AnnexRow(name, (rule, source)) for name, rule, source in rows),
            "method formulas",
        )
        for caption, rows in (
            ("Scores, weights and intervals", _score_formulas(settings)),
            ("Reliability and agreement", _agreement_formulas(settings)),
            ("Sources side by side, change and order", _combination_formulas(settings)),
        )
    )


Formula = tuple[str, str, str]
_OURS = "Our decision"


def _score_formulas(s: Settings) -> tuple[Formula, ...]:
    low, high = s.weight_bounds
    return (
        (
            "Score of an answer",
            "100 × (x − min) / (max − min), on the scale’s stored values; reversed questions are turned"
            " first. “Don’t know” is missing and is reported on its own. It is never zero.",
            _OURS,
        ),
        (
            "Score of a person under a heading",
            f"The mean of the questions answered, if at least {_percent(s.person_share_answered)} of those"
            " shown to that person were. Otherwise it is missing.",
            _OURS,
        ),
        (
            "Score of the authority",
            "Σ w·x / Σ w over people; rounded only when it is printed.",
            "Cochran 1977",
        ),
        (
            "Weights",
            "Raking to the staff list’s two margins, role group and service area: each margin in turn is"
            " multiplied by the staff list’s share over the weighted share, until nothing moves. Categories"
            f" with fewer than {s.margin_answers} answers first join their named neighbour. Who prefers not"
            f" to say is left out of that margin. w / mean(w) is held between {low:g} and {high:g} by"
            f" trimming and raking in turn, {s.weight_rounds} rounds at most. Where bounds and margins"
            " cannot both hold, the bounds win.",
            "Deming and Stephan 1940",
        ),
        ("Effective number of answers", "n_eff = (Σ w)² / Σ w².", "Kish 1965"),
        (
            "95% interval of a score",
            "SE² = Σ W²·(1 − f)·s²·d / n, summed over role groups: W the group’s share of the weight,"
            " f = n / N the share of its staff who answered, s² its weighted variance,"
            " d = n·Σ w² / (Σ w)²; with Student’s t on n less the number of groups. Groups with fewer than"
            " two answers join a neighbour. It holds if those who answered are like those who did not.",
            "Cochran 1977; Kish 1965",
        ),
        (
            "Interval of a share",
            "Wilson’s. Shares are printed to the nearest 5% and without their interval.",
            "Newcombe 1998",
        ),
        (
            "Tipping point",
            "d = |mean − cut| × N / (N − n): how far those who did not answer would have to differ for the"
            " survey’s stage to change. Where that is beyond the scale, no plausible difference would.",
            _OURS,
        ),
        (
            "Score of a rating",
            "Stages are 0, a third, two thirds and all of 100. For each record and topic the agreed rating,"
            " or else the mean of its raters; then the mean over records, then over topics. “Not seen” is"
            " missing and counted.",
            _OURS,
        ),
    )


def _agreement_formulas(s: Settings) -> tuple[Formula, ...]:
    return (
        (
            "Cronbach’s α",
            "α = k / (k − 1) × (1 − Σ s² of the items / s² of the total), on complete answers to the"
            f" questions that everybody is shown, from {s.alpha_answers} answers. Feldt’s interval:"
            " 1 − (1 − α)·F, with F on n − 1 and (n − 1)(k − 1) degrees of freedom.",
            "Cronbach 1951; Feldt, Woodruff and Salih 1987",
        ),
        (
            "McDonald’s ω",
            "ω = (Σ λ)² / ((Σ λ)² + Σ (1 − λ²)), with the loadings λ of one factor fitted by least squares to"
            f" the correlations, from {s.omega_answers} answers.",
            "McDonald 1999",
        ),
        (
            "r*wg",
            "1 − v, where v is the mean variance of the questions over the variance (A² − 1) / 12 that"
            " answers spread evenly over A options would have. Negative where staff are split.",
            "Lindell, Brandt and Whitney 1999",
        ),
        (
            "rwg(j)",
            "k(1 − v) / (k(1 − v) + v), with the same v and k questions; 0 where v is above 1.",
            "James, Demaree and Wolf 1984",
        ),
        (
            "ICC(1) and ICC(2)",
            "(MSB − MSW) / (MSB + (m − 1)·MSW) and (MSB − MSW) / MSB, between and within service areas,"
            " with m the plain mean size of an area.",
            "Bliese 2000; Shrout and Fleiss 1979",
        ),
        (
            "Krippendorff’s α",
            "α = 1 − observed disagreement / expected disagreement, for ordered stages, from"
            f" {s.rater_units} ratings done twice. Below that only the share of pairs that agree. Where all"
            " ratings are the same it is undefined.",
            "Krippendorff 2011",
        ),
    )


def _combination_formulas(s: Settings) -> tuple[Formula, ...]:
    return (
        (
            "Combined score",
            "The mean of the sources that count, by the weights below, scaled to those present."
            " A silent source is left out and never taken as zero.",
            _OURS,
        ),
        (
            "Likely range",
            "The combined score with each source left out in turn, joined with the combined score at both"
            " ends of the survey’s interval.",
            _OURS,
        ),
        (
            "Code of two sources",
            f"Agreement up to {s.agreement_within:g} points apart, partial agreement up to"
            f" {s.partial_within:g}, dissonance beyond. The method proposes; a person confirms or overrules.",
            "Farmer and others 2006, adapted",
        ),
        (
            "Named pattern",
            f"One side at {s.pattern_high_from:g} or above, the other below, more than"
            f" {s.pattern_difference:g} points apart and in different stages.",
            _OURS,
        ),
        (
            "Confidence",
            "Starts at high and falls a grade for each reason. The words are borrowed from GRADE-CERQual;"
            " the rules are ours.",
            "Lewin and others 2018, adapted",
        ),
        (
            "Change between waves",
            "The waves count as independent, which is cautious: SE² is the sum of both, with Welch’s degrees"
            " of freedom, and Holm’s correction within the questions and within each breakdown. It is"
            " reliable where the corrected interval leaves out zero, its ends rounded too, and the change is"
            f" {s.reliable_change:g} points or more before rounding. The smallest change that would count is"
            f" the larger of {s.reliable_change:g} and t × SE + ½, rounded up.",
            "Welch 1947; Holm 1979",
        ),
        (
            "Need and priority",
            f"need = max(0, {s.target:g} − score) / {s.target:g}; priority = need × importance / 5 ×"
            " feasibility, averaged over the topics that a step moves.",
            _OURS,
        ),
        (
            "Test of the order",
            f"{s.rank_draws:,} draws that move source weights, importance and feasibility by up to"
            f" {_percent(s.rank_spread)} either way, and never the cuts. An order is settled where it holds"
            f" in {_percent(s.rank_equal_share)} of the draws or more.",
            _OURS,
        ),
        (
            "Outcome questions",
            "Relative weights of the headings on the mean of the outcome questions, from"
            f" {s.importance_answers} complete answers; only a check on the importance that we state.",
            "Johnson 2000",
        ),
    )


def decision_table(framework: Framework) -> AnnexTable:
    """Give the figures of the method that are decisions, from the framework's settings."""
    s = framework.settings
    weights = [(name, getattr(s.source_weights, source)) for source, name in words.SOURCE_NAMES.items()]
    first, second, third = s.stage_cuts
    effort = s.feasibility
    rows = (
        (
            "Weights of the sources",
            wording.listed([f"{name} {weight:g}" for name, weight in weights]),
        ),
        (
            "Stages",
            f"stage 2 from {first:g}, stage 3 from {second:g}, stage 4 from {third:g} points, once a score is"
            " rounded to whole points",
        ),
        ("No stage 4", "while any source sits in stage 1"),
        (
            "A thin source",
            f"fewer than {s.thin_records} records or {s.thin_characteristics} rated topics under a heading",
        ),
        ("A survey score", f"from {s.survey_answers} answers"),
        (
            "“Indicative”",
            f"under {s.indicative_answers} answers or under {_percent(s.indicative_rate)} of staff",
        ),
        (
            "Weighting is said to matter",
            f"where it moves a score by more than {s.weighting_gap_said:g} points",
        ),
        ("Low agreement of staff", f"r*wg below {s.low_r_star_wg:g}, or ICC(1) above {s.low_icc1:g}"),
        ("Raters differ too much", f"Krippendorff’s α below {s.rater_alpha:g}"),
        ("Evidence is old", f"when the newest is more than {s.evidence_months} months old"),
        (
            "Interviews are compared by side",
            f"from {s.comparison_records} records a side, and in words only",
        ),
        ("Feasibility by effort", f"small {effort.S:g}, medium {effort.M:g}, large {effort.L:g}"),
        ("Steps to do first", wording.number(s.steps_first)),
    )
    return AnnexTable(
        "Decisions of ours, as the framework holds them",
        ("Decision", "Value"),
        tuple(AnnexRow(name, (value,)) for name, value in rows),
        "method decisions",
    )


def disclosure_rules(threshold: int) -> tuple[str, ...]:
    """Give the rules that protect people, in plain words."""
    return (
        "There is one fixed set of tables: the whole authority, by role group, and by service area. They are"
        " never crossed, and nobody can filter them.",
        f"A group is not shown where fewer than {threshold} people answered that measure, or where the staff"
        f" list has fewer than {threshold} people in it.",
        "A group may also be hidden to protect another one: from a total and all its parts but one, the last"
        " part could be worked out. The same holds for means.",
        "The report never says which rule hid a group or an answer.",
        "Numbers of people in groups are bands. Shares are printed to the nearest 5%.",
        f"Shares stay within “{words.share(LOWEST_PRINTED)}” and “{words.share(HIGHEST_PRINTED)}”, and scores"
        " of the survey and of all sources together"
        f" within “{words.score(LOWEST_PRINTED)}” and “{words.score(HIGHEST_PRINTED)}”.",
        "Some coefficients are left out, or held a little short of the ends of their scale, where staff"
        " nearly all agree: they would tell how the few others answered.",
        "Before anything is published, a separate program attacks it. It knows the method, the staff list,"
        " the weights and who belongs where, but not the answers. If it can work out somebody’s answer or a"
        " hidden score, nothing is published.",
        "All documents and files are cut from one object, the same that was attacked, and so is every later"
        " version.",
    )


def _percent(share: float) -> str:
    return f"{100 * share:g}%"
