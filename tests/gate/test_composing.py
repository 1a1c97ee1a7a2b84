"""A model and its preparation apart in one file: used in the right order where the file says it, else refused."""

import pickle
from collections import OrderedDict

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.decomposition import PCA
from sklearn.ensemble import (
    GradientBoostingClassifier,
    HistGradientBoostingClassifier,
    IsolationForest,
    RandomForestRegressor,
)
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.mixture import GaussianMixture
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import (
    KBinsDiscretizer,
    LabelEncoder,
    MaxAbsScaler,
    MinMaxScaler,
    OneHotEncoder,
    PolynomialFeatures,
    StandardScaler,
)
from sklearn.svm import SVC
from sklearn.tree import DecisionTreeClassifier

from lib import gate
from lib.gate import Refused
from lib.gate.building.composing import compose
from lib.gate.rejection import Rejection

RANDOM = np.random.default_rng(7)
TABLE = pd.DataFrame(
    {"age": RANDOM.uniform(18, 80, 90), "spend": RANDOM.uniform(0, 900, 90), "visits": RANDOM.integers(0, 30, 90)}
).astype("float64")
ANSWER = (TABLE["spend"] + 9 * TABLE["age"] > 800).astype(int)
FEATURES = list(TABLE)


def _scaled(scaler, frame):
    return pd.DataFrame(scaler.transform(frame), columns=frame.columns, index=frame.index)


def of_names():
    """(name, file, right answers): the parts were fitted on tables, so their names say where each belongs."""
    scaler = StandardScaler().fit(TABLE)
    model = LogisticRegression().fit(_scaled(scaler, TABLE), ANSWER)
    right = model.predict_proba(_scaled(scaler, TABLE))
    yield "all columns scaled", {"model": model, "scaler": scaler}, right
    part = MinMaxScaler().fit(TABLE[["spend"]])
    table = TABLE.assign(spend=part.transform(TABLE[["spend"]])[:, 0])
    model = LogisticRegression().fit(table, ANSWER)
    yield "one column scaled", [part, model], model.predict_proba(table)
    many = PolynomialFeatures(2, include_bias=False).fit(TABLE)
    wide = pd.DataFrame(many.transform(TABLE), columns=many.get_feature_names_out())
    model = LogisticRegression(max_iter=2000).fit(wide / 1e4, ANSWER)
    yield "more columns out of these", {"poly": many, "model": model}, model.predict_proba(wide)
    two = (StandardScaler().fit(TABLE[["age"]]), MinMaxScaler().fit(TABLE[["visits"]]))
    table = TABLE.assign(age=two[0].transform(TABLE[["age"]])[:, 0], visits=two[1].transform(TABLE[["visits"]])[:, 0])
    model = LogisticRegression().fit(table, ANSWER)
    yield "two columns, each with its scaler", {"a": two[0], "b": two[1], "model": model}, model.predict_proba(table)


def of_shapes():
    """(name, file, right answers): fitted on arrays, a list beside them names the columns."""
    values = TABLE.to_numpy()
    scaler = StandardScaler().fit(values)
    model = LogisticRegression().fit(scaler.transform(values), ANSWER)
    right = model.predict_proba(scaler.transform(values))
    for key in ("features", "feature_names", "columns", "X_cols"):
        yield f"list under {key}", {"model": model, "scaler": scaler, key: FEATURES, "classes": ["n", "y", "?"]}, right
    yield "an index", {"model": model, "scaler": scaler, "columns": TABLE.columns}, right
    yield "an array", {"model": model, "scaler": scaler, "columns": np.array(FEATURES, dtype=object)}, right
    yield "nested", OrderedDict(prep={"scaler": scaler}, model=model, meta={"features": FEATURES, "auc": 0.8}), right
    yield "a tuple", (model, scaler, FEATURES), right
    table_scaler = StandardScaler().fit(TABLE)
    yield "the scaler knows the names", {"scaler": table_scaler, "model": model}, right
    reduced = PCA(2).fit(scaler.transform(values))
    model = LogisticRegression().fit(reduced.transform(scaler.transform(values)), ANSWER)
    right = model.predict_proba(reduced.transform(scaler.transform(values)))
    yield "three parts", {"pca": reduced, "clf": model, "scaler": table_scaler}, right
    imputer = SimpleImputer().fit(TABLE)
    model = LogisticRegression().fit(scaler.transform(values), ANSWER)
    right = model.predict_proba(scaler.transform(values))
    yield "names say that the imputer is first", {"scaler": scaler, "imputer": imputer, "model": model}, right


