"""Another name for a segment goes into a finished file as if it had been written with that name."""

import hashlib
import pickle
import random
from collections import OrderedDict
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from sklearn.cluster import KMeans
from sklearn.impute import SimpleImputer
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from lib.card import CARD_ATTRIBUTE, Card, CardColumn, Group, RuleCondition
from lib.gate import inspect
from lib.model_file import pipeline_sha256, to_bytes
from lib.model_file.segment_names import with_segment_names

ROWS = pd.DataFrame(np.random.default_rng(0).normal(size=(60, 2)), columns=["groups", "name"])


def model(groups, *, metrics=None):
    """A pipeline with its card, as bytes and as the card in them."""
    pipeline = make_pipeline(SimpleImputer(), StandardScaler(), KMeans(len(groups), n_init=1, random_state=0)).fit(ROWS)
    columns = tuple(CardColumn(name, "number") for name in ("groups", "name"))
    card = Card("groups", "kmeans", columns, 60, groups=tuple(groups), metrics=metrics or {"stability": 0.9})
    return pipeline, card


def segments(count):
    return [
        Group(
            number,
            "segments.name.best",
            f"age ↑ {number}",
            20,
            typical={"groups": 1.5} if number % 2 else {},
            rule=(RuleCondition("name", ">", 2.0),) * (number % 3),
        )
        for number in range(1, count + 1)
    ]


def named(card, names):
    return replace(card, groups=tuple(replace(one, name=names.get(one.number, one.name)) for one in card.groups))


@pytest.mark.slow
def test_the_file_is_the_one_that_would_have_been_written_with_the_names():
    """Thirty drawn sets of names, by this module and by the writer: the same bytes."""
    draw = random.Random(0)
    words = ["VIP", "Café ☕", "groups", "name", "number", "segments.name.best", "", "x" * 40, "=1+1", "<b>", "سلام"]
    models = [model(segments(count)) for count in (1, 2, 5, 59)]
    for _ in range(30):
        pipeline, card = draw.choice(models)
        before = {one.number: draw.choice(words) for one in card.groups if draw.random() < 0.5}
        after = {one.number: draw.choice(words) for one in card.groups if draw.random() < 0.7}
        card = named(card, before)
        protocol = draw.choice(["pickle", "pickle-5"])
        data = to_bytes(pipeline, card, format=protocol)
        assert with_segment_names(data, after) == to_bytes(pipeline, named(card, after), format=protocol)


def test_plain_pickle_opens_the_renamed_file_and_the_gate_reads_the_names():
    pipeline, card = model(segments(3))
    data = with_segment_names(to_bytes(pipeline, card), {1: "VIP", 3: "Café"})
    opened = pickle.loads(data)
    assert [group.get("name", "") for group in getattr(opened, CARD_ATTRIBUTE)["groups"]] == ["VIP", "", "Café"]
    assert (opened.predict(ROWS) == pipeline.predict(ROWS)).all()
    assert pipeline_sha256(opened) == getattr(opened, CARD_ATTRIBUTE)["pipeline_sha256"]
    verdict = inspect(data)
    assert verdict.verdict == "accepted", verdict.technical
    assert [group.name for group in verdict.card.groups] == ["VIP", "", "Café"]


@pytest.mark.slow
def test_a_file_of_many_frames_is_renamed_too():
    """Beyond 64 KB the file is in frames, and references take more bytes; only its frames may end elsewhere."""
    metrics = {f"metric {number} {'x' * 90}": float(number) for number in range(900)}
    pipeline, card = model(segments(40), metrics=metrics)
    names = {number: f"Segment {number} {'y' * 20}" for number in range(1, 41)}
    data = with_segment_names(to_bytes(pipeline, card), names)
    assert len(data) > 1.5 * 65_536
    plain = getattr(pickle.loads(data), CARD_ATTRIBUTE)
    wanted = getattr(pickle.loads(to_bytes(pipeline, named(card, names))), CARD_ATTRIBUTE)
    assert plain == wanted
    assert with_segment_names(data, dict.fromkeys(names, "")) == to_bytes(pipeline, card)


def test_a_card_without_names_is_written_as_before():
    assert (
        "name" not in Card("groups", "kmeans", (), 3, groups=(Group(1, "segments.name.best"),)).to_plain()["groups"][0]
    )


@pytest.mark.parametrize("format", ["pickle-2", "pickle-3"])
def test_older_protocols_are_left_alone(format):
    pipeline, card = model(segments(2))
    with pytest.raises(ValueError, match="protocol"):
        with_segment_names(to_bytes(pipeline, card, format=format), {1: "VIP"})


def test_a_pickle_without_a_card_or_segments_is_left_alone():
    for value in (OrderedDict(a=1), {CARD_ATTRIBUTE: {}}, {CARD_ATTRIBUTE: {"groups": []}}, {CARD_ATTRIBUTE: 3}):
        with pytest.raises(ValueError, match="card"):
            with_segment_names(pickle.dumps(value, 4), {1: "VIP"})


def test_names_are_the_same_bytes_every_time():
    pipeline, card = model(segments(4))
    data = to_bytes(pipeline, card)
    digests = {hashlib.sha256(with_segment_names(data, {2: "VIP"})).hexdigest() for _ in range(3)}
    assert len(digests) == 1
