# `make` lists the targets. Each sets up what it needs in .venv, and nothing twice: a step is done again only when the
# files it depends on change. `make -j` is safe, and so is a path with spaces (everything below is relative).

PYTHON ?= python3
OUT ?= outputs
ARTICLES ?=
# Reports are read as of today, unless AS_OF says otherwise; the examples as of the month they were collected in.
AS_OF ?= $(if $(ARTICLES)$(INTO),,2024-02-29)
INTO ?=
SECONDS ?= 60
CORRECTIONS ?=

VENV := .venv
BIN := $(VENV)/bin
# -qq: only errors; warnings here are about the configuration of the machine, not about sitmap.
PIP := $(BIN)/python -m pip -qq --disable-pip-version-check

# Stamps lie inside .venv, so that deleting it takes them along.
PLACE := $(VENV)/created.stamp
RUNTIME := $(VENV)/runtime.stamp
DEV := $(VENV)/dev.stamp
INDEX := $(VENV)/share/sitmap/index.stamp

INDEXED := $(wildcard gazetteer/*.py gazetteer/sources/*.py gazetteer/data/* gazetteer/data/*/*)
LOCK := build/lock/bin/uv pip compile pyproject.toml --group build --universal --python-version 3.11 \
	--fork-strategy fewest --generate-hashes --no-header --quiet

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help map brief test slow check rest lint types codebook audit fuzz verify evaluate gate bench bench-check \
	bench-record lock clean

help: ## list the targets
	@echo "make map                     reports in examples/ -> map, GeoJSON and briefing in outputs/"
	@echo "make map ARTICLES=\"PATH ...\" your own: files and folders of .txt, .html, .json, .jsonl"
	@echo "         AS_OF=2023-11-22    their date of collection, where they give no year"
	@echo "         OUT=DIR             another folder than outputs/"
	@echo "         INTO=DIR            a folder that grows: new reports and tables join those in it"
	@echo "         CORRECTIONS=FILE    an analyst's corrections (CSV or YAML)"
	@echo
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/\1 \2/p' Makefile | while read -r name text; do printf '%-13s %s\n' "$$name" "$$text"; done

# ---- products ----------------------------------------------------------------------------------------------------------

map: $(INDEX) ## make map, GeoJSON, tables and briefing
	@$(BIN)/sitmap map $(ARTICLES) $(if $(INTO),--into "$(INTO)",--out "$(OUT)") $(if $(AS_OF),--as-of "$(AS_OF)") \
		$(if $(CORRECTIONS),--corrections "$(CORRECTIONS)")

brief: $(INDEX) $(filter map,$(MAKECMDGOALS)) ## write the briefing again from what the last run made
	@$(BIN)/sitmap brief --out "$(OUT)"

# ---- checks ------------------------------------------------------------------------------------------------------------

test: $(DEV) $(INDEX) ## fast tests: no browser, no QGIS
	@echo "testing (fast tests)"
	@$(BIN)/python -m pytest -m "not slow" --numprocesses auto --maxprocesses 4 --dist loadfile

slow: $(DEV) $(INDEX) ## slow tests: browser, QGIS, whole runs
	@echo "testing (slow tests)"
	@$(BIN)/python -m pytest -m slow

check: test rest ## everything that CI runs: tests, lint, types, codebook, gazetteer, slow tests, accuracy

# What check does beyond the fast tests; .ci/run calls it after `make test`.
rest: lint types codebook audit verify slow gate

lint: $(DEV) ## ruff
	@echo "checking style"
	@$(BIN)/ruff check --quiet

types: $(DEV) ## mypy, strict
	@echo "checking types"
	@$(BIN)/mypy --no-error-summary

codebook: $(RUNTIME) ## is docs/codebook.md what the tables say?
	@$(BIN)/python tools/make_codebook.py --check

audit: $(DEV) ## do the locked dependencies have known faults? (list kept in tools/advisories.yaml)
	@$(BIN)/python tools/audit.py

