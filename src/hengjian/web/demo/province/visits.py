"""An inspection as its people live it: one object a visit, one method an act or a few."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from hengjian.apps.approvals import running
from hengjian.apps.approvals.acts.decide import agree
from hengjian.apps.inspections.acts import evidence, findings, interviews, plan, report, requests, team
from hengjian.apps.inspections.models import Evidence, Finding, HeadCheck, Inspection, Interview, Request
from hengjian.apps.inspections.words import terms
from hengjian.apps.org.access import Actor
from hengjian.apps.org.models import Person, Unit
from hengjian.apps.regs.queries import pack_for
from hengjian.base.times import to_local
from hengjian.web.demo.province.story import Story

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n%"


@dataclass
class Visit:
    """``house`` orders it, ``court`` is inspected; logins without the office's prefix."""

    story: Story
    house: str
    court: str
    title: str
    team: Sequence[str]
    parts: Sequence[str]
    mode: str = "special"
    row: Inspection = field(init=False)

    def actor(self, login: str, at: datetime) -> Actor:
        return self.story.actor(login, at)

    def office(self, at: datetime) -> Actor:
        return self.actor(f"{self.house}-tongji", at)

    def unit(self, part: str) -> Unit:
        return self.story.unit(f"{self.court}-{part}")

    def head(self, part: str, at: datetime) -> Actor:
        return self.actor(f"{self.court}-{part}-tz", at)

    def person(self, login: str) -> Person:
        return self.story.court.people[f"{self.story.court.data['login_prefix']}{login}"]

    def fresh(self) -> Inspection:
        self.row.refresh_from_db()
        return self.row

    def planned(self, at: datetime, *, courts: Sequence[str] = (), seed: str = "") -> Inspection:
        day = to_local(at).date()
        text = plan.PlanText(
            title=self.title, mode=self.mode, purpose="按年度检查计划，核对案件信息的真实、完整、及时。",
            starts_on=day + timedelta(days=2), ends_on=day + timedelta(days=45), seed=seed, count=1 if seed else 0,
        )  # fmt: skip
        made = plan.make_plan(
            self.office(at), self.story.court.installation, house=self.story.unit(self.house), text=text,
            courts=[self.story.unit(key) for key in courts or (self.court,)], client_key=f"demo-plan-{self.title}",
        )  # fmt: skip
        self.row = made.inspections.select_related("court").get()
        self.court = self.story.key_of(self.row.court)
        return self.row

    def named(self, at: datetime) -> None:
        for n, login in enumerate(self.team):
            team.name_member(self.office(at), self.row, person=self.person(login), lead=n == 0)

    def ordered(self, at: datetime) -> None:
        self.named(at)
        for login in self.team:
            team.declare(self.actor(login, at), self.row)
        units = [self.unit(part) for part in self.parts]
        plan.set_scope(self.office(at), self.row, units=units, cases="上月办结的民事案件", sample="")
        team.order(self.office(at), self.row)
        self.story.court.renew()

    def begun(self, at: datetime) -> None:
        for login in self.team:
            team.arrive(self.actor(login, at), self.row)
        self.fresh()

    def letter(
        self, at: datetime, part: str, subject: str, *, power: str = "inquiry", days: int = 7
    ) -> Request:
        text = requests.RequestText(
            power=power, subject=subject, questions="有关案件的清单和卷宗位置\n录入人员、录入时间和依据",
            due_on=to_local(at).date() + timedelta(days=days),
        )  # fmt: skip
        key = f"demo-letter-{self.title}-{subject}"
        return requests.issue(
            self.actor(self.team[0], at), self.row, unit=self.unit(part), text=text, client_key=key
        )

    def answered(self, at: datetime, part: str, letter: Request, text: str, *, file: str = "") -> Request:
        content = ContentFile(PDF + f"{self.title}{file}".encode(), file) if file else None
        requests.answer(
            self.head(part, at), letter, text=text, file=content, client_key=f"demo-answer-{letter.pk}"
        )
        letter.refresh_from_db()
        return letter

    def kept(self, at: datetime, title: str, source: str) -> Evidence:
        text = evidence.EvidenceText(title=title, source=source, power="copy", taken_at=at)
        content = ContentFile(PDF + f"{self.title}{title}".encode(), f"{title}.pdf")
        key = f"demo-evidence-{self.title}-{title}"
        return evidence.store(
            self.actor(self.team[0], at), self.row, text=text, content=content, client_key=key
        )

    def asked(self, at: datetime, login: str, text: str) -> Interview:
        person = self.person(login)
        words = interviews.InterviewText(
            name=f"{person.name}，{person.unit.name}工作人员", place=f"{self.row.court.name}第二会议室",
            began_at=at - timedelta(minutes=40), ended_at=at, text=text, person=person,
        )  # fmt: skip
        askers = [self.person(who) for who in self.team[:2]]
        return interviews.record(self.actor(self.team[0], at), self.row, text=words, askers=askers)

    def found(self, at: datetime, part: str, head: str, title: str, text: str, *, cause: str = "",
              alleged: str = "", who: str = "") -> Finding:  # fmt: skip
        piece = self.row.evidence.order_by("pk").first() or self.kept(
            at, "立案登记簿复印件", f"{self.unit(part)}提供"
        )
        said = findings.FindingText(head=head, title=title, text=text, cause=cause, alleged=alleged)
        return findings.record(
            self.actor(self.team[0], at), self.row, unit=self.unit(part), text=said,
            person=self.person(who) if who else None, evidence=[piece],
        )  # fmt: skip

    def handed(self, at: datetime) -> None:
        """All heads gone through; what was found goes to the other side."""
        done = set(self.row.heads.values_list("head", flat=True)) | set(
            self.row.findings.values_list("head", flat=True)
        )
        for term in terms(pack_for(self.row.installation, at), "inspection_head"):
            if term.key not in done:
                findings.check_head(
                    self.actor(self.team[1], at), self.row, head=term.key, result=HeadCheck.Result.FINE
                )
        findings.hand(self.actor(self.team[0], at), self.row)
        self.fresh()

    def replied(self, at: datetime, part: str, finding: Finding, text: str, *, accepts: bool = True) -> None:
        finding.refresh_from_db()
        findings.reply(self.head(part, at), finding, accepts=accepts, text=text)

    def reported(self, at: datetime, summary: str, outcomes: Sequence[str], *, signatures: int = 2) -> None:
        report.submit(self.actor(self.team[0], at), self.row, summary=summary, outcomes=list(outcomes))
        for login in self.team[:signatures]:
            course = running.current(self.row)
            assert course is not None
            agree(self.actor(login, at + timedelta(hours=1)), course, opinion="属实。")
        self.fresh()
