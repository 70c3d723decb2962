# One word each; what they do stands in scripts/. `make` alone says what there is.
.PHONY: help build demo test bench fuzz soak lint dist fmt clean

help:
	@echo 'make build   web and release binary: target/release/wijkzicht'
	@echo 'make demo    build, then serve fictional data at http://127.0.0.1:8080'
	@echo 'make test    everything that is checked; installs what the tests need'
	@echo 'make bench   measures the release build beside nginx, GEOS and GeoPandas; PARTS=serving'
	@echo 'make fuzz    feeds every reader files that would hurt it; SECONDS=60 a target'
	@echo 'make soak    visitors and reloads for ten minutes; SECONDS=600'
	@echo 'make lint    formatting, clippy, types, licences; make fmt mends the formatting'
	@echo 'make dist    a static binary for Linux with all that belongs to it, as a tarball'
	@echo 'make clean   removes target, web/dist and web/node_modules'

build:
	@scripts/build.sh

demo: build
	@scripts/demo.sh

test:
	@scripts/test.sh

bench: build
	@scripts/bench.sh $(PARTS)

fuzz:
	@scripts/fuzz.sh $(or $(SECONDS),60) $(TARGETS)

soak: build
	@scripts/soak.sh $(or $(SECONDS),600)

lint:
	@scripts/lint.sh

fmt:
	@scripts/fmt.sh

dist:
	@scripts/dist.sh

clean:
	@rm -rf target fuzz/target web/dist web/node_modules
