"""One broken pack an error: every message is exact and names file, line and column.

``bad/good`` is a small sound pack; each other folder overrides one file and says in ``expected.txt`` what
the loader answers. Write the answers anew with ``UPDATE_EXPECTED=1 pytest …`` and review them as a diff.
"""

import os
import shutil
from pathlib import Path

import pytest

from hengjian.base.errors import ManyErrors
from hengjian.policy import load_pack

BAD = Path(__file__).parent / "bad"
CASES = sorted(path.name for path in BAD.iterdir() if path.name != "good")


def answer(case: str, folder: Path) -> str:
    shutil.copytree(BAD / "good", folder)
    shutil.copytree(BAD / case, folder, dirs_exist_ok=True)
    try:
        load_pack(folder)
    except ManyErrors as many:
        return "".join(f"{error}\n" for error in many.errors).replace(f"{folder}/", "")
    return ""


def test_the_good_pack_is_good(tmp_path):
    assert answer("good", tmp_path / "mini") == ""


@pytest.mark.parametrize("case", CASES)
def test_the_loader_says_what_is_wrong_and_where(case, tmp_path):
    found = answer(case, tmp_path / "mini")
    expected = BAD / case / "expected.txt"
    if os.environ.get("UPDATE_EXPECTED"):
        expected.write_text(found, encoding="utf-8")
    assert found, "the broken pack was loaded"
    assert found == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["pack.yaml", "articles.yaml"])
def test_a_missing_file_is_named(name, tmp_path):
    shutil.copytree(BAD / "good", tmp_path / "mini")
    (tmp_path / "mini" / name).unlink()
    with pytest.raises(Exception, match=name):
        load_pack(tmp_path / "mini")


def test_all_errors_are_collected_and_sorted_by_place(tmp_path):
    folder = tmp_path / "mini"
    shutil.copytree(BAD / "good", folder)
    for case in ("unknown-key", "overlapping-values"):
        shutil.copytree(BAD / case, folder, dirs_exist_ok=True)
    with pytest.raises(ManyErrors) as caught:
        load_pack(folder)
    assert len(caught.value.errors) == 1  # an unreadable file leaves holes: references are not judged
    (folder / "articles.yaml").write_text((BAD / "good" / "articles.yaml").read_text(), encoding="utf-8")
    shutil.copytree(BAD / "unknown-default", folder, dirs_exist_ok=True)
    with pytest.raises(ManyErrors) as caught:
        load_pack(folder)
    assert [Path(e.where.file).name for e in caught.value.errors] == ["readings.yaml", "values.yaml"]
