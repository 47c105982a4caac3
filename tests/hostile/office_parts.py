"""The parts of the smallest Office Open XML files, as (name, pieces) for a ZIP file."""
OFFICE = b'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
PACKAGE = b'http://schemas.openxmlformats.org/package/2006'
WORD = b'http://schemas.openxmlformats.org/wordprocessingml/2006/main'
SHEET = b'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
KIND = b'application/vnd.openxmlformats-officedocument.'
XML = b'<?xml version="1.0" encoding="UTF-8"?>'


def types(rows):
    body = b''.join(b'<Override PartName="/%s" ContentType="%s%s+xml"/>' % (name, KIND, kind) for name, kind in rows)
    head = b'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    return '[Content_Types].xml', [XML, b'<Types xmlns="%s/content-types">%s%s</Types>' % (PACKAGE, head, body)]


def relations(name, rows):
    body = b''.join(b'<Relationship Id="rId%d" Type="%s/%s" Target="%s"/>' % (n, OFFICE, kind, target)
                    for n, (kind, target) in enumerate(rows, 1))
    return name, [XML, b'<Relationships xmlns="%s/relationships">%s</Relationships>' % (PACKAGE, body)]


def sheet(rows, tail=()):
    return [XML, b'<worksheet xmlns="%s"><sheetData>' % SHEET, *rows, b'</sheetData>', *tail, b'</worksheet>']


def strings(pieces, doctype=b''):
    return [XML, doctype, b'<sst xmlns="%s">' % SHEET, *pieces, b'</sst>']


def workbook(sheet_pieces, string_pieces=None):
    yield types([(b'xl/workbook.xml', b'spreadsheetml.sheet.main'), (b'xl/worksheets/sheet1.xml', b'spreadsheetml.worksheet'),
                 (b'xl/sharedStrings.xml', b'spreadsheetml.sharedStrings')])
    yield relations('_rels/.rels', [(b'officeDocument', b'xl/workbook.xml')])
    yield 'xl/workbook.xml', [XML, b'<workbook xmlns="%s" xmlns:r="%s"><sheets><sheet name="a" sheetId="1" r:id="rId1"/>'
                              b'</sheets></workbook>' % (SHEET, OFFICE)]
    yield relations('xl/_rels/workbook.xml.rels', [(b'worksheet', b'worksheets/sheet1.xml'),
                                                   (b'sharedStrings', b'sharedStrings.xml')])
    yield 'xl/worksheets/sheet1.xml', sheet_pieces
    yield 'xl/sharedStrings.xml', string_pieces or strings([])


def document(body, doctype=b''):
    yield types([(b'word/document.xml', b'wordprocessingml.document.main')])
    yield relations('_rels/.rels', [(b'officeDocument', b'word/document.xml')])
    yield 'word/document.xml', [XML, doctype, b'<w:document xmlns:w="%s"><w:body>' % WORD, *body, b'</w:body></w:document>']
