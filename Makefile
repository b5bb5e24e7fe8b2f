# `make` lists what can be made.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
MAKEFLAGS += --no-builtin-rules --no-print-directory

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PIN := CUSTOM_COMPILE_COMMAND="make pins" $(BIN)/python -m piptools compile --quiet --allow-unsafe --generate-hashes \
	--strip-extras --no-emit-find-links --no-emit-index-url --no-emit-options --no-emit-trusted-host
comma := ,
TEMPLATES := $(wildcard report_templates app/templates)

# Installs Debian packages as root; to anyone else, and elsewhere, says what to run, and goes on.
# $(1) Debian's packages, $(2) what they are for, $(3) Homebrew's package
define provide
	echo "Missing: $(2)."; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing $(1)"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $(1) >/dev/null; } \
	    || echo "That did not work. Try: apt-get install -y $(1)"; \
	elif command -v brew >/dev/null; then \
	  echo "Install it with: brew install $(3)"; \
	else \
	  echo "Install it with: sudo apt-get install -y $(1)"; \
	fi
endef

FIND_PANGO := import ctypes.util, sys; \
	sys.exit(not all(map(ctypes.util.find_library, ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset"))))

.PHONY: help
help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

.PHONY: install
install: $(VENV)/installed ## Make .venv with what the product needs, and Pango for the PDF
	@$(BIN)/python -c '$(FIND_PANGO)' || { \
	  $(call provide,libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0,Pango$(comma) which the PDF needs,pango); }

.PHONY: install-dev
install-dev: install $(VENV)/installed-dev ## Add what tests and checks need
	@command -v pdftoppm >/dev/null || { \
	  $(call provide,poppler-utils,poppler$(comma) with which tests look at PDFs,poppler); }
	@command -v chromium chromium-browser google-chrome >/dev/null || { \
	  $(call provide,chromium,a browser$(comma) in which tests open pages,--cask chromium); }

.PHONY: demo
demo: install ## Write a sample brief to build/demo, and serve the pages with invented councils (ARGS=--fresh)
	@$(BIN)/diagnostic demo $(ARGS)

.PHONY: test
test: install-dev ## Run all tests
	@$(BIN)/python -m pytest -n auto --no-loadscope-reorder

.PHONY: check
check: install-dev ## Check form, types, imports, templates and the rules of the house
	@failed=""; \
	step() { echo "== $$1"; "$${@:2}" || failed="$$failed$${failed:+, }$$1"; }; \
	step format $(BIN)/ruff format --check --output-format concise .; \
	step lint $(BIN)/ruff check --output-format concise .; \
	step types $(BIN)/mypy; \
	step imports $(BIN)/lint-imports --no-logo; \
	[ -z "$(TEMPLATES)" ] || step templates $(BIN)/djlint --check --lint $(TEMPLATES); \
	step house $(BIN)/python -m pytest tests/test_house.py; \
	step migrations $(BIN)/python -m pytest tests/service/test_migrations.py; \
	[ -z "$$failed" ] || { echo "Failed: $$failed"; exit 1; }

.PHONY: bench
bench: install-dev ## Measure the method and the brief against their budgets
	@$(BIN)/python tests/benchmarks/run.py

.PHONY: audit
audit: install-dev ## Attack what is published of 1,000 generated organisations
	@$(BIN)/python -m tests.audit.run

.PHONY: pins
pins: install-dev ## Write requirements.txt and requirements-dev.txt anew from their .in files
	@$(PIN) --all-build-deps --output-file requirements.txt pyproject.toml
	@$(PIN) --output-file requirements-dev.txt requirements-dev.in

.PHONY: readme
readme: install-dev ## Write README's table of settings anew
	@$(BIN)/python -m tests.settings_table

.PHONY: clean
clean: ## Remove what was made: .venv, build and the tools' caches
	@rm -rf $(VENV) build dist *.egg-info .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Python 3.11 or newer is needed. If you have one by another name: make PYTHON=python3.12"; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' \
	  || { echo "This Python cannot make virtual environments. On Debian and Ubuntu: apt-get install -y python3-venv"; exit 1; }
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/installed: requirements.in requirements.txt pyproject.toml | $(BIN)/python
	@echo "Installing what the product needs"
	@$(PIP) install --require-hashes -r requirements.txt
	@PYTHONWARNINGS=ignore $(PIP) install --no-build-isolation --no-deps --editable .
	@touch $@

$(VENV)/installed-dev: requirements-dev.txt $(VENV)/installed
	@echo "Installing what tests and checks need"
	@$(PIP) install --require-hashes -r requirements-dev.txt
	@touch $@
