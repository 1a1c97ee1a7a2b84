"""Who may import what: read from the source, so that a shortcut is seen before it becomes a habit."""

import ast
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from lib import LAYERS

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted((ROOT / "pages").glob("*.py"))
SOURCES = [
    *sorted(path for folder in ("lib", "pages") for path in (ROOT / folder).rglob("*.py")),
    ROOT / "streamlit_app.py",
]

UNPICKLERS = {
    "pickle",
    "_pickle",
    "pickletools",
    "cloudpickle",
    "dill",
    "joblib",
    "skops",
    "shelve",
    "marshal",
    "torch",
}
"""Libraries that can build objects out of bytes."""

MAY_NAME_THEM = {
    "gate": "opens models, in a process of its own",
    "model_file": "writes models",
}
"""Layers that may import one of those; only the gate may load with it."""


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


def layer_of(path: Path) -> str:
    """`lib/tables/dialect.py` → `tables`; empty for `lib/__init__.py` and what is not a package."""
    parts = path.relative_to(ROOT).parts
    return "" if parts[0] != "lib" or (len(parts) == 2 and parts[1].startswith("__")) else Path(parts[1]).stem


def imports(path: Path, *, only_when_run: bool = False) -> Iterator[str]:
    """Every module that a file imports, in full. `only_when_run` leaves out what stands under TYPE_CHECKING."""
    tree = ast.parse(path.read_text())
    skipped: set[int] = set()
    if only_when_run:
        for node in ast.walk(tree):
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                skipped |= {id(inside) for statement in node.body for inside in ast.walk(statement)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name_of(path)} imports relatively"
            module = node.module or ""
            yield module
            if module == "lib":
                yield from (f"lib.{alias.name}" for alias in node.names if not alias.name.isupper())


def called(path: Path) -> Iterator[str]:
    """Every dotted name that a file calls, such as `pickle.load`."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func)


def test_every_file_of_lib_belongs_to_a_listed_layer() -> None:
    layers = {layer_of(path) for path in SOURCES} - {""}
    assert layers <= set(LAYERS), f"not in LAYERS: {layers - set(LAYERS)}"


def test_the_docstring_lists_the_layers_in_their_order() -> None:
    import lib

    assert lib.__doc__ is not None
    listed = lib.__doc__.split("never later ones:")[1].split("`tests/")[0]
    assert tuple(listed.replace("·", " ").split()) == LAYERS


@pytest.mark.parametrize("path", [path for path in SOURCES if layer_of(path)], ids=name_of)
def test_a_layer_uses_only_layers_named_before_it(path: Path) -> None:
    here = LAYERS.index(layer_of(path))
    for module in imports(path):
        if module.startswith("lib."):
            there = module.split(".")[1]
            assert there in LAYERS, f"{name_of(path)} imports {module}, which is no layer"
            assert LAYERS.index(there) <= here, f"{name_of(path)} imports {module}, which comes later"


@pytest.mark.parametrize("path", [path for path in SOURCES if layer_of(path) not in ("", "ui")], ids=name_of)
def test_the_core_knows_neither_streamlit_nor_the_pages(path: Path) -> None:
    for module in imports(path):
        assert module.split(".")[0] not in ("streamlit", "pages", "streamlit_app"), f"{name_of(path)} imports {module}"


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_only_the_gate_and_the_writer_name_a_library_that_unpickles(path: Path) -> None:
    found = {module for module in imports(path) if module.split(".")[0] in UNPICKLERS}
    assert not found or layer_of(path) in MAY_NAME_THEM, f"{name_of(path)} imports {found}"


@pytest.mark.parametrize("path", [path for path in SOURCES if layer_of(path) != "gate"], ids=name_of)
def test_nothing_unpickles_outside_the_gate(path: Path) -> None:
    for name in called(path):
        head, _, last = name.rpartition(".")
        assert not (head.split(".")[0] in UNPICKLERS and last in ("load", "loads", "Unpickler")), (
            f"{name_of(path)}: {name}"
        )
        assert name not in ("pd.read_pickle", "pandas.read_pickle", "Unpickler", "eval", "exec"), (
            f"{name_of(path)}: {name}"
        )
        assert last != "read_pickle"
        if name in ("np.load", "numpy.load"):
            raise AssertionError(f"{name_of(path)}: {name} can unpickle")


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_asks_computes_through_lib_and_shows(path: Path) -> None:
    tree = ast.parse(path.read_text())
    for node in ast.walk(tree):
        assert not isinstance(node, ast.Try | ast.Raise), (
            f"{name_of(path)}:{node.lineno} errors are shown by `page.errors_shown`"
        )
    for module in imports(path):
        assert module.split(".")[0] not in {"sklearn", "plotly", "numpy", "scipy", *UNPICKLERS}, (
            f"{name_of(path)}: {module}"
        )


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_does_no_arithmetic_on_columns(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.BinOp) and not isinstance(node.op, ast.BitOr | ast.Mod):
            sides = (node.left, node.right)
            assert not any(isinstance(side, ast.Subscript) for side in sides), f"{name_of(path)}:{node.lineno}"
        if isinstance(node, ast.Attribute):
            assert node.attr not in ("groupby", "merge", "apply", "agg", "pivot"), (
                f"{name_of(path)}:{node.lineno} {node.attr}"
            )


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_every_page_starts_with_the_guard(path: Path) -> None:
    """A cold server that is asked for `/train` runs the page's file alone; without the guard it stays in that mode."""
    statements = [node for node in ast.parse(path.read_text()).body if isinstance(node, ast.Expr)]
    calls = [ast.unparse(node.value) for node in statements if isinstance(node.value, ast.Call)]
    assert calls[0] == "page.guard()"
    assert calls[1].startswith("page.frame(")


