"""From findings to the facts of the contract: one dictionary with spans into the text as given, and doubts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from hengjian.extract.clean import Cleaned, clean
from hengjian.extract.find.case_no import find_case_no, kind_and_procedure
from hengjian.extract.find.cause import find_cause, standard_cause
from hengjian.extract.find.court import find_court
from hengjian.extract.find.dates import find_dates
from hengjian.extract.find.doc_type import find_doc_type
from hengjian.extract.find.fees import find_fees
from hengjian.extract.find.judges import check_year, find_signatures
from hengjian.extract.find.mentions import Mentions
from hengjian.extract.find.outcome import find_outcome
from hengjian.extract.find.parties import find_parties
from hengjian.extract.find.payments import find_payments
from hengjian.extract.find.sentences import find_sentences
from hengjian.extract.find.statutes import find_statutes
from hengjian.extract.model import Document, Fees, Found, Party, Payment, Penalty, Sentence, Statute
from hengjian.extract.numbers import as_json
from hengjian.extract.segment import segment

Facts = dict[str, Any]


class Writer:
    """Collects values with their places, turned into places of the source."""

    def __init__(self, cleaned: Cleaned) -> None:
        self.cleaned = cleaned
        self.spans: dict[str, list[int]] = {}
        self.doubts: list[str] = []

    def at(self, pointer: str, start: int, end: int) -> None:
        if 0 <= start < end <= len(self.cleaned.text):
            self.spans[pointer] = list(self.cleaned.span(start, end))

    def name(self, pointer: str, found: Found | None) -> str | None:
        """A name; of two names set apart by a space the first, with a doubt."""
        value = self.put(pointer, found)
        if value is None or len(value) < 4 or pointer not in self.spans:
            return value
        start, end = self.spans[pointer]
        parts = self.cleaned.source[start:end].split()
        if len(parts) < 2 or any(len(part) < 2 or "<" in part for part in parts):
            return value
        self.spans[pointer][1] = start + len(parts[0])
        self.doubts.append(f"{pointer[1:]}: 署名处有几个姓名：{'、'.join(parts)}")
        return parts[0]

    def put(self, pointer: str, found: Found | None) -> str | None:
        if found is None:
            return None
        self.at(pointer, found.start, found.end)
        return found.value


def extract(text: str, id: str = "") -> Facts:
    """The facts of one judgment in the shape of the contract.

    >>> facts = extract("清岚县人民法院\\n民事判决书\\n（2024）江0101民初1号\\n原告：甲某。\\n")
    >>> facts["case_no"], facts["spans"]["/case_no"]
    ('（2024）江0101民初1号', [14, 29])
    """
    cleaned = clean(text)
    doc = Document(cleaned.text, segment(cleaned.text))
    out = Writer(cleaned)
    court, said = find_court(doc)
    out.doubts += said
    case_no, said = find_case_no(doc)
    out.doubts += said
    doc_type, title_kind, said = find_doc_type(doc)
    out.doubts += said
    kind, procedure = _kind(case_no, title_kind, doc)
    parties, said = find_parties(doc)
    out.doubts += said
    signed = find_signatures(doc)
    out.doubts += signed.doubts
    decided = signed.decided.value if signed.decided else ""
    pronounced = kind in ("刑事", "") and procedure != "刑罚变更"
    sentences, said = find_sentences(doc, parties) if pronounced else ([], [])
    out.doubts += said
    cause = find_cause(doc, kind, parties, sentences)
    dates = find_dates(doc)
    mentions = Mentions(parties)
    payments = find_payments(doc, mentions, criminal=kind == "刑事") if kind != "执行" else []
    fees = find_fees(doc, mentions)
    if decided and case_no:
        strange = check_year(decided, case_no.value)
        out.doubts += [strange] if strange else []
    return {
        "id": id,
        "court": out.put("/court", court),
        "doc_type": out.put("/doc_type", doc_type),
        "case_no": out.put("/case_no", case_no),
        "case_kind": kind or None,
        "procedure": procedure or None,
        "cause": standard_cause(out.put("/cause", cause) or "", decided) or None,
        "parties": [_party(out, f"/parties/{i}", one) for i, one in enumerate(parties)],
        "judges": [
            {"role": out.put(f"/judges/{i}/role", role), "name": out.name(f"/judges/{i}/name", name)}
            for i, (role, name) in enumerate(signed.judges)
        ],
        "clerk": out.name("/clerk", signed.clerk),
        "filed_on": out.put("/filed_on", dates.filed),
        "heard_on": [out.put(f"/heard_on/{i}", one) for i, one in enumerate(dates.heard)],
        "decided_on": out.put("/decided_on", signed.decided),
        "statutes": [_statute(out, f"/statutes/{i}", one) for i, one in enumerate(find_statutes(doc))],
        "sentences": [_sentence(out, f"/sentences/{i}", one) for i, one in enumerate(sentences)],
        "outcome": find_outcome(doc, kind, procedure, doc_type.value if doc_type else ""),
        "payments": [_payment(out, f"/payments/{i}", one) for i, one in enumerate(payments)],
        **_fees(out, fees),
        "spans": out.spans,
        "doubts": out.doubts,
    }


def _kind(case_no: Found | None, title_kind: str, doc: Document) -> tuple[str, str]:
    """Kind and procedure by the number, else by title and text."""
    kind, procedure = kind_and_procedure(case_no.value) if case_no else ("", "")
    kind = kind or title_kind
    if not kind:
        head = doc.text[slice(*doc.parts.parties)]
        kind = "刑事" if "公诉机关" in head else "执行" if "执行人" in head else ""
    return kind, procedure or _procedure(doc, kind)


def _procedure(doc: Document, kind: str) -> str:
    head = doc.text[slice(*doc.parts.parties)]
    if kind == "执行":
        return "执行实施"
    if re.search(r"再审申请人|申请再审人|申诉人", head):
        return "再审"
    if "上诉人" in head or "抗诉机关" in head:
        return "二审"
    return "一审" if re.search(r"原告|公诉机关", head) else ""


def _party(out: Writer, at: str, party: Party) -> Facts:
    return {
        "role": out.put(f"{at}/role", party.role),
        "name": out.put(f"{at}/name", party.name),
        "kind": party.kind,
        "id_no": out.put(f"{at}/id_no", party.id_no),
        "born_on": out.put(f"{at}/born_on", party.born_on),
        "address": out.put(f"{at}/address", party.address),
        "representatives": [
            {
                "role": out.put(f"{at}/representatives/{i}/role", agent.role),
                "name": out.put(f"{at}/representatives/{i}/name", agent.name),
            }
            for i, agent in enumerate(party.agents)
        ],
    }


def _statute(out: Writer, at: str, one: Statute) -> Facts:
    out.at(at, one.start, one.end)
    return {"law": one.law, "article": one.article, "paragraph": one.paragraph, "item": one.item}


def _penalty(penalty: Penalty) -> Facts:
    return {
        "kind": penalty.kind or None,
        "months": as_json(penalty.months),
        "probation_months": as_json(penalty.probation),
        "fine_yuan": as_json(penalty.fine),
    }


def _sentence(out: Writer, at: str, one: Sentence) -> Facts:
    for i, count in enumerate(one.counts):
        out.at(f"{at}/counts/{i}/charge", count.charge.start, count.charge.end)
        out.at(f"{at}/counts/{i}", count.charge.start, max(count.penalty.end, count.charge.end))
    if one.final:
        out.at(f"{at}/final", one.final.start, one.final.end)
    return {
        "defendant": out.put(f"{at}/defendant", one.name),
        "counts": [{"charge": count.charge.value, **_penalty(count.penalty)} for count in one.counts],
        "final": _penalty(one.final) if one.final else None,
    }


def _payment(out: Writer, at: str, one: Payment) -> Facts:
    out.at(at, one.start, one.end)
    if not one.payer or not one.payee:
        out.doubts.append(f"payments: {at}没有读到{'付款人' if not one.payer else '收款人'}")
    return {"payer": one.payer or None, "payee": one.payee or None, "yuan": as_json(one.yuan)}


def _fees(out: Writer, fees: Fees | None) -> Facts:
    if fees is None:
        return {"fee_yuan": None, "fee_borne": {}}
    out.at("/fee_yuan", fees.start, fees.end)
    return {
        "fee_yuan": as_json(fees.yuan),
        "fee_borne": {name: as_json(value) for name, value in fees.borne.items()},
    }


def presiding(judges: Sequence[Facts]) -> str | None:
    """The presiding judge: the 审判长, or who sat alone."""
    for one in judges:
        if one["role"] == "审判长":
            return str(one["name"])
    return str(judges[0]["name"]) if judges else None
