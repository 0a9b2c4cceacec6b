# For developers: `make run` starts LanChat, `make test` proves it. CONTRIBUTING.md has the same steps for Windows.

SHELL := /bin/bash
.SHELLFLAGS := -o pipefail -c
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv
UV_RELEASE := $(shell sed -n 's/.*"uv==\(.*\)".*/\1/p' pyproject.toml)

.DEFAULT_GOAL := setup
.PHONY: setup run test contract lint package bench soak audit clean

# Leaves .venv/bin/lanchat with the web client built; quick when nothing has changed.
setup: .venv/packages
	@$(BIN)/python packaging/web_client.py
	@$(MAKE) --silent --no-print-directory .venv/installed

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "LanChat needs Python 3.11 or newer: make PYTHON=/path/to/python")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV_RELEASE)

# First what LanChat needs, then LanChat itself: so that npm's words are seen if the web client can't be built.
.venv/packages: pyproject.toml uv.lock | $(UV)
	$(UV) sync --frozen --quiet --inexact --no-install-project --compile-bytecode
	@touch $@

.venv/installed: .venv/packages lanchat/__init__.py
	$(UV) sync --frozen --quiet
	@touch $@

# The environment reaches LanChat as it is; flags go in ARGS: PORT=9000 make run, make run ARGS="--host 127.0.0.1"
run: setup
	@exec $(BIN)/lanchat $(ARGS)

# The wire's types for the web client, from the server's routes and events; committed, and tested to be current.
contract: setup
	$(BIN)/python -m lanchat.contract | npm --prefix web run --silent contract > web/src/contract.ts.new
	mv web/src/contract.ts.new web/src/contract.ts

lint: setup
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/pyright
	$(BIN)/lint-imports
	npm --prefix web run --silent lint

test: setup
	packaging/linux/system-packages.sh
	$(MAKE) lint
	npm --prefix web run --silent test
	$(BIN)/python -m pytest --numprocesses=2

# dist/lanchat (one file), dist/lanchat-folder/ and this system's installers; packaging/README.md has the rest.
package: setup
	$(BIN)/python packaging/package.py

# LanChat beside its peers, in less than six minutes (QUICK=1: two); tests/load/README.md says how to read it.
bench: setup
	$(BIN)/python -m tests.load.bench

# The reliability tests at full length: about a quarter of an hour.
soak: setup
	SOAK=1 $(BIN)/python -m pytest tests/reliability --log-cli-level=INFO

# Which of the pinned releases have known holes; asks PyPI, so no part of `make test`.
audit: setup
	$(BIN)/python packaging/audit.py

clean:
	rm -rf .venv build dist lanchat/static web/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
