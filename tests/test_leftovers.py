"""Folders that a killed process left are removed; nobody else's ever is."""

import os
import subprocess
import sys

from lib import jobs, leftovers


def _ended_process():
    ended = subprocess.Popen([sys.executable, "-c", "pass"])
    ended.wait()
    return ended.pid


def _folders(folder, *names):
    for name in names:
        (folder / name).mkdir()
        (folder / name / "lines.arrow").write_bytes(b"x")


def test_what_a_killed_command_left_is_removed_from_a_workspace(tmp_path, monkeypatch):
    mine = leftovers.workspace_name()
    killed = mine.replace(str(os.getpid()), str(_ended_process()), 1)
    monkeypatch.setattr("platform.node", lambda: "another machine")
    elsewhere = leftovers.workspace_name().replace(str(os.getpid()), str(_ended_process()), 1)
    monkeypatch.undo()
    own = ("brine-models", "brine-2026-results", f"brine-{_ended_process()}-notes", "brine-", "orders")
    _folders(tmp_path, mine, killed, elsewhere, *own)

    assert leftovers.clear_workspace(tmp_path) == 1

    assert {path.name for path in tmp_path.iterdir()} == {mine, elsewhere, *own}


def test_a_server_that_starts_leaves_the_folders_of_running_commands_and_servers(tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    running = (leftovers.workspace_name(), f"{leftovers.temporary_prefix()}serve", "brine-checkout")
    _folders(tmp_path, *running, f"brine-{_ended_process()}-abc")

    assert jobs.clear_leftovers() == 1
    assert {path.name for path in tmp_path.iterdir()} == set(running)
