#!/usr/bin/env python3
"""A server on loopback that answers wrongly: the first part of a path names what it does.

usage: faults.py [--list]     prints one line "NAME PORT" for each of its ports, then "ready"; ends with its input
       from faults import Faults

http     behaviours by path: /reset-in-body, /status/404, /slow-body ...   (--list prints them)
         /robots.txt: by the first label of the host, http://robots-503.localhost:PORT/ (names below .localhost are
         loopback for libcurl); any other host has no rules
tls      the same behind a certificate that nobody signed
plain    says that it speaks no TLS, whatever it is asked
reset    resets each connection as soon as it was spoken to
stall    takes connections and never says anything: for https a handshake without an answer
full     does not take connections: its queue is full
closed   a port where nothing listens
"""
import atexit
import email.utils
import gzip
import os
import shutil
import socket
import ssl
import struct
import subprocess
import sys
import tempfile
import threading
import time
import zlib

HERE = os.path.dirname(os.path.abspath(__file__))
PAGE = b'<!DOCTYPE html><html><head><meta charset="utf-8"><title>fault</title></head><body><p>whole</p></body></html>'
BEHAVIOURS = {}
STOP = threading.Event()


class Gone(Exception):
    """The client went away, or the server ends."""


class Connection:
    def __init__(self, sock):
        self.sock, self.held, self.keep = sock, b'', True

    def read_request(self):
        """Method, target, headers and body of the next request, and its bytes; None at the end."""
        while b'\r\n\r\n' not in self.held:
            if not self.more():
                return None
        head, _, self.held = self.held.partition(b'\r\n\r\n')
        lines = head.split(b'\r\n')
        method, target = lines[0].split(b' ')[:2]
        headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(b':') for line in lines[1:])}
        length = int(headers.get(b'content-length', b'0'))
        while len(self.held) < length:
            if not self.more():
                return None
        body, self.held = self.held[:length], self.held[length:]
        return method.decode(), target.decode(), headers, body, head + b'\r\n\r\n' + body

    def more(self):
        data = self.sock.recv(65536)
        self.held += data
        return bool(data)

    def send(self, data):
        if STOP.is_set():
            raise Gone
        self.sock.sendall(data)

    def wait(self, seconds):
        """Waits, but no longer than the client does."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self.sock.settimeout(0.2)
            try:
                if not self.more():
                    raise Gone
            except socket.timeout:
                pass
            finally:
                self.sock.settimeout(None)
            if STOP.is_set():
                raise Gone

    def reset(self):
        """Ends with a reset in place of an orderly end."""
        self.sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack('ii', 1, 0))
        self.close()

    def close(self):
        self.keep = False
        try:
            self.sock.close()
        except OSError:
            pass

    def answer(self, body=PAGE, status='200 OK', kind='text/html', headers=(), length=None):
        lines = ['HTTP/1.1 ' + status, 'Content-Type: ' + kind, *headers,
                 'Content-Length: %s' % (len(body) if length is None else length)]
        self.send('\r\n'.join(lines).encode('latin-1') + b'\r\n\r\n' + body)


def behaviour(function):
    BEHAVIOURS[function.__name__.strip('_').replace('_', '-')] = function
    return function


# ---- whole answers

@behaviour
def ok(c, r):
    c.answer()


@behaviour
def echo(c, r):
    c.answer(r['bytes'], kind='application/octet-stream')


@behaviour
def size(c, r):
    c.answer(b'x' * int(r['rest'][0]), kind='application/octet-stream')


@behaviour
def conditional(c, r):
    if r['headers'].get(b'if-none-match') == b'"one"' or r['headers'].get(b'if-modified-since'):
        c.send(b'HTTP/1.1 304 Not Modified\r\nETag: "one"\r\n\r\n')
    else:
        c.answer(headers=['ETag: "one"', 'Last-Modified: Mon, 05 Feb 2024 03:04:05 GMT'])


@behaviour
def tags(c, r):
    c.answer(headers=['X-Robots-Tag: noindex', 'x-robots-tag: gongkai: nofollow', "Content-Disposition: attachment; "
                      "filename*=UTF-8''%E9%A2%84.pdf", 'ETag:  W/"a b" ', 'ETag: "second"'])


@behaviour
def old_protocol(c, r):
    c.send(b'HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n' + PAGE)
    c.close()


@behaviour
def interim(c, r):
    c.send(b'HTTP/1.1 100 Continue\r\nX-Interim: 1\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n')
    c.answer()


@behaviour
def status(c, r):
    code = r['rest'][0]
    c.answer(b'' if code in ('204', '304') else PAGE, code + ' Said')


# ---- connections that end

@behaviour
def reset_after_request(c, r):
    c.reset()


@behaviour
def close_after_request(c, r):
    c.close()


@behaviour
def reset_in_status(c, r):
    c.send(b'HTTP/1.1 20')
    time.sleep(0.1)
    c.reset()


@behaviour
def close_in_status(c, r):
    c.send(b'HTTP/1.1 20')
    c.close()


@behaviour
def reset_in_headers(c, r):
    c.send(b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Le')
    time.sleep(0.1)
    c.reset()


@behaviour
def close_in_headers(c, r):
    c.send(b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Le')
    c.close()


@behaviour
def close_behind_headers(c, r):
    c.send(b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n')
    c.close()


@behaviour
def reset_after_headers(c, r):
    c.send(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
    time.sleep(0.1)
    c.reset()


@behaviour
def reset_in_body(c, r):
    c.send(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n' + b'x' * 500)
    time.sleep(0.1)
    c.reset()


@behaviour
def close_in_body(c, r):
    c.answer(b'x' * 500, length=1000)
    c.close()


@behaviour
def close_after_answer(c, r):
    """The next request on the connection, which did not say that it ends, meets nobody."""
    c.answer()
    time.sleep(0.05)
    c.reset()


@behaviour
def close_in_not_found(c, r):
    c.answer(b'x' * 500, '404 Not Found', length=1000)
    c.close()


# ---- lengths

@behaviour
def short_length(c, r):
    c.answer(b'x' * 500, length=100)
    c.close()


@behaviour
def long_length(c, r):
    c.answer(b'x' * 500, length=1000)
    c.wait(60)


@behaviour
def negative_length(c, r):
    c.answer(length=-5)
    c.close()


@behaviour
def text_length(c, r):
    c.answer(length='many')
    c.close()


@behaviour
def huge_length(c, r):
    c.answer(length=10 ** 30)
    c.close()


@behaviour
def two_lengths(c, r):
    c.send(b'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 50\r\n\r\n' + b'x' * 5)
    c.close()


@behaviour
def large_announced(c, r):
    c.send(b'HTTP/1.1 200 OK\r\nContent-Type: application/pdf\r\nContent-Length: 100000000\r\n\r\n')
    for _ in range(100):
        c.send(b'x' * 1000000)


# ---- chunks

CHUNKED = b'HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n'


def chunk(data):
    return b'%x\r\n%s\r\n' % (len(data), data)


@behaviour
def torn_chunks(c, r):
    whole = CHUNKED + chunk(b'one') + chunk(b'two' * 10) + b'0\r\nX-Trailer: 1\r\n\r\n'
    for at in range(0, len(whole), 7):
        c.send(whole[at:at + 7])
        time.sleep(0.005)


@behaviour
def bad_chunk(c, r):
    c.send(CHUNKED + chunk(b'one') + b'zz\r\ntwo\r\n0\r\n\r\n')
    c.wait(60)


@behaviour
def long_chunk(c, r):
    c.send(CHUNKED + chunk(b'one') + b'FFFFFFFFFFFFFFFFF\r\ntwo\r\n')
    c.wait(60)


@behaviour
def endless_chunk_size(c, r):
    c.send(CHUNKED)
    while True:
        c.send(b'0' * 65536)


@behaviour
def cut_chunk(c, r):
    c.send(CHUNKED + chunk(b'one') + b'100\r\ntwo')
    c.close()


@behaviour
def no_last_chunk(c, r):
    c.send(CHUNKED + chunk(b'one') + chunk(b'two'))
    c.close()


@behaviour
def endless_trailers(c, r):
    c.send(CHUNKED + chunk(b'one') + b'0\r\n')
    while True:
        c.send(b'X-Trailer: ' + b'x' * 1000 + b'\r\n')


@behaviour
def squeezed_transfer(c, r):
    data = gzip.compress(b'x' * 500)
    c.send(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n' + chunk(data) + b'0\r\n\r\n')


# ---- time

@behaviour
def silent(c, r):
    c.wait(60)


@behaviour
def silent_after_headers(c, r):
    c.send(b'HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n')
    c.wait(60)


@behaviour
def slow_status(c, r):
    for byte in b'HTTP/1.1 200 OK\r\nX-Slow: ' + b'x' * 100:
        c.send(bytes([byte]))
        c.wait(1)


@behaviour
def slow_body(c, r):
    c.send(b'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n')
    for _ in range(100):
        c.send(b'x')
        c.wait(1)


@behaviour
def steady_body(c, r):
    """Fast enough never to be cut for its speed, and without an end."""
    c.send(b'HTTP/1.1 200 OK\r\n\r\n')
    while True:
        c.send(b'x' * 200)
        c.wait(0.2)


@behaviour
def late(c, r):
    c.wait(1)
    c.answer()


# ---- without an end

@behaviour
def endless_body(c, r):
    c.send(b'HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n\r\n')
    while True:
        c.send(b'x' * 65536)


@behaviour
def endless_chunks(c, r):
    c.send(CHUNKED)
    while True:
        c.send(chunk(b'x' * 65536))


@behaviour
def endless_not_found(c, r):
    c.send(b'HTTP/1.1 404 Not Found\r\n\r\n')
    while True:
        c.send(b'x' * 65536)


@behaviour
def endless_headers(c, r):
    c.send(b'HTTP/1.1 200 OK\r\n')
    while True:
        c.send(b'X-More: ' + b'x' * 1000 + b'\r\n')


@behaviour
def endless_interim(c, r):
    while True:
        c.send(b'HTTP/1.1 100 Continue\r\n\r\n' * 100)


@behaviour
def long_header(c, r):
    c.send(b'HTTP/1.1 200 OK\r\nX-Long: ' + b'x' * (1 << 20) + b'\r\n\r\n' + PAGE)
    c.close()


# ---- headers

@behaviour
def nul_header(c, r):
    c.send(b'HTTP/1.1 200 OK\r\nX-Nul: a\0b\r\nContent-Length: 5\r\n\r\nwhole')


@behaviour
def folded_header(c, r):
    c.send(b'HTTP/1.1 200 OK\r\nX-Folded: a\r\n  b\r\nContent-Type: text/html\r\nContent-Length: 5\r\n\r\nwhole')


@behaviour
def bare_line_ends(c, r):
    c.send(b'HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Length: 5\n\nwhole')


@behaviour
def no_colon(c, r):
    c.send(b'HTTP/1.1 200 OK\r\nthis is no header\r\nContent-Length: 5\r\n\r\nwhole')


@behaviour
def wide_header(c, r):
    c.send(b'HTTP/1.1 200 \xbb\xb6\xd3\xad\r\nContent-Disposition: attachment; filename=\xd4\xa4\xcb\xe3.pdf\r\n'
           b'Content-Length: 5\r\n\r\nwhole')


@behaviour
def no_http(c, r):
    c.send(PAGE)
    c.close()


@behaviour
def no_status(c, r):
    c.send(b'HTTP/1.1 fine\r\nContent-Length: 5\r\n\r\nwhole')
    c.close()


@behaviour
def banner(c, r):
    c.send(b'220 mail.fault.test ESMTP\r\n')
    c.wait(60)


@behaviour
def two_answers(c, r):
    c.send(b'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirstHTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nsecond')


@behaviour
def switching(c, r):
    c.send(b'HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n')
    c.wait(60)


# ---- waits

@behaviour
def retry_after_seconds(c, r):
    c.answer(status='503 Busy', headers=['Retry-After: 120'])


@behaviour
def retry_after_date(c, r):
    c.answer(status='503 Busy', headers=['Retry-After: ' + email.utils.formatdate(time.time() + 120, usegmt=True)])


@behaviour
def retry_after_past(c, r):
    c.answer(status='503 Busy', headers=['Retry-After: Mon, 05 Feb 2024 03:04:05 GMT'])


@behaviour
def retry_after_429(c, r):
    c.answer(status='429 Too Many', headers=['Retry-After: 7'])


@behaviour
def retry_after_nonsense(c, r):
    c.answer(status='503 Busy', headers=['Retry-After: soon'])


@behaviour
def busy_once(c, r):
    """429 for the first who asks, then the page: /busy-once/NAME."""
    with LOCK:
        first = r['target'] not in SEEN
        SEEN.add(r['target'])
    if first:
        c.answer(status='429 Too Many', headers=['Retry-After: 1'])
    else:
        c.answer()


LOCK, SEEN = threading.Lock(), set()


# ---- redirects

def redirect_to(c, where, code='302 Found'):
    c.answer(b'', code, headers=['Location: ' + where])


@behaviour
def redirect(c, r):
    redirect_to(c, '/ok')


@behaviour
def redirect_permanent(c, r):
    redirect_to(c, '/ok', '301 Moved Permanently')


@behaviour
def redirect_method(c, r):
    redirect_to(c, '/echo', '307 Temporary Redirect')


@behaviour
def redirect_loop(c, r):
    redirect_to(c, '/redirect-loop')


@behaviour
def redirect_chain(c, r):
    """/redirect-chain/N leads to the page after N hops."""
    n = int(r['rest'][0])
    redirect_to(c, '/redirect-chain/%d' % (n - 1) if n > 1 else '/ok')


@behaviour
def redirect_forever(c, r):
    redirect_to(c, '/redirect-forever/%d' % (int((r['rest'] or ['0'])[0]) + 1))


@behaviour
def redirect_forbidden(c, r):
    """/redirect-forbidden/HOST leads to http://HOST/."""
    redirect_to(c, 'http://%s/' % '/'.join(r['rest']))


