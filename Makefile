# make run    install T2I Studio into .venv and open it (without a display: render examples)
# make test   run all tests, headless
# make check  linters and types
# make screenshots  the pictures of the README, made anew
# make translations  texts for translators, from the code; ARGS=fr starts French
# make clean  remove .venv and caches; pictures stay

PYTHON ?= python3
VENV := .venv/bin/python
ARGS ?=

.PHONY: help run examples test check screenshots translations clean
.DEFAULT_GOAL := help

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

run: .venv/installed
	@if $(VENV) -c "import sys; from t2i_studio.ui import requirements as r; sys.exit(not r.has_display())"; then \
		$(VENV) -m t2i_studio $(ARGS); \
	else \
		echo "There is no display that answers, so the studio cannot open its window."; \
		$(MAKE) --no-print-directory examples; \
	fi

examples: .venv/installed
	@echo "Rendering the examples of the README into out/:"
	@mkdir -p out
	@while read -r prompt; do \
		name=$$(printf '%s' "$$prompt" | tr -cs '[:alnum:]' '-'); \
		echo "  $$prompt"; \
		$(VENV) -m t2i_studio generate "$$prompt" --seed 8 -o "out/$$name.png" || exit 1; \
	done < resources/prompts/examples.txt

test: .venv/installed-test
	@QT_QPA_PLATFORM=offscreen $(VENV) -m pytest $(ARGS)

check: .venv/installed-test
	$(VENV) -m ruff check .
	$(VENV) -m ruff format --check .
	$(VENV) -m mypy

screenshots: .venv/installed
	@$(VENV) docs/make_screenshots.py

translations: .venv/installed
	@$(VENV) docs/make_translations.py $(ARGS)

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache tests/results
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# Installed once, and again when pyproject.toml has changed.
.venv/installed: pyproject.toml
	@$(call install,.)
	@touch $@

.venv/installed-test: pyproject.toml
	@$(call install,.[test])
	@touch .venv/installed $@

define install
$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo "T2I Studio needs Python 3.11 or newer: make PYTHON=/path/to/python3.11"; exit 1; }; \
[ -x $(VENV) ] || $(PYTHON) -m venv .venv || \
	{ rm -rf .venv; echo "Cannot make .venv. On Debian and Ubuntu: apt install python3-venv"; exit 1; }; \
echo "Installing into .venv; torch is large, so the first time takes some minutes ..."; \
$(VENV) -m pip install --quiet --disable-pip-version-check --editable '$(1)'
endef
