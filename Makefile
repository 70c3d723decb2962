# One word each; what they do stands in scripts/. `make` alone says what there is.
.PHONY: help build demo test bench fuzz lint fmt clean

help:
	@echo 'make build   web and release binary: target/release/wijkzicht'
	@echo 'make demo    build, then serve fictional data at http://127.0.0.1:8080'
	@echo 'make test    everything that is checked; installs what the tests need'
	@echo 'make bench   measures the release build beside nginx, GEOS and GeoPandas; PARTS=serving'
	@echo 'make fuzz    feeds every reader files that would hurt it; SECONDS=60 a target'
	@echo 'make lint    formatting, clippy, types; make fmt mends the formatting'
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

lint:
	@scripts/lint.sh

fmt:
	@scripts/fmt.sh

clean:
	@rm -rf target fuzz/target web/dist web/node_modules
