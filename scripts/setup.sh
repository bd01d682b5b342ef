#!/bin/sh
# Install what is missing and nothing else: LibreOffice, fonts, poppler, Python, the virtual environment.
# `--dev` adds what the tests need. Run again, it finds everything in place and does nothing.
set -eu
cd "$(dirname "$0")/.."
dev=no
[ "${1:-}" = "--dev" ] && dev=yes

have() { command -v "$1" >/dev/null 2>&1; }

have_libreoffice() {
    [ -n "${SOPDOCS_SOFFICE:-}" ] || have soffice || have libreoffice || [ -x /Applications/LibreOffice.app/Contents/MacOS/soffice ]
}

have_font() {
    if have fc-match; then
        case "$(fc-match -f '%{family}' 'Liberation Sans')" in *"Liberation Sans"*) return 0 ;; esac
    fi
    find /usr/share/fonts /usr/local/share/fonts "$HOME/Library/Fonts" /Library/Fonts /Applications/LibreOffice.app \
        -name 'LiberationSans-Regular.ttf' 2>/dev/null | grep -q .
}

good_python() { "$1" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1; }

missing=""
have_libreoffice || missing="$missing libreoffice-writer-nogui"
have_font || missing="$missing fonts-liberation"
have fc-match || missing="$missing fontconfig"
{ have pdftoppm && have pdfsig; } || missing="$missing poppler-utils"
if ! have uv && ! good_python python3 && ! [ -x .venv/bin/uv ]; then missing="$missing python3 python3-venv"; fi
if [ $dev = yes ]; then
    have openssl || missing="$missing openssl"
    have qpdf || missing="$missing qpdf"
    have certutil || missing="$missing libnss3-tools"
    have softhsm2-util || missing="$missing softhsm2"
fi

if [ -n "$missing" ]; then
    as_root=""
    if [ "$(id -u)" != 0 ]; then
        if have sudo && sudo -n true 2>/dev/null; then as_root="sudo"; else as_root="no"; fi
    fi
    if have apt-get && [ "$as_root" != no ]; then
        echo "Memasang:$missing"
        log=$(mktemp)
        if ! { $as_root apt-get update -q && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -q \
            --no-install-recommends ca-certificates $missing; } >"$log" 2>&1; then
            tail -n 20 "$log" >&2
            echo "Galat: pemasangan paket gagal. Periksa sambungan internet, lalu ulangi." >&2
            exit 3
        fi
        rm -f "$log"
    else
        cat >&2 <<EOT
Galat: ada yang belum terpasang:$missing
Ketik salah satu perintah ini, lalu ulangi:
  Debian, Ubuntu : sudo apt install$missing
  Fedora         : sudo dnf install libreoffice-writer liberation-sans-fonts poppler-utils python3
  macOS          : brew install --cask libreoffice font-liberation && brew install poppler uv
  Windows        : winget install TheDocumentFoundation.LibreOffice astral-sh.uv
                   lalu: uv run sopdocs build
EOT
        exit 3
    fi
fi

# The virtual environment follows pyproject.toml and uv.lock; a stamp says for which state it was made.
state="$(cat pyproject.toml uv.lock | cksum) $dev"
stamp=.venv/.sopdocs-state
if [ -x .venv/bin/sopdocs ] && [ -f "$stamp" ]; then
    made=$(cat "$stamp")
    [ "$made" = "$state" ] && exit 0
    # An environment with the test tools serves `make docs` as well.
    [ $dev = no ] && [ "$made" = "${state% no} yes" ] && exit 0
fi
echo "Menyiapkan lingkungan Python di .venv/ ..."
groups="--no-dev"
[ $dev = yes ] && groups="--group dev"
if have uv; then
    uv sync --quiet --locked --inexact $groups
else
    if ! [ -x .venv/bin/uv ]; then
        python3 -m venv .venv
        .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check uv
    fi
    UV_PROJECT_ENVIRONMENT=.venv .venv/bin/uv sync --quiet --locked --inexact $groups
fi
echo "$state" >"$stamp"
