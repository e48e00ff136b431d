"""Over ninety strange mails, each made by a few lines here. A row says what must become of it and why it is odd.

The department is 民一庭 (民事审判第一庭, 清岚县人民法院); ``{n}`` makes titles differ, so that none is a duplicate by accident.
"""

from __future__ import annotations

import io
import zipfile
from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.message import MIMEMessage
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from quopri import encodestring

from support import odd_pdfs

TEXT = "近日，本庭走进社区开展巡回审理，当场调解纠纷三件，群众反映良好。下一步将总结经验，继续推进诉源治理。"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ZH = "民一庭"


@dataclass(frozen=True)
class Odd:
    """``state`` and ``told`` (a part of reason or notes) are what must come of ``data``."""

    name: str
    data: bytes
    state: str
    told: str = ""
    unit: bool = True


def word(text: str, charset: str = "utf-8", how: str = "B") -> str:
    data = text.encode(charset)
    if how == "Q":
        soft = encodestring(data, quotetabs=True, header=True).decode().replace("=\n", "")
        return f"=?{charset}?Q?{soft}?="
    return f"=?{charset}?B?{b64encode(data).decode()}?="


def plain(
    subject: str | bytes,
    body: str | bytes = TEXT,
    *,
    charset: str = "utf-8",
    declared: str = "",
    headers: str = "",
    sender: str = "a.b@dept.invalid",
    message_id: str = "",
    date: str = "Mon, 03 Jun 2024 09:00:00 +0800",
) -> bytes:
    """A message by hand, byte for byte; ``declared`` may lie about ``charset``."""
    line = subject if isinstance(subject, bytes) else subject.encode()
    text = body if isinstance(body, bytes) else body.encode(charset)
    ident = f"Message-ID: <{message_id}>\n" if message_id else ""
    when = f"Date: {date}\n" if date else ""
    head = f"From: {sender}\nTo: info@court.invalid\n{ident}{when}{headers}"
    kind = f"MIME-Version: 1.0\nContent-Type: text/plain; charset={declared or charset}\n"
    return (
        b"Subject: "
        + line
        + b"\n"
        + head.encode()
        + kind.encode()
        + b"Content-Transfer-Encoding: 8bit\n\n"
        + text
        + b"\n"
    )


def standard(title: str, **changes: str) -> bytes:
    return plain(word(f"({ZH})+{title}"), **changes)  # type: ignore[arg-type]


def built(subject: str, *parts: object, kind: str = "mixed", headers: dict[str, str] | None = None) -> bytes:
    """A multipart message from parts of the standard library."""
    message = MIMEMultipart(kind)
    message["Subject"], message["From"], message["To"] = subject, "a.b@dept.invalid", "info@court.invalid"
    for key, value in (headers or {}).items():
        message[key] = value
    for part in parts:
        message.attach(part)  # type: ignore[arg-type]
    return message.as_bytes()


def attached(name: str, content: bytes, kind: str = "octet-stream", shown: str = "") -> MIMEApplication:
    part = MIMEApplication(content, kind)
    part.add_header("Content-Disposition", f'attachment; filename="{shown or name}"')
    return part


def docx(*paragraphs: str, extra: dict[str, bytes] | None = None) -> bytes:
    body = "".join(f"<w:p><w:r><w:t>{p}</w:t></w:r></w:p>" for p in paragraphs)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(
            "[Content_Types].xml",
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/word/document.xml" ContentType="{DOCX}.main+xml"/></Types>',
        )
        package.writestr(
            "_rels/.rels",
            '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'officeDocument" Target="word/document.xml"/></Relationships>',
        )
        package.writestr(
            "word/document.xml",
            f'<?xml version="1.0"?><w:document {space}><w:body>{body}</w:body></w:document>',
        )
        for name, content in (extra or {}).items():
            package.writestr(name, content)
    return made.getvalue()


def nested(depth: int) -> bytes:
    inner = MIMEText("最里面", "plain", "utf-8")
    for level in range(depth):
        outer = MIMEMultipart()
        outer["Subject"] = f"第{level}层"
        outer.attach(MIMEMessage(inner))
        inner = outer  # type: ignore[assignment]
    return b"Subject: " + word(f"({ZH})+层层转发").encode() + b"\nFrom: a.b@dept.invalid\n" + inner.as_bytes()


