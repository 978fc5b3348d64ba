"""Products: what is sold, how it is told, what it costs, and which industry it fits (M14, M29)."""

from __future__ import annotations

from fieldsales.screens.contract import Context
from fieldsales.screens.sections import Section, SectionPage

SECTION = Section(order=10, title="products.title", opens=("product", "matrix"))


def build(context: Context) -> SectionPage:
    from fieldsales.screens.pitch.products.page import ProductsPage

    return ProductsPage(context)
