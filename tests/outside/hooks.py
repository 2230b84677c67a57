"""The hooks under the real pre-commit, in scratch repositories: hooks.py FOLDER_OF_WHEELS

The hooks are installed from this checkout into an environment without a Rust toolchain, as most users have it.
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
WHEELS = pathlib.Path(sys.argv[1]).resolve()
SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="rubrica-hooks-"))
PRE_COMMIT = [sys.executable, "-m", "pre_commit"]

ENVIRONMENT = {
    "HOME": str(SCRATCH),
    "PATH": f"{pathlib.Path(sys.executable).parent}:/usr/bin:/bin",
    "PRE_COMMIT_HOME": str(SCRATCH / "cache"),
    "PIP_FIND_LINKS": str(WHEELS),
    "PIP_NO_INDEX": "1",
    "PIP_DISABLE_PIP_VERSION_CHECK": "1",
    "GIT_CONFIG_NOSYSTEM": "1",
    "LC_ALL": "C.UTF-8",
    **{f"GIT_{role}_{key}": value for role in ["AUTHOR", "COMMITTER"]
       for key, value in [("NAME", "a"), ("EMAIL", "a@example.com")]},
}

PAGES = {
    "guide.md": "# Guide\n\n## Set up\n\nText.\n",
    "index.md": "# Index\n\n[guide](guide.md#set-up)\n",
    "chapters.md": "# 1. One\n\n# 2. Two\n\n# 3. Three\n",
}


def run(*command, cwd, ok=True):
    done = subprocess.run(command, cwd=cwd, env=ENVIRONMENT, text=True, capture_output=True, check=False)
    out = done.stdout + done.stderr
    assert ok is None or (done.returncode == 0) == ok, f"{command} ended with {done.returncode}:\n{out}"
    return out


def hook_repository():
    """What pre-commit needs of this checkout, as a repository of its own."""
    folder = SCRATCH / "rubrica"
    for name in [".pre-commit-hooks.yaml", "pyproject.toml", "Cargo.toml", "packages/pypi/backend.py", "README.md"]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(REPOSITORY / name, folder / name)
    run("git", "init", "--quiet", "--initial-branch=main", cwd=folder)
    run("git", "add", "--all", cwd=folder)
    run("git", "commit", "--quiet", "--message", "hooks", cwd=folder)
    return folder, run("git", "rev-parse", "HEAD", cwd=folder).strip()


HOOKS, REVISION = hook_repository()


class Scratch:
    """A repository with some of the hooks."""

    def __init__(self, name, hooks):
        self.folder = SCRATCH / name
        self.hooks = hooks
        self.folder.mkdir()
        run("git", "init", "--quiet", "--initial-branch=main", cwd=self.folder)
        listed = "".join(f"  - id: {hook}\n" for hook in hooks)
        self.write({".pre-commit-config.yaml": f"repos:\n- repo: {HOOKS}\n  rev: {REVISION}\n  hooks:\n{listed}"})
        self.write(PAGES)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--message", "start")
        run(*PRE_COMMIT, "install", cwd=self.folder)

    def write(self, files):
        for name, text in files.items():
            (self.folder / name).write_text(text, encoding="utf-8")

    def read(self, name):
        return (self.folder / name).read_text(encoding="utf-8")

    def git(self, *args, ok=True):
        return run("git", *args, cwd=self.folder, ok=ok)

    def commit(self, *paths, ok):
        """Stages paths and commits; returns what was printed."""
        self.git("add", "--all", "--", *paths)
        out = self.git("commit", "--message", "work", ok=ok)
        print(f"$ git commit    # {', '.join(paths) or 'as staged'}\n{out}")
        return out

    def reset(self):
        self.git("reset", "--quiet", "--hard")
        self.git("clean", "--quiet", "--force", "-d")


def clean_commit(scratch):
    scratch.write({"index.md": "# Index\n\nSee [the guide](guide.md#set-up).\n"})
    out = scratch.commit("index.md", ok=True)
    assert (out.count("Passed"), out.count("Skipped")) == (len(scratch.hooks), 0), out


def repeated_number(scratch):
    scratch.write({"chapters.md": "# 1. One\n\n# 2. Two\n\n# 2. Three\n"})
    out = scratch.commit("chapters.md", ok=False)
    assert "`2.` should be `3.`" in out and "chapters.md:5:3" in out, out
    scratch.reset()


def renamed_heading(scratch):
    scratch.write({"guide.md": PAGES["guide.md"].replace("## Set up", "## Installation")})
    out = scratch.commit("guide.md", ok=False)
    assert "broken-anchor" in out and "index.md:3" in out, out
    scratch.reset()


def deleted_file(scratch):
    scratch.git("rm", "--quiet", "guide.md")
    out = scratch.git("commit", "--message", "work", ok=False)
    print(f"$ git rm guide.md; git commit\n{out}")
    assert "broken-link" in out and "index.md:3" in out, out
    scratch.reset()


def partial_staging(scratch):
    """What is staged is committed, what is not stays as it is, and only the former is judged."""
    staged = "# 1. One\n\n# 2. Two\n\n# 3. Three\n\nMore.\n"
    wrong = staged.replace("# 3.", "# 2.")
    scratch.write({"chapters.md": staged})
    scratch.git("add", "chapters.md")
    scratch.write({"chapters.md": wrong})
    assert "Passed" in scratch.commit(".pre-commit-config.yaml", ok=True)
    assert scratch.read("chapters.md") == wrong
    assert scratch.git("show", "HEAD:chapters.md") == staged
    scratch.reset()


def fix_repairs_and_stops(scratch):
    scratch.write({"chapters.md": "# 1. One\n\n# 2. Two\n\n# 2. Three\n"})
    out = scratch.commit("chapters.md", ok=False)
    assert "files were modified by this hook" in out, out
    assert scratch.read("chapters.md") == PAGES["chapters.md"]
    scratch.reset()


def fix_with_partial_staging(scratch):
    """The commit is stopped, and neither what is staged nor what is not gets lost."""
    staged = "# 1. One\n\n# 2. Two\n\n# 2. Three\n"
    scratch.write({"chapters.md": staged})
    scratch.git("add", "chapters.md")
    scratch.write({"chapters.md": staged + "\nNot yet.\n"})
    scratch.commit(".pre-commit-config.yaml", ok=False)
    assert scratch.git("show", ":chapters.md") == staged
    assert scratch.read("chapters.md").endswith("\nNot yet.\n")
    scratch.reset()


def names_like_options(scratch):
    """A document whose name begins with a dash is a document."""
    names = ["--output=json=docs/x.md", "-x.md", "--config=chapters.md"]
    scratch.write({names[1]: "# x\n", names[2]: "# x\n"})
    (scratch.folder / "docs").mkdir()
    (scratch.folder / "--output=json=docs").mkdir()
    scratch.write({names[0]: "# x\n", "docs/x.md": "# mine\n"})
    scratch.commit(ok=True)
    assert scratch.read("docs/x.md") == "# mine\n"
    scratch.write({"-x.md": "[x](none.md)\n"})
    out = scratch.commit(ok=False)
    assert "`none.md` does not exist" in out, out
    scratch.reset()


def all_files(scratch, hook):
    """What was committed long ago is judged by the hook that is told of all files."""
    scratch.write({"old.md": "[x](none.md)\n"})
    scratch.git("add", "--all")
    scratch.git("commit", "--quiet", "--no-verify", "--message", "old")
    out = run(*PRE_COMMIT, "run", "--all-files", hook, cwd=scratch.folder, ok=hook != "rubrica")
    assert ("`none.md` does not exist" in out) == (hook == "rubrica"), out
    scratch.git("reset", "--quiet", "--hard", "HEAD~1")


def many_files(scratch):
    names = [f"a page with a rather long name, number {number}.md" for number in range(3_000)]
    scratch.write({name: f"# {name}\n" for name in names} | {names[1_500]: "[x](none.md)\n"})
    start = time.monotonic()
    scratch.git("add", "--all")
    out = scratch.git("commit", "--message", "work", ok=False)
    print(f"$ git commit    # 3,000 files, {time.monotonic() - start:.1f} s\n{out}")
    assert out.count("`none.md` does not exist") == 1, out
    scratch.reset()


def main():
    start = time.monotonic()
    both = Scratch("both", ["rubrica", "rubrica-corpus"])
    clean_commit(both)
    print(f"(installed and run in {time.monotonic() - start:.1f} s)")
    for scratch in [both, Scratch("files", ["rubrica"])]:
        repeated_number(scratch)
        renamed_heading(scratch)
        partial_staging(scratch)
    deleted_file(both)
    corpus = Scratch("corpus", ["rubrica-corpus"])
    repeated_number(corpus)
    renamed_heading(corpus)
    deleted_file(corpus)
    partial_staging(corpus)
    fix = Scratch("fix", ["rubrica-fix"])
    fix_repairs_and_stops(fix)
    fix_with_partial_staging(fix)
    for hook in ["rubrica", "rubrica-fix"]:
        names_like_options(Scratch(f"names-{hook}", [hook]))
    all_files(both, "rubrica")
    all_files(corpus, "rubrica-corpus")
    many_files(Scratch("many", ["rubrica"]))
    print("the hooks work")


try:
    main()
finally:
    shutil.rmtree(SCRATCH, ignore_errors=True)
