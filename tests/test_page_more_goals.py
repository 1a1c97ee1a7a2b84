"""How many orders, and when the next comes: asked on the command line, told in the report and on Predict."""

import json

import pytest
from test_page_predict import predict, words

from lib import text
from lib.card.render import to_markdown
from lib.cli import main
from lib.gate import open_model
from lib.sample import sample_shop
from lib.schema import NEXT_ORDER

pytestmark = pytest.mark.slow


@pytest.mark.parametrize(("goal", "columns"), [("orders", ["orders"]), ("next_order", list(NEXT_ORDER))])
def test_a_question_about_orders_goes_from_the_command_line_to_predict(goal, columns, tmp_path, capsys):
    orders, model = tmp_path / "orders.csv", tmp_path / "model.pkl"
    sample_shop(customers=700, seed=4).to_csv(orders, index=False)
    call = ["train", "--orders", str(orders), "--goal", goal, "--cutoff", "2025-02-01", "--horizon-days", "60"]
    assert main([*call, "--out", str(model)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["goal"] == goal
    with open_model(model.read_bytes()) as opened:
        for language in text.LANGUAGES:
            assert text.say(language, f"card.headline_{goal}", days=60) in to_markdown(opened.verdict.card, language)
    for language in text.LANGUAGES:
        app = predict(language, model.read_bytes(), orders.read_bytes())
        for _ in range(20):  # a large table is scored in the background
            if text.say(language, "predict.results") in words(app):
                break
            app.run()
        assert not app.exception, app.exception
        assert not app.error, [error.value for error in app.error]
        assert text.say(language, "predict.why") in words(app)
        scored = next(frame.value for frame in app.dataframe if columns[0] in frame.value.columns)
        assert scored.columns[1 : 1 + len(columns)].tolist() == columns
        assert (scored[columns] >= 0).all(axis=None)
