# make lab     the course in JupyterLab          make test        everything that is checked
# staff
# make bench   speed and memory against peers    make test-quick  what a change breaks most often
# make lint    format and lint                   make pictures    those of the README, taken anew
# /staff
# make clean   removes what these have made (never data, never notebooks)

PYTHON ?= python3
ARGS ?=
BIN := .venv/bin
# Jupyter asks for that word of root, who is the usual user of a container.
AS_ROOT := $(if $(filter 0,$(shell id -u)),--allow-root)

.PHONY: lab test clean
# staff
.PHONY: test-quick bench lint pictures
# /staff

# The settings are defaults, below a learner's own: no question about news at the first start.
lab: .venv/.installed .venv/.data-tried
	$(BIN)/jupyter lab --ServerApp.root_dir="$(CURDIR)" \
	  --LabApp.default_url=/lab/tree/notebooks/00_start_here.ipynb \
	  --LabApp.app_settings_dir="$(CURDIR)/cs231n/course/desk/jupyterlab" $(AS_ROOT) $(ARGS)

# learner: test: .venv/.installed
# learner: 	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest --nbval-lax notebooks $(ARGS)
# staff
# Two workers, a core each: threads of their matrix products would only be in each other's way.
test: .venv/.test-installed
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist loadscope $(ARGS)

# The house, the checks themselves, and one notebook: under a minute.
QUICK = test_house test_rooms test_checks test_batteries test_diagnosis test_edits test_fingerprints \
  test_hints test_status test_notebook_extension

test-quick: .venv/.test-installed
	OMP_NUM_THREADS=1 OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 \
	  $(QUICK:%=tests/%.py) $(ARGS)

bench: .venv/.test-installed
	$(BIN)/python -m benchmarks $(ARGS)

lint: .venv/.test-installed
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .

# In Chromium, which must be installed.
pictures: .venv/.test-installed
	$(BIN)/python -m instructor.pictures $(ARGS)
# /staff

clean:
	rm -rf .venv *.egg-info .pytest_cache .ruff_cache .hypothesis notebooks/output
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/.installed: requirements.txt pyproject.toml
	@$(PYTHON) -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' || \
	  { echo "$(PYTHON) must be Python 3.10 or newer, with its venv module (Debian: apt install python3-venv)."; \
	    echo "Another one: make lab PYTHON=/path/to/python3.12"; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing what the course needs into .venv (once, a minute or two) ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

# staff
.venv/.test-installed: .venv/.installed
	@echo "Installing what the tests need ..."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[test]'
	@touch $@

# /staff
# Tried once: without it the notebooks run on embedded data, and ./get_datasets.sh can come later.
.venv/.data-tried: | .venv/.installed
	@./get_datasets.sh || echo "Going on with the embedded data."
	@touch $@
