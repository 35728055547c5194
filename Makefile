# The two commands of the README are `make run` and `make test`; both do all the set-up that they need.
SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help

GO ?= go
DIST := internal/web/assets/dist
export CGO_ENABLED ?= 0

.PHONY: help run test check bench bench-peers assets build tools fuzz

help: ## say what can be made
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

build: assets ## build bin/chonoi
	$(GO) build -trimpath -o bin/chonoi ./cmd/chonoi

run: build ## start the demonstration with the seed city
	./bin/chonoi demo

assets: $(DIST)/.built ## fetch fonts, icons and htmx, and lay them out

$(DIST)/.built: package-lock.json $(wildcard internal/web/assetsbuild/*.go) $(wildcard internal/web/parts/icon.go)
	npm ci --no-audit --no-fund --loglevel=error
	$(GO) run ./internal/web/assetsbuild
	touch $@

tools: ## install what the tests run against: PostgreSQL, Chromium, LibreOffice and Poppler
	@install() { sudo=$$([ "$$(id -u)" = 0 ] || echo sudo); $$sudo apt-get update -q; DEBIAN_FRONTEND=noninteractive $$sudo apt-get install -q -y "$$@"; }; \
	if ! ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || ! command -v chromium >/dev/null 2>&1; then install postgresql chromium; fi; \
	if ! ls /usr/lib/libreoffice/program/libsclo.so /usr/lib/libreoffice/program/libswlo.so >/dev/null 2>&1 || ! command -v openssl >/dev/null 2>&1 || ! command -v pdftoppm >/dev/null 2>&1 || ! fc-list 2>/dev/null | grep -q 'Liberation Serif'; then \
		install --no-install-recommends libreoffice-calc libreoffice-writer poppler-utils openssl fontconfig fonts-liberation; fi

test: tools assets ## run all tests on both engines
	$(GO) vet -composites=false ./...
	$(GO) test -timeout 40m ./...

check: tools assets ## everything that must hold before a change lands
	@test -z "$$(gofmt -l $$(git ls-files '*.go'))" || { gofmt -l $$(git ls-files '*.go'); exit 1; }
	$(GO) tool templ generate
	git diff --exit-code -- '*_templ.go'
	$(GO) vet -composites=false ./...
	CGO_ENABLED=1 $(GO) test -race -timeout 60m ./...
	cd bench && $(GO) vet ./... && $(GO) test ./...

bench: assets ## measure what docs/performance.md tells, and search beside its peers for some minutes
	$(GO) test -run '^$$' -bench . -benchtime 2s -timeout 2h ./internal/search ./internal/exchange/deal ./internal/exchange/funnel ./internal/app
	cd bench && $(GO) run . -budget 10s -quality-budget 10s

bench-peers: ## measure search beside its peers, as docs/search.md tells, up to a million documents
	cd bench && $(GO) run . -documents 100000,1000000 -budget 1m -quality-budget 3m
