#!/usr/bin/env python3
"""The fetcher against each behaviour of faults.py: class, bytes and time by behaviours.tsv.

usage: run.py PROBE
"""
import hashlib
import os
import sys

sys.dont_write_bytecode = True
import late  # noqa: E402
from faults import BEHAVIOURS, HERE, PAGE, Faults  # noqa: E402

# libcurl looks at the speed once a second, so that slowness ends up to a second late: less than a fifth of SLOW.
CONNECT, TOTAL, SPEED, SLOW, MOST = 3, 12, 100, 6, 1 << 20
failures = []


def check(what, got, want):
    if got != want:
        failures.append('%s is %r, not %r' % (what, got, want))


def probe(program, requests, *options, concurrency=256):
    """What the fetcher says of each request, in their order."""
    arguments = [program, str(concurrency), *map(str, (CONNECT, TOTAL, SPEED, SLOW, MOST)), *options]
    code, out, _, *probe.times = late.run(arguments, '\n'.join(requests).encode() + b'\n')
    check('exit code', code, 0)
    answers = {}
    for line in out.decode('latin-1').split('\n')[:-1]:
        number, *fields = line.split('\t')
        check('a second answer to %s' % requests[int(number)], int(number) in answers, False)
        answers[int(number)] = dict(field.split('=', 1) for field in fields)
    check('number of answers', len(answers), len(requests))
    return [answers[i] for i in range(len(requests))]


def read_table():
    with open(os.path.join(HERE, 'behaviours.tsv'), encoding='utf-8') as lines:
        return [line.rstrip('\n').split('\t') for line in lines if line.strip() and line[0] != '#']


def url_of(server, place):
    port, path = place.split(' ')
    scheme = 'https' if port[0] == '!' else 'http'
    return '%s://127.0.0.1:%d%s' % (scheme, server.ports[port.lstrip('!')], path)


def ask_table(program, server, table):
    """The answers to some rows, all at once: what hangs, hangs beside the others and holds none of them up. Also how long the
    machine kept fetcher and server waiting, which is no time of theirs."""
    metronome = late.Metronome()
    answers = probe(program, [url_of(server, row[0]) for row in table], 'allow=127.0.0.0/8')
    metronome.stop.set()
    seconds, kept = probe.times
    print('%d requests in %.1f s; the machine kept the fetcher waiting for %.2f s, the server for %.2f s' % (
        len(table), seconds, kept, metronome.seconds))
    kept += metronome.seconds
    check('time of all of them, %.1f s' % seconds, seconds < 1.2 * TOTAL + kept, True)
    return answers, kept


def check_row(row, got, kept):
    place, outcome, status, body, truncated, decoded, limit = row
    for name, want in (('outcome', outcome), ('status', status), ('body', body), ('truncated', truncated), ('decoded', decoded)):
        if want != '-':
            check('%s of %s (%s)' % (name, place, got['reason']), got[name], want)
    check('time of %s, %s ms, within its limit' % (place, got['ms']), int(got['ms']) <= 1200 * int(limit) + 1000 * kept, True)
    check('reason of %s' % place, bool(got['reason']), outcome != 'ok')


def check_table(program, server):
    """Each row. What ended by a limit that is not its own while the machine was kept busy is asked once more."""
    table = read_table()
    named = {row[0].split('/')[1].partition('.')[0] for row in table if row[0].startswith('http /')}
    check('behaviours without a row', sorted(set(BEHAVIOURS) - named), [])
    check('at least 100 behaviours', len(table) >= 100, True)
    answers, kept = ask_table(program, server, table)
    again = [n for n, row in enumerate(table)
             if kept > 1 and answers[n]['outcome'] != row[1] and answers[n]['outcome'].startswith('timeout')]
    if again:
        once_more, more = ask_table(program, server, [table[n] for n in again])
        kept = max(kept, more)
        for n, answer in zip(again, once_more):
            answers[n] = answer
    for row, got in zip(table, answers):
        check_row(row, got, kept)


