"""Addresses of items. A verb is part of the address, so that each act is one line of the authorisation matrix."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, path, re_path, register_converter
from django.urls.converters import StringConverter

from hengjian.apps.bulletins.items import (
    acting,
    copies,
    detail,
    dutyroom,
    editing,
    emergency,
    files,
    listing,
    review,
    sharing,
)


class VerbConverter(StringConverter):
    regex = "|".join(acting.DOINGS)


register_converter(VerbConverter, "item_verb")

urlpatterns: list[URLPattern | URLResolver] = [
    path("items/", listing.items, name="items"),
    path("items/new/", editing.new, name="new"),
    path("items/beside/", editing.beside, name="beside"),
    path("items/import/", editing.read_word, name="read_word"),
    path("items/drop-kept/", editing.drop_kept, name="drop_kept"),
    path("items/<int:pk>/", detail.item, name="item"),
    path("items/<int:pk>/edit/", editing.existing, name="edit"),
    path("items/<int:pk>/changes/", detail.changes, name="changes"),
    path("items/<int:pk>/late/", acting.late, name="late"),
    path("items/<int:pk>/files/", files.add, name="attach"),
    re_path(r"^items/(?P<pk>\d+)/report\.(?P<form>pdf|docx)$", emergency.printed, name="report_file"),
    path("items/<int:pk>/call/", emergency.call, name="call"),
    path("items/<int:pk>/stage/", emergency.stage, name="stage"),
    path("items/<int:pk>/receipt/", copies.receipt, name="receipt"),
    path("items/<int:pk>/send-on/", copies.forward, name="send_on"),
    path("copies/<int:pk>/sign/", copies.sign, name="sign_copy"),
    path("boxes/<int:pk>/", copies.register, name="boxes"),
    path("boxes/<int:pk>/<slug:key>/", copies.register, name="box"),
    path("duty/", dutyroom.room, name="duty_room"),
    path("duty/<int:pk>/take/", dutyroom.take, name="duty_take"),
    path("items/<int:pk>/shares/confirm/", sharing.confirm, name="confirm_share"),
    path("items/<int:pk>/shares/<int:unit>/", sharing.shares, name="shares"),
    path("items/<int:pk>/shares/<int:unit>/sign/", sharing.sign, name="sign_shares"),
    path("items/<int:pk>/<item_verb:verb>/", acting.do, name="do"),
    path("files/<int:pk>/", files.hand_out, name="file"),
    path("files/<int:pk>/remove/", files.remove, name="remove_file"),
    path("stages/<int:pk>/received/", emergency.received, name="stage_received"),
    path("review/", review.queue, name="review"),
    path("emergency/", emergency.emergency, name="emergency"),
]
