from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def keep_the_declined(apps: Apps, schema: BaseDatabaseSchemaEditor) -> None:
    """Commissions that stand declined now; what was declined before and given to another is in the log only."""
    declined = apps.get_model("bulletins", "Commission").objects.filter(
        state="declined", unit__isnull=False, answered_at__isnull=False
    )
    refusal = apps.get_model("bulletins", "CommissionRefusal")
    refusal.objects.bulk_create(
        refusal(
            commission_id=row.pk,
            unit_id=row.unit_id,
            refused_at=row.answered_at,
            refused_by_id=row.answered_by_id,
            reason=row.reason,
        )
        for row in declined
    )


class Migration(migrations.Migration):
    dependencies = [("bulletins", "0010_commission_refusals")]

    operations = [migrations.RunPython(keep_the_declined, migrations.RunPython.noop)]
