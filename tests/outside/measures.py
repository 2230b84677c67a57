"""The size of the program and what it takes to start: measures.py PROGRAM

Two programs are started in turn, and of each the fastest start counts: what a busy machine adds is no cost of theirs.
"""

import pathlib
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


main()
