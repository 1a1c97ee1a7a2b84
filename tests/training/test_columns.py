"""Any column as the target: recognised, honest, and without a customer in the file."""

import pickle
from dataclasses import astuple
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.pipeline import Pipeline

from lib import text
from lib.errors import UserError
from lib.leaks.membership import membership
from lib.parsing.rounding import round_significant
from lib.recipes import Inputs, Plan, members_of_blend
from lib.tables import read_table
from lib.training import Question, train_customers
from lib.training.column_report import _heavy_tail
from lib.training.describe import describe, frequent
from lib.training.inputs import sort_columns
from lib.training.selection import RecipeSearch
from lib.training.target import Target, outlier_bounds, read_target


def customers(count: int = 300, seed: int = 0) -> pd.DataFrame:
    """Customers who leave if they complain and have not been with the shop for long; a gap in every tenth tenure."""
    rng = np.random.default_rng(seed)
    tenure = rng.integers(0, 60, count).astype("float64")
    complained = rng.random(count) < 0.3
    odds = 2.5 * complained - tenure / 12 + 0.5
    left = rng.random(count) < 1 / (1 + np.exp(-odds))
    return pd.DataFrame(
        {
            "tenure": np.where(np.arange(count) % 10 == 0, np.nan, tenure),
            "complained": complained,
            "plan": rng.choice(["gold", "silver", "free"], count),
            "spent": np.exp(rng.normal(4, 0.8, count) + 0.02 * tenure).round(2),
            "left": np.where(left, "yes", "no"),
        },
        index=pd.Index([f"c{place:04}" for place in range(count)], name="customer_id", dtype="str"),
    )


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    return customers()


@pytest.fixture(scope="module")
def churn(table):
    return train_customers(table, Question("target", target="left", recipe="linear", cost_missed=4.0))


def refusal(frame: pd.DataFrame, target: str) -> UserError:
    with pytest.raises(UserError) as refused:
        train_customers(frame, Question("target", target=target))
    for language in text.LANGUAGES:
        assert text.tell(language, refused.value)
    return refused.value


@pytest.mark.slow
def test_a_yes_or_no_is_recognised_and_answered_in_its_own_words(churn, table):
    assert churn.card.evaluation.task == "yes_no"
    assert churn.card.evaluation.positive == "yes"
    assert churn.card.classes == ("no", "yes")
    assert set(churn.pipeline.predict(table[list(churn.example.columns)])) == {"no", "yes"}


@pytest.mark.slow
def test_the_figures_are_of_customers_held_out_and_beat_the_average(churn):
    card = churn.card
    assert card.evaluation.customers == 300
    assert card.evaluation.held_out == "each_once"
    assert card.metrics["log_loss"] < card.baseline["log_loss"]
    assert 0.75 < card.metrics["roc_auc"] < 0.95
    assert card.baseline["roc_auc"] == pytest.approx(0.5)
    value, low, high = astuple(card.evaluation.intervals["roc_auc"])
    assert low < value < high
    assert card.evaluation.differences["log_loss"].high < 0


@pytest.mark.slow
def test_chances_are_honest_in_sum(churn):
    assert churn.card.metrics["sum_ratio"] == pytest.approx(1, abs=0.1)


@pytest.mark.slow
def test_pure_chance_is_not_sold_as_knowledge():
    """A target that nothing predicts must not get a good figure, whatever recipe is best on paper."""
    rng = np.random.default_rng(4)
    frame = customers().assign(left=rng.choice(["yes", "no"], 300))
    card = train_customers(frame, Question("target", target="left", recipe="boosting")).card
    assert 0.38 < card.metrics["roc_auc"] < 0.62
    assert "training.limit.no_better" in card.limits


def test_what_matters_is_found_and_what_does_not_is_not(churn):
    order = [row.column for row in churn.card.evaluation.importance]
    assert set(order[:2]) == {"tenure", "complained"}
    curve = next(one for one in churn.card.evaluation.dependence if one.column == "tenure")
    cells, means = curve.values, curve.predicted
    assert means[0] > means[-1]
    assert len(cells) == len(means)


