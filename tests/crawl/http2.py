#!/usr/bin/env python3
"""A site that nginx serves by HTTP/2 over TLS: what is asked for by HTTP/2 is archived so that every reader of WARC files has it.

usage: http2.py GONGKAI
Skipped (77) where nginx with HTTP/2, or openssl, is not installed.
"""
import json
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
import zlib

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), 'archive'))
from second import Second, ours  # noqa: E402

SKIPPED, HOST = 77, '127.0.0.12'
PDF = os.path.join(os.path.dirname(os.path.dirname(HERE)), 'corpus', 'samples', 'final-tables.pdf')
PAGES = {
    '/robots.txt': 'User-agent: *\nDisallow: /internal/\n',
    '/yjs/index.html': '<html><meta charset="utf-8"><title>预决算公开</title><ul>'
                       '<li><a href="t20240205_1.html">望汐县教育局2024年部门预算公开</a><span>2024-02-05</span></li>'
                       '<li><a href="/moved/t20240204_2.html">望汐县民政局2024年部门预算公开</a><span>2024-02-04</span></li></ul>',
    '/yjs/t20240205_1.html': '<html><meta charset="utf-8"><div class="TRS_Editor"><p>2024年收入总预算12.50万元。</p>'
                             '<a href="P020240205.pdf">附件：部门决算公开表.pdf</a></div>',
    '/yjs/t20240204_2.html': '<html><meta charset="utf-8"><div class="TRS_Editor"><p>2024年收入总预算34.75万元。</p></div>'}
CONF = '''daemon off; worker_processes 1; pid {folder}/pid; error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    types {{ text/html html; text/plain txt; application/pdf pdf; }}
    log_format asked '$server_protocol $request_uri $status';
    access_log {folder}/access.log asked;
    client_body_temp_path {folder}/temp; proxy_temp_path {folder}/temp; fastcgi_temp_path {folder}/temp;
    uwsgi_temp_path {folder}/temp; scgi_temp_path {folder}/temp;
    gzip on;
    server {{
        listen {host}:{port} ssl http2; ssl_certificate {folder}/cert.pem; ssl_certificate_key {folder}/key.pem;
        root {folder}/www; index index.html;
        location /moved/ {{ rewrite ^/moved/(.*) /yjs/$1 permanent; }}
    }}
}}
'''
failures = []


def check(what, got, want):
    if got != want:
        failures.append('%s is %r, not %r' % (what, got, want))


def nginx():
    path = shutil.which('nginx') or shutil.which('nginx', path='/usr/sbin:/sbin')
    told = subprocess.run([path, '-V'], stderr=subprocess.PIPE).stderr if path else b''
    return path if b'http_v2_module' in told and shutil.which('openssl') else None


