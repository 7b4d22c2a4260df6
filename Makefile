# Asks for python3 >= 3.11, make and git; everything else is put into .venv.
# An argument for a tool goes through ARGS: make test ARGS="tests/core -x"

MAKEFLAGS += --no-print-directory
.DEFAULT_GOAL := help
.PHONY: run test check bench install lock help

VENV := .venv
BIN := $(VENV)/bin
ARGS ?=

# Stamps: what they name was installed from the locks as they are now.
RUNTIME := $(VENV)/runtime-installed
DEVELOPMENT := $(VENV)/development-installed

PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
LOCKED := --require-hashes --no-deps --requirement
EDITABLE := --no-deps --no-build-isolation --editable .

run: $(RUNTIME) ## start everything on http://127.0.0.1:8080, with the Webex emulator unless WEBEX_BOT_TOKEN is set
	@exec $(BIN)/consentry run $(ARGS)

test: $(DEVELOPMENT) ## run the whole test suite, on SQLite and on a PostgreSQL of its own
	$(BIN)/python -m pytest --cov -n auto $(ARGS)

check: $(DEVELOPMENT) ## check format, lint, types, import directions and known vulnerabilities
	$(BIN)/ruff format --check
	$(BIN)/ruff check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python .ci/audit.py requirements-dev.lock

bench: $(DEVELOPMENT) ## run the benchmarks, each beside its baseline
	$(BIN)/python -m tests.bench $(ARGS)

install: $(RUNTIME) ## only create .venv with the consentry command

lock: $(DEVELOPMENT) ## write both locks anew after a change in pyproject.toml (ARGS=--upgrade for newer releases)
	$(COMPILE) pyproject.toml --output-file requirements.lock
	$(COMPILE) --extra dev --constraint requirements.lock pyproject.toml --output-file requirements-dev.lock

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' Makefile

# One lock for every supported Python; it holds names, versions and hashes, and no address.
COMPILE = $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --group build $(ARGS)

$(BIN)/python:
	@$(FIND_PYTHON); echo "Creating $(VENV) with $$python"; "$$python" -m venv $(VENV)

$(RUNTIME): requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what Consentry needs into $(VENV)"
	@$(PIP) install $(LOCKED) requirements.lock
	@$(PIP) install $(EDITABLE)
	@$(FETCH_RENDERER)
	@touch $@

# The development lock holds everything of the other one, at the same versions.
$(DEVELOPMENT): requirements-dev.lock requirements.lock pyproject.toml | $(BIN)/python
	@echo "Installing what Consentry and its tests need into $(VENV)"
	@$(PIP) install $(LOCKED) requirements-dev.lock
	@$(PIP) install $(EDITABLE)
	@$(FETCH_RENDERER)
	@touch $(RUNTIME) $@

# The first of these that runs, is new enough and can make a virtual environment.
# PYTHON=/path/to/python3 puts another one first.
PYTHONS = $(PYTHON) python3.14 python3.13 python3.12 python3.11 python3
define FIND_PYTHON
python=; fits=; \
for candidate in $(PYTHONS); do \
	"$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1 || continue; \
	fits=$${fits:-$$candidate}; \
	"$$candidate" -c 'import ensurepip, venv' >/dev/null 2>&1 || continue; \
	python=$$candidate; break; \
done; \
if [ -z "$$fits" ]; then \
	echo "Consentry needs Python 3.11 or newer, and found: $$(python3 --version 2>/dev/null || echo none)." >&2; \
	echo "Install a newer one, or name it: make PYTHON=/path/to/python3" >&2; \
	exit 1; \
elif [ -z "$$python" ]; then \
	echo "$$fits cannot make a virtual environment, because its venv and pip parts are missing." >&2; \
	echo "Install them (on Debian and Ubuntu: apt-get install python3-venv), then try again." >&2; \
	exit 1; \
fi
endef

# The emulator's page draws cards with this; without it the page asks a CDN for the same file.
RENDERER := $(VENV)/share/adaptivecards
define FETCH_RENDERER
command -v npm >/dev/null 2>&1 && [ ! -f $(RENDERER)/adaptivecards.min.js ] || exit 0; \
mkdir -p $(RENDERER) && cd $(RENDERER) \
&& npm pack --silent --fetch-retries=1 --fetch-timeout=20000 adaptivecards@3.0.6 >/dev/null 2>&1 \
&& ../../bin/python -W ignore -m tarfile -e adaptivecards-3.0.6.tgz . \
&& mv package/LICENSE package/dist/adaptivecards.min.js . \
&& rm -r package adaptivecards-3.0.6.tgz \
|| echo "npm could not fetch the card renderer; the emulator's page will load it from a CDN."
endef
