"""The wheel and the npm package of this platform, made and tried: packages.py PROGRAM FOLDER_FOR_WHEELS"""

import os
import pathlib
import subprocess
import sys
import tempfile

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(sys.argv[1]).resolve()
WHEELS = pathlib.Path(sys.argv[2]).resolve()


def run(*command, cwd=REPOSITORY, **rest):
    done = subprocess.run(command, cwd=cwd, text=True, capture_output=True, check=False, **rest)
    assert done.returncode == 0, f"{command}:\n{done.stdout}{done.stderr}"
    return done.stdout


def shown(what, program, cwd):
    version = run(program, "--version", cwd=cwd)
    assert version == run(PROGRAM, "--version"), version
    corpus = cwd / "corpus"
    corpus.mkdir()
    (corpus / "a.md").write_text("[x](none.md)\n", encoding="utf-8")
    args = [program, "--format", "concise", "--root", "."]
    done = subprocess.run(args, cwd=corpus, text=True, capture_output=True, check=False)
    assert (done.returncode, done.stdout) == (1, "a.md:1:5: error[broken-link] `none.md` does not exist\n"), done
    print(f"{what}: {version.strip()}")


def wheel(folder):
    """`pip install .`, in two steps, so that the wheel is there for the hooks."""
    environment = os.environ | {"CARGO_TARGET_DIR": str(PROGRAM.parents[1])}
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(WHEELS), ".", env=environment)
    [made] = WHEELS.glob("rubrica_lint-*.whl")
    run(sys.executable, "-m", "venv", str(folder / "venv"), cwd=folder)
    run(folder / "venv/bin/pip", "install", "--quiet", "--no-index", str(made), cwd=folder)
    shown(f"{made.name} ({made.stat().st_size / 2**20:.1f} MiB)", folder / "venv/bin/rubrica", folder)


def npm(folder):
    target = run("rustc", "-vV").split("host: ")[1].split()[0]
    run("node", "packages/npm/pack.mjs", str(folder / "packages"), f"{target}={PROGRAM}")
    packages = sorted((folder / "packages").iterdir())
    assert len(packages) == 2, packages
    made = [folder / run("npm", "pack", "--silent", str(package), cwd=folder).strip() for package in packages]
    use = folder / "use"
    use.mkdir()
    (use / "package.json").write_text("{}")
    # The packages of other platforms are not published yet when this is tried; npm does without optional ones.
    quiet = ["--no-audit", "--no-fund", "--silent", "--fetch-retries=0"]
    run("npm", "install", *quiet, *map(str, made), cwd=use)
    shown(" and ".join(file.name for file in made), use / "node_modules/.bin/rubrica", use)


def main():
    WHEELS.mkdir(parents=True, exist_ok=True)
    for make in [wheel, npm]:
        with tempfile.TemporaryDirectory(prefix="rubrica-packages-") as folder:
            make(pathlib.Path(folder))


main()
