#!/bin/sh
# What one server does: part $1 of $2 of the sales, $3 times as many as in sales.slices, as a dataset in folder $4,
# which outlives the release. The run's record goes to standard output.
set -eu
here=$(dirname "$0")
LD_LIBRARY_PATH=$here/lib exec "$here/tamis" --json generate "$here/sales.odcs.yaml" --slices "$here/sales.slices" \
  --scale "$3" --part "$1/$2" -o "$4"