@pytest.mark.slow
def test_costs_move_the_threshold_and_not_the_chances(churn, table):
    threshold = churn.card.evaluation.threshold
    assert threshold.probability == 0.2
    assert threshold.cost <= min(threshold.cost_all, threshold.cost_none)
    other = train_customers(table, Question("target", target="left", recipe="linear"))
    assert other.card.evaluation.threshold.probability == 0.5
    seen = churn.example
    np.testing.assert_array_equal(other.pipeline.predict_proba(seen), churn.pipeline.predict_proba(seen))


@pytest.mark.slow
def test_a_number_is_recognised(table):
    trained = train_customers(table, Question("target", target="spent", recipe="linear"))
    assert trained.card.evaluation.task == "number"
    assert trained.pipeline.predict(trained.example).shape == (300,)
    assert trained.card.metrics["rmse"] < trained.card.baseline["rmse"]


@pytest.mark.slow
def test_several_classes_are_recognised(table):
    frame = table.assign(plan=np.where(table["spent"] > 120, "gold", np.where(table["tenure"] > 30, "silver", "free")))
    trained = train_customers(frame, Question("target", target="plan", recipe="linear"))
    assert trained.card.evaluation.task == "classes"
    assert trained.card.classes == ("free", "gold", "silver")
    assert sum(map(sum, trained.card.evaluation.confusion)) == 300
    assert trained.card.metrics["accuracy"] > trained.card.baseline["accuracy"]


@pytest.mark.slow
def test_a_column_that_is_the_answer_in_other_words_is_left_out_and_named(table):
    frame = table.assign(status=np.where(table["left"] == "yes", "closed", "open"))
    card = train_customers(frame, Question("target", target="left", recipe="linear")).card
    assert card.evaluation.left_out == {"status": "tells_all"}


@pytest.mark.slow
def test_a_column_known_only_afterwards_is_left_out_by_name_and_strength(table):
    rng = np.random.default_rng(1)
    duration = np.where(table["left"] == "yes", rng.normal(60, 15, 300), rng.normal(30, 15, 300))
    frame = table.assign(duration=duration, cancel_offer=rng.random(300))
    card = train_customers(frame, Question("target", target="left", recipe="linear")).card
    assert card.evaluation.left_out == {"duration": "known_afterwards"}


def answers(table: pd.DataFrame) -> np.ndarray:
    return (table["left"] == "yes").to_numpy()


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "made", "reason"),
    [
        # One shop marks who has left by fifteen codes, and those who stay by fifteen others.
        ("code", lambda yes: [f"{'x' if one else 'y'}{at % 8}" for at, one in enumerate(yes)], "tells_all"),
        ("closed_on", lambda yes: np.where(yes, np.arange(len(yes)) * 0.37, np.nan), "tells_all"),
        ("number", lambda yes: np.argsort(np.argsort(yes, kind="stable")) + 5000, "identifier"),
        ("days_since_cancelling", lambda yes: np.where(yes, 3.0, 0.0), "tells_all"),
    ],
)
def test_the_answer_is_found_whatever_it_is_dressed_as(table, name, made, reason):
    """A leak spread over many categories once looked harmless: a small tree could not put them together."""
    card = train_customers(
        table.assign(**{name: made(answers(table))}), Question("target", target="left", recipe="linear")
    ).card
    assert card.evaluation.left_out == {name: reason}


@pytest.mark.slow
def test_a_column_that_is_nearly_the_answer_is_used_with_a_warning(table):
    state = answers(table) ^ (np.random.default_rng(0).random(300) < 0.04)
    card = train_customers(table.assign(state=state), Question("target", target="left", recipe="linear")).card
    assert "training.limit.tells_nearly_all" in card.limits
    assert next(iter(card.evaluation.single_column_scores)) == "state"
    for language in text.LANGUAGES:
        assert text.knows(language, "training.limit.tells_nearly_all")


