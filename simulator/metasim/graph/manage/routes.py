"""Which function answers which management call."""

from collections.abc import Callable
from typing import TypeAlias

from metasim.graph.errors import no_such
from metasim.graph.manage import (
    automation,
    blocks,
    dialog,
    encryption,
    flow_reads,
    flows,
    library,
    number_changes,
    number_reads,
    oauth,
    paperwork,
    profile,
    qr,
    registration,
    settings,
    signups,
    subscriptions,
    template_bulk,
    template_reads,
    template_sets,
    templates,
    usernames,
    wabas,
)
from metasim.graph.request import Request
from metasim.sim import Sim
from metasim.world import Token

Edge: TypeAlias = Callable[[Sim, Token, str, Request], object]

OPEN: dict[tuple[str, str], Callable[[Sim, Request], object]] = {
    ("GET", "*/subscriptions"): subscriptions.of_app,
    ("POST", "*/subscriptions"): subscriptions.subscribe_app,
    ("DELETE", "*/subscriptions"): subscriptions.unsubscribe_app,
    ("GET", "oauth/access_token"): oauth.access_token,
    ("POST", "oauth/access_token"): oauth.access_token,
    ("GET", "dialog/oauth"): dialog.show,
    ("POST", "dialog/oauth"): dialog.decide,
    ("GET", "en_US/sdk.js"): dialog.script,
    ("GET", "signups/*"): signups.read,
    ("POST", "signups/*"): signups.change,
    ("GET", "flow_assets/*"): flow_reads.asset,
    ("GET", "qr/*"): qr.image,
    ("GET", "pictures/*"): profile.picture,
}
EDGES: dict[tuple[str, str], Edge] = {
    ("GET", "phone_numbers"): number_reads.listed,
    ("POST", "phone_numbers"): registration.add,
    ("POST", "request_code"): registration.request_code,
    ("POST", "verify_code"): registration.verify_code,
    ("POST", "register"): registration.register,
    ("POST", "deregister"): registration.deregister,
    ("GET", "settings"): settings.read,
    ("POST", "settings"): settings.change,
    ("GET", "whatsapp_business_profile"): profile.read,
    ("POST", "whatsapp_business_profile"): profile.change,
    ("GET", "whatsapp_commerce_settings"): profile.commerce,
    ("POST", "whatsapp_commerce_settings"): profile.change_commerce,
    ("GET", "message_qrdls"): qr.listed,
    ("POST", "message_qrdls"): qr.create,
    ("GET", "message_qrdls/*"): qr.one,
    ("DELETE", "message_qrdls/*"): qr.delete,
    ("GET", "block_users"): blocks.listed,
    ("POST", "block_users"): blocks.block,
    ("DELETE", "block_users"): blocks.unblock,
    ("GET", "conversational_automation"): automation.read,
    ("POST", "conversational_automation"): automation.change,
    ("GET", "username"): usernames.read,
    ("POST", "username"): usernames.change,
    ("DELETE", "username"): usernames.delete,
    ("GET", "username_suggestions"): usernames.suggestions,
    ("GET", "official_business_account"): paperwork.official,
    ("POST", "official_business_account"): paperwork.ask_official,
    ("GET", "business_compliance_info"): paperwork.compliance,
    ("POST", "business_compliance_info"): paperwork.declare,
    ("POST", "smb_app_data"): paperwork.sync,
    ("POST", "thread_control"): paperwork.control_thread,
    ("GET", "whatsapp_business_encryption"): encryption.read,
    ("POST", "whatsapp_business_encryption"): encryption.change,
    ("GET", "flows"): flow_reads.listed,
    ("POST", "flows"): flows.create,
    ("POST", "migrate_flows"): flows.migrate,
    ("GET", "assets"): flow_reads.assets,
    ("POST", "assets"): flows.upload,
    ("POST", "publish"): flows.publish,
    ("POST", "deprecate"): flows.deprecate,
    ("GET", "signups"): signups.listed,
    ("POST", "signups"): signups.create,
    ("GET", "assigned_users"): wabas.assigned_users,
    ("POST", "assigned_users"): wabas.assign_user,
    ("DELETE", "assigned_users"): wabas.dismiss_user,
    ("GET", "owned_whatsapp_business_accounts"): wabas.owned,
    ("GET", "client_whatsapp_business_accounts"): wabas.shared,
    ("GET", "subscribed_apps"): subscriptions.listed,
    ("POST", "subscribed_apps"): subscriptions.subscribe,
    ("DELETE", "subscribed_apps"): subscriptions.unsubscribe,
    ("GET", "message_templates"): template_reads.listed,
    ("POST", "message_templates"): templates.create,
    ("DELETE", "message_templates"): templates.delete,
    ("POST", "message_templates/archive"): template_bulk.archive,
    ("POST", "message_templates/unarchive"): template_bulk.archive,
    ("POST", "upsert_message_templates"): template_bulk.upsert,
    ("GET", "message_template_previews"): template_reads.previews,
    ("GET", "message_template_library"): library.listed,
    ("POST", "unpause"): templates.unpause,
    ("GET", "compare"): template_reads.compare,
    ("POST", "migrate_message_templates"): template_sets.migrate,
    ("GET", "template_groups"): template_sets.groups,
    ("POST", "template_groups"): template_sets.create_group,
}
ROOTS: dict[tuple[str, str], Edge] = {
    ("GET", "message_template_library"): library.listed,
}
"""Nodes that are no objects of the world."""
NODES: dict[str, dict[str, Edge]] = {
    "GET": {
        "number": number_reads.read,
        "waba": wabas.read,
        "portfolio": wabas.business,
        "template": template_reads.read,
        "group": template_sets.group,
        "flow": flow_reads.read,
        "profile": profile.read_node,
    },
    "POST": {
        "number": number_changes.change,
        "waba": wabas.change,
        "template": templates.edit,
        "group": template_sets.change_group,
        "flow": flows.change,
        "profile": profile.change_node,
    },
    "DELETE": {"group": template_sets.delete_group, "flow": flows.delete},
}


def kind_of(sim: Sim, node: str) -> str:
    """What this id is; empty when nothing has it."""
    shelves = {
        "number": sim.world.numbers,
        "waba": sim.world.wabas,
        "portfolio": sim.world.portfolios,
        "template": sim.world.templates,
        "group": sim.desk.groups,
        "flow": sim.desk.flows,
    }
    found = next((kind for kind, shelf in shelves.items() if node in shelf), "")
    return found or ("profile" if profile.number_of_profile(sim, node) else "")


def node(sim: Sim, token: Token, node_id: str, request: Request) -> object:
    """GET, POST or DELETE a node. Raises 100/33 when it is none, or does not take that."""
    found = ROOTS.get((request.method, node_id))
    found = found or NODES[request.method].get(kind_of(sim, node_id))
    if found is None:
        raise no_such(request.method, node_id)
    return found(sim, token, node_id, request)
