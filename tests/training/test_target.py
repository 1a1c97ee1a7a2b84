"""Which column of a table people want to predict."""

import pytest

from lib.training.target import suggested_target


@pytest.mark.parametrize(
    ("columns", "suggested"),
    [
        (["customerID", "tenure", "Churn"], "Churn"),
        (["CLIENTNUM", "Attrition_Flag", "Age"], "Attrition_Flag"),
        (["Income", "Response", "AcceptedCmp1"], "Response"),
        (["edad", "importe", "baja"], "baja"),
        (["Exited", "Balance"], "Exited"),
        (["age", "income", "correspondence", "churning_machine_owner_id"], None),
        (["rebaja", "embajada"], None),
    ],
)
def test_a_column_named_like_an_outcome_is_suggested(columns: list[str], suggested: str | None) -> None:
    assert suggested_target(columns) == suggested
