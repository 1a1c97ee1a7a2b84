"""Customers in a file are found, and customers who are not in it are not."""

import bz2
import gzip
import io
import lzma
import math
import pickle
import zipfile
import zlib
from dataclasses import replace

import joblib
import lz4.frame
import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.impute import KNNImputer
from sklearn.linear_model import LogisticRegression
from sklearn.mixture import GaussianMixture
from sklearn.neighbors import KNeighborsClassifier, KNeighborsRegressor
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import MinMaxScaler, OneHotEncoder, QuantileTransformer, StandardScaler
from sklearn.svm import SVC
from threadpoolctl import threadpool_info, threadpool_limits

from lib.card import Card
from lib.leaks import Traces, search
from lib.leaks.membership import _log_density, membership
from lib.leaks.numbers import _digits, _is_fraction
from lib.leaks.unpacking import layers
from lib.model_file import FORMATS, to_bytes
from lib.model_file.row_encodings import row_encodings, target_encodings
from lib.recipes import Inputs, prepare
from lib.training.describe import describe
from tests.machine import slowness

COUNT = 600
NUMBERS = ["recency_days", "frequency_orders", "monetary_total", "order_value_mean", "weekend_share"]
INPUTS = Inputs(tuple(NUMBERS[:4]), ("weekend_share",), (), {"country": ("Spain", "France")})


def shop(count=COUNT, seed=3):
    draw = np.random.default_rng(seed)
    orders = draw.geometric(0.25, count).astype(float)
    total = np.round(draw.lognormal(5, 1, count), 2)
    return pd.DataFrame(
        {
            "recency_days": draw.integers(0, 370, count).astype(float),
            "frequency_orders": orders,
            "monetary_total": total,
            "order_value_mean": total / orders,
            "weekend_share": np.round(orders * draw.random(count)) / orders,
            "country": pd.Series(draw.choice(["Spain", "France"], count), dtype="str").to_numpy(),
        },
        index=pd.Index([str(12_346 + 7 * at + at % 3) for at in range(count)], name="customer_id"),
    )


@pytest.fixture(scope="module")
def frame():
    return shop()


@pytest.fixture(scope="module")
def spent(frame):
    draw = np.random.default_rng(5)
    return pd.Series(np.round(frame["monetary_total"] * draw.random(len(frame)), 2), index=frame.index)


def found(data, frame, encodings=(), **more):
    return search(data, frame, encodings=list(encodings), **more).found


# ----------------------------------------------------------------------------------- models that do hold customers


@pytest.mark.parametrize("write", [pickle.dumps, lambda model: joblib_dumped(model), lambda model: skops_dumped(model)])
def test_the_neighbours_of_a_knn_are_all_found(frame, spent, write):
    numbers = frame[NUMBERS]
    assert found(write(KNeighborsRegressor().fit(numbers, spent)), frame) > 0.98 * COUNT


def test_neighbours_that_were_scaled_first_are_all_found(frame, spent):
    pipeline = make_pipeline(StandardScaler(), KNeighborsRegressor()).fit(frame[NUMBERS], spent)
    assert found(pickle.dumps(pipeline), frame, row_encodings(pipeline, frame[NUMBERS])) == COUNT


def test_neighbours_with_rounded_numbers_are_found_by_their_company(frame):
    """No number has more than three digits, so that none of them tells anything; together they do."""
    rounded = frame[NUMBERS].apply(lambda column: column.map(lambda value: float(f"{value:.2e}")))
    kept = pickle.dumps(KNeighborsClassifier().fit(rounded, frame["country"]))
    report = search(kept, rounded)
    assert report.found > 0.6 * COUNT
    assert set(report.kinds) == {"rows"}


@pytest.mark.parametrize("dtype", ["float64", "float32", ">f8"])
@pytest.mark.parametrize("order", ["C", "F"])
def test_rows_are_found_however_they_lie_in_memory(frame, dtype, order):
    rows = np.asarray(frame[NUMBERS].to_numpy(), dtype=dtype, order=order)
    if dtype == ">f8":
        rows = rows.astype(">f8")
    assert found(b"odd" + rows.tobytes("A") + b"length", frame) > 0.9 * COUNT


def test_whole_numbers_are_found_as_integers():
    draw = np.random.default_rng(0)
    whole = pd.DataFrame(draw.integers(100, 999, (COUNT, 4)), columns=list("abcd"))
    assert found(pickle.dumps(whole.to_numpy()), whole.astype("float64")) == COUNT