def test_every_field_for_a_day_says_which_days_it_takes() -> None:
    """Without limits, Streamlit takes no day that is ten years away from the first one shown, and says nothing."""
    without = [
        f"{name_of(path)}:{node.lineno}"
        for path in (*PAGES, *(ROOT / "lib" / "ui").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "st.date_input"
        and not {"min_value", "max_value"} <= {keyword.arg for keyword in node.keywords}
    ]
    assert not without


def test_every_download_is_made_when_it_is_clicked_by_a_button_that_keeps_its_name() -> None:
    """What is made while the page is drawn lacks a choice made since; without a key, another label is another button
    (`lib/ui/fresh_downloads.py`)."""
    buttons = [
        (f"{name_of(path)}:{node.lineno}", node, {keyword.arg: keyword.value for keyword in node.keywords})
        for path in (*PAGES, *(ROOT / "lib" / "ui").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "st.download_button"
    ]
    assert len(buttons) > 15
    for where, node, named in buttons:
        data = named["data"] if "data" in named else node.args[1]
        assert "key" in named, f"{where} has no key"
        assert ast.unparse(named["on_click"]) == "'ignore'", f"{where} draws the page anew"
        made_now = isinstance(data, ast.Constant | ast.Attribute | ast.Subscript | ast.JoinedStr) or (
            isinstance(data, ast.Call) and ast.unparse(data.func) != "partial"
        )
        assert not made_now, f"{where}: {ast.unparse(data)} is no function"


def test_every_page_is_in_the_list_and_every_entry_is_a_page() -> None:
    from lib.ui.page_list import PAGES as LISTED

    assert sorted(LISTED) == [path.stem for path in PAGES]


@pytest.mark.slow
def test_every_cache_is_bounded_and_belongs_to_one_visitor_or_holds_no_data() -> None:
    """What is shared on purpose is made of the sample shop, which holds no user data: its table and its model."""
    shared, kept = set(), 0
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text())):
            if not isinstance(node, ast.FunctionDef):
                continue
            for decorator in node.decorator_list:
                words = ast.unparse(decorator)
                if words.startswith("kept("):
                    assert layer_of(path) == "ui", f"{name_of(path)} keeps values of a visitor"
                    assert isinstance(decorator, ast.Call)
                    assert 1 <= ast.literal_eval(decorator.args[0]) <= 16, f"{node.name} is hardly bounded"
                    kept += 1
                if not words.startswith(("st.cache_data", "st.cache_resource")):
                    continue
                assert layer_of(path) == "ui", f"{name_of(path)} caches with Streamlit"
                if "scope='session'" in words:
                    assert "max_entries=" in words, f"{node.name} is not bounded"
                else:
                    shared.add(node.name)
    assert shared == {"_sample_table", "sample_model"}
    assert kept > 10


def test_the_picture_of_the_architecture_shows_the_layers_of_the_list() -> None:
    from tools.draw_architecture import PAGE, STAGES, page

    assert sum(STAGES.values(), ()) == LAYERS
    text = PAGE.read_text()
    assert page(text) == text, "run python tools/draw_architecture.py"
    assert all(f"| `{layer}` |" in text for layer in LAYERS)


WORKERS = {("lib.tables.reading", "lib.tables.decode_worker")}
"""A module that starts a child process, and the child's own module, which calls back into the first by its name."""


@pytest.mark.slow
def test_no_modules_import_each_other_in_a_circle() -> None:
    """Imports inside functions count. A package's `__init__` may open its own modules late: it is their front door."""
    modules = {module_of(path): path for path in SOURCES}
    uses: dict[str, set[str]] = {}
    for name, path in modules.items():
        found = modules_used(path, modules)
        front = {one for one in found if path.name == "__init__.py" and one.startswith(f"{name}.")}
        late = front - modules_used(path, modules, top_level=True)
        uses[name] = {one for one in found - {name} - late if (one, name) not in WORKERS}
    while True:  # take away, again and again, what uses nothing that is left
        free = {name for name, used in uses.items() if not used & uses.keys()}
        if not free:
            break
        uses = {name: used for name, used in uses.items() if name not in free}
    in_circle = {name: sorted(used & uses.keys()) for name, used in uses.items()}
    assert not in_circle, in_circle


def module_of(path: Path) -> str:
    """`lib/tables/dialect.py` → `lib.tables.dialect`."""
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def modules_used(path: Path, modules: Mapping[str, Path], *, top_level: bool = False) -> set[str]:
    """The modules of ours that a file imports; `from lib.gate import arrow` is `lib.gate.arrow`."""
    tree = ast.parse(path.read_text())
    unchecked = {
        id(inside)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inside in ast.walk(node)
    }
    used: set[str] = set()
    for node in tree.body if top_level else ast.walk(tree):
        if id(node) in unchecked:
            continue
        if isinstance(node, ast.Import):
            used |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            whole = {alias.name: f"{node.module}.{alias.name}" for alias in node.names}
            used |= {full if full in modules else node.module for full in whole.values()}
    return used & modules.keys()
