"""Checkpoints are signed (Ed25519), so that who can write to the folder of checkpoints cannot make one.

The key is made at first use, beside the database and not beside the checkpoints; its public half lies in both places.
After a change of keys the former public half stays as ``checkpoint_key.<anything>.pub`` and is still believed.
"""

from __future__ import annotations

import base64
import os
from functools import cache
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)
from django.conf import settings

from hengjian.base.errors import HengjianError, Place

NAME = "checkpoint_key"


def sign(text: str) -> str:
    """The signature of this installation, in base64."""
    return base64.b64encode(_private(_folder()).sign(text.encode())).decode()


def is_ours(text: str, signature: str) -> bool:
    """Whether one of this installation's keys, the present or a former one, signed the text."""
    try:
        raw = base64.b64decode(signature, validate=True)
    except ValueError:
        return False
    return any(_fits(key, raw, text) for key in _public())


def show_public_half(folder: Path) -> None:
    """Lay the public half beside the checkpoints, for those who keep them elsewhere."""
    path = folder / f"{NAME}.pub"
    if not path.exists():
        _private(_folder())
        path.write_bytes((_folder() / f"{NAME}.pub").read_bytes())


def _folder() -> Path:
    return Path(settings.DATA_DIR)


@cache
def _private(folder: Path) -> Ed25519PrivateKey:
    path = folder / NAME
    if not path.exists():
        _make(path)
    key = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise HengjianError("检查点的签名密钥不是 Ed25519 密钥，请换回原来的文件。", where=Place(str(path)))
    return key


def _make(path: Path) -> None:
    key = Ed25519PrivateKey.generate()
    public = key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return  # made by another process at this moment
    with os.fdopen(descriptor, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    path.with_name(f"{NAME}.pub").write_bytes(public)


def _public() -> list[Ed25519PublicKey]:
    keys = [load_pem_public_key(path.read_bytes()) for path in sorted(_folder().glob(f"{NAME}*.pub"))]
    return [key for key in keys if isinstance(key, Ed25519PublicKey)]


def _fits(key: Ed25519PublicKey, signature: bytes, text: str) -> bool:
    try:
        key.verify(signature, text.encode())
    except InvalidSignature:
        return False
    return True
