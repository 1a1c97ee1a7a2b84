"""Versions, requirements and the lock file agree with each other."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from lib import VERSION

ROOT = Path(__file__).resolve().parents[1]


def pins(name: str) -> dict[str, str]:
    """Package → version, of the lines `package==version` of a requirements file."""
    text = (ROOT / name).read_text()
    return {key.lower().replace("_", "-"): value for key, value in re.findall(r"^([\w.-]+)==([^\s;\\]+)", text, re.M)}


@pytest.mark.slow
def test_the_version_is_the_same_everywhere():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
    done = subprocess.run(
        [sys.executable, "-m", "lib", "--version"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == f"Brine {VERSION}"


def test_the_lock_file_holds_every_requirement_in_its_version_with_hashes():
    locked = pins("requirements.lock")
    wanted = pins("requirements.txt")
    assert wanted
    assert {name: locked.get(name) for name in wanted} == wanted
    text = (ROOT / "requirements.lock").read_text()
    assert text.count("--hash=sha256:") > len(locked)
    assert "://" not in text


def test_every_package_that_the_app_imports_is_a_stated_requirement():
    """Whatever comes along with another package today can be gone with its next release."""
    names = {
        "sklearn": "scikit-learn",
        "charset_normalizer": "charset-normalizer",
        "python_calamine": "python-calamine",
    }
    stated = pins("requirements.txt")
    optional = {"sqlalchemy", "cryptography", "dask", "distributed"}  # databases; encryption; `--scheduler`
    optional |= {"starlette", "uvicorn"}  # Streamlit's own web server, in the versions that Streamlit asks for
    imported = set()
    for folder in ("lib", "pages"):
        for path in (ROOT / folder).rglob("*.py"):
            imported |= set(re.findall(r"^\s*(?:import|from) ([a-zA-Z_]\w*)", path.read_text(), re.M))
    outside = imported - set(sys.stdlib_module_names) - {"lib", "pages", "streamlit_app"}
    third_party = {names.get(name, name.replace("_", "-")) for name in outside if _installed(name)}
    assert third_party - set(stated) - optional == set()


def _installed(name: str) -> bool:
    from importlib.util import find_spec

    return find_spec(name) is not None
