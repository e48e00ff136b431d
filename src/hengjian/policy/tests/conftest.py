"""A small sound pack, and a way to change one of its files."""

import shutil
from pathlib import Path

import pytest

from hengjian.policy import load_pack

GOOD = Path(__file__).parent / "bad" / "good"


@pytest.fixture
def mini():
    return load_pack(GOOD)


@pytest.fixture
def changed(tmp_path):
    """``changed(file, old, new)``: the mini pack with one text replaced."""

    def change(file="", old="", new=""):
        folder = tmp_path / f"changed{len(list(tmp_path.iterdir()))}"
        shutil.copytree(GOOD, folder)
        if file:
            text = (folder / file).read_text(encoding="utf-8")
            assert old in text
            (folder / file).write_text(text.replace(old, new), encoding="utf-8")
        return load_pack(folder)

    return change
