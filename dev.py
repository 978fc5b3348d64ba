#!/usr/bin/env python3
"""What a developer starts: `run`, `test`, `bench`, `fuzz` …; prepares what they need."""

from __future__ import annotations

import ctypes
import hashlib
import importlib.util
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
SCRIPTS = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = SCRIPTS / ("python.exe" if os.name == "nt" else "python")
LOCK = ROOT / "requirements.lock"
STAMP = VENV / "installed-lock"  # the hash of the lock whose packages are in there
USAGE = """\
python3 dev.py run [ARGUMENTS]   starts fieldsales and passes the arguments on
python3 dev.py test [ARGUMENTS]  all checks and tests; with arguments pytest alone, with these
python3 dev.py bench             measures speed and memory
python3 dev.py fuzz [ARGUMENTS]  spoils files of every kind that is read, 5 minutes each
python3 dev.py build             makes the frozen application in dist/
python3 dev.py lock [--upgrade]  writes requirements.lock anew from pyproject.toml
The first start makes .venv and installs what is needed."""

UV = "uv==0.13.9"  # resolves for all systems and Python versions at once; used by `lock` alone

FROZEN = ROOT / "dist" / "fieldsales"
FROZEN_LIMIT_MB = 190

# What Qt loads from the system on Linux, and the Debian package that has it. The libraries of the
# xcb platform are needed offscreen too: a build takes them along.
SYSTEM_LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
}


def main() -> int:
    commands = {
        "run": run, "test": test, "bench": bench, "fuzz": fuzz, "build": build, "lock": lock
    }  # fmt: skip
    name, *arguments = sys.argv[1:] or ["--help"]
    if name in ("-h", "--help"):
        print(USAGE)
        return 0
    if name not in commands:
        return refuse(USAGE)
    if not (3, 11) <= sys.version_info[:2] <= (3, 13):
        return refuse(f"Python 3.11, 3.12 or 3.13 is needed; this is {sys.version.split()[0]}.")
    if name == "lock":
        return lock(arguments)
    return prepare(building=name == "build") or commands[name](arguments)


def refuse(*lines: str) -> int:
    print(*lines, sep="\n", file=sys.stderr)
    return 2


