"""What a reload resumes: only the browser's own work, for a while, within bounds."""

import itertools
import threading
from dataclasses import dataclass, field, replace
from types import SimpleNamespace

import pandas as pd
import pytest

from lib.ui import kept_work
from lib.ui.kept_work import KeptWork, bytes_of, copy_of, unsaved
from lib.ui.predict_session import Brought
from lib.ui.state import Reading, Session, Upload


@dataclass
class Server:
    """Which tabs are open, and the time."""

    open: set[str] = field(default_factory=set)
    now: float = 0.0

    def works(self) -> KeptWork:
        return KeptWork(self.open.__contains__, lambda: self.now)


class Training:
    """A job, as far as it is looked at here."""

    def __init__(self, state: str = "running", sha256: str = "") -> None:
        self.state, self.stopped = state, False
        self.result = SimpleNamespace(card=SimpleNamespace(pipeline_sha256=sha256))

    def stop(self) -> None:
        self.stopped, self.state = True, "done"


def with_data(name: str = "orders.csv", data: bytes = b"x") -> Session:
    return Session(reading=Reading((Upload(name, data, name),)))


def visitor(works: KeptWork, browser: str = "Firefox", user: str = "") -> str:
    return works.owner_of(works.new_token(), browser, user)


def test_a_reload_resumes_the_same_session_and_a_second_tab_gets_a_copy():
    server = Server()
    works, mine = server.works(), with_data()
    owner = visitor(works)
    server.open.add("tab 1")
    assert works.keep(owner, "tab 1", mine)
    copied, how = works.resume(owner, "tab 2") or (None, "")
    assert how == "copied"
    assert copied is not mine
    assert copied.reading == mine.reading
    server.open.remove("tab 1")
    assert works.resume(owner, "tab 3") == (mine, "resumed")
    assert not works.keep(owner, "tab 1", mine), "the first tab came back: its work is another tab's now"


def test_of_two_tabs_each_reload_resumes_its_own():
    server = Server({"tab 1", "tab 2"})
    works, first, second = server.works(), with_data("a"), with_data("b")
    owner = visitor(works)
    works.keep(owner, "tab 1", first)
    works.keep(owner, "tab 2", second)
    for tab, session in (("tab 1", first), ("tab 2", second)):
        server.open.remove(tab)
        assert works.resume(owner, f"{tab} again") == (session, "resumed")
        server.open.add(f"{tab} again")


def test_two_visitors_with_each_others_tokens_get_nothing():
    server = Server()
    works = server.works()
    people = [
        (works.new_token(), browser, user) for browser, user in (("Firefox", ""), ("Chrome", ""), ("Chrome", "b"))
    ]
    for number, person in enumerate(people):
        works.keep(works.owner_of(*person), f"tab {number}", with_data(str(number)))
    for (number, (_, browser, user)), (other, (token, *_)) in itertools.permutations(enumerate(people), 2):
        found = works.resume(works.owner_of(token, browser, user), "new")
        assert found is None, f"{number} with the token of {other}"
    for number, person in enumerate(people):
        found = works.resume(works.owner_of(*person), f"tab {number} again")
        assert found is not None
        assert found[0].reading.uploads[0].name == str(number)


@pytest.mark.parametrize("change", ["other", "flipped", "unsigned", "empty", "words", "another server's", "long"])
def test_a_token_that_this_server_did_not_make_is_none(change):
    works = Server().works()
    token = works.new_token()
    random, _, signature = token.partition(".")
    assert works.is_token(token)
    assert len(bytes.fromhex(random)) * 8 == 256
    guessed = {
        "other": f"{random[::-1]}.{signature}",
        "flipped": f"{random}.{signature[:-1]}{'0' if signature[-1] != '0' else '1'}",
        "unsigned": random,
        "empty": "",
        "words": "ñ.ñ",
        "another server's": Server().works().new_token(),
        "long": token + "0" * 100_000,
    }[change]
    assert not works.is_token(guessed)


def test_tokens_differ_and_only_their_hashes_are_kept():
    works = Server().works()
    tokens = {works.new_token() for _ in range(100)}
    assert len(tokens) == 100
    for token in tokens:
        works.keep(works.owner_of(token, "", ""), token[:8], with_data())
    held = repr(works._works)
    assert not any(token.split(".")[0] in held for token in tokens)


def test_work_is_gone_some_time_after_its_tab_and_a_tab_that_is_open_keeps_it():
    server = Server({"tab"})
    works, mine = server.works(), with_data()
    owner = visitor(works)
    works.keep(owner, "tab", mine)
    server.now += 10 * kept_work.KEEP_SECONDS
    works.expire()
    server.open.clear()
    server.now += kept_work.KEEP_SECONDS - 1
    works.expire()
    assert works.count == 1
    server.now += 2
    assert works.resume(owner, "late") is None, "expired, though not yet dropped"
    works.expire()
    assert works.count == 0


