from __future__ import annotations

from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "hengjian.apps.papers"
    verbose_name = "文书核对"

    def ready(self) -> None:
        from hengjian.apps.audit.acting import NAMES
        from hengjian.apps.cases.menu import governed
        from hengjian.apps.org.roles import Right
        from hengjian.apps.papers.models import Batch, Paper
        from hengjian.apps.ui import nav

        NAMES[Paper] = lambda paper: f"文书 {paper.pk}"
        NAMES[Batch] = lambda batch: f"文书批次 {batch.pk}"
        nav.add(nav.Entry("案件信息", "文书核对", "papers:papers", (Right.CASE_CORRECT,), 45, when=governed))