@behaviour
def redirect_scheme(c, r):
    redirect_to(c, 'file:///etc/passwd')


@behaviour
def redirect_userinfo(c, r):
    redirect_to(c, 'http://user:word@localhost/')


@behaviour
def redirect_domain(c, r):
    redirect_to(c, 'http://elsewhere.test/')


@behaviour
def redirect_nowhere(c, r):
    c.answer(b'', '302 Found')


@behaviour
def redirect_long(c, r):
    redirect_to(c, '/' + 'x' * 20000)


@behaviour
def redirect_broken_body(c, r):
    c.answer(b'x' * 500, '302 Found', headers=['Location: /ok'], length=1000)
    c.close()


# ---- content codings

def coded(c, data, coding):
    c.answer(data, headers=['Content-Encoding: ' + coding])


@behaviour
def gzip_body(c, r):
    coded(c, gzip.compress(PAGE), 'gzip')


@behaviour
def gzip_members(c, r):
    coded(c, gzip.compress(PAGE[:20]) + gzip.compress(PAGE[20:]) + b'\0\0', 'x-gzip')


@behaviour
def gzip_twice(c, r):
    coded(c, gzip.compress(zlib.compress(PAGE)), 'deflate, gzip')


@behaviour
def gzip_thrice(c, r):
    coded(c, gzip.compress(gzip.compress(gzip.compress(PAGE))), 'gzip, gzip, gzip')


