"""What every test may ask for."""

import os
import subprocess
import venv
from importlib.metadata import version
from pathlib import Path

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--cases", type=int, default=0, help="of each test with more cases, run this many, evenly spaced")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """The quick tests run a few cases of each generator; `make test` runs them all."""
    most = config.getoption("--cases")
    if not most:
        return
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        cases.setdefault(item.nodeid.split("[")[0], []).append(item)
    kept = {
        each[place * len(each) // min(most, len(each))]
        for each in cases.values()
        for place in range(min(most, len(each)))
    }
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = [item for item in items if item in kept]


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(_FailuresAtOnce(config))


class _FailuresAtOnce:
    """Writes what failed at once as well: a run that is ended before its summary still says it."""

    def __init__(self, config: pytest.Config) -> None:
        self._config = config

    @pytest.hookimpl(trylast=True)
    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        terminal = self._config.pluginmanager.get_plugin("terminalreporter")
        if report.failed and terminal is not None:
            reason = "\n".join(line for line in report.longreprtext.splitlines() if line.startswith("E "))
            terminal.write_line(f"\nFAILED {report.nodeid}\n{reason[-2_000:]}")


SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real data beside the project; a test that needs it is skipped where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("the real data is not beside this checkout")
    return SHARED


@pytest.fixture(scope="session")
def clean_python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python with scikit-learn and pandas in our versions and nothing else, in a fresh virtual environment."""
    folder = tmp_path_factory.mktemp("clean") / "venv"
    venv.create(folder, with_pip=True)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    needed = [f"{name}=={version(name)}" for name in ("scikit-learn", "pandas")]
    subprocess.run([python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *needed], check=True)
    return python
