"""Products and catalogues in interactive messages.

Source: WhatsApp Cloud API reference, 2.5, column `action`.
"""

from typing import Annotated, Literal

import msgspec

from metasim.graph.types.actions import Action, Title24, titled
from metasim.graph.types.shape import Filled, Shape
from metasim.shapes import Json

MOST_PRODUCTS = 30


class ProductAction(Action, kw_only=True):
    catalog_id: Filled
    product_retailer_id: Filled

    def view(self) -> Json:
        return {"products": [{"title": "", "items": [self.product_retailer_id]}]}

    def buttons(self) -> list[Json]:
        return [product_button(self.catalog_id, self.product_retailer_id, "View")]


class ProductItem(Shape, kw_only=True):
    product_retailer_id: Filled


class ProductSection(Shape, kw_only=True):
    title: Title24 | None = None
    product_items: Annotated[list[ProductItem], msgspec.Meta(min_length=1)]


class ProductListAction(Action, kw_only=True):
    catalog_id: Filled
    sections: Annotated[list[ProductSection], msgspec.Meta(min_length=1, max_length=10)]

    def __post_init__(self) -> None:
        items = [item for section in self.sections for item in section.product_items]
        if len(items) > MOST_PRODUCTS:
            raise ValueError(f"must have at most {MOST_PRODUCTS} products in all sections together")
        titled(self.sections)

    def view(self) -> Json:
        return {
            "products": [
                {
                    "title": section.title or "",
                    "items": [item.product_retailer_id for item in section.product_items],
                }
                for section in self.sections
            ]
        }

    def buttons(self) -> list[Json]:
        return [
            product_button(self.catalog_id, item.product_retailer_id, item.product_retailer_id)
            for section in self.sections
            for item in section.product_items
        ]


class CatalogParameters(Shape, kw_only=True):
    thumbnail_product_retailer_id: Filled | None = None


class CatalogAction(Action, kw_only=True):
    name: Literal["catalog_message"]
    parameters: CatalogParameters | None = None

    def buttons(self) -> list[Json]:
        return [{"kind": "catalog", "text": "View catalog"}]


def product_button(catalog: str, retailer_id: str, text: str) -> Json:
    """A product that can be asked about. Source: 4.5, `referred_product`."""
    product = {"catalog_id": catalog, "product_retailer_id": retailer_id}
    return {"kind": "product", "text": text, "product": product}
