"""Builds the wheel of rubrica with maturin, or takes the published one where there is no Rust toolchain.

Both ways the wheel holds the program and nothing else. The version is that of Cargo.toml.
"""

import os
import re
import shutil
import subprocess
import sys

NAME = "rubrica-lint"
MATURIN = "maturin>=1.9.4,<2"


def builds():
    """Whether the program is built here."""
    return shutil.which("cargo") is not None


def version():
    with open("Cargo.toml", encoding="utf-8") as manifest:
        return re.search(r'^version = "(.+)"$', manifest.read(), re.MULTILINE).group(1)


def get_requires_for_build_wheel(config_settings=None):
    return [MATURIN] if builds() else []


def get_requires_for_build_sdist(config_settings=None):
    return [MATURIN]


def build_wheel(wheel_directory, config_settings=None, metadata_directory=None):
    if builds():
        import maturin

        return maturin.build_wheel(wheel_directory, config_settings, metadata_directory)
    wanted = f"{NAME}=={version()}"
    before = set(os.listdir(wheel_directory))
    # Isolated, so that the pip of the environment that is installed into is found, not that of the build.
    command = [sys.executable, "-I", "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:"]
    if subprocess.run([*command, "--dest", wheel_directory, wanted], check=False).returncode != 0:
        raise SystemExit(
            f"There is no wheel of {wanted} for this machine, and no `cargo` to build one with.\n"
            "Install Rust (rustup), or choose a released version."
        )
    return next(name for name in os.listdir(wheel_directory) if name not in before)


def build_sdist(sdist_directory, config_settings=None):
    import maturin

    return maturin.build_sdist(sdist_directory, config_settings)
