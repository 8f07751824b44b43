"""The whole product as people see it: a real browser, the real server, the pretend Meta."""
