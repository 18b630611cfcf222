# The developer's loop. Every target does its own set-up first; CONTRIBUTING.md explains the targets.
.DEFAULT_GOAL := build
FUZZ_SECONDS ?= 60
PYTEST = .venv/bin/python -m pytest
# Arrow's library is not instrumented: TSan runs the modules that have threads of their own.
TSAN_MODULES ?= base storage format ops dataset local cli

.PHONY: help setup setup-test build demo test unit check asan tsan fuzz bench clean

help: ## print this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "make %-8s %s\n", $$1, $$2}' Makefile

setup: ## install what is missing: Debian packages, wheels, DuckDB's library
	@tools/setup

setup-test:
	@tools/setup test

build: setup ## build/tamis, all libraries and unit tests (Release)
	@tools/build release

demo: setup ## the main job on three examples
	@tools/build release tamis
	@tools/demo

test: setup-test ## every test: unit tests and cases by ctest, system tests by pytest
	@tools/build release
	@ctest --preset release; unit=$$?; $(PYTEST); system=$$?; test $$unit = 0 && test $$system = 0

unit: setup ## only the unit tests and cases
	@tools/build release
	@ctest --preset release

check: unit ## before each commit: build, unit tests, cases, layers, tidy, format, clang-tidy
	@tools/layers
	@tools/tidy
	@tools/format --check
	@tools/lint

asan: setup ## unit tests and cases under AddressSanitizer and UndefinedBehaviorSanitizer
	@tools/build asan
	@ctest --preset asan

tsan: setup ## the tests of the threaded modules under ThreadSanitizer
	@tools/build tsan $(TSAN_MODULES:%=%_test)
	@ctest --preset tsan -R "^($$(echo $(TSAN_MODULES) | tr ' ' '|'))$$"

fuzz: setup ## every fuzzer for FUZZ_SECONDS (60)
	@tools/build fuzz fuzzers
	@tools/fuzz $(FUZZ_SECONDS)

bench: setup ## times tamis against its peers; BENCH_ARGS are given to bench/bench.py
	@tools/build release tamis
	@bench/run $(BENCH_ARGS)

clean: ## remove what was built; what was installed (.venv, .deps) stays
	rm -rf build build-* out