def many_parts(number: int) -> bytes:
    return built(
        f"({ZH})+许多部分",
        MIMEText(TEXT, "plain", "utf-8"),
        *(attached(f"{n}.txt", b"x") for n in range(number)),
    )


def deep_multiparts(depth: int) -> bytes:
    lines = [f"Subject: {word(f'({ZH})+套娃')}", "From: a.b@dept.invalid", "MIME-Version: 1.0"]
    for level in range(depth):
        lines += [f'Content-Type: multipart/mixed; boundary="b{level}"', "", f"--b{level}"]
    return "\n".join([*lines, "Content-Type: text/plain", "", "x"]).encode()


def report(original: str, status: str = "5.1.1", action: str = "failed", to: str = "a@dept.invalid") -> bytes:
    return (
        "From: MAILER-DAEMON@mx.invalid\nTo: info@court.invalid\nSubject: Undelivered Mail Returned to Sender\n"
        "Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\n\n'
        "--x\nContent-Type: text/plain\n\nSorry.\n"
        "--x\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; mx.invalid\n\n"
        f"Final-Recipient: rfc822; {to}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: smtp; 550 no such user\n\n"
        f"--x\nContent-Type: text/rfc822-headers\n\nMessage-ID: <{original}>\nSubject: x\n\n--x--\n"
    ).encode()


def html(body: str, charset: str = "utf-8") -> MIMEText:
    return MIMEText(body, "html", charset)


def _bomb() -> bytes:
    return docx("x", extra={"word/media/a.bin": b"\0" * 60_000_000})


def _entities() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>')
    return made.getvalue()


def _brackets() -> list[Odd]:
    forms = ["({0})+{1}", "（{0}）＋{1}", "【{0}】+{1}", "[{0}]+{1}", "［{0}］＋{1}", "〔{0}〕{1}", "({0}) + {1}", "({0}){1}",
             "（{0}）—{1}", "({0}）+{1}", "{0}+{1}", "{0}：{1}", "《{0}》+{1}", "( {0} )＋ {1}"]  # fmt: skip
    return [
        Odd(f"subject written {form.format('U', 'T')}", plain(word(form.format(ZH, f"括号写法{n}"))), "filed")
        for n, form in enumerate(forms)
    ]


def _prefixes() -> list[Odd]:
    heads = [
        "Re: ",
        "Fw: ",
        "转发：",
        "回复: 转发: ",
        "RE: FW: Fwd: ",
        "答复：",
        "Re(2): ",
        "回复:回复:回复:",
    ]
    return [
        Odd(f"prefix {head!r}", plain(word(f"{head}({ZH})+前缀{n}")), "filed") for n, head in enumerate(heads)
    ]


def _names() -> list[Odd]:
    return [
        Odd("full name", plain(word("(民事审判第一庭)+全称")), "filed"),
        Odd("house before the name", plain(word("(清岚县人民法院民一庭)+带院名")), "filed"),
        Odd("blanks inside the name", plain(word("(民 一 庭)+空格")), "filed"),
        Odd("nearly the name", plain(word("(民一)+差一个字")), "waiting", "民一", unit=False),
        Odd(
            "an unknown department", plain(word("(宇宙探索处)+外星")), "waiting", "不是登记的部门", unit=False
        ),
        Odd("no department at all", plain(word("五月工作小结")), "waiting", "没有按", unit=False),
        Odd("department but no title", plain(word(f"({ZH})+")), "waiting", unit=False),
        Odd("no subject", plain(""), "waiting", unit=False),
        Odd("another court's name", plain(word("(望溪县人民法院)+外院")), "waiting", unit=False),
    ]


