"""Codes that a send can meet: access, limits, the message, its template.

Source: WhatsApp Cloud API, "Error codes"; Graph API, "Handling errors".
"""

from datetime import timedelta

from serai.meta.codes.action import (
    CONTENT,
    LATER,
    MAYBE,
    RECONNECT,
    SHORTLY,
    TEMPLATE,
    Action,
    Code,
    Section,
)

BILLING = "Add a payment method for WhatsApp in Meta's billing settings."
ROUTE = "Switch the marketing route of the number on or off in its settings."

ACCESS = {
    0: Code(Action.PAUSE_CHANNEL, f"The access token is not valid. {RECONNECT}"),
    3: Code(Action.PAUSE_CHANNEL, f"The app lacks a capability. {RECONNECT}"),
    10: Code(Action.PAUSE_CHANNEL, f"A permission was taken away. {RECONNECT}"),
    33: Code(Action.PAUSE_CHANNEL, "This number no longer exists at Meta. Connect another one."),
    100: Code(Action.FAIL, f"Meta does not accept a value. {CONTENT}"),
    104: Code(Action.PAUSE_CHANNEL, f"Meta got no access token. {RECONNECT}"),
    190: Code(Action.PAUSE_CHANNEL, f"The access token has expired. {RECONNECT}"),
    368: Code(Action.PAUSE_CHANNEL, "Meta has blocked the account for a while. See Meta's inbox."),
    2500: Code(Action.FAIL, "Meta does not know this address. Check the number's id in its settings."),
    130497: Code(Action.FAIL, "Meta does not allow messages to this country. Use another way."),
    131005: Code(Action.PAUSE_CHANNEL, f"Access was denied. {RECONNECT}"),
    131031: Code(Action.PAUSE_CHANNEL, "Meta has locked the account. See Meta's inbox and appeal."),
}  # fmt: skip

THROTTLES = {
    4: Code(Action.RETRY, f"The app calls Meta too often. {SHORTLY}"),
    613: Code(Action.RETRY, f"Meta allows this call only so often. {SHORTLY}"),
    80007: Code(Action.RETRY, f"The account calls Meta too often. {SHORTLY}"),
    80008: Code(Action.RETRY, f"The account calls Meta too often. {SHORTLY}"),
    130429: Code(Action.RETRY, f"The number sends too fast. {SHORTLY}"),
    131048: Code(Action.PAUSE_CHANNEL, "Too many people reported messages. Stop and review them."),
    131056: Code(Action.RETRY, f"Too many messages to this person in a row. {SHORTLY}"),
    131064: Code(
        Action.DEFER,
        f"Templates of a wrong category have used up a limit. Correct them at Meta. {LATER}",
        timedelta(hours=24),
    ),
    131208: Code(Action.RETRY, f"Too many changes to groups at once. {SHORTLY}"),
    132069: Code(
        Action.DEFER,
        f"Meta lets this Flow out ten times an hour until it is mended. {LATER}",
        timedelta(hours=1),
    ),
    133016: Code(
        Action.FAIL, "The number was registered too often. Wait 72 hours, then register it again."
    ),
}

