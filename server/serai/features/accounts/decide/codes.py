"""Codes of an authenticator app (RFC 6238), and codes for the day it is lost."""

import hmac
import re
from collections.abc import Callable
from datetime import datetime

from pyotp.totp import TOTP

STEP_SECONDS = 30
SKEW_STEPS = 1
"""A phone's clock may be this far off, or somebody type slowly."""
RECOVERY_COUNT = 10
ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
"""Without those that look like others."""
RECOVERY_LENGTH = 10


def matching_step(secret: str, code: str, at: datetime, last_step: int) -> int | None:
    """The time step of a code, if it is right and later than the last one that was used."""
    digits = re.sub(r"\s", "", code)
    now = int(at.timestamp()) // STEP_SECONDS
    for step in range(now - SKEW_STEPS, now + SKEW_STEPS + 1):
        right = TOTP(secret).generate_otp(step)
        if step > last_step and hmac.compare_digest(right.encode(), digits.encode()):
            return step
    return None


def address(secret: str, email: str, company: str) -> str:
    """What the QR code says: otpauth://totp/…"""
    return TOTP(secret).provisioning_uri(name=email, issuer_name=f"Serai {company}")


def recovery_codes(choose: Callable[[str], str]) -> list[str]:
    """Ten codes such as `k4m2p-x7q9r`; `choose` takes one of the letters by chance."""
    half = RECOVERY_LENGTH // 2
    letters = ["".join(choose(ALPHABET) for _ in range(RECOVERY_LENGTH)) for _ in range(10)]
    return [f"{each[:half]}-{each[half:]}" for each in letters]


def recovery_form(code: str) -> str:
    """How a recovery code is compared, however it was typed."""
    return re.sub(r"[^a-z0-9]", "", code.lower())
