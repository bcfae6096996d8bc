# `make help` says what there is. Everything is installed in .venv; uv is used where it is installed, else venv and pip.

VENV   := .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
STORY  := examples/tunnel-fire
UV     := $(shell command -v uv 2>/dev/null)
# The first Python on the path that will do; `make setup PYTHON=/path/to/python` takes another.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11 python; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
	>/dev/null 2>&1 && command -v $$p && break; done)

.DEFAULT_GOAL := help
.PHONY: help setup demo test check bench clean

help: ## say what there is
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' Makefile

setup: $(READY) ## install everything into .venv

# The stamp is older than pyproject.toml whenever there is something new to install. Bytecode is made at once, so that the first
# command is as quick as the second.
$(READY): pyproject.toml Makefile
ifneq ($(UV),)
	@echo "setting up $(VENV) with uv"
	@test -x $(BIN)/python || $(UV) venv --quiet --python '>=3.11,<3.14' $(VENV)
	@$(UV) pip install --quiet --compile-bytecode --python $(BIN)/python --editable . --group dev
else
	@test -n "$(PYTHON)" || { echo "no Python 3.11, 3.12 or 3.13 on the path; install one, or uv"; exit 1; }
	@echo "setting up $(VENV) with $(PYTHON) and pip (a minute or so)"
	@test -x $(BIN)/python || "$(PYTHON)" -m venv $(VENV)
	@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(BIN)/python -m ensurepip --upgrade >/dev/null
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
endif
	@$(BIN)/python -m compileall -q recoupe
	@touch $@

demo: $(READY) ## cross-check the example story: in the terminal, and as dossier.html
	@$(BIN)/recoupe compare $(STORY)
	@$(BIN)/recoupe compare $(STORY) --output dossier.html
	@echo
	@echo "The same with its sources side by side: open $(CURDIR)/dossier.html in a browser."

test: $(READY) ## run all tests
	@$(BIN)/python -m pytest

check: $(READY) ## lint, format, types, import contracts, doctests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m pytest --doctest-modules recoupe

bench: $(READY) ## score against gold what ../shared/bench holds, and compare with bench/floors.toml
	@$(BIN)/python bench/run.py

clean: ## remove everything that the other commands made
	@rm -rf $(VENV) dossier.html build dist bench/out .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
