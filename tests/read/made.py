"""Files of every format, made by code around one invented story."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from email.message import EmailMessage

import pyarrow as pa
import pyarrow.parquet as pq

STORY = (
    "The harbour of Ostrel was closed on Monday after a crane fell onto the northern quay, the port authority said.\n"
    "Two dockers were hurt and taken to the hospital of Velm, where a doctor called their state stable.\n"
    "The authority's head, Ilva Torn, said that the quay would open again once the crane had been lifted.\n"
)
TITLE = "Crane falls onto quay of Ostrel"
RECORD = {"headline": TITLE, "body": STORY, "published": "2031-03-04", "publisher": "Velm Gazette"}


def page(body: str = STORY, head: str = "") -> bytes:
    paragraphs = "".join(f"<p>{line}</p>" for line in body.splitlines())
    return f"<!doctype html><html><head><title>{TITLE}</title>{head}</head><body>{paragraphs}</body></html>".encode()


def pdf(lines: list[str]) -> bytes:
    """A PDF of one page, written by hand: catalogue, pages, page, contents, font, properties."""
    shown = " ".join(f"({line}) Tj 0 -14 Td" for line in lines)
    stream = f"BT /F1 10 Tf 40 700 Td {shown} ET".encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /Font << /F1 5 0 R >> >> >>",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Title (Crane falls onto quay of Ostrel) /Author (Ilva Torn) /CreationDate (D:20310304101500Z) >>",
    ]
    out = io.BytesIO(b"%PDF-1.4\n")
    out.seek(0, io.SEEK_END)
    places = []
    for number, text in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, text))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.writelines(b"%010d 00000 n \n" % place for place in places)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def docx(paragraphs: list[str], extra: str = "") -> bytes:
    said = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{TITLE}</dc:title><dcterms:created>2031-03-04T10:15:00Z</dcterms:created></cp:coreProperties>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"<?xml version='1.0'?>{extra}<w:document {space}>{said}</w:document>")
        archive.writestr("docProps/core.xml", core)
    return out.getvalue()


def mail(attachments: list[tuple[str, str, bytes]] = ()) -> bytes:
    message = EmailMessage()
    message["Subject"] = TITLE
    message["From"] = "Port Press Office <press@port-of-ostrel.example>"
    message["Date"] = "Tue, 04 Mar 2031 10:15:00 +0000"
    message.set_content(STORY)
    for name, kind, data in attachments:
        main, _, sub = kind.partition("/")
        message.add_attachment(data, maintype=main, subtype=sub, filename=name)
    return message.as_bytes()


def mhtml() -> bytes:
    return (
        b"From: <Saved by a browser>\r\nSnapshot-Content-Location: https://gazette.example/2031/03/04/crane\r\n"
        b"Subject: " + TITLE.encode() + b"\r\nDate: Fri, 7 Mar 2031 08:00:00 -0000\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="----b"\r\n\r\n'
        b"------b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: 8bit\r\n"
        b"Content-Location: https://gazette.example/2031/03/04/crane\r\n\r\n" + page() + b"\r\n"
        b"------b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\niVBORw0KGgo=\r\n------b--\r\n"
    )


def warc_record(kind: str, body: bytes, url: str, length: int | None = None) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-00000000000{len(kind) % 10}>\r\n"
        f"WARC-Target-URI: {url}\r\nWARC-Date: 2031-03-05T06:07:08Z\r\n"
        f"Content-Type: application/http; msgtype={kind}\r\n"
        f"Content-Length: {len(body) if length is None else length}\r\n\r\n"
    )
    return head.encode() + body + b"\r\n\r\n"


def http(body: bytes, kind: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\n{more}Content-Length: {len(body)}\r\n\r\n".encode() + body


def warc(*records: bytes) -> bytes:
    return b"".join(records)


def warc_gz(*records: bytes) -> bytes:
    return b"".join(map(gzip.compress, records))


def parquet(rows: list[dict[str, object]]) -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), out)
    return out.getvalue()


def rss(*items: str) -> bytes:
    inner = "".join(f"<item>{item}</item>" for item in items)
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>Velm Gazette</title><link>https://gazette.example/</link>{inner}</channel></rss>"
    ).encode()


def json_lines(*records: dict[str, object]) -> bytes:
    return "\n".join(map(json.dumps, records)).encode()
