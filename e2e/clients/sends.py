"""Every way to send a message that pywa offers."""

from collections.abc import Callable
from typing import Any

from e2e.clients.client import TO
from e2e.clients.untyped import types

BUTTONS = [types.Button("Yes", callback_data="yes"), types.Button("No", callback_data="no")]
ROWS = [types.SectionRow("Tue 10:00", callback_data="slot-3", description="30 min")]
LIST = types.SectionList("Times", sections=[types.Section("Morning", ROWS)])
FLOW = types.FlowButton(
    "Book",
    flow_id="430",
    flow_token="lead-77",
    flow_action_type=types.FlowActionType.NAVIGATE,
    flow_action_screen="FIRST",
)
CARD = types.Contact(
    name=types.Contact.Name(formatted_name="Ines Moura", first_name="Ines"),
    phones=[types.Contact.Phone(phone="+351210000000", type="WORK")],
)
Send = Callable[[Any, str], Any]
SENDS: dict[str, Send] = {
    "text": lambda wa, _: wa.send_message(TO, "See https://a.example", preview_url=True),
    "buttons": lambda wa, _: wa.send_message(TO, "Shall I?", "Today", "Thanks", BUTTONS),
    "list": lambda wa, _: wa.send_message(TO, "When?", buttons=LIST),
    "link": lambda wa, _: wa.send_message(
        TO, "Look", buttons=types.URLButton("Open", "https://a.example")
    ),
    "flow": lambda wa, _: wa.send_message(TO, "Book", buttons=FLOW),
    "call": lambda wa, _: wa.send_message(TO, "Call?", buttons=types.VoiceCallButton("Call us")),
    "call permission": lambda wa, _: wa.send_message(
        TO, "May we call?", buttons=types.CallPermissionRequestButton()
    ),
    "image": lambda wa, files: wa.send_image(TO, f"{files}/image.jpg", "Front view"),
    "image with buttons": lambda wa, files: wa.send_image(
        TO, f"{files}/image.jpg", "Shall I?", buttons=BUTTONS
    ),
    "video": lambda wa, files: wa.send_video(TO, f"{files}/video.mp4", "Demo"),
    "document": lambda wa, files: wa.send_document(TO, f"{files}/document.pdf", "i.pdf", "Yours"),
    "audio": lambda wa, files: wa.send_audio(TO, f"{files}/audio.mp3"),
    "voice": lambda wa, files: wa.send_voice(TO, f"{files}/voice.ogg"),
    "sticker": lambda wa, files: wa.send_sticker(TO, f"{files}/sticker.webp"),
    "location": lambda wa, _: wa.send_location(TO, 41.38, 2.17, "Kiosk", "Rambla 1"),
    "ask location": lambda wa, _: wa.request_location(TO, "Where are you?"),
    "ask contact": lambda wa, _: wa.request_contact_info(TO, "May we have your number?"),
    "contact": lambda wa, _: wa.send_contact(TO, CARD),
    "catalog": lambda wa, _: wa.send_catalog(TO, "All of it", thumbnail_product_sku="SKU-9"),
    "product": lambda wa, _: wa.send_product(TO, "210", "SKU-9", "This one"),
    "products": lambda wa, _: wa.send_products(
        TO, "210", [types.ProductsSection("Tea", ["SKU-9"])], "Today", "Choose"
    ),
    "carousel": lambda wa, files: wa.send_carousel(
        TO,
        body="Two rooms left",
        cards=[
            types.ImageCarouselCard(
                image=f"{files}/image.jpg",
                body=name,
                buttons=types.URLButton("Book", "https://a.x"),
            )
            for name in ("Sea", "Garden")
        ],
    ),
}
