"""Ways to take results home."""

import io

import pandas as pd
import pytest

from lib import text
from lib.exports import EXPORTS, export, to_csv, to_excel, to_plain_csv
from lib.parsing.booleans import parse_yes_no
from lib.text import LANGUAGES, say

TABLE = pd.DataFrame(
    {
        "customer_id": ["a", "=cmd|' /C calc'!A0", "-7"],
        "buy_again": [0.25, 0.5, None],
        "seen": pd.to_datetime(["2024-01-02", "2024-03-04", None]),
    }
)


def read_back(key: str, data: bytes) -> pd.DataFrame:
    if key == "csv":
        return pd.read_csv(io.BytesIO(data), dtype={"customer_id": "str"})
    if key == "excel":
        return pd.read_excel(io.BytesIO(data), engine="calamine", dtype={"customer_id": "str"})
    return pd.read_parquet(io.BytesIO(data))


@pytest.mark.parametrize("way", EXPORTS, ids=lambda way: way.key)
def test_every_export_reads_back_the_same_scores(way):
    found = read_back(way.key, way.encode(TABLE, "en", [("Model", "model.pkl")]))
    assert found["buy_again"].tolist()[:2] == [0.25, 0.5]
    assert found["buy_again"].isna().tolist() == [False, False, True]
    assert found["customer_id"].tolist()[0] == "a"


def test_csv_opens_in_excel_in_the_readers_language():
    assert to_csv(TABLE[["buy_again"]].head(1), "en") == b"\xef\xbb\xbfbuy_again\r\n0.25\r\n"
    assert to_csv(TABLE[["buy_again"]].head(1), "es") == b"\xef\xbb\xbfbuy_again\r\n0,25\r\n"
    assert b";" in to_csv(TABLE, "es").splitlines()[0]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("dtype", ["bool", "boolean"])
def test_yes_and_no_are_words_that_a_person_and_our_own_upload_read(language, dtype):
    answers = [True, False, True, *([None] if dtype == "boolean" else [])]
    table = pd.DataFrame({"complete": pd.array(answers, dtype=dtype), "n": range(len(answers)), "t": "True"})
    lines = to_csv(table, language).decode("utf-8-sig").splitlines()
    cells = [line.split(text.locale(language).csv_separator) for line in lines[1:]]
    assert [cell[0] for cell in cells[:3]] == [say(language, f"ui.{key}") for key in ("yes", "no", "yes")]
    assert [parse_yes_no(cell[0]) for cell in cells] == answers
    assert {cell[2] for cell in cells} == {"True"}, "a word of the user's own stays"
    assert b"True" in to_plain_csv(table), "the next program gets what Python writes"


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1"])
def test_no_cell_is_a_live_formula_in_csv(cell):
    written = to_csv(pd.DataFrame({"name": [cell], cell: ["x"]})).decode("utf-8-sig")
    values = pd.read_csv(io.StringIO(written))
    assert values.columns[1].startswith("'")
    assert str(values.iloc[0, 0]).startswith("'")


def test_a_negative_number_in_text_stays_a_number():
    assert b"'-7" not in to_csv(TABLE)


def test_excel_keeps_a_formula_as_text_and_has_a_sheet_of_notes():
    data = to_excel(TABLE, "es", [("Modelo", "m.pkl")])
    sheets = pd.read_excel(io.BytesIO(data), engine="calamine", sheet_name=None)
    assert list(sheets) == ["Brine", "Notas"]
    assert sheets["Brine"]["customer_id"].tolist()[1] == "=cmd|' /C calc'!A0"
    assert str(sheets["Brine"]["seen"].dtype).startswith("datetime64")


def test_more_rows_than_a_sheet_holds_are_told():
    from lib.errors import UserError

    with pytest.raises(UserError) as caught:
        to_excel(pd.DataFrame({"x": range(1_048_576)}))
    assert caught.value.facts["rows"] == 1_048_576


def test_an_unknown_export_is_a_bug():
    with pytest.raises(KeyError):
        export("doc")
