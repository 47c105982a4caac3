#!/usr/bin/env python3
"""What a crawl asks for: nothing that robots.txt refuses or may refuse, nothing more of who refuses, nothing at forbidden
addresses; and what it says of the documents that it could not have.

usage: asked.py GONGKAI
"""
import concurrent.futures
import json
import os
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
from faults import BROTLI_BOMB, PAGE, Faults, stored  # noqa: E402

LOOPBACK = ('--allow-network', '127.0.0.0/8', '--allow-network', '::1')
# Host label, path, and what the server is asked for beside robots.txt.
ASKED = [
    ('a', '/ok', ['/ok']),
    ('a', '/challenge-412', ['/challenge-412']),
    ('a', '/status/401', ['/status/401']),
    ('a', '/retry-after-429', ['/retry-after-429']),
    ('a', '/redirect', ['/redirect', '/ok']),
    ('a', '/redirect-loop', ['/redirect-loop'] * 6),
    ('a', '/redirect-forever', ['/redirect-forever'] + ['/redirect-forever/%d' % n for n in range(1, 6)]),
    ('a', '/redirect-domain', ['/redirect-domain']),
    ('a', '/redirect-scheme', ['/redirect-scheme']),
    ('robots-deny', '/ok', []),
    ('robots-ours', '/ok', []),
    ('robots-ours', '/redirect', ['/redirect']),  # the next hop is refused
    ('robots-utf16', '/ok', []),
    ('robots-redirect', '/ok', ['/robots-moved']),
    ('robots-500', '/ok', []),
    ('robots-429', '/ok', []),
    ('robots-reset', '/ok', []),
    ('robots-challenge', '/ok', []),
    ('robots-404', '/ok', ['/ok']),
    ('robots-loop', '/ok', ['/robots.txt'] * 5 + ['/ok']),
    ('robots-large', '/early', []),
]
failures = []


def check(what, got, want):
    if got != want:
        failures.append('%s is %r, not %r' % (what, got, want))


def harvest(program, folder, url, *options):
    """Crawls one entry page and gives its status."""
    os.makedirs(folder)
    seeds, archive = os.path.join(folder, 'seeds.tsv'), os.path.join(folder, 'archive')
    with open(seeds, 'w', encoding='utf-8') as file:
        file.write('url\n%s\n' % url)
    done = subprocess.run([program, 'crawl', '-q', '--archive', archive, '--delay', '0', '--timeout', '5',
                           '--patience', '1', *options, seeds], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=60)
    check('exit code of %s (%s)' % (url, done.stderr.decode()[:200]), done.returncode in (1, 5), True)
    told = subprocess.run([program, 'status', '--archive', archive, '--format', 'jsonl'], stdout=subprocess.PIPE, timeout=60)
    lines = [json.loads(line) for line in told.stdout.splitlines()]
    entries = [line for line in lines if line['kind'] == 'entry_page']
    check('entry pages of %s' % url, len(entries), 1)
    return entries[0]


def captures(program, archive):
    told = subprocess.run([program, 'archive', 'list', '--json', archive], stdout=subprocess.PIPE, timeout=60)
    return [json.loads(line) for line in told.stdout.splitlines()]


def check_asked(program, server, folder, number):
    """Every row has a host of its own, by which its requests are known."""
    label, path, want = ASKED[number]
    host = '%s.n%d.localhost:%d' % (label, number, server.ports['http'])
    harvest(program, os.path.join(folder, str(number)), 'http://%s%s' % (host, path), *LOOPBACK)
    check('what %s%s asks for' % (label, path), [target for name, target in server.log if name == host], ['/robots.txt', *want])
    archived = captures(program, os.path.join(folder, str(number), 'archive'))
    check('what is archived of %s%s' % (label, path), [c['url'] for c in archived],
          ['http://' + host + target for target in ('/robots.txt', *want)])
    robots = [c for c in archived if c['kind'] == 'robots']
    ways = sum(target.startswith('/robots') for target in want)
    check('which of them tell what robots may do (%s%s)' % (label, path), robots, archived[:1 + ways])


def check_forbidden(program, server, folder):
    """Without the networks of the loopback nobody is asked anything."""
    before = len(server.log)
    for number, host in enumerate(('a.localhost', '127.0.0.1', '[::1]', '[::ffff:127.0.0.1]')):
        entry = harvest(program, os.path.join(folder, 'forbidden%d' % number), 'http://%s:%d/ok' % (host, server.ports['http']))
        check('class of %s' % host, entry.get('outcome'), 'connect')
    check('requests to forbidden addresses', len(server.log) - before, 0)


def check_notices(program, server, folder):
    """Each document behind an entry page is there, or is missing with its class."""
    url = 'http://notices.localhost:%d/notices' % server.ports['http']
    entry = harvest(program, os.path.join(folder, 'notices'), url, *LOOPBACK)
    check('class of the list', entry.get('outcome'), 'ok')
    check('documents', entry['documents'], [{'year': 2024, 'kind': kind, 'count': 1} for kind in ('article', 'attachment')])
    check('missing', {m['outcome']: m['count'] for m in entry['missing']},
          {'soft-404': 2, 'http-4xx': 2, 'truncated': 1, 'too-large': 1})


def check_codings(program, server, folder):
    """What a server squeezed is archived as it came, also where nobody can undo it; the class tells that."""
    whole = PAGE.decode()
    for name, outcome, raw, plain in (('brotli', 'empty-list', stored(PAGE), whole), ('brotli-bomb', 'too-large', BROTLI_BOMB, None),
                                      ('brotli-broken', 'bad-encoding', b'\xff' * 100, None),
                                      ('unknown-coding', 'bad-encoding', PAGE, None)):
        url = 'http://%s.localhost:%d/%s' % (name, server.ports['http'], name)
        entry = harvest(program, os.path.join(folder, name), url, *LOOPBACK)
        check('class of ' + name, entry.get('outcome'), outcome)
        cat = [program, 'archive', 'cat', os.path.join(folder, name, 'archive'), url]
        check('raw bytes of ' + name, subprocess.run(cat[:3] + ['--raw'] + cat[3:], stdout=subprocess.PIPE).stdout, raw)
        if plain:
            check('bytes of ' + name, subprocess.run(cat, stdout=subprocess.PIPE).stdout.decode(), plain)


def main():
    server = Faults()
    with tempfile.TemporaryDirectory() as folder:
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            for row in [pool.submit(check_asked, sys.argv[1], server, folder, number) for number in range(len(ASKED))]:
                row.result()
        check_notices(sys.argv[1], server, folder)
        check_codings(sys.argv[1], server, folder)
        check_forbidden(sys.argv[1], server, folder)
    server.close()
    for failure in failures:
        print(failure)
    print('%d failures' % len(failures))
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
