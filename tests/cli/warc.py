"""Writes WARC files as other programs do: plain, one gzip member a record, gzip-encoded and chunked payloads, revisits."""
import gzip
import hashlib
import sys


def record(kind, url, date, block, content_type='application/http;msgtype=response', **more):
    number = record.count = getattr(record, 'count', 0) + 1
    fields = {'WARC-Type': kind, 'WARC-Record-ID': '<urn:uuid:%d>' % number, 'WARC-Date': date, 'WARC-Target-URI': url,
              'Content-Type': content_type, 'Content-Length': str(len(block))}
    fields.update({k.replace('_', '-'): v for k, v in more.items()})
    head = 'WARC/1.0\r\n' + ''.join('%s: %s\r\n' % f for f in fields.items()) + '\r\n'
    return head.encode() + block + b'\r\n\r\n'


def answer(status, body, *headers):
    return ('HTTP/1.1 %s\r\n' % status + ''.join(h + '\r\n' for h in headers) + '\r\n').encode() + body


def sha(payload):
    return 'sha256:' + hashlib.sha256(payload).hexdigest()


def page(amount):
    return ('<html><head><meta charset="utf-8"><title>2024年度望汐县财政局决算</title></head><body><p>'
            '2024年度收入总计%s万元，与上年相比增加10万元。</p></body></html>' % amount).encode()


a, b, c = page('120.50'), page('88.00'), '2024年支出总计77.10万元。\n'.encode()
packed = gzip.compress(b, mtime=0)
chunked = b'5\r\n' + c[:5] + b'\r\n%x\r\n' % (len(c) - 5) + c[5:] + b'\r\n0\r\n\r\n'
records = [
    record('warcinfo', '', '2024-01-01T00:00:00Z', b'software: x\r\n', 'application/warc-fields'),
    record('response', 'http://site.example/old.html', '2024-02-05T03:04:05Z', answer('200 OK', page('1.00'))),
    record('response', 'http://site.example/old.html', '2024-02-06T03:04:05Z', answer('200 OK', a), WARC_Payload_Digest=sha(a)),
    record('response', 'http://site.example/old.html', '2024-02-07T03:04:05Z', answer('404 No', b'none')),
    record('response', 'http://site.example/a.html', '2024-02-05T03:04:06Z', answer('200 OK', packed, 'Content-Encoding: gzip')),
    record('metadata', 'http://site.example/a.html', '2024-02-05T03:04:06Z',
           'anchor: 2024年度决算公开\r\nvia: http://site.example/list.html\r\ndate: 2024-02-01\r\n'.encode(),
           'application/warc-fields'),
    record('response', 'http://site.example/c.txt', '2024-03-01T00:00:00Z',
           answer('200 OK', chunked, 'Transfer-Encoding: chunked')),
    record('response', 'http://site.example/list.html', '2024-02-05T03:04:06Z', answer('200 OK', b'<html>2023</html>')),
    record('metadata', 'http://site.example/list.html', '2024-02-05T03:04:06Z', b'kind: list\r\n', 'application/warc-fields'),
    record('response', 'http://site.example/cut.html', '2024-02-05T03:04:06Z', answer('200 OK', b'<p>12'),
           WARC_Truncated='length'),
    record('revisit', 'http://site.example/same.html', '2024-04-01T00:00:00Z', answer('200 OK', b''),
           WARC_Payload_Digest=sha(a), WARC_Profile='http://netpreserve.org/warc/1.0/revisit/identical-payload-digest'),
    record('resource', 'file:///page.html', '2024-02-05T03:04:06Z', b, 'text/html'),
]
open('plain.warc', 'wb').write(b''.join(records))
members = [gzip.compress(r, mtime=0) for r in records]
open('packed.warc.gz', 'wb').write(b''.join(members))
torn = bytearray(b''.join(members))
torn[len(b''.join(members[:4])) + 100] ^= 1
open('torn.warc.gz', 'wb').write(bytes(torn))
