#!/usr/bin/env bash
# web.sh STEP…: runs npm scripts in web/, after `npm ci` where the lock file or node changed.
source "$(dirname "$0")/common.sh"
need node 'Node.js 20 or newer, see https://nodejs.org'
need npm 'it comes with Node.js'
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || die "node $(node --version): 20 or newer is needed"
cd web

stamp=node_modules/.installed-from
wanted="$(node --version) $(cat package.json package-lock.json | cksum)"
if [ "$(cat $stamp 2>/dev/null || true)" != "$wanted" ]; then
  say 'npm ci'
  # A mirror that lacks a package for another platform makes `npm ci` refuse the lock file;
  # `npm install` takes the same versions from it and leaves the absent ones out.
  npm ci --no-audit --no-fund --loglevel=silent ||
    npm install --no-save --no-audit --no-fund --loglevel=error
  echo "$wanted" >$stamp
fi
for step in "$@"; do
  say "npm run $step"
  npm run --silent "$step"
done
