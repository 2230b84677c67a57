#!/usr/bin/env node
// Starts the program of the platform package that npm chose.
"use strict";
const { spawnSync } = require("node:child_process");

function isMusl() {
  return process.platform === "linux" && !process.report?.getReport()?.header?.glibcVersionRuntime;
}

const platform = `${process.platform}-${process.arch}${isMusl() ? "-musl" : ""}`;
const program = process.platform === "win32" ? "rubrica.exe" : "rubrica";
let path;
try {
  path = require.resolve(`rubrica-lint-${platform}/${program}`);
} catch {
  console.error(`error: there is no rubrica for ${platform}, or npm left out the optional package that holds it`);
  console.error("  help: `npm install --include=optional rubrica-lint`, or `cargo install rubrica`");
  process.exit(2);
}
const { status, signal, error } = spawnSync(path, process.argv.slice(2), { stdio: "inherit" });
if (error) {
  console.error(`error: ${error.message}`);
}
if (signal) {
  process.kill(process.pid, signal);
}
process.exit(status ?? 2);
