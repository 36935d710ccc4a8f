"""What is known of a call beside its words: the calls table's row, and its product's of the product sheet."""

from collections.abc import Iterator, Mapping

from speechqa.call import Message
from speechqa.checklist.products import ProductSheet, missing


class CallFacts(Mapping[str, str]):
    """Facts by column; what the calls table says goes before what the product sheet says."""

    def __init__(self, metadata: Mapping[str, str], products: ProductSheet | None = None) -> None:
        self._metadata = metadata
        self._products = products
        product = products.row(metadata.get(products.key, "")) if products is not None else None
        self._facts = {**(product or {}), **metadata}

    def __getitem__(self, column: str) -> str:
        return self._facts[column]

    def __iter__(self) -> Iterator[str]:
        return iter(self._facts)

    def __len__(self) -> int:
        return len(self._facts)

    def missing(self, column: str) -> Message:
        """Why a fact is not known."""
        return missing(column, self._products, self._metadata)