SENDING = {
    1: Code(Action.UNKNOWN, f"Meta had a problem. {MAYBE}"),
    2: Code(Action.UNKNOWN, f"Meta was not available. {MAYBE}"),
    130403: Code(Action.FAIL, "You blocked this person. Unblock them first."),
    130472: Code(Action.FAIL, "Meta keeps this person out of marketing for a test. Use another way."),
    131000: Code(Action.UNKNOWN, f"Something went wrong at Meta. {MAYBE}"),
    131008: Code(Action.FAIL, f"A value is missing. {CONTENT}"),
    131009: Code(Action.FAIL, f"A value is not valid. {CONTENT}"),
    131016: Code(Action.UNKNOWN, f"Meta was not available. {MAYBE}"),
    131021: Code(Action.FAIL, "The number cannot write to itself. Choose another recipient."),
    131026: Code(Action.SUPPRESS, "This person is not on WhatsApp. Use another way."),
    131030: Code(Action.FAIL, "This test number may only write to people on its list at Meta."),
    131035: Code(Action.FAIL, "Meta could not hand a message over in time. Ask them to write again."),
    131036: Code(Action.FAIL, f"Meta could not repeat the message. {CONTENT}"),
    131037: Code(Action.PAUSE_CHANNEL, "The display name has to be approved by Meta first."),
    131042: Code(Action.PAUSE_CHANNEL, f"Meta cannot charge the account. {BILLING}"),
    131044: Code(Action.FAIL, f"Meta cannot charge for the call. {BILLING}"),
    131045: Code(Action.PAUSE_CHANNEL, "The number has to be registered again at Meta."),
    131047: Code(
        Action.FAIL, "More than 24 hours have passed since they last wrote. Send a template."
    ),
    131049: Code(
        Action.DEFER,
        f"Meta limits how much marketing this person gets. {LATER}",
        timedelta(hours=24),
    ),
    131050: Code(Action.SUPPRESS_MARKETING, "They stopped marketing in WhatsApp. Do not repeat it."),
    131051: Code(Action.FAIL, f"Meta does not support this kind of message. {CONTENT}"),
    131052: Code(Action.FAIL, "Meta could not get their file. Ask them to send it again."),
    131053: Code(Action.FAIL, f"Meta could not fetch the file. {CONTENT}"),
    131055: Code(Action.FAIL, f"Only marketing templates go this way. {ROUTE}"),
    131057: Code(
        Action.DEFER, f"Meta is upgrading the number, about a minute. {LATER}", timedelta(minutes=1)
    ),
    131059: Code(Action.FAIL, "The list changed while it was read. Read it again from its start."),
    131060: Code(Action.FAIL, "The message is no longer available. Ask them to send it again."),
    131062: Code(Action.FAIL, "Meta needs this person's phone number for it. Ask them for it."),
    131063: Code(Action.FAIL, f"Meta lets no marketing out this way. {ROUTE}"),
    135000: Code(Action.FAIL, f"Meta does not accept the message. {CONTENT}"),
    137000: Code(
        Action.FAIL, "This person's identity has changed. Make sure who it is, then send it again."
    ),
    139200: Code(Action.FAIL, "Meta does not let this account send without a template. Use one."),
}  # fmt: skip

TEMPLATES = {
    132000: Code(Action.FAIL, f"The number of values does not fit the template. {TEMPLATE}"),
    132001: Code(
        Action.PAUSE_TEMPLATE,
        "Meta has no approved template of this name and language. Choose another.",
    ),
    132005: Code(Action.FAIL, f"With its values the template is too long. {TEMPLATE}"),
    132007: Code(
        Action.PAUSE_TEMPLATE, "The template breaks a rule of Meta. Edit and resubmit it."
    ),
    132008: Code(Action.FAIL, f"A value is not valid. {TEMPLATE}"),
    132012: Code(Action.FAIL, f"A value has the wrong form. {TEMPLATE}"),
    132015: Code(
        Action.PAUSE_TEMPLATE, "Meta paused the template for its quality. Choose another."
    ),
    132016: Code(Action.PAUSE_TEMPLATE, "Meta disabled the template for good. Choose another."),
    132018: Code(Action.FAIL, f"A value is not allowed in a template. {TEMPLATE}"),
    132068: Code(Action.FAIL, "Meta has blocked this Flow. Mend it at Meta, or send without it."),
    134011: Code(Action.FAIL, "Accept Meta's terms for payments first."),
    134100: Code(Action.FAIL, f"Only marketing templates go this way. {ROUTE}"),
    134101: Code(
        Action.DEFER,
        f"Meta is still preparing the template, about ten minutes. {LATER}",
        timedelta(minutes=10),
    ),
    134102: Code(Action.FAIL, f"The template cannot go this way. {ROUTE}"),
    134103: Code(Action.FAIL, f"A feature of the template cannot go this way. {ROUTE}"),
    1752041: Code(Action.FAIL, "The marketing route was asked for already. Wait for Meta's answer."),
}  # fmt: skip

SECTIONS = (
    Section("Access", ACCESS),
    Section("Too much at once", THROTTLES),
    Section("The message", SENDING),
    Section("Its template", TEMPLATES),
)
