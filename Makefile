# cspplan. The two targets a newcomer needs: make run, make test.

VERSION := $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)
TOOLS   := -modfile=.ci/tools/go.mod

build:
	go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o bin/cspplan ./cmd/cspplan

# Writes the embedded example into demo/ (once) and plans it.
run: build
	@test -e demo/cspplan.yaml || ./bin/cspplan init demo
	@./bin/cspplan run -c demo/cspplan.yaml

test:
	go test ./...

# Formatting, vet, staticcheck, and a go.mod that says what is used.
check:
	@test -z "$$(gofmt -l .)" || { gofmt -l .; echo "run gofmt -w on these"; exit 1; }
	go vet ./... && go vet -tags reliability ./cmd/cspplan && go vet -tags bench ./cmd/cspplan
	go tool $(TOOLS) staticcheck ./...
	go mod tidy -diff

# Measures each step beside a peer or a limit and prints a table of ratios, in
# under five minutes on an idle machine. BENCHTIME=100ms is rough and quick.
BENCHTIME ?= 1s
bench:
	cd cmd/cspplan && go test -tags bench -run 'TestBench$$' -count=1 -timeout 1h -v -benchtime $(BENCHTIME)

# Measures whole processes beside a script in a folder, on the same input: make
# bench-peer PEER_DIR=folder with peer_pandas.py. Skips without the script or
# the Python modules that it needs. TIMES: medians of so many. PEER_CASES: a
# pattern that chooses among the inputs, such as "csv, split owner".
PEER_DIR   ?=
PEER_ROWS  ?= 200000
PEER_CASES ?=
TIMES      ?= 3
bench-peer:
	cd cmd/cspplan && go test -tags bench -run TestPeer -count=1 -timeout 6h -v -peer "$(abspath $(PEER_DIR))" -peerrows $(PEER_ROWS) -peercases "$(PEER_CASES)" -times $(TIMES)

# Prints the README's table and plot of rows against seconds and memory, and where
# the time of the run nearest a million rows goes, step by step. Ten
# million rows take 3 GB of CSV in the folder for temporary files (TMPDIR).
SIZES ?= 100000,300000,1000000,3000000,10000000
bench-growth:
	cd cmd/cspplan && go test -tags bench -run TestGrowth -count=1 -timeout 6h -v -sizes $(SIZES) -times $(TIMES)

# Each fuzz target for a short while: make fuzz FUZZTIME=5m for longer. Inputs are
# hardly made smaller: goroutines make what they cover uncertain, and a minute is
# spent on each.
FUZZTIME ?= 20s
fuzz:
	@set -e; for pkg in $$(go list ./...); do \
	  for target in $$(go test -list '^Fuzz' $$pkg | grep '^Fuzz' || true); do \
	    echo "$$pkg $$target"; go test -run '^$$' -fuzz "^$$target$$" -fuzztime $(FUZZTIME) -fuzzminimizetime 10x $$pkg; \
	  done; done

# Static programs for the platforms people run it on, with their checksums.
DIST := linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64 windows/arm64
dist:
	@rm -rf dist && mkdir dist
	@set -e; for p in $(DIST); do \
	  name=cspplan-$(VERSION)-$${p%/*}-$${p#*/}; case $$p in windows/*) name=$$name.exe;; esac; echo $$name; \
	  CGO_ENABLED=0 GOOS=$${p%/*} GOARCH=$${p#*/} go build -trimpath -ldflags "-s -w -X main.version=$(VERSION)" -o dist/$$name ./cmd/cspplan; done
	@cd dist && sha256sum cspplan-* > SHA256SUMS

# Breaks runs in the ways machines do and prints a scorecard, in under five
# minutes; FULL=-full injects at every call. Needs strace for most of it, and
# the administrator's rights for full disks; says what it skips.
FULL ?=
reliability:
	cd cmd/cspplan && go test -tags reliability -run TestReliability -count=1 -timeout 3h $(FULL)

# Lets the schedule run RUNS nights in one process and prints what it holds on
# to: memory, goroutines, files. Half a second a run.
RUNS ?= 1000
soak:
	cd cmd/cspplan && go test -tags reliability -run TestSoak -count=1 -timeout 3h -runs $(RUNS)

# Rewrites the golden files; review them with git diff.
golden:
	go test ./cmd/cspplan -run TestGolden -count=1 -update

# Writes the tables that are worked out of others: how the names of the embedded
# tables are read (after a refresh of these, or a change of how titles are read),
# and the names of countries (after a newer golang.org/x/text).
tables:
	go test ./reconcile/catalog -run TestTitlesAreThoseOfTheTables -count=1 -update
	go test ./input -run TestCountriesAreThoseOfCLDR -count=1 -tables

# Scores the matcher on a labelled file: make match-score FILE=titles.csv
match-score:
	go test ./reconcile -run TestMatchScore -count=1 -v -score "$(abspath $(FILE))"

# Plans N generated data sets and compares each value with a script that knows
# only the rules, not this code: make oracle N=1000 SEED=5000
N    ?= 200
SEED ?= 1
oracle: build
	@command -v python3 >/dev/null || { echo "make oracle needs python3 (3.10 or newer): install it and run again"; exit 1; }
	python3 -B reconcile/testdata/oracle/oracle.py --sets $(N) --seed $(SEED)

# Plans N drawn data sets and compares, to the cent, the text of the PDF with the
# workbook and with plan.csv: make paper N=200. Needs pdftotext (poppler-utils).
paper:
	go test ./cmd/cspplan -run TestPaperWorkbookAndListAgree -count=1 -v -timeout 2h -paper $(N)

.PHONY: build run test check bench bench-peer bench-growth fuzz dist reliability soak oracle paper golden tables match-score
.DEFAULT_GOAL := build
