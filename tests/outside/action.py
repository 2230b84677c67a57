"""The steps of action.yml as a runner would run them, on a history like that of a pull request: action.py PROGRAM

Everything is real but the runner: its variables and files are made here, and the release that the program is fetched
from is served from this machine.
"""

import functools
import hashlib
import http.server
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import threading

import yaml

REPOSITORY = pathlib.Path(__file__).resolve().parents[2]
PROGRAM = pathlib.Path(sys.argv[1]).resolve()
ACTION = yaml.safe_load((REPOSITORY / "action.yml").read_text(encoding="utf-8"))
VERSION = re.search(r'^version = "(.+)"$', (REPOSITORY / "Cargo.toml").read_text(), re.MULTILINE).group(1)
TARGET = "x86_64-unknown-linux-musl" if os.uname().machine == "x86_64" else "aarch64-unknown-linux-musl"

GIT = {
    "PATH": os.environ["PATH"], "HOME": "/nonexistent", "GIT_CONFIG_NOSYSTEM": "1",
    **{f"GIT_{role}_{key}": value for role in ["AUTHOR", "COMMITTER"]
       for key, value in [("NAME", "a"), ("EMAIL", "a@example.com")]},
}


def git(*args, cwd):
    return subprocess.run(["git", *args], cwd=cwd, env=GIT, check=True, capture_output=True, text=True).stdout


def serve_release(folder):
    """A release with the program, on a port of this machine."""
    release = folder / f"www/owner/rubrica/releases/download/v{VERSION}"
    release.mkdir(parents=True)
    archive = release / f"rubrica-{TARGET}.tar.gz"
    with tarfile.open(archive, "w:gz") as tar:
        tar.add(PROGRAM, "rubrica")
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    archive.with_name(archive.name + ".sha256").write_text(f"{digest}  {archive.name}\n")

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_):
            pass

    handler = functools.partial(Quiet, directory=folder / "www")
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return f"http://127.0.0.1:{server.server_port}", archive


def history(folder):
    """A repository with a main branch, and a pull request that renames a heading and adds a page."""
    work = folder / "work"
    work.mkdir()
    write = lambda files: [(work / name).write_text(text, encoding="utf-8") for name, text in files.items()]
    commit = lambda: (git("add", "--all", cwd=work), git("commit", "--quiet", "--message", "work", cwd=work))
    git("init", "--quiet", "--initial-branch=main", cwd=work)
    write({"guide.md": "# Guide\n\n## Set up\n", "index.md": "# Index\n\n[guide](guide.md#set-up)\n",
           "old.md": "[known](nowhere.md)\n", "a page.md": "# A page\n"})
    commit()
    git("checkout", "--quiet", "-b", "change", cwd=work)
    for number in range(60):
        write({"notes.md": f"# Notes\n\nDraft {number}.\n"})
        commit()
    write({"guide.md": "# Guide\n\n## Installation\n"})
    commit()
    git("checkout", "--quiet", "main", cwd=work)
    write({"other.md": "# Other\n\n[broken](by-others.md)\n"})
    commit()
    for number, branch in [(1, "change"), (2, "change~1")]:
        git("checkout", "--quiet", "--detach", "main", cwd=work)
        git("merge", "--quiet", "--no-ff", "--message", "merge", branch, cwd=work)
        git("update-ref", f"refs/pull/{number}/merge", "HEAD", cwd=work)
    git("config", "uploadpack.allowAnySHA1InWant", "true", cwd=work)
    return work


def checkout(origin, folder, number=None):
    """What actions/checkout leaves: one commit, detached."""
    folder.mkdir()
    ref = f"refs/pull/{number}/merge" if number else "refs/heads/main"
    git("init", "--quiet", cwd=folder)
    git("remote", "add", "origin", f"file://{origin}", cwd=folder)
    git("fetch", "--quiet", "--depth=1", "origin", f"+{ref}:refs/remotes/origin/head", cwd=folder)
    git("checkout", "--quiet", "--detach", "refs/remotes/origin/head", cwd=folder)
    return {"GITHUB_REF": ref, **({"GITHUB_BASE_REF": "main"} if number else {})}


def outputs(path):
    return dict(line.split("=", 1) for line in path.read_text(encoding="utf-8").splitlines())