@behaviour
def gzip_often(c, r):
    data = PAGE
    for _ in range(5):
        data = gzip.compress(data)
    coded(c, data, ', '.join(['gzip'] * 5))


@behaviour
def gzip_empty(c, r):
    coded(c, b'', 'gzip')


@behaviour
def gzip_cut(c, r):
    coded(c, gzip.compress(PAGE)[:-20], 'gzip')


@behaviour
def gzip_broken(c, r):
    data = bytearray(gzip.compress(os.urandom(500)))
    data[-6] ^= 0xFF
    coded(c, bytes(data), 'gzip')


@behaviour
def gzip_in_name_only(c, r):
    coded(c, PAGE, 'gzip')


@behaviour
def deflate_zlib(c, r):
    coded(c, zlib.compress(PAGE), 'Deflate')


@behaviour
def deflate_bare(c, r):
    z = zlib.compressobj(9, zlib.DEFLATED, -15)
    coded(c, z.compress(PAGE) + z.flush(), 'deflate')


@behaviour
def brotli(c, r):
    coded(c, stored(PAGE), 'br')


@behaviour
def brotli_cut(c, r):
    coded(c, stored(PAGE)[:-20], 'br')


@behaviour
def brotli_broken(c, r):
    coded(c, b'\xff' * 100, 'br')


