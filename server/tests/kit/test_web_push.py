"""What a browser opens, and only it."""

import json
from datetime import UTC, datetime, timedelta

import http_ece
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from serai.kit import web_push
from serai.kit.web_push import as_text, from_text

NOW = datetime(2026, 11, 21, 12, tzinfo=UTC)
BROWSER, OURS = (ec.derive_private_key(number, web_push.CURVE) for number in (7, 11))
AUTH, SALT = bytes(range(16)), bytes(range(16, 32))
PUBLIC = as_text(web_push.public_bytes(BROWSER))


def test_another_implementation_opens_what_we_encrypt():
    body = web_push.encrypt(b"Salaam", PUBLIC, as_text(AUTH), OURS, SALT)

    opened = http_ece.decrypt(  # pyright: ignore[reportUnknownMemberType]
        body, private_key=BROWSER, auth_secret=AUTH, version="aes128gcm"
    )

    assert opened == b"Salaam"


def test_the_example_of_the_rfc_comes_out_byte_by_byte():
    """Source: RFC 8291, section 5 and appendix A."""
    ours = web_push.private_key(from_text("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"))

    body = web_push.encrypt(
        b"When I grow up, I want to be a watermelon",
        "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        "BTBZMqHH6r4Tts7J_aSIgg",
        ours,
        from_text("DGv6ra1nlYgDCS1FRnbzlw"),
    )

    assert as_text(body) == (
        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6Tl"
        "zAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )


def test_a_key_comes_back_from_its_bytes():
    key = web_push.private_key(web_push.private_bytes(OURS))
    assert web_push.public_bytes(key) == web_push.public_bytes(OURS)


def test_a_message_that_does_not_fit_into_one_record_is_refused():
    with pytest.raises(ValueError, match="at most 3000 bytes"):
        web_push.encrypt(b"x" * 3001, PUBLIC, as_text(AUTH), OURS, SALT)


@pytest.mark.parametrize(
    ("key", "secret"),
    [
        ("not base64!", as_text(AUTH)),
        (as_text(b"\x04" + bytes(64)), as_text(AUTH)),
        (PUBLIC, "AAAA"),
    ],
)
def test_keys_that_are_none_are_refused(key: str, secret: str):
    with pytest.raises(web_push.BadSubscription):
        web_push.read_keys(key, secret)


def test_the_push_service_can_check_that_it_is_us_and_for_how_long():
    endpoint = "https://push.example:8443/send/abc?x=1"

    header = web_push.authorization(endpoint, OURS, "mailto:ops@inbox.example", NOW)

    scheme, _, rest = header.partition(" ")
    token, key = (part.split("=", 1)[1] for part in rest.split(", "))
    signed, _, signature = token.rpartition(".")
    claims = json.loads(from_text(signed.split(".")[1]))
    raw = from_text(signature)
    r, s = (int.from_bytes(half, "big") for half in (raw[:32], raw[32:]))
    verifier = ec.EllipticCurvePublicKey.from_encoded_point(web_push.CURVE, from_text(key))
    verifier.verify(encode_dss_signature(r, s), signed.encode(), ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        verifier.verify(encode_dss_signature(r, s), b"other", ec.ECDSA(hashes.SHA256()))
    assert scheme == "vapid"
    assert claims == {
        "aud": "https://push.example:8443",
        "exp": int((NOW + timedelta(hours=12)).timestamp()),
        "sub": "mailto:ops@inbox.example",
    }
