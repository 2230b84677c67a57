// Makes the npm packages: node packages/npm/pack.mjs OUT [TARGET=BINARY]...
// Each target becomes a package that npm installs on its platform only; the main package names them all.
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const PLATFORMS = {
  "x86_64-unknown-linux-gnu": { os: "linux", cpu: "x64", libc: "glibc" },
  "aarch64-unknown-linux-gnu": { os: "linux", cpu: "arm64", libc: "glibc" },
  "x86_64-unknown-linux-musl": { os: "linux", cpu: "x64", libc: "musl" },
  "aarch64-unknown-linux-musl": { os: "linux", cpu: "arm64", libc: "musl" },
  "x86_64-apple-darwin": { os: "darwin", cpu: "x64" },
  "aarch64-apple-darwin": { os: "darwin", cpu: "arm64" },
  "x86_64-pc-windows-msvc": { os: "win32", cpu: "x64" },
  "aarch64-pc-windows-msvc": { os: "win32", cpu: "arm64" },
};

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "../..");
const [version] = readFileSync(join(root, "Cargo.toml"), "utf8").match(/(?<=^version = ").+(?="$)/m);
// npm publishes with provenance only what names the repository it comes from; where a workflow runs, that is known.
const repository = process.env.GITHUB_REPOSITORY && {
  type: "git",
  url: `git+${process.env.GITHUB_SERVER_URL}/${process.env.GITHUB_REPOSITORY}.git`,
};
const main = {
  ...JSON.parse(readFileSync(join(here, "package.json"), "utf8")),
  version,
  ...(repository && { repository }),
};
const nameOf = ({ os, cpu, libc }) => `${main.name}-${os}-${cpu}${libc === "musl" ? "-musl" : ""}`;

function write(folder, manifest) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  for (const file of ["README.md", "LICENSE-MIT", "LICENSE-APACHE"]) {
    copyFileSync(join(root, file), join(folder, file));
  }
}

const [out, ...binaries] = process.argv.slice(2);
if (!out || binaries.length === 0) {
  throw new Error("usage: node pack.mjs OUT [TARGET=BINARY]...");
}
for (const [target, binary] of binaries.map((pair) => pair.split("=", 2))) {
  const platform = PLATFORMS[target];
  if (!platform) {
    throw new Error(`unknown target ${target}; there are ${Object.keys(PLATFORMS).join(", ")}`);
  }
  const { os, cpu, libc } = platform;
  const program = os === "win32" ? "rubrica.exe" : "rubrica";
  const folder = join(out, nameOf(platform));
  const { description, license } = main;
  write(folder, {
    name: nameOf(platform),
    version,
    description: `${description} (${target})`,
    license,
    ...(repository && { repository }),
    os: [os],
    cpu: [cpu],
    ...(libc && { libc: [libc] }),
    files: [program],
  });
  copyFileSync(binary, join(folder, program));
  chmodSync(join(folder, program), 0o755);
}
const folder = join(out, main.name);
const others = Object.values(PLATFORMS).map((platform) => [nameOf(platform), version]);
write(folder, { ...main, optionalDependencies: Object.fromEntries(others) });
cpSync(join(here, "bin"), join(folder, "bin"), { recursive: true });
