"""Meta's errors: the HTTP envelope, the webhook form, and the codes that the simulator uses.

Source: WhatsApp Cloud API reference, 1.3 "Error envelope", 4.6 "Failed", 5 "Error codes".
"""

from metasim.ids import trace
from metasim.shapes import Json

HREF = "https://developers.facebook.com/docs/whatsapp/cloud-api/support/error-codes/"

MEANINGS: dict[int, tuple[int, str]] = {
    1: (400, "API Unknown"),
    2: (503, "Service temporarily unavailable"),
    3: (500, "API Method"),
    4: (400, "Application request limit reached"),
    10: (403, "Application does not have permission for this action"),
    100: (400, "Invalid parameter"),
    104: (401, "An access token is required to request this resource."),
    190: (401, "Access token is not valid"),
    368: (403, "Temporarily blocked for policies violations"),
    2500: (400, "Unknown path components"),
    80007: (400, "Rate limit issues"),
    130403: (400, "Recipient is blocked"),
    130429: (400, "Rate limit hit"),
    130472: (400, "User's number is part of an experiment"),
    130497: (403, "Business account is restricted from messaging users in this country"),
    131000: (500, "Something went wrong"),
    131005: (403, "Access denied"),
    131008: (400, "Required parameter is missing"),
    131009: (400, "Parameter value is not valid"),
    131016: (500, "Service unavailable"),
    131020: (400, "Group is not valid"),
    131021: (400, "Recipient cannot be sender"),
    131026: (400, "Message undeliverable"),
    131030: (400, "Recipient phone number not in allowed list"),
    131031: (403, "Account has been locked"),
    131037: (400, "Phone number needs an approved display name"),
    131041: (400, "Unknown group"),
    131042: (400, "Business eligibility payment issue"),
    131045: (500, "Incorrect certificate"),
    131047: (400, "Re-engagement message"),
    131048: (400, "Spam rate limit hit"),
    131049: (400, "This message was not delivered to maintain healthy ecosystem engagement."),
    131050: (400, "User has stopped receiving marketing messages from you"),
    131051: (400, "Unsupported message type"),
    131052: (400, "Media download error"),
    131053: (400, "Media upload error"),
    131055: (400, "Method not allowed"),
    131056: (400, "(Business Account, Consumer Account) pair rate limit hit"),
    131057: (500, "Account in maintenance mode"),
    131059: (400, "Cursor is invalid or expired"),
    131062: (400, "Business-scoped user ids are not supported for this message"),
    131064: (400, "Template category limit reached"),
    131063: (400, "Marketing messages are disabled on the Cloud API for this account"),
    132000: (400, "Number of parameters does not match the expected number of params"),
    132001: (404, "Template name does not exist in the translation"),
    132005: (400, "Translated text too long"),
    132007: (400, "Template format character policy violated"),
    132012: (400, "Parameter format does not match format in the created template"),
    132015: (400, "Template is paused"),
    132016: (400, "Template is disabled"),
    132018: (400, "There is an issue with the parameters in your template"),
    132068: (400, "Flow is blocked"),
    132069: (400, "Flow is throttled"),
    133005: (400, "Two step verification PIN mismatch"),
    133006: (400, "Phone number re-verification needed"),
    133008: (400, "Too many two step verification PIN guesses"),
    133010: (400, "Account not registered"),
    133016: (400, "Account register deregister rate limit exceeded"),
    134100: (400, "Only marketing messages are supported"),
    134101: (400, "Template is still being synced"),
    134102: (500, "Template is unavailable"),
    137000: (400, "Recipient identity key hash mismatch"),
    136024: (400, "Code request or verification problem"),
    139001: (400, "Flow update failed"),
    139002: (400, "Flow publish failed"),
    139003: (400, "Flow deprecate failed"),
    139004: (400, "Flow delete failed"),
    139100: (400, "Failed to block or unblock some users"),
    147001: (400, "Username is not allowed"),
    147002: (400, "Username is not available"),
    147003: (400, "No username is set"),
    138006: (400, "No call permission"),
    139200: (400, "Direct Send is not available"),
}
"""HTTP status and title of each code. Source: 5.1 to 5.6 (HTTP column of Meta's table)."""

