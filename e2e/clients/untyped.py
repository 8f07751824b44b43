"""pywa without its types, which are too partial for strict checking."""

import importlib
from typing import Any


def _module(name: str) -> Any:
    return importlib.import_module(name)


types = _module("pywa.types")
calls = _module("pywa.types.calls")
system = _module("pywa.types.system")
templates = _module("pywa.types.templates")
handlers = _module("pywa.handlers")
MessageStatus: Any = _module("pywa.types.message_status").MessageStatus
MarketingPreference: Any = _module("pywa.types.user_preferences").UserMarketingPreferences
WhatsApp: Any = _module("pywa").WhatsApp
WhatsAppError: Any = _module("pywa.errors").WhatsAppError
flows = _module("pywa.types.flows")
updates = _module("pywa.types")
