"""Forged files that once got past the gate, each with a word on what it did."""

import pickle

import numpy as np
import pandas as pd
import pytest
import scipy.sparse
from sklearn.cluster import FeatureAgglomeration
from sklearn.compose import make_column_selector, make_column_transformer
from sklearn.covariance import EllipticEnvelope
from sklearn.ensemble import VotingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.neighbors import KNeighborsClassifier
from sklearn.preprocessing import OneHotEncoder, PolynomialFeatures
from sklearn.svm import SVC, SVR, OneClassSVM

from lib.gate.building.construct import build
from lib.gate.reading.containers import unwrap
from lib.gate.rejection import Rejection

ROWS = np.random.RandomState(0).rand(40, 4)
YES_NO = np.arange(40) % 2


def forged(model, **changes):
    """What the gate builds of a model with other state."""
    model = pickle.loads(pickle.dumps(model))
    model.__dict__.update(changes)
    return build(unwrap(pickle.dumps(model)))


@pytest.mark.slow
def test_a_mahalanobis_matrix_that_is_too_small_never_reaches_scipy():
    """A precision of one number made SciPy read beyond it, row for row, until the process crashed."""
    envelope = EllipticEnvelope(random_state=0).fit(ROWS)
    assert np.array_equal(forged(envelope).predict(ROWS), envelope.predict(ROWS))
    with pytest.raises(ValueError, match="matrix of a distance"):
        forged(envelope, precision_=np.ones((1, 1))).predict(ROWS)
    near = KNeighborsClassifier(algorithm="brute").fit(ROWS, YES_NO)
    changes = {"metric": "mahalanobis", "effective_metric_": "mahalanobis"}
    with pytest.raises(ValueError, match="matrix of a distance"):
        forged(near, **changes, effective_metric_params_={"VI": np.ones((1, 1))}).predict(ROWS)
    honest = KNeighborsClassifier(algorithm="brute", metric="mahalanobis", metric_params={"VI": np.eye(4)})
    honest.fit(ROWS, YES_NO)
    assert np.array_equal(forged(honest).predict(ROWS), honest.predict(ROWS))


@pytest.mark.parametrize("model", [SVC(), SVR()])
def test_sparse_support_vectors_are_never_places_in_a_row(model):
    """With a precomputed kernel libsvm takes a sparse vector's first number for a place in the row, and reads there."""
    model.fit(scipy.sparse.csr_matrix(ROWS), YES_NO)
    with pytest.raises(Rejection, match="bad_structure"):
        forged(model, kernel="precomputed", n_features_in_=40)


@pytest.mark.parametrize("model", [SVR(), OneClassSVM()])
def test_support_vectors_that_say_they_have_one_class_are_refused(model):
    """libsvm counts classes by the length of `_n_support`; with one it set aside no place for the weights it read."""
    model.fit(ROWS, YES_NO)
    assert np.array_equal(forged(model).predict(ROWS), model.predict(ROWS))
    with pytest.raises(Rejection, match="bad_structure"):
        forged(model, _n_support=model._n_support[:1])


def test_labels_are_never_counted_up_to_the_largest_number_there_is():
    """`bincount` of 2**63 - 1 set aside nothing and wrote there: the process was aborted, at predict or transform."""
    huge = np.iinfo(np.int64).max
    grouped = FeatureAgglomeration(2).fit(ROWS)
    assert np.array_equal(forged(grouped).transform(ROWS), grouped.transform(ROWS))
    with pytest.raises(ValueError, match="too large"):
        forged(grouped, labels_=np.full(4, huge)).transform(ROWS)
    votes = VotingClassifier([("a", LogisticRegression())]).fit(ROWS, YES_NO)
    assert np.array_equal(forged(votes).predict(ROWS), votes.predict(ROWS))
    votes.estimators_[0].classes_ = np.array([0, huge])
    with pytest.raises(ValueError, match="too large"):
        forged(votes).predict(ROWS)


@pytest.mark.parametrize("protocol", [0, 2, 5])
@pytest.mark.parametrize("kind", [object, float, int, bool, str, np.int32, "int"])
def test_columns_selected_and_words_written_by_pythons_own_types_are_honest(kind, protocol):
    """`make_column_selector(dtype_include=object)` and `OneHotEncoder(dtype=int)` were refused as names of mischief."""
    table = pd.DataFrame({"a": [1.0, 2.0], "b": pd.Series(["x", "y"], dtype=object), "c": [1, 2]})
    encoder = OneHotEncoder(dtype=float if kind in (str, object) else kind)
    columns = make_column_transformer(("passthrough", make_column_selector(dtype_include=kind)), remainder=encoder)
    columns.fit(table)
    built = build(unwrap(pickle.dumps(columns, protocol=protocol)))
    assert str(built.transform(table)) == str(columns.transform(table))


def test_a_type_said_by_a_text_is_one_of_a_few():
    """A text such as `U9999999` would make an encoder write forty megabytes for each row."""
    encoder = OneHotEncoder().fit(np.array([["a"], ["b"]]))
    for text in ("U9999999", "f8,f8", "(1000,1000)f8", "V10"):
        with pytest.raises(Rejection, match="bad_structure"):
            forged(encoder, dtype=text)


def test_names_of_columns_noted_on_a_model_are_left_behind():
    """Users set `model.columns = table.columns` before saving; an index or a set there was refused."""
    model = LogisticRegression().fit(ROWS, YES_NO)
    built = forged(model, columns_used=pd.DataFrame(ROWS, columns=list("abcd")).columns, known={"a", "b"})
    assert not hasattr(built, "columns_used")
    assert np.array_equal(built.predict(ROWS), model.predict(ROWS))


def test_polynomials_say_how_many_columns_they_read():
    """Without that number, a row of fewer columns left most of the answer as uninitialised memory."""
    polynomials = PolynomialFeatures(3).fit(ROWS)
    assert np.array_equal(forged(polynomials).transform(ROWS), polynomials.transform(ROWS))
    del polynomials.n_features_in_
    with pytest.raises(Rejection, match="bad_structure"):
        forged(polynomials)
