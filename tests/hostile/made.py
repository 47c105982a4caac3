"""Hostile files made from nothing: bombs, loops, endless nesting. The same bytes on every machine and run.

Each maker gives (pieces of the file, the error classes it may end in, "ok" for none). A class of the table below says
what the file is for: `limit` alone means that a named maximum must have stopped it.
"""
import os
import random
import re
import struct
import zipfile
import zlib

import office_parts as parts

SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'corpus', 'samples')
MEGABYTE = 1 << 20


class Sink:
    """Takes what a writer of ZIP files writes, and keeps it in pieces."""

    def __init__(self):
        self.pieces, self.at = [], 0

    def write(self, data):
        self.pieces.append(bytes(data))
        self.at += len(data)
        return len(data)

    def tell(self):
        return self.at

    def flush(self):
        pass


def pack(members, padding=0):
    """A ZIP file of (name, pieces). `padding` bytes that cannot be packed keep the ratio of decoded to packed small."""
    sink = Sink()
    with zipfile.ZipFile(sink, 'w', zipfile.ZIP_DEFLATED, compresslevel=6) as file:
        for name, pieces in members:
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            with file.open(info, 'w', force_zip64=True) as member:
                for piece in pieces:
                    member.write(piece)
        if padding:
            file.writestr(zipfile.ZipInfo('padding.bin', (2020, 1, 1, 0, 0, 0)), random.Random(1).randbytes(padding))
    return sink.pieces


def repeat(piece, count, chunk=4096):
    """`count` times a piece, in larger pieces."""
    for left in range(count, 0, -chunk):
        yield piece * min(left, chunk)


# ---- archives

def bomb_zip():
    return pack([('zeros.txt', repeat(b'0' * 1024, 300 * 1024))]), 'limit'


def ratio_zip():
    return pack([('zeros.txt', repeat(b'0' * 1024, 20 * 1024))]), 'limit'


def decoded_zip():
    return pack([('zeros.txt', repeat(b'0' * 1024, 300 * 1024))], 2 * MEGABYTE), 'limit ok binary'


def bomb_gz():
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    pieces = [packer.compress(piece) for piece in repeat(b'0' * 1024, 300 * 1024)]
    return pieces + [packer.flush()], 'limit'


def tar_head(name, size):
    head = bytearray(512)
    head[0:len(name)] = name
    head[100:108], head[108:116], head[116:124] = b'0000644\0', b'0000000\0', b'0000000\0'
    head[124:136], head[136:148], head[156:157] = b'%011o\0' % size, b'00000000000\0', b'0'
    head[257:265] = b'ustar\x0000'
    head[148:156] = b' ' * 8
    head[148:156] = b'%06o\0 ' % sum(head)
    return bytes(head)


def bomb_tar_gz():
    packer = zlib.compressobj(6, zlib.DEFLATED, 31)
    pieces = [packer.compress(tar_head(b'zeros.txt', 300 * MEGABYTE))]
    pieces += [packer.compress(piece) for piece in repeat(b'0' * 1024, 300 * 1024)]
    return pieces + [packer.flush()], 'limit'


def lying_tar():
    return [tar_head(b'huge.txt', 8 * 1024 ** 3 - 1), b'words\n'], 'format limit'


def nested_zip():
    inner = [b'words\n']
    for depth in range(6):
        inner = pack([(f'{depth}.zip' if depth else 'a.txt', inner)])
    return inner, 'limit'


def members_zip():
    return pack([(f'{n}.txt', []) for n in range(20100)]), 'limit ok'


