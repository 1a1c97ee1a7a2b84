"""Every place that counts orders counts as many as Explore, also where two customers have one number."""

import pytest

from lib import insights
from lib.orders import average_order_value, number_of_orders
from tests.insights.any_shops import any_shop


@pytest.mark.parametrize("seed", range(12))
def test_orders_are_counted_by_number_and_customer(seed: int) -> None:
    lines, returns = any_shop(seed)
    pairs = set(zip(lines["order_id"], lines["customer_id"], strict=True))
    assert number_of_orders(lines) == len(pairs)
    net = sum(lines["amount"].tolist()) + sum(returns["amount"].tolist())
    assert average_order_value(lines, returns) == pytest.approx(max(0.0, net / len(pairs)))
    size = insights.size(insights.prepare(lines, returns))
    assert number_of_orders(lines) == size.orders
    if size.revenue > 0:
        assert average_order_value(lines, returns) == pytest.approx(size.revenue / size.orders)


def test_some_of_these_shops_share_numbers_between_customers() -> None:
    shared = [lines["order_id"].nunique() < number_of_orders(lines) for lines, _ in map(any_shop, range(0, 12, 4))]
    assert any(shared)