def test_one_customers_row_in_a_plain_list_is_found(frame):
    assert found(pickle.dumps({"example": frame[NUMBERS].iloc[17].tolist()}), frame) >= 1


@pytest.mark.slow
def test_a_forest_with_full_leaves_holds_what_people_spent(frame, spent):
    forest = RandomForestRegressor(10, random_state=0).fit(frame[NUMBERS], spent)
    assert found(pickle.dumps(forest), frame, target_encodings(spent)) > 0.8 * COUNT


@pytest.mark.slow
def test_a_forest_of_logarithms_does_too(frame, spent):
    forest = RandomForestRegressor(10, random_state=0).fit(frame[NUMBERS], np.log1p(spent))
    assert found(pickle.dumps(forest), frame, target_encodings(spent)) > 0.8 * COUNT


@pytest.mark.slow
def test_one_hot_encoded_mails_are_all_found(frame):
    mails = pd.DataFrame({"mail": [f"anna.{at}@example.org" for at in range(COUNT)]}, index=frame.index)
    encoder = OneHotEncoder().fit(mails)
    for data in (pickle.dumps(encoder), joblib_dumped(encoder), skops_dumped(encoder)):
        assert found(data, mails) == COUNT


@pytest.mark.slow
@pytest.mark.parametrize(
    "model",
    [SVC(), GaussianProcessRegressor(), KNNImputer(), QuantileTransformer(n_quantiles=COUNT)],
    ids=lambda model: type(model).__name__,
)
def test_other_keepers_of_rows_are_found(frame, spent, model):
    target = frame["country"] if isinstance(model, SVC) else spent
    assert found(pickle.dumps(model.fit(frame[NUMBERS], target)), frame) > 0.3 * COUNT


def test_the_largest_customer_in_a_scaler_is_found(frame):
    report = search(pickle.dumps(MinMaxScaler().fit(frame[["monetary_total"]])), frame)
    assert 1 <= report.found <= 2


def test_a_group_of_one_customer_is_found(frame):
    """A centre is the mean of its group, and of one customer the mean is the customer."""
    outlier = frame[NUMBERS].copy()
    outlier.iloc[0, 2] = 991_234.56
    pipeline = make_pipeline(StandardScaler(), KMeans(5, n_init=3, random_state=0)).fit(outlier)
    pipeline[-1].labels_ = None
    assert 1 <= found(pickle.dumps(pipeline), outlier, row_encodings(pipeline, outlier)) <= 4


def test_a_rare_country_is_found_and_a_frequent_one_is_not(frame):
    countries = frame[["country"]].copy()
    countries.iloc[:3, 0] = "Liechtenstein"
    encoder = OneHotEncoder(min_frequency=10, handle_unknown="infrequent_if_exist").fit(countries)
    assert found(pickle.dumps(encoder), countries) == 3, "scikit-learn keeps the names of what it calls infrequent"
    assert found(pickle.dumps(OneHotEncoder().fit(countries.iloc[3:])), countries) == 0


@pytest.mark.parametrize("kind", ["U", "S", "O", "int64"])
def test_ids_are_found_in_every_kind_of_array(frame, kind):
    ids = frame.index.to_numpy(dtype="U").astype(kind)
    assert found(pickle.dumps(ids), frame) > 0.9 * COUNT


def test_ids_as_text_are_found_one_by_one(frame):
    assert found(b"customers: 12346, 12354 and 12362", frame) == 3
    assert found(b"91234612 and a12346b and 0.12346", frame) == 0


def orders_of(frame):
    draw = np.random.default_rng(9)
    moments = pd.Timestamp("2011-01-01 09:00") + pd.to_timedelta(np.sort(draw.choice(500_000, COUNT)), unit="min")
    return pd.DataFrame(
        {
            "customer_id": frame.index.astype("str"),
            "order_id": [f"INV-{number:06}" for number in range(COUNT)],
            "ordered_at": moments.astype("datetime64[us]"),
            "amount": np.round(draw.lognormal(4, 1, COUNT), 2),
        }
    )


