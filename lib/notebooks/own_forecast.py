"""The steps behind a forecast of purchases, in pandas and scikit-learn alone.

Features are built before a cut-off date, the model learns from one period and is tested on the next.
"""

from __future__ import annotations

from collections.abc import Callable

from lib.notebooks.steps import Step

Say = Callable[[str], str]

GOALS = ("buy_again", "spend", "orders", "next_order")


def forecast_steps(goal: str, horizon_days: int, say: Say) -> tuple[Step, ...]:
    """From `orders` (one row per order line) to a tested, pickled model of one of `GOALS`."""
    kind = {"buy_again": "chance", "next_order": "days"}.get(goal, "amount")
    return (
        Step(say("alone_cutoff"), _CUTOFF.replace("HORIZON", str(horizon_days))),
        Step(say("alone_explore"), "print(features.describe().round(1))\nprint(features.corr().round(2))"),
        Step(say("alone_later"), _LATER[goal]),
        Step(say(f"alone_train_{kind}"), _TRAIN[kind]),
        Step(say("alone_test"), _TEST[goal]),
        Step(say("alone_calibration"), _CALIBRATION[kind]),
        Step(say("alone_final"), _FINAL[kind]),
        Step(say("alone_pickle"), PICKLE.replace("TABLE", "today")),
        Step(say("alone_open"), OPEN.replace("TABLE", "today")),
    )


_CUTOFF = """first, end = orders["ordered_at"].min(), orders["ordered_at"].max().normalize() + pd.Timedelta(days=1)
horizon = pd.Timedelta(days=min(HORIZON, (end - first).days // 4))
test_from = end - horizon  # the last period is only for the test
train_from = test_from - horizon


def features_before(moment):
    \"\"\"One row per customer with an order before that moment; nothing after it is looked at.\"\"\"
    past = orders[orders["ordered_at"] < moment]
    of = past.groupby("customer_id")
    made = pd.DataFrame(
        {
            "recency_days": (moment - of["ordered_at"].max()).dt.days,
            "age_days": (moment - of["ordered_at"].min()).dt.days,
            "frequency_orders": of["order_id"].nunique(),
            "monetary_total": of["amount"].sum(),
        }
    )
    lately = past[past["ordered_at"] >= moment - horizon].groupby("customer_id")
    made["orders_lately"] = lately["order_id"].nunique()
    made["spend_lately"] = lately["amount"].sum()
    made["mean_gap_days"] = (made["age_days"] - made["recency_days"]) / made["frequency_orders"].sub(1).clip(lower=1)
    return made.fillna(0).astype(float)


features = features_before(train_from)
print(horizon.days, "days after", train_from, "for", len(features), "customers")
features.head()"""

_AFTER = """def later(moment, customers):
    \"\"\"What these customers did in the horizon after that moment.\"\"\"
    known = orders.loc[orders["ordered_at"] < moment, "order_id"]
    after = orders[(orders["ordered_at"] >= moment) & (orders["ordered_at"] < moment + horizon)]
"""

_LATER = {
    "buy_again": _AFTER
    + """    buyers = after.loc[~after["order_id"].isin(known), "customer_id"]
    return pd.Series(customers.isin(buyers), index=customers)


target = later(train_from, features.index)
print("bought again:", target.mean().round(3))""",
    "spend": _AFTER
    + """    return after.groupby("customer_id")["amount"].sum().reindex(customers, fill_value=0.0)


target = later(train_from, features.index)
print("spend per customer:", target.mean().round(2))""",
    "orders": _AFTER
    + """    new = after[~after["order_id"].isin(known)]
    return new.groupby("customer_id")["order_id"].nunique().reindex(customers, fill_value=0).astype(float)


target = later(train_from, features.index)
print("orders per customer:", target.mean().round(3))""",
    "next_order": _AFTER
    + """    new = after[~after["order_id"].isin(known)]
    days = (new.groupby("customer_id")["ordered_at"].min() - moment).dt.total_seconds() / 86400
    return days.reindex(customers)  # missing for customers without an order in the horizon


target = later(train_from, features.index).dropna()
features = features.loc[target.index]
print("days until the next order:", target.median().round(1), "of", len(target), "customers who ordered")""",
}

