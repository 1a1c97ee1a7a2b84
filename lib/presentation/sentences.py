"""Sentences about a model, from its card. Plain text: the caller escapes them for Markdown or HTML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from lib.card import Card, ColumnEvaluation, FutureEvaluation, Group, GroupsEvaluation, NextOrderEvaluation
from lib.card.evaluation import Threshold
from lib.presentation import figures, labels
from lib.schema import Goal
from lib.text import say
from lib.training.improvement import Improvement

HORIZON_GOALS: frozenset[Goal] = frozenset({"buy_again", "spend", "orders", "next_order"})
"""Goals that predict a horizon of days after the cut-off."""
LEAKS = ("tells_all", "known_afterwards")
"""Reasons for leaving out a column that must be shown beside the figures."""
AT_STAKE = ("lost_best", "slipping", "quiet_big", "quiet")
"""Groups that a shop would act on first, most urgent first."""

NOTICEABLE_MEMBERSHIP = 0.6
"""From this AUC of the membership attack on, the sentence says that membership can be guessed."""

NOTICEABLE_FOUND = 0.03
"""From this share of customers found at 1 % false alarms on, three times that of guessing, it says so, too."""

MAX_SUM_ERROR = 0.1
"""By more than this, predicted numbers don't add up to the total."""

_METHODS = {
    **dict.fromkeys(("logistic", "hurdle", "count"), "readable"),
    **dict.fromkeys(("future_blend", "hurdle_blend", "count_blend"), "best"),
    **dict.fromkeys(("btyd", "hurdle_btyd", "count_btyd"), "rhythm"),
    **dict.fromkeys(("btyd_baseline", "btyd_level"), "baseline"),
}
"""Recipes among which Brine chooses for a history of orders."""


def question(language: str, card: Card) -> str:
    """The question that a model answers, and how far it looks."""
    if card.goal == "target":
        return say(language, "report.asked_column", target=card.target)
    asked = say(language, f"train.{card.goal}")
    if card.horizon_days and card.goal in HORIZON_GOALS:
        return f"{asked} · {say(language, 'train.days', days=card.horizon_days)}"
    return asked


def purpose(language: str, card: Card) -> str:
    """What a model does, in a sentence."""
    if card.goal == "groups":
        return say(language, "card.headline_groups", customers=card.customers, groups=len(card.groups))
    if card.goal == "target":
        return say(language, "card.headline_target", target=card.target)
    return say(language, f"card.headline_{card.goal}", days=card.horizon_days)


def learnt_from(language: str, card: Card) -> str:
    """How many customers a model learnt from, and by what method."""
    recipe = labels.recipe(language, card.recipe)
    if card.sampled_from:
        return say(language, "card.learnt_sample", customers=card.customers, of=card.sampled_from, recipe=recipe)
    return say(language, "card.learnt", customers=card.customers, recipe=recipe)


def understood(language: str, card: Card) -> str:
    """That a newer version wrote the card, or that parts of it could not be read; empty where neither is so."""
    if card.is_newer:
        return say(language, "card.newer")
    return say(language, "card.partly_read", parts=len(card.unread)) if card.unread else ""


SURE, LIKELY = 0.95, 0.75
"""Probabilities that a model is better, from which on that is said as a fact, and as likely."""


def improvement(language: str, card: Card, gained: Improvement) -> str:
    """What a thorough training gained over the quick model; `card` is that of the thorough one."""
    if gained.same:
        return say(language, "report.improvement_same")
    if card.goal == "groups":
        stability = card.metrics.get("stability", 0.0)
        return say(language, "report.improvement_groups", groups=len(card.groups), stability=stability)
    if gained.share is None or gained.probability is None:
        return say(language, "report.improvement_unknown")
    facts = {"share": abs(gained.share), "probability": gained.probability, "customers": gained.customers}
    if gained.share > 0 and gained.probability >= LIKELY:
        sure = "sure" if gained.probability >= SURE else "likely"
        return say(language, f"report.improvement_{sure}", **facts)
    return say(language, "report.improvement_none", **facts)


# -------------------------------------------------------------------------------------------------------- the headline


def headline(language: str, card: Card) -> list[str]:
    """What a shop owner would repeat: a few sentences; none where the card holds no figures for them."""
    if card.goal == "groups" and card.groups:
        return _groups_headline(language, card)
    match card.evaluation:
        case FutureEvaluation() as evaluation:
            return _future_headline(language, card, evaluation)
        case ColumnEvaluation() as evaluation:
            return _column_headline(language, card, evaluation)
        case NextOrderEvaluation() if "days_coverage" in card.metrics:
            named = ("days_error", "days_coverage", "value_coverage")
            known = {name: card.metrics.get(name, float("nan")) for name in named}
            return [say(language, "report.next_headline", **known)]
    return []