@pytest.mark.slow
def test_two_columns_that_make_up_the_answer_are_warned_of(table):
    rng = np.random.default_rng(0)
    frame = table.assign(one=rng.uniform(10, 50, 300), other=rng.uniform(10, 50, 300))
    frame = frame.assign(whole=frame["one"] + frame["other"])
    card = train_customers(frame, Question("target", target="whole", recipe="linear")).card
    assert card.evaluation.left_out == {}
    assert "training.limit.too_good" in card.limits
    for language in text.LANGUAGES:
        assert text.knows(language, "training.limit.too_good")


@pytest.mark.slow
def test_who_asks_for_a_suspicious_column_gets_it_with_a_warning(table):
    frame = table.assign(status=np.where(table["left"] == "yes", "closed", "open"))
    question = Question("target", target="left", recipe="linear", columns=("status", "tenure"))
    card = train_customers(frame, question).card
    assert [column.name for column in card.columns] == ["tenure", "status"]
    assert "training.limit.tells_all" in card.limits


@pytest.mark.slow
def test_no_customer_is_in_the_file(table):
    frame = table.assign(mail=[f"{name}@example.org" for name in table.index], city=["Lima"] * 299 + ["Ushuaia"])
    trained = train_customers(frame, Question("target", target="left", recipe="boosting"))
    data = pickle.dumps(trained.pipeline)
    assert trained.card.evaluation.left_out["mail"] == "personal"
    assert b"example.org" not in data
    assert b"Ushuaia" not in data
    assert "Ushuaia" not in str(trained.card.to_plain())
    for amount in table["spent"][(table["spent"] * 4) % 1 != 0]:
        assert np.float64(amount).tobytes() not in data


@pytest.mark.slow
def test_the_same_question_gives_the_same_bytes(table):
    question = Question("target", target="left", recipe="linear", seed=3)
    first, second = train_customers(table, question), train_customers(table, question)
    assert pickle.dumps(first.pipeline) == pickle.dumps(second.pipeline)
    assert first.card == second.card


def test_an_unknown_category_and_a_missing_cell_are_answered(churn):
    odd = churn.example.head(2).assign(plan=["platinum", None], tenure=[np.nan, 3.0])
    assert np.isfinite(churn.pipeline.predict_proba(odd)).all()


def test_five_rows_are_too_little_and_that_is_said_plainly():
    homes = pd.DataFrame({"area": [2600, 3000, 3200, 3600, 4000], "price": [550000, 565000, 610000, 680000, 725000]})
    refused = refusal(homes, "price")
    assert refused.key == "training.too_little_data"
    assert refused.facts == {"column": "price", "customers": 5, "needed": 50}
    assert "5 customers" in text.tell("en", refused)


@pytest.mark.parametrize(
    ("change", "target", "key"),
    [
        (lambda table: table.assign(left="yes"), "left", "training.target_constant"),
        (lambda table: table, "nose", "training.unknown_columns"),
        (lambda table: table.assign(left=["yes"] * 5 + ["no"] * 295), "left", "training.too_few_of_class"),
        (lambda table: table.assign(left=[f"answer {place % 40}" for place in range(300)]), "left",
         "training.too_many_classes"),
        (lambda table: table.assign(left=pd.Timestamp("2025-01-01") + pd.to_timedelta(range(300), unit="D")), "left",
         "training.target_not_usable"),
        (lambda table: table[["left"]].assign(always=1), "left", "training.no_usable_columns"),
    ],
)  # fmt: skip
def test_a_target_that_cannot_be_predicted_is_refused_in_words(table, change, target, key):
    assert refusal(change(table), target).key == key


def test_customers_without_an_answer_are_not_learnt_from(table):
    known, target = read_target(table.assign(left=table["left"].where(np.arange(300) < 200)), "left")
    assert len(known) == len(target.values) == 200


def test_an_answer_that_hardly_anybody_gave_is_set_aside(table):
    known, target = read_target(table.assign(left=np.where(np.arange(300) < 3, "perhaps", table["left"])), "left")
    assert (len(known), target.set_aside, target.task) == (297, 3, "yes_no")


def test_zero_and_one_are_a_yes_or_no_and_a_rating_is_several_classes(table):
    assert read_target(table.assign(left=(table["left"] == "yes").astype("int64")), "left")[1].positive == "1"
    assert read_target(table.assign(left=np.arange(300) % 5 + 1), "left")[1].classes == ("1", "2", "3", "4", "5")


