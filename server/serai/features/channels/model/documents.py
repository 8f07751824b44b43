"""Papers that a business has ready before it goes live, by sector.

Source: Meta Business Help Center, "Business verification": proof of legal name, address and phone.
What the sectors add are papers that authorities or Meta's policies ask such businesses for; which of
them a country wants, the owner knows.
"""

from msgspec import Struct


class Document(Struct, frozen=True):
    key: str
    title: str
    why: str


EVERYONE = (
    Document(
        "registration",
        "Commercial registration or business licence",
        "Meta compares the legal name with the one in the business portfolio.",
    ),
    Document(
        "address",
        "Utility bill or bank statement with the business's address and phone",
        "Meta checks address and phone of the business.",
    ),
    Document(
        "website",
        "A website or page that shows the legal name and the display name",
        "Meta approves display names that people can see belong to the business.",
    ),
    Document(
        "opt_in",
        "The words by which people agree to get messages, and where they stand",
        "WhatsApp asks for an opt-in before a business writes first.",
    ),
)
BY_SECTOR = {
    "education": (
        Document(
            "education_licence",
            "Licence of the education authority",
            "It shows that the school or caterer may serve pupils.",
        ),
        Document(
            "guardians",
            "Consent of parents or guardians for messages about their children",
            "Children do not agree for themselves.",
        ),
    ),
    "hospitality": (
        Document(
            "hospitality_licence",
            "Food, trade or tourism licence",
            "It proves the place that the display name names.",
        ),
    ),
    "investment": (
        Document(
            "financial_licence",
            "Licence of the financial supervisory authority",
            "WhatsApp's commerce policy limits financial services to licensed businesses.",
        ),
        Document(
            "risk_notice",
            "Risk notice that messages link to",
            "People must see the risks before they decide.",
        ),
    ),
    "ecommerce": (
        Document(
            "terms_of_sale",
            "Terms of sale, returns and delivery on the website",
            "WhatsApp's commerce policy asks for them.",
        ),
    ),
}


def documents_of(sector: str) -> tuple[Document, ...]:
    """All that a business of the sector needs."""
    return EVERYONE + BY_SECTOR.get(sector, ())
