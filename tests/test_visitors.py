"""The app serves visitors over real websockets, by one process or by several behind a proxy."""

import gzip
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import find_spec
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.streamlit_client import Tab
from lib.ui import figures
from tools import serve
from tools.serve import _is_ready, configuration, lay_out

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


class Answers(BaseHTTPRequestHandler):
    """Stands for a process that serves the app: answers everything with the address that was asked for."""

    def do_GET(self):
        body = f"asked {self.path}".encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments):
        pass


def test_whether_a_process_is_ready_is_asked_of_itself_and_of_no_proxy(monkeypatch):
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{_free_port()}")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as worker:
        threading.Thread(target=worker.serve_forever, daemon=True).start()
        assert _is_ready(worker.server_port)
        worker.shutdown()
    assert not _is_ready(worker.server_port)


def _kept(lasts: float, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The numbers of the processes started one after the other, of which each ends at once, until serving ends; at most
    eight. `lasts`: after how many seconds a process counts as one that has lasted."""
    monkeypatch.setattr(serve, "_PAUSE_SECONDS", 0.0)
    monkeypatch.setattr(serve, "_SHORT_SECONDS", lasts)
    running = serve._Running([sys.executable, "-S", "-c", "raise SystemExit(3)"], {})
    started = [running.process.pid]
    while len(started) < 8:
        running.process.wait(60)
        if not running.keep():
            break
        started.append(running.process.pid)
    running.process.wait(60)
    return started


def test_a_process_that_never_lasts_ends_the_server_and_one_that_lasted_is_started_again(monkeypatch, capfd):
    assert len(_kept(60.0, monkeypatch)) == serve._MOST_SHORT
    assert "ended with 3 and will not last: serving ends" in capfd.readouterr().err
    assert len(set(_kept(0.0, monkeypatch))) == 8


@pytest.fixture
def reachable() -> Iterator[Path]:
    """A folder that every user can reach: pytest's own is closed to the user whose rights nginx takes."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o711)
        yield Path(folder)


@pytest.fixture
def proxied(reachable: Path) -> Iterator[str]:
    """The address of nginx before one such process."""
    worker = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=worker.serve_forever, daemon=True).start()
    port = _free_port()
    lay_out(reachable / "web")
    (reachable / "nginx.conf").write_text(configuration(reachable, port, [worker.server_port]))
    command = [str(_nginx()), "-p", str(reachable), "-c", str(reachable / "nginx.conf"), "-g", "daemon off;"]
    nginx = subprocess.Popen(command)
    while nginx.poll() is None:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            break
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    nginx.terminate()
    nginx.wait(20)
    worker.shutdown()
    worker.server_close()


def _get(url: str, accepted: str) -> tuple[bytes, str, str]:
    """The body as sent, its encoding, and how long the browser may keep it."""
    asked = urllib.request.Request(url, headers={"Accept-Encoding": accepted})
    with urllib.request.urlopen(asked, timeout=20) as answer:
        return answer.read(), answer.headers["Content-Encoding"] or "", answer.headers["Cache-Control"] or ""


@pytest.mark.skipif(_nginx() is None, reason="nginx is not installed")
def test_the_first_page_says_which_process_is_this_visitors(proxied):
    with urllib.request.urlopen(f"{proxied}/explore", timeout=20) as answer:
        assert answer.headers["Set-Cookie"].startswith("brine_worker=brine_1;")
    again = urllib.request.Request(proxied, headers={"Cookie": "brine_worker=brine_1"})
    with urllib.request.urlopen(again, timeout=20) as answer:
        assert answer.headers["Set-Cookie"] is None


@pytest.mark.skipif(_nginx() is None, reason="nginx is not installed")
def test_nginx_hands_out_the_browsers_files_compressed_and_asks_the_process_for_the_rest(proxied):
    streamlit = Path(find_spec("streamlit").origin).parent / "static" / "static"
    plotly = Path(find_spec("plotly").origin).parent / "package_data" / "plotly.min.js"
    script = next((streamlit / "js").glob("index.*.js"))
    for url, file in ((f"static/js/{script.name}", script), (figures.library_address(), plotly)):
        packed, encoding, kept = _get(f"{proxied}/{url}", "gzip")
        assert encoding == "gzip"
        assert kept == "public, immutable, max-age=31536000"
        assert gzip.decompress(packed) == file.read_bytes()
        assert _get(f"{proxied}/{url}", "identity")[0] == file.read_bytes()
    page = (streamlit.parent / "index.html").read_bytes()
    for url in ("", "train", "predict?lang=es"):
        packed, encoding, kept = _get(f"{proxied}/{url}", "gzip")
        assert (gzip.decompress(packed), encoding, kept) == (page, "gzip", "no-cache")
    for other in (
        "_stcore/health",
        "trainings",
        "train/x",
        "index",
        "static/js/of-another-version.js",
        "static/",
        "component/other/plotly.min.js",
    ):
        assert _get(f"{proxied}/{other}", "gzip")[0] == f"asked /{other}".encode()
