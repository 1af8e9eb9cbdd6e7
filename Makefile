# Two commands matter: `make run` and `make test`. Everything else serves them.
.PHONY: run test install install-tests check lock screenshots clean

PYTHON ?= $(firstword $(foreach p,python3 python3.13 python3.12 python3.11,$(if $(shell $(p) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo yes),$(p))))
PIP := .venv/bin/python -m pip --quiet --disable-pip-version-check

run: install
	.venv/bin/loaga up

test: install-tests
	.venv/bin/python -m pytest -n auto

install: .venv/installed

.venv/installed: requirements.lock pyproject.toml
	@test -n "$(PYTHON)" || { echo "loaga needs Python 3.11 or newer; install it and try again."; exit 1; }
	test -x .venv/bin/python || $(PYTHON) -m venv .venv
	$(PIP) install --require-hashes -r requirements.lock
	$(PIP) install --no-deps --editable .
	.venv/bin/loaga voices install
	@touch $@

install-tests: .venv/installed-tests

.venv/installed-tests: .venv/installed requirements-dev.lock
	$(PIP) install --require-hashes -r requirements-dev.lock
	sh tests/install-system-packages
	@touch $@

check: install-tests
	.venv/bin/ruff check .
	.venv/bin/ruff format --check .
	.venv/bin/mypy
	.venv/bin/lint-imports

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet pyproject.toml -o requirements.lock
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-header --quiet --extra dev pyproject.toml -o requirements-dev.lock

screenshots: install-tests
	.venv/bin/python -m docs.screenshots

clean:
	rm -rf .venv build *.egg-info
