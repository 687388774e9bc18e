PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# Processes that run tests side by side.
WORKERS ?= 2

.PHONY: demo test lint types docs clean

# Read the packaged samples, print the brief, write report.html.
demo: $(VENV)/demo-ready
	rm -rf demo.dossier
	$(BIN)/rashomon demo --into demo.dossier --out report.html

# Lint, types, tests.
test: $(VENV)/test-ready lint types
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile

lint: $(VENV)/test-ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/test-ready
	$(BIN)/mypy

# Make the reference pages anew from the code.
docs: $(VENV)/demo-ready
	$(BIN)/python docs/generate.py

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/demo-ready: $(BIN)/python requirements.lock pyproject.toml
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

$(VENV)/test-ready: $(BIN)/python requirements-test.lock pyproject.toml
	$(BIN)/pip install --quiet --require-hashes -r requirements-test.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation -e .
	touch $@ $(VENV)/demo-ready

clean:
	rm -rf $(VENV) build dist demo.dossier report.html
