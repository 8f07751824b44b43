"""How much Meta takes: the numbers of WhatsApp's outgoing messages, each with its source.

Lengths are in characters. Sources: WhatsApp Cloud API, the page named; "API" is Meta's OpenAPI file.
"""

TEXT = 4096
"""Source: Text messages, `body`."""
CAPTION = 1024
"""Of pictures, videos and documents. Source: Media messages, `caption`; API."""
CALLBACK_DATA = 512
"""Source: Send messages, `biz_opaque_callback_data`."""

LINK = 2000
"""Source: Template components, URL buttons; taken for every link."""

BODY = 1024
"""Source: Interactive messages, `body`; API."""
LIST_BODY = 4096
"""Source: Interactive list messages, `body`."""
HEADER = 60
"""Source: Interactive messages, text `header`; API."""
FOOTER = 60
"""Source: Interactive messages, `footer`; API."""

BUTTONS = 3
"""Source: Interactive reply buttons; API."""
BUTTON_TITLE = 20
"""Source: Interactive reply buttons, `title`; API."""
BUTTON_ID = 256
"""Source: Interactive reply buttons, `id`; API."""

LIST_BUTTON = 20
"""Source: Interactive list messages, `button`; API."""
SECTIONS = 10
"""Of a list of choices or of products. Source: Interactive list messages; API."""
SECTION_TITLE = 24
"""Needed as soon as there are two sections. Source: as above."""
ROWS = 10
"""In all sections together. Source: Interactive list messages."""
ROW_ID = 200
"""Source: Interactive list messages, row `id`; API."""
ROW_TITLE = 24
"""Source: Interactive list messages, row `title`; API."""
ROW_DESCRIPTION = 72
"""Source: Interactive list messages, row `description`; API."""

LINK_LABEL = 20
"""Source: Interactive call-to-action URL button, `display_text`."""
FLOW_LABEL = 30
"""Source: Sending a Flow, `flow_cta`; API."""
CALL_LABEL = 20
"""Source: Call button messages, `display_text`."""
CALL_MINUTES = 43_200
"""How long a call button may work: 30 days. Source: Call button messages, `ttl_minutes`."""

PRODUCTS = 30
"""In all sections together. Source: Multi-product messages."""

CARDS_LEAST, CARDS_MOST = 2, 10
"""Source: Interactive media carousel messages."""
CARD_BODY = 160
"""Source: Interactive media carousel messages, card `body`."""
CARD_BREAKS = 2
"""Line breaks in the body of a card. Source: as above."""
CARD_BUTTON_ID = 20
"""Source: Interactive media carousel messages, quick-reply `id`."""

CONTACTS = 257
"""Source: Contacts messages."""
PIN_DIGITS = 6
"""Of an Indian postal code. Source: Address messages, `in_pin_code`."""
ADDRESS_FIELDS = frozenset(
    {
        "name", "phone_number", "in_pin_code", "house_number", "floor_number", "tower_number",
        "building_name", "address", "landmark_area", "city", "state",
    }
)  # fmt: skip
"""Source: Address messages, fields of `values`."""
ADDRESS_COUNTRIES = frozenset({"IN"})
"""Source: Address messages: India; other countries are refused."""
