"""/session, /me, /members, /colleagues, /businesses: people come in, and what they find."""