FAILURES = {
    131026: "Message Undeliverable.",
    131047: "Message failed to send because more than 24 hours have passed since the customer "
    "last replied to this number.",
    131048: "Message failed to send because there are restrictions on how many messages can be "
    "sent from this phone number.",
    131049: "In order to maintain a healthy ecosystem engagement, the message failed to be "
    "delivered.",
    131050: "The recipient has stopped receiving marketing messages from you.",
    130403: "The recipient is on the block list of this number.",
    130472: "Message was not sent as part of an experiment.",
    131009: "Parameter value is not valid.",
    132015: "The template was paused before this message was delivered.",
}
"""`error_data.details` of failed statuses."""


class GraphError(Exception):
    """A refusal that Meta would give."""

    def __init__(
        self,
        code: int,
        details: str | None = None,
        *,
        message: str | None = None,
        subcode: int | None = None,
        kind: str = "OAuthException",
        http: int | None = None,
    ) -> None:
        status, title = MEANINGS.get(code, (400, "Something went wrong"))
        super().__init__(code, details)
        self.code = code
        self.http = http or status
        self.message = message or f"(#{code}) {title}"
        self.details = details
        self.subcode = subcode
        self.kind = kind
        self.user: tuple[str, str] | None = None
        """`error_user_title` and `error_user_msg`: the useful text of management errors. 1.3."""
        self.extra: Json = {}
        """Members beside `error`, where Meta answers both."""

    def body(self) -> Json:
        """The HTTP envelope. Source: 1.3."""
        error: Json = {"message": self.message, "type": self.kind, "code": self.code}
        if self.subcode is not None:
            error["error_subcode"] = self.subcode
        if self.details is not None:
            error["error_data"] = {"messaging_product": "whatsapp", "details": self.details}
        if self.user is not None:
            title, text = self.user
            error |= {"is_transient": False, "error_user_title": title, "error_user_msg": text}
        return {**self.extra, "error": {**error, "fbtrace_id": trace()}}


def invalid(details: str) -> GraphError:
    """Code 100: an unknown, misspelt or over-long parameter. Source: 5.1, 100."""
    return GraphError(100, details, message=f"(#100) {details}")


def missing(name: str) -> GraphError:
    """Code 100: a parameter of the envelope is absent. Source: 1.3 "Missing parameter"."""
    return GraphError(100, message=f"(#100) The parameter {name} is required.")


def no_such(method: str, node: str) -> GraphError:
    """Code 100, subcode 33: no such object, or not for this token. Source: 1.3 "Unknown id"."""
    return GraphError(
        100,
        message=f"Unsupported {method.lower()} request. Object with ID '{node}' does not exist, "
        "cannot be loaded due to missing permissions, or does not support this operation. "
        "Please read the Graph API documentation at "
        "https://developers.facebook.com/docs/graph-api",
        subcode=33,
        kind="GraphMethodException",
    )


def refused(text: str, subcode: int | None = None, title: str = "Invalid parameter") -> GraphError:
    """Code 100 as management endpoints word it: the reason is in `error_user_msg`. Source: 1.3."""
    error = GraphError(100, message="Invalid parameter", subcode=subcode)
    error.user = (title, text)
    return error


def failure(code: int, details: str | None = None) -> Json:
    """An error as webhooks carry it. Source: 4.6 "Failed"."""
    title = MEANINGS.get(code, (400, "Something went wrong"))[1]
    return {
        "code": code,
        "title": title,
        "message": title,
        "error_data": {"details": details or FAILURES.get(code, title)},
        "href": HREF,
    }
