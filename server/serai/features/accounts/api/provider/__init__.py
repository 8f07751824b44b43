"""Single sign-on by the company's own provider: OpenID Connect, authorization code with PKCE."""
