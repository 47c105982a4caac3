#!/usr/bin/env python3
"""Test what becomes of a scanned PDF.

usage: run.py BUILD without|missing|with

The scan is made here: pages of a sample document are drawn by `gongkai-pdf --render` and put into a PDF as pictures, one
of them a little askew. `without`: no --ocr, the file is a typed result with its page count. `missing`: --ocr where there
is no gongkai-ocr names what to install. `with`: the figures of the sample are found, with page, box and confidence. The
exit code is 77 where a program or the data of the language is not there.
"""
import json
import os
import subprocess
import sys
import tempfile
import zlib

ROOT = os.path.normpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..'))
SAMPLE = os.path.join(ROOT, 'corpus', 'samples', 'final-tables.pdf')
PAGES = '1,6'
LEAST = 0.9  # of the figures of those pages


def fail(text):
    print(text)
    sys.exit(1)


def skip(text):
    print(text)
    sys.exit(77)


def drawn(build):
    """Width and height of each page in 1/100 point, and its picture: width, height, bytes."""
    with open(SAMPLE, 'rb') as file:
        data = subprocess.run([os.path.join(build, 'gongkai-pdf'), '--render', '200', PAGES], stdin=file,
                              stdout=subprocess.PIPE, check=True).stdout
    at, pages = 0, []
    while at < len(data):
        end = data.index(b'\n', at)
        line, at = data[at:end].decode().split(), end + 1
        if line[0] == 'P':
            size = int(line[2]), int(line[3])
        if line[0] == 'B':
            width, height = int(line[1]), int(line[2])
            pages.append((size, width, height, data[at:at + width * height]))
            at += width * height
    return pages


def leaning(width, rows):
    """The picture turned by one in 200, as a scanner leaves it: sheared downwards, then to the left."""
    out = bytearray(b'\xff' * len(rows))
    height = len(rows) // width
    for x in range(width):
        down = (x - width // 2) // 200
        for y in range(max(0, down), min(height, height + down)):
            out[y * width + x] = rows[(y - down) * width + x]
    for y in range(height):
        left = (y - height // 2) // 200
        row = out[y * width:(y + 1) * width]
        out[y * width:(y + 1) * width] = row[left:] + b'\xff' * left if left > 0 else b'\xff' * -left + row[:width + left]
    return bytes(out)


def scan(build):
    objects, kids = [None, None], []

    def add(body):
        objects.append(body)
        return len(objects)

    for number, ((w, h), width, height, rows) in enumerate(drawn(build)):
        data = zlib.compress(leaning(width, rows) if number else rows)
        picture = add(b'<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray/BitsPerComponent 8/Filter'
                      b'/FlateDecode/Length %d>>stream\n%s\nendstream' % (width, height, len(data), data))
        content = b'%.2f 0 0 %.2f 0 0 cm /I Do' % (w / 100, h / 100)
        stream = add(b'<</Length %d>>stream\n%s\nendstream' % (len(content), content))
        kids.append(add(b'<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R/Resources<</XObject<</I %d 0 R>>'
                        b'>>>>' % (w / 100, h / 100, stream, picture)))
    objects[0] = b'<</Type/Catalog/Pages 2 0 R>>'
    objects[1] = b'<</Type/Pages/Count %d/Kids[%s]>>' % (len(kids), b' '.join(b'%d 0 R' % k for k in kids))
    out, places = b'%PDF-1.4\n', []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b'%d 0 obj\n%s\nendobj\n' % (number, body)
    table = b''.join(b'%010d 00000 n \n' % place for place in places)
    return out + b'xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n' % (
        len(objects) + 1, table, len(objects) + 1, len(out))


def extract(build, path, *options, **variables):
    run = subprocess.run([os.path.join(build, 'gongkai'), 'extract', *options, path], capture_output=True, text=True,
                         env={**os.environ, **variables}, timeout=240)
    return run, [json.loads(line) for line in run.stdout.splitlines()]


def without(build, path):
    run, records = extract(build, path)
    error = records[0].get('error', {})
    if run.returncode != 1 or error.get('class') != 'scanned' or records[0].get('pages') != 2 or len(records) != 1:
        fail(f'exit code {run.returncode}, {records[:1]}')


def missing(build, path):
    run, records = extract(build, path, '--ocr', GONGKAI_OCR='/nowhere/gongkai-ocr')
    named = all(name in run.stderr for name in ('libtesseract-dev', 'tesseract-ocr-chi-sim'))
    if run.returncode != 2 or records or not named:
        fail(f'exit code {run.returncode}: {run.stderr}')
    for other in ('/bin/cat', '/bin/true'):  # prints what is no stream; says nothing
        run, records = extract(build, path, '--ocr', GONGKAI_OCR=other)
        if run.returncode != 1 or records[0].get('error', {}).get('class') != 'converter':
            fail(f'{other}: exit code {run.returncode}: {records}')


def values(records):
    return sorted((r['page'], r['value']) for r in records if r['kind'] in ('amount', 'percentage'))


def recognised(build, path):
    if not os.access(os.path.join(build, 'gongkai-ocr'), os.X_OK):
        skip('gongkai-ocr is not built')
    run, records = extract(build, path, '--ocr')
    if 'chi_sim' in run.stderr:
        skip(run.stderr)
    whole = extract(build, SAMPLE)[1]
    pages = [int(page) for page in PAGES.split(',')]
    want = [(pages.index(page) + 1, value) for page, value in values(whole) if page in pages]
    got = values(records[1:])
    left, found = list(got), 0
    for item in want:
        if item in left:
            left.remove(item)
            found += 1
    print(f'{found} of {len(want)} figures found, {len(left)} others')
    if run.returncode != 0 or found < LEAST * len(want) or len(left) > (1 - LEAST) * len(want) + 1:
        fail(f'exit code {run.returncode}; missing: {sorted(set(want) - set(got))}; others: {left}')
    for record in records[1:]:
        if not 0 < record.get('confidence', 0) <= 1 or not record.get('box') or not record.get('page'):
            fail(f'without confidence, page or box: {record}')


def main():
    build, step = sys.argv[1:]
    for name in ('gongkai', 'gongkai-pdf'):
        if not os.access(os.path.join(build, name), os.X_OK):
            skip(f'{name} is not built')
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'scan.pdf')
        with open(path, 'wb') as file:
            file.write(scan(build))
        {'without': without, 'missing': missing, 'with': recognised}[step](build, path)


if __name__ == '__main__':
    main()
