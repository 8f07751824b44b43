"""WhatsApp Cloud API: its JSON to our events, our messages to its requests.

Source: WhatsApp Cloud API, webhooks and "Send messages"; 2026 shapes (business-scoped ids: `wa_id`,
`from` and `recipient_id` may be absent).
"""