@pytest.mark.slow
@pytest.mark.parametrize("kind", [of_names, of_shapes])
def test_the_parts_of_a_file_are_used_in_their_order(kind):
    for name, file, right in kind():
        with gate.open_model(pickle.dumps(file)) as opened:
            assert list(opened.columns) == FEATURES, name
            got = opened.call("predict_proba", TABLE[FEATURES[::-1]])  # by name, whatever the order in the table
            assert np.allclose(got, right, rtol=1e-12), name
            assert opened.verdict.parts[-1] == "LogisticRegression", name
            assert len(opened.verdict.parts) > 1, name


def test_a_vectorizer_and_its_model_read_texts():
    texts = ["blue bag", "red bag", "blue cup", "red cup"] * 5
    words = TfidfVectorizer().fit(texts)
    model = LogisticRegression().fit(words.transform(texts), [0, 1, 0, 1] * 5)
    with gate.open_model(pickle.dumps({"vectorizer": words, "model": model})) as opened:
        assert opened.verdict.parts == ("TfidfVectorizer", "LogisticRegression")
        got = opened.call("predict", pd.DataFrame({"text": texts}))
        assert np.array_equal(got, model.predict(words.transform(texts)))


@pytest.mark.slow
def test_an_encoder_of_one_column_is_used_for_that_column():
    table = TABLE.assign(plan=np.where(TABLE["age"] > 40, "gold", "basic"))
    encoder = OneHotEncoder(sparse_output=False).fit(table[["plan"]])
    wide = pd.concat([TABLE, pd.DataFrame(encoder.transform(table[["plan"]]),
                                          columns=encoder.get_feature_names_out())], axis=1)  # fmt: skip
    model = LogisticRegression(max_iter=500).fit(wide, ANSWER)
    with gate.open_model(pickle.dumps({"encoder": encoder, "model": model})) as opened:
        assert set(opened.columns) == set(table)
        assert np.allclose(opened.call("predict_proba", table), model.predict_proba(wide))


@pytest.mark.slow
def test_a_list_of_names_beside_a_model_alone_names_its_columns():
    model = LinearRegression().fit(TABLE.to_numpy(), ANSWER)
    with gate.open_model(pickle.dumps({"model": model, "features": FEATURES})) as opened:
        assert list(opened.columns) == FEATURES
        assert opened.verdict.parts == ()
        assert np.allclose(opened.call("predict", TABLE[FEATURES[::-1]]), model.predict(TABLE.to_numpy()))
    for beside in ({"classes": FEATURES}, {"features": FEATURES, "columns": FEATURES[::-1]}, {"features": ["a", "b"]}):
        with gate.open_model(pickle.dumps({"model": model, **beside})) as opened:
            assert opened.columns == ()


def test_axes_that_clusters_are_drawn_on_are_no_part_of_the_model():
    values = TABLE.to_numpy()
    scaler = StandardScaler().fit(values)
    scaled = scaler.transform(values)
    model, plane = KMeans(3, n_init=1, random_state=0).fit(scaled), PCA(2).fit(scaled)
    for file, expected in (
        ({"model": model, "scaler": scaler, "pca": plane}, model.predict(scaled)),
        ((plane, model), model.predict(values)),
    ):
        with gate.open_model(pickle.dumps(file)) as opened:
            assert "PCA" not in opened.verdict.parts
            assert np.array_equal(opened.call("predict", TABLE), expected)
    wide = PCA(2).fit(np.hstack([values, values]))
    for file in (
        {"pca": wide, "model": model},
        {"pca": plane, "model": model, "other": KBinsDiscretizer(2).fit(scaled[:, :2])},
    ):
        assert gate.inspect(pickle.dumps(file)).verdict == "accepted"  # which order is asked when it is built
        with pytest.raises(Refused):
            gate.open_model(pickle.dumps(file))


def models_that_show_what_they_saw():
    yield KMeans(3, n_init=1, random_state=0)
    yield GaussianMixture(2, random_state=0)
    yield GaussianNB()
    yield KNeighborsClassifier(3)
    yield SVC()
    yield DecisionTreeClassifier(max_depth=3)
    yield RandomForestRegressor(5, max_depth=3, random_state=0)
    yield GradientBoostingClassifier(n_estimators=3)
    yield HistGradientBoostingClassifier(max_iter=3)
    yield IsolationForest(n_estimators=5, random_state=0)


