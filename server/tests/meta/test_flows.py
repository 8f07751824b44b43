"""The talk with a form is readable by the phone and by us, and by nobody else."""

import base64
import contextlib
import json
import os

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st
from serai.meta.flows import (
    WRAPPING,
    CannotRead,
    new_private_key,
    opened,
    public_key_of,
)

PRIVATE = new_private_key()
AES, IV = os.urandom(16), os.urandom(16)


def sealed_by_a_phone(asked: object, public_pem: str) -> bytes:
    """As WhatsApp documents it, written here from the phone's side."""
    public = serialization.load_pem_public_key(public_pem.encode())
    assert isinstance(public, RSAPublicKey)
    parts = {
        "encrypted_flow_data": AESGCM(AES).encrypt(IV, json.dumps(asked).encode(), None),
        "encrypted_aes_key": public.encrypt(AES, WRAPPING),
        "initial_vector": IV,
    }
    return json.dumps({k: base64.b64encode(v).decode() for k, v in parts.items()}).encode()


def test_what_a_phone_seals_we_read_and_it_reads_our_answer():
    asked = {"version": "3.0", "action": "data_exchange", "screen": "TABLE", "data": {"a": 1}}
    talk = opened(PRIVATE, sealed_by_a_phone(asked, public_key_of(PRIVATE)))
    assert (talk.request.action, talk.request.screen, talk.request.data) == (
        "data_exchange", "TABLE", {"a": 1}
    )  # fmt: skip
    answer = base64.b64decode(talk.seal({"screen": "DETAILS"}))
    flipped = bytes(byte ^ 255 for byte in IV)
    assert json.loads(AESGCM(AES).decrypt(flipped, answer, None)) == {"screen": "DETAILS"}


def test_what_was_sealed_for_another_key_is_not_read():
    body = sealed_by_a_phone({"action": "ping"}, public_key_of(new_private_key()))
    with pytest.raises(CannotRead):
        opened(PRIVATE, body)


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200) | st.integers(0, 5000))
def test_no_bytes_whatever_make_reading_fail_in_another_way(junk: bytes | int):
    body = sealed_by_a_phone({"action": "ping"}, public_key_of(PRIVATE))
    if isinstance(junk, int):
        at = junk % len(body)
        body = body[:at] + bytes([body[at] ^ 1]) + body[at + 1 :]
    else:
        body = junk
    with contextlib.suppress(CannotRead):
        assert opened(PRIVATE, body).request.action == "ping"
