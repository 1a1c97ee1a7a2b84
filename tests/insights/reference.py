"""Explore's figures computed a second time, in loops over plain Python values, sharing no code with `lib.insights`.

Slow and simple on purpose: each function reads like the sentence that defines the figure.
"""

import bisect
import math
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import combinations, pairwise

import pandas as pd


@dataclass
class Order:
    customer: str
    at: datetime
    amount: float
    pieces: float
    country: str | None
    products: set[str] = field(default_factory=set)
    lines: list[tuple[str, float, float]] = field(default_factory=list)
    """Product, amount and pieces of each line with a product."""
    order_id: str = ""
    number: int = 0
    first_at: datetime = datetime.min
    previous: datetime | None = None
    next: datetime | None = None


@dataclass
class Return:
    customer: str
    at: datetime
    amount: float
    country: str | None
    after: int = 0
    product: str | None = None


@dataclass
class Shop:
    orders: list[Order]
    returns: list[Return]
    by_customer: dict[str, list[Order]]
    returns_of: dict[str, list[Return]]
    first_day: datetime
    end: datetime
    edge: int
    lapse: int


def text_or_none(cell: object) -> str | None:
    return None if cell is None or (isinstance(cell, float) and math.isnan(cell)) or cell is pd.NA else str(cell)


def without_variants(name: str) -> str:
    """A name without capitals, accents and further blanks, in which people type it differently."""
    letters = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(one for one in letters if not unicodedata.combining(one)).split())


def usual_names(lines: pd.DataFrame, returns: pd.DataFrame, column: str) -> dict[str | None, str | None]:
    """Each name of a product or country → the variant of it that most rows have, the first one of equals."""
    cells = [text_or_none(cell) for table in (lines, returns) for cell in table[column].tolist()]
    counts = Counter(cell for cell in cells if cell is not None)
    variants: dict[str, list[str]] = defaultdict(list)
    for name in counts:
        variants[without_variants(name)].append(name)
    usual = {key: min(names, key=lambda name: (-counts[name], name)) for key, names in variants.items()}
    return {None: None} | {name: usual[without_variants(name)] for name in counts}


def read(lines: pd.DataFrame, returns: pd.DataFrame) -> Shop:
    products, countries = (usual_names(lines, returns, column) for column in ("product", "country"))
    found: dict[tuple[str, str], Order] = {}
    for row in lines.itertuples():
        at = row.ordered_at.to_pydatetime()
        order = found.get((row.order_id, row.customer_id))
        if order is None:
            order = Order(row.customer_id, at, 0.0, 0.0, countries[text_or_none(row.country)], order_id=row.order_id)
            found[row.order_id, row.customer_id] = order
        order.at = min(order.at, at)
        order.amount += row.amount
        order.pieces += row.quantity
        product = products[text_or_none(row.product)]
        if product is not None:
            order.products.add(product)
            order.lines.append((product, row.amount, row.quantity))
    orders = sorted(found.values(), key=lambda order: order.at)
    by_customer: dict[str, list[Order]] = defaultdict(list)
    for order in orders:
        by_customer[order.customer].append(order)
    gaps = []
    for own in by_customer.values():
        for place, order in enumerate(own):
            order.number, order.first_at = place + 1, own[0].at
            order.previous = own[place - 1].at if place else None
            order.next = own[place + 1].at if place + 1 < len(own) else None
            if order.previous:
                gaps.append((order.at - order.previous).total_seconds() / 86_400)
    back = [
        Return(
            row.customer_id,
            row.ordered_at.to_pydatetime(),
            row.amount,
            countries[text_or_none(row.country)],
            product=products[text_or_none(row.product)],
        )
        for row in returns.itertuples()
    ]
    for one in back:
        one.after = sum(order.at <= one.at for order in by_customer.get(one.customer, []))
    returns_of: dict[str, list[Return]] = defaultdict(list)
    for one in back:
        returns_of[one.customer].append(one)
    days = sorted({order.at.date() for order in orders})
    between = sorted((b - a).days for a, b in pairwise(days))
    edge = int(min(3, quantile(between, 0.95) - 1)) if between else 0
    lapse = 180 if len(gaps) < 20 else int(min(365, max(60, 30 * math.ceil(quantile(sorted(gaps), 0.9) / 30))))
    return Shop(
        orders, back, by_customer, returns_of, midnight(days[0]), midnight(days[-1]) + timedelta(1), edge, lapse
    )


def quantile(ordered: list, share: float) -> float:
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)


