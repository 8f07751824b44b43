"""Find the translation that a send names, and say why it may not be sent.

Source: WhatsApp Cloud API reference, 2.8 "Template messages", 5.4 "Templates, flows (send time)".
"""

from metasim.graph.draft import strict
from metasim.graph.errors import GraphError
from metasim.shapes import Json, as_object
from metasim.sim import Sim
from metasim.world import Template


def find(sim: Sim, waba_id: str, content: Json) -> Template:
    """The approved translation. Raises 132001, 132015 or 132016."""
    strict(content, {"name", "language", "components", "namespace"}, "template")
    name = content.get("name")
    if not isinstance(name, str) or not name:
        raise GraphError(131008, "The parameter template['name'] is required.")
    language = as_object(content.get("language"))
    if language is None or not isinstance(language.get("code"), str):
        raise GraphError(131008, "The parameter template['language']['code'] is required.")
    strict(language, {"code", "policy"}, "template['language']")
    template = sim.world.translation(waba_id, name, language["code"])
    status = "" if template is None else template.status
    if status == "PAUSED":
        raise GraphError(132015)
    if status == "DISABLED":
        raise GraphError(132016)
    if template is None or status != "APPROVED":
        raise GraphError(132001, f"template name ({name}) does not exist in {language['code']}")
    return template
