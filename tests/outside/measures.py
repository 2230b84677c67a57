"""The size of the program and what it takes to start: measures.py PROGRAM"""

import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

LARGEST = 12 * 2**20
LONGEST = 0.010
RUNS = 60

PROGRAM = pathlib.Path(sys.argv[1]).resolve()


def median(program, folder):
    def once():
        start = time.perf_counter()
        subprocess.run([program], cwd=folder, capture_output=True, check=False)
        return time.perf_counter() - start

    once()
    return statistics.median(once() for _ in range(RUNS))


def main():
    size = PROGRAM.stat().st_size
    print(f"size: {size / 2**20:.2f} MiB (at most {LARGEST / 2**20:.0f})")
    assert size <= LARGEST
    with tempfile.TemporaryDirectory(prefix="rubrica-measures-") as name:
        folder = pathlib.Path(name)
        (folder / "empty.rs").write_text("fn main() {}\n")
        subprocess.run(["rustc", "-O", "-o", "empty", "empty.rs"], cwd=folder, check=True)
        (folder / "corpus").mkdir()
        empty, own = median(folder / "empty", folder / "corpus"), median(PROGRAM, folder / "corpus")
    print(f"start on an empty folder: {own * 1e3:.1f} ms, an empty program: {empty * 1e3:.1f} ms (median of {RUNS})")
    assert own - empty <= LONGEST


main()