@behaviour
def brotli_more(c, r):
    coded(c, stored(PAGE) + b'more', 'br')


@behaviour
def brotli_bomb(c, r):
    coded(c, BROTLI_BOMB, 'br')


@behaviour
def unknown_coding(c, r):
    coded(c, PAGE, 'zstd')


@behaviour
def identity(c, r):
    coded(c, PAGE, 'identity')


ZEROS = {}


BROTLI_BOMB = bytes.fromhex(  # 64 MiB of zeros
    'cfffff7ff82700e2b14020f7fe9ffffffff04f00c4610180eefd3fffffffe19f0088c32200ddfb7ffeffffc33f0110870500baf7ff03')


def stored(data):
    """Brotli that compresses nothing: one meta-block of up to 65536 bytes (RFC 7932, section 9.2)."""
    return (0x0b | (len(data) - 1) << 7 | 1 << 23).to_bytes(3, 'little') + data + b'\x03'


def zeros(megabytes, squeeze):
    if (megabytes, squeeze) not in ZEROS:
        ZEROS[megabytes, squeeze] = squeeze(bytes(megabytes << 20))
    return ZEROS[megabytes, squeeze]


@behaviour
def gzip_bomb(c, r):
    coded(c, zeros(16, gzip.compress), 'gzip')