def _groups_headline(language: str, card: Card) -> list[str]:
    sentences = [say(language, "report.groups_headline", customers=card.customers, groups=len(card.groups))]
    best = max(card.groups, key=lambda group: group.share_revenue)
    if best.share_revenue > 0:
        column = value_column(card)
        sentences.append(
            say(
                language,
                "report.groups_top_column" if column else "report.groups_top",
                name=labels.group(language, best),
                customers=best.customers,
                share=best.share_customers,
                revenue=best.share_revenue,
                **({"column": column} if column else {}),
            )
        )
    stake = _at_stake(card)
    if stake is not None:
        sentences.append(
            say(
                language,
                "report.groups_stake",
                name=labels.group(language, stake),
                customers=stake.customers,
                spent=figures.money(language, (stake.value_mean or 0.0) * stake.customers, card.currency),
                silent=figures.duration(language, stake.typical["recency_days"]),
            )
        )
    return sentences


def value_column(card: Card) -> str:
    """Of a customer table, the column that groups are ordered by: it sounds like money, but may be no revenue. Empty
    where groups are ordered by revenue."""
    column = card.groups[0].value_column if card.groups else ""
    return column if column != "monetary_total" else ""


def _at_stake(card: Card) -> Group | None:
    known = {group.name_key.rsplit(".", 1)[-1]: group for group in reversed(card.groups)}
    for key in AT_STAKE:
        group = known.get(key)
        if group is not None and "recency_days" in group.typical and group.value_column == "monetary_total":
            return group
    return None


def _future_headline(language: str, card: Card, evaluation: FutureEvaluation) -> list[str]:
    sentences = []
    if evaluation.top is not None:
        top = evaluation.top
        sentences.append(say(language, "report.buy_headline", of=top.customers, came=top.positives))
    elif evaluation.top_decile_rate is not None:
        sentences.append(say(language, "report.tenth_headline", share=evaluation.top_decile_rate))
    share = base_rate(card)
    if sentences and share is not None:
        sentences.append(say(language, "report.yes_base", share=share))
    capture = card.metrics.get("top_decile_capture")
    if card.goal in ("spend", "orders") and capture is not None:
        sentences.append(say(language, f"report.{card.goal}_headline", share=capture))
    return [*_expected_total(language, card, evaluation), *sentences, *_sum(language, card, evaluation)]


def _expected_total(language: str, card: Card, evaluation: FutureEvaluation) -> list[str]:
    """The total with its range, of a model whose horizon could not be tested."""
    total = evaluation.expected_total
    if total is None or total.low is None or total.high is None or card.goal not in ("buy_again", "spend", "orders"):
        return []
    ends = {"value": total.value, "low": total.low, "high": total.high}
    if card.goal == "spend":
        money = {name: figures.money(language, figures.rounded(one), card.currency) for name, one in ends.items()}
        return [say(language, "training.pattern.expected_spend", days=card.horizon_days, **money)]
    return [say(language, f"training.pattern.expected_{card.goal}", days=card.horizon_days, **ends)]


def _column_headline(language: str, card: Card, evaluation: ColumnEvaluation) -> list[str]:
    sentences = []
    if evaluation.top is not None:
        top = {"of": evaluation.top.customers, "yes": evaluation.top.positives}
        sentences.append(say(language, "report.yes_headline", answer=evaluation.positive, target=card.target, **top))
        share = base_rate(card)
        if share is not None:
            sentences.append(say(language, "report.yes_base", share=share))
    if "mae" in card.metrics:
        error = figures.measured(language, "mae", card.metrics["mae"])
        sentences.append(say(language, "report.number_headline", target=card.target, error=error))
        if "mae" in card.baseline:
            error = figures.measured(language, "mae", card.baseline["mae"])
            sentences.append(say(language, "report.number_base", error=error))
    elif "accuracy" in card.metrics and not sentences:
        sentences.append(say(language, "report.classes_headline", target=card.target, share=card.metrics["accuracy"]))
        if "accuracy" in card.baseline:
            sentences.append(say(language, "report.classes_base", share=card.baseline["accuracy"]))
    return sentences


def _sum(language: str, card: Card, evaluation: FutureEvaluation) -> list[str]:
    """The sum of the predictions beside the actual sum."""
    ratio = card.metrics.get("sum_ratio")
    if ratio is None:
        return []
    if card.goal == "buy_again":
        actual: float | None = evaluation.buyers
    else:
        mean = evaluation.mean_spend if card.goal == "spend" else evaluation.mean_orders
        actual = None if mean is None else evaluation.customers * mean
    if actual is None:
        return [say(language, "report.sum_headline", predicted=ratio)]
    if card.goal == "spend":
        sums = [figures.money(language, figures.rounded(value), card.currency) for value in (ratio * actual, actual)]
        return [say(language, "report.sum_spend", predicted=sums[0], actual=sums[1])]
    key = "report.sum_buyers" if card.goal == "buy_again" else "report.sum_orders"
    shown = actual if card.goal == "buy_again" else figures.rounded(actual)
    return [say(language, key, predicted=figures.rounded(ratio * actual), actual=shown)]