def test_a_scaler_that_the_model_was_not_trained_with_is_not_put_before_it():
    for scaler in (StandardScaler(), MinMaxScaler(), MaxAbsScaler()):
        for table in (TABLE, TABLE.to_numpy()):
            scaler.fit(table)
            scaled = _scaled(scaler, TABLE) if table is TABLE else scaler.transform(table)
            drawn = PCA(2).fit(scaled)
            for model in models_that_show_what_they_saw():
                model.fit(scaled, ANSWER)
                clusters = isinstance(model, KMeans | GaussianMixture | IsolationForest)
                for parts in ([scaler], [scaler, drawn] if clusters else [scaler]):
                    assert len(compose(parts, model, ()).order) == 2, (scaler, model)
                model.fit(table, ANSWER)
                for parts, reason in (
                    ([scaler], "scaler_not_used"),
                    ([scaler, drawn], "scaler_not_used" if clusters else "model_with_preparation"),
                ):
                    with pytest.raises(Rejection) as refused:
                        compose(parts, model, ())
                    assert refused.value.reason == reason, (scaler, model)
                assert compose([drawn], model, ()).order == (type(model).__name__,)


def test_a_scaler_is_used_however_far_the_outliers_lie():
    for seed in range(4):
        random = np.random.default_rng(seed)
        spend, orders, odd = random.pareto(1.2, 150) * 100, random.poisson(2, 150), random.random(150) < 0.03
        table = np.column_stack([spend, orders, random.lognormal(3, 1.5, 150), odd]).astype("float64")
        for scaler in (StandardScaler(), MinMaxScaler(), MaxAbsScaler()):
            scaled = scaler.fit_transform(table)
            for model in models_that_show_what_they_saw():
                model.fit(scaled, orders > 2)
                assert len(compose([scaler], model, ()).order) == 2, (seed, scaler, model)


def unclear():
    values = TABLE.to_numpy()
    scaler, imputer = StandardScaler().fit(values), SimpleImputer().fit(values)
    model = LogisticRegression().fit(values, ANSWER)
    yield {"scaler": scaler, "imputer": imputer, "model": model}  # either may be first
    yield {"scaler": StandardScaler().fit(values[:, :2]), "model": model}  # which two?
    other = StandardScaler().fit(TABLE.rename(columns={"age": "years"}))
    yield {"scaler": other, "model": LogisticRegression().fit(TABLE, ANSWER)}
    yield {"a": scaler, "b": MinMaxScaler().fit(values), "model": model}
    forged = StandardScaler().fit(TABLE)
    forged.feature_names_in_ = np.array(["age"] * len(FEATURES), dtype=object)
    yield {"scaler": forged, "model": LogisticRegression().fit(TABLE, ANSWER)}
    one, two = StandardScaler().fit(TABLE[["age"]]), MinMaxScaler().fit(TABLE[["age", "spend"]])
    yield {"one": one, "two": two, "model": LogisticRegression().fit(TABLE, ANSWER)}


@pytest.mark.slow
def test_where_the_order_is_not_clear_the_file_is_refused_with_its_parts_named():
    for at, file in enumerate(unclear()):
        with pytest.raises(Refused) as refused:
            gate.open_model(pickle.dumps(file))
        assert refused.value.key == "gate.model_with_preparation", at
        assert "LogisticRegression" in refused.value.facts["names"], at


def test_two_models_are_not_chosen_between_and_labels_are_no_part_of_the_model():
    model = LogisticRegression().fit(TABLE, ANSWER)
    file = [model, KMeans(2, n_init=1).fit(TABLE), StandardScaler().fit(TABLE)]
    assert gate.inspect(pickle.dumps(file)).reason == "several_models"
    labels = LabelEncoder().fit(["no", "yes"])
    with gate.open_model(pickle.dumps({"model": model, "labels": labels})) as opened:
        assert opened.verdict.parts == ()
        assert np.array_equal(opened.call("predict", TABLE), labels.inverse_transform(model.predict(TABLE)))


def test_a_part_that_is_not_allowed_is_refused_wherever_it_lies():
    class Custom:
        pass

    Custom.__module__, Custom.__qualname__ = "__main__", "Custom"
    import sys

    sys.modules["__main__"].Custom = Custom  # pickled by its name
    file = pickle.dumps({"model": LogisticRegression().fit(TABLE, ANSWER), "scaler": Custom()})
    del sys.modules["__main__"].Custom
    assert gate.inspect(file).reason == "own_class"