def overlap_zip():
    """One packed member that the directory names 2,000 times."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed, size = packer.compress(b'0' * MEGABYTE) + packer.flush(), MEGABYTE
    fixed = struct.pack('<HHHHHIII', 20, 0, 8, 0, 0x21, zlib.crc32(b'0' * MEGABYTE), len(packed), size)
    local = b'PK\x03\x04' + fixed + struct.pack('<HH', 5, 0) + b'a.txt' + packed
    entry = b'PK\x01\x02' + struct.pack('<H', 20) + fixed + struct.pack('<HHHHHII', 5, 0, 0, 0, 0, 0, 0) + b'a.txt'
    end = b'PK\x05\x06' + struct.pack('<HHHHIIH', 0, 0, 2000, 2000, len(entry) * 2000, len(local), 0)
    return [local, entry * 2000, end], 'limit ok format binary'


# ---- Office files

def strings_bomb_xlsx():
    text = [b'<si><t>'] + list(repeat(b'a' * 1024, 300 * 1024)) + [b'</t></si>']
    return pack(parts.workbook(parts.sheet([b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>']), parts.strings(text))), 'limit'


def many_strings_xlsx():
    """More strings than cells can be."""
    text = repeat(b'<si><t>a</t></si>', 6000000)
    rows = [b'<row r="1"><c r="A1" t="s"><v>5999999</v></c></row>']
    return pack(parts.workbook(parts.sheet(rows), parts.strings(text)), MEGABYTE), 'limit ok'


def same_string_xlsx():
    """A long string that 50,000 cells name: 5 GB of text."""
    text = [b'<si><t>', b'a' * 100000, b'</t></si>']
    rows = (b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 50001))
    return pack(parts.workbook(parts.sheet(rows), parts.strings(text)), MEGABYTE), 'limit'


def row_of(number, cell):
    return b'<row r="%d">' % number + cell * 100 + b'</row>'


def empty_cells_xlsx():
    return pack(parts.workbook(parts.sheet(row_of(n, b'<c/>') for n in range(1, 10001))), MEGABYTE), 'ok limit'


def cells_xlsx():
    rows = (row_of(n, b'<c><v>1</v></c>') for n in range(1, 60001))
    return pack(parts.workbook(parts.sheet(rows)), MEGABYTE), 'limit'


def far_cell_xlsx():
    rows = [b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>']
    return pack(parts.workbook(parts.sheet(rows))), 'ok limit'


def merged_all_xlsx():
    rows = [b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>']
    tail = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    return pack(parts.workbook(parts.sheet(rows, [tail]))), 'ok limit'


def many_merges_xlsx():
    merges = (b'<mergeCell ref="A%d:XFD%d"/>' % (n, n + 9) for n in range(1, 1000001))
    tail = [b'<mergeCells>', *merges, b'</mergeCells>']
    rows = (row_of(n, b'<c><v>1</v></c>') for n in range(1, 2001))
    return pack(parts.workbook(parts.sheet(rows, tail)), MEGABYTE), 'ok limit'


LAUGHS = (b'<!DOCTYPE a [<!ENTITY b0 "ha">' + b''.join(
    b'<!ENTITY b%d "%s">' % (n, b'&b%d;' % (n - 1) * 10) for n in range(1, 10)) + b']>')


def laughs_xlsx():
    text = parts.strings([b'<si><t>&b9;</t></si>'], LAUGHS)
    return pack(parts.workbook(parts.sheet([b'<row r="1"><c r="A1" t="s"><v>0</v></c></row>']), text)), 'ok format limit'


def laughs_docx():
    return pack(parts.document([b'<w:p><w:r><w:t>&b9;</w:t></w:r></w:p>'], LAUGHS)), 'ok format limit'


def deep_docx():
    body = [b'<w:tbl><w:tr><w:tc>' * 100000, b'<w:p/>', b'</w:tc></w:tr></w:tbl>' * 100000]
    return pack(parts.document(body), MEGABYTE), 'ok format limit'


def nested_tables_docx():
    """As deep as parsers go by themselves, and wide on each level."""
    cell = b'<w:tc><w:p><w:r><w:t>1</w:t></w:r></w:p></w:tc>'
    body = [(b'<w:tbl><w:tr>' + cell * 20 + b'<w:tc>') * 60, b'<w:p/>', b'</w:tc></w:tr></w:tbl>' * 60]
    return pack(parts.document(body), MEGABYTE), 'ok format limit'


def empty_cells_docx():
    row = b'<w:tr>' + b'<w:tc><w:p/></w:tc>' * 100 + b'</w:tr>'
    return pack(parts.document([b'<w:tbl>', *repeat(row, 10000, 64), b'</w:tbl>']), MEGABYTE), 'ok limit'


def bomb_docx():
    body = [b'<w:p><w:r><w:t>', *repeat(b'0' * 1024, 300 * 1024), b'</w:t></w:r></w:p>']
    return pack(parts.document(body)), 'limit'


# ---- OLE compound files (MS-CFB)

FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


def ole(fat, first_directory=1, entries=None, fat_sectors=(0,), first_difat=END, difats=0):
    head = b'\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1' + bytes(16) + struct.pack('<HHHHH', 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack('<IIIIIIIII', 0, len(fat_sectors), first_directory, 0, 4096, END, 0, first_difat, difats)
    head += struct.pack('<109I', *(list(fat_sectors) + [FREE] * 109)[:109])
    table = struct.pack('<128I', *(list(fat) + [FREE] * 128)[:128])
    return [head, table, b''.join(entries or [entry('Root Entry', 5), entry('Workbook', 2, 2, 1 << 30)]).ljust(512, b'\0'),
            bytes(512) * 8]


def entry(name, kind, start=END, size=0, left=FREE, right=FREE, child=FREE):
    wide = name.encode('utf-16-le')
    return (wide.ljust(64, b'\0') + struct.pack('<HBBIII', len(wide) + 2, kind, 1, left, right, child) + bytes(36)
            + struct.pack('<IQ', start, size))


def cycle_xls():
    return ole([FAT, END, 3, 4, 2]), 'format limit binary'


def directory_cycle_xls():
    return ole([FAT, 1, END]), 'format limit binary'


def entries_cycle_xls():
    entries = [entry('Root Entry', 5, child=1), entry('A', 2, 2, 100, 1, 1, 1), entry('Workbook', 1, child=0)]
    return ole([FAT, END, END], entries=entries), 'format limit binary'


def difat_cycle_xls():
    pieces = ole([FAT, END, END], first_difat=2, difats=0x7FFFFFFF)
    return pieces[:-1] + [struct.pack('<128I', *([0] * 127 + [2])), bytes(512) * 8], 'format limit binary'


def sample_cycles_xls():
    """The sample workbook, where every sector follows itself."""
    path = os.path.join(SAMPLES, 'final-tables.xls')
    if not os.path.exists(path):
        return None, ''
    with open(path, 'rb') as file:
        data = bytearray(file.read())
    at = 512 * (1 + struct.unpack_from('<I', data, 76)[0])
    data[at:at + 512] = struct.pack('<128I', *range(128))
    return [bytes(data)], 'format limit binary'


# ---- web pages

def page(*body):
    return [b'<!DOCTYPE html><html><head><meta charset="utf-8"><title>a</title></head><body>', *body, b'</body></html>']


def nested_tags_html():
    return page(b'<div>' * 100000, b'1', b'</div>' * 100000), 'limit'


def nested_tables_html():
    return page(b'<table><tr><td>' * 20000, b'1'), 'limit'


def attributes_html():
    return page(b'<p', b''.join(b' a%d="1"' % n for n in range(50000)), b'>words</p>'), 'limit'


def empty_cells_html():
    return page(b'<table>', *repeat(b'<tr>' + b'<td></td>' * 100 + b'</tr>', 10000, 64), b'</table>'), 'ok limit'


def spans_html():
    row = b'<tr>' + b'<td colspan="1000" rowspan="65534">1</td>' * 20 + b'</tr>'
    return page(b'<table>', *repeat(row, 5000, 64), b'</table>'), 'ok limit'


def nodes_html():
    return page(*repeat(b'<b>1</b>', 3000000)), 'ok limit'


def open_tags_html():
    return page(*repeat(b'<a <b ', 200000)), 'ok limit'


def comment_html():
    return page(*repeat(b'<!-- ', 400000)), 'ok limit'


def entities_html():
    return page(*repeat(b'&amp;#x4e00;&nbsp;', 300000)), 'ok limit'


# ---- texts

def empty_cells_txt():
    return [b'\xe8\xa1\xa8\n', *repeat(b'\t' * 99 + b'\n', 10000, 64)], 'ok limit'


def tabs_txt():
    return [b'\xe8\xa1\xa8\n', *repeat(b'\t', 1000000)], 'ok limit'


def bars_txt():
    return [b'|a|b|\n|---|---|\n', *repeat(b'|' * 100 + b'\n', 10000, 64)], 'ok limit'


def empty_lines_txt():
    return [*repeat(b'\t\n', 1000000)], 'ok limit'


def figures_txt():
    return [*repeat('收入 1.5 万元，'.encode() * 64, 3000)], 'ok limit'


# ---- PDF

def pdf(objects, tail=b''):
    """A PDF of {number: bytes}, object 1 is the catalogue."""
    pieces, at, places = [b'%PDF-1.5\n'], 9, {}
    for number, body in sorted(objects.items()):
        piece = b'%d 0 obj\n%s\nendobj\n' % (number, body)
        places[number] = at
        pieces.append(piece)
        at += len(piece)
    size = max(objects) + 1
    rows = b''.join(b'%010d %05d %s \n' % ((places[n], 0, b'n') if n in places else (0, 65535, b'f')) for n in range(size))
    pieces.append(b'xref\n0 %d\n%strailer\n<< /Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n' % (size, rows, size, tail, at))
    return pieces


def stream(data, extra=b''):
    data = zlib.compress(data, 9)
    return b'<< /Length %d /Filter /FlateDecode %s>>\nstream\n%s\nendstream' % (len(data), extra, data)


CATALOGUE = b'<< /Type /Catalog /Pages 2 0 R >>'
ONE_PAGE = b'<< /Type /Pages /Count 1 /Kids [3 0 R] >>'
PAGE = b'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << %s >> >>'
BAD_PDF = 'format limit scanned glyphs ok encrypted'


def page_tree_loop_pdf():
    tree = {1: CATALOGUE, 2: b'<< /Type /Pages /Count 1000 /Kids [3 0 R 2 0 R] >>',
            3: b'<< /Type /Pages /Count 500 /Parent 2 0 R /Kids [2 0 R 3 0 R] >>'}
    return pdf(tree), BAD_PDF


def page_tree_deep_pdf():
    tree = {1: CATALOGUE}
    for n in range(2, 20002):
        tree[n] = b'<< /Type /Pages /Count 1 /Parent %d 0 R /Kids [%d 0 R] >>' % (n - 1, n + 1)
    tree[20002] = b'<< /Type /Page /Parent 20001 0 R /MediaBox [0 0 595 842] >>'
    return pdf(tree), BAD_PDF


def parent_loop_pdf():
    return pdf({1: CATALOGUE, 2: b'<< /Type /Pages /Count 1 /Kids [3 0 R] /Parent 3 0 R >>',
                3: b'<< /Type /Page /Parent 2 0 R /Contents 4 0 R >>', 4: stream(b'q Q')}), BAD_PDF


def many_pages_pdf():
    kids = b' '.join(b'%d 0 R' % n for n in range(5, 3006))
    tree = {1: CATALOGUE, 2: b'<< /Type /Pages /Count 3001 /Kids [%s] >>' % kids, 4: stream(b'q Q')}
    tree.update({n: PAGE % b'' for n in range(5, 3006)})
    return pdf(tree), 'limit'


def lying_count_pdf():
    return pdf({1: CATALOGUE, 2: b'<< /Type /Pages /Count 2147483647 /Kids [3 0 R] >>', 3: PAGE % b'', 4: stream(b'')}), BAD_PDF


def nested_arrays_pdf():
    return pdf({1: CATALOGUE, 2: ONE_PAGE, 3: PAGE % b'', 4: stream(b'[' * 1000000), 5: b'[' * 1000000}), BAD_PDF


def stream_bomb_pdf():
    return pdf({1: CATALOGUE, 2: ONE_PAGE, 3: PAGE % b'', 4: stream(b' ' * 300 * MEGABYTE)}), BAD_PDF


def saves_pdf():
    return pdf({1: CATALOGUE, 2: ONE_PAGE, 3: PAGE % b'', 4: stream(b'q ' * 10000000)}), BAD_PDF


def self_drawing_pdf():
    form = b'/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F 5 0 R >> >> '
    return pdf({1: CATALOGUE, 2: ONE_PAGE, 3: PAGE % b'/XObject << /F 5 0 R >>', 4: stream(b'/F Do'),
                5: stream(b'/F Do /F Do', form)}), BAD_PDF


def previous_loop_pdf():
    return pdf({1: CATALOGUE, 2: ONE_PAGE, 3: PAGE % b'', 4: stream(b'q Q')}, b'/Prev 9 '), BAD_PDF


def lines_pdf():
    """A page of 3,000,000 ruling lines and one of as many letters."""
    lines = b''.join(b'%d %d m %d %d l S\n' % (n % 595, n % 842, n % 595, n % 842 + 9) for n in range(1000)) * 3000
    letters = b'BT /F 9 Tf 9 9 Td ' + b'(1234567890) Tj 1 0 Td ' * 300000 + b'ET'
    font = b'/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >>'
    return pdf({1: CATALOGUE, 2: b'<< /Type /Pages /Count 2 /Kids [3 0 R 5 0 R] >>', 3: PAGE % font, 4: stream(lines),
                5: (PAGE % font).replace(b'4 0 R', b'6 0 R'), 6: stream(letters)}), BAD_PDF


# ---- those that take long

def drawing_tree_pdf():
    """Forms that draw the next one ten times: 10^12 drawings, ended by the time that a PDF has."""
    head = b'/Type /XObject /Subtype /Form /BBox [0 0 9 9] '
    forms = {n: stream(b'/F Do ' * 10, head + b'/Resources << /XObject << /F %d 0 R >> >> ' % (n + 1)) for n in range(5, 17)}
    forms[17] = stream(b'0 0 1 1 re f', head)
    return pdf({1: CATALOGUE, 2: ONE_PAGE, 3: PAGE % b'/XObject << /F 5 0 R >>', 4: stream(b'/F Do'), **forms}), 'timeout'


FORM_HEADER = '一级指标|二级指标|三级指标|指标值|'


def form(between):
    return (FORM_HEADER + '产出指标|数量指标|巡查|5次|').replace('|', between).encode()


def form_headers_txt():
    return [*repeat(FORM_HEADER.replace('|', '\n\n').encode(), 20000)], 'ok limit'


def forms_txt():
    """Forms with a cell a line, one behind the other."""
    return [*repeat(form('\n\n'), 10000)], 'ok limit'


def flat_forms_txt():
    """The same in one line."""
    return [*repeat(form(' '), 10000)], 'ok limit'


def torn_forms_txt():
    """Rows of bars whose first cells are left out, all in one table."""
    row = '| 一级指标 | 二级指标 | 三级指标 | 指标值 |\n| 产出指标 | 数量指标 | 巡查 | 5次 |\n| 质量指标 | 合格率 | 96% |\n'
    return [*repeat(row.encode(), 8000)], 'ok limit'


def barred_headers_txt():
    """First headers side by side, all in one line."""
    return [*repeat('| 一级指标 | '.encode(), 200000)], 'ok limit'


def empty_forms_txt():
    """Headers with nothing but empty cells behind them."""
    return [*repeat(FORM_HEADER.replace('|', ' |\n').encode() + b'|\n' * 50, 8000)], 'ok limit'


def largest_text_txt():
    return [*repeat(('收入总计 1.5 万元，' * 50 + '\n').encode(), 44000, 16)], 'ok limit'


def largest_figures_txt():
    return [*repeat(('12 ' * 300 + '\n').encode(), 73000, 16)], 'ok limit'


SLOW = ('drawing_tree_pdf', 'largest_text_txt', 'largest_figures_txt')


def files(only, slow=False):
    """(name, pieces, allowed classes) of each file; those that take long only with `slow`, and then only those."""
    for maker, make in sorted(globals().items()):
        if not re.search(r'_(zip|gz|tar|xlsx|docx|xls|html|txt|pdf)$', maker) or (maker in SLOW) != slow:
            continue
        stem, kind = re.fullmatch(r'(.*?)_(tar_gz|[a-z]+)', maker).groups()
        name = stem.replace('_', '-') + '.' + kind.replace('_', '.')
        if only and not re.search(only, name):
            continue
        pieces, allowed = make()
        if pieces is None:
            print(f'{name} needs a sample that is not there: passed over')
            continue
        yield name, pieces, allowed.split()