@dataclass
class View:
    shop: Shop
    start: datetime
    end: datetime
    countries: tuple[str, ...]
    net: bool
    orders: list[Order]
    returns: list[Return]
    among: frozenset[str] | None = None
    """Customers that are looked at alone; None: all."""


def view(
    shop: Shop,
    start: datetime | None,
    end: datetime | None,
    countries: tuple[str, ...],
    net: bool,
    among: frozenset[str] | None = None,
) -> View:
    start = shop.first_day if start is None else max(start, shop.first_day)
    end = shop.end if end is None else min(end, shop.end)

    def passes(one: Order | Return) -> bool:
        return start <= one.at < end and (not countries or one.country in countries) and is_among(one.customer, among)

    # a return may lie after the last order: only a filter's own end keeps it out
    return View(
        shop,
        start,
        end,
        countries,
        net,
        [order for order in shop.orders if passes(order)],
        [one for one in shop.returns if net and passes(one)],
        among,
    )


def is_among(customer: str, among: frozenset[str] | None) -> bool:
    return among is None or customer in among


def all_view(shop: Shop, net: bool = True) -> View:
    return View(shop, shop.first_day, shop.end, (), net, shop.orders, shop.returns if net else [])


def revenue(v: View) -> float:
    return sum(order.amount for order in v.orders) + sum(one.amount for one in v.returns)


def returned_outside(v: View) -> float:
    """What was given back on days before the first order or after the last one, above zero."""
    first, last = min(order.at for order in v.shop.orders).date(), max(order.at for order in v.shop.orders).date()
    return -sum(one.amount for one in v.returns if not first <= one.at.date() <= last)


def key_figures(v: View) -> dict[str, float]:
    buyers = {order.customer for order in v.orders}
    reached = {order.customer: order.number for order in v.orders}  # by time: the last one stays
    return {
        "revenue": revenue(v),
        "customers": len(buyers),
        "new_customers": sum(order.number == 1 for order in v.orders),
        "orders": len(v.orders),
        "order_value": revenue(v) / len(v.orders) if v.orders else math.nan,
        "repeat_share": sum(number > 1 for number in reached.values()) / len(buyers) if buyers else math.nan,
    }


