#!/usr/bin/env python3
"""The whole command against each behaviour of faults.py: each ends in its class, and none hangs.

usage: whole.py GONGKAI [--short]

Each behaviour is the entry page of a crawl of its own, with its own archive; many run at once. The class is what
`gongkai status` says; behaviours.tsv has it where it is that of the fetch, whole.tsv where it is not. A crawl may take
1.2 times the limit of its requests, and what a busy machine keeps it waiting; one that ends there by a limit of time that is
not its own is done once more. --short leaves out what has to be waited for.
"""
import concurrent.futures
import json
import os
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import late  # noqa: E402
from faults import BEHAVIOURS, HERE, Faults  # noqa: E402

TIMEOUT, SLACK = 5, 2.5  # seconds of one transfer; of the start of two commands on a machine that does more than this
SLOW = {'timeout-read', 'timeout-connect'}
METRONOME = late.Metronome()


def rows(name):
    with open(os.path.join(HERE, name), encoding='utf-8') as lines:
        return [line.rstrip('\n').split('\t') for line in lines if line.strip() and line[0] != '#']


def expectations():
    """{(host, port, path): class}"""
    want = {}
    for place, outcome, _, _, _, decoded, _ in rows('behaviours.tsv'):
        port, path = place.split(' ')
        name = decoded if outcome == 'ok' and decoded != 'ok' else outcome
        want['-', port, path] = 'empty-list' if name == 'ok' else name
    for place, outcome in rows('whole.tsv'):
        want[tuple(place.split(' '))] = outcome
    for once in [key for key in want if key[2].startswith('/busy-once/fetch')]:
        del want[once]
    return want


def url_of(server, host, port, path):
    scheme = 'https' if port[0] == '!' else 'http'
    return '%s://%s:%d%s' % (scheme, '127.0.0.1' if host == '-' else host + '.localhost', server.ports[port.lstrip('!')], path)


def crawl(gongkai, url, folder):
    """(class, reason, seconds that were its own, what went wrong)"""
    os.makedirs(folder)
    seeds, archive = os.path.join(folder, 'seeds.tsv'), os.path.join(folder, 'archive')
    with open(seeds, 'w', encoding='utf-8') as file:
        file.write('url\n%s\n' % url)
    before = METRONOME.seconds
    code, _, err, seconds, kept = late.run([gongkai, 'crawl', '-q', '--archive', archive, '--allow-network', '127.0.0.0/8',
                                            '--delay', '0', '--timeout', str(TIMEOUT), '--patience', '1', seeds], timeout=120)
    seconds -= kept + METRONOME.seconds - before
    if code not in (0, 1, 5):
        return '', '', seconds, 'exit code %d: %s' % (code, err.decode()[-300:])
    told = subprocess.run([gongkai, 'status', '--archive', archive, '--format', 'jsonl'], stdout=subprocess.PIPE, timeout=60)
    lines = told.stdout.decode('utf-8').splitlines()
    if len(lines) != 1:
        return '', '', seconds, '%d entry pages' % len(lines)
    entry = json.loads(lines[0])
    return entry.get('outcome', ''), entry.get('reason', ''), seconds, ''


def slug(text):
    return text.replace('/', '+')


def main():
    gongkai, short = os.path.abspath(sys.argv[1]), '--short' in sys.argv[2:]
    want = expectations()
    missing = sorted(set(BEHAVIOURS) - {path.split('/')[1].partition('.')[0] for _, _, path in want})
    if short:
        want = {key: name for key, name in want.items() if name not in SLOW and key[1] != 'stall' and 'silent' not in key[0]}
    failures = ['no row for ' + name for name in missing]
    scratch = tempfile.mkdtemp(prefix='gongkai-faults-')
    slowest = 0
    try:
        server = Faults()
        heavy = [key for key in want if 'endless' in key[2] or 'bomb' in key[2]]  # what keeps a processor busy goes alone
        for keys, at_once in (([key for key in want if key not in heavy], 16), (heavy, 1)):
            pool = concurrent.futures.ThreadPoolExecutor(at_once)
            jobs = [pool.submit(crawl, gongkai, url_of(server, *key), os.path.join(scratch, '-'.join(map(slug, key))))
                    for key in keys]
            for key, job in zip(keys, jobs):
                outcome, reason, seconds, wrong = job.result()
                if outcome != want[key] and outcome.startswith('timeout') and METRONOME.seconds > 1:
                    outcome, reason, seconds, wrong = crawl(gongkai, url_of(server, *key), tempfile.mkdtemp(dir=scratch) + '/again')
                slowest = max(slowest, seconds)
                if wrong or outcome != want[key]:
                    failures.append('%s: %s, not %s (%s)' % (' '.join(key), outcome, want[key], wrong or reason))
                if seconds > 1.2 * TIMEOUT + SLACK:
                    failures.append('%s took %.1f seconds' % (' '.join(key), seconds))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    print('\n'.join(failures))
    print('%d behaviours, %d failures, the slowest took %.1f seconds' % (len(want), len(failures), slowest))
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
