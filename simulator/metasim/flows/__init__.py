"""WhatsApp Flows: the JSON that describes screens, and the encrypted talk with an endpoint."""
