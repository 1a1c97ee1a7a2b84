"""An independent judge of model files, `tabcustody`, finds no training table in ours, and does find one in a k-NN.

It looks for two-dimensional arrays with the customers' rows. It is blind where `lib/leaks` is not: exact answers in the
leaves of a forest, ids among categories.
"""

import pickle

import numpy as np
import pytest
import tabcustody
from sklearn.neighbors import KNeighborsRegressor

from tests.leaks.honest_files import MODELS, customer_table, honest_file


def judged(data: bytes, folder):
    path = folder / "model.pkl"
    path.write_bytes(data)
    report = tabcustody.scan_file(path)
    assert report.error is None
    return report.findings


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(MODELS))
def test_the_judge_finds_no_training_table_in_a_file_of_ours(kind, tmp_path):
    assert judged(honest_file(kind, 3).data, tmp_path) == ()


def test_the_judge_sees_a_training_table_where_there_is_one(tmp_path):
    table = customer_table(np.random.default_rng(0), 200).drop(columns="country")
    kept = KNeighborsRegressor().fit(table, table["monetary_total"])
    assert judged(pickle.dumps(kept), tmp_path)
