"""Around a message: what it answers, whether it was forwarded, which ad it comes from.

Source: WhatsApp Cloud API reference, 4.5 "`context` variants" and "`referral`".
"""

from metasim.ids import media_like
from metasim.inbound.said import Speaker
from metasim.register import Unfit
from metasim.shapes import Json, as_object

AD: Json = {
    "source_url": "https://fb.me/4kExample",
    "source_id": "120230099887766554",
    "source_type": "ad",
    "body": "Come and see what is new this week",
    "headline": "Chat with us",
    "media_type": "image",
    "image_url": "https://scontent.xx.fbcdn.net/v/example.jpg",
}
REFERRAL = {*AD, "video_url", "thumbnail_url", "ctwa_clid", "welcome_message", "ref"}


def context(speaker: Speaker, request: Json) -> Json:
    """`{"context": {…}}` for a reply, a forwarded message or a product enquiry; else empty."""
    given = as_object(request.get("context"))
    if given is None:
        return {}
    if "forwarded" in given or "frequently_forwarded" in given:
        return {"context": {name: True for name, value in given.items() if value is True}}
    found: Json = {}
    if isinstance(given.get("id"), str):
        found = {"from": speaker.number.digits, "id": given["id"]}
    product = as_object(given.get("referred_product"))
    if product is not None:
        found = {"from": speaker.number.digits, **found, "referred_product": product}
    return {"context": found} if found else {}


def group(request: Json) -> Json:
    """`{"group_id"}` when it was written in a group; else empty. Source: 4.5 "Common members"."""
    group_id = request.get("group_id")
    return {"group_id": group_id} if isinstance(group_id, str) else {}


def referral(request: Json) -> Json:
    """`true` or some members: the person came from an ad; else empty. Raises Unfit.

    `"ctwa_clid": null` leaves the click id out, as ads in WhatsApp Status do.
    """
    given = request.get("referral")
    if given is None or given is False:
        return {}
    members = {} if given is True else as_object(given)
    if members is None or set(members) - REFERRAL:
        raise Unfit(f"referral is true or an object of {', '.join(sorted(REFERRAL))}.")
    click = "Afe" + media_like(str(members.get("source_id", "")) + str(request.get("number")))
    whole: Json = {**AD, "ctwa_clid": click, **members}
    return {"referral": {name: value for name, value in whole.items() if value is not None}}
