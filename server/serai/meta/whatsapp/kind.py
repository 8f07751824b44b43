"""WhatsApp, as the rest of the house sees it."""

from datetime import timedelta

from serai.core.events import Refusal
from serai.core.rules import Rules, WindowWords
from serai.meta.kind import Ids, Kind, Outgoing, Signal
from serai.meta.request import Call, Request
from serai.meta.whatsapp.checks import CHECKS, check
from serai.meta.whatsapp.envelope import read_entry
from serai.meta.whatsapp.payload import request_for, signal_for

RULES = Rules(
    window=timedelta(hours=24),
    anytime=frozenset({"template"}),
    words=WindowWords(
        open="They wrote within the last 24 hours, so anything may be sent.",
        closed="More than 24 hours have passed since they last wrote, so only a template may be sent.",
        never="They have not written yet, so only a template may be sent.",
    ),
    remedies={
        Refusal.WINDOW_CLOSED: "More than 24 hours have passed since they last wrote. "
        "Send a template.",
        Refusal.SUPPRESSED: "WhatsApp says this person cannot be reached. Use another way.",
        Refusal.CONTENT_NOT_TAKEN: "WhatsApp does not take it as it is. Shorten or complete it.",
        Refusal.CHANNEL_DISCONNECTED: "The number is not connected. "
        "Connect it again in its settings.",
        Refusal.CHANNEL_RESTRICTED: "This number may not send such messages now; "
        "its page says why.",
    },
)
"""Source: WhatsApp Cloud API, "Customer service windows": 24 hours, renewed by each message of the
person, never by ours; templates at any time."""


def _request(it: Outgoing) -> Request:
    return request_for(
        it.message_id,
        it.content,
        it.who,
        it.reply_to,
        uses_marketing_route=it.uses_marketing_route,
    )


def _signal(it: Signal) -> Call:
    return signal_for(it.message, it.who.channel, types=it.types)


WHATSAPP = Kind(
    key="whatsapp",
    name="WhatsApp",
    webhook_object="whatsapp_business_account",
    read_entry=read_entry,
    contents=frozenset(CHECKS),
    check=check,
    request=_request,
    signal=_signal,
    rules=RULES,
    ids=Ids("phone_number_id", account="waba_id"),
    identity="wa_user_id",
    knows_phones=True,
    scopes=("whatsapp_business_messaging", "whatsapp_business_management"),
)
