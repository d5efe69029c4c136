# The commands of a newcomer and of CI. `make run` and `make case` need nothing but Python 3.11 or newer.
PYTHON ?= python3
BIN := .venv/bin
RUNTIME := .venv/runtime-installed
DEV := .venv/dev-installed

.PHONY: run case catalogues test test-fast lint bench soak format messages requirements clean

run: $(RUNTIME)
	@exec $(BIN)/python launch.py run

case: $(RUNTIME)
	@$(BIN)/python launch.py case

$(RUNTIME): requirements/runtime.txt setup/system-packages
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" || { echo "Python 3.11 eller nyere mangler. Vælg en: make run PYTHON=python3.12"; exit 1; }
	@setup/system-packages run
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installerer Python-pakker …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/runtime.txt
	@touch $@

$(DEV): requirements/dev.txt setup/system-packages
	@setup/system-packages test
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installerer Python-pakker til udvikling …"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@ $(RUNTIME)

catalogues: $(DEV)
	@$(BIN)/python -c "import launch; launch.compile_catalogues()"

# The whole suite against PostgreSQL where it is reachable, then what may differ on SQLite. Without PostgreSQL: all of it on SQLite.
test: $(DEV) catalogues
	@$(BIN)/python -m tests.run

test-fast: $(DEV) catalogues
	@$(BIN)/pytest -n 2 -m "not slow and not browser and not soak"

soak: $(DEV) catalogues
	@$(BIN)/pytest -m soak

lint: $(DEV) catalogues
	@setup/lint

bench: $(DEV) catalogues
	@$(BIN)/python -m bench

format: $(DEV)
	@$(BIN)/ruff check --fix-only --quiet . ; $(BIN)/ruff format . ; $(BIN)/djhtml --tabwidth 4 */templates

messages: $(DEV)
	@$(BIN)/python manage.py makemessages -l da --no-location --no-wrap -i .venv -i build -i var -i tests -i bench

requirements: $(DEV)
	@$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --generate-hashes --no-header -o requirements/runtime.txt
	@$(BIN)/uv pip compile -q pyproject.toml --universal --python-version 3.11 --extra dev --generate-hashes --no-header -o requirements/dev.txt

clean:
	rm -rf var build
