#!/usr/bin/env python3
"""Crawls the sites that county.py makes, served by nginx on loopback addresses, and compares what the archive has with what
was to be found.

usage: run.py GONGKAI CASE [--notices N] [--attachments N] [--kills N] [--faults N] [--torn N] [--pause S]

CASE is one of
  whole   one run, then: status, records, nothing asked for twice or needlessly, nothing to do in a second run, and only
          conditional requests with --refresh
  stop    Ctrl-C and --max-pages in the middle; the same command goes on
  kill    kill -9 of the command at random moments, then the rest in one run: nothing lost or doubled
  inject  kill -9, a full and a broken disk at the calls that write, by strace, each run going on where the one before ended
          (skipped without strace)
  reader  kill -9 of the process that reads pages, again and again: the crawl goes on as if nothing had been
  full    the disk of the archive is full; the same command goes on when it is larger (skipped where none can be mounted)
Skipped (77) where nginx is not installed.
"""
import argparse
import collections
import hashlib
import json
import os
import random
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [HERE, os.path.join(os.path.dirname(HERE), 'archive')]
import county as maker  # noqa: E402
import inject  # noqa: E402
import parts  # noqa: E402
from watch import Watch  # noqa: E402

SKIPPED = 77
OPTIONS = ['--allow-network', '127.0.0.0/8', '--delay', '0', '--patience', '1', '--contact', 'http://127.0.0.1/']


def nginx_path():
    return shutil.which('nginx') or shutil.which('nginx', path='/usr/sbin:/sbin')


def free_port():
    with socket.socket() as s:
        s.bind(('127.0.0.11', 0))
        return s.getsockname()[1]


