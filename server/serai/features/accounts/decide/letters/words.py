"""What the letters say, language by language: a typed table, so that no sentence can be missing.

`{company}` and its like are names; each language puts them where it wants them.
"""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from msgspec import Struct

from serai.core.languages import Language

Change: TypeAlias = Literal[
    "authenticator.added",
    "authenticator.removed",
    "passkey.added",
    "passkey.removed",
    "recovery_codes.renewed",
    "member.second_factor_forgotten",
]
"""What may happen to a second factor, as the audit log names it."""


class Sentences(Struct, frozen=True, kw_only=True):
    """One letter in one language."""

    subject: str
    lines: tuple[str, ...]
    """Paragraphs."""
    button: str = ""
    """What to do, for a letter with a link."""


class Words(Struct, frozen=True, kw_only=True):
    """All letters in one language."""

    invitation: Sentences
    reset: Sentences
    password_changed: Sentences
    factor_changed: Sentences
    changes: Mapping[Change, str]
    by_hand: str
    """Over the link as it is, for a program that shows no buttons."""
    footer: str


ENGLISH = Words(
    invitation=Sentences(
        subject="{by} invites you to {company}",
        lines=(
            "{by} invites you to answer customers of {company} in Serai.",
            "The link works once, for seven days.",
        ),
        button="Accept the invitation",
    ),
    reset=Sentences(
        subject="A new password for {company}",
        lines=(
            "Somebody asked for a new password for your account at {company}.",
            "The link works once, for an hour. If it was not you, do nothing: your password stays.",
        ),
        button="Choose a new password",
    ),
    password_changed=Sentences(
        subject="Your password for {company} was changed",
        lines=(
            "The password of your account at {company} has just been changed, and you were signed out "
            "everywhere.",
            "If it was not you, tell an owner of the company at once.",
        ),
    ),
    factor_changed=Sentences(
        subject="How you sign in to {company} was changed",
        lines=(
            "This has just happened to your account at {company}: {change}",
            "If it was not you, choose a new password and tell an owner of the company at once.",
        ),
    ),
    changes={
        "authenticator.added": "an authenticator app was added.",
        "authenticator.removed": "the authenticator app was removed.",
        "passkey.added": "a passkey was added.",
        "passkey.removed": "a passkey was removed.",
        "recovery_codes.renewed": "new recovery codes were made; those before are void.",
        "member.second_factor_forgotten": "a manager removed your second factor, so that you can set "
        "up a new one.",
    },
    by_hand="If the button does not work, open this address:",
    footer="Serai wrote this because of your account at {company}.",
)

ARABIC = Words(
    invitation=Sentences(
        subject="دعوة من {by} للانضمام إلى {company}",
        lines=(
            "يدعوك {by} إلى الرد على عملاء {company} عبر Serai.",
            "يعمل الرابط مرة واحدة فقط، ولمدة سبعة أيام.",
        ),
        button="قبول الدعوة",
    ),
    reset=Sentences(
        subject="كلمة مرور جديدة لحسابك في {company}",
        lines=(
            "طلب أحدهم كلمة مرور جديدة لحسابك في {company}.",
            "يعمل الرابط مرة واحدة فقط، ولمدة ساعة. إن لم تكن أنت من طلبه فلا تفعل شيئًا: كلمة مرورك "
            "باقية كما هي.",
        ),
        button="اختيار كلمة مرور جديدة",
    ),
    password_changed=Sentences(
        subject="تم تغيير كلمة مرورك في {company}",
        lines=(
            "تم للتو تغيير كلمة مرور حسابك في {company}، وتم تسجيل خروجك من جميع الأجهزة.",
            "إن لم تكن أنت من فعل ذلك فأبلغ أحد مالكي الشركة فورًا.",
        ),
    ),
    factor_changed=Sentences(
        subject="تم تغيير طريقة تسجيل دخولك إلى {company}",
        lines=(
            "حدث للتو في حسابك لدى {company} ما يلي: {change}",
            "إن لم تكن أنت من فعل ذلك فاختر كلمة مرور جديدة وأبلغ أحد مالكي الشركة فورًا.",
        ),
    ),
    changes={
        "authenticator.added": "أُضيف تطبيق مصادقة.",
        "authenticator.removed": "أُزيل تطبيق المصادقة.",
        "passkey.added": "أُضيف مفتاح مرور.",
        "passkey.removed": "أُزيل مفتاح مرور.",
        "recovery_codes.renewed": "أُنشئت رموز استرداد جديدة، ولم تعد الرموز السابقة صالحة.",
        "member.second_factor_forgotten": "أزال أحد المديرين العامل الثاني لتتمكن من إعداد عامل جديد.",
    },
    by_hand="إذا لم يعمل الزر فافتح هذا العنوان:",
    footer="كتب Serai هذه الرسالة بسبب حسابك لدى {company}.",
)

WORDS: Mapping[Language, Words] = {"en": ENGLISH, "ar": ARABIC}
