#!/usr/bin/env python3
"""A notice whose first request meets a connection that breaks: the run waits, asks again, and ends well.

usage: again.py GONGKAI
"""
import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time

PAGES = {
    '/yjs/': '<html><meta charset="utf-8"><ul><li><a href="t20240205_1.html">望汐县教育局2024年部门预算公开</a>'
             '<span>2024-02-05</span></li></ul></html>',
    '/yjs/t20240205_1.html': '<html><meta charset="utf-8"><div class="TRS_Editor"><p>2024年收入总预算12.50万元。</p></div></html>'}
ASKED = []


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        ASKED.append((time.monotonic(), self.path))
        first = [path for _, path in ASKED].count(self.path) == 1
        if self.path.endswith('.html') and first:
            self.close_connection = True
            self.connection.shutdown(2)
            return
        body = PAGES.get(self.path, '').encode()
        self.send_response(200 if body else 404)
        self.send_header('Content-Type', 'text/html')
        self.send_header('Content-Length', str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


def main():
    server = http.server.ThreadingHTTPServer(('127.0.0.1', 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    folder = tempfile.mkdtemp(prefix='gongkai-again-')
    try:
        with open(folder + '/seeds.tsv', 'w') as seeds:
            seeds.write('url\nhttp://127.0.0.1:%d/yjs/\n' % server.server_port)
        code = subprocess.run([sys.argv[1], 'crawl', '-q', '--archive', folder + '/a', '--allow-network', '127.0.0.0/8',
                               '--delay', '0', '--patience', '60', folder + '/seeds.tsv'], timeout=100).returncode
        told = subprocess.run([sys.argv[1], 'status', '--archive', folder + '/a', '--format', 'jsonl'],
                              stdout=subprocess.PIPE).stdout
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    entry = json.loads(told)
    times = [at for at, path in ASKED if path.endswith('.html')]
    bad = []
    if code != 0 or entry['outcome'] != 'ok' or [d['count'] for d in entry['documents']] != [1] or entry['waiting']:
        bad.append('exit code %d, %s' % (code, entry))
    if len(times) != 2 or not 29 <= times[1] - times[0] <= 45:
        bad.append('asked at %s' % times)
    if len(ASKED) != 4:
        bad.append('asked for %s' % [path for _, path in ASKED])
    print('\n'.join(bad + ['%d failures' % len(bad)]))
    return 1 if bad else 0


sys.exit(main())
