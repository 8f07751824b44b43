"""The one gate: Meta's rules and the business's own about what may be sent, and when.

When a kind of channel lets what through is its own to say (`core.rules`). Source: WhatsApp Cloud API,
opt-in policy (stop requests are honoured at once).
"""

from collections.abc import Callable
from typing import TypeAlias

from serai.core.effects import Effect, RefuseMessage, SendMessage
from serai.core.events import Refusal
from serai.core.message import Author, Content, Purpose
from serai.core.rules import Rules
from serai.core.state import State
from serai.core.template import TemplateRef
from serai.core.templates.standing import Standing
from serai.core.templates.standing import words as words_of_standing

MARKETING = "MARKETING"
"""Meta's name of the category."""

Why: TypeAlias = Callable[[State, SendMessage], Refusal | None]
"""Says why a message may not be sent now."""

REMEDIES: dict[Refusal, str] = {
    Refusal.WINDOW_CLOSED: "The time for answers is over. Wait until they write again.",
    Refusal.OPTED_OUT: "They asked for no more marketing. Only write if they write first.",
    Refusal.SUPPRESSED: "This person cannot be reached here. Use another way.",
    Refusal.TEMPLATE_NOT_USABLE: "Meta does not allow this template now. Choose another one.",
    Refusal.TEMPLATE_NOW_MARKETING: "Meta made this template a marketing one, and they have not "
    "agreed to marketing. Choose another one.",
    Refusal.HUMAN_ONLY: "This business answers in person. An adviser has to write.",
    Refusal.CHANNEL_DISCONNECTED: "The channel is not connected. Connect it again in its settings.",
    Refusal.UNREACHABLE: "No address is known for this person. They have to write first.",
    Refusal.KIND_NOT_CARRIED: "This channel has no such kind of message. Write it another way.",
    Refusal.CHANNEL_RESTRICTED: "This channel may not send such messages now; its page says why.",
    Refusal.CONTENT_NOT_TAKEN: "Meta does not take it as it is. Shorten or complete it.",
}
"""What people are told, where the kind of channel has no words of its own."""


def refusal(state: State, message: SendMessage) -> Refusal | None:
    """Why we may not send this now; None if we may."""
    if state.channel.state == "disconnected":
        return Refusal.CHANNEL_DISCONNECTED
    if state.contact.suppressed:
        return Refusal.SUPPRESSED
    if _is_marketing(state, message) and state.contact.stopped_marketing:
        return Refusal.OPTED_OUT
    if _is_marketing(state, message) and state.contact.marketing_suppressed:
        return Refusal.SUPPRESSED
    if message.author is Author.AUTOMATION and not _may_be_automatic(state, message):
        return Refusal.HUMAN_ONLY
    return _content_refusal(state, message) or _restriction(state, message)


def judge(state: State, effect: Effect, why: Why = refusal) -> Effect:
    """The effect, or the refusal that takes its place. Every effect passes here."""
    if not isinstance(effect, SendMessage):
        return effect
    reason = why(state, effect)
    if reason is None:
        return effect
    return RefuseMessage(
        business_id=effect.business_id,
        message_id=effect.message_id,
        conversation_id=effect.conversation_id,
        channel_id=effect.channel_id,
        contact_id=effect.contact_id,
        content=effect.content,
        author=effect.author,
        cause=effect.cause,
        reason=reason,
        at=effect.at,
        words=words(state, effect.content, reason),
    )


def words(state: State, content: Content, reason: Refusal) -> str:
    """What people are told: what is wrong, and the next step."""
    standing = _standing(state, content)
    if reason is Refusal.TEMPLATE_NOT_USABLE and standing is not None:
        return words_of_standing(standing)
    return remedy(reason, state.channel.rules)


def remedy(reason: Refusal, rules: Rules) -> str:
    """The next step, in the words of the kind of channel if it has any."""
    return rules.remedies.get(reason, REMEDIES[reason])


def window_lets(state: State, author: Author) -> bool:
    """Whether free words of this author may be sent now."""
    return state.channel.rules.lets(state.window_closes_at, author, state.now)


def _content_refusal(state: State, message: SendMessage) -> Refusal | None:
    waits_for_window = state.channel.rules.holds_back(message.content)
    if waits_for_window and not window_lets(state, message.author):
        return Refusal.WINDOW_CLOSED
    if not isinstance(message.content, TemplateRef):
        return None
    standing = _standing(state, message.content)
    if standing is not None and not standing.is_usable:
        return Refusal.TEMPLATE_NOT_USABLE
    was_asked_as = message.content.category
    has_become = was_asked_as != MARKETING and _category(state, message.content) == MARKETING
    if has_become and not state.contact.agreed_to_marketing:
        return Refusal.TEMPLATE_NOW_MARKETING
    return None


def _standing(state: State, content: Content) -> Standing | None:
    """What Meta says of the template, if that is anything that matters here."""
    if not isinstance(content, TemplateRef):
        return None
    name, language = content.name, content.language
    known = state.business.templates
    return known.get((state.channel.account, name, language)) or known.get(("", name, language))


def _category(state: State, content: Content) -> str | None:
    """The template's present category, which may not be the one that it was asked as."""
    standing = _standing(state, content)
    if standing is not None:
        return standing.category
    return content.category if isinstance(content, TemplateRef) else None


def _restriction(state: State, message: SendMessage) -> Refusal | None:
    """Whether a restriction of the number stops such a message now.

    Source: WhatsApp Cloud API, `account_update`, restriction types.
    """
    if not state.channel.restrictions:
        return None
    category = MARKETING if _is_marketing(state, message) else _category(state, message.content)
    is_template = isinstance(message.content, TemplateRef)
    kinds = kinds_of((category or "service").lower(), is_template=is_template)
    return Refusal.CHANNEL_RESTRICTED if state.channel.restrictions & kinds else None


def kinds_of(category: str, *, is_template: bool) -> frozenset[str]:
    """By what restrictions know a message: templates begin, everything else answers."""
    return frozenset({"business_initiated" if is_template else "replies", category})


def _is_marketing(state: State, message: SendMessage) -> bool:
    is_template = _category(state, message.content) == MARKETING
    return message.purpose is Purpose.MARKETING or is_template


def _may_be_automatic(state: State, message: SendMessage) -> bool:
    """A business that answers in person lets one acknowledgement through per conversation."""
    if not state.business.always_human:
        return True
    acknowledged_at = state.conversation.acknowledged_at if state.conversation else None
    return message.is_acknowledgement and (acknowledged_at is None or acknowledged_at >= message.at)
