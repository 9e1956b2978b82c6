# One command each. `make help` lists them. Settings come from the environment: make demo PORT=9000
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
PY := .venv/bin/python
SERVICES := $(PY) -m epeken.supervisor run-with-services --
ARGS ?=
# Measuring what the tests reach takes a fifth of their time: `make coverage`. The floor of coverage (pyproject.toml) is
# the whole suite's: a part of it is measured and not judged.
COVERAGE ?=
MEASURED = $(if $(COVERAGE),--cov --cov-report=term $(if $(ARGS),--cov-fail-under=0),--no-cov)
# Every process of the suite and the demo reads compiled files instead of compiling them anew, whatever the shell says.
export PYTHONDONTWRITEBYTECODE :=
# Processes of the test suite: one more than there are cores, since tests that kill and freeze servers wait a while; up
# to eight. In one: make test ARGS="-n 0"
SPREAD := -n $(shell cores=$$(getconf _NPROCESSORS_ONLN); echo $$((cores < 7 ? cores + 1 : 8))) --dist loadgroup

.PHONY: help demo test coverage mutants check lint types format shell seed shots messages schema lock clean venv venv-dev chromium stop test-city test-2027 storm restore-drill scan advisories

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' Makefile

demo: venv ## the whole city from nothing: database, queue, demo data, web, worker (PORT=8000)
	@exec $(PY) -m epeken.supervisor demo

stop: ## stop what `make demo` left running, should it have been killed
	@[ ! -x $(PY) ] || $(PY) -m epeken.supervisor stop

test: venv-dev chromium ## every test, against real PostgreSQL, Redis, Celery and Chromium (ARGS="tests/orders -x")
	@DEBUG=1 $(PY) manage.py compile_locale
	@$(SERVICES) $(PY) -m pytest $(SPREAD) $(MEASURED) $(ARGS)

coverage: ## nightly: every test, and what they reach; fails below the floor
	@$(MAKE) test COVERAGE=1

mutants: venv-dev ## break rules, locks and permissions one by one; each must be noticed (ARGS="lock")
	@$(SERVICES) $(PY) bin/mutants.py $(ARGS)

test-city: venv-dev chromium ## nightly: the suite in the invented second city (tests/data/kota-contoh)
	@CITY_DIR=tests/data/kota-contoh $(MAKE) test

test-2027: venv-dev chromium ## nightly: the suite in the first days of 2027
	@$(SERVICES) $(PY) -m pytest $(SPREAD) --no-cov --today 2027-01-04 $(ARGS)

restore-drill: venv-dev ## back up the demo, restore it beside itself, compare counts, books and files, tell the times
	@exec $(PY) -m epeken.supervisor run -- $(PY) bin/restore_drill.py

storm: venv-dev ## nightly: 10,000 checkouts over HTTP while web, worker, Valkey and PostgreSQL are killed and frozen
	@nice -n 10 $(PY) -m bench.storm_http --checkouts 10000 --purchases 400 $(ARGS)

scan: venv ## nightly: attack the running demo with Wapiti, signed in as six roles (ARGS="--minutes 120"); var/scan/findings.json
	@exec nice -n 15 $(PY) -m epeken.supervisor run -- $(PY) bin/scan.py $(ARGS)

advisories: venv ## nightly: has any pinned version a known weakness? Says so when no service can be asked
	@exec $(PY) bin/advisories.py

check: venv-dev ## format, lint, types, imports, templates, migrations, deploy check, translation, API schema and contract
	@$(SERVICES) sh bin/check

lint: venv-dev ## ruff and the import line only: quick
	@$(PY) -m ruff format --check . && $(PY) -m ruff check . && .venv/bin/lint-imports --no-cache

types: venv-dev ## mypy only
	@DEBUG=1 $(PY) -m mypy

format: venv-dev ## rewrite files the way `make check` wants them
	@$(PY) -m ruff check --fix-only --quiet . ; $(PY) -m ruff format . ; find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2 ; .venv/bin/djlint --reformat --quiet templates

shell: venv ## a Python shell on the demo's database
	@exec $(PY) -m epeken.supervisor run -- $(PY) manage.py shell

seed: venv ## fill an empty demo database with the demo city
	@exec $(PY) -m epeken.supervisor run -- $(PY) manage.py seed_demo $(ARGS)

shots: venv-dev chromium ## take the pictures of README and docs from the running demo
	@exec $(PY) -m epeken.supervisor run -- $(PY) bin/shots.py

messages: venv-dev ## collect source strings into locale/en, then compile
	@DEBUG=1 $(PY) manage.py collect_locale && DEBUG=1 $(PY) manage.py compile_locale

schema: venv-dev ## write docs/openapi.yaml anew
	@DEBUG=1 $(PY) manage.py spectacular --validate --fail-on-warn --file docs/openapi.yaml

lock: venv-dev ## pin every dependency with hashes anew
	@sh bin/lock

clean: stop ## remove .venv, var (the demo's data too) and caches
	@[ ! -x $(PY) ] || $(PY) -m epeken.supervisor erase
	@rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

venv:
	@bin/venv runtime

venv-dev:
	@bin/venv dev

chromium:
	@bin/chromium
