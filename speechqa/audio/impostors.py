"""What a file is when it is not audio: text, web pages, playlists, documents, closed or bare formats.

Playlists matter most: a media library given one opens the files and addresses inside it. Whatever is
not recognised as audio by its signature never reaches the decoder.
"""

from pathlib import Path

from speechqa.audio.files import refusal
from speechqa.call import Message
from speechqa.errors import AudioError

HEAD = 4096  # bytes looked at to tell text from noise

RAW = (
    *(".ul", ".ulaw", ".mulaw", ".pcmu", ".al", ".alaw", ".pcma", ".vox", ".adpcm"),
    *(".raw", ".pcm", ".sln", ".slin", ".gsm", ".g722", ".g723", ".g726", ".g728", ".g729"),
)
CLOSED = {  # container's suffix: who makes it
    ".nmf": "NICE NMF",
    ".msv": "Sony MSV",
    ".dvf": "Sony DVF",
    ".ds2": "DSS Pro (DS2)",
}
PLAYLISTS = (  # how the text starts, in lower case
    ("#extm3u", "M3U/HLS"),
    ("ffconcat", "ffconcat"),
    ("[playlist]", "PLS"),
    ("v=0", "SDP"),
    ("# mplayer edl", "EDL"),
    ("# mpv edl", "EDL"),
    ("[reference]", "ASX"),
    ("<asx", "ASX"),
    ("<smil", "SMIL"),
    ("<mpd", "DASH"),
    ("<playlist", "XSPF"),
)
BINARIES = (
    (b"PK\x03\x04", Message("ZIP 压缩包或 Office 文档", "a ZIP archive or Office document")),
    (b"Rar!", Message("RAR 压缩包", "a RAR archive")),
    (b"7z\xbc\xaf", Message("7z 压缩包", "a 7z archive")),
    (b"\x1f\x8b", Message("gzip 压缩文件", "a gzip file")),
    (b"%PDF", Message("PDF 文档", "a PDF document")),
    (b"\xd0\xcf\x11\xe0", Message("旧版 Office 文档", "an old Office document")),
    (b"\x89PNG", Message("PNG 图片", "a PNG picture")),
    (b"\xff\xd8\xff", Message("JPEG 图片", "a JPEG picture")),
    (b"GIF8", Message("GIF 图片", "a GIF picture")),
    (b"MThd", Message("MIDI 乐谱 (没有录音)", "a MIDI score (no recording)")),
    (b"SQLite format 3", Message("SQLite 数据库", "an SQLite database")),
    (b"\x7fELF", Message("可执行程序", "a program")),
    (b"MZ", Message("可执行程序", "a program")),
)


def refuse(path: Path, head: bytes) -> AudioError:
    """Why a file whose first bytes are no audio signature cannot be heard, and what to do about it."""
    suffix = path.suffix.lower()
    text = _text(head[:HEAD], bare=suffix in RAW)
    if text is not None:
        return _not_audio(path, _kind_of_text(text))
    for signature, kind in BINARIES:
        if head.startswith(signature):
            return _not_audio(path, kind)
    if suffix in CLOSED:
        return _closed(path, CLOSED[suffix])
    if suffix in RAW:
        return _raw(path, suffix)
    return _not_audio(path, Message("无法识别的二进制数据", "unrecognised binary data"))


def _not_audio(path: Path, kind: Message) -> AudioError:
    return refusal(
        "E_FORMAT",
        path,
        f"应为录音文件，内容实际是{kind.zh}，请重新导出为 WAV、MP3、FLAC、OGG、M4A 或 AMR",
        f"expected a recording, got {kind.en}; export it again as WAV, MP3, FLAC, OGG, M4A or AMR",
    )


def _closed(path: Path, name: str) -> AudioError:
    return refusal(
        "E_UNSUPPORTED",
        path,
        f"{name} 是厂商私有格式，无法解码，请用录音系统自带的播放器或导出工具另存为 WAV",
        f"{name} is a vendor's closed format that cannot be decoded; save it as WAV with the recorder's own "
        "player or export tool",
    )


def _raw(path: Path, suffix: str) -> AudioError:
    return refusal(
        "E_RAW_NEEDS_SETTINGS",
        path,
        f"没有文件头的裸数据 ({suffix})，采样率、编码和声道数无从得知，程序不会猜测；请从录音系统导出为 WAV，"
        "或自行转换，例如 8 kHz 单声道 mu-law：ffmpeg -f mulaw -ar 8000 -ac 1 -i 输入 输出.wav",
        f"bare samples without a header ({suffix}): rate, coding and channels are unknown and never guessed; "
        "export as WAV, or convert it, e.g. 8 kHz mono mu-law: ffmpeg -f mulaw -ar 8000 -ac 1 -i IN OUT.wav",
    )


def _text(head: bytes, bare: bool) -> str | None:
    """The head as text, or None when it is binary.

    A file named like bare samples (`bare`) is not read as GB 18030: A-law silence, 0xD5 0xD5, is the
    character 照 there.
    """
    encodings: tuple[str, ...] = ("utf-8-sig",) if bare else ("utf-8-sig", "gb18030")
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encodings = ("utf-16",)
    for encoding in encodings:
        for cut in range(4):  # the head may end inside a character
            try:
                text = head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            if all(char.isprintable() or char.isspace() for char in text):
                return text
    return None


def _kind_of_text(text: str) -> Message:
    start = text.lstrip("\ufeff \t\r\n").lower()
    for opening, name in PLAYLISTS:
        if start.startswith(opening) or (
            start.startswith("<?xml") and opening[0] == "<" and opening in start
        ):
            return Message(
                f"播放列表 ({name})，其中列出的文件不会被打开",
                f"a playlist ({name}), and the files it lists are not opened",
            )
    if start.startswith(("<!doctype html", "<html")) or "<html" in start[:1000]:
        return Message(
            "网页 (HTML)，可能是下载录音时的登录页或报错页",
            "a web page (HTML), perhaps a login or error page",
        )
    if start.startswith("<?xml"):
        return Message("XML 文本", "XML text")
    if start.startswith(("{", "[")):
        return Message("JSON 文本", "JSON text")
    return Message("纯文本", "plain text")
