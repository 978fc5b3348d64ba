"""The developer's tool: it prepares once, says what is missing, and locks what it installs."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from fieldsales.resources import ROOT

PROJECT = ROOT.parent


class Runs(list[list[str]]):
    """The programs that would have been started; all of them end well."""

    def __call__(self, command: list[object], **_: object) -> subprocess.CompletedProcess[bytes]:
        self.append([str(word) for word in command])
        return subprocess.CompletedProcess(command, 0)


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> Runs:
    started = Runs()
    monkeypatch.setattr(subprocess, "run", started)
    return started


@pytest.fixture
def dev(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A copy of the tool whose `.venv` is an empty folder of the test."""
    spec = importlib.util.spec_from_file_location("dev_of_a_test", PROJECT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    python = tmp_path / ".venv" / "bin" / "python"
    monkeypatch.setattr(module, "PYTHON", python)
    monkeypatch.setattr(module, "STAMP", tmp_path / ".venv" / "installed-lock")
    return module


def pretend_made(dev: ModuleType) -> None:
    dev.PYTHON.parent.mkdir(parents=True)
    dev.PYTHON.touch()


def test_packages_are_installed_once_for_a_lock(
    dev: ModuleType, runs: Runs, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = tmp_path / "requirements.lock"
    lock.write_text("one", encoding="utf-8")
    monkeypatch.setattr(dev, "LOCK", lock)
    pretend_made(dev)
    assert dev.prepare_packages() == 0
    assert dev.prepare_packages() == 0
    assert len(runs) == 1
    assert "--require-hashes" in runs[0]
    lock.write_text("two", encoding="utf-8")
    assert dev.prepare_packages() == 0
    assert len(runs) == 2


def test_a_failed_installation_is_tried_again(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    pretend_made(dev)
    failed = subprocess.CompletedProcess([], 1)
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)
    assert dev.prepare_packages() == 2
    assert "could not be installed" in capsys.readouterr().err
    assert not dev.STAMP.exists()


@pytest.fixture
def without_egl(dev: ModuleType, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """A Debian system where one library of Qt is missing."""
    pretend_made(dev)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(dev.shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(dev, "loads", lambda library: library != "libEGL.so.1")
    return dev


def test_a_user_is_told_the_one_command(
    without_egl: ModuleType,
    runs: Runs,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(without_egl.os, "geteuid", lambda: 1000, raising=False)
    assert without_egl.prepare_system(building=False) == 2
    told = capsys.readouterr().err
    assert "sudo apt-get install --yes --no-install-recommends libegl1\n" in told
    assert not runs


def test_root_gets_it_installed(
    without_egl: ModuleType, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(without_egl.os, "geteuid", lambda: 0, raising=False)
    assert without_egl.prepare_system(building=False) == 0
    assert [command[:2] for command in runs] == [["apt-get", "update"], ["apt-get", "install"]]
    assert runs[1][-1] == "libegl1"


def test_without_apt_the_parts_are_named(
    without_egl: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(without_egl.shutil, "which", lambda _: None)
    assert without_egl.prepare_system(building=False) == 2
    assert "libegl1" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("display", "arguments", "started"),
    [
        ("", [], ["-m", "fieldsales", "demo"]),
        (":0", [], ["-m", "fieldsales"]),
        ("", ["search", "海润"], ["-m", "fieldsales", "search", "海润"]),
    ],
)
def test_run_opens_the_window_or_makes_the_demo(
    dev: ModuleType,
    runs: Runs,
    monkeypatch: pytest.MonkeyPatch,
    display: str,
    arguments: list[str],
    started: list[str],
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setenv("DISPLAY", display)
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    assert dev.run(arguments) == 0
    assert runs[0][1 : 1 + len(started)] == started


def test_the_checks_stop_at_the_first_that_fails(
    dev: ModuleType, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    codes = iter([0, 0, 5])
    monkeypatch.setattr(dev, "call", lambda *_: next(codes))
    monkeypatch.chdir(PROJECT)
    assert dev.test([]) == 5
    steps = [line for line in capsys.readouterr().out.splitlines() if line.startswith("---")]
    assert len(steps) == 3
    assert "mypy" in steps[-1]


@pytest.mark.parametrize("arguments", [[], ["dance"]])
def test_usage(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, PROJECT / "dev.py", *arguments], capture_output=True, check=False
    )
    assert b"dev.py run" in (done.stderr if arguments else done.stdout)
    assert done.returncode == (2 if arguments else 0)


def locked() -> dict[str, tuple[str, int]]:
    """Package -> its version in the lock, and how many hashes it has."""
    text = (PROJECT / "requirements.lock").read_text(encoding="utf-8")
    parts = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]
    found = [(re.match(r"([\w.-]+)==(\S+)", part), part.count("--hash=sha256:")) for part in parts]
    return {canonicalize_name(match[1]): (match[2], hashes) for match, hashes in found if match}


def test_the_lock_holds_what_is_declared() -> None:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    lines = project["project"]["dependencies"] + project["dependency-groups"]["dev"]
    for requirement in map(Requirement, lines):
        version, hashes = locked()[canonicalize_name(requirement.name)]
        assert str(requirement.specifier) == f"=={version}", requirement.name
        assert hashes


def test_the_lock_serves_every_system_and_names_no_address() -> None:
    # wheels for Linux x86_64 and arm64, macOS, Windows x64 and arm64
    assert locked()["pyside6-essentials"][1] >= 5
    assert "colorama" in locked(), "needed on Windows alone"
    assert "://" not in (PROJECT / "requirements.lock").read_text(encoding="utf-8")
