#!/usr/bin/env bash
# Which rubrica to use: its version, what it has to be built for, and the folder it is kept in.
set -euo pipefail

case "$(uname -s)" in
Linux) system=unknown-linux-musl ;;
Darwin) system=apple-darwin ;;
MINGW* | MSYS* | CYGWIN*) system=pc-windows-msvc ;;
*) echo "::error title=rubrica::there is no rubrica for $(uname -s)" && exit 2 ;;
esac
# RUNNER_ARCH is that of the runner, where uname may tell that of an emulator.
case "${RUNNER_ARCH:-$(uname -m)}" in
X64 | x86_64) machine=x86_64 ;;
ARM64 | arm64 | aarch64) machine=aarch64 ;;
*) echo "::error title=rubrica::there is no rubrica for this processor" && exit 2 ;;
esac

version=${RUBRICA_VERSION#v}
if [ -z "$version" ]; then
  version=$(sed -n 's/^version = "\(.*\)"$/\1/p' "$GITHUB_ACTION_PATH/Cargo.toml" | head -n 1)
fi
# It becomes part of a path and of an address.
if ! [[ $version =~ ^[0-9A-Za-z.-]+$ ]]; then
  echo '::error title=rubrica::the version is none; write it as 0.1.0' && exit 2
fi
cached=true
if [ "$version" = source ]; then
  cached=false
fi
{
  echo "version=$version"
  echo "target=$machine-$system"
  echo "cached=$cached"
  echo "folder=${RUNNER_TEMP//\\//}/rubrica-$version"
} >>"$GITHUB_OUTPUT"
