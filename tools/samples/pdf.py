#!/usr/bin/env python3
"""Sets a sample document as a PDF.

usage: pdf.py SAMPLE.html SAMPLE.pdf

The article of a sample page (corpus/samples/*.html, GB 18030) is set on A4: justified paragraphs with an indented first
line, ruled tables with merged cells and cells of several lines, a running head and page numbers. So that one file shows
what readers meet, tables take turns in how they are ruled (stroked lines, thin filled rectangles, columns ruled without
rows, shaded header), wide tables stand on turned pages (by /Rotate, or by turned text), a table that does not fit goes on
on the next page with its header or without. The font is not embedded: STSong-Light with the encoding UniGB-UCS2-H, which
every reader of PDF must know. The output is the same on every run.
"""
import html.parser
import re
import sys
import unicodedata
import zlib

WIDTH, HEIGHT, MARGIN = 595, 842, 70
BODY, CELL, LEAD, PAD = 12, 9, 20, 3
HEAD_Y, FOOT_Y = 40, 800


def advance(char, size):
    return size if unicodedata.east_asian_width(char) in 'WFA' and ord(char) > 0x2000 else size / 2


def measure(text, size):
    return sum(advance(c, size) for c in text)


class Article(html.parser.HTMLParser):
    """The paragraphs and tables of the page below the element with class `TRS_Editor`."""

    def __init__(self):
        super().__init__()
        self.items, self.depth, self.hidden = [], 0, []
        self.text, self.table, self.cell, self.bold = None, None, None, False

    def handle_starttag(self, tag, attrs):
        attrs = dict(attrs)
        if tag == 'div' and (self.depth or 'TRS_Editor' in attrs.get('class', '')):
            self.depth += 1
        if not self.depth:
            return
        if tag in ('script', 'style') or 'none' in attrs.get('style', ''):
            self.hidden.append(tag)
        elif tag == 'p' and self.cell is None:
            self.text, self.bold = '', False
        elif tag in ('b', 'strong') and self.text is not None:
            self.bold = True
        elif tag == 'table':
            self.table = []
        elif tag == 'tr' and self.table is not None:
            self.table.append([])
        elif tag in ('td', 'th') and self.table:
            self.cell = ['', int(attrs.get('rowspan', 1)), int(attrs.get('colspan', 1))]
        elif tag == 'br' and self.text is not None:
            self.text += '\n'

    def handle_endtag(self, tag):
        if self.hidden and tag == self.hidden[-1]:
            self.hidden.pop()
        elif tag == 'div' and self.depth:
            self.depth -= 1
        elif tag == 'p' and self.text is not None and self.cell is None:
            self.items += [('text', line, self.bold) for line in self.text.split('\n') if clean(line)]
            self.text = None
        elif tag in ('td', 'th') and self.cell is not None:
            self.table[-1].append(self.cell)
            self.cell = None
        elif tag == 'table' and self.table is not None:
            self.items.append(('table', self.table, False))
            self.table = None

    def handle_data(self, data):
        if self.hidden or not self.depth:
            return
        if self.cell is not None:
            self.cell[0] += data
        elif self.text is not None:
            self.text += data


def clean(text):
    return re.sub(r'[\s\u3000\xa0]+', ' ', text).strip()


class Page:
    def __init__(self, number, turned):
        self.number, self.turned, self.ops = number, turned, []
        self.width, self.height = (HEIGHT, WIDTH) if turned else (WIDTH, HEIGHT)

    def put(self, x, y, size, text, gap=0.0):
        """Text with its base line at y from the top; `gap` is added behind each character."""
        code = text.encode('utf-16-be').hex().upper()
        self.ops.append(f'BT /F1 {size} Tf {gap:.3f} Tc {x:.2f} {self.height - y:.2f} Td <{code}> Tj ET')

    def rule(self, x0, y0, x1, y1, filled):
        if filled:
            self.ops.append(f'{x0 - .25:.2f} {self.height - y1 - .25:.2f} {x1 - x0 + .5:.2f} {y1 - y0 + .5:.2f} re f')
        else:
            self.ops.append(f'0.5 w {x0:.2f} {self.height - y0:.2f} m {x1:.2f} {self.height - y1:.2f} l S')

    def shade(self, x0, y0, x1, y1):
        self.ops.append(f'0.9 g {x0:.2f} {self.height - y1:.2f} {x1 - x0:.2f} {y1 - y0:.2f} re f 0 g')


