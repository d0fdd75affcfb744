# QuizForge: what people and CI run. `make help` lists it.

PYTHON  ?= python3
VENV    ?= .venv
WORKERS ?= auto
# More arguments for pytest, for example: make test ARGS="tests/unit -x"
ARGS    ?=

BIN    := $(VENV)/bin
SCHEMA := docs/schema/quizforge-bank.schema.json
QUIZ_SCHEMA := docs/schema/quizforge-quiz.schema.json
SETUP  := scripts/install.sh pyproject.toml constraints.txt
# Documents with generated parts: command help, table of codes, support matrix.
COGGED  = $(shell grep -l --include='*.md' -r -F '[[[cog' README.md docs CONTRIBUTING.md 2>/dev/null)

export PYTHON

.DEFAULT_GOAL := help
.PHONY: help demo test check bench golden exports docs external constraints clean
.PHONY: check-lint check-types check-floors check-docs check-exports

help: ## List these targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-12s %s\n' "$$name" "$$text"; done

# Stamps: a second run installs nothing. The larger set counts for the smaller one.
$(VENV)/.code: $(SETUP)
	@sh scripts/install.sh $(VENV) code
	@touch $@

$(VENV)/.dev: $(SETUP)
	@sh scripts/install.sh $(VENV) dev
	@touch $(VENV)/.code $@

demo: $(VENV)/.code ## Install, check the shipped banks and export them to exports/
	@$(BIN)/quizforge validate banks/
	@$(BIN)/quizforge export banks/ -o exports/
	@echo
	@echo "Done. The files are in $(CURDIR)/exports:"
	@find exports -type f | LC_ALL=C sort | sed 's/^/  /'

test: $(VENV)/.dev external ## Run all tests; those without their program (Chromium, Node …) are skipped with a reason
	$(BIN)/python -m pytest -n $(WORKERS) --dist loadfile $(ARGS)

check: check-lint check-types check-floors check-docs check-exports ## Lint, types, floors, generated docs, fresh exports: what CI runs

check-lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

check-types: $(VENV)/.dev
	$(BIN)/mypy

check-floors: $(VENV)/.dev
	$(BIN)/lint-imports

check-docs: $(VENV)/.dev
	$(if $(COGGED),$(BIN)/cog --check $(COGGED))

check-exports: $(VENV)/.dev
	@rm -rf build/fresh && mkdir -p build/fresh
	$(BIN)/quizforge schema > build/fresh/schema.json
	$(BIN)/quizforge schema --quiz > build/fresh/quiz-schema.json
	cmp $(SCHEMA) build/fresh/schema.json && cmp $(QUIZ_SCHEMA) build/fresh/quiz-schema.json || { echo "Run 'make exports' and look at the difference." >&2; exit 1; }
	$(BIN)/quizforge export banks/ -o build/fresh/exports --locked
	$(BIN)/python -m tests.tools.compare_exports exports build/fresh/exports

bench: $(VENV)/.dev ## Measure against libyaml's raw parse, and against text2qti
	$(BIN)/python -m benchmarks.run $(ARGS)

golden: $(VENV)/.dev ## Write the expected outputs of tests/golden anew; look at the difference before you commit it
	$(BIN)/python -m pytest tests/golden --update-goldens $(ARGS)

exports: $(VENV)/.dev ## Write the committed exports and the JSON Schema anew, with the locked versions
	@rm -rf build/fresh && mkdir -p build/fresh $(dir $(SCHEMA))
	$(BIN)/quizforge schema > build/fresh/schema.json
	$(BIN)/quizforge schema --quiz > build/fresh/quiz-schema.json
	$(BIN)/quizforge export banks/ -o build/fresh/exports
	@mv build/fresh/schema.json $(SCHEMA)
	@mv build/fresh/quiz-schema.json $(QUIZ_SCHEMA)
	@rm -rf exports && mv build/fresh/exports exports

docs: $(VENV)/.dev ## Write the generated parts of the documents anew
	$(if $(COGGED),$(BIN)/cog -r $(COGGED))

external: ## Install the page-test tools from npm and the grader of Open edX (tests only)
	@sh tests/external/setup.sh
	@sh tests/external/openedx.sh

constraints: ## Choose newer versions of everything that is installed (needs uv)
	sh scripts/lock.sh

clean: ## Remove what was built and installed here
	rm -rf $(VENV) build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis tests/external/node_modules
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