def test_many_answers_will_do_if_nearly_everybody_gave_one_of_a_few(table):
    rng = np.random.default_rng(0)
    some = np.where(rng.random(300) < 0.9, np.arange(300) % 3, np.arange(300) % 27 + 3)
    known, target = read_target(table.assign(left=[f"answer {one}" for one in some]), "left")
    assert target.classes == ("answer 0", "answer 1", "answer 2")
    assert target.set_aside == 300 - len(known) > 10


@pytest.mark.slow
def test_a_number_written_with_a_decimal_comma_is_an_amount():
    rng = np.random.default_rng(0)
    written = "\n".join(f"c{at};{age};{f'{age * 2.5 + rng.normal():.2f}'.replace('.', ',')}"
                        for at, age in enumerate(rng.integers(18, 80, 120)))  # fmt: skip
    frame = read_table(f"customer;age;spent\n{written}\n".encode(), "made.csv").frame
    card = train_customers(frame, Question("target", target="spent", recipe="linear")).card
    assert card.evaluation.task == "number"
    assert card.metrics["r2"] > 0.95


@pytest.mark.slow
def test_two_percent_yes_are_neither_doubled_nor_thinned_out():
    frame = customers(1500)
    odds = frame["tenure"].fillna(30) / 15 - 6.5
    left = np.random.default_rng(1).random(1500) < 1 / (1 + np.exp(-odds))
    card = train_customers(frame.assign(left=left), Question("target", target="left", recipe="linear")).card
    assert 0.005 < card.evaluation.base_rate < 0.05
    assert card.metrics["sum_ratio"] == pytest.approx(1, abs=0.5)
    assert card.metrics["log_loss"] < 0.2


def odd_columns(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    rng = np.random.default_rng(0)
    if kind == "infinite":
        return table.assign(ratio=np.where(rng.random(300) < 0.1, np.inf, rng.normal(size=300)))
    if kind == "only categories":
        words = {f"word{at}": rng.choice(list("abcde"), 300) for at in range(5)}
        return pd.DataFrame(words, index=table.index).assign(left=table["left"])
    if kind == "only dates":
        since = pd.Timestamp("2024-01-01") + pd.to_timedelta(rng.integers(0, 500, 300), unit="D")
        return pd.DataFrame({"since": since, "left": table["left"]})
    noise = pd.DataFrame(rng.normal(size=(150, 170)), index=table.index[:150]).add_prefix("noise")
    return noise.assign(left=table["left"])


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["infinite", "only categories", "only dates", "more columns than customers"])
def test_an_odd_table_gives_a_model(table, kind):
    """Infinite cells once stopped the search for leaks."""
    trained = train_customers(odd_columns(table, kind), Question("target", target="left", recipe="linear"))
    assert np.isfinite(trained.pipeline.predict_proba(trained.example)).all()
    assert trained.card.metrics["log_loss"] < 1.5


@pytest.mark.slow
def test_members_of_a_blend_count_for_what_they_are_worth(table):
    """A straight line through noise is found by the line alone; equal shares would bend it."""
    rng = np.random.default_rng(0)
    straight = rng.uniform(0, 100, 300)
    frame = table.assign(straight=straight, aim=3 * straight + rng.normal(0, 1, 300))
    question = Question("target", target="aim", recipe="blend", columns=("straight", "tenure", "complained"))
    blend = train_customers(frame, question).pipeline[-1]
    assert dict(zip((name for name, _ in blend.estimators), blend.weights, strict=True))["linear"] > 0.9


def test_few_customers_and_many_classes_are_spared_what_they_cannot_feed():
    few, many = (Plan("yes_no", Inputs(("a",)), customers=count) for count in (300, 3000))
    assert set(members_of_blend(many)) - set(members_of_blend(few)) == {"deep_boosting"}
    classes = members_of_blend(Plan("classes", Inputs(("a",)), customers=3000, classes=18))
    assert "deep_boosting" not in classes
    assert "small_boosting" in classes


