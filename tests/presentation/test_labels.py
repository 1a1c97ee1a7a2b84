"""What columns are called on pages, in drift, in reasons and in charts: no two by the same name."""

from collections import Counter
from collections.abc import Callable

import pytest

from lib import segments, text
from lib.features import FEATURES
from lib.presentation import labels
from lib.ui import page
from lib.ui.predicting.explanation import column_name


def in_lists_and_drift(language: str, column: str) -> str:
    with page.in_language(language):
        return column_name(column)


@pytest.mark.parametrize("language", text.LANGUAGES)
@pytest.mark.parametrize("named", [labels.column, segments.label, in_lists_and_drift])
def test_no_two_features_are_called_the_same(language: str, named: Callable[[str, str], str]) -> None:
    shown = Counter(named(language, feature.name).casefold() for feature in FEATURES)
    assert len(shown) == len(FEATURES), [name for name, count in shown.items() if count > 1]
    assert not {name for name in shown if "_" in name}, "a code name is no name"