def base_rate(card: Card) -> float | None:
    """The share of all customers with a positive outcome; of an older card, out of the calibration curve."""
    evaluation = card.evaluation
    if isinstance(evaluation, FutureEvaluation | ColumnEvaluation) and evaluation.base_rate is not None:
        return evaluation.base_rate
    total = sum(point.customers for point in evaluation.calibration)
    return sum(point.actual * point.customers for point in evaluation.calibration) / total if total else None


# --------------------------------------------------------------------------------------------------------- the quality


def leaks(language: str, card: Card) -> str:
    """Which columns were left out because they give the answer away; empty where none was."""
    found = [
        say(language, "report.leak_one", column=column, reason=labels.left_out_reason(language, reason))
        for column, reason in card.evaluation.left_out.items()
        if reason in LEAKS
    ]
    return say(language, "report.leaks", columns=found) if found else ""


def measured_on(language: str, card: Card) -> str:
    """On whom the figures were measured; empty where the card doesn't say."""
    match card.evaluation:
        case ColumnEvaluation(customers=customers, held_out="quarter" | "each_once" as way) if customers:
            return say(language, f"report.held_out_{way}", customers=customers)
        case (
            FutureEvaluation(customers=customers, cutoff=cutoff)
            | NextOrderEvaluation(customers=customers, cutoff=cutoff)
        ) if customers and cutoff:
            day = datetime.fromisoformat(cutoff).date()
            days = card.evaluation.tested_days or card.horizon_days
            return say(language, "report.measured_on", customers=customers, day=day, days=days)
    return ""


def method_choice(language: str, card: Card) -> list[str]:
    """Why this method was taken, and whether it is clearly ahead of the purchase-pattern model alone."""
    name, sentences = labels.recipe(language, card.recipe), []
    method, tried = _METHODS.get(card.recipe), card.evaluation.candidates
    if method is not None:
        sentences.append(say(language, f"report.choice_{method}", recipe=name))
    elif len(tried) > 1:
        key = "report.choice_first" if tried[0].chosen else "report.choice_least"
        sentences.append(say(language, key, recipe=name, methods=len(tried)))
    compared = ("log_loss",) if card.goal == "buy_again" else ("mae_scaled", "mae")
    differences = card.evaluation.differences if card.evaluation.compared_with == "btyd" else {}
    ahead = next((differences[one] for one in compared if one in differences), None)
    if (
        method not in (None, "rhythm", "baseline")
        and ahead is not None
        and ahead.low is not None
        and ahead.high is not None
    ):
        way = "better" if ahead.high < 0 else "worse" if ahead.low > 0 else "same"
        sentences.append(say(language, f"report.ahead_{way}"))
    return sentences


def notes_on_measures(language: str, card: Card) -> list[str]:
    """What the brackets are, and what the rule of thumb does."""
    notes = []
    if card.evaluation.intervals:
        notes.append(say(language, "report.interval_about"))
    if any(peer.key == "rule" for peer in card.evaluation.peers):
        notes.append(say(language, "report.rule_about_next" if card.goal == "next_order" else "report.rule_about"))
    if note := _mean_or_not(language, card):
        notes.append(note)
    if note := _low_sum(language, card):
        notes.append(note)
    return notes


def _mean_or_not(language: str, card: Card) -> str:
    """Whether predicted numbers are means that add up to the total; empty of anything else."""
    share = card.metrics.get("sum_ratio")
    if card.goal != "target" or share is None or share <= 0 or "mae" not in card.metrics:
        return ""
    return say(
        language, "report.means_about" if abs(share - 1) <= MAX_SUM_ERROR else "report.no_means_about", share=share
    )


def _low_sum(language: str, card: Card) -> str:
    """Why the purchase-pattern model's lower error doesn't count; empty where it has none."""
    ours, btyd = card.metrics, card.baseline
    needed = ("mae", "mae_scaled", "sum_ratio")
    if card.baseline_name != "btyd" or not all(name in one for name in needed for one in (ours, btyd)):
        return ""
    if btyd["mae"] >= ours["mae"] or ours["mae_scaled"] >= btyd["mae_scaled"] or btyd["sum_ratio"] >= 1:
        return ""
    said = {
        "theirs": figures.metric(language, card, "mae", btyd["mae"]),
        "ours": figures.metric(language, card, "mae", ours["mae"]),
        "theirs_scaled": figures.metric(language, card, "mae_scaled", btyd["mae_scaled"]),
        "ours_scaled": figures.metric(language, card, "mae_scaled", ours["mae_scaled"]),
    }
    return say(language, "report.low_sum_about", share=btyd["sum_ratio"], **said)


