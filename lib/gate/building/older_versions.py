"""Methods of older scikit-learn versions, for estimators whose formula changed and whose state did not.

`judging/translation.py` names the class that an object of an older version is built as. Each method is the one of the
version that its docstring names, so a file answers as it did where it was made. Only a worker imports this module, and
no object of these classes leaves it.
"""

from __future__ import annotations

from typing import NoReturn, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray
from sklearn.ensemble import AdaBoostClassifier, GradientBoostingClassifier
from sklearn.impute import KNNImputer
from sklearn.linear_model import LogisticRegression, LogisticRegressionCV
from sklearn.neighbors import NearestCentroid

Floats: TypeAlias = NDArray[np.float64]
Table: TypeAlias = pd.DataFrame | ArrayLike


class AdaBoostByChances(AdaBoostClassifier):
    """SAMME.R, the default before 1.6: `ensemble/_weight_boosting.py` of 1.5, `_samme_proba`.

    Zhu, Zou, Rosset and Hastie 2009, "Multi-class AdaBoost", algorithm 4, step 2c.
    """

    def decision_function(self, X: Table) -> Floats:
        """Mean over the estimators of their centred log chances; (rows,) for two classes, else (rows, classes)."""
        rows = self._check_X(X)
        total = sum(self._centred(np.asarray(one.predict_proba(rows))) for one in self.estimators_)
        return self._one_column(np.asarray(total) / self.estimator_weights_.sum())

    def _centred(self, chances: Floats) -> Floats:
        logs = np.log(np.clip(chances, np.finfo(chances.dtype).eps, None))
        centred: Floats = (self.n_classes_ - 1) * (logs - (1.0 / self.n_classes_) * logs.sum(axis=1)[:, np.newaxis])
        return centred

    def _one_column(self, decision: Floats) -> Floats:
        if self.n_classes_ != 2:
            return decision
        decision[:, 0] *= -1
        summed: Floats = decision.sum(axis=1)
        return summed


class AdaBoostByVotes(AdaBoostByChances):
    """SAMME before 1.3: an estimator that votes for another class counts 0, not −1 / (classes − 1)."""

    def decision_function(self, X: Table) -> Floats:
        """Share of the weights that vote for each class; (rows,) for two classes, else (rows, classes)."""
        rows, classes = self._check_X(X), self.classes_[:, np.newaxis]
        pairs = zip(self.estimators_, self.estimator_weights_, strict=False)
        total = sum((one.predict(rows) == classes).T * weight for one, weight in pairs)
        return self._one_column(np.asarray(total) / self.estimator_weights_.sum())


class GradientBoostingUncentred(GradientBoostingClassifier):
    """Several classes before 1.4: raw predictions begin at the log chances, which 1.4 centres for each row.

    `ensemble/_gb_losses.py` of 1.3, `MultinomialDeviance.get_init_raw_predictions`.
    """

    def _raw_predict_init(self, X: Table) -> Floats:
        self._check_initialized()
        rows = self.estimators_[0, 0]._validate_X_predict(X, check_input=True)
        if isinstance(self.init_, str):  # "zero"
            return np.zeros((rows.shape[0], self.n_trees_per_iteration_))
        least = np.finfo(np.float32).eps
        begun: Floats = np.log(np.clip(self.init_.predict_proba(rows), least, 1 - least)).astype(np.float64)
        return begun


class _OneAgainstRest:
    """`multi_class="ovr"`, and liblinear by itself, before 1.8: a chance for each class, brought to a sum of 1.

    `linear_model/_base.py`, `LinearClassifierMixin._predict_proba_lr`.
    """

    def predict_proba(self, X: Table) -> Floats:
        """(rows, classes)."""
        chances: Floats = self._predict_proba_lr(X)  # type: ignore[attr-defined]
        return chances


class OneAgainstRestLogisticRegression(_OneAgainstRest, LogisticRegression):
    """One model for each class, none for all of them."""


class OneAgainstRestLogisticRegressionCV(_OneAgainstRest, LogisticRegressionCV):
    """One model for each class, none for all of them; chosen by cross-validation."""


class SoftmaxOfTwoLogisticRegression(LogisticRegression):
    """`multi_class="multinomial"` of two classes before 1.8: the softmax of (−d, d), which is expit(2 d)."""

    def predict_proba(self, X: Table) -> Floats:
        """(rows, 2)."""
        decision = self.decision_function(X)
        both = np.c_[-decision, decision]
        powers = np.exp(both - both.max(axis=1, keepdims=True))
        chances: Floats = powers / powers.sum(axis=1, keepdims=True)
        return chances


class SoftmaxOfTwoLogisticRegressionCV(LogisticRegressionCV):
    """`multi_class="multinomial"` of two classes before 1.8, chosen by cross-validation."""

    predict_proba = SoftmaxOfTwoLogisticRegression.predict_proba


class NearestCentroidAlone(NearestCentroid):
    """Before 1.6 the nearest centroid was the answer, without chances, and classes had no priors."""

    def _not_then(self) -> NoReturn:
        raise AttributeError("NearestCentroid had no such method before scikit-learn 1.6")

    predict_proba = property(_not_then)
    predict_log_proba = property(_not_then)
    decision_function = property(_not_then)


class KNNImputerAnyDonor(KNNImputer):
    """Before 1.6, with uniform weights, a donor without any common column counted like the others.

    `impute/_knn.py` of 1.5, `KNNImputer._calc_impute`.
    """

    def _calc_impute(
        self, dist_pot_donors: Floats, n_neighbors: int, fit_X_col: Floats, mask_fit_X_col: NDArray[np.bool_]
    ) -> Floats:
        if self.weights != "uniform":
            weighed: Floats = super()._calc_impute(dist_pot_donors, n_neighbors, fit_X_col, mask_fit_X_col)
            return weighed
        places = np.argpartition(dist_pot_donors, n_neighbors - 1, axis=1)[:, :n_neighbors]
        donors = np.ma.array(fit_X_col.take(places), mask=mask_fit_X_col.take(places))
        filled = np.ma.average(donors, axis=1, weights=None)
        return np.asarray(filled.data, np.float64)


OLDER: dict[str, type] = {
    one.__name__: one
    for one in (
        AdaBoostByChances,
        AdaBoostByVotes,
        GradientBoostingUncentred,
        KNNImputerAnyDonor,
        NearestCentroidAlone,
        OneAgainstRestLogisticRegression,
        OneAgainstRestLogisticRegressionCV,
        SoftmaxOfTwoLogisticRegression,
        SoftmaxOfTwoLogisticRegressionCV,
    )
}
"""Name, as a translation gives it → class."""