class Server:
    """nginx with the configuration of a folder."""

    def __init__(self, folder, port):
        self.folder = folder
        self.process = subprocess.Popen([nginx_path(), '-p', folder, '-e', folder + '/error.log', '-c', folder + '/nginx.conf'],
                                        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        for _ in range(200):
            try:
                socket.create_connection(('127.0.0.11', port), 1).close()
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit('nginx does not answer: ' + open(folder + '/error.log').read())

    def stop(self):
        self.process.terminate()
        self.process.wait()

    def asked(self):
        """(address, method, path, status) of each request so far."""
        with open(self.folder + '/access.log', encoding='utf-8') as log:
            return [tuple(line.split()) for line in log]

    def forget(self):
        open(self.folder + '/access.log', 'w').close()


class Case:
    def __init__(self, options):
        self.gongkai = os.path.abspath(options.gongkai)
        self.options = options
        self.folder = tempfile.mkdtemp(prefix='gongkai-crawl-')
        os.chmod(self.folder, 0o755)  # nginx gives up the rights of root
        self.port = free_port()
        self.sites, self.expected = maker.make(self.folder, self.port, options.notices, options.attachments)
        self.archive = self.folder + '/archive'
        self.failures = 0
        self.server = Server(self.folder, self.port)

    def close(self):
        self.server.stop()
        if self.failures and os.environ.get('KEEP'):
            print('kept: ' + self.folder)
        else:
            shutil.rmtree(self.folder, ignore_errors=True)

    def check(self, holds, what):
        if not holds:
            self.failures += 1
            print('not so: ' + what)
        return holds

    def same(self, got, want, what):
        return self.check(got == want, f'{what}: {got!r}, not {want!r}')

    def command(self, *more):
        return [self.gongkai, 'crawl', '--archive', self.archive, *OPTIONS, *more, self.folder + '/seeds.tsv']

    def crawl(self, *more, code=0):
        done = subprocess.run(self.command(*more), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=600)
        err = done.stderr.decode('utf-8', 'replace')
        self.check(done.returncode == code, f'exit code {code} of crawl {" ".join(more)}, not {done.returncode}: {err[-2000:]}')
        return err

    def output(self, *words, code=0):
        done = subprocess.run([self.gongkai, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                              stderr=subprocess.PIPE, timeout=600)
        self.check(done.returncode == code,
                   f'exit code {code} of {" ".join(words)}, not {done.returncode}: {done.stderr.decode()[-2000:]}')
        return done.stdout.decode('utf-8')

    # ---- what must hold of a finished archive

    def index(self, sql):
        with sqlite3.connect(f'file:{self.archive}/gongkai.sqlite?mode=ro', uri=True) as db:
            return db.execute(sql).fetchall()

    def check_documents(self):
        got = {url: (kind, digest) for url, kind, digest in self.index(
            "SELECT url, kind, digest FROM entry WHERE kind IN ('article', 'attachment') AND outcome IN ('ok', 'not-modified')")}
        want = {e['url']: (e['kind'], e['sha256']) for e in self.expected}
        lost, more = sorted(set(want) - set(got)), sorted(set(got) - set(want))
        self.check(not lost, f'{len(lost)} of {len(want)} documents are missing, the first {lost[:3]}')
        self.check(not more, f'{len(more)} documents that nobody expects, the first {more[:3]}')
        wrong = [url for url in got if url in want and not self.same_document(got[url], want[url])]
        self.check(not wrong, f'{len(wrong)} documents are not what was served, the first {wrong[:3]}')

    def same_document(self, got, want):
        """A page that was sent with a content coding has the digest of what was sent."""
        return got[0] == want[0] and (got[1] == want[1] or want[0] == 'article')

    def check_once(self):
        """No payload is stored twice for a URL."""
        twice = self.index("SELECT url, count(*) FROM capture WHERE type = 'response' GROUP BY url HAVING count(*) > 1")
        self.check(not twice, f'{len(twice)} URLs were archived twice, the first {twice[:3]}')
        late = self.index('SELECT url FROM entry WHERE due != 9223372036854775807')
        self.check(not late, f'{len(late)} requests wait, the first {late[:3]}')

    def check_requests(self):
        """Each URL was asked for once, and none that does not belong to the topic."""
        asked = collections.Counter((a, p) for a, _, p, _ in self.server.asked())
        twice = [k for k, n in asked.items() if n > 1]
        self.check(not twice, f'{len(twice)} URLs were asked for twice, the first {twice[:3]}')
        paths = {(s.address, s.article_path(n)) for s in self.sites for n in s.notices if not n.wanted}
        needless = sorted(set(asked) & paths)
        self.check(not needless, f'{len(needless)} pages of other matters were asked for, the first {needless[:3]}')
        robots = [k for k in asked if k[1] == '/robots.txt']
        self.same(len(robots), len(self.sites), 'robots.txt files asked for')
        failed = [r for r in self.server.asked() if r[3] not in ('200', '304')]
        self.check(not failed, f'{len(failed)} requests for what is not there, the first {failed[:3]}')

    def check_status(self):
        lines = [json.loads(line) for line in self.output('status', '--archive', self.archive, '--format', 'jsonl').splitlines()]
        want = {s.base + s.entry: len(s.expected) for s in self.sites}
        self.same({r['url']: sum(d['count'] for d in r['documents']) for r in lines}, want, 'documents of the entry pages')
        for r in lines:
            abroad = [s.abroad for s in self.sites if s.base + s.entry == r['url'] and s.abroad]
            missing = [(m['outcome'], m['count'], m['url']) for m in r['missing']]
            self.same(missing, [('moved-domain', 1, url) for url in abroad], 'what is missing behind ' + r['url'])
            self.same((r['outcome'], r['waiting'], r['division_code']), ('ok', 0, '990123'), r['url'])
            self.check(len(r['evidence'].get('digest', '')) == 71 and r['evidence']['fetched'].endswith('Z'), 'evidence of ' + r['url'])
        table = self.output('status', '--archive', self.archive)
        self.same(len([line for line in table.splitlines() if line.startswith('ok ')]), len(want), 'rows of the table')

    def check_records(self):
        database = self.folder + '/records.sqlite'
        self.output('extract', '--quiet', self.archive, '-o', database)
        with sqlite3.connect(database) as db:
            facts = collections.defaultdict(set)
            for url, value in db.execute('SELECT s.source, f.value FROM document_sources s JOIN facts f ON f.doc = s.doc'):
                facts[url].add(value)
            sources = [url for url, in db.execute('SELECT source FROM document_sources')]
        self.same([url for url in sources if url.endswith('/robots.txt')], [], 'robots.txt among the documents')
        bad = [e['url'] for e in self.expected if not set(e['values']) <= facts.get(e['url'], set())]
        self.check(not bad, f'{len(bad)} of {len(self.expected)} documents lack records, the first {bad[:3]}')

    def check_archive(self):
        """Every record of the archive is whole, and the files hold the documents that the index names."""
        self.output('archive', 'verify', '--quiet', self.archive)
        robots = self.index("SELECT url, status, outcome, bytes FROM capture WHERE kind = 'robots' AND type = 'response' ORDER BY url")
        want = len('User-agent: *\nDisallow: /internal/\n')
        self.same(len(robots), 1, 'payloads of robots.txt, which are the same everywhere')
        self.same({row[1:] for row in robots}, {(200, 'ok', want)}, 'answers for robots.txt')
        urls = {url for url, in self.index("SELECT url FROM capture WHERE kind = 'robots'")}
        self.same(urls, {s.base + '/robots.txt' for s in self.sites}, 'archived robots.txt')
        e = self.expected[len(self.expected) // 2]
        done = subprocess.run([self.gongkai, 'archive', 'cat', self.archive, e['url']], stdout=subprocess.PIPE)
        self.same(hashlib.sha256(done.stdout).hexdigest(), e['sha256'], 'the digest of ' + e['url'] + ' out of the archive')

    def check_all(self):
        self.check_archive()
        self.check_documents()
        self.check_once()
        self.check_status()


def whole(case):
    err = case.crawl()
    case.check(f'{len(case.expected)} documents' in err, f'the summary counts {len(case.expected)} documents: {err}')
    case.check_all()
    case.check_requests()
    case.check_records()
    case.server.forget()
    case.crawl()
    case.same(case.server.asked(), [], 'requests of a second run')
    case.crawl('--refresh')
    answers = collections.Counter(status for _, _, path, status in case.server.asked() if 'startrecord' not in path)  # POST
    case.same(set(answers), {'304'}, f'answers of a refreshing run ({dict(answers)})')
    case.check_documents()
    case.same(case.index("SELECT outcome, count(*) FROM entry WHERE outcome NOT IN ('ok', 'not-modified') GROUP BY 1"),
              [('moved-domain', 1)], 'bad outcomes')
    find_new(case)


def find_new(case):
    """A notice that is new in a list is found by a refreshing run; pages that were written anew but say the same are
    stored as references to what is there."""
    site = case.sites[0]
    notice = parts.Notice(random.Random(7), 900001, True, 0)
    while not notice.wanted:
        notice = parts.Notice(random.Random(notice.number), notice.number + 1, True, 0)
    site.notices.insert(0, notice)
    site.expected.clear()
    time.sleep(1.1)  # the validators of the server know whole seconds, and a page may keep its size
    site.make()
    case.expected = [e for s in case.sites for e in s.expected]
    case.crawl('--refresh')
    case.check_documents()
    anew = case.index("SELECT url, count(*) FROM capture JOIN entry USING (url) WHERE type = 'response' AND entry.kind = 'article' "
                      'GROUP BY url HAVING count(*) > 1')
    case.check(not anew, f'{len(anew)} notices were stored again, the first {anew[:3]}')


def stop(case):
    err = case.crawl('--max-pages', '20', code=5)
    case.check('the same command goes on' in err, 'the end is told: ' + err)
    case.check(15 <= len([r for r in case.server.asked() if r[2] != '/robots.txt']) <= 20, 'about 20 requests')
    for number in (signal.SIGINT, signal.SIGTERM):
        process = subprocess.Popen(case.command('--delay', '0.1'), stderr=subprocess.PIPE, stdin=subprocess.DEVNULL)
        time.sleep(0.7)
        process.send_signal(number)
        err = process.communicate(timeout=20)[1].decode()
        case.same(process.returncode, 5, 'the exit code after a signal')
        case.check('stopped; the same command goes on' in err, 'the end is told: ' + err)
    case.crawl()
    case.check_all()


def kill(case):
    rng, watch = random.Random(1), Watch(case.archive)
    killed = 0
    for _ in range(case.options.kills):
        process = subprocess.Popen(case.command('-q', '--delay', '0.05'), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(0.05 + rng.random() * 0.5)
        killed += process.poll() is None
        process.kill()
        process.wait()
        wrong = watch.look()
        case.check(not wrong, f'after {killed} kills: {wrong[:3]}')
    started = time.monotonic()
    case.crawl()
    print(f'{killed} runs were killed, {watch.torn} torn tails, the last one took {time.monotonic() - started:.1f} s')
    case.check(killed * 2 >= case.options.kills or killed > 20, f'{killed} runs were killed')
    inject.check_end(case, watch)


def waits_of(pid):
    """How often a process waited for something: one that reads pages waits when it has answered what it was given."""
    with open(f'/proc/{pid}/status') as status:
        return next(int(line.split()[1]) for line in status if line.startswith('voluntary_ctxt_switches'))


def reader(case):
    """A page is given up when two processes die of it, so that one is killed only after it has read something: how long that
    takes is a matter of what else the machine does."""
    process = subprocess.Popen(case.command('-q', '--delay', '0.1'), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE)
    killed = set()
    while process.poll() is None:
        try:
            with open(f'/proc/{process.pid}/task/{process.pid}/children') as children:
                for child in children.read().split():
                    if waits_of(child) > 3:
                        os.kill(int(child), signal.SIGKILL)
                        killed.add(child)
        except (FileNotFoundError, ProcessLookupError):
            pass  # it has ended meanwhile
        time.sleep(0.15)
    case.same(process.returncode, 0, 'the exit code (' + process.stderr.read().decode() + ')')
    case.check(len(killed) > 5, f'{len(killed)} processes were killed')
    case.check_all()


def full(case):
    os.mkdir(case.archive)
    mount = ['mount', '-t', 'tmpfs', '-o', 'size=1200k', 'gongkai-test', case.archive]
    if os.geteuid() != 0 or subprocess.run(mount, stderr=subprocess.DEVNULL).returncode != 0:
        print('no small disk can be mounted')
        return SKIPPED
    try:
        err = case.crawl('--delay', '0.1', code=4)
        case.check('output: ' in err and 'No space left' in err or 'full' in err, 'the message tells of the disk: ' + err)
        stored = case.index("SELECT count(*) FROM entry WHERE outcome = 'ok'")[0][0]
        subprocess.run(['mount', '-o', 'remount,size=64m', case.archive], check=True)
        case.crawl()
        asked = len([r for r in case.server.asked() if r[2] != '/robots.txt'])
        case.check(stored > 0 and asked < 1.9 * len(case.expected), f'{stored} pages outlived the full disk, {asked} requests')
        case.check_all()
    finally:
        subprocess.run(['umount', '-l', case.archive], check=False)
    return 0


CASES = {'whole': whole, 'stop': stop, 'kill': kill, 'inject': inject.inject, 'reader': reader, 'full': full}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split('\n')[0])
    parser.add_argument('gongkai')
    parser.add_argument('case', choices=sorted(CASES))
    parser.add_argument('--notices', type=int, default=480)
    parser.add_argument('--attachments', type=int, default=48)
    parser.add_argument('--kills', type=int, default=10)
    parser.add_argument('--faults', type=int, default=12)
    parser.add_argument('--torn', type=int, default=0)
    parser.add_argument('--pause', default='0.05', help='seconds between two requests of a host, of runs with a fault')
    options = parser.parse_args()
    if not nginx_path():
        print('nginx is not installed')
        return SKIPPED
    case = Case(options)
    try:
        code = CASES[options.case](case)
    finally:
        case.close()
    print(f'{len(case.expected)} documents expected, {case.failures} failures')
    return 1 if case.failures else code or 0


if __name__ == '__main__':
    sys.exit(main())