def test_a_smooth_sum_is_for_a_number_or_a_yes_and_for_no_more_curves_than_it_can_bend():
    assert {"splines", "rbf_features"} <= set(members_of_blend(Plan("number", Inputs(("a",)), customers=300)))
    assert not {"splines", "rbf_features"} & set(
        members_of_blend(Plan("classes", Inputs(("a",)), customers=300, classes=3))
    )
    wide = members_of_blend(Plan("number", Inputs(numbers=tuple(f"n{place}" for place in range(61)))))
    assert "splines" not in wide
    assert "rbf_features" in wide


@pytest.mark.slow
def test_one_customer_who_earns_ten_times_as_much_does_not_move_the_others(table):
    """One income of 666,666 among 2,216 once made every model of incomes worse."""
    earns = 1_000 + 50 * table["tenure"].fillna(30)
    asked = Question("target", target="earns", recipe="linear", columns=("tenure", "complained"))
    plain = train_customers(table.assign(earns=earns), asked)
    rich = train_customers(table.assign(earns=earns.where(table.index != "c0042", 666_666.0)), asked)
    seen = plain.example.drop(index="c0042")
    np.testing.assert_allclose(rich.pipeline.predict(seen), plain.pipeline.predict(seen), rtol=0.15)
    assert rich.pipeline.predict(rich.example).max() < 9_000
    assert rich.card.metrics["rmse"] > 30_000, "the extreme value is measured unchanged"
    assert "training.limit.far_out" in rich.card.limits
    assert "training.limit.far_out" not in plain.card.limits
    assert all(text.knows(language, "training.limit.far_out") for language in text.LANGUAGES)


def test_bounds_are_told_in_two_digits_and_only_where_a_few_lie_far_out():
    bulk = np.linspace(101.7, 199.3, 400)
    assert outlier_bounds(bulk, skewed=False) is None
    low, high = outlier_bounds(np.append(bulk, 5_000.0), skewed=False)
    assert (round_significant(low, 2), round_significant(high, 2)) == (low, high)
    assert low < 101.7
    assert 199.3 < high < 500
    assert outlier_bounds(np.append(bulk, [5_000.0] * 20), skewed=False) is None
    assert outlier_bounds(np.append(np.zeros(395), np.arange(1.0, 6.0)), skewed=False) is None
    assert outlier_bounds(np.exp(np.random.default_rng(0).normal(4, 1, 500)), skewed=True) is None


def test_copies_of_a_customer_stand_in_one_fold(table):
    """Copies of the test rows were in the training rows, which favoured models that memorise rows."""
    seen = table[["tenure", "spent"]]
    doubled = pd.concat([seen, seen.iloc[:60]], ignore_index=True)
    for task, answers in (("number", np.arange(360.0)), ("yes_no", np.tile(["no", "yes"], 180))):
        target = Target(task, answers, () if task == "number" else ("no", "yes"))
        plan = Plan(task, Inputs(("spent",), ("tenure",)), customers=360)
        study = RecipeSearch(doubled, target, plan, "")
        for learn, test in study.folds():
            assert not set(learn % 300) & set(test % 300)
            assert len(test) >= 50


def test_customers_whom_the_columns_cannot_tell_apart_are_no_copies(table):
    plan = Plan("yes_no", Inputs(numbers=("complained",)), customers=300)
    target = Target("yes_no", table["left"].to_numpy().astype(np.str_), ("no", "yes"))
    study = RecipeSearch(table[["complained"]], target, plan, "")
    assert [len(test) for _, test in study.folds()] == [60] * 5


def test_columns_are_sorted_by_what_they_are():
    frame = pd.DataFrame(
        {
            "customer_no": np.arange(1000, 1060) * 7,
            "row": np.arange(60),
            "spent": np.exp(np.linspace(0, 9, 60)),
            "age": np.linspace(20, 70, 60),
            "plan": ["a", "b"] * 30,
            "street": [f"Road {place}" for place in range(60)],
            "phone": [f"+34 600 {place:06}" for place in range(60)],
            "empty": [None] * 60,
            "same": 1,
        }
    ).astype({"empty": "float64"})
    found = sort_columns(frame)
    assert (found.inputs.amounts, found.inputs.numbers) == (("spent",), ("age",))
    assert dict(found.inputs.categories) == {"plan": ("a", "b")}
    assert found.left_out == {
        "customer_no": "identifier",
        "row": "identifier",
        "street": "identifier",
        "phone": "personal",
        "empty": "empty",
        "same": "constant",
    }
    for language in text.LANGUAGES:
        assert all(text.knows(language, f"training.left_out.{reason}") for reason in found.left_out.values())