def make(folder, port):
    """The pages, and a server certificate by a CA of this run."""
    for path, text in PAGES.items():
        os.makedirs(os.path.dirname(folder + '/www' + path), exist_ok=True)
        with open(folder + '/www' + path, 'w', encoding='utf-8') as file:
            file.write(text)
    shutil.copy(PDF, folder + '/www/yjs/P020240205.pdf')
    os.mkdir(folder + '/temp')
    with open(folder + '/nginx.conf', 'w', encoding='utf-8') as file:
        file.write(CONF.format(folder=folder, host=HOST, port=port))
    with open(folder + '/seeds.tsv', 'w', encoding='utf-8') as file:
        file.write('url\nhttps://%s:%d/yjs/\n' % (HOST, port))
    key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
    for words in (['req', '-x509', *key, '-days', '2', '-subj', '/CN=ca', '-keyout', 'ca.key', '-out', 'ca.pem'],
                  ['req', '-x509', *key, '-days', '2', '-subj', '/CN=ca', '-keyout', 'other.key', '-out', 'other.pem'],
                  ['req', *key, '-subj', '/CN=' + HOST, '-addext', 'subjectAltName=IP:' + HOST, '-keyout', 'key.pem', '-out', 'csr'],
                  ['x509', '-req', '-in', 'csr', '-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2',
                   '-copy_extensions', 'copy', '-out', 'cert.pem']):
        subprocess.run(['openssl', *words], cwd=folder, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def serve(folder, port):
    process = subprocess.Popen([nginx(), '-p', folder, '-e', folder + '/error.log', '-c', folder + '/nginx.conf'],
                               stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(200):
        try:
            socket.create_connection((HOST, port), 1).close()
            return process
        except OSError:
            time.sleep(0.05)
    raise SystemExit('nginx does not answer: ' + open(folder + '/error.log').read())


def crawl(gongkai, folder, archive, *more):
    return subprocess.run([gongkai, 'crawl', '-q', '--archive', folder + '/' + archive, '--allow-network', '127.0.0.0/8', '--delay',
                           '0', '--patience', '1', *more, folder + '/seeds.tsv'], timeout=60).returncode


def asked(folder):
    with open(folder + '/access.log', encoding='utf-8') as log:
        return [tuple(line.split()) for line in log]


def check_requests(folder):
    """All by HTTP/2, each once."""
    want = [('/robots.txt', '200'), ('/yjs/', '200'), ('/yjs/t20240205_1.html', '200'), ('/moved/t20240204_2.html', '301'),
            ('/yjs/t20240204_2.html', '200'), ('/yjs/P020240205.pdf', '200')]
    check('what was asked for', sorted(r[1:] for r in asked(folder)), sorted(want))
    check('the protocols', {r[0] for r in asked(folder)}, {'HTTP/2.0'})


def members(path):
    """The records of a file, one by one."""
    with open(path, 'rb') as file:
        rest = file.read()
    while rest:
        member = zlib.decompressobj(31)
        yield member.decompress(rest)
        rest = member.unused_data


def check_records(folder):
    """A block of application/http is a message of HTTP/1.1, and a field tells that it came by HTTP/2."""
    answers = 0
    for record in members(folder + '/a/warc/gongkai-000001.warc.gz'):
        head, _, block = record.partition(b'\r\n\r\n')
        kind = re.search(rb'^WARC-Type: (\w+)', head, re.M).group(1)
        check('protocol of a %s' % kind, b'\r\nWARC-Protocol: h2\r\n' in head + b'\r\n', kind in (b'response', b'revisit', b'request'))
        if kind not in (b'response', b'revisit'):
            continue
        answers += 1
        line, _, names = block.partition(b'\r\n')
        check('status line', re.fullmatch(rb'HTTP/1\.1 (200|301) ', line) is not None, True)
        check('a second status line', b'HTTP/' in names.partition(b'\r\n\r\n')[0], False)
    check('answers', answers, 6)


def check_readers(gongkai, folder):
    verified = subprocess.run([gongkai, 'archive', 'verify', folder + '/a'], stdout=subprocess.PIPE)
    check('exit code of verify (%s)' % verified.stdout.decode(), verified.returncode, 0)
    if shutil.which('npm'):
        second, path = Second(gongkai), folder + '/a/warc/gongkai-000001.warc.gz'
        check('answers by warcio', second.answers([path]), ours(gongkai, folder + '/a'))
        check('statuses by warcio', sorted(r['status'] for r in second.records(path) if r['type'] == 'response'),
              [200, 200, 200, 200, 200, 301])
    for source, name in ((folder + '/a', 'archive'), (folder + '/a/warc/gongkai-000001.warc.gz', 'file')):
        done = subprocess.run([gongkai, 'extract', '--quiet', source, '-o', '%s/%s.sqlite' % (folder, name)])
        check('exit code of extract', done.returncode, 0)
        with sqlite3.connect('%s/%s.sqlite' % (folder, name)) as db:
            found = db.execute('SELECT s.source, f.value FROM document_sources s JOIN facts f ON f.doc = s.doc').fetchall()
            sources = sorted({url.rpartition('/')[2] for url, in db.execute('SELECT source FROM document_sources')})
        check('documents of the ' + name, sources, ['P020240205.pdf', 't20240204_2.html', 't20240205_1.html'])
        for page, value in (('t20240205_1.html', '125000'), ('t20240204_2.html', '347500')):
            check('%s of %s' % (value, page), any(url.endswith(page) and v == value for url, v in found), True)


def check_imported(gongkai, folder):
    """The protocol goes with a capture into another archive."""
    subprocess.run([gongkai, 'archive', 'import', folder + '/b', folder + '/a/warc/gongkai-000001.warc.gz'], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    copied = [r for r in members(folder + '/b/warc/gongkai-000001.warc.gz') if b'WARC-Type: response' in r[:200]]
    check('imported answers', len(copied), 6)
    check('imported protocols', {b'WARC-Protocol: h2\r\n' in r for r in copied}, {True})


def check_authorities(gongkai, folder):
    """Certificates of an authority that the system does not know, and files that are none."""
    check('exit code with another authority', crawl(gongkai, folder, 'other', '--ca-file', folder + '/other.pem'), 5)
    check('exit code with the authority', crawl(gongkai, folder, 'known', '--ca-file', folder + '/ca.pem'), 0)
    for name, why in (('none.pem', 'cannot read the certificates'), ('seeds.tsv', 'no certificate in PEM form')):
        command = [gongkai, 'crawl', '-q', '--archive', folder + '/bad', '--ca-file', folder + '/' + name, folder + '/seeds.tsv']
        done = subprocess.run(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        check('exit code with ' + name, done.returncode, 2)
        check('%s in the message %r' % (why, done.stderr), why.encode() in done.stderr and name.encode() in done.stderr, True)


def main():
    gongkai = os.path.abspath(sys.argv[1])
    if not nginx():
        print('nginx with HTTP/2 and openssl are not installed')
        return SKIPPED
    folder = tempfile.mkdtemp(prefix='gongkai-http2-')
    os.chmod(folder, 0o755)  # nginx gives up the rights of root
    with socket.socket() as s:
        s.bind((HOST, 0))
        port = s.getsockname()[1]
    make(folder, port)
    process = serve(folder, port)
    try:
        check('exit code where the certificate is of nobody known', crawl(gongkai, folder, 'strict'), 5)
        check('requests without a known certificate', asked(folder), [])
        told = subprocess.run([gongkai, 'status', '--archive', folder + '/strict', '--format', 'jsonl'], stdout=subprocess.PIPE)
        check('class without a known certificate', json.loads(told.stdout)['outcome'], 'tls')
        check('exit code', crawl(gongkai, folder, 'a', '--insecure-host', HOST), 0)
        check_requests(folder)
        check_records(folder)
        check_readers(gongkai, folder)
        check_imported(gongkai, folder)
        check_authorities(gongkai, folder)
    finally:
        process.terminate()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)
    print('\n'.join(failures + ['%d failures' % len(failures)]))
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