_MOST_WARNINGS = 10


def warnings(language: str, card: Card) -> list[str]:
    """What this model should not be used for, as far as its training found out."""
    known = [key for key in dict.fromkeys(card.limits) if ".limit." in key]  # a card may be written by anybody
    found = (labels.sentence(language, key) for key in known[:_MOST_WARNINGS])
    return [sentence for sentence in found if sentence]


def threshold(language: str, card: Card, cut: Threshold, *, useless: bool = False) -> str:
    """From which probability on to act; `useless`: on the test that was no cheaper than contacting no customer."""
    if cut.flagged <= 0:
        return say(language, "report.threshold_nobody", chance=cut.probability)
    answer = card.evaluation.positive if isinstance(card.evaluation, ColumnEvaluation) else ""
    shares = {"chance": cut.probability, "flagged": cut.flagged, "found": cut.found, "right": cut.right}
    words = say(language, "report.threshold", answer=answer, **shares)
    return f"{words} {say(language, 'report.threshold_useless')}" if useless else words


def flat_columns(language: str, names: Sequence[str]) -> str:
    """The columns that hardly move the answer."""
    return say(language, "report.looks_at_flat", names=[labels.column(language, name) for name in names])


def answer(language: str, card: Card) -> str:
    """What is predicted, with its unit, for an axis."""
    if card.goal in ("buy_again", "orders"):
        return say(language, f"report.answer_{card.goal}")
    if card.goal == "spend":
        unit = f"({card.currency})" if card.currency else ""
        return say(language, "report.answer_spend", currency=unit).strip()
    evaluation = card.evaluation
    if not isinstance(evaluation, ColumnEvaluation) or evaluation.task == "number":
        return card.target
    positive = evaluation.positive or (card.classes[0] if card.classes else "")
    return say(language, "report.answer_class", answer=positive)


# ---------------------------------------------------------------------------------------------------------- the groups


def group_size(language: str, card: Card, group: Group) -> str:
    """How many customers a group has, and what share of the revenue."""
    size = say(language, "report.group_size", customers=group.customers, share=group.share_customers)
    column = value_column(card)
    if not group.share_revenue:
        return size
    if column:
        return f"{size} · {say(language, 'report.group_share_column', share=group.share_revenue, column=column)}"
    return f"{size} · {say(language, 'report.group_revenue', share=group.share_revenue)}"


def groups_reason(language: str, card: Card) -> list[str]:
    """Why this number of groups, and whether the same customers would stay together in a model trained again."""
    evaluation = card.evaluation
    if not isinstance(evaluation, GroupsEvaluation):
        return []
    sentences = [labels.sentence(language, evaluation.reason)]
    month = evaluation.month_later
    if month is not None and month.same is not None:
        sentences.append(say(language, "report.month_later", same=month.same))
        if month.moved is not None:
            sentences.append(say(language, "report.month_moved", moved=month.moved))
    return [sentence for sentence in sentences if sentence]


# ----------------------------------------------------------------------------------------------------------- the file


def privacy(language: str, card: Card) -> list[str]:
    """How many customers were looked for in the file, and how well one could guess who was among them."""
    found = card.privacy
    sentences = []
    if found.customers_searched is not None and found.customers_found is not None:
        sentences.append(say(language, "leaks.none", found=found.customers_found, customers=found.customers_searched))
    sentences += privacy_changes(language, card)
    return [*sentences, *membership(language, card)]


def privacy_changes(language: str, card: Card) -> list[str]:
    """What was changed so that no customer is in the file."""
    found = card.privacy
    changes = ("rounded", "larger_leaves", "other_recipe")
    sentences = [say(language, f"leaks.changed_{key}") for key in changes if key in found.changes]
    return [*sentences, *(say(language, "leaks.changed_column_left_out", column=name) for name in found.left_out)]


def membership(language: str, card: Card) -> list[str]:
    """How well one could guess from the file who was among the customers; nothing where it was not measured."""
    auc = card.privacy.membership_auc
    if auc is None:
        return []
    found = card.privacy.membership_found
    noticeable = auc >= NOTICEABLE_MEMBERSHIP or (found is not None and found >= NOTICEABLE_FOUND)
    return [
        say(language, "leaks.membership", share=auc),
        *([] if found is None else [say(language, "leaks.membership_found", share=found)]),
        say(language, f"leaks.membership_{'some' if noticeable else 'low'}"),
    ]
