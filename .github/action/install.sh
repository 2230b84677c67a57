#!/usr/bin/env bash
# Puts the program into RUBRICA_FOLDER: from the cache, from a release, or built from the source of this action.
set -euo pipefail

program=rubrica
archive=rubrica-$RUBRICA_TARGET.tar.gz
if [[ $RUBRICA_TARGET == *windows* ]]; then
  program=rubrica.exe
fi
mkdir -p "$RUBRICA_FOLDER"
if [ -x "$RUBRICA_FOLDER/$program" ]; then
  exit 0
fi
if [ "$RUBRICA_VERSION" = source ]; then
  cargo build --release --locked --manifest-path "$GITHUB_ACTION_PATH/Cargo.toml"
  cp "${CARGO_TARGET_DIR:-$GITHUB_ACTION_PATH/target}/release/$program" "$RUBRICA_FOLDER/"
  exit 0
fi
release=${GITHUB_SERVER_URL:-https://github.com}/$RUBRICA_REPOSITORY/releases/download/v$RUBRICA_VERSION
cd "$RUBRICA_FOLDER"
for file in "$archive" "$archive.sha256"; do
  curl --fail --silent --show-error --location --retry 3 --output "$file" "$release/$file" || {
    echo "::error title=rubrica::$file of version $RUBRICA_VERSION cannot be fetched" && exit 2
  }
done
check=(shasum --algorithm 256)
if command -v sha256sum >/dev/null; then
  check=(sha256sum)
fi
"${check[@]}" --check --quiet "$archive.sha256" || {
  echo "::error title=rubrica::$archive arrived damaged" && exit 2
}
tar -xzf "$archive" "$program"
rm "$archive" "$archive.sha256"
