#!/usr/bin/env bash
# Runs the check. Inputs come as variables and go on as arguments: none is read as shell text.
set -euo pipefail

# What follows a line break would be another output of the step.
if [[ $RUBRICA_SARIF_FILE == *$'\n'* || $RUBRICA_SARIF_FILE == *$'\r'* ]]; then
  echo '::error title=rubrica::sarif-file is the name of one file' && exit 2
fi

arguments=(check --format "$RUBRICA_FORMAT" --fail-on "$RUBRICA_FAIL_ON")
counts=$RUNNER_TEMP/rubrica-counts.json
arguments+=(--output "json=$counts")
if [ -n "$RUBRICA_SARIF_FILE" ]; then
  arguments+=(--output "sarif=$RUBRICA_SARIF_FILE")
fi
if [ -n "$RUBRICA_BASELINE" ]; then
  arguments+=(--baseline "$RUBRICA_BASELINE")
fi

# A checkout holds one commit unless told otherwise. What is missing is fetched step by step; where that fails, the
# program says what to do.
fetch_base() { # REVISION REFSPEC
  for depth in 50 500 5000 all; do
    if git merge-base "$1" HEAD >/dev/null 2>&1; then
      break
    fi
    more=(--deepen "$depth")
    if [ "$depth" = all ]; then
      more=(--unshallow)
    fi
    git fetch --quiet --no-tags "${more[@]}" origin "$2" &&
      git fetch --quiet --no-tags "${more[@]}" origin "${GITHUB_REF:-HEAD}" || break
  done
}

since=$RUBRICA_SINCE
if [ "$since" = auto ] && [ -n "${GITHUB_BASE_REF:-}" ]; then
  since=origin/$GITHUB_BASE_REF
  fetch_base "$since" "+refs/heads/$GITHUB_BASE_REF:refs/remotes/$since"
elif [ "$since" = auto ] && [ -n "${RUBRICA_QUEUE_BASE:-}" ]; then
  since=$RUBRICA_QUEUE_BASE
  fetch_base "$since" "$since"
elif [ "$since" = auto ] || [ "$since" = none ]; then
  since=
fi
if [ -n "$since" ]; then
  arguments+=("--since=$since")
fi

read -r -a further <<<"${RUBRICA_ARGS//$'\n'/ }"
arguments+=("${further[@]+"${further[@]}"}")
arguments+=(--)
while IFS= read -r path; do
  if [ -n "$path" ]; then
    arguments+=("$path")
  fi
done <<<"$RUBRICA_PATHS"

status=0
rm -f "$counts"
"$RUBRICA_FOLDER/rubrica" "${arguments[@]}" || status=$?

# The report ends with its counts.
count() {
  if [ -f "$counts" ]; then
    tail -c 200 "$counts" | sed -n "s/.*\"summary\":{.*\"$1\":\([0-9]*\).*/\1/p"
  fi
}
errors=$(count errors)
warnings=$(count warnings)
infos=$(count infos)
{
  echo "findings=$((${errors:-0} + ${warnings:-0} + ${infos:-0}))"
  echo "errors=${errors:-0}"
  echo "sarif-file=$RUBRICA_SARIF_FILE"
} >>"$GITHUB_OUTPUT"
exit "$status"
