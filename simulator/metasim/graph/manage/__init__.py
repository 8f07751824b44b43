"""The management side of the Graph API: accounts, numbers, templates, Flows, tokens."""
