# Two commands matter: `make demo` and `make test`. All set themselves up, into this folder only.

PYTHON ?= python3
BIN := .venv/bin
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION := 20

.PHONY: demo demo-clip test check unit infra workflows bench layers synth deploy clean

demo: .venv/demo                ## one prompt becomes one film, in out/
	$(BIN)/rushes film "Create a 30-second Nike sneaker ad, energetic style" --auto

demo-clip: .venv/demo-clip      ## a small lecture is drawn and spoken, and becomes clips, in out/
	$(BIN)/python -m infra.demo.lecture out/lecture.mp4
	$(BIN)/rushes clip out/lecture.mp4 --title "Four everyday wonders" --auto

test: check unit infra workflows ## everything; a few minutes

check: .venv/dev                ## lint, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/pyright
	$(BIN)/lint-imports

unit: .venv/dev                 ## pure rules, media, contracts, the API
	$(BIN)/pytest -n 2 tests/unit tests/contracts tests/api tests/architecture

infra: .venv/dev                ## the template: synth, cdk-nag, cfn-lint, state machines, layers
	$(BIN)/pytest tests/infra

workflows: .venv/dev            ## whole productions on the embedded engine
	$(BIN)/pytest tests/workflows

bench: .venv/dev                ## prints figures; never fails on time
	$(BIN)/python -m tests.bench

layers: .venv/dev               ## third-party layers for Lambda, without Docker
	$(BIN)/python layers/build.py

synth: .venv/demo               ## the CloudFormation templates, in cdk.out/
	$(BIN)/python -m infra.app

deploy: .venv/dev layers        ## to the AWS account of your credentials
	npx --yes aws-cdk@2 deploy --all

clean:                          ## the local studio's state, and what was built
	rm -rf .rushes out cdk.out

.venv/bin/uv:
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt uv

.venv/demo: pyproject.toml constraints.txt | .venv/bin/uv
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --constraint constraints.txt --editable .
	touch $@

.venv/demo-clip: pyproject.toml constraints.txt | .venv/bin/uv
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --constraint constraints.txt --editable '.[demo-clip]'
	touch $@ .venv/demo

.venv/dev: pyproject.toml constraints.txt | .venv/bin/uv
	$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --constraint constraints.txt --editable '.[dev]'
	touch $@ .venv/demo
