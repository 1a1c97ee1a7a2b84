# Two commands for a fresh machine (Python 3.11 or newer, and make):  make run  ·  make test
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
PORT   ?= 8501
# How many processes serve the app (`make serve`).
WORKERS ?= 1
# How many tests run at once; those in the browser run one after the other.
TESTS_AT_ONCE ?= 2

# Few threads per numerical library: the tests and the app start several processes, and two cores are enough for all.
export OMP_NUM_THREADS ?= 2
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: run dev serve lock test test-fast test-long gate-tables lint types check format bench clean help

help:           ## what can be done here
	@grep -hE '^[a-z-]+: .*##' $(MAKEFILE_LIST) | sed 's/:.*## */	/'

run: $(VENV)/.run  ## set everything up and open the app in the browser
	$(BIN)/python -m streamlit run streamlit_app.py --server.port $(PORT)

dev: $(VENV)/.run  ## open the app and reload it whenever a source file is saved
	$(BIN)/python -m streamlit run streamlit_app.py --server.port $(PORT) --server.fileWatcherType auto --runner.postScriptGC true

serve: $(VENV)/.run  ## serve visitors: ready before the port opens; WORKERS=2 for two processes behind nginx
	$(BIN)/python -m tools.serve --port $(PORT) --workers $(WORKERS)

test: $(VENV)/.dev browser  ## set everything up and pass all tests, browser included
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q -n $(TESTS_AT_ONCE) --dist worksteal -m "not long and not browser and not clean"
	$(BIN)/python -m pytest -q -m "(browser or clean) and not long"

test-fast: $(VENV)/.dev  ## the quick ones, four cases of each generator: no browser, no training, no new environment
	OMP_NUM_THREADS=1 $(BIN)/python -m pytest -q -n $(TESTS_AT_ONCE) --dist worksteal --cases 4 -m "not slow and not long and not browser and not clean"

test-long: $(VENV)/.dev  ## every honest model in every container, twenty thousand broken ones, and the like
	$(BIN)/python -m pytest -q -m long

bench: $(VENV)/.dev  ## the short benchmarks, each beside a floor or a peer
	$(BIN)/python -m benchmarks.all --short

gate-tables: $(VENV)/.dev  ## write the gate's tables of names and states again (may take over 25 minutes); read the difference
	OMP_NUM_THREADS=1 $(BIN)/python -m tools.gate_tables names
	OMP_NUM_THREADS=1 $(BIN)/python -m tools.gate_tables states
	$(BIN)/ruff format -q lib/gate/generated

lint: $(VENV)/.dev  ## style and common mistakes
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev  ## types on every signature
	$(BIN)/mypy

check: test lint types  ## what a submission must pass

format: $(VENV)/.dev  ## rewrite the code in the project's style
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

.PHONY: browser
browser: $(VENV)/.dev
	@sh tools/find_browser.sh $(BIN)/python

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Brine needs Python 3.11 or newer; this is " + sys.version.split()[0] + ". Try: make PYTHON=python3.12 run")'
	$(PYTHON) -m venv $(VENV)
	@touch $@

$(VENV)/.run: $(VENV)/.python requirements.txt
	$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/.dev: $(VENV)/.python requirements.txt requirements-dev.txt
	$(BIN)/python -m pip install --quiet -r requirements-dev.txt
	@touch $@ $(VENV)/.run

lock: $(VENV)/.dev  ## write requirements.lock: every package with its hashes, for all supported Pythons
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --universal --generate-hashes --python-version 3.11 --no-header --quiet requirements.txt -o requirements.lock

clean:          ## remove everything that was set up here
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
