# A thin cover over run.py, which does the same where there is no make: `py run.py` on Windows.
PYTHON ?= python3

.PHONY: run model test

run:
	@$(PYTHON) run.py run $(ARGS)

model:
	@$(PYTHON) run.py model $(ARGS)

test:
	@$(PYTHON) run.py test $(ARGS)
