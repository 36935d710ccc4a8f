"""The product sheet of a checklist: read whole or refused with every fault; part of the checklist's hash."""

from pathlib import Path

import pytest

from speechqa.call import Lang
from speechqa.checklist import load
from speechqa.errors import ChecklistError

SHEET = "campaign,monthly_fee,hotline\n畅享包,30,10086\n青春卡,19.8,10010\n"
PRODUCTS = "{file: products.csv, key: campaign}"


def written(folder: Path, sheet: str | bytes | None = SHEET, products: str = PRODUCTS) -> Path:
    if sheet is not None:
        (folder / "products.csv").write_bytes(sheet.encode() if isinstance(sheet, str) else sheet)
    path = folder / "c.yaml"
    path.write_text(
        f"speechqa: 1\nid: t\nversion: '1'\ntitle: 试\nproducts: {products}\n"
        "rules:\n  - {id: r, title: 甲, because: 乙, require: {stated: monthly_fee, as: amount}}\n",
        "utf-8",
    )
    return path


def faults(path: Path, lang: Lang = Lang.EN) -> list[str]:
    with pytest.raises(ChecklistError) as caught:
        load(path)
    return [fault.text(lang).removeprefix(f"{path.parent}/") for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("sheet", "product"),
    [
        (SHEET, "畅享包"),
        (SHEET.encode("gbk"), "畅享包"),
        (SHEET.encode("utf-8-sig"), "畅享包"),
        (SHEET.replace(",", ";"), "畅享包"),
        ("name,monthly_fee\n畅享包,30\n", "畅享包"),
        ("monthly_fee,campaign\n30,畅享包\n", "畅享包"),
        ("campaign,monthly_fee\n5G畅享,30\n", "５g畅享 "),
        ('campaign,monthly_fee,about\n畅享包,30,"流量,通用"\n', "畅享包"),
        ("campaign,monthly_fee,\n畅享包,30,\n", "畅享包"),
    ],
)
def test_a_product_is_found_by_the_key_or_the_first_column(
    tmp_path: Path, sheet: str | bytes, product: str
) -> None:
    products = load(written(tmp_path, sheet)).products
    assert products is not None
    row = products.row(product)
    assert row is not None
    assert row["monthly_fee"] == "30"
    assert "campaign" not in row


def test_a_product_that_is_not_there_has_no_row(tmp_path: Path) -> None:
    products = load(written(tmp_path)).products
    assert products is not None
    assert products.row("神秘卡") is None
    assert products.columns == {"monthly_fee", "hotline"}


def test_a_checklist_without_a_sheet_has_none(tmp_path: Path) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text("utf-8").replace(f"products: {PRODUCTS}\n", ""), "utf-8")
    assert load(path).products is None


def test_the_hash_covers_the_sheet(tmp_path: Path) -> None:
    path = written(tmp_path)
    before = load(path).ref.hash
    assert load(path).ref.hash == before
    written(tmp_path, SHEET.replace("30", "35"))
    assert load(path).ref.hash != before


@pytest.mark.parametrize(
    ("sheet", "expected"),
    [
        ("", ["products.csv:1:1: no product"]),
        ("campaign,monthly_fee\n", ["products.csv:1:1: no product"]),
        (
            "campaign,fee,fee\n畅享包,1,2\n",
            ["products.csv:1:14: column fee is there already at character 10"],
        ),
        (
            "campaign,fee\n畅享包,1\n畅享包,2\n,3\n",
            [
                "products.csv:3:1: product 畅享包 is there already in line 2",
                "products.csv:4:1: this row names",
            ],
        ),
        ("campaign,fee\n畅享包,1,280\n", ["products.csv:2:7: cell 280 has no heading; expected 2 columns"]),
        (b"campaign,fee\n\xff\xff\xff,1\n", ["products.csv:2:1: expected UTF-8 or GBK"]),
        ("campaign,fee\n" + "x" * 1_000_001, ["products.csv:1:1: expected at most 1,000,000 bytes"]),
    ],
)
def test_every_fault_of_a_sheet_is_told_with_its_place(
    tmp_path: Path, sheet: str | bytes, expected: list[str]
) -> None:
    told = faults(written(tmp_path, sheet))
    assert len(told) == len(expected)
    for fault, start in zip(told, expected, strict=True):
        assert fault.startswith(start)


@pytest.mark.parametrize(
    ("products", "expected"),
    [
        ("products.csv", "c.yaml:5:11: products: expected {file: products.csv, key: campaign}"),
        ("{file: products.csv}", "c.yaml:5:11: missing key"),
        ("{key: campaign}", "c.yaml:5:11: missing file"),
        ("{file: none.csv, key: campaign}", "c.yaml:5:18: cannot read none.csv (no such file or folder)"),
        ("{file: ../products.csv, key: campaign}", "c.yaml:5:18: file: expected a file beside the checklist"),
        ("{file: /etc/passwd, key: campaign}", "c.yaml:5:18: file: expected a file beside the checklist"),
        ("{file: products.csv, key: campaign, sheet: 1}", "c.yaml:5:47: unknown key sheet"),
    ],
)
def test_what_names_a_sheet_wrongly_is_told(tmp_path: Path, products: str, expected: str) -> None:
    assert faults(written(tmp_path, SHEET, products))[0].startswith(expected)


def test_faults_are_told_in_chinese_too(tmp_path: Path) -> None:
    (fault,) = faults(written(tmp_path, "campaign,fee\n畅享包,1\n畅享包,2\n"), Lang.ZH)
    assert fault == "products.csv:3:1: 产品 畅享包 重复，第 2 行已有；每个产品只能有一行"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("{metadata: hired, newer_than: 90}", "newer_than: expected something like 90 days"),
        ("{metadata: hired, newer_than: [90 days]}", "newer_than: expected something like 90 days"),
        ("{metadata: at, hours: '8-21'}", "hours: expected something like 08:00..21:00"),
        ("{metadata: at, hours: '08:00..24:30'}", "hours: expected something like 08:00..21:00"),
        ("{metadata: at, hours: '08:00..08:00'}", "hours: from 08:00 to 08:00 is no time at all"),
        ("{metadata: age, lt: [1, 2]}", "lt: expected one number, date or text"),
        ("{metadata: team, eq: []}", "eq: expected text or a list"),
        ("{metadata: team}", "metadata: exactly one comparison"),
        ("{metadata: team, eq: a, ne: b}", "metadata: exactly one comparison"),
        ("{entity: money}", "entity"),
        ("{stated: fee}", "missing as"),
        ("{stated: fee, as: money}", "as"),
    ],
)
def test_facts_that_are_written_wrong_are_told(tmp_path: Path, condition: str, expected: str) -> None:
    path = written(tmp_path)
    path.write_text(path.read_text("utf-8").replace("{stated: monthly_fee, as: amount}", condition), "utf-8")
    assert any(expected in fault for fault in faults(path))
