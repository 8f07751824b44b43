"""What Serai and the provider tell each other without the browser: discovery, keys, codes for tokens."""

import base64
from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import quote, urlencode, urlsplit

import msgspec
from joserfc.jwk import KeySet
from msgspec import Struct

from serai.features.accounts.decide.id_tokens import BadToken, Expected, KeyUnknown, keys_of, read
from serai.features.accounts.decide.vouching import Vouched
from serai.kit.outbound import Answer, NoAnswer, NotAllowed, Outbound, Unreachable
from serai.kit.settings import Settings

KEPT_FOR = timedelta(hours=1)
"""How long what a provider publishes is not asked for again."""
LONGEST_BYTES = 256 * 1024
SECONDS = 10.0
"""A browser waits meanwhile."""
LOOPBACK = {"localhost", "127.0.0.1"}
Body = TypeVar("Body")


class ProviderAway(Exception):
    """The provider does not answer, or not as OpenID Connect says; the message tells which."""


class Discovery(Struct, frozen=True):
    """What a provider publishes of itself. Source: OpenID Connect Discovery 1.0, section 3."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str | None = None
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)


class Tokens(Struct, frozen=True):
    id_token: str
    access_token: str | None = None


class Return(Struct, frozen=True, kw_only=True):
    """A browser came back with a code."""

    code: str
    verifier: str
    """Whose hash the provider was shown."""
    nonce: str
    address: str
    """Where it was sent back to."""


class Provider:
    """Use as `async with Provider(settings) as provider`."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        # Whoever runs the installation names it: it may well be a machine of their own network.
        self._outbound = Outbound(SECONDS, private=True)
        self._known: tuple[Discovery, datetime] | None = None
        self._keys: tuple[KeySet, datetime] | None = None

    async def __aenter__(self) -> "Provider":
        await self._outbound.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._outbound.__aexit__()

    @property
    def issuer(self) -> str:
        return self._settings.oidc_issuer or ""

    async def discovery(self, now: datetime) -> Discovery:
        """What it publishes. Raises ProviderAway."""
        if self._known is not None and now - self._known[1] < KEPT_FOR:
            return self._known[0]
        answer = await self._get(f"{self.issuer.rstrip('/')}/.well-known/openid-configuration")
        found = _decoded(answer, Discovery)
        if found.issuer != self.issuer:
            raise ProviderAway("it calls itself by another issuer than SERAI_OIDC_ISSUER")
        addresses = (found.authorization_endpoint, found.token_endpoint, found.jwks_uri)
        if not all(_is_guarded(each, self.issuer) for each in addresses):
            raise ProviderAway("it names addresses without https")
        self._known = (found, now)
        return found

    async def who(self, back: Return, now: datetime) -> Vouched:
        """Who has signed in there. Raises ProviderAway, BadToken."""
        found = await self.discovery(now)
        told = await self._redeem(found, back)
        expected = Expected(
            issuer=self.issuer,
            client_id=self._settings.oidc_client_id,
            nonce=back.nonce,
            access_token=told.access_token,
        )
        try:
            vouched = read(told.id_token, await self._key_set(found, now), expected, now)
        except KeyUnknown:
            self._keys = None
            vouched = await self._read_anew(found, told, expected, now)
        if vouched.email is None and found.userinfo_endpoint and told.access_token:
            return await self._with_address(found.userinfo_endpoint, told.access_token, vouched)
        return vouched

    async def _read_anew(
        self, found: Discovery, told: Tokens, expected: Expected, now: datetime
    ) -> Vouched:
        """With the keys as they are now."""
        try:
            return read(told.id_token, await self._key_set(found, now), expected, now)
        except KeyUnknown:
            raise BadToken("key_unknown") from None

    async def _key_set(self, found: Discovery, now: datetime) -> KeySet:
        if self._keys is None or now - self._keys[1] > KEPT_FOR:
            self._keys = (keys_of((await self._get(found.jwks_uri)).text), now)
        return self._keys[0]

    async def _redeem(self, found: Discovery, back: Return) -> Tokens:
        """Tokens for a code, which works once. Raises ProviderAway, BadToken."""
        form = {
            "grant_type": "authorization_code",
            "code": back.code,
            "redirect_uri": back.address,
            "code_verifier": back.verifier,
        }
        headers = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Accept": "application/json",
        }
        client, secret = self._settings.oidc_client_id, self._settings.oidc_client_secret
        if secret is None:
            form["client_id"] = client
        elif "client_secret_basic" in found.token_endpoint_auth_methods_supported:
            pair = f"{quote(client, safe='')}:{quote(secret, safe='')}"
            headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
        else:
            form |= {"client_id": client, "client_secret": secret}
        try:
            answer = await self._outbound.post(
                found.token_endpoint, urlencode(form).encode(), headers, LONGEST_BYTES
            )
        except (NotAllowed, Unreachable, NoAnswer) as error:
            raise ProviderAway("it does not answer") from error
        if 400 <= answer.status < 500:
            raise BadToken(f"code_refused_{answer.status}")
        return _decoded(answer, Tokens)

    async def _with_address(self, url: str, access_token: str, vouched: Vouched) -> Vouched:
        """Some providers tell addresses at another place only. Raises ProviderAway, BadToken."""
        if not _is_guarded(url, self.issuer):
            return vouched
        answer = await self._get(url, {"Authorization": f"Bearer {access_token}"})
        told = _decoded(answer, UserInfo)
        if told.sub != vouched.subject:
            raise BadToken("userinfo_of_another")
        return msgspec.structs.replace(
            vouched,
            email=told.email,
            is_email_verified=told.email_verified,
            name=told.name or vouched.name,
        )

    async def _get(self, url: str, headers: dict[str, str] | None = None) -> Answer:
        wanted = {"Accept": "application/json"} | (headers or {})
        try:
            return await self._outbound.get(url, wanted, LONGEST_BYTES)
        except (NotAllowed, Unreachable, NoAnswer) as error:
            raise ProviderAway("it does not answer") from error


class UserInfo(Struct, frozen=True):
    sub: str
    email: str | None = None
    email_verified: bool | None = None
    name: str | None = None


def _decoded(answer: Answer, kind: type[Body]) -> Body:
    if answer.status != 200:
        raise ProviderAway(f"it answers with status {answer.status}")
    try:
        return msgspec.json.decode(answer.text, type=kind)
    except msgspec.DecodeError as error:
        raise ProviderAway("its answer is not as OpenID Connect says") from error


def _is_guarded(url: str, issuer: str) -> bool:
    """https; or plain http on this machine, if the provider itself is there."""
    parts, own = urlsplit(url), urlsplit(issuer)
    if parts.scheme == "https":
        return True
    return (parts.scheme, own.scheme) == ("http", "http") and parts.hostname in LOOPBACK