def test_an_empty_session_is_not_kept():
    server = Server({"tab"})
    works = server.works()
    owner = visitor(works)
    works.keep(owner, "tab", Session())
    assert works.resume(owner, "second") is None
    server.open.clear()
    works.expire()
    assert works.count == 0


def test_what_is_kept_of_closed_tabs_is_bounded_for_all_and_for_each_and_the_latest_stays(monkeypatch):
    server = Server()
    works = server.works()
    for number in range(3 * kept_work.MOST_CLOSED):
        server.now += 1
        works.keep(visitor(works), f"tab {number}", with_data(str(number)))
    works.expire()
    assert works.count == kept_work.MOST_CLOSED
    one = visitor(works)
    for number in range(10):
        server.now += 1
        works.keep(one, f"own {number}", with_data(f"own {number}"))
    works.expire()
    own = [work for work in works._works if work.owner == one]
    assert [work.session.reading.uploads[0].name for work in own] == ["own 9", "own 8", "own 7"]
    monkeypatch.setattr(kept_work, "MOST_CLOSED_BYTES", 1000)
    server.now += 1
    large = visitor(works)
    works.keep(large, "large", with_data("large", b"x" * 900))
    server.now += 1
    works.keep(visitor(works), "small", with_data("small", b"x" * 200))
    works.expire()
    assert sum(bytes_of(work.session) for work in works._works) <= 1000
    assert works.resume(large, "again") is None


def test_a_training_that_nobody_waits_for_ends_and_a_reload_keeps_it():
    server = Server()
    works, mine = server.works(), with_data()
    mine.job = job = Training()
    owner = visitor(works)
    works.keep(owner, "tab", mine)
    server.now += kept_work.TRAINING_SECONDS - 1
    works.expire()
    assert not job.stopped
    assert works.resume(owner, "again") == (mine, "resumed")
    server.now += kept_work.TRAINING_SECONDS + 1
    works.expire()
    assert job.stopped
    assert works.count == 1, "the model so far stays until the work expires"


def test_forgetting_removes_all_of_a_browser_and_nothing_of_another():
    works = Server().works()
    mine, other = visitor(works), visitor(works)
    shown = [with_data(), with_data(), with_data()]
    for owner, tab, session in zip((mine, mine, other), "123", shown, strict=True):
        works.keep(owner, tab, session)
    works.forget(mine)
    assert works.resume(mine, "4") is None
    assert works.resume(other, "5") is not None
    assert [one.forgotten for one in shown] == [True, True, False], "a tab that still shows it begins anew"


def test_a_copy_and_its_original_change_apart():
    mine = with_data()
    copied = copy_of(mine)
    for changed in (copied.remembered, copied.tables, copied.exploring.saved):
        changed["new"] = ()
    copied.trained.append("model")
    copied.saved_models.add("model")
    copied.project.name = copied.predicting.model_name = copied.exploring.customer = "other"
    assert mine == with_data()


def test_the_browser_asks_only_before_what_takes_long_to_make_is_lost():
    mine = with_data()
    assert not unsaved(mine)
    mine.job = Training()
    assert unsaved(mine)
    mine.job = Training("done", "abc")
    assert unsaved(mine)
    mine.saved_models.add("abc")
    assert not unsaved(mine)
    for state in ("failed", "crashed", "cancelled"):
        mine.job = Training(state)
        assert not unsaved(mine)


def test_nobody_waits_while_it_is_measured_what_others_left(monkeypatch: pytest.MonkeyPatch):
    """Adding up thousands of columns took seconds, under a lock that every page needs."""
    server = Server()
    works = server.works()
    owner = visitor(works)
    for number in range(3):
        works.keep(owner, f"tab {number}", with_data(str(number)))
    newcomer, waited, other = with_data("new"), [], visitor(works)

    def measured(session: Session) -> int:
        thread = threading.Thread(target=works.keep, args=(other, "tab new", newcomer), daemon=True)
        thread.start()
        thread.join(10)
        waited.append(thread.is_alive())
        return bytes_of(session)

    monkeypatch.setattr(kept_work, "bytes_of", measured)
    works.expire()
    assert waited == [False, False, False]
    assert works.count == 4


class ReadOnce:
    """A part of a session whose visitor came back: each of its values is gone when it is looked at again."""

    def __init__(self, **values: object) -> None:
        self.values = values

    def __getattr__(self, name: str) -> object:
        return self.values.pop(name, None)


def test_a_session_that_its_visitor_changes_meanwhile_is_measured():
    """Else an error in a thread of the server's kept it from giving any memory back in that round."""
    frame = pd.DataFrame({"customer_id": range(100)})
    predicting = ReadOnce(
        brought=Brought("key", frame, {}),
        scores=SimpleNamespace(table=frame),
        uploaded_model=("m.pkl", b"xx"),
        uploaded_customers=(),
    )
    project = ReadOnce(models=(), history=None)
    session = replace(with_data(data=b"xyz"), predicting=predicting, project=project)
    assert bytes_of(session) == 3 + 2 + 2 * 800
