"""Files that are no plain UTF-8 text, known by their first bytes: what they are, and how to save them."""

from speechqa.call import Message

_STARTS = (
    (
        (b"\xff\xfe", b"\xfe\xff"),
        Message(
            "编码是 UTF-16（记事本里叫“Unicode”）：请另存为，编码选 UTF-8",
            'expected UTF-8, got UTF-16 ("Unicode" in Notepad); save the file as UTF-8',
        ),
    ),
    (
        (b"PK\x03\x04", b"\xd0\xcf\x11\xe0"),  # a zip file, as .docx and .xlsx are; .doc and .xls
        Message(
            "这是 Word、Excel 或压缩文件，不是纯文本：请另存为纯文本 (UTF-8)",
            "this is a Word, Excel or zip file; save it as plain text (UTF-8)",
        ),
    ),
    (
        (b"%PDF",),
        Message(
            "这是 PDF 文件，不是纯文本：请把文字复制到记事本，另存为纯文本 (UTF-8)",
            "this is a PDF file; copy its text to an editor and save it as plain text (UTF-8)",
        ),
    ),
    (
        (b"{\\rtf",),
        Message(
            "这是 RTF 文档（写字板、Word），不是纯文本：请另存为纯文本 (UTF-8)",
            "this is an RTF document; save it as plain text (UTF-8)",
        ),
    ),
)
_EVERY_SECOND = 4  # UTF-16 without a mark has a zero byte in far more than one of so many, of ASCII text


def foreign(content: bytes) -> Message | None:
    """What kind of file this is that cannot be read as text; None for what may be."""
    for starts, told in _STARTS:
        if content.startswith(starts):
            return told
    wide = content.count(0) * _EVERY_SECOND > len(content) > 0
    return _STARTS[0][1] if wide else None
