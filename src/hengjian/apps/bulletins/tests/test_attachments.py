"""Files: true kind, size, safe name, who may add and take away."""

from __future__ import annotations

import pytest
from django.core.files.base import ContentFile

from hengjian.apps.bulletins.acts.attach import attach, download, remove, safe_name
from hengjian.apps.org.access import Denied
from hengjian.base.errors import HengjianError

PDF = b"%PDF-1.7 \xe4\xbd\xa0\xe5\xa5\xbd"


@pytest.fixture(autouse=True)
def media(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def test_a_file_is_kept_under_a_random_name_with_its_digest(desk, tmp_path):
    made = desk.do(attach, "writer", desk.draft(), name="../../报告.pdf", content=ContentFile(PDF))
    assert (made.name, made.size, len(made.sha256)) == ("报告.pdf", len(PDF), 64)
    assert "报告" not in made.file.name
    assert (tmp_path / made.file.name).read_bytes() == PDF


def test_the_same_file_twice_is_one(desk):
    item = desk.draft()
    first = desk.do(attach, "writer", item, name="a.pdf", content=ContentFile(PDF))
    assert desk.do(attach, "writer", item, name="b.pdf", content=ContentFile(PDF)).pk == first.pk


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.exe", b"MZ", "不能上传"),
        ("a.pdf", b"MZ\x90", "不是.pdf文件"),
        ("a.docx", b"%PDF-1.7", "不是.docx文件"),
        ("a.pdf", b"", "空的"),
        ("无后缀", PDF, "不能上传"),
        ("a.pdf\x00.exe", PDF, "不能上传"),
    ],
)
def test_what_is_not_what_it_says_is_refused(desk, name, content, message):
    with pytest.raises(HengjianError, match=message):
        desk.do(attach, "writer", desk.draft(), name=name, content=ContentFile(content))


def test_a_file_too_large_is_refused(desk, settings):
    settings.ATTACHMENT_MAX_BYTES = 4
    with pytest.raises(HengjianError, match="超过"):
        desk.do(attach, "writer", desk.draft(), name="a.pdf", content=ContentFile(PDF))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\dir\\x.pdf", "x.pdf"),
        ("..", ""),
        ("a\u202efdp.exe", "afdp.exe"),
        ("a" * 300 + ".pdf", "a" * 150 + ".pdf"),
    ],
)
def test_names_lose_what_misleads(given, kept):
    assert safe_name(given) == kept


def test_after_filing_only_the_office_adds(desk):
    item = desk.filed()
    with pytest.raises(HengjianError, match="收回修改"):
        desk.do(attach, "writer", item, name="a.pdf", content=ContentFile(PDF))
    assert desk.do(attach, "editor", item, name="a.pdf", content=ContentFile(PDF))


def test_a_file_is_removed_only_while_writing(desk, django_capture_on_commit_callbacks, tmp_path):
    item = desk.draft()
    made = desk.do(attach, "writer", item, name="a.pdf", content=ContentFile(PDF))
    with pytest.raises(Denied):
        desk.do(remove, "neighbour", made)
    with django_capture_on_commit_callbacks(execute=True):
        desk.do(remove, "writer", made)
    assert not item.attachments.exists()
    assert not (tmp_path / made.file.name).exists()


def test_a_download_is_on_record(desk):
    made = desk.do(attach, "writer", desk.draft(), name="a.pdf", content=ContentFile(PDF))
    assert desk.do(download, "head", made) == made
