#!/usr/bin/env python3
"""Writes sample documents as a ZIP archive.

usage: zip.py SAMPLE.txt SAMPLE.docx SAMPLE.zip

As a county's site would offer it: a folder with the document, and an archive in the archive with the same document from
another tool, so that members of members are read. Names are in GBK without the mark of UTF-8, as Windows packs them: the
second byte of a character may be a backslash. The output is the same on every run.
"""
import io
import struct
import sys
import zlib

FOLDER = '望汐县水利服务中心/'
STAMP = (0, (2025 - 1980) << 9 | 9 << 5 | 12)  # time and date in the form of MS-DOS


def member(name, data):
    """The local header with its data, and the entry of the directory without its offset."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = deflate.compress(data) + deflate.flush()
    name = name.encode('gbk')
    fields = struct.pack('<HHHHHIIIHH', 20, 0, 8, *STAMP, zlib.crc32(data), len(packed), len(data), len(name), 0)
    return b'PK\3\4' + fields + name + packed, (fields, name)


def archive(members):
    out, entries = io.BytesIO(), b''
    for name, data in members:
        local, (fields, raw) = member(name, data)
        entries += b'PK\1\2' + struct.pack('<H', 20) + fields + struct.pack('<HHHII', 0, 0, 0, 0x20, out.tell()) + raw
        out.write(local)
    count, start = len(members), out.tell()
    return out.getvalue() + entries + b'PK\5\6' + struct.pack('<HHHHIIH', 0, 0, count, count, len(entries), start, 0)


def main():
    text, word, target = sys.argv[1:]
    with open(text, 'rb') as file:
        inner = archive([('决算公开.txt', file.read())])
    with open(word, 'rb') as file, open(target, 'wb') as out:
        out.write(archive([(FOLDER + '2024年度单位决算.docx', file.read()), (FOLDER + '文本.zip', inner)]))


if __name__ == '__main__':
    main()
