"""How a tone model did on a test split, in pictures beside its card."""

from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType

from speechqa.tone.evaluation import Evaluation

CONFUSION, RELIABILITY = "confusion.svg", "reliability.svg"
PICTURES: Mapping[str, str] = MappingProxyType(
    {CONFUSION: "confusion matrices", RELIABILITY: "reliability diagrams"}
)
_CELL, _MARGIN, _GAP, _SQUARE = 66, 120, 40, 330  # pixels


def confusion(sides: Sequence[Evaluation]) -> str:
    """SVG: a matrix a side, rows the reader's label, columns the classifier's."""
    matrix = _MARGIN + _CELL * 5
    shapes = [shape for number, side in enumerate(sides) for shape in _matrix(side, number * (matrix + _GAP))]
    return _svg(len(sides) * (matrix + _GAP), matrix + _GAP, shapes)


def reliability(sides: Sequence[Evaluation]) -> str:
    """SVG: a square a side, how often the likeliest label is right by how likely it was said to be.

    A dot a tenth, as large as it has turns; on the line the classifier is as often right as it says.
    """
    shapes = [
        shape for number, side in enumerate(sides) for shape in _dots(side, number * (_SQUARE + 2 * _GAP))
    ]
    return _svg(len(sides) * (_SQUARE + 2 * _GAP), _SQUARE + 2 * _GAP, shapes)


def _dots(side: Evaluation, left: int) -> list[str]:
    x, y = left + _GAP, _GAP
    shapes = [
        f'<text x="{x}" y="20" font-weight="bold">{side.role.value}: n = {side.turns}</text>',
        f'<rect x="{x}" y="{y}" width="{_SQUARE}" height="{_SQUARE}" fill="none" stroke="#999"/>',
        f'<path d="M{x} {y + _SQUARE}L{x + _SQUARE} {y}" stroke="#999" stroke-dasharray="4"/>',
        f'<text x="{x + _SQUARE // 2}" y="{y + _SQUARE + 28}" text-anchor="middle">probability</text>',
        f'<text x="{x - 4}" y="{y + 10}" text-anchor="end">right</text>',
    ]
    for one in side.reliability:
        radius = 3 + 14 * (one.turns / max(side.turns, 1)) ** 0.5
        shapes.append(
            f'<circle cx="{x + one.expected * _SQUARE:.1f}" cy="{y + (1 - one.right) * _SQUARE:.1f}" '
            f'r="{radius:.1f}" fill="#1f4e9c" fill-opacity="0.7"><title>{one.turns}</title></circle>'
        )
    return shapes


def _svg(width: int, height: int, shapes: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" '
        f'font-size="12">\n<rect width="{width}" height="{height}" fill="white"/>\n'
        + "\n".join(shapes)
        + "\n</svg>\n"
    )


def _matrix(side: Evaluation, left: int) -> list[str]:
    shapes = [f'<text x="{left + 8}" y="20" font-weight="bold">{side.role.value}: read → classified</text>']
    for row, counts in enumerate(side.confusion):
        label, y = escape(side.labels[row].replace("_", " ")), _MARGIN // 2 + row * _CELL
        shapes.append(f'<text x="{left + _MARGIN - 8}" y="{y + 38}" text-anchor="end">{label}</text>')
        middle = left + _MARGIN + row * _CELL + _CELL // 2
        shapes.append(
            f'<text x="{middle}" y="{_MARGIN // 2 - 8}" text-anchor="middle">{label.split()[-1]}</text>'
        )
        for column, count in enumerate(counts):
            x, share = left + _MARGIN + column * _CELL, count / max(sum(counts), 1)
            ink = "white" if share > 0.5 else "black"
            shapes.append(
                f'<rect x="{x}" y="{y}" width="{_CELL - 2}" height="{_CELL - 2}" fill="#1f4e9c" '
                f'fill-opacity="{0.04 + 0.96 * share:.2f}"/>'
                f'<text x="{x + _CELL // 2 - 1}" y="{y + 38}" text-anchor="middle" fill="{ink}">'
                f"{count}</text>"
            )
    return shapes