@behaviour
def deflate_bomb(c, r):
    coded(c, zeros(16, zlib.compress), 'deflate')


@behaviour
def nested_bomb(c, r):
    coded(c, gzip.compress(zeros(16, gzip.compress)), 'gzip, gzip')


@behaviour
def transfer_bomb(c, r):
    data = zeros(16, gzip.compress)
    c.send(b'HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n' + chunk(data) + b'0\r\n\r\n')


# ---- pages that are not what they seem (for those who read them)

@behaviour
def soft_404(c, r):
    c.answer('<html><head><title>404 - 页面不存在</title></head><body>您访问的页面不存在</body></html>'.encode())


@behaviour
def html_for_pdf(c, r):
    c.answer(b'<html><head><title>error</title></head><body>no such file</body></html>')


@behaviour
def challenge_202(c, r):
    c.answer(b'<script>document.cookie="k=1";location.reload()</script>', '202 Accepted')


@behaviour
def challenge_412(c, r):
    c.answer(b'<html><head><meta content="x"><script>$_ts=window["$_ts"];</script></head></html>', '412 Precondition Failed')


@behaviour
def challenge_521(c, r):
    c.answer(b'<script>document.cookie=("_")+("_jsluid");location.href=location.pathname</script>', '521 ')


@behaviour
def challenge_200(c, r):
    c.answer(b'<!DOCTYPE html><html><head><script>$_ts=window["$_ts"];if(!$_ts)$_ts={};$_ts.nsd=87;</script></head><body>'
             b'</body></html>')


@behaviour
def login_page(c, r):
    c.answer('<html><head><title>用户登录</title></head><body><form><input name="user"><input type="password" name="word">'
             '</form></body></html>'.encode())


@behaviour
def noindex(c, r):
    c.answer(headers=['X-Robots-Tag: noindex, nofollow'])


@behaviour
def notices(c, r):
    """A list whose notices and files are faults themselves."""
    places = ['ok', 'html-for-pdf.pdf', 'status/404', 'soft-404', 'close-in-body', 'gzip-bomb', 'pdf.pdf', 'redirect-loop']
    rows = ''.join('<li><a href="/%s">望汐县第%d局2024年度部门预算公开</a><span>2024-02-0%d</span></li>' % (place, n, n)
                   for n, place in enumerate(places, 1))
    c.answer(('<html><head><meta charset="utf-8"><title>预算公开</title></head><body><ul>%s</ul></body></html>' % rows).encode())


@behaviour
def pdf(c, r):
    c.answer(b'%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj <</Type/Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n', kind='application/pdf')


# ---- robots.txt, by the first label of the host

LARGE_ROBOTS = b'User-agent: *\nDisallow: /early\n' + b'# filler\n' * 60000 + b'Disallow: /late\n'
UTF16 = 'User-agent: *\nDisallow: /ok\n'.encode('utf-16')
ROBOTS = {
    'robots-deny': lambda c: c.answer(b'User-agent: *\nDisallow: /\n', kind='text/plain'),
    'robots-ours': lambda c: c.answer(b'User-agent: *\nAllow: /\n\nUser-agent: gongkai\nDisallow: /ok\n', kind='text/plain'),
    'robots-delay': lambda c: c.answer(b'User-agent: *\nCrawl-delay: 2\n', kind='text/plain'),
    'robots-404': lambda c: c.answer(PAGE, '404 Not Found'),
    'robots-403': lambda c: c.answer(PAGE, '403 Forbidden'),
    'robots-500': lambda c: c.answer(PAGE, '500 Failed'),
    'robots-503': lambda c: c.answer(PAGE, '503 Busy'),
    'robots-429': lambda c: c.answer(PAGE, '429 Too Many', headers=['Retry-After: 5']),
    'robots-reset': lambda c: c.reset(),
    'robots-silent': lambda c: c.wait(60),
    'robots-large': lambda c: c.answer(LARGE_ROBOTS, kind='text/plain'),
    'robots-endless': lambda c: endless_body(c, None),
    'robots-utf16': lambda c: c.answer(UTF16, kind='text/plain'),
    'robots-html': lambda c: c.answer(PAGE),
    'robots-gzip': lambda c: c.answer(gzip.compress(b'User-agent: *\nDisallow: /ok\n'), kind='text/plain',
                                      headers=['Content-Encoding: gzip']),
    'robots-bomb': lambda c: coded(c, zeros(16, gzip.compress), 'gzip'),
    'robots-redirect': lambda c: redirect_to(c, '/robots-moved'),
    'robots-loop': lambda c: redirect_to(c, '/robots.txt'),
    'robots-challenge': lambda c: challenge_412(c, None),
    'robots-cut': lambda c: (c.answer(b'User-agent: *\nDisallow: /ok\n', length=1000), c.close()),
}