def test_a_card_column_tells_rounded_ranges_and_no_rare_category():
    frame = pd.DataFrame(
        {
            "spent": np.linspace(100.123, 987.654, 200),
            "plan": ["gold"] * 120 + ["free"] * 75 + ["ours"] * 5,
            "member": [True, False, False, False] * 50,
            "since": pd.Timestamp("2024-01-01") + pd.to_timedelta(np.arange(200), unit="D"),
        }
    )
    spent, plan, member, since = describe(frame, {"spent": "money"})
    assert (spent.low, spent.typical, spent.high, spent.unit) == (105.0, 544.0, 983.0, "money")
    assert len(spent.edges) + 1 == len(spent.shares)
    assert sum(spent.shares) == pytest.approx(1, abs=0.01)
    assert (plan.categories, plan.shares) == (("gold", "free"), (0.6, 0.375))
    assert (member.kind, member.typical, member.shares) == ("yes_no", 0.25, (0.75, 0.25))
    assert since.kind == "date"
    assert since.low is not None
    assert pd.Timestamp("1970-01-01") + pd.Timedelta(days=since.low) < pd.Timestamp("2024-01-10")


def test_a_column_without_values_is_described_as_all_missing():
    (column,) = describe(pd.DataFrame({"empty": [np.nan] * 20}))
    assert (column.share_missing, column.low, column.edges) == (1.0, None, ())


def test_numbers_keep_three_digits():
    assert [round_significant(value) for value in (123456.0, 0.0123456, -9.8765, 0.0)] == [123000.0, 0.0123, -9.88, 0.0]


def test_ties_among_categories_are_broken_by_name():
    assert frequent(pd.Series(["b", "a", "c"] * 10), 10) == ("a", "b", "c")


@pytest.mark.slow
def test_a_recipe_is_chosen_and_the_peers_are_told(table):
    card = train_customers(table, Question("target", target="left")).card
    peers = card.evaluation.candidates
    assert [one.key for one in peers] == ["linear", "blend", "boosting"]
    assert [one.key for one in peers if one.chosen] == [card.recipe]


@pytest.mark.slow
def test_the_duration_of_the_call_is_found_in_bank_marketing(shared: Path):
    file = shared / "customer_tables" / "bank-additional.csv"
    frame = read_table(file.read_bytes(), file.name).frame
    card = train_customers(frame, Question("target", target="y", recipe="linear")).card
    assert card.evaluation.left_out["duration"] == "known_afterwards"
    assert 0.7 < card.metrics["roc_auc"] < 0.85


@pytest.mark.parametrize("key", ["nonsense", "logistic"])
def test_a_recipe_of_another_question_is_told_with_those_that_fit(key):
    with pytest.raises(UserError) as caught:
        train_customers(pd.DataFrame({"a": [1.0]}), Question("groups", recipe=key))
    assert caught.value.key == "training.unknown_recipe"
    assert "kmeans" in caught.value.facts["known"]


@pytest.mark.slow
def test_what_reports_is_chosen_without_the_customers_reported(table):
    """Pure noise in many columns: the best of several recipes on the same customers would look better than a guess."""
    rng = np.random.default_rng(5)
    noise = pd.DataFrame(rng.normal(size=(300, 12)), index=table.index).add_prefix("noise")
    answers = np.where(rng.random(300) < 0.5, "yes", "no")
    target = Target("yes_no", answers.astype(np.str_), ("no", "yes"), "yes")
    inputs = Inputs(numbers=tuple(noise.columns))
    found = RecipeSearch(noise, target, Plan("yes_no", inputs, customers=300, classes=2), "").compare()
    assert sorted(found.rows) == list(range(300)), "every customer once"
    for model in found.models:
        assert sum(model.combination.weights.values()) == pytest.approx(1, abs=1e-3)
    assert target.losses(answers[found.rows], found.outputs).mean() > np.log(2) - 0.02


