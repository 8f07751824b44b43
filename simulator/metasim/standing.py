"""What bans and restrictions keep an account from doing.

Source: WhatsApp Cloud API reference, 4.8 (`restriction_info`), 5.1 (368, 131031), 5.2 (131064),
6.3 "Policy enforcement ladder". Which code a restriction answers is not documented for each of
them; metasim takes 368, and 131064 for categories.
"""

from metasim.graph.errors import GraphError
from metasim.sim import Sim
from metasim.world import Number, Template

RESTRICTIONS = (
    "RESTRICTED_ADD_PHONE_NUMBER_ACTION", "RESTRICTED_BIZ_INITIATED_MESSAGING",
    "RESTRICTED_CUSTOMER_INITIATED_MESSAGING", "RESTRICTED_UTILITY_TEMPLATES",
    "RESTRICTED_DIRECT_SEND_UTILITY_TEMPLATES", "RESTRICTED_BUSINESS_INITIATED_CALLING",
    "RESTRICTED_USER_INITIATED_CALLING",
    "RESTRICTED_BIZ_INITIATED_AND_USER_INITIATED_CALLING",
    "RESTRICTED_USER_INITIATED_CALLING_CALL_BUTTON_HIDDEN",
)  # fmt: skip


def is_restricted(sim: Sim, waba_id: str, kind: str) -> bool:
    """Does this restriction hold now?"""
    desk = sim.desk.wabas.get(waba_id)
    if desk is None or kind not in desk.restrictions:
        return False
    end = desk.restrictions[kind]
    return end is None or end > sim.clock.now()


def ensure_may_send(sim: Sim, number: Number, template: Template | None) -> None:
    """Raises 131031 for a disabled account, 368 or 131064 for a restricted one."""
    desk = sim.desk.wabas.get(number.waba_id)
    if desk is None:
        return
    if desk.ban_state == "DISABLE":
        raise GraphError(131031, "The account is disabled; see health_status.")
    if not desk.restrictions:
        return
    kind = "CUSTOMER" if template is None else "BIZ"
    if is_restricted(sim, number.waba_id, f"RESTRICTED_{kind}_INITIATED_MESSAGING"):
        raise GraphError(368, "The account is temporarily blocked; see account_update.")
    utility = template is not None and template.category == "UTILITY"
    if utility and is_restricted(sim, number.waba_id, "RESTRICTED_UTILITY_TEMPLATES"):
        raise GraphError(131064, "The limit for this category of templates is reached.")


def ensure_may_create(sim: Sim, waba_id: str, category: str) -> None:
    """Raises 368 while utility templates may not be created (SDK)."""
    if category == "UTILITY" and is_restricted(sim, waba_id, "RESTRICTED_UTILITY_TEMPLATES"):
        raise GraphError(368, "Utility templates cannot be created now; see account_update.")


def ensure_may_add_number(sim: Sim, waba_id: str) -> None:
    """Raises 368 while numbers may not be added."""
    if is_restricted(sim, waba_id, "RESTRICTED_ADD_PHONE_NUMBER_ACTION"):
        raise GraphError(368, "Numbers cannot be added now; see account_update.")
