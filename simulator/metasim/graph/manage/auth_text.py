"""The fixed text of authentication templates, as reads and previews give it.

Source: WhatsApp Cloud API reference, 7.1 (previews), 7.3 "OTP: read back as a URL button". The
wording is ours where Meta's is not documented.
"""

from metasim.shapes import Json

BODY = "*{{1}}* is your verification code."
CARE = " For your security, do not share this code."
FOOTER = "This code expires in {} minutes."
COPY, AUTOFILL = "Copy code", "Autofill"
URL = "https://www.whatsapp.com/otp/code/?otp_type={}&code=otp"


def written_out(components: list[Json]) -> list[Json]:
    """The components of an authentication template as Meta lists them."""
    return [_component(component) for component in components]


def _component(component: Json) -> Json:
    kind = component["type"]
    if kind == "BODY":
        careful = bool(component.get("add_security_recommendation"))
        example = {"body_text": [["123456"]]}
        text = body(careful)
        return {**component, "text": text, "example": example}
    if kind == "FOOTER":
        return {**component, "text": footer(component["code_expiration_minutes"])}
    if kind == "BUTTONS":
        return {**component, "buttons": [_button(each) for each in component["buttons"]]}
    return component


def body(careful: bool) -> str:
    return BODY + (CARE if careful else "")


def footer(minutes: int) -> str:
    return FOOTER.format(minutes)


def _button(button: Json) -> Json:
    url = URL.format(button["otp_type"])
    return {
        "type": "URL",
        "text": button.get("text") or COPY,
        "url": url + "{{1}}",
        "example": [url + "123456"],
    }
