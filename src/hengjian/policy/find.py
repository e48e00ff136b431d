"""Where packs are: an installed id or a folder."""

from __future__ import annotations

from pathlib import Path

from hengjian.base.errors import HengjianError

_PACKAGE = Path(__file__).resolve().parents[1]


def packs_root(root: Path | None = None) -> Path:
    """The folder of installed packs: ``root`` if given, else the package's own, else the repository's."""
    if root is not None:
        return root
    installed = _PACKAGE / "_packs"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "packs"


def pack_ids(root: Path | None = None) -> list[str]:
    """The ids of all installed packs, sorted."""
    folder = packs_root(root)
    return sorted(path.parent.name for path in folder.glob("*/pack.yaml"))


def find_pack(name: str | Path, root: Path | None = None) -> Path:
    """The folder of a pack named by id or by folder; HengjianError when there is none."""
    installed = packs_root(root) / str(name)
    for folder in (installed, Path(name)):
        if (folder / "pack.yaml").is_file():
            return folder
    known = "、".join(pack_ids(root)) or "（无）"
    raise HengjianError(f"没有制度包“{name}”，请写已安装的编号（{known}），或写一个含有 pack.yaml 的文件夹。")