@pytest.mark.slow
def test_the_progress_of_a_column_does_not_speak_of_groups(table):
    steps = []
    question = Question("target", target="left", recipe="linear")
    train_customers(table, question, progress=lambda share, step: steps.append((share, step)))
    assert [share for share, _ in steps] == sorted(share for share, _ in steps)
    assert "training.step.compare" not in {step for _, step in steps}
    for _, step in steps:
        assert all(text.knows(language, step) for language in text.LANGUAGES)


def id_numbers(kind: str, rows: int = 400) -> pd.Series:
    rng = np.random.default_rng(2)
    numbers = {
        "running": np.arange(1, rows + 1),
        "every seventh": 1000 + 7 * np.arange(rows),
        "nine digits": rng.choice(10**8, rows, replace=False) + 7 * 10**8,
        "with gaps": rng.choice(5_000, rows, replace=False),
    }[kind]
    return pd.Series(numbers)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        *[
            (name, "with gaps")
            for name in ("CLIENTNUM", "CustomerID", "userid", "account_number", "cust_no", "OrderRef")
        ],
        *[("whatever", kind) for kind in ("running", "nine digits")],
        ("Customer ID", "every seventh"),
    ],
)
def test_an_identifier_of_any_form_is_left_out(name, kind):
    numbers = id_numbers(kind)
    assert sort_columns(pd.DataFrame({name: numbers})).left_out == {name: "identifier"}
    assert sort_columns(pd.DataFrame({name: numbers.astype("float64")})).left_out == {name: "identifier"}


@pytest.mark.parametrize("name", ["column_1", "Unnamed: 0", "rownames", "row_names", "index", "level_0", "X", "...1"])
def test_row_numbers_that_were_saved_with_a_sample_of_a_table_are_left_out(name):
    """In a table sorted by the answer they are the answer."""
    frame = pd.DataFrame({name: id_numbers("with gaps"), "visits": id_numbers("with gaps") % 9})
    assert sort_columns(frame).left_out == {name: "identifier"}


def test_columns_of_a_file_without_headers_are_no_row_numbers():
    first, second = id_numbers("with gaps"), id_numbers("with gaps").to_numpy()[::-1]
    frame = pd.DataFrame({"column_1": first, "column_2": second})
    assert sort_columns(frame).inputs.columns == ("column_1", "column_2")


@pytest.mark.parametrize("name", ["amount_paid", "points", "steps", "Bid"])
def test_distinct_whole_numbers_that_describe_a_customer_are_no_identifiers(name):
    assert sort_columns(pd.DataFrame({name: id_numbers("with gaps")})).left_out == {}


@pytest.mark.parametrize(
    "copied",
    [
        lambda spent: spent * 12 + 5,
        lambda spent: -spent,
        lambda spent: 1 - spent / spent.max(),
        lambda spent: spent.copy(),
    ],
)
def test_a_number_that_repeats_another_is_left_out_and_the_first_is_kept(copied):
    spent = pd.Series(np.random.default_rng(0).gamma(1, 50, 300))
    found = sort_columns(pd.DataFrame({"spent": spent, "again": copied(spent)}))
    assert found.left_out == {"again": "copy"}
    assert found.inputs.columns == ("spent",)


def test_nothing_is_a_copy_of_a_column_that_is_left_out():
    frame = pd.DataFrame({"row": np.arange(60), "age": np.linspace(20, 70, 60)})
    assert sort_columns(frame).left_out == {"row": "identifier"}


def test_columns_that_are_nearly_the_same_are_both_kept():
    rng = np.random.default_rng(0)
    spent = pd.Series(rng.gamma(1, 50, 300))
    gaps = spent.mask(rng.random(300) < 0.1)
    frame = pd.DataFrame({"spent": spent, "nearly": spent + rng.normal(0, 2, 300), "gaps": gaps})
    assert sort_columns(frame).left_out == {}


