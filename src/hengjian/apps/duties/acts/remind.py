from __future__ import annotations

from hengjian.apps.audit.acting import act, log
from hengjian.apps.mailroom.letters import Letter, queue
from hengjian.apps.org.access import Actor


@act("duties.remind", "提醒应办事项")
def send_reminders(actor: Actor, letters: list[Letter]) -> int:
    """Queue the letters; the log says to whom and of what."""
    number = queue(letters, actor.at)
    told = sorted({letter.person.name for letter in letters})
    log(label=f"提醒{len(told)}人", people=told, subjects=[letter.subject for letter in letters])
    return number
