"""Whatever strangers write — names of columns and files, cells, a card, answers — is shown and exported as letters.

Each page is walked under AppTest: every text of every element that Streamlit sends to the browser is looked at, and the
file behind every download button is made and looked at. So a new page, widget or download is covered by itself.
"""

import csv
import html
import io
import json
import pickle
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.preprocessing import LabelEncoder
from streamlit.testing.v1 import AppTest

from lib import text
from lib.audience.files import AUDIENCE_FILES
from lib.card import Card
from lib.cli import main
from lib.exports import EXPORTS, to_plain_csv
from lib.model_file import FORMATS
from lib.safe_text import cell, chart_label, markdown, markup, terminal
from lib.store import Store
from lib.ui.state import Reading, Session, Upload
from tests.card.mutations import KINDS, stored
from tests.figures_shown import figures_of, is_component
from tests.test_pages import Ended

ROOT = Path(__file__).resolve().parents[1]

SIGNS = (
    "![p](//evil.example/p)",
    "[l](//evil.example/l)",
    "<img src=//evil.example/i>",
    "<a href=//evil.example/h>h</a>",
    "http://evil.example/u",
    "www.evil.example",
    ":material/home:",
    ":red[evil]",
    "$\\evil$",
    "`evil`",
    "\x1b[31mevil",
    "\x9b31mevil",
    "\u202eevil",
    "\u2066evil",
)
FORMULAS = ("=HYPERLINK(//evil.example)", "+evil()", "-evil()", "@evil()", "\t=evil()", "\uff1devil()")
HOSTILE = (*SIGNS, *FORMULAS)
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


# --------------------------------------------------------------------------------------------------- what is looked for


def alive(shown: str) -> list[str]:
    """What of a text that is read as Markdown would act."""
    return [sign for sign in SIGNS if sign in shown] + CONTROL.findall(shown)


def alive_in_html(shown: str) -> list[str]:
    """What of a text that is read as HTML would act."""
    return re.findall(r"<(?:img|a)\b[^>]*evil[^>]*>", shown) + CONTROL.findall(shown)


PLAIN_TEXT = re.compile(
    r"(\.|^)(id|key|url|form_id|element_id|fragment_id|options|default|raw_values|code_text|page_script_hash|script_hash"
    r"|columns|placeholder|alt|mark_css|string_values|values?_json|file_urls|active_script_hash|delta_generator_method"
    r"|theme|string_value|set_value|image|src|user_key|text_value|allowed_types|type|mime|name|display_values)$"
)
"""Fields of Streamlit's messages that the browser shows as they are, or that no one sees."""