def call(*command: str | Path, **environment: str) -> int:
    """Runs a program from the checkout's packages and returns its exit code."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    with_path = {**os.environ, "PYTHONPATH": path, **environment}
    try:
        return subprocess.run(command, env=with_path, check=False).returncode
    except KeyboardInterrupt:
        return 130


# --- what has to be there first


def prepare(*, building: bool) -> int:
    return prepare_system(building=building) or prepare_packages()


def prepare_system(*, building: bool) -> int:
    """Installs what is missing of the system, or says how to."""
    missing = missing_packages(building=building) if sys.platform == "linux" else []
    if not missing:
        return 0
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *missing]
    if not shutil.which("apt-get"):
        return refuse("Please install what Debian calls:", f"    {shlex.join(missing)}")
    if os.geteuid() != 0:
        return refuse(
            "Some parts of the system are missing. Please run this once, then start again:",
            f"    sudo apt-get update && sudo {shlex.join(install)}",
        )
    print(f"Installing {shlex.join(missing)}", flush=True)
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["apt-get", "update"], install):
        if subprocess.run(step, env=quiet, stdout=subprocess.DEVNULL, check=False).returncode:
            return refuse(f"This failed: {shlex.join(step)}")
    return 0


def missing_packages(*, building: bool) -> list[str]:
    """Debian packages to install: found by loading, so it costs milliseconds."""
    wanted = dict(SYSTEM_LIBRARIES)
    missing = []
    if not PYTHON.exists() and not importlib.util.find_spec("ensurepip"):
        missing.append(f"python3.{sys.version_info.minor}-venv")
    if building:
        wanted |= python_library()
        if not (shutil.which("objdump") and shutil.which("strip")):
            missing.append("binutils")
    return missing + [package for library, package in wanted.items() if not loads(library)]


def python_library() -> dict[str, str]:
    """The shared library a frozen application takes along, which Debian packs on its own."""
    if not sys.executable.startswith("/usr/bin/") and not PYTHON.resolve().is_relative_to(
        "/usr/bin"
    ):
        return {}
    name = f"libpython3.{sys.version_info.minor}"
    return {f"{name}.so.1.0": name}


def loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def prepare_packages() -> int:
    """Makes `.venv` hold what the lock says, if it does not yet."""
    wanted = hashlib.sha256(LOCK.read_bytes()).hexdigest()
    if PYTHON.exists() and STAMP.exists() and STAMP.read_text(encoding="utf-8") == wanted:
        return 0
    if not PYTHON.exists():
        print("Making .venv", flush=True)
        made = subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=False)
        if made.returncode:
            return refuse("The virtual environment could not be made.")
    print("Installing the packages of requirements.lock (some 300 MB at first)", flush=True)
    install: list[str | Path] = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
    ]
    install += ["--no-deps", "--require-hashes", "--requirement", LOCK]
    if subprocess.run(install, check=False).returncode:
        return refuse("The packages could not be installed. Is the package index in reach?")
    STAMP.write_text(wanted, encoding="utf-8")
    return 0


# --- the commands


def run(arguments: list[str]) -> int:
    if arguments or has_display():
        return call(PYTHON, "-m", "fieldsales", *arguments)
    folder = ROOT / "out" / "demo"
    print("There is no display here; making the demo instead.", flush=True)
    code = call(PYTHON, "-m", "fieldsales", "demo", folder)
    if code == 0:
        print(f"Pictures, documents and a database with sample data are in {folder}")
    return code


def has_display() -> bool:
    if sys.platform != "linux":
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def test(arguments: list[str]) -> int:
    os.chdir(ROOT)
    if arguments:
        return call(PYTHON, "-m", "pytest", *arguments)
    steps: list[list[str | Path]] = [
        [PYTHON, "-m", "ruff", "check"],
        [PYTHON, "-m", "ruff", "format", "--check"],
        [PYTHON, "-m", "mypy"],
        [SCRIPTS / "lint-imports", "--no-logo"],
        [PYTHON, "-m", "pytest", "-n", "2", "--dist", "worksteal", "--cov"],
    ]
    for step in steps:
        print(f"--- {' '.join(Path(word).name for word in step)}", flush=True)
        code = call(*step)
        if code:
            return code
    return 0


def bench(arguments: list[str]) -> int:
    os.chdir(ROOT)
    return call(PYTHON, "-m", "tests.benchmarks", *arguments, QT_QPA_PLATFORM="offscreen")


def fuzz(arguments: list[str]) -> int:
    os.chdir(ROOT)
    return call(PYTHON, "-m", "tests.fuzz", *arguments)


def build(arguments: list[str]) -> int:
    os.chdir(ROOT)
    code = call(PYTHON, "-m", "PyInstaller", "build.spec", "--noconfirm", *arguments)
    if code:
        return code
    files = [path for path in FROZEN.rglob("*") if path.is_file() and not path.is_symlink()]
    size = sum(path.stat().st_size for path in files) / 1e6
    print(f"{FROZEN}: {size:.0f} MB, {len(files)} files (limit {FROZEN_LIMIT_MB} MB)")
    return 0 if size <= FROZEN_LIMIT_MB else refuse("The frozen application is too large.")


def lock(arguments: list[str]) -> int:
    """Pins every package with the hashes of all its files, for each system and Python version."""
    os.chdir(ROOT)
    with tempfile.TemporaryDirectory() as folder:
        scripts = Path(folder) / SCRIPTS.name
        resolve: list[str | Path] = [
            scripts / "uv",
            "pip",
            "compile",
            "pyproject.toml",
            "--group",
            "dev",
            "--quiet",
        ]
        resolve += ["--universal", "--python-version", "3.11", "--generate-hashes"]
        resolve += ["--no-annotate", "--custom-compile-command", "python3 dev.py lock"]
        steps: list[list[str | Path]] = [
            [sys.executable, "-m", "venv", folder],
            [scripts / PYTHON.name, "-m", "pip", "install", "--quiet", UV],
            [*resolve, "--output-file", LOCK, *arguments],
        ]
        for step in steps:
            code = subprocess.run(step, stdout=subprocess.DEVNULL, check=False).returncode
            if code:
                return code
    return 0


if __name__ == "__main__":
    sys.exit(main())