def _charsets() -> list[Odd]:
    rare = "民一庭堃喆镕"
    return [
        Odd("GBK declared as gb2312", plain(word(f"({ZH})+{rare}", "gbk").replace("gbk", "gb2312"), TEXT + rare,
            charset="gbk", declared="gb2312"), "filed"),
        Odd("GB 18030, four bytes", plain(word(f"({ZH})+䶮名", "gb18030"), TEXT + "𠀀䶮", charset="gb18030"), "filed"),
        Odd("UTF-8 declared as gb2312", plain(word(f"({ZH})+假称").replace("utf-8", "gb2312"), declared="gb2312"),
            "filed", "编码不对"),
        Odd("GBK declared as utf-8", plain(word(f"({ZH})+乱称", "gbk").replace("gbk", "utf-8"), TEXT,
            charset="gbk", declared="utf-8"), "filed", "编码不对"),
        Odd("Big5 declared as gb2312", plain(word(f"({ZH})+繁体"), "近日本庭走進社區開展工作，群眾反映良好，我們繼續推進。",
            charset="big5", declared="gb2312"), "filed"),
        Odd("raw GBK in the subject", plain(f"({ZH})+裸字节".encode("gbk"), charset="gbk"), "filed"),
        Odd("raw UTF-8 in the subject", plain(f"({ZH})+裸UTF8".encode()), "filed"),
        Odd("a charset nobody knows", plain(word(f"({ZH})+怪编码"), declared="x-klingon"), "filed"),
        Odd("base64 as charset", plain(word(f"({ZH})+坏编码"), declared="base64"), "filed"),
        Odd("encoded words cut inside a character", plain(_cut(f"({ZH})+从中间切开的标题")), "filed"),
        Odd("quoted-printable words", plain(word(f"({ZH})+引用", how="Q")), "filed"),
        Odd("broken base64 in the subject", plain(word(f"({ZH})+缺尾巴").replace("==?=", "?=").replace("=?=", "?=")), "filed"),
        Odd("UTF-16 with a mark", plain(word(f"({ZH})+双字节"), TEXT.encode("utf-16"), declared="utf-16"), "filed"),
    ]  # fmt: skip


def _cut(text: str) -> str:
    data = text.encode("gbk")
    return "\n ".join(f"=?gb2312?B?{b64encode(data[i : i + 7]).decode()}?=" for i in range(0, len(data), 7))


def _headers() -> list[Odd]:
    broken = (
        "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n"
        + b64encode(TEXT.encode()).decode()
    )
    return [
        Odd("line break in an encoded word", plain(word(f"({ZH})+换行\r\nBcc: evil@x.invalid")), "filed"),
        Odd("no Date, no Message-ID", standard("没有日期", date=""), "filed"),
        Odd("a date that cannot be", standard("怪日期", date="Fri, 99 Foo 20222 99:99:99 +9999"), "filed"),
        Odd("a date in year 9999", standard("未来日期", date="Fri, 31 Dec 9999 23:59:59 +0000"), "filed"),
        Odd("10,000 recipients", standard("收件人多", headers="Cc: " + ", ".join(f"u{n}@x.invalid" for n in range(10_000)) + "\n"),  # noqa: E501
            "filed"),
        Odd("two addresses in From", standard("两个发件人", sender="a@x.invalid, b@y.invalid"), "filed"),
        Odd("an address that reads two ways", standard("假地址", sender="alice@example.org)bob@evil.test"), "filed"),
        Odd("no From", f"Subject: {word(f'({ZH})+无发件人')}\n\n{TEXT}\n".encode(), "filed"),
        Odd("no header at all", TEXT.encode(), "held", "没有邮件头"),
        Odd("nothing but line breaks", b"\r\n\r\n", "held", "空的"),
        Odd("a subject of 100,000 letters", plain(word(f"({ZH})+" + "长" * 100_000)), "filed"),
        Odd("a Message-ID with spaces and breaks", standard("怪标识", message_id="a b\r\n c"), "filed"),
        Odd("base64 body with its tail cut", f"Subject: {word(f'({ZH})+截断')}\nMIME-Version: 1.0\n{broken[:-7]}".encode(), "filed"),  # noqa: E501
        Odd("base64 that is not", (f"Subject: {word(f'({ZH})+假base64')}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n"  # noqa: E501
            "Content-Transfer-Encoding: base64\n\n").encode() + TEXT.encode(), "waiting"),
        Odd("binary noise", bytes(range(256)) * 64, "held"),
        Odd("turned round by a direction mark", plain(word(f"({ZH})+方向\u202e标记")), "filed"),
    ]  # fmt: skip