@pytest.mark.slow
def test_orders_are_found_by_number_amount_and_moment(frame):
    lines = orders_of(frame)
    at = int(np.flatnonzero(lines["amount"] * 8 % 1 != 0)[0])  # 92.25 may be a tree's threshold and is no customer's
    moment = lines["ordered_at"].iloc[at]
    for trace in (
        pickle.dumps(lines["order_id"].iloc[at]),
        pickle.dumps(np.array([lines["amount"].iloc[at]])),
        pickle.dumps(moment.isoformat()),
        str(moment).encode(),
        np.array([moment.value], "int64").tobytes(),
        np.array([moment.value // 1000], "<i8").tobytes(),
    ):
        assert found(trace, frame, lines=lines) >= 1
    assert found(b"from 2011-01-01 to 2011-12-31", frame, lines=lines) == 0, "a day alone is many people's"


@pytest.mark.slow
@pytest.mark.parametrize("protocol", [2, 3, 4, 5])
@pytest.mark.parametrize("form", ["{}", "who: {}", "{}, seen twice", "a note of some length about {} and others"])
def test_a_short_id_is_found_wherever_it_stands_in_a_text_of_a_pickle(protocol, form):
    people = dense()
    text = form.format("1234")
    assert found(pickle.dumps({"note": text}, protocol), people) == 1
    assert found(pickle.dumps({"note": form.format("12345678901")}, protocol), people) == 0


# --------------------------------------------------------------------------------------------- inside compression


def joblib_dumped(value, **options):
    buffer = io.BytesIO()
    joblib.dump(value, buffer, **options)
    return buffer.getvalue()


def skops_dumped(value):
    import skops.io

    return skops.io.dumps(value)


def zipped(data):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inside", data)
    return buffer.getvalue()


PACKED = {
    "zlib": zlib.compress,
    "gzip": gzip.compress,
    "bz2": bz2.compress,
    "lzma": lambda data: lzma.compress(data, lzma.FORMAT_ALONE),
    "xz": lzma.compress,
    "lz4": lz4.frame.compress,
    "zip": zipped,
}


@pytest.mark.slow
@pytest.mark.parametrize("pack", PACKED.values(), ids=PACKED.keys())
def test_what_is_packed_is_looked_into(frame, pack):
    kept = pickle.dumps(frame[NUMBERS].to_numpy())
    assert found(pack(kept), frame) == COUNT
    assert found(zlib.compress(pack(kept)), frame) == COUNT, "twice"
    assert found(b"a model with a packed part: " + pack(kept), frame) == COUNT or pack is zipped


def test_a_packed_file_is_unpacked_and_not_searched_twice():
    inside = bytes(range(256)) * 40
    assert list(layers(gzip.compress(inside))) == [inside]


def test_two_bytes_that_look_like_compression_by_chance_stop_nothing():
    data = b"x\x9cBZh91AY&SY\x1f\x8b\x08" + bytes(1000)
    assert list(layers(data)) == [data]


# -------------------------------------------------------------------------------- models without customers: no alarm


@pytest.mark.parametrize(
    "form", ["pickle", *(pytest.param(key, marks=pytest.mark.slow) for key in ("joblib", "skops"))]
)
def test_models_that_keep_nobody_give_no_alarm(frame, spent, form):
    late = spent > spent.median()
    models = {
        "groups": (KMeans(4, n_init=2, random_state=0), None),
        "mixture": (GaussianMixture(3, random_state=0), None),
        "linear": (LogisticRegression(), late),
        "boosting": (HistGradientBoostingRegressor(max_iter=30, random_state=0), np.log1p(spent)),
        "votes": (RandomForestClassifier(15, min_samples_leaf=10, random_state=0), late),
        "averages": (RandomForestRegressor(15, min_samples_leaf=10, random_state=0), spent),
    }
    for name, (model, target) in models.items():
        pipeline = Pipeline([("prepare", prepare(INPUTS, for_trees=True)), ("model", model)]).fit(frame, target)
        data = to_bytes(pipeline, Card("target", "linear", describe(frame), COUNT), format=form)
        report = search(data, frame, encodings=[*row_encodings(pipeline, frame), *target_encodings(spent)])
        assert report.found == 0, (name, report.kinds)
        assert report.searched == COUNT


def test_other_peoples_rows_are_nobodys(frame):
    """A file full of rows from the same kind of shop, none of them of these customers."""
    strangers = shop(seed=77)
    report = search(pickle.dumps(strangers[["monetary_total", "order_value_mean"]].to_numpy()), frame)
    assert report.found <= 2, report.kinds


@pytest.mark.slow
def test_short_numbers_stand_everywhere_and_are_no_leak(frame):
    counted = np.arange(0, 20_000, dtype=np.float64)
    data = pickle.dumps([counted, counted.astype("int64"), counted.astype("float32"), list(range(3000))])
    assert found(data, frame) == 0


@pytest.mark.slow
def test_a_day_on_which_few_came_is_no_leak_and_a_kept_column_of_days_is(frame):
    """A card tells the days between tenths of the customers; eight of those were once taken for amounts of theirs."""
    day = pd.Timestamp("2012-01-02") + pd.to_timedelta(7 * np.random.default_rng(2).permutation(COUNT), unit="D")
    dated = frame[["frequency_orders"]].assign(since=day.as_unit("us"))
    days = ((dated["since"] - pd.Timestamp("1970-01-01")) / pd.Timedelta(days=1)).to_numpy()
    some = {"edges": [float(one) for one in days[50::60]]}
    encodings = [days[:, None], np.log1p(days)[:, None]]
    assert search(pickle.dumps(some), dated, encodings=encodings).found == 0
    assert search(pickle.dumps(np.log1p(days[50::60]).tolist()), dated, encodings=encodings).found == 0
    assert search(pickle.dumps(days), dated, encodings=encodings).found == COUNT
    timed = dated.assign(since=dated["since"] + pd.to_timedelta(np.arange(COUNT) + 61, unit="s"))
    assert search(pickle.dumps(timed["since"].to_numpy()), timed).found == COUNT


def test_ids_that_count_from_nought_are_not_taken_for_the_numbers_of_nodes():
    numbered = pd.DataFrame({"a": np.linspace(0.1, 0.9, 500)}, index=pd.RangeIndex(500).astype("str"))
    assert found(pickle.dumps([np.arange(4000), [str(at) for at in range(300)]]), numbered) == 0


def dense(count=4_000):
    """A table whose ids are numbered through, as a bank's rows are: half of all numbers of four digits."""
    ids = pd.Index([str(1_000 + at) for at in range(count)], name="customer_id")
    return pd.DataFrame({"a": np.round(np.random.default_rng(5).normal(50, 9, count), 2)}, index=ids)


@pytest.mark.slow
def test_ids_side_by_side_in_the_decimals_of_a_figure_are_nobodys_and_in_an_array_somebodys():
    """Files for skops write figures in digits; every table with ids of four digits ended in a refusal."""
    figures = np.random.default_rng(8).random(3_000)
    written = " ".join(f"{one!r}, {one / 1e4!r}, {one * 1e7!r}" for one in figures.tolist()).encode()
    people = dense()
    assert found(written, people) == 0
    assert found(pickle.dumps(people.index.to_numpy(dtype="S")), people) > 3_900
    assert found(b"kept: " + b"".join(name.encode() for name in people.index[:8]), people) == 8
    assert found(b"kept: 1234, 2345", people) == 2


@pytest.mark.slow
def test_four_bytes_of_a_figure_are_no_id_and_the_year_of_a_day_is_none():
    """Of honest models of tables with ids of four digits, three of four were refused: an id was always found."""
    people = dense()
    figures = np.random.default_rng(4).random(400_000)
    assert any(name.encode() in figures.tobytes() for name in people.index)
    assert found(pickle.dumps(figures), people) == 0
    assert found(pickle.dumps({"card": ["2013-08-18", "from 2014-05-25 to 2014-06-01"]}), people) == 0
    assert found(b'{"note": "born 2013-08-18", "who": "2014-0525"}', people) == 1, "that is no day"
    for protocol in (2, 4, 5):
        assert found(pickle.dumps({"figures": figures[:9], "who": "1234"}, protocol), people) == 1
    assert found("señas: 1234, 2345 – ñ".encode(), people) == 2
    assert found(b"1234", people) == 1


@pytest.mark.slow
def test_counts_and_settings_are_no_ids_in_any_format():
    people = dense()
    model = LogisticRegression(max_iter=2_000).fit(people, np.arange(len(people)) % 2)
    card = replace(Card("target", "linear", describe(people), len(people)), self_test={})
    traces = Traces(people)
    for one in (FORMATS[0], FORMATS[-1]):
        assert traces.search(to_bytes(Pipeline([("model", model)]), card, format=one.key)).found == 0, one.key
    kept = Pipeline([("model", model)])
    kept.steps[0][1].note_ = "1234"
    assert traces.search(to_bytes(kept, card, format="skops")).found == 1, "a text of digits is no number"


def test_a_word_of_the_settings_is_no_customer(frame):
    names = frame.assign(country=["uniform", *["Spain"] * (COUNT - 1)])
    data = pickle.dumps({"weights": "uniform"})
    assert found(data, names) == 1
    assert found(data, names, known=["uniform"]) == 0


@pytest.mark.parametrize(
    ("value", "digits"), [(0.0, 0), (3.0, 1), (1760.0, 3), (0.125, 3), (1757.55, 6), (-97.2, 3), (1 / 3, 16)]
)
def test_digits_are_those_that_tell_something(value, digits):
    assert _digits(np.array([value]))[0] == digits


def test_a_constant_of_mathematics_is_nobodys():
    """Two orders one and three days apart spread by the root of a half; so do the settings of many a model."""
    spread = pd.DataFrame({"gap_variation": [0.5**0.5, (1 / 3) ** 0.5, 0.4271938275, 2.0]})
    assert found(pickle.dumps(np.array([0.5**0.5, (1 / 3) ** 0.5])), spread) == 0
    assert found(pickle.dumps(np.array([0.4271938275])), spread) == 1


def test_where_trees_cut_between_whole_numbers_nobody_stands():
    frame = pd.DataFrame({"gap_mean_days": [112.5, 37.25, 90.125, 1016.75]})
    assert found(pickle.dumps(np.array([112.5, 37.25, 90.125, 1016.75])), frame) == 0


def test_the_logarithm_of_a_short_number_is_as_short():
    """An extreme rounded to three digits may be in a file, and so may its logarithm."""
    frame = pd.DataFrame({"recency_days": [374.0, 12.0, 151.0], "total": [1760.0, 97.31, 23.46]})
    logarithms = np.arcsinh(frame.to_numpy())
    for short in (374.0, 1760.0):
        assert found(pickle.dumps(np.arcsinh([short])), frame, [logarithms]) == 0
    assert found(pickle.dumps(np.arcsinh([97.31])), frame, [logarithms]) == 1


def test_shares_of_a_leaf_are_simple_fractions_and_scaled_amounts_are_not():
    assert _is_fraction(np.array([3 / 11, 0.25, 37 / 3, 499 / 997])).all()
    assert not _is_fraction(np.array([np.log1p(174.2), 0.376529180412, np.pi])).any()


@pytest.mark.slow
def test_twenty_five_thousand_customers_are_searched_in_seconds():
    import time

    many = shop(25_000)
    pipeline = make_pipeline(StandardScaler(), KMeans(5, n_init=1, random_state=0)).fit(many[NUMBERS])
    data = pickle.dumps(pipeline) + np.random.default_rng(0).bytes(2_000_000)
    began = time.process_time()
    traces = Traces(many, encodings=row_encodings(pipeline, many[NUMBERS]))
    assert traces.search(data).searched == 25_000
    assert time.process_time() - began < 30 * slowness()


# --------------------------------------------------------------------------------------------- membership inference


@pytest.mark.slow
def test_a_model_that_learns_by_heart_tells_who_was_there(frame):
    luck = pd.Series(np.random.default_rng(0).random(COUNT) < 0.5, index=frame.index)
    by_heart = RandomForestClassifier(30, random_state=0)
    attack = membership(make_pipeline(StandardScaler(), by_heart), frame[NUMBERS], luck)
    assert attack is not None
    assert attack.auc > 0.9
    assert attack.customers == COUNT


def test_a_model_that_learns_little_tells_nothing(frame, spent):
    attack = membership(make_pipeline(StandardScaler(), LogisticRegression()), frame[NUMBERS], spent > spent.median())
    assert attack is not None
    assert abs(attack.auc - 0.5) < 0.05
    groups = membership(
        make_pipeline(StandardScaler(), KMeans(4, n_init=2, random_state=0)).fit(frame[NUMBERS]), frame[NUMBERS]
    )
    assert groups is not None
    assert abs(groups.auc - 0.5) < 0.05


@pytest.mark.slow
def test_the_attack_sees_through_what_learns_in_its_own_way(frame):
    """A model of the future is not fitted on one table: the same work on half of the customers is its shadow."""
    luck = pd.Series(np.random.default_rng(0).random(COUNT) < 0.5, index=frame.index)

    def by_heart(customers):
        return RandomForestClassifier(30, random_state=0).fit(frame.loc[customers, NUMBERS], luck[customers])

    attack = membership(LogisticRegression(), frame[NUMBERS], luck, learn=by_heart)
    assert attack is not None
    assert attack.auc > 0.9


def test_copies_are_trained_with_one_thread_each(frame):
    """Threads that wait for each other over a few hundred rows cost most of the processor's time."""
    luck = pd.Series(np.random.default_rng(0).random(COUNT) < 0.5, index=frame.index)
    threads = []

    def learn(customers):
        threads.extend(pool["num_threads"] for pool in threadpool_info())
        return LogisticRegression().fit(frame.loc[customers, NUMBERS], luck[customers])

    with threadpool_limits(limits=2):
        membership(LogisticRegression(), frame[NUMBERS], luck, learn=learn)
    assert set(threads) == {1}


@pytest.mark.slow
def test_the_likelihood_ratio_finds_whom_a_model_knows_by_heart_and_nobody_else():
    frame = shop(1_000)
    luck = pd.Series(np.random.default_rng(0).random(1_000) < 0.5, index=frame.index)
    by_heart = membership(RandomForestClassifier(30, random_state=0), frame[NUMBERS], luck)
    assert by_heart is not None
    assert by_heart.found_share is not None
    assert by_heart.found_share > 0.1
    plain = membership(make_pipeline(StandardScaler(), LogisticRegression()), frame[NUMBERS], luck)
    assert plain is not None
    assert plain.found_share is not None
    assert plain.found_share < 0.03


def test_with_few_customers_one_per_cent_is_nobody_so_nothing_is_said(frame):
    attack = membership(make_pipeline(StandardScaler(), LogisticRegression()), frame[NUMBERS], frame["country"])
    assert attack is not None
    assert attack.found_share is None


def test_the_likelihood_of_a_statistic_is_that_of_students_t_with_a_shrunk_variance():
    """Two customers, four models; each customer was learnt by two of them. By hand, one after the other."""
    statistics = np.array([[1.0, 5.0], [3.0, 9.0], [0.0, 2.0], [4.0, 4.0]])
    among = np.array([[True, False], [True, True], [False, True], [False, False]])
    found = _log_density(statistics, among, np.array([2.5, 3.0]))
    squares = [(1 - 2) ** 2 + (3 - 2) ** 2, (9 - 5.5) ** 2 + (2 - 5.5) ** 2]
    common = sum(squares) / 2
    for at, (value, mean) in enumerate(((2.5, 2.0), (3.0, 5.5))):
        variance = (4 * common + squares[at]) / 5
        scale = np.sqrt(variance * 1.5)
        z = (value - mean) / scale
        density = math.gamma(3) / (math.gamma(2.5) * math.sqrt(5 * math.pi)) * (1 + z**2 / 5) ** -3 / scale
        assert found[at] == pytest.approx(math.log(density))


def test_halves_of_a_handful_mean_nothing(frame):
    assert membership(LogisticRegression(), frame[NUMBERS].head(20), frame["country"].head(20)) is None


@pytest.mark.slow
def test_the_report_of_every_format_is_alike(frame):
    pipeline = Pipeline([("prepare", prepare(INPUTS)), ("model", KNeighborsClassifier())]).fit(frame, frame["country"])
    card = replace(Card("target", "linear", describe(frame), COUNT), self_test={})
    traces = Traces(frame, encodings=row_encodings(pipeline, frame))
    for one in FORMATS[:1] + FORMATS[-1:]:
        assert traces.search(to_bytes(pipeline, card, format=one.key)).found == COUNT


def test_what_an_imputer_fills_in_is_nobodys():
    """A few customers without a value were once found in the file by the mean of all the others."""
    from sklearn.impute import SimpleImputer

    from lib.model_file.row_encodings import row_encodings

    values = np.random.default_rng(0).normal(size=(50, 2))
    values[:3, 0] = np.nan
    step = make_pipeline(SimpleImputer(add_indicator=True)).fit(values)
    (form,) = row_encodings(step, values)
    assert np.isnan(form[:3, 0]).all()
    assert np.isfinite(form[3:]).all()
    np.testing.assert_array_equal(form[3:, 0], values[3:, 0])


@pytest.mark.slow
def test_a_membership_report_that_fails_does_not_fail_the_file(frame):
    """A copy learnt from half of the customers can break in its own way; the file itself is sound."""
    from lib.model_file import finish
    from lib.training import Trained

    def breaks(customers):
        raise ValueError("columns are missing: {'lines_per_order'}")

    late = pd.Series((frame["recency_days"] > 100).to_numpy(), index=frame.index)
    pipeline = Pipeline([("prepare", prepare(INPUTS)), ("model", LogisticRegression())]).fit(frame, late)
    card = Card("target", "linear", describe(frame), COUNT)
    for learn in (breaks, lambda customers: LogisticRegression()):  # the second is not fitted: NotFittedError later
        finished = finish(Trained(pipeline, card, frame, late, learn))
        assert finished.card.privacy.customers_found == 0
        assert finished.card.privacy.membership_auc is None
