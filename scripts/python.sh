#!/usr/bin/env bash
# Prints the Python that has the packages of tests/oracle/requirements.txt, the tests' second
# opinion on geometry; or those of the requirements.txt in the folder that is named. Made once for
# each list of packages, outside target.
source "$(dirname "$0")/common.sh"
need python3 'Python 3.11 or newer'

folder=${1:-tests/oracle}
requirements=$folder/requirements.txt
venv=$cache/python-${folder//\//-}
stamp=$venv/installed-from
wanted="$(python3 --version) $(cksum <$requirements)"
if [ "$(cat "$stamp" 2>/dev/null || true)" != "$wanted" ]; then
  say "python: $(grep -v '^#' $requirements | paste -sd' ')" >&2
  rm -rf "$venv"
  python3 -m venv "$venv" >&2 || die "python3 -m venv failed: install your system's package of it (Debian: python3-venv)"
  "$venv/bin/pip" install --quiet --disable-pip-version-check --no-input -r "$requirements" >&2
  echo "$wanted" >"$stamp"
fi
echo "$venv/bin/python"
