#!/usr/bin/env python3
"""Writes a sample document as Office files.

usage: office.py SAMPLE.html SAMPLE.docx|SAMPLE.xlsx

The article of a sample page (corpus/samples/*.html, GB 18030) becomes a Word or an Excel file of Office Open XML. The
Word file has styles for headings, merged cells, a deleted and an inserted run; the workbook has a sheet
for each table with the text before it, merged cells, numbers with formats (so that a cell holds 0.1234 and shows 12.34%),
shared and inline strings, hidden rows and a hidden sheet. The output is the same on every run.

The .doc and .xls twins are made from these by LibreOffice:
    soffice --headless --convert-to doc SAMPLE.docx
    soffice --headless --convert-to xls SAMPLE.xlsx
"""
import os
import re
import sys
import zipfile
from xml.sax.saxutils import escape

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from pdf import Article, clean  # noqa: E402

OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
WORD = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
SHEET = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def types(parts):
    """[Content_Types].xml for (name, type)."""
    rows = ''.join(f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
                   for name, kind in parts)
    return (f'{XML}<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            f'"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            f'ContentType="application/xml"/>{rows}</Types>')


def relations(rows):
    """A .rels part for (id, type, target)."""
    return (f'{XML}<Relationships xmlns="{PACKAGE}/relationships">' + ''.join(
        f'<Relationship Id="{key}" Type="{OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in rows) +
        '</Relationships>')


def save(path, parts):
    with zipfile.ZipFile(path, 'w', zipfile.ZIP_DEFLATED) as out:
        for name, data in parts:
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, data)


def placed(rows):
    """The cells of a table with their places: (row, column, rows, columns, text)."""
    taken = set()
    for r, row in enumerate(rows):
        c = 0
        for text, down, over in row:
            while (r, c) in taken:
                c += 1
            taken |= {(r + i, c + k) for i in range(down) for k in range(over)}
            yield r, c, down, over, clean(text)
            c += over


# ---- Word

def run(text):
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(text, style=''):
    style = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ''
    return f'<w:p>{style}{run(text) if text else ""}</w:p>'


def changed(text):
    """The text as it reads with its changes accepted: one run was deleted, one inserted."""
    half = len(text) // 2
    return (f'<w:p>{run(text[:half])}<w:del w:id="1" w:author="a"><w:r><w:delText>12.34</w:delText></w:r></w:del>'
            f'<w:ins w:id="2" w:author="a">{run(text[half:])}</w:ins></w:p>')


def word_table(rows):
    cells = {(r, c): (down, over, text) for r, c, down, over, text in placed(rows)}
    covered = {(r + i, c): over for (r, c), (down, over, _) in cells.items() for i in range(1, down)}
    width = max(c + over for (_, c), (_, over, _) in cells.items())
    out = '<w:tbl><w:tblPr><w:tblW w:w="9000" w:type="dxa"/><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>'
    step = 9000 // width
    out += f'<w:gridCol w:w="{step}"/>' * width + '</w:tblGrid>'
    for r in range(len(rows)):
        out += '<w:tr>'
        c = 0
        while c < width:
            down, over, text = cells.get((r, c), (1, covered.get((r, c), 1), ''))
            merge = '<w:vMerge w:val="restart"/>' if down > 1 else '<w:vMerge/>' if (r, c) in covered else ''
            out += (f'<w:tc><w:tcPr><w:tcW w:w="{step * over}" w:type="dxa"/><w:gridSpan w:val="{over}"/>{merge}</w:tcPr>'
                    f'{paragraph(text)}</w:tc>')
            c += over
        out += '</w:tr>'
    return out + '</w:tbl>'


def word(items, path):
    body, long = '', False
    for kind, value, bold in items:
        if kind == 'table':
            body += word_table(value) + '<w:p/>'
        elif not long and len(clean(value)) > 60:
            body, long = body + changed(clean(value)), True
        else:
            body += paragraph(clean(value), 'H2' if bold else '')
    styles = (f'{XML}<w:styles xmlns:w="{WORD}"><w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/>'
              f'<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style></w:styles>')
    save(path, [
        ('[Content_Types].xml', types([('word/document.xml', 'wordprocessingml.document.main'),
                                       ('word/styles.xml', 'wordprocessingml.styles')])),
        ('_rels/.rels', relations([('rId1', 'officeDocument', 'word/document.xml')])),
        ('word/_rels/document.xml.rels', relations([('rId1', 'styles', 'styles.xml')])),
        ('word/styles.xml', styles),
        ('word/document.xml', f'{XML}<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'),
    ])


# ---- Excel

FORMATS = ['General', '0.00', '#,##0.00_ ', '0', '#,##0', '0.00%', '0.0%', '0%', '0.0']


def letters(column):
    out = ''
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def number(text):
    """(value, format) of a text that a number with a format shows; None: it is no number."""
    if not re.fullmatch(r'-?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?%?', text) or re.fullmatch(r'-?0\d.*', text):
        return None
    digits, percent = text.rstrip('%').replace(',', ''), text.endswith('%')
    places = len(digits.partition('.')[2])
    if len(digits) > 6 and ',' not in text and '.' not in text:
        return None  # codes stay texts
    if percent:
        code = '0%' if places == 0 else '0.0%' if places == 1 else '0.00%'
        return f'{float(digits) / 100:.17g}', FORMATS.index(code)
    if ',' in text:
        return (digits, FORMATS.index('#,##0.00_ ' if places == 2 else '#,##0')) if places != 1 else None
    return digits, FORMATS.index(['0', '0.0', '0.00'][places])


class Book:
    def __init__(self):
        self.strings, self.sheets = [], []

    def cell(self, row, column, text):
        place, found = f'{letters(column)}{row + 1}', number(text)
        if found:
            return f'<c r="{place}" s="{found[1]}"><v>{found[0]}</v></c>'
        if len(text) > 40:
            return f'<c r="{place}" t="inlineStr"><is><t>{escape(text)}</t></is></c>'
        if text not in self.strings:
            self.strings.append(text)
        return f'<c r="{place}" t="s"><v>{self.strings.index(text)}</v></c>'

    def sheet(self, texts, rows):
        """A sheet: texts in rows of their own over the whole width, then the cells of a table."""
        cells = list(placed(rows))
        width = max([c + over for _, c, _, over, _ in cells] + [2])
        lines, merges = {}, []
        for i, text in enumerate(texts):
            lines[i] = [self.cell(i, 0, text)]
            merges.append(f'A{i + 1}:{letters(width - 1)}{i + 1}')
        for r, c, down, over, text in cells:
            r += len(texts)
            if down * over > 1:
                merges.append(f'{letters(c)}{r + 1}:{letters(c + over - 1)}{r + down}')
            if text:
                lines.setdefault(r, []).append(self.cell(r, c, text))
        last = len(texts) + len(rows)
        hidden = f'<row r="{last + 2}" hidden="1">{self.cell(last + 1, 0, "draft")}</row>'
        self.sheets.append(f'{XML}<worksheet xmlns="{SHEET}"><sheetData>' + ''.join(
            f'<row r="{r + 1}">{"".join(row)}</row>' for r, row in sorted(lines.items())) + hidden + '</sheetData>' +
            f'<mergeCells count="{len(merges)}">' + ''.join(f'<mergeCell ref="{m}"/>' for m in merges) +
            '</mergeCells></worksheet>')

    def save(self, path):
        names = [f'Sheet{i + 1}' for i in range(len(self.sheets))]
        listed = ''.join(f'<sheet name="{n}" sheetId="{i + 1}" r:id="rId{i + 1}"'
                         f'{" state=" + chr(34) + "hidden" + chr(34) if i == len(names) - 1 else ""}/>'
                         for i, n in enumerate(names))
        formats = ''.join(f'<numFmt numFmtId="{164 + i}" formatCode="{escape(f)}"/>' for i, f in enumerate(FORMATS) if i)
        styles = ''.join(f'<xf numFmtId="{164 + i if i else 0}" fontId="0" fillId="0" borderId="0" xfId="0"/>'
                         for i in range(len(FORMATS)))
        count = len(names)
        parts = [(f'xl/worksheets/sheet{i + 1}.xml', data) for i, data in enumerate(self.sheets)]
        save(path, [
            ('[Content_Types].xml', types(
                [('xl/workbook.xml', 'spreadsheetml.sheet.main'), ('xl/styles.xml', 'spreadsheetml.styles'),
                 ('xl/sharedStrings.xml', 'spreadsheetml.sharedStrings')] +
                [(name, 'spreadsheetml.worksheet') for name, _ in parts])),
            ('_rels/.rels', relations([('rId1', 'officeDocument', 'xl/workbook.xml')])),
            ('xl/_rels/workbook.xml.rels', relations(
                [(f'rId{i + 1}', 'worksheet', f'worksheets/sheet{i + 1}.xml') for i in range(count)] +
                [(f'rId{count + 1}', 'styles', 'styles.xml'), (f'rId{count + 2}', 'sharedStrings', 'sharedStrings.xml')])),
            ('xl/workbook.xml', f'{XML}<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'),
            ('xl/styles.xml', f'{XML}<styleSheet xmlns="{SHEET}"><numFmts count="{len(FORMATS) - 1}">{formats}</numFmts>'
             '<fonts count="1"><font><sz val="11"/><name val="SimSun"/></font></fonts>'
             '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>'
             '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
             f'<cellXfs count="{len(FORMATS)}">{styles}</cellXfs></styleSheet>'),
            ('xl/sharedStrings.xml', f'{XML}<sst xmlns="{SHEET}">' + ''.join(
                f'<si><t xml:space="preserve">{escape(s)}</t></si>' for s in self.strings) + '</sst>'),
        ] + parts)


def excel(items, path):
    book, texts = Book(), []
    for kind, value, _ in items:
        if kind == 'text':
            texts.append(clean(value))
            continue
        book.sheet(texts, value)
        texts = []
    book.sheet(texts, [])
    book.sheet(['hidden sheet'], [])
    book.save(path)


def main():
    article = Article()
    with open(sys.argv[1], encoding='gb18030') as page:
        article.feed(page.read())
    (word if sys.argv[2].endswith('.docx') else excel)(article.items, sys.argv[2])


if __name__ == '__main__':
    main()