def bucket(at: datetime, frequency: str) -> datetime:
    day = midnight(at.date())
    if frequency == "day":
        return day
    if frequency == "week":
        return day - timedelta(day.weekday())
    return datetime(day.year, day.month if frequency == "month" else 3 * ((day.month - 1) // 3) + 1, 1)


def following(start: datetime, frequency: str) -> datetime:
    if frequency == "day":
        return start + timedelta(1)
    if frequency == "week":
        return start + timedelta(7)
    months = start.month + (1 if frequency == "month" else 3)
    return datetime(start.year + (months > 12), months - 12 if months > 12 else months, 1)


def starts(v: View, frequency: str) -> list[datetime]:
    found = [bucket(v.start, frequency)]
    while following(found[-1], frequency) < v.end:
        found.append(following(found[-1], frequency))
    return found


def is_complete(v: View, start: datetime, frequency: str) -> bool:
    slack = timedelta(v.shop.edge if frequency in ("month", "quarter") else 0)
    begins = v.start - slack if v.start == v.shop.first_day else v.start
    ends = v.end + slack if v.end == v.shop.end else v.end
    return start >= begins and following(start, frequency) <= ends


def over_time(v: View, frequency: str) -> list[dict[str, object]]:
    rows = []
    found = starts(v, frequency)
    orders_of, returns_of = defaultdict(list), defaultdict(list)
    for order in v.orders:
        orders_of[bucket(order.at, frequency)].append(order)
    for one in v.returns:
        returns_of[min(max(bucket(one.at, frequency), found[0]), found[-1])].append(one)
    for start in found:
        orders, back = orders_of[start], returns_of[start]
        money = sum(order.amount for order in orders) + sum(one.amount for one in back)
        new = sum(order.amount for order in orders if order.number == 1) + sum(
            one.amount for one in back if one.after == 1
        )
        rows.append(
            {
                "start": start,
                "revenue": money,
                "new_revenue": new,
                "returning_revenue": money - new,
                "orders": len(orders),
                "customers": len({order.customer for order in orders}),
                "new_customers": sum(order.number == 1 for order in orders),
                "order_value": money / len(orders) if orders else math.nan,
                "complete": is_complete(v, start, frequency),
            }
        )
    return rows


def movement(v: View, frequency: str) -> list[dict[str, object]]:
    lapse = timedelta(v.shop.lapse)
    rows = []
    orders_of, ended = defaultdict(list), defaultdict(set)
    for order in v.orders:
        orders_of[bucket(order.at, frequency)].append(order)
    for order in v.shop.orders:
        gone = order.at + lapse
        stayed = order.next is not None and order.next <= gone
        here = (not v.countries or order.country in v.countries) and is_among(order.customer, v.among)
        if v.start <= gone < v.end and not stayed and here:
            ended[bucket(gone, frequency)].add(order.customer)
    for start in starts(v, frequency):
        kinds: Counter[str] = Counter(lost=len(ended[start]))
        seen = set()
        for order in orders_of[start]:
            if order.customer in seen:
                continue
            seen.add(order.customer)
            if order.number == 1:
                kinds["new"] += 1
            elif order.at - order.previous > lapse:
                kinds["reactivated"] += 1
            else:
                kinds["returning"] += 1
        rows.append(
            {
                "start": start,
                **{name: kinds[name] for name in ("new", "returning", "reactivated", "lost")},
                "complete": is_complete(v, start, frequency),
            }
        )
    return rows


def customers(v: View) -> dict[str, dict[str, object]]:
    found: dict[str, dict[str, object]] = {}
    for order in v.orders:
        row = found.setdefault(order.customer, {"frequency_orders": 0, "monetary_total": 0.0})
        row["frequency_orders"] += 1
        row["monetary_total"] += order.amount
        row |= {
            "first_order": order.first_at,
            "last_order": order.at,
            "country": order.country,
            "order_number": order.number,
            "recency_days": int((v.end - order.at).total_seconds() // 86_400),
        }
    for one in v.returns:
        if one.customer in found:
            found[one.customer]["monetary_total"] += one.amount
    for row in found.values():
        row["order_value"] = row["monetary_total"] / row["frequency_orders"]
    return found


def band(value: int, ends: tuple[int, ...]) -> int:
    return sum(value > end for end in ends)


def rfm_grid(v: View) -> dict[tuple[int, int], tuple[int, float]]:
    grid: dict[tuple[int, int], tuple[int, float]] = {}
    for row in customers(v).values():
        cell = band(row["recency_days"], (30, 90, 180, 365)), band(row["frequency_orders"], (1, 2, 5, 10))
        count, money = grid.get(cell, (0, 0.0))
        grid[cell] = count + 1, money + row["monetary_total"]
    return grid


def pareto(v: View, share: float) -> float:
    money = sorted((row["monetary_total"] for row in customers(v).values()), reverse=True)
    best = math.ceil(share * len(money) - 1e-9)
    return sum(money[:best]) / sum(money) if sum(money) > 0 else 0.0


def by_country(v: View) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for name in {order.country for order in v.orders if order.country is not None}:
        orders = [order for order in v.orders if order.country == name]
        found[name] = {
            "revenue": sum(order.amount for order in orders)
            + sum(one.amount for one in v.returns if one.country == name),
            "customers": len({order.customer for order in orders}),
            "new_customers": sum(order.number == 1 for order in orders),
            "orders": len(orders),
        }
    return found


def cohorts(v: View, limit: int = 13) -> list[dict[str, object]]:
    def month(at: datetime) -> int:
        return at.year * 12 + at.month - 1

    members: dict[int, set[str]] = defaultdict(set)
    for order in v.orders:
        if order.number == 1:
            members[month(order.at)].add(order.customer)
    orders_of, returns_of = defaultdict(list), defaultdict(list)
    for order in v.orders:
        orders_of[month(order.at)].append(order)
    for one in v.returns:
        returns_of[month(one.at)].append(one)
    last = month(v.end - timedelta(seconds=1))
    rows = []
    for cohort in sorted(members):
        if cohort < last - limit + 1:
            continue
        for age in range(min(limit, last - cohort + 1)):
            now = cohort + age
            start = datetime(now // 12, now % 12 + 1, 1)
            orders = [order for order in orders_of[now] if order.customer in members[cohort]]
            back = [one for one in returns_of[now] if one.customer in members[cohort]]
            money = sum(order.amount for order in orders) + sum(one.amount for one in back)
            size = len(members[cohort])
            active = len({order.customer for order in orders})
            rows.append(
                {
                    "cohort": datetime(cohort // 12, cohort % 12 + 1, 1),
                    "age_months": age,
                    "size": size,
                    "active": active,
                    "share": active / size,
                    "revenue": money,
                    "revenue_per_customer": money / size,
                    "order_value": money / len(orders) if orders else math.nan,
                    "complete": is_complete(v, start, "month"),
                }
            )
    return rows


def weekday_hour(v: View) -> Counter[tuple[int, int]]:
    return Counter((order.at.weekday(), order.at.hour) for order in v.orders)


def weekday_hour_money(v: View) -> dict[tuple[int, int], float]:
    money: dict[tuple[int, int], float] = defaultdict(float)
    for order in v.orders:
        money[order.at.weekday(), order.at.hour] += order.amount
    return money


def products(v: View) -> dict[str, dict[str, float]]:
    """Product → its row; shares are left to the caller."""
    rows: dict[str, dict[str, float]] = {}
    buyers: dict[str, dict[str, Order]] = defaultdict(dict)
    for order in v.orders:  # by time: the first order of a customer with the product stays
        for product, amount, pieces in order.lines:
            row = rows.setdefault(product, dict.fromkeys(("sold", "pieces", "orders", "first_orders", "returned"), 0.0))
            row["sold"] += amount
            row["pieces"] += pieces
        for product in order.products:
            rows[product]["orders"] += 1
            rows[product]["first_orders"] += order.number == 1
            buyers[product].setdefault(order.customer, order)
    for one in v.returns:
        if one.product in rows:
            rows[one.product]["returned"] -= one.amount
    for product, first in buyers.items():
        again = sum(order.number < len(v.shop.by_customer[who]) for who, order in first.items())
        rows[product] |= {"customers": len(first), "ordered_again": again / len(first)}
    return rows


def pairs_of_products(v: View, among: set[str]) -> Counter[tuple[str, str]]:
    """How many orders hold both of two products, in alphabetical order."""
    return Counter(pair for order in v.orders for pair in combinations(sorted(order.products & among), 2))


def reorder_curve(v: View, kind: str, days: int) -> float:
    """1 − product over days of (1 − orders followed on that day ÷ orders still watched)."""
    spans = []
    for order in v.orders:
        if (order.number == 1) == (kind == "first"):
            followed = order.next is not None and order.next < v.end
            until = order.next if followed else v.end
            spans.append((int((until - order.at).total_seconds() // 86_400), followed))
    lengths = sorted(length for length, _ in spans)
    ends = Counter(length for length, followed in spans if followed)
    waiting = 1.0
    for day in range(days + 1):
        watched = len(lengths) - bisect.bisect_left(lengths, day)
        if watched:
            waiting *= 1 - ends[day] / watched
    return 1 - waiting


def segments(shop: Shop, at: datetime, net: bool, frozen_at: datetime | None = None) -> dict[str, str]:
    def state(moment: datetime) -> dict[str, tuple[int, int, float]]:
        found = {}
        for who, own in shop.by_customer.items():
            past = [order for order in own if order.at < moment]
            if past:
                money = sum(order.amount for order in past)
                if net:
                    money += sum(one.amount for one in shop.returns_of[who] if one.at < moment)
                found[who] = int((moment - past[-1].at).total_seconds() // 86_400), len(past), money
        return found

    now, against = state(at), state(frozen_at or at)
    ordered = [sorted(values[place] for values in against.values()) for place in range(3)]

    def score(value: float, place: int) -> int:
        low, high = bisect.bisect_left(ordered[place], value), bisect.bisect_right(ordered[place], value)
        return min(5, max(1, math.ceil(5 * (low + high) / 2 / len(ordered[place]))))

    def name(days: int, orders: int, money: float) -> str:
        r, f, m = 6 - score(days, 0), score(orders, 1), score(money, 2)
        lapsed = days > shop.lapse
        quiet = lapsed or (r <= 2 and days > shop.lapse / 2)
        recent = r >= 4 and not lapsed
        if orders == 1:
            return "new" if recent else "lost" if quiet and r == 1 else "one_time"
        if recent:
            if f >= 4:
                return "champions" if m >= 4 else "loyal"
            return "big_spenders" if m == 5 else "promising"
        if quiet:
            if f >= 4 and m >= 4:
                return "cant_lose"
            return "at_risk" if f >= 3 else "lost" if r == 1 else "hibernating"
        if f >= 4:
            return "loyal"
        return "big_spenders" if m >= 4 else "core" if f == 3 else "occasional"

    return {who: name(*values) for who, values in now.items()}


def findings(v: View) -> dict[str, dict[str, float]]:
    """The facts of the sentences that stand first, by kind; nothing is said of few customers or orders."""
    found: dict[str, dict[str, float]] = {}
    people, states = customers(v), segments(v.shop, v.end, v.net)
    quiet = [row for who, row in people.items() if states[who] in ("at_risk", "cant_lose")]
    if len(quiet) >= 3:
        days = quantile(sorted(row["recency_days"] for row in quiet), 0.5)
        found["quiet"] = {
            "customers": len(quiet),
            "revenue": sum(row["monetary_total"] for row in quiet),
            "months": max(1, round(days / 30.44)),
        }
    start = max(v.start, v.end - timedelta(90))
    length = v.end - start
    latest = view(v.shop, start, v.end, v.countries, v.net, v.among)
    reaches_back = start - length >= v.shop.first_day - timedelta(v.shop.edge)
    if reaches_back and latest.orders and length.days >= 7:
        before = revenue(view(v.shop, start - length, start, v.countries, v.net, v.among))
        if before > 0:
            change = revenue(latest) / before - 1
            kind = "trend_up" if change >= 0.02 else "trend_down" if change <= -0.02 else "trend_flat"
            found[kind] = {"days": length.days, "revenue": revenue(latest), "change": abs(change)}
    money = sorted((row["monetary_total"] for row in people.values()), reverse=True)
    if len(money) >= 20 and sum(money) > 0:
        best = math.ceil(0.1 * len(money) - 1e-9)
        found["best"] = {"customers": best, "share": sum(money[:best]) / sum(money)}
    once = [who for who in people if sum(order.at < v.end for order in v.shop.by_customer[who]) == 1]
    if len(people) >= 20 and len(once) >= 3:
        found["once"] = {"customers": len(once), "share": len(once) / len(people)}
    sold, theirs = sum(order.amount for order in v.orders), [r for r in v.returns if r.customer in v.shop.by_customer]
    back, who = -sum(one.amount for one in theirs), {one.customer for one in theirs}
    if sold > 0 and back / sold >= 0.02 and len(who) >= 3:
        found["returns"] = {"customers": len(who), "revenue": back, "share": back / sold}
    new = [order for order in latest.orders if order.number == 1]
    if len(new) >= 3 and start > v.shop.first_day:
        found["new"] = {"customers": len(new), "days": length.days, "revenue": sum(o.amount for o in new) / len(new)}
    return found


def lifetime_value(v: View, limit: int = 8) -> list[dict[str, object]]:
    """Money per customer of each cohort within n times 30 days since the customer's own first order."""
    frequency = "month" if (v.shop.end - v.shop.first_day).days <= 275 else "quarter"
    members: dict[datetime, dict[str, datetime]] = defaultdict(dict)
    for order in v.orders:
        if order.number == 1:
            members[bucket(order.at, frequency)][order.customer] = order.at
    rows = []
    for cohort in sorted(members)[-limit:]:
        begun = members[cohort]
        money = [(one.customer, one.at, one.amount) for one in (*v.orders, *v.returns) if one.customer in begun]
        watched = (v.end - max(begun.values())) // timedelta(30)
        for months in range(max(0, watched) + 1):
            until = timedelta(30 * months)
            spent = sum(amount for who, at, amount in money if at == begun[who] or begun[who] < at < begun[who] + until)
            rows.append(
                {"cohort": cohort, "customers": len(begun), "months": months, "per_customer": spent / len(begun)}
            )
    return rows


def cohorts_by(v: View, kind: str) -> dict[tuple[str, int], dict[str, float]]:
    """Group and month of age → customers watched, active, and money of the watched ones; by product or country."""
    found: dict[tuple[str, int], dict[str, float]] = {}
    groups: dict[str, set[str]] = defaultdict(set)
    first = {order.customer: order for order in v.orders if order.number == 1}
    for who, order in first.items():
        for name in order.products if kind == "product" else {order.country} - {None}:
            groups[name].add(who)
    for name, members in groups.items():
        for month in range(1, 13):
            low, high = timedelta(30 * (month - 1)), timedelta(30 * month)
            watched = {who for who in members if first[who].at + high <= v.end}
            active, money = set(), 0.0
            for one in (*v.orders, *v.returns):
                if one.customer in watched and one.at >= first[one.customer].at:
                    passed = one.at - first[one.customer].at
                    money += one.amount if passed < high else 0.0
                    if isinstance(one, Order) and max(low, timedelta(microseconds=1)) <= passed < high:
                        active.add(one.customer)
            found[name, month] = {"size": len(members), "watched": len(watched), "active": len(active), "money": money}
    return found