def _bodies() -> list[Odd]:
    text = MIMEText(TEXT, "plain", "utf-8")
    evil = f"<html><script>alert(1)</script><style>p{{}}</style><p onclick=x>{TEXT}</p><img src=http://x.invalid/a></html>"
    empty = MIMEText("", "plain", "utf-8")
    cover = MIMEText("您好：\n附件请查收。", "plain", "utf-8")
    return [
        Odd("HTML only, with script", built(f"({ZH})+网页", html(evil)), "filed"),
        Odd("plain and HTML", built(f"({ZH})+两种", text, html(evil), kind="alternative"), "filed"),
        Odd("empty plain part, full HTML", built(f"({ZH})+空文本", empty, html(evil), kind="alternative"), "filed"),
        Odd("no body, no file", plain(word(f"({ZH})+空信"), ""), "waiting", "没有正文"),
        Odd("cover note and a docx", built(f"({ZH})+附件稿", cover, attached("稿件.docx", docx("社区巡回审理", TEXT), shown="=?utf-8?B?"  # noqa: E501
            + b64encode("稿件.docx".encode()).decode() + "?=")), "filed", "正文取自附件"),
        Odd("a text file in GBK", built(f"({ZH})+文本附件", cover, attached("a.txt", TEXT.encode("gbk"), "text")), "filed", "正文取自附件"),  # noqa: E501
        Odd("an empty PDF", built(f"({ZH})+只有空PDF", empty, attached("a.pdf", b"%PDF-1.4\n%%EOF")), "waiting", "PDF 打不开"),
        Odd("only a PDF", built(f"({ZH})+只有PDF", empty, attached("a.pdf", odd_pdfs.pdf("只有这一份", TEXT))), "filed", "正文取自附件“a.pdf”"),  # noqa: E501
        Odd("cover note, a Word file and its print", built(f"({ZH})+两种稿", cover, attached("a.pdf", odd_pdfs.pdf("打印稿", TEXT, "第 2 页")),  # noqa: E501
            attached("a.docx", docx("电子稿", TEXT))), "filed", "正文取自附件“a.docx”"),
        Odd("forwarded as a mail inside", built(f"({ZH})+原样转发", MIMEMessage(MIMEText(TEXT, "plain", "utf-8"))), "filed"),
        Odd("signature and quoted mail below", plain(word(f"({ZH})+带引文"), f"{TEXT}\n-- \n张\n\n发件人: x\n发送时间: y\n"), "filed"),  # noqa: E501
    ]  # fmt: skip


def _hostile() -> list[Odd]:
    text = MIMEText(TEXT, "plain", "utf-8")
    named = "=?utf-8?B?" + b64encode("报告\u202excod.exe".encode()).decode() + "?="
    return [
        Odd("docx that unpacks to 60 MB", built(f"({ZH})+压缩炸弹", text, attached("b.docx", _bomb())), "filed", "没有"),
        Odd("docx with entities", built(f"({ZH})+实体", text, attached("e.docx", _entities())), "filed", "没有读取"),
        Odd("docx that is no docx", built(f"({ZH})+假docx", text, attached("f.docx", b"MZ not a document")), "filed", "没有"),
        Odd("a program", built(f"({ZH})+程序", text, attached("setup.exe", b"MZ\x90\x00")), "filed", "没有收取"),
        Odd("a name that climbs", built(f"({ZH})+爬目录", text, attached("../../etc/passwd.pdf", b"%PDF-1.4")), "filed"),
        Odd("a name turned round", built(f"({ZH})+倒名字", text, attached("x", b"MZ", shown=named)), "filed", "改变文字方向"),
        Odd("winmail.dat", built(f"({ZH})+专用格式", text, attached("winmail.dat", b"x\x9f\x3e\x22", "ms-tnef")), "filed", "winmail.dat"),  # noqa: E501
        Odd("30 mails one inside the other", nested(30), "waiting", unit=True),
        Odd("2,000 multiparts one inside the other", deep_multiparts(2000), "held"),
        Odd("500 attachments", many_parts(500), "filed", "附件超过"),
        Odd("encrypted (S/MIME)", built_locked(), "held", "加了密"),
        Odd("a secrecy mark", plain(word(f"({ZH})+带密级"), "机密★五年\n" + TEXT), "waiting", "国家秘密"),
    ]  # fmt: skip


