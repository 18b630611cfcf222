#!/bin/sh
# Puts tamis and the libraries that a bare server hasn't into out/pack. Usage: pack.sh [TAMIS]
set -eu
cd "$(dirname "$0")"
tamis=$(realpath "${1:-../../build/tamis}")
rm -rf out/pack
mkdir -p out/pack/lib
cp "$tamis" out/pack/tamis
# The C library is every server's own.
ldd "$tamis" | awk '$2 == "=>" && $3 ~ /^\// { print $3 }' |
  grep -Ev '/(libc|libm|libdl|libpthread|librt)\.so' | xargs cp -L -t out/pack/lib