@behaviour
def robots_moved(c, r):
    c.answer(b'User-agent: *\nDisallow: /ok\n', kind='text/plain')


def answer_robots(c, headers):
    label = headers.get(b'host', b'').decode('latin-1').split('.')[0].split(':')[0]
    if label in ROBOTS:
        ROBOTS[label](c)
    else:
        c.answer(b'User-agent: *\nDisallow:\n', kind='text/plain')


# ---- the server

class Faults:
    """Ports by name in .ports; requests that came, as (host, target), in .log."""

    def __init__(self):
        self.ports, self.log, self.open = {}, [], []
        self.tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.tls.load_cert_chain(*self.certificate())
        self.listen('http', lambda s: self.serve(s))
        self.listen('tls', lambda s: self.serve(self.tls.wrap_socket(s, server_side=True)))
        self.listen('plain', lambda s: (s.recv(9), s.sendall(b'HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n')))
        self.listen('reset', lambda s: (s.recv(9), Connection(s).reset()))
        self.listen('stall', lambda s: Connection(s).wait(60))
        self.fill()
        closed = socket.create_server(('127.0.0.1', 0))
        self.ports['closed'] = closed.getsockname()[1]
        closed.close()


    @staticmethod
    def certificate():
        """A certificate and its key, made for this run: files that are gone with the folder of the process."""
        folder = tempfile.mkdtemp(prefix='faults-')
        cert, key = os.path.join(folder, 'cert.pem'), os.path.join(folder, 'key.pem')
        subprocess.run(['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes',
                        '-days', '2', '-subj', '/CN=localhost', '-keyout', key, '-out', cert],
                       check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        atexit.register(shutil.rmtree, folder, True)
        return cert, key

    def listen(self, name, take):
        listener = socket.create_server(('127.0.0.1', 0), backlog=256)
        self.ports[name] = listener.getsockname()[1]
        self.open.append(listener)
        threading.Thread(target=self.accept, args=(listener, take), daemon=True).start()

    def fill(self):
        """A listener whose queue is full drops what comes."""
        listener = socket.create_server(('127.0.0.1', 0), backlog=0)
        self.ports['full'] = listener.getsockname()[1]
        self.open.append(listener)
        for _ in range(4):
            s = socket.socket()
            s.setblocking(False)
            s.connect_ex(listener.getsockname())
            self.open.append(s)

    def accept(self, listener, take):
        while not STOP.is_set():
            try:
                s, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=self.run, args=(take, s), daemon=True).start()

    def run(self, take, s):
        try:
            s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            take(s)
        except (OSError, Gone, ssl.SSLError, ValueError):
            pass
        finally:
            try:
                s.close()
            except OSError:
                pass

    def serve(self, s):
        c = Connection(s)
        while c.keep:
            got = c.read_request()
            if not got:
                break
            method, target, headers, body, raw = got
            path = target.partition('?')[0]
            self.log.append((headers.get(b'host', b'').decode('latin-1'), target))
            name, *rest = path.strip('/').split('/')
            if path == '/robots.txt':
                answer_robots(c, headers)
            elif name.partition('.')[0] in BEHAVIOURS:  # /html-for-pdf.pdf is /html-for-pdf
                BEHAVIOURS[name.partition('.')[0]](c, {'target': target, 'rest': rest, 'headers': headers, 'body': body,
                                                       'bytes': raw, 'method': method})
            else:
                c.answer(PAGE, '404 Not Found')
        c.close()

    def close(self):
        STOP.set()
        for s in self.open:
            s.close()


def main():
    if sys.argv[1:] == ['--list']:
        print('\n'.join([*sorted(BEHAVIOURS), *sorted(ROBOTS)]))
        return 0
    server = Faults()
    for name, port in server.ports.items():
        print(name, port)
    print('ready', flush=True)
    sys.stdin.read()
    server.close()
    return 0


if __name__ == '__main__':
    sys.exit(main())