class Setter:
    def __init__(self, head):
        self.pages, self.head, self.y, self.tables, self.turns = [], head, 0, 0, 0
        self.new_page()

    def new_page(self, turned=None):
        page = Page(len(self.pages) + 1, turned)
        self.pages.append(page)
        page.put((page.width - measure(self.head, 9)) / 2, HEAD_Y, 9, self.head)
        foot = f'- {page.number} -'
        page.put((page.width - measure(foot, 9)) / 2, page.height - (HEIGHT - FOOT_Y), 9, foot)
        self.page, self.y = page, MARGIN

    def room(self):
        return self.page.height - MARGIN - self.y

    def lines(self, text, width, size, indent):
        """Broken where the width ends; no line starts with a closing mark."""
        out, line, free = [], '', width - indent
        for char in text:
            if measure(line + char, size) > free and not (char in '，。、；：）”！？' and measure(line, size) <= free):
                out.append(line)
                line, free = '', width
            line += char
        return out + [line]

    def paragraph(self, text, bold):
        if self.page.turned:
            self.new_page()
        size, width = (14 if bold else BODY), self.page.width - 2 * MARGIN
        indent = 0 if bold else 2 * size
        lines = self.lines(text, width, size, indent)
        for i, line in enumerate(lines):
            if self.room() < LEAD:
                self.new_page()
            self.y += LEAD
            short = measure(line, size)
            x = MARGIN + (indent if i == 0 else 0)
            if bold and len(lines) == 1:
                x = MARGIN + (width - short) / 2
            free = MARGIN + width - x - short
            gap = free / (len(line) - 1) if i + 1 < len(lines) and len(line) > 1 and 0 < free < 2 * size else 0
            self.page.put(x, self.y, size, line, gap)

    # ---- tables

    def grid(self, rows):
        """(row, column, rows, columns, text) of each cell, and the number of columns."""
        taken, cells = set(), []
        for r, row in enumerate(rows):
            c = 0
            for text, down, across in row:
                while (r, c) in taken:
                    c += 1
                down = min(down, len(rows) - r)
                cells.append((r, c, down, across, clean(text)))
                taken.update((r + i, c + k) for i in range(down) for k in range(across))
        return cells, 1 + max(c for _, c in taken)

    def columns(self, cells, count, width):
        want = [3 * CELL] * count
        for _, c, _, across, text in cells:
            if across == 1:
                want[c] = max(want[c], min(measure(text, CELL), 13 * CELL) + 2 * PAD + 1)
        scale = width / sum(want)
        edges = [MARGIN]
        for w in want:
            edges.append(edges[-1] + w * scale)
        return edges

    def heights(self, rows, cells, edges):
        out = [CELL + 9] * len(rows)
        for r, c, down, across, text in cells:
            if down == 1:
                n = len(self.lines(text, edges[c + across] - edges[c] - 2 * PAD, CELL, 0))
                out[r] = max(out[r], n * (CELL + 3) + 6)
        return out

    def table(self, rows):
        cells, count = self.grid(rows)
        kind = self.tables % 4
        self.tables += 1
        if count >= 8:
            self.turns += 1
            self.new_page('rotate' if self.turns % 2 else 'text')
        elif self.page.turned:
            self.new_page()
        edges = self.columns(cells, count, self.page.width - 2 * MARGIN)
        heights = self.heights(rows, cells, edges)
        header = max(down for r, _, down, _, _ in cells if r == 0) if kind % 2 == 0 else 0
        first, self.y = 0, self.y + 8
        while first < len(rows):
            repeat = header if first else 0
            last, used = first, sum(heights[:repeat])
            while last < len(rows) and (used + heights[last] <= self.room() or last == first and self.y < 100):
                used += heights[last]
                last += 1
            if last > first:
                if repeat:
                    self.part(cells, edges, heights, 0, repeat, kind)
                self.part(cells, edges, heights, first, last, kind)
            first = last
            if first < len(rows):
                self.new_page(self.page.turned)
        self.y += 8

    def part(self, cells, edges, heights, first, last, kind):
        """Rows first..last; a merged cell that began above shows no text again."""
        tops = [self.y]
        for r in range(first, last):
            tops.append(tops[-1] + heights[r])
        for r, c, down, across, text in cells:
            top, end = max(r, first), min(r + down, last)
            if top >= end:
                continue
            box = (edges[c], tops[top - first], edges[c + across], tops[end - first])
            if kind == 3 and r == 0:
                self.page.shade(*box)
            for x0, y0, x1, y1 in ((box[0], box[1], box[2], box[1]), (box[0], box[3], box[2], box[3]),
                                   (box[0], box[1], box[0], box[3]), (box[2], box[1], box[2], box[3])):
                self.page.rule(x0, y0, x1, y1, kind == 1)
            if r >= first:
                self.fill(box, text)
        self.y = tops[-1]

    def fill(self, box, text):
        lines = self.lines(text, box[2] - box[0] - 2 * PAD, CELL, 0) if text else []
        y = (box[1] + box[3] - len(lines) * (CELL + 3)) / 2 + CELL
        for line in lines:
            wide = measure(line, CELL)
            figure = re.fullmatch(r'[-\d., %]+', line)
            x = box[2] - PAD - wide if figure else box[0] + PAD
            self.page.put(x, y, CELL, line)
            y += CELL + 3


