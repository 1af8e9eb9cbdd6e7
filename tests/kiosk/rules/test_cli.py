"""``loaga rules`` as it is typed."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from kiosk.cli import loaga


def run(home: Path, *words: str) -> str:
    result = CliRunner().invoke(loaga, ["--home", str(home), "rules", *words], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def test_the_example_can_be_changed_and_loaded(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    file.write_text(run(tmp_path, "example").replace("Xếp hàng theo thứ tự", "Xếp hàng ngay ngắn"), "utf-8")
    assert "cong-cong: 29 rules" in run(tmp_path, "load", str(file))
    assert "Nothing in it is new." in run(tmp_path, "load", str(file))
    assert "ours.yaml" in run(tmp_path, "list")
