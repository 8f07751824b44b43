"""The public key that phones encrypt with when they talk to Flow endpoints.

Source: WhatsApp Cloud API reference, 8.12 "Flows", `whatsapp_business_encryption`.
"""

from metasim.flows.crypto import public_key
from metasim.graph.access import MANAGEMENT, MESSAGING, need_one, number_for
from metasim.graph.errors import missing, refused
from metasim.graph.manage.forms import parameters
from metasim.graph.request import Request
from metasim.shapes import Json
from metasim.sim import Sim
from metasim.world import Token


def read(sim: Sim, token: Token, node: str, _request: Request) -> Json:
    """The key and whether its signature is good; an empty list without a key."""
    number = number_for(sim, token, "GET", node)
    need_one(token, MESSAGING, MANAGEMENT)
    key = sim.desk.number(number.id).public_key
    if key is None:
        return {"data": []}
    row = {"business_public_key": key, "business_public_key_signature_status": "VALID"}
    return {"data": [row]}


def change(sim: Sim, token: Token, node: str, request: Request) -> Json:
    """A PEM of an RSA public key of 2048 bits, as JSON or form."""
    number = number_for(sim, token, "POST", node)
    need_one(token, MESSAGING, MANAGEMENT)
    pem = parameters(request).get("business_public_key")
    if not isinstance(pem, str) or not pem:
        raise missing("business_public_key")
    if public_key(pem) is None:
        raise refused("The key must be a 2048-bit RSA public key in PEM format.")
    sim.desk.number(number.id).public_key = pem
    return {"success": True}
