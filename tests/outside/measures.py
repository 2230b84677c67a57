"""The size of the program, what it takes to start, and its sign of life: measures.py PROGRAM

Two programs are started in turn, and of each the fastest start counts: what a busy machine adds is no cost of theirs.
"""

import os
import pathlib
import pty
import subprocess
import sys
import tempfile
import time

LARGEST = 12 * 2**20
LONGEST = 0.010
PAIRS = 100

PROGRAM = pathlib.Path(sys.argv[1]).resolve()


def start(program, folder, status, said):
    """Runs a program that does what it should, and returns how long that took."""
    begin = time.perf_counter()
    done = subprocess.run([program], cwd=folder, capture_output=True, text=True, check=False)
    took = time.perf_counter() - begin
    assert done.returncode == status and said in done.stderr, (program, done)
    return took


def fastest(first, second):
    """The fastest of many starts, each of one paired with one of the other."""
    pairs = [(first(), second()) for _ in range(PAIRS)]
    return tuple(min(times) for times in zip(*pairs))


def on_a_terminal(corpus, **surroundings):
    """What the program says on standard error when that is a terminal."""
    own, other = pty.openpty()
    env = {name: value for name, value in os.environ.items() if name != "CI"} | surroundings
    command = [PROGRAM, "check", "--threads", "1", "--format", "json-lines"]
    with subprocess.Popen(command, cwd=corpus, env=env, stdout=subprocess.DEVNULL, stderr=other) as run:
        os.close(other)
        said = b""
        while True:
            try:
                read = os.read(own, 4096)
            except OSError:  # The other end is closed.
                break
            if not read:
                break
            said += read
        assert run.wait() in (0, 1), said
    os.close(own)
    return said.decode()


def main():
    size = PROGRAM.stat().st_size
    print(f"size: {size / 2**20:.2f} MiB (at most {LARGEST / 2**20:.0f})")
    assert size <= LARGEST
    with tempfile.TemporaryDirectory(prefix="rubrica-measures-") as name:
        folder = pathlib.Path(name)
        (folder / "empty.rs").write_text("fn main() {}\n")
        subprocess.run(["rustc", "-O", "-o", "empty", "empty.rs"], cwd=folder, check=True)
        (folder / "corpus").mkdir()
        empty, own = fastest(
            lambda: start(folder / "empty", folder / "corpus", 0, ""),
            lambda: start(PROGRAM, folder / "corpus", 2, "no documents under"),
        )
    print(f"start on an empty folder: {own * 1e3:.1f} ms, an empty program: {empty * 1e3:.1f} ms (best of {PAIRS})")
    assert own - empty <= LONGEST
    with tempfile.TemporaryDirectory(prefix="rubrica-measures-") as name:
        corpus = pathlib.Path(name)
        text = "".join(f"第 {n} 段：**重要**的内容，读者都应当知道。\n\n" for n in range(50_000))
        for number in range(24):
            (corpus / f"{number}.md").write_text(text, encoding="utf-8")
        assert "checking" in on_a_terminal(corpus), "no sign of life"
        assert "checking" not in on_a_terminal(corpus, CI="true"), "a sign of life in CI"
    print("sign of life: on a terminal, and not in CI")


main()