_TRAIN = {
    "chance": """import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, StandardScaler


def new_model():
    steps = make_pipeline(FunctionTransformer(np.log1p), StandardScaler(), LogisticRegression(max_iter=1000))
    return CalibratedClassifierCV(steps, method="sigmoid", cv=5)


model = new_model().fit(features, target)""",
    "amount": """from sklearn.ensemble import HistGradientBoostingRegressor


def new_model():
    return HistGradientBoostingRegressor(
        loss="poisson", max_iter=80, learning_rate=0.05, max_depth=2, random_state=0
    )


model = new_model().fit(features, target)""",
    "days": """from sklearn.ensemble import HistGradientBoostingRegressor


def new_model(quantile):
    return HistGradientBoostingRegressor(
        loss="quantile", quantile=quantile, max_iter=80, learning_rate=0.05, max_depth=2, random_state=0
    )


models = {quantile: new_model(quantile).fit(features, target) for quantile in (0.1, 0.5, 0.9)}
model = models[0.5]""",
}

_TEST_SET = """test = features_before(test_from)
actual = later(test_from, test.index)
"""

_TEST_OF_SUMS = (
    "from sklearn.metrics import mean_absolute_error\n\n"
    + _TEST_SET
    + """predicted = pd.Series(model.predict(test), index=test.index)
print("mean absolute error:", round(mean_absolute_error(actual, predicted), 3))
print("baseline, the same as in the period before:", round(mean_absolute_error(actual, test["BEFORE"]), 3))
print("baseline, the mean for all:", round((actual - target.mean()).abs().mean(), 3))
print("sum predicted:", round(predicted.sum(), 1), "actual:", round(actual.sum(), 1))"""
)

_TEST = {
    "buy_again": "from sklearn.metrics import brier_score_loss, roc_auc_score\n\n"
    + _TEST_SET
    + """predicted = pd.Series(model.predict_proba(test)[:, 1], index=test.index)
print("ranking (ROC AUC):", round(roc_auc_score(actual, predicted), 3))
print("baseline, latest order first:", round(roc_auc_score(actual, -test["recency_days"]), 3))
print("Brier score:", round(brier_score_loss(actual, predicted), 4))
print("baseline, the same share for all:", round(((actual - target.mean()) ** 2).mean(), 4))
print("buyers predicted:", round(predicted.sum()), "actual:", actual.sum())""",
    "next_order": "from sklearn.metrics import mean_absolute_error\n\n"
    + _TEST_SET
    + """actual = actual.dropna()
test = test.loc[actual.index]
predicted = pd.Series(model.predict(test), index=test.index)
usual = (test["mean_gap_days"] - test["recency_days"]).clip(0, horizon.days)
print("mean error in days:", round(mean_absolute_error(actual, predicted), 2))
print("baseline, the customer's usual gap:", round(mean_absolute_error(actual, usual), 2))
print("baseline, the median for all:", round((actual - target.median()).abs().mean(), 2))""",
    "spend": _TEST_OF_SUMS.replace("BEFORE", "spend_lately"),
    "orders": _TEST_OF_SUMS.replace("BEFORE", "orders_lately"),
}

_DECILES = """tenth = pd.qcut(predicted.rank(method="first"), min(10, len(predicted)), labels=False)
print(pd.DataFrame({"predicted": predicted, "actual": actual}).astype(float).groupby(tenth).mean().round(3))"""

_CALIBRATION = {
    "chance": _DECILES,
    "amount": _DECILES,
    "days": """low, high = (models[quantile].predict(test) for quantile in (0.1, 0.9))
print("inside the range, meant to be 80%:", round(((actual >= low) & (actual <= high)).mean(), 3))
"""
    + _DECILES,
}

_NOW = """features, today = features_before(test_from), features_before(end)
target = later(test_from, features.index)
"""
_WRITE = """
scores.to_csv("scores.csv")
scores.head()"""

_FINAL = {
    "chance": _NOW
    + """model = new_model().fit(features, target)
scores = pd.Series(model.predict_proba(today)[:, 1], index=today.index, name="score")"""
    + _WRITE,
    "amount": _NOW
    + """model = new_model().fit(features, target)
scores = pd.Series(model.predict(today), index=today.index, name="score")"""
    + _WRITE,
    "days": _NOW
    + """target = target.dropna()
features = features.loc[target.index]
models = {quantile: new_model(quantile).fit(features, target) for quantile in models}
model = models[0.5]
scores = pd.DataFrame({f"days_{quantile}": one.predict(today).clip(min=0) for quantile, one in models.items()})
scores.index = today.index"""
    + _WRITE,
}

PICKLE = """import pickle

with open("model.pkl", "wb") as file:
    pickle.dump(model, file)
TABLE.to_csv("features.csv")"""

OPEN = """with open("model.pkl", "rb") as file:
    opened = pickle.load(file)  # only ever open pickles from people you trust
print((opened.predict(TABLE) == model.predict(TABLE)).all())"""