fuzz: $(DEV) ## fuzz ingest, names, dates and counts, so many seconds each: make fuzz SECONDS=600
	@mkdir -p build
	@for target in ingest names dates counts; do \
		echo "fuzzing $$target for $(SECONDS) seconds"; \
		$(BIN)/python tests/fuzz/fuzz.py $$target --seconds $(SECONDS) 2>build/fuzz-$$target.log || \
		{ tail -n 40 build/fuzz-$$target.log; exit 1; }; \
	done

verify: $(INDEX) ## is the gazetteer index whole?
	@$(BIN)/sitmap gazetteer verify

# ---- figures -----------------------------------------------------------------------------------------------------------

evaluate: $(INDEX) ## accuracy on ../shared, into outputs/ too (says what is missing if that is not there)
	@$(BIN)/sitmap evaluate --out "$(OUT)"

gate: $(INDEX) ## is accuracy at or above its floors? (about two minutes)
	@echo "holding accuracy to its floors"
	@$(BIN)/sitmap evaluate --gate

# BENCH="table text map": which of them; the table and the map go up to 1,000,000 events, and take a quarter of an hour,
# 8 GB and a machine that does nothing else. MOST=100000 leaves out what is larger in the table.
BENCH ?= table map
MOST ?= 1000000
bench: $(INDEX) $(DEV) ## one table of costs beside their yardsticks and how they grow; the map, plain Folium beside it
	@$(if $(filter table,$(BENCH)),$(BIN)/python bench/figures.py --most $(MOST),true)
	@$(if $(filter text,$(BENCH)),$(BIN)/python bench/run.py,true)
	@$(if $(filter map,$(BENCH)),$(BIN)/python bench/map.py,true)

bench-check: $(INDEX) $(DEV) ## has a figure got worse than it usually is? (about two minutes; a quiet machine)
	@echo "holding figures against bench/history.jsonl"
	@$(BIN)/python bench/check.py

bench-record: $(INDEX) $(DEV) ## add this run's figures to bench/history.jsonl
	@$(BIN)/python bench/check.py --record

# ---- set-up ------------------------------------------------------------------------------------------------------------

$(PLACE):
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(v < (3, 11) and "sitmap needs Python 3.11 or newer; " \
	"$(PYTHON) is %d.%d. Give another: make PYTHON=/path/to/python3.11 ..." % v[:2])'
	@echo "creating $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@touch $@

# Hashes for everything that is downloaded; the project itself is linked, with the setuptools of the lock.
$(RUNTIME): requirements.lock pyproject.toml | $(PLACE)
	@echo "installing the locked dependencies (a minute or two, once)"
	@$(PIP) install --require-hashes -r requirements.lock
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements-dev.lock $(RUNTIME)
	@echo "installing what the tests need (once)"
	@$(PIP) install --require-hashes -r requirements-dev.lock
	@touch $@

$(INDEX): $(INDEXED) $(RUNTIME)
	@echo "building the gazetteer index (once for each change of its sources)"
	@$(BIN)/sitmap gazetteer build --if-needed
	@mkdir -p $(@D)
	@touch $@

build/lock/bin/uv:
	@$(PYTHON) -m venv build/lock
	@build/lock/bin/python -m pip --quiet --disable-pip-version-check install uv

# Versions that are locked stay; `make lock UPGRADE=--upgrade` takes the newest of all.
lock: build/lock/bin/uv ## make requirements.lock and requirements-dev.lock again
	@$(LOCK) $(UPGRADE) -o requirements.lock
	@$(LOCK) $(UPGRADE) --group dev -c requirements.lock -o requirements-dev.lock
	@! grep -nE '^ *--(index|extra-index|find-links)|[a-z]+://' requirements.lock requirements-dev.lock

clean: ## remove the environment, caches and outputs
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find outputs -mindepth 1 ! -name README.md -delete
