"""Connected numbers, the Meta apps they are connected through, their secrets and their health.

Owns: channels, meta_apps, app_secrets, channel_facts, channel_notices, channel_documents,
channel_blocks.
"""
