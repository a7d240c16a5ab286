# make        sets up and answers the two questions over the demo organization
# make test   sets up and passes every check
# make mutations changes models and macros, and sees that their tests go red
# make setup  sets up alone
# make pages  writes the documents that are made from the project itself
# make test-trino asks a real Trino every query of Lake SQL's corpus and records its answers
# make faults kills ingests and builds at 200 instants of each kind, and runs them again

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TEST_WORKERS ?= 2

.DEFAULT_GOAL := demo
.PHONY: demo setup test mutations test-trino faults pages lint lock athena-env bench clean python-version

demo: setup
	@$(BIN)/python -m demo demo_data
	@$(BIN)/tarn ingest demo_data/deliveries || test $$? -eq 3
	@$(BIN)/tarn build
	@echo
	@echo "Who changed the encryption of which bucket, when, and from what to what?"
	@echo
	@$(BIN)/tarn query bucket_encryption_changes --limit 12 --columns \
		changed_at,bucket_name,change_type,algorithm_before,algorithm_after,actor_arn,evidence
	@echo "(the last 12, some columns; all: $(BIN)/tarn query bucket_encryption_changes)"
	@echo
	@echo "Which buckets were made, when, and by whom?"
	@echo
	@$(BIN)/tarn query resource_creations -p type=AWS::S3::Bucket --limit 12 --columns \
		created_at,resource_id,account_id,aws_region,is_recreation,actor_arn,captured_at
	@echo "(the last 12 buckets; every type: $(BIN)/tarn query resource_creations)"
	@echo
	@echo "Next: $(BIN)/tarn queries            finds more questions"
	@echo "      $(BIN)/tarn dashboards         draws the board: one page, for people"
	@echo "      $(BIN)/tarn status             shows what has landed and what was set aside"
	@echo "      $(BIN)/tarn ingest FOLDER      lands your own logs (use another TARN_ROOT for them)"

setup: python-version $(VENV)/.installed-dev

python-version:
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info[:2] <= (3, 13) else "Tarn needs Python 3.11, 3.12 or 3.13; $(PYTHON) is %d.%d. Name another: make PYTHON=python3.12" % sys.version_info[:2])'

# A virtual environment of pip's own brings uv, which installs the locked rest.
$(VENV)/.installed-dev: requirements/dev.txt requirements/uv.txt pyproject.toml
	@echo "Setting up $(VENV) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/dev.txt
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e .
	@touch $@

# Compiled modules are kept whatever the environment says: the tests start hundreds of processes.
test: setup lint athena-env
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -n $(TEST_WORKERS) \
		--dist loadgroup --no-loadscope-reorder

# Tests of the tests: every recorded change turns the test red that is named beside it.
mutations: setup
	@env -u PYTHONDONTWRITEBYTECODE $(BIN)/python -m pytest -m mutations

# A Trino is fetched by Maven into a cache of the user's once, and needs Java 24 or later.
test-trino: setup
	@PYTHONPATH=tests/python $(BIN)/python -m lake_sql.record_answers

# Killed at 200 instants of each kind of run: an hour or so.
faults: setup
	@TARN_FAULT_INSTANTS=200 $(BIN)/python -m pytest -n $(TEST_WORKERS) \
		tests/python/ingest/test_ingest_kills.py tests/python/tarn/test_build_kills.py

pages: setup
	@$(BIN)/python -m docs.pages
	@$(BIN)/tarn build
	@$(BIN)/tarn queries --markdown > docs/queries.md

lint: setup
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

# dbt-athena's needs have no wheels from Python 3.13 on: there its test says so and is left out.
athena-env: setup $(VENV)-athena/.installed

$(VENV)-athena/.installed: requirements/athena.txt
	@if $(BIN)/python -c 'import sys; sys.exit(sys.version_info[:2] >= (3, 13))'; then \
		$(BIN)/uv venv --quiet --clear --python $(BIN)/python $(VENV)-athena && \
		$(BIN)/uv pip install --quiet --python $(VENV)-athena/bin/python --require-hashes -r requirements/athena.txt; \
	else mkdir -p $(VENV)-athena; fi
	@touch $@

bench: setup
	@$(BIN)/python -m bench $(BENCH)

# Locks hold hashes and no addresses.
lock: setup
	@for name in uv dev athena; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-annotate --no-header --no-emit-index-url --no-emit-find-links --upgrade \
			requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done

clean:
	@rm -rf $(VENV) $(VENV)-athena target logs lake demo_data build dist
