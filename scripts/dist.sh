#!/usr/bin/env bash
# What is handed out: a static binary for Linux, its manuals, its unit and container file, a list of
# everything in it (CycloneDX) and checksums, in target/dist.
source "$(dirname "$0")/common.sh"
need cargo 'see https://rustup.rs'
need rustup 'it brings the static target'
scripts/system.sh dist

target=x86_64-unknown-linux-musl
dist=target/dist
version=$(cargo metadata --locked --no-deps --format-version 1 | sed -n 's/.*"name":"wijkzicht","version":"\([^"]*\)".*/\1/p')
rustup target list --installed | grep -qx $target || rustup target add $target

scripts/lint.sh --licences
scripts/web.sh build
say "cargo build --release --target $target"
cargo build --release --locked --quiet --target $target
binary=target/$target/release/wijkzicht

rm -rf $dist
mkdir -p $dist/doc
install -m 755 $binary $dist/wijkzicht
cp packaging/* $dist/
cp README.md CHANGELOG.md SECURITY.md LICENSE* docs/*.md $dist/doc/
say 'what is in it'
cyclonedx=$(scripts/tool.sh cargo-cyclonedx)
# It writes beside Cargo.toml.
"$cyclonedx" cyclonedx --quiet --format json --spec-version 1.5 --target $target --no-build-deps --override-filename sbom-rust
mv sbom-rust.json $dist/
(cd web && npm sbom --omit dev --sbom-format cyclonedx --package-lock-only) >$dist/sbom-web.json
name=wijkzicht-$version-linux-x86_64
(cd $dist && find . -type f ! -name SHA256SUMS -printf '%P\n' | LC_ALL=C sort | xargs sha256sum >SHA256SUMS)
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$(git log -1 --format=%ct)" \
  --transform "s|^\.|$name|" -C $dist -czf "target/$name.tar.gz" .
echo "target/$name.tar.gz"
