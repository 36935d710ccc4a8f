# make demo    score the sample calls with the real recogniser
# make test    every check: style, types, layers, rules, tests
# make bench   the numbers of the README, measured on this machine
.PHONY: demo test bench setup lock clean

DEMO := demo-out

demo: setup
	@.venv/bin/speechqa score samples/calls --calls samples/calls.csv \
		--checklist rules/outbound.yaml --out $(DEMO) || [ $$? -eq 1 ]
	@echo "Open $(DEMO)/report.html in a browser."

test: setup
	@.ci/check

bench: setup
	@.venv/bin/python -m tests.bench

setup:
	@.ci/setup

# Pins every dependency by hash, from pyproject.toml (needs uv).
lock:
	uv pip compile -q --generate-hashes --python-version 3.11 --extra dev --no-header \
		pyproject.toml -o requirements.lock

clean:
	rm -rf .venv $(DEMO) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info
