"""A small provider of OpenID Connect over real HTTP: strict like a good one, unless told otherwise."""

import base64
import hashlib
import secrets
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import timedelta
from html import escape
from typing import Annotated, Any
from urllib.parse import parse_qs, urlencode

import uvicorn
from fastapi import FastAPI, Header, HTTPException, Request
from fastapi.responses import HTMLResponse
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, RSAKey

CLIENT_ID = "serai"
CLIENT_SECRET = "a secret: with/signs"
PATIENCE_SECONDS = 60.0
Claims = dict[str, Any]


class Grant:
    """What a code stands for."""

    def __init__(self, query: dict[str, str], person: Claims) -> None:
        self.redirect_uri = query["redirect_uri"]
        self.challenge = query["code_challenge"]
        self.nonce = query["nonce"]
        self.person = person


class FakeProvider:
    """Who is signed in there is `person`. `twist` changes the claims before they are signed."""

    def __init__(self) -> None:
        self.issuer = ""
        self.key: RSAKey | ECKey = ECKey.generate_key("P-256", {"use": "sig"}, auto_kid=True)
        self.published = [self.key]
        self.person: Claims = {
            "sub": "ada-1",
            "email": "ada@company.example",
            "email_verified": True,
            "name": "Ada Owner",
        }
        self.twist: Callable[[Claims], Claims] = lambda claims: claims
        self.sign: Callable[[Claims], str] = self._signed
        self.discovery: Claims = {}
        self.tells_by_userinfo = False
        self.asked: list[str] = []
        """Paths, as they were asked for."""
        self.ahead = timedelta()
        self._codes: dict[str, Grant] = {}
        self._access: dict[str, Claims] = {}

    def code_for(self, query: dict[str, str]) -> str:
        code = secrets.token_urlsafe(16)
        self._codes[code] = Grant(query, dict(self.person))
        return code

    def tokens(self, form: dict[str, str], authorization: str | None) -> Claims:
        pair = f"{CLIENT_ID}:{CLIENT_SECRET.replace(':', '%3A').replace('/', '%2F').replace(' ', '%20')}"
        if authorization != f"Basic {base64.b64encode(pair.encode()).decode()}":
            raise HTTPException(401, "invalid_client")
        grant = self._codes.pop(form.get("code", ""), None)
        hashed = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(hashed).rstrip(b"=").decode()
        if (
            grant is None
            or form.get("grant_type") != "authorization_code"
            or form.get("redirect_uri") != grant.redirect_uri
            or challenge != grant.challenge
        ):
            raise HTTPException(400, "invalid_grant")
        access = secrets.token_urlsafe(16)
        self._access[access] = grant.person
        now = int(time.time() + self.ahead.total_seconds())
        told = {"sub": grant.person["sub"]} if self.tells_by_userinfo else grant.person
        claims = {
            "iss": self.issuer,
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": grant.nonce,
            **told,
        }
        return {
            "access_token": access,
            "token_type": "Bearer",
            "id_token": self.sign(self.twist(claims)),
        }

    def userinfo(self, authorization: str) -> Claims:
        return self._access[authorization.removeprefix("Bearer ")]

    def _signed(self, claims: Claims) -> str:
        alg = "RS256" if isinstance(self.key, RSAKey) else "ES256"
        return jwt.encode({"alg": alg, "kid": self.key.kid}, claims, self.key, algorithms=[alg])

    def application(self) -> FastAPI:
        app = FastAPI()

        @app.get("/.well-known/openid-configuration")
        async def configuration() -> Claims:
            self.asked.append("discovery")
            return {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.issuer}/authorize",
                "token_endpoint": f"{self.issuer}/token",
                "jwks_uri": f"{self.issuer}/keys",
                "userinfo_endpoint": f"{self.issuer}/userinfo",
                **self.discovery,
            }

        @app.get("/authorize")
        async def authorize(request: Request) -> HTMLResponse:
            query = dict(request.query_params)
            back = {"code": self.code_for(query), "state": query["state"], "iss": self.issuer}
            denied = {"error": "access_denied", "state": query["state"]}
            return HTMLResponse(
                "<!doctype html><html lang=en><title>Company sign-in</title><main>"
                f"<h1>Sign in to Company</h1><p>{escape(str(self.person['email']))}</p>"
                f'<a href="{escape(query["redirect_uri"])}?{escape(urlencode(back))}">Go on</a> '
                f'<a href="{escape(query["redirect_uri"])}?{escape(urlencode(denied))}">Cancel</a></main>'
            )

        @app.post("/token")
        async def token(
            request: Request, authorization: Annotated[str | None, Header()] = None
        ) -> Claims:
            form = parse_qs((await request.body()).decode())
            return self.tokens({name: values[0] for name, values in form.items()}, authorization)

        @app.get("/keys")
        async def keys() -> Any:
            self.asked.append("keys")
            return KeySet(list(self.published)).as_dict(private=False)

        @app.get("/userinfo")
        async def userinfo(authorization: Annotated[str, Header()]) -> Claims:
            return self.userinfo(authorization)

        return app

    @contextmanager
    def running(self, port: int = 0) -> Generator[str]:
        """Serve in a thread; gives the issuer."""
        config = uvicorn.Config(self.application(), host="127.0.0.1", port=port, log_config=None)
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, daemon=True)
        thread.start()
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not server.started:
            assert time.monotonic() < deadline, "the provider did not start"
            time.sleep(0.01)
        self.issuer = f"http://localhost:{server.servers[0].sockets[0].getsockname()[1]}"
        try:
            yield self.issuer
        finally:
            server.should_exit = True
            thread.join(PATIENCE_SECONDS)