def test_categories_that_repeat_others_under_other_names_are_left_out():
    city = pd.Series(np.random.default_rng(0).choice(["Lima", "Quito", "Cusco"], 300))
    code = city.map({"Lima": "LIM", "Quito": "UIO", "Cusco": "CUZ"})
    plan = pd.Series(np.random.default_rng(1).choice(["gold", "free"], 300))
    assert sort_columns(pd.DataFrame({"city": city, "code": code, "plan": plan})).left_out == {"code": "copy"}


@pytest.mark.parametrize("name", ["Naive_Bayes_Classifier_Attrition_Flag_1", "churnScore", "propensity", "p_predicted"])
def test_what_another_model_predicted_is_left_out(name):
    rng = np.random.default_rng(0)
    frame = pd.DataFrame({name: rng.random(300), "credit_score": rng.integers(300, 850, 300), "share": rng.random(300)})
    assert sort_columns(frame).left_out == {name: "other_model"}


@pytest.mark.parametrize("name", ["churn_probability", "Predicted", "propensity", "ChurnRisk"])
def test_so_is_a_chance_in_percent(name):
    chance = pd.Series(np.random.default_rng(0).uniform(0, 100, 300).round(1))
    assert sort_columns(pd.DataFrame({name: chance})).left_out == {name: "other_model"}
    whole = pd.DataFrame({name.replace("Predicted", "hotel_class"): (chance // 20).round()})
    assert sort_columns(whole).left_out == {}


@pytest.mark.parametrize("name", ["household_id", "CustomerID", "account_number", "ID"])
def test_an_identifier_that_some_rows_share_is_left_out(name):
    shared = pd.Series(np.random.default_rng(0).integers(0, 3_000, 400))
    assert shared.duplicated().any()
    assert sort_columns(pd.DataFrame({name: shared})).left_out == {name: "identifier"}
    few = pd.DataFrame({name: shared % 12})
    assert sort_columns(few).left_out == {}


@pytest.mark.parametrize("reason", ["copy", "other_model"])
def test_each_reason_has_its_words(reason):
    assert all(text.knows(language, f"training.left_out.{reason}") for language in text.LANGUAGES)


@pytest.mark.slow
def test_of_several_classes_no_member_of_a_blend_knows_its_customers_by_heart():
    """Boosted trees overfitted noise about classes: the membership attack had an AUC of .90."""
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(rng.normal(size=(900, 6)), columns=list("abcdef"))
    noise = rng.choice(["red", "green", "blue", "white"], 900)
    clear = np.where(frame["a"] > 0.5, "red", np.where(frame["b"] * frame["a"] > 0, "green", "blue"))
    found = {}
    for name, values in (("noise", noise), ("clear", clear)):
        trained = train_customers(frame.assign(aim=values), Question("target", target="aim", recipe="blend"))
        blend = trained.pipeline if hasattr(trained.pipeline[-1], "estimators") else _corrected(trained.pipeline)
        found[name] = {member for member, _ in blend[-1].estimators}
        attacked = membership(trained.pipeline, trained.example, trained.target, learn=trained.learn)
        assert attacked is not None
        assert attacked.auc < 0.6, name
    assert not {"boosting", "small_boosting"} & found["noise"]
    assert {"boosting", "small_boosting"} & found["clear"], "trees that learnt something else than customers stay"


def _corrected(pipeline: Pipeline) -> Pipeline:
    """The model whose chances a pipeline corrects."""
    return dict(pipeline[0].estimators)["model"]


def test_short_boosting_is_for_several_classes():
    assert "short_boosting" in members_of_blend(Plan("classes", Inputs(("a",)), customers=300, classes=3))
    assert "short_boosting" not in members_of_blend(Plan("yes_no", Inputs(("a",)), customers=300))


@pytest.mark.parametrize("count", [50, 60, 500])
def test_errors_as_normal_as_can_be_are_not_called_very_large(count):
    normal, heavy = (np.random.default_rng(0).normal(size=(50, count)) ** power for power in (1, 9))
    none = np.zeros(count)
    assert np.mean([_heavy_tail(errors, none) for errors in normal]) < 0.05
    assert np.mean([_heavy_tail(errors, none) for errors in heavy]) > 0.95
