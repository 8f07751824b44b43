"""Other people's WhatsApp clients, pointed at metasim over HTTP."""