def run(folder, workspace, event, server, inputs=None):
    """Runs the steps; returns the status of the one that failed, the log, the outputs and the summary."""
    runner = pathlib.Path(tempfile.mkdtemp(dir=folder))
    inputs = {name: spec.get("default", "") for name, spec in ACTION["inputs"].items()} | (inputs or {})
    steps, log, summary = {}, "", runner / "summary"

    def value(expression):
        scope, *names = expression.strip().split(".")
        if scope == "inputs":
            return inputs[names[0]]
        if scope == "steps":
            return steps.get(names[0], {}).get(names[2], "")
        if names[0] == "event":
            return event.get("QUEUE_BASE", "")
        return {"action_repository": "owner/rubrica"}[names[0]]

    fill = lambda text: re.sub(r"\$\{\{(.*?)\}\}", lambda found: value(found.group(1)), str(text))
    status = 0
    for step in ACTION["runs"]["steps"]:
        if "run" not in step:
            continue
        assert "${{" not in step["run"], "no input may become shell text"
        file = runner / f"output-{step['id']}"
        file.touch()
        environment = {
            "PATH": os.environ["PATH"], "HOME": str(runner), "GIT_CONFIG_NOSYSTEM": "1", "CI": "true",
            "GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": str(REPOSITORY), "GITHUB_WORKSPACE": str(workspace),
            "GITHUB_OUTPUT": str(file), "GITHUB_STEP_SUMMARY": str(summary), "GITHUB_SERVER_URL": server,
            "RUNNER_TEMP": str(runner), **event,
            **{name: fill(text) for name, text in step.get("env", {}).items()},
        }
        # As `shell: bash` is run.
        command = ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", step["run"]]
        done = subprocess.run(command, cwd=workspace, env=environment, text=True, capture_output=True, check=False)
        log += done.stdout + done.stderr
        steps[step["id"]] = outputs(file)
        status = done.returncode
        if status != 0:
            break
    result = {name: fill(spec["value"]) for name, spec in ACTION["outputs"].items()}
    return status, log, result, summary.read_text(encoding="utf-8") if summary.exists() else ""


def main(folder):
    server, archive = serve_release(folder)
    origin = history(folder)

    event = checkout(origin, folder / "breaks", 1)
    status, log, result, summary = run(folder, folder / "breaks", event, server, {"sarif-file": "rubrica.sarif"})
    print(f"# a pull request that renames a heading: exit {status}, {result}\n{log}\n{summary}")
    assert status == 1 and result == {"findings": "1", "errors": "1", "sarif-file": "rubrica.sarif"}, (status, result)
    assert "::error file=index.md,line=3," in log and "by-others" not in log and "nowhere" not in log, log
    assert "| `broken-anchor` | 1 | 1 |" in summary, summary
    assert (folder / "breaks/rubrica.sarif").is_file()

    event = checkout(origin, folder / "harmless", 2)
    status, log, result, summary = run(folder, folder / "harmless", event, server)
    print(f"# a pull request that breaks nothing: exit {status}, {result}\n{log}")
    assert (status, result["findings"], summary) == (0, "0", ""), log

    queue = {key: value for key, value in checkout(origin, folder / "queue", 1).items() if key != "GITHUB_BASE_REF"}
    queue["QUEUE_BASE"] = git("rev-parse", "main", cwd=origin).strip()
    status, log, result, _ = run(folder, folder / "queue", queue, server)
    assert (status, result["findings"]) == (1, "1") and "::error file=index.md,line=3," in log, log

    event = checkout(origin, folder / "push")
    status, log, result, _ = run(folder, folder / "push", event, server)
    assert (status, result["findings"]) == (1, "2"), log
    status, log, result, _ = run(folder, folder / "push", event, server, {"paths": "old.md\na page.md\n", "fail-on": "never"})
    assert (status, result["findings"]) == (0, "1"), log
    status, log, result, _ = run(folder, folder / "push", event, server, {"args": "--only tags\n--verbose"})
    assert (status, result["findings"]) == (0, "0"), log
    baseline = folder / "known baseline.json"
    subprocess.run([PROGRAM, "baseline", "--root", folder / "push", "--baseline", baseline], check=True)
    status, log, result, _ = run(folder, folder / "push", event, server, {"baseline": str(baseline)})
    assert (status, result["findings"]) == (0, "0"), log

    evil = '$(touch pwned) `touch pwned` ; touch pwned & "'
    for name in ["version", "paths", "args", "format", "since", "fail-on", "baseline", "sarif-file"]:
        for value in [evil, f"{evil}\nfindings=0"]:
            status, log, result, _ = run(folder, folder / "push", event, server, {name: value})
            # A report may be called whatever its file can be called.
            wanted, counts = (1, ["2"]) if name == "sarif-file" and value == evil else (2, ["0", ""])
            assert status == wanted and result["findings"] in counts, (name, status, result, log)
    assert not list(folder.rglob("pwned"))
    print("# hostile inputs: exit 2 each, nothing was run")

    event = checkout(origin, folder / "offline", 1)
    git("remote", "set-url", "origin", f"file://{folder}/gone", cwd=folder / "offline")
    status, log, _, _ = run(folder, folder / "offline", event, server)
    assert status == 2 and "fetch-depth: 0" in log, log
    print(f"# history that cannot be fetched: exit {status}\n{log}")

    archive.write_bytes(archive.read_bytes() + b"x")
    status, log, _, _ = run(folder, folder / "push", {}, server)
    assert status == 2 and "arrived damaged" in log, log
    print(f"# a release that arrived damaged: exit {status}\n{log}")
    print("the action works")


SCRATCH = pathlib.Path(tempfile.mkdtemp(prefix="rubrica-action-"))
try:
    main(SCRATCH)
finally:
    shutil.rmtree(SCRATCH, ignore_errors=True)
