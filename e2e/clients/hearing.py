"""What a pywa client makes of the webhooks that it gets."""

from typing import Any

from e2e.clients.untyped import handlers

KINDS = (
    handlers.MessageHandler,
    handlers.CallbackButtonHandler,
    handlers.CallbackSelectionHandler,
    handlers.MessageStatusHandler,
    handlers.PhoneNumberChangeHandler,
    handlers.IdentityChangeHandler,
    handlers.UserMarketingPreferencesHandler,
    handlers.FlowCompletionHandler,
    handlers.CallConnectHandler,
    handlers.CallTerminateHandler,
    handlers.CallPermissionUpdateHandler,
    handlers.EditedMessageHandler,
    handlers.DeletedMessageHandler,
    handlers.OutgoingMessageHandler,
    handlers.OutgoingEditedMessageHandler,
    handlers.OutgoingDeletedMessageHandler,
    handlers.TemplateStatusUpdateHandler,
    handlers.TemplateCategoryUpdateHandler,
    handlers.TemplateQualityUpdateHandler,
    handlers.TemplateComponentsUpdateHandler,
    handlers.AccountUpdateHandler,
)


class Ears:
    """Keeps every update that pywa could read, by its class."""

    def __init__(self, wa: Any) -> None:
        self.wa = wa
        self.url = ""
        self.heard: list[Any] = []
        self.fields = [
            "messages", "calls", "user_preferences", "smb_message_echoes", "account_update",
            "message_template_status_update", "message_template_quality_update",
            "message_template_components_update", "template_category_update",
        ]  # fmt: skip
        wa.add_handlers(*(kind(self._hear) for kind in KINDS))

    def _hear(self, _: Any, update: Any) -> None:
        self.heard.append(update)

    def of(self, kind: Any) -> list[Any]:
        """The updates of this class so far."""
        return [update for update in list(self.heard) if isinstance(update, kind)]
