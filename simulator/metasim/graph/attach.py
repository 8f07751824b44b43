"""The files that a message needs: uploads are looked up, links are fetched.

Source: WhatsApp Cloud API reference, 2.3 "Media": a link that cannot be fetched fails later.
"""

from metasim.graph.errors import invalid
from metasim.graph.types.content import Attachment, Content
from metasim.media.links import Unfetched
from metasim.media.rules import problem
from metasim.sim import Sim


def find_uploads(sim: Sim, number_id: str, content: Content) -> str | None:
    """Why an upload cannot be sent, which is told later; None when all can.

    Raises code 100 for an id that this number's account never had.
    """
    return next(
        (
            trouble
            for each in content.attachments
            if each.id is not None and (trouble := _upload(sim, number_id, each)) is not None
        ),
        None,
    )


def links(content: Content) -> list[Attachment]:
    """What is to be fetched before the message can go out."""
    return [each for each in content.attachments if each.link is not None]


async def fetch(sim: Sim, number_id: str, attachments: list[Attachment]) -> str | None:
    """Fetch all links, and show the files on the phone; why one failed, or None."""
    for each in attachments:
        try:
            file = await sim.links.fetch(each.link or "", each.kind, sim.clock.now())
        except Unfetched as why:
            return str(why)
        now = sim.clock.now()
        each.shown["media"] = sim.shelf.put(number_id, file.mime, file.data, "link", now).id
    return None


def _upload(sim: Sim, number_id: str, attachment: Attachment) -> str | None:
    kept = sim.shelf.items.get(attachment.id or "")
    if kept is None or _account(sim, kept.number) != _account(sim, number_id):
        raise invalid(
            f"Param {attachment.where}['id'] is not a valid whatsapp business account media "
            "attachment ID"
        )
    if sim.shelf.get(kept.id, sim.clock.now()) is None:
        return "The media has expired."
    attachment.shown["media"] = kept.id
    return problem(attachment.kind, kept.mime, sim.shelf.data(kept))


def _account(sim: Sim, number_id: str) -> str | None:
    number = sim.world.numbers.get(number_id)
    return None if number is None else number.waba_id