def _pdfs() -> list[Odd]:
    """Beside a text that stands by itself: the letter is filed, and one sentence says what was not read."""
    text = MIMEText(TEXT, "plain", "utf-8")
    whole = odd_pdfs.pdf("一", TEXT)
    files = {
        "locked": (odd_pdfs.locked(), "设了打开密码"),
        "scanned": (odd_pdfs.scanned(), "可能是扫描件"),
        "cut off on the way": (odd_pdfs.cut(whole), "PDF 打不开"),
        "whose tree of pages goes in a circle": (odd_pdfs.circle(), "PDF 打不开"),
        "that unpacks to more than memory": (odd_pdfs.bomb(), "超出了时间或内存限制"),
        "that draws itself without end": (odd_pdfs.endless(), "超出了时间或内存限制"),
        "of 301 pages": (odd_pdfs.pdf(*"字" * 301), "超过 300 页"),
        "that is a program": (b"MZ\x90\x00" * 9, "不是 PDF"),
    }
    return [
        Odd(
            f"a PDF {name}",
            built(f"({ZH})+坏PDF{n}", text, attached("稿.pdf", data, shown=f"{n}.pdf")),
            "filed",
            told,
        )
        for n, (name, (data, told)) in enumerate(files.items())
    ]


def built_locked() -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = f"({ZH})+加密", "a.b@dept.invalid"
    message.set_content(b"\x30\x80", "application", "pkcs7-mime", params={"smime-type": "enveloped-data"})
    return message.as_bytes()


def _machines() -> list[tuple[str, str, dict[str, str]]]:
    """They answer another mail, whatever subject they took over from it."""
    return [
        ("an automatic answer", "自动回复", {"headers": "Auto-Submitted: auto-replied (vacation)\n"}),
        ("an answer marked the old way", "自动回复", {"headers": "X-Autoreply: yes\n"}),
        ("an answer by its precedence", "自动回复", {"headers": "Precedence: auto_reply\n"}),
        ("a bounce of Exim", "退信", {"headers": "X-Failed-Recipients: a@x.invalid\n"}),
        ("a mail daemon", "退信", {"sender": "MAILER-DAEMON@x.invalid"}),
    ]


def _robots() -> list[Odd]:
    return [
        Odd(
            "an automatic answer",
            plain(word("自动回复: 我在休假"), headers="Auto-Submitted: auto-replied\n"),
            "aside",
            unit=False,
        ),
        Odd(
            "a mailing list",
            plain(word("每周资讯"), headers="List-Id: <news.x.invalid>\nPrecedence: bulk\n"),
            "aside",
            unit=False,
        ),
        *[
            Odd(f"{what} under a department's name", standard(f"机器{n}", **more), "aside", told, unit=False)
            for n, (what, told, more) in enumerate(_machines())
        ],
        Odd(
            "a mail that asks for no answer",
            standard("不必答复", headers="X-Auto-Response-Suppress: All\n"),
            "filed",
        ),
        Odd("two departments", plain(word(f"({ZH})(刑庭)+联合行动")), "waiting", "两个部门"),
        Odd("a title that begins in brackets", plain(word(f"({ZH})+(二)标题里的序号")), "filed"),
        Odd("a bounce of a stranger's mail", report("nobody@elsewhere"), "aside", "退信", unit=False),
        Odd(
            "a report through a list server", standard("群发也报", headers="List-Unsubscribe: <x>\n"), "filed"
        ),
    ]


GROUPS: tuple[Callable[[], list[Odd]], ...] = (
    _brackets, _prefixes, _names, _charsets, _headers, _bodies, _hostile, _pdfs, _robots,
)  # fmt: skip


def odd_mails() -> list[Odd]:
    return [odd for group in GROUPS for odd in group()]
