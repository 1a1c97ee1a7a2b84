"""A third language is one TOML and one entry in `lib/text/locales.py`: tried with a throw-away one."""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MARK = "ƒ "
"""Stands before every sentence of the throw-away language."""

ASK = '''
import datetime, io, json, sys
import pandas as pd
from streamlit.testing.v1 import AppTest
from lib import charts, exports, text
from lib.card import Card
from lib.presentation import document

table = pd.DataFrame({"name": ["a"], "amount": [1234.5]})
book = exports.to_excel(table, "fr", [("x", "y")])
card = Card.from_plain(json.load(open(sys.argv[1], encoding="utf-8")))
made = charts.gains(pd.DataFrame({"share_customers": [0.0, 1.0], "share_reached": [0.0, 1.0]}), "fr")

page = """
from lib.ui.page import date_form, language, say
import streamlit as st
st.write(language() + " " + date_form() + " " + say("nav.data"))
"""
app = AppTest.from_string(page, default_timeout=300)
app.session_state["language"] = "fr"
app.run()
whole = AppTest.from_file("streamlit_app.py", default_timeout=300)
whole.session_state["language"] = "fr"
whole.switch_page("pages/learn.py").run()
print(json.dumps({
    "languages": text.LANGUAGES,
    "number": text.number("fr", 1234.5),
    "day": text.day("fr", datetime.date(2026, 1, 31)),
    "csv": exports.to_csv(table, "fr").decode("utf-8-sig"),
    "sheets": list(pd.read_excel(io.BytesIO(book), sheet_name=None, engine="calamine")),
    "chart": charts.to_html(made, "fr").decode(),
    "card": document.to_html(card, "fr"),
    "page": [one.value for one in app.markdown],
    "title": [one.value for one in whole.title],
    "exceptions": [str(one) for one in (*app.exception, *whole.exception)],
}))
'''


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with French: a TOML made from the English one, and one more line in the list of locales."""
    folder = tmp_path_factory.mktemp("french")
    for name in ("lib", "pages", ".streamlit"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "streamlit_app.py", folder)
    english = (folder / "lib/text/en.toml").read_text(encoding="utf-8")
    french = re.sub(r'(?m)^(\w+ = ")(?!"")', rf"\1{MARK}", english)
    assert len(tomllib.loads(french)) == len(tomllib.loads(english))
    (folder / "lib/text/fr.toml").write_text(french, encoding="utf-8")
    locales = folder / "lib/text/locales.py"
    entry = '    Locale("es", "DD/MM/YYYY"),\n'
    source = locales.read_text(encoding="utf-8")
    assert source.count(entry) == 1
    locales.write_text(source.replace(entry, entry + '    Locale("fr", "DD/MM/YYYY"),\n'), encoding="utf-8")
    return folder


def run(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments], cwd=tree, capture_output=True, text=True, encoding="utf-8", timeout=300
    )


@pytest.mark.slow
def test_everything_that_depends_on_a_language_follows(tree: Path) -> None:
    card = ROOT / "tests/card/format_1/buy_again.json"
    done = run(tree, "-W", "ignore", "-c", ASK, str(card))
    assert done.returncode == 0, done.stderr[-3000:]
    said = json.loads(done.stdout.splitlines()[-1])
    assert said["exceptions"] == []
    assert said["languages"] == ["en", "es", "fr"]
    assert said["number"] == "1\u202f234,5"
    assert said["day"] == "31 janv. 2026"
    assert said["csv"] == "name;amount\r\na;1234,5\r\n"
    assert said["sheets"] == ["Brine", f"{MARK}Notes"]
    assert '"separators":",\\u202f"' in said["chart"] or '"separators":",\u202f"' in said["chart"]
    assert '<html lang="fr">' in said["card"]
    assert MARK in said["card"]
    assert said["page"] == [f"fr DD/MM/YYYY {MARK}Data"]
    assert said["title"][0].startswith(MARK)


@pytest.mark.slow
def test_the_command_line_speaks_it_too(tree: Path) -> None:
    done = run(tree, "-m", "lib", "inspect", "--language", "fr", "no-such-file.pkl")
    answer = json.loads(done.stdout)
    assert answer["files"][0]["message"].startswith(MARK)
