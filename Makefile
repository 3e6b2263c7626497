# Two commands: `make report` does the repository's own review, `make test` runs every test.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: setup report test lint types snapshots paper clean

setup: $(VENV)/.ready

$(VENV)/.ready: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "evidence needs Python 3.11 or newer; found `$(PYTHON) --version`. Mend: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 2; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

report: setup
	$(BIN)/evidence run

test: setup
	$(BIN)/python -m pytest -n 2 --dist loadfile

lint: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: setup
	$(BIN)/mypy --strict

snapshots: setup
	$(BIN)/python -m pytest --snapshot-update tests/report

paper: setup
	$(BIN)/python sources/typeset/typeset.py

clean:
	rm -rf $(VENV) .cache .evidence build dist
