"""The app serves visitors over real websockets, by one process or by several behind a proxy."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.streamlit_client import Tab
from tools.serve import configuration

ROOT = Path(__file__).resolve().parents[1]


def _nginx() -> str | None:
    return shutil.which("nginx", path="/usr/sbin:/usr/local/sbin:/usr/bin:/usr/local/bin")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.mark.slow
def test_visitors_click_through_the_pages_and_none_is_lost():
    options = ["--visitors", "2", "--seconds", "8", "--every", "1", "--after", "0", "--port"]
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.visitors", *options, str(_free_port())],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=180,
        check=True,
    )
    brine, empty = (
        [cell.strip() for cell in line.split("|")[1:-1]] for line in done.stdout.splitlines() if " MB |" in line
    )
    assert (brine[0], empty[0]) == ("Brine", "an empty app")
    assert int(brine[3]) >= 2, done.stdout
    assert (brine[8], empty[8]) == ("0, 0", "0, 0"), done.stdout


def test_a_tab_knows_which_fragment_a_widget_is_in():
    tab = Tab()
    for key, fragment in (("explore-period", "a1b2"), ("sample", "")):
        message = ForwardMsg()
        message.delta.fragment_id = fragment
        message.delta.new_element.button.id = f"$$ID-0123456789-{key}"
        tab.take(message.SerializeToString())
    assert tab.fragments == {"explore-period": "a1b2", "sample": ""}


def test_each_process_gets_its_share_of_new_visitors_and_its_own_cookie():
    text = configuration(Path("/tmp/somewhere"), 8501, [8502, 8503, 8504])
    for name, port in (("brine_1", 8502), ("brine_2", 8503), ("brine_3", 8504)):
        assert f"upstream {name} {{ server 127.0.0.1:{port}; }}" in text
        assert f"        {name} {name};" in text
    assert "33.33% brine_1;" in text
    assert "* brine_3;" in text


@pytest.mark.skipif(_nginx() is None, reason="nginx is not installed")
def test_nginx_takes_the_configuration(tmp_path):
    (tmp_path / "nginx.conf").write_text(configuration(tmp_path, 8501, [8502, 8503]))
    done = subprocess.run(
        [str(_nginx()), "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