def check_requests(program, server):
    """What is archived as the request is what the server got."""
    echo = 'http://localhost:%d/echo/%%D4%%A4?x=1&y=%%2F' % server.ports['http']
    answers = probe(program, [
        echo, echo + '#/fragment', echo + '\treferer=http://a.test/x\tetag="one"\tsince=Mon, 05 Feb 2024 03:04:05 GMT',
        echo + '\tpost=a=1&b=2', echo + '\tpost={"a":1}\ttype=application/json', echo + '\tpost=',
        echo + '\tpost=' + 'x' * 20000,
    ], 'allow=127.0.0.0/8', 'allow=::1')
    for number, got in enumerate(answers):
        check('outcome of echo %d' % number, got['outcome'], 'ok')
        check('request of echo %d' % number, got['sent'], got['payload'])
    request = ('GET /echo/%%D4%%A4?x=1&y=%%2F HTTP/1.1\r\nHost: localhost:%d\r\nAccept: */*\r\nUser-Agent: gongkai/test (+http://fault.test)'
               '\r\nAccept-Encoding: gzip, deflate\r\n\r\n' % server.ports['http'])
    check('request without a fragment', answers[1]['sent'], hashlib.sha256(request.encode()).hexdigest())


def check_headers(program, server):
    at = 'http://127.0.0.1:%d/' % server.ports['http']
    tags, date, seconds, wide, first, since, redirect = probe(program, [
        at + 'tags', at + 'retry-after-date', at + 'retry-after-seconds', at + 'wide-header',
        at + 'conditional\tetag="one"', at + 'conditional\tsince=Mon, 05 Feb 2024 03:04:05 GMT', at + 'redirect-long',
    ], 'allow=127.0.0.0/8')
    check('robots', tags['robots'], 'noindex, gongkai: nofollow')
    check('etag', tags['etag'], 'W/"a b"')
    check('disposition', tags['disposition'], "attachment; filename*=UTF-8''%E9%A2%84.pdf")
    check('type', tags['type'], 'text/html')
    check('address', tags['address'], '127.0.0.1')
    check('seconds to wait', seconds['wait'], '120')
    check('seconds to wait until a date', 115 <= int(date['wait']) <= 120, True)
    check('bytes of a header', wide['disposition'], 'attachment; filename=\xd4\xa4\xcb\xe3.pdf')
    check('with an etag', (first['outcome'], first['status'], first['body']), ('not-modified', '304', '0'))
    check('with a date', (since['outcome'], since['status']), ('not-modified', '304'))
    check('location', len(redirect['location']), 20001)


def check_codings(program, server):
    names = ['gzip-body', 'gzip-members', 'gzip-twice', 'gzip-thrice', 'deflate-zlib', 'deflate-bare', 'brotli', 'brotli-more', 'identity']
    got = probe(program, ['http://127.0.0.1:%d/%s' % (server.ports['http'], name) for name in names], 'allow=127.0.0.0/8')
    for name, answer in zip(names, got):
        check('bytes of %s' % name, answer.get('plain'), str(len(PAGE)))


def check_security(program, server):
    at = 'https://127.0.0.1:%d/ok' % server.ports['tls']
    known, = probe(program, [at], 'allow=127.0.0.0/8', 'insecure=127.0.0.1')
    check('a host whose certificate is not checked', (known['outcome'], known['body']), ('ok', str(len(PAGE))))
    other, = probe(program, [at], 'allow=127.0.0.0/8', 'insecure=127.0.0.11')
    check('another host', other['outcome'], 'tls')
    dead, = probe(program, ['http://nothing.invalid/'])
    check('a name without an address', dead['outcome'], 'dns')


def check_reuse(program, server):
    """One after another on one connection; a connection that was closed in between is made anew; nothing of an answer that
    nobody asked for is taken for the next one."""
    at = 'http://127.0.0.1:%d/' % server.ports['http']
    names = ['ok', 'close-after-answer', 'ok', 'two-answers', 'ok', 'bad-chunk', 'ok', 'short-length', 'ok', 'endless-body',
             'ok', 'reset-in-body', 'ok']
    got = probe(program, [at + name for name in names], 'allow=127.0.0.0/8', concurrency=1)
    for name, answer in zip(names, got):
        if name == 'ok':
            check('the page after others', (answer['outcome'], answer['payload']), ('ok', hashlib.sha256(PAGE).hexdigest()))


def main():
    server = Faults()
    for part in (check_table, check_requests, check_headers, check_codings, check_security, check_reuse):
        part(sys.argv[1], server)
    server.close()
    for failure in failures:
        print(failure)
    print('%d failures' % len(failures))
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