def strings(message: object, path: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a protobuf message, with the path of its field."""
    for field, value in message.ListFields():  # type: ignore[attr-defined]
        here = f"{path}.{field.name}"
        if field.type == field.TYPE_STRING:
            for one in [value] if isinstance(value, str) else value:
                yield here, one
        elif field.type == field.TYPE_MESSAGE:
            nested = value.values() if hasattr(value, "values") and not hasattr(value, "ListFields") else None
            several = nested if nested is not None else value if not hasattr(value, "ListFields") else [value]
            for one in several:
                if hasattr(one, "ListFields"):
                    yield from strings(one, here)


def nodes(node: object) -> Iterator[object]:
    """Everything on a page, blocks too."""
    yield node
    for child in getattr(node, "children", {}).values():
        yield from nodes(child)


def leaks_of_page(app: AppTest) -> list[str]:
    """Where an untrusted text would act on this page."""
    found = []
    seen = False
    for node in nodes(app._tree):
        proto = getattr(node, "proto", None)
        if proto is None or not hasattr(proto, "ListFields"):
            continue
        kind = type(proto).__name__
        texts = list(strings(proto))
        if is_component(proto):  # the script is ours and holds no data; of the data, the figure is drawn as its `spec`
            texts = [(".spec", figure.spec) for figure in figures_of(proto)]
            texts += [(".alt", figure.alt) for figure in figures_of(proto)]
        for path, value in texts:
            seen = seen or "evil" in value
            if path.endswith(".spec"):
                bad = alive_in_html(value.encode().decode("unicode_escape", "ignore") if "\\u00" in value else value)
                bad = [one for one in bad if "evil" in one]
            elif path.endswith(".options") and kind in ("Radio", "ButtonGroup"):
                bad = alive(value)
            elif kind == "Text":
                bad = CONTROL.findall(value)
            elif kind in ("Html", "IFrame") or path.endswith(".html.body"):
                bad = alive_in_html(value)
            elif PLAIN_TEXT.search(path) and not (kind == "Block" and path.endswith("label")):
                bad = []
            else:
                bad = alive(value)
            if bad:
                found.append(f"{kind}{path}: {bad[:2]} in {value[:90]!r}")
    assert seen, "no untrusted text is on the page: the test would find nothing"
    return found


# ------------------------------------------------------------------------------------------------------------ files


def leaks_of_file(name: str, data: bytes) -> list[str]:
    """Where an untrusted text would act in a file that is taken away."""
    suffix = name.rpartition(".")[2]
    if suffix == "csv":
        shown = data.decode("utf-8-sig")
        rows = csv.reader(io.StringIO(shown, newline=""), delimiter=";" if ";" in shown.partition("\n")[0] else ",")
        return [one for row in rows for one in row if is_formula(one) or CONTROL.search(one)]
    if suffix == "xlsx":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {inner: archive.read(inner).decode() for inner in archive.namelist() if inner.endswith(".xml")}
        texts = re.findall(r"<t\b[^>]*>([^<]*)</t>", parts.get("xl/sharedStrings.xml", ""))
        live = [inner for inner, xml in parts.items() if "<f>" in xml or "<hyperlink" in xml]
        return live + [one for one in texts if CONTROL.search(html.unescape(one)) or "_x00" in one]  # texts by type
    if suffix == "html":
        # Plotly's own library is part of the page; what is ours lies outside of it or in data that JSON escapes
        return alive_in_html(re.sub(r"<script[^>]*>/\*\*.*?</script>", "", data.decode(), flags=re.DOTALL))
    if suffix == "md":
        return alive(data.decode())
    if suffix in ("json", "ipynb"):
        json.loads(data)
        bad = list(CONTROL.findall(data.decode()))
        if suffix == "ipynb":
            bad += [one for part in json.loads(data)["cells"] if part["cell_type"] == "markdown"
                    for one in alive("".join(part["source"]))]  # fmt: skip
        return bad
    if suffix == "zip":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return [bad for inner in archive.namelist() for bad in leaks_of_file(inner, archive.read(inner))]
    if suffix in ("txt", "py"):
        return alive(data.decode())
    assert suffix in {"parquet", *(one.suffix.lstrip(".").rpartition(".")[2] for one in FORMATS)}, name
    return []


def is_formula(shown: str) -> bool:
    """Whether a spreadsheet would try to compute it; a number is a number."""
    if re.fullmatch(r"[+-]?[\d.,\s]*\d%?|[+-]?\d[\d.]*e[+-]?\d+", shown):
        return False
    return shown.startswith(("=", "+", "-", "@", "\t", "\r", "\uff1d"))


@pytest.fixture
def taken(monkeypatch) -> list[tuple[str, bytes]]:
    """Every file that a download button on the walked pages would give."""
    files: list[tuple[str, bytes]] = []
    original = st.download_button

    def button(label, data, *args, **options):
        made = data() if callable(data) else data
        files.append((str(options["file_name"]), made if isinstance(made, bytes) else str(made).encode()))
        return original(label, data, *args, **options)

    monkeypatch.setattr(st, "download_button", button)
    return files


def checked(app: AppTest, taken: list[tuple[str, bytes]], where: str) -> None:
    assert not app.exception, (where, app.exception)
    found = leaks_of_page(app)
    found += [f"{name}: {bad[:80]!r}" for name, data in taken for bad in leaks_of_file(name, data)]
    found += [f"name of a file: {name!r}" for name, _ in taken if re.search(r'[/\\<>:"|?*\x00-\x1f]', name)]
    assert not found, f"{where}:\n" + "\n".join(dict.fromkeys(found))


# ------------------------------------------------------------------------------------------------- what strangers write


def csv_of(table: pd.DataFrame) -> bytes:
    return table.to_csv(index=False).encode()


def hostile_orders() -> bytes:
    """Every cell and every heading that no role needs is hostile."""
    many = 260
    place = np.arange(many)
    table = pd.DataFrame(
        {
            "order_id": [f"{HOSTILE[at % len(HOSTILE)]} {at // 2}" for at in place],
            "date": [f"2024-{1 + at % 12:02d}-{1 + at % 28:02d}" for at in place],
            "customer_id": [f"{HOSTILE[at % 40 % len(HOSTILE)]} {at % 40}" for at in place],
            "customer name": [f"{HOSTILE[at % 40 % len(HOSTILE)]}" for at in place],
            "email": [f"{FORMULAS[at % 4]}{at % 40}@evil.example" for at in place],
            "product": [HOSTILE[at % len(HOSTILE)] for at in place],
            "country": [HOSTILE[(at // 2) % 40 % len(HOSTILE)] for at in place],
            "quantity": 1 + place % 3,
            "amount": [f"{5 + at % 17}.50" for at in place],
            "currency": ["<img src=//evil.example/i>"] * many,
            **{f"{sign} extra": [sign] * many for sign in HOSTILE},
        }
    )
    return csv_of(table)


def hostile_people() -> bytes:
    random = np.random.default_rng(4)
    many = 120
    table = pd.DataFrame(
        {
            **{f"{sign} number": random.normal(size=many).round(3) for sign in HOSTILE[:6]},
            **{f"{sign} word": random.choice(HOSTILE, many) for sign in HOSTILE[6:12]},
            "\u202eyes": random.choice([0, 1], many),
        }
    )
    return csv_of(table)


def uploaded(data: bytes) -> Reading:
    return Reading((Upload(f"{SIGNS[0]} {SIGNS[3]} \u202e=evil.csv", data, str(hash(data))),))


def opened(page: str, mine: Session, language: str = "es") -> AppTest:
    app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
    app.session_state["language"] = language
    app.session_state["brine"] = mine
    return app.switch_page(f"pages/{page}.py").run()


def hostile_card(kind: str) -> Card:
    """A card with every text replaced that may be replaced."""
    places = iter(range(10_000))

    def changed(value):
        if isinstance(value, dict):
            return {key: changed(one) for key, one in value.items()}
        if isinstance(value, list):
            return [changed(one) for one in value]
        return f"{HOSTILE[next(places) % len(HOSTILE)]} {next(places)}" if isinstance(value, str) else value

    plain = stored(kind)
    for key, value in list(plain.items()):
        plain = one_by_one(plain, key, changed(value), value)
    card = Card.from_plain(plain)
    assert card is not None
    return card


def one_by_one(plain, key, other, before):
    """The card with the changed value if it is still a card of that goal, else with as much of it as may be changed."""
    whole = Card.from_plain({**plain, key: other})
    if whole is not None and not (isinstance(other, str) and key in ("goal", "recipe", "format")):
        return {**plain, key: other}
    return {**plain, key: before}


# ---------------------------------------------------------------------------------------------------------------- pages


def test_the_test_itself_sees_what_is_alive():
    for sign in HOSTILE:
        if sign in SIGNS:
            assert alive(f"a {sign} b"), sign
        assert not alive(markdown(f"a {sign} b")), sign
        assert not alive(markdown(sign)), sign
        assert not alive_in_html(markup(sign)), sign
        assert not alive_in_html(chart_label(sign)), sign
        assert not is_formula(cell(sign)), sign
        assert not CONTROL.search(terminal(sign)), sign
    assert leaks_of_file("a.csv", b"=1+1,b\n")
    assert leaks_of_file("a.html", SIGNS[2].encode())
    assert leaks_of_file("a.md", SIGNS[0].encode())


@pytest.mark.parametrize("number", ["-12,50", "-12.5", "+3", "-1.234,50 %", "-1e-05", "-7"])
def test_a_negative_number_stays_a_number(number):
    assert cell(number) == number


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["orders", "people"])
@pytest.mark.parametrize("page", ["data", "explore", "train"])
def test_a_table_full_of_it_is_shown_as_letters(page, kind, taken):
    mine = Session(reading=uploaded(hostile_orders() if kind == "orders" else hostile_people()))
    app = opened(page, mine, "en" if page == "train" else "es")
    checked(app, taken, page)
    tab, tabs = {"orders": ("explore-tab", 5), "people": ("explore-part", 3)}[kind]
    if page == "explore":
        for at in range(1, tabs):
            options = app.segmented_control(key=tab).proto.options
            names = ("overview", "customers", "retention", "products", "times") if kind == "orders" else (
                "columns", "relations", "outcome")  # fmt: skip
            assert len(options) >= at
            app.segmented_control(key=tab).set_value(names[at]).run()
            checked(app, taken, f"{page} {names[at]}")
    if page == "train" and kind == "people":
        goal = app.radio(key="train-goal-table")
        goal.set_value("target").run()
        checked(app, taken, "train target")


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_card_full_of_it_is_shown_as_letters(kind, taken, tmp_path, monkeypatch):
    monkeypatch.setenv("BRINE_MODELS", str(tmp_path / "models"))
    card = hostile_card(kind)
    places = Store(str(tmp_path / "models"))
    saved = places.save(b"model", card, " ".join(SIGNS)[:60], format="pickle")
    places.save(b"model", card, "other", format="pickle")
    mine = Session(model_shown=saved.key)
    checked(opened("models", mine), taken, "models")

    mine = Session(reading=Reading(simulated=True), job=Ended("done", card=card))  # type: ignore[arg-type]
    checked(opened("train", mine), taken, "train")


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["target_classes", "target_number", None])
def test_a_model_full_of_it_is_shown_as_letters(kind, taken):
    names = [f"{sign} x" for sign in HOSTILE[:8]]
    table = pd.DataFrame(np.random.default_rng(3).normal(size=(60, len(names))), columns=names)
    answers = np.array([HOSTILE[at % 5] for at in range(60)], dtype=object)
    model = (
        LinearRegression().fit(table, range(60))
        if kind == "target_number"
        else LogisticRegression().fit(table, answers)
    )
    if kind is not None:
        plain = hostile_card(kind).to_plain()
        column = plain["columns"][0]
        plain["columns"] = [{**column, "name": name, "kind": "number", "categories": []} for name in names]
        plain.pop("self_test", None)
        model.brine_card_ = plain
    for way in ("file", "one"):
        mine = Session()
        mine.predicting.uploaded_model = (f"{SIGNS[0]}.pkl", pickle.dumps(model))
        mine.predicting.uploaded_customers = ((f"{SIGNS[2]}.csv", csv_of(table.assign(customer_id=list(HOSTILE) * 3))),)
        app = AppTest.from_file(str(ROOT / "streamlit_app.py"), default_timeout=300)
        app.session_state["language"] = "es"
        app.session_state["brine"] = mine
        app.session_state["predict-customers-way"] = way
        app.switch_page("pages/predict.py").run()
        checked(app, taken, f"predict {kind} {way}")
        if kind is None and way == "file":
            assert app.dataframe


@pytest.mark.slow
def test_a_refusal_full_of_it_is_shown_as_letters(taken):
    model = LogisticRegression().fit([[0.0], [1.0]], [0, 1])
    model.__dict__[SIGNS[0]] = LogisticRegression
    forged = pickle.dumps(model, protocol=2).replace(
        b"sklearn.linear_model._logistic", SIGNS[4].encode().ljust(30, b"\x1b")
    )
    for data in (pickle.dumps(model), forged):
        mine = Session()
        mine.predicting.uploaded_model = (f"{SIGNS[0]}.pkl", data)
        checked(opened("predict", mine), taken, "predict")


@pytest.mark.slow
def test_what_lies_beside_a_model_is_named_in_letters(taken):
    model = LogisticRegression().fit([[0.0], [1.0]], [0, 1])
    for labels in (SIGNS[:2], SIGNS[2:4], SIGNS[4:6], SIGNS[7:9]):
        beside = {f"threshold {sign}": sign for sign in HOSTILE[:10]}
        mine = Session()
        file = {"model": model, "label_encoder": LabelEncoder().fit(labels), **beside}
        mine.predicting.uploaded_model = ("model.pkl", pickle.dumps(file))
        app = opened("predict", mine)
        checked(app, taken, "predict")
        assert len(app.info) >= 2


# ------------------------------------------------------------------------------------------- files without a button


@pytest.mark.slow
def test_no_export_and_no_audience_runs_anything():
    table = pd.DataFrame({sign: [f"{other}" for other in HOSTILE] for sign in HOSTILE}).assign(low=-1.5)
    for way in EXPORTS:
        for language in text.LANGUAGES:
            data = way.encode(table, language, [(sign, sign) for sign in HOSTILE])
            assert not leaks_of_file(f"x{way.suffix}", data), way.key
    assert not leaks_of_file("x.csv", to_plain_csv(table))
    chosen = pd.DataFrame(
        {"customer_id": HOSTILE, "email": HOSTILE, "group_name": HOSTILE, "spend": -2.5, "control": False}
    )
    for file in AUDIENCE_FILES:
        data = to_plain_csv(file.build(chosen, HOSTILE[-2]))
        assert not leaks_of_file("x.csv", data), file.key


@pytest.mark.slow
def test_the_command_line_sends_no_control_character(tmp_path, capsys):
    path = tmp_path / "evil\x1b[31m\u202e.csv"
    path.write_bytes(hostile_orders())
    model = tmp_path / "evil\x9b\u2066.pkl"
    made = LogisticRegression().fit(pd.DataFrame({sign: [0.0, 1.0] for sign in HOSTILE}), [SIGNS[-1], SIGNS[-4]])
    made.brine_card_ = hostile_card("target_classes").to_plain()
    model.write_bytes(pickle.dumps(made))
    out = tmp_path / "out.csv"
    calls = (
        ["read", str(path)],
        ["features", "--orders", str(path), "--out", str(out)],
        ["inspect", str(model), str(path), str(tmp_path / "none\x1b")],
        ["score", "--model", str(model), "--customers", str(path), "--out", str(out)],
    )
    for call in calls:
        main(call)
        said = capsys.readouterr()
        assert not CONTROL.search(said.out + said.err), call[0]
        json.loads(said.out)
        if out.exists():
            assert not leaks_of_file("out.csv", out.read_bytes()), call[0]
