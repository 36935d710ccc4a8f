"""The product sheet of a checklist: what is true of each product, in a table beside it.

    products: {file: products.csv, key: campaign}

Each row is a product, named by the column `key` or, where there is none, by the first; its other cells are
facts of the calls whose metadata has that name in `key`. What the calls table says itself goes before.
"""

import unicodedata
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass

from speechqa import sheet
from speechqa.call import Message
from speechqa.checklist.beside import Beside
from speechqa.checklist.form import Faults, Form, shown
from speechqa.checklist.yaml.nodes import Mapping, Place
from speechqa.sheet import Cell, Record

MAX_BYTES = 1_000_000  # some ten thousand products


@dataclass(frozen=True, slots=True)
class ProductSheet:
    """`rows` are by the product's name, folded; each has its cells by heading, without the empty ones."""

    file: str  # as the checklist names it
    key: str  # column of the calls table
    columns: frozenset[str] = frozenset()
    rows: MappingOf[str, MappingOf[str, str]] | None = None  # None: it could not be read

    def row(self, product: str) -> MappingOf[str, str] | None:
        """The facts of a product; None when the sheet does not have it."""
        return (self.rows or {}).get(_folded(product))


def product_sheet(form: Form, beside: Beside) -> ProductSheet | None:
    """The sheet that the field `products` names; None when there is none. All its faults are noted."""
    node = form.node("products")
    if node is None:
        return None
    if not isinstance(node, Mapping):
        wanted = "{file: products.csv, key: campaign}"
        form.faults.expected(node.place, "products", (f" {wanted}", wanted), shown(node))
        return None
    inner = Form(node, form.faults, {"file", "key"})
    key, file = inner.text("key"), inner.node("file")
    if file is None:
        inner.text("file")
        return None
    found = beside.read(file, MAX_BYTES)
    if found is None or not key:
        return None
    path, content = found
    faults = Faults(path)
    read = _sheet(inner.text("file"), key, content, faults)
    form.faults.found.extend(faults.found)
    return read


def _sheet(name: str, key: str, content: bytes, faults: Faults) -> ProductSheet:
    records = _records(key, content, faults)
    if not records:
        return ProductSheet(name, key)
    headings = [cell.text for cell in records[0]]
    _check_headings(records[0], faults)
    at = headings.index(key) if key in headings else 0
    rows: dict[str, MappingOf[str, str]] = {}
    lines: dict[str, int] = {}
    for record in records[1:]:
        _check_width(record, headings, faults)
        product = record[at].text if at < len(record) else ""
        _check_product(product, record, lines, faults)
        rows[_folded(product)] = {
            heading: cell.text
            for place, (heading, cell) in enumerate(zip(headings, record, strict=False))
            if heading and cell.text and place != at
        }
    columns = frozenset(heading for place, heading in enumerate(headings) if heading and place != at)
    return ProductSheet(name, key, columns, rows)


def _records(key: str, content: bytes, faults: Faults) -> list[Record]:
    """The heading row and those of products; none, and a fault, when it is no sheet."""
    if len(content) > MAX_BYTES:
        faults.add(
            Place(1, 1),
            f"产品表过大：上限 {MAX_BYTES:,} 字节；请只留质检要核对的列和在售的产品",
            f"expected at most {MAX_BYTES:,} bytes, got more; keep the columns and products that are checked",
            "too-large",
        )
        return []
    try:
        records = sheet.records(faults.path)
    except sheet.UnreadableError as error:
        faults.add(Place(error.line, error.column), error.message.zh, error.message.en, "encoding")
        return []
    if len(records) > 1:
        return records
    faults.add(
        Place(1, 1),
        f"产品表里没有产品：第一行应是表头（如 {key},monthly_fee），以下每行一个产品",
        f"no product: expected a heading row (such as {key},monthly_fee) and a row for each product",
        "missing",
    )
    return []


def _check_headings(record: Record, faults: Faults) -> None:
    first: dict[str, Cell] = {}
    for cell in record:
        if cell.text and cell.text in first:
            faults.add(
                _place(cell),
                f"列 {cell.text} 重复（第 {first[cell.text].column} 个字符处已有）；请删去一列",
                f"column {cell.text} is there already at character {first[cell.text].column}; remove one",
                "duplicate",
            )
        first.setdefault(cell.text, cell)


def _check_width(record: Record, headings: list[str], faults: Faults) -> None:
    for place, cell in enumerate(record):
        if cell.text and (place >= len(headings) or not headings[place]):
            faults.add(
                _place(cell),
                f"单元格 {cell.text[:40]} 上面没有表头；应为 {len(headings)} 列，含逗号的内容请加引号",
                f"cell {cell.text[:40]} has no heading; expected {len(headings)} columns: "
                "quote what holds a comma",
            )
            return


def _check_product(product: str, record: Record, lines: dict[str, int], faults: Faults) -> None:
    place = _place(record[0])
    if not product:
        faults.add(place, "这一行没有写产品名", "this row names no product", "missing")
    elif _folded(product) in lines:
        line = lines[_folded(product)]
        faults.add(
            place,
            f"产品 {product} 重复，第 {line} 行已有；每个产品只能有一行",
            f"product {product} is there already in line {line}; expected one row a product",
            "duplicate",
        )
    lines.setdefault(_folded(product), place.line)


def _folded(name: str) -> str:
    """The name without what a spreadsheet's author does not see: width, case, outer blanks."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def _place(cell: Cell) -> Place:
    return Place(cell.line, cell.column)


def missing(column: str, products: ProductSheet | None, metadata: MappingOf[str, str]) -> Message:
    """Why nobody says what a call's fact is."""
    if products is None or column not in products.columns:
        return Message(
            f"通话信息里没有“{column}”，无法核对；请在通话表里补上这一列",
            f'nothing says the call\'s "{column}"; add the column to the calls table',
        )
    product = metadata.get(products.key, "")
    if not product:
        return Message(
            f"通话信息里没有“{products.key}”，不知道是产品表 {products.file} 里的哪个产品",
            f'nothing says the call\'s "{products.key}", so its row of {products.file} is not known',
        )
    if products.row(product) is None:
        return Message(
            f"产品表 {products.file} 里没有“{product}”这个产品，无法核对“{column}”；请补上一行",
            f'{products.file} has no product "{product}", so "{column}" cannot be checked; add a row',
        )
    return Message(
        f"产品表 {products.file} 里“{product}”的“{column}”是空的，无法核对",
        f'{products.file} says no "{column}" of "{product}"',
    )
