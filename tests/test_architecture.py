"""The arrows between the packages, as import-linter's contracts in pyproject.toml draw them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PROGRAM = Path(sys.executable).parent / "lint-imports"


def test_the_arrows_go_one_way() -> None:
    told = subprocess.run(
        [PROGRAM, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=300, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr
    assert "0 broken" in told.stdout


def test_every_package_of_the_house_is_under_contract() -> None:
    linted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"benchmarks", "tests", "docs"}
    assert set(linted["root_packages"]) == packages
