# Two commands do everything: `make run` and `make test`.
PYTHON ?= python3.11
VENV := .venv
PIP := $(VENV)/bin/python -m pip --disable-pip-version-check --quiet
HENGJIAN := $(VENV)/bin/hengjian
HOST ?= 127.0.0.1
PORT ?= 8000
ifeq (,$(shell command -v $(PYTHON) 2>/dev/null))
PYTHON := python3
endif

.PHONY: run test setup setup-dev setup-spark lint types clean screenshots requirements

run: setup
	$(HENGJIAN) demo --if-empty
	$(HENGJIAN) serve --host $(HOST) --port $(PORT)

test: setup-dev
	$(VENV)/bin/python scripts/test.py

setup: $(VENV)/.base

setup-dev: $(VENV)/.dev

$(VENV)/.base: requirements/base.txt requirements/build.txt pyproject.toml
	@test -x $(VENV)/bin/python || $(PYTHON) -m venv $(VENV)
	@echo "Installing Hengjian into $(VENV) (once, a minute or two) ..."
	$(PIP) install --require-hashes -r requirements/base.txt
	$(PIP) install --require-hashes -r requirements/build.txt
	$(PIP) install --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: $(VENV)/.base requirements/dev.txt
	$(PIP) install --require-hashes -r requirements/dev.txt
	@touch $@

# Spark for the test on a local cluster (needs Java; half a gigabyte, so not part of the rest).
setup-spark: setup-dev
	$(PIP) install --require-hashes -r requirements/spark.txt

lint: setup-dev
	$(VENV)/bin/ruff format --check src tests scripts benchmarks demo
	$(VENV)/bin/ruff check src tests scripts benchmarks demo
	$(VENV)/bin/lint-imports --no-cache
	$(VENV)/bin/yamllint --strict packs

types: setup-dev
	$(VENV)/bin/mypy

# The pictures of the README, from the demo (needs chromium).
screenshots: setup-dev
	$(VENV)/bin/python scripts/screenshots.py

# Compile the pinned requirements again (needs uv; no registry address is written).
requirements: requirements/base.in requirements/dev.in requirements/build.in requirements/spark.in requirements/bench.in
	uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q requirements/base.in -o requirements/base.txt
	uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q -c requirements/base.txt requirements/dev.in -o requirements/dev.txt
	uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q requirements/build.in -o requirements/build.txt
	uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q requirements/spark.in -o requirements/spark.txt
	uv pip compile --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --no-header -q requirements/bench.in -o requirements/bench.txt

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