def stream(data, extra=''):
    packed = zlib.compress(data, 9)
    return f'<< /Length {len(packed)} /Filter /FlateDecode {extra}>>\nstream\n'.encode() + packed + b'\nendstream'


def write(pages, path):
    """Object 1 catalogue, 2 page tree, 3 to 5 font, then a page and its contents each."""
    objects = [b'<< /Type /Catalog /Pages 2 0 R >>',
               f'<< /Type /Pages /Count {len(pages)} /Kids [{" ".join(f"{6 + 2 * i} 0 R" for i in range(len(pages)))}] >>'
               .encode(),
               b'<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H '
               b'/DescendantFonts [4 0 R] >>',
               b'<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /FontDescriptor 5 0 R /DW 1000 '
               b'/W [1 95 500 814 939 500] /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>',
               b'<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] '
               b'/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>']
    for i, page in enumerate(pages):
        box, rotate, before = f'0 0 {page.width} {page.height}', '', ''
        if page.turned == 'rotate':  # drawn upwards, shown turned
            box, rotate, before = f'0 0 {WIDTH} {HEIGHT}', '/Rotate 90 ', f'0 1 -1 0 {WIDTH} 0 cm\n'
        if page.turned == 'text':  # drawn and shown upwards
            box, before = f'0 0 {WIDTH} {HEIGHT}', f'0 1 -1 0 {WIDTH} 0 cm\n'
        objects.append(f'<< /Type /Page /Parent 2 0 R /MediaBox [{box}] {rotate}/Resources << /Font << /F1 3 0 R >> >> '
                       f'/Contents {7 + 2 * i} 0 R >>'.encode())
        objects.append(stream((before + '\n'.join(page.ops)).encode()))
    out, places = b'%PDF-1.5\n%\xe2\xe3\xcf\xd3\n', []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f'{number} 0 obj\n'.encode() + body + b'\nendobj\n'
    table = ''.join(f'{at:010d} 00000 n \n' for at in places)
    out += f'xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}'.encode()
    out += f'trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{out.rfind(b"xref")}\n%%EOF\n'.encode()
    with open(path, 'wb') as file:
        file.write(out)


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    with open(sys.argv[1], encoding='gb18030') as file:
        article = Article()
        article.feed(file.read())
    head = clean(article.items[0][1])
    setter = Setter(head)
    for kind, body, bold in article.items:
        if kind == 'table':
            setter.table(body)
        else:
            setter.paragraph(clean(body), bold)
    write(setter.pages, sys.argv[2])


if __name__ == '__main__':
    main()
