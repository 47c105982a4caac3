#!/usr/bin/env python3
"""Archives under fire: nothing that counted is lost, nothing is there twice, and damage is found.

usage: run.py WRITER GONGKAI killed|injected|full|damage|million|warcio [--trials N] [--documents N] [--torn N] [--seed N]
"""
import argparse
import glob
import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

sys.dont_write_bytecode = True
from second import Second, ours  # noqa: E402

RESUME_MS = 2000
EVERY = 10  # documents between two flushes
CALLS = 'write,pwrite64,fsync,fdatasync,ftruncate'


def fail(*words):
    print('FAILED:', *words)
    sys.exit(1)


class Archive:
    def __init__(self, args, folder):
        self.args, self.dir = args, os.path.join(folder, 'archive')
        self.torn = self.runs = self.slowest = 0

    def command(self, every=EVERY):
        return [self.args.writer, self.dir, str(self.args.documents), str(every)]

    def begin(self):
        """All requests are known, nothing is fetched."""
        os.makedirs(os.path.dirname(self.dir))
        subprocess.run(self.command(0), check=True, capture_output=True)

    def is_torn(self):
        """Whether a file has more bytes than count."""
        db = sqlite3.connect('file:%s?mode=ro' % os.path.join(self.dir, 'gongkai.sqlite'), uri=True)
        counted = db.execute('SELECT coalesce(sum(length), 0) FROM file').fetchone()[0]
        db.close()
        return sum(map(os.path.getsize, self.files())) > counted

    def note(self, out):
        """Takes down what a run said of its opening."""
        for word, number in re.findall(r'^(torn|opened) (\d+)$', out, re.M):
            if word == 'torn':
                self.torn += int(number) > 0
                self.runs += 1
            else:
                self.slowest = max(self.slowest, int(number))

    def finish(self):
        """Runs to the end and looks at everything."""
        done = subprocess.run(self.command(), capture_output=True, text=True)
        self.note(done.stdout)
        if done.returncode:
            fail('the archive cannot be gone on with:', done.stderr)
        self.look(self.args.documents)
        if self.slowest > RESUME_MS:
            fail('opening took %d ms' % self.slowest)

    def look(self, documents):
        db = sqlite3.connect(os.path.join(self.dir, 'gongkai.sqlite'))
        ask = lambda sql: db.execute(sql).fetchone()[0]
        done = ask('SELECT count(*) FROM entry WHERE due = 9223372036854775807')
        captured = ask('SELECT count(*) FROM capture')
        distinct = ask('SELECT count(DISTINCT url) FROM capture')
        held = ask('SELECT count(*) FROM capture WHERE original IS NULL')
        db.close()
        if (done, captured, distinct) != (documents,) * 3:
            fail('%d entries are done, %d captures of %d URLs, expected %d' % (done, captured, distinct, documents))
        if held != documents - documents // 10:
            fail('%d payloads are held, expected %d' % (held, documents - documents // 10))
        for path in self.files():
            if subprocess.run(['gzip', '-t', path], capture_output=True).returncode:
                fail('gzip -t refuses', path)
        faults = self.verify()
        if faults:
            fail('verify:', faults)
        self.sample(documents)

    def sample(self, documents):
        """Some documents are what was put: number 10 n + 9 has the text of 10 n + 8."""
        for number in random.sample(range(documents), min(10, documents)):
            url = 'http://site.example/page/%d.html' % number
            text = number - 1 if number % 10 == 9 else number
            want = ''.join('%d. line %d of document %d\n' % (i, i * text % 97, text) for i in range(20))
            got = subprocess.run([self.args.gongkai, 'archive', 'cat', self.dir, url], capture_output=True, text=True).stdout
            if got != want:
                fail(url, 'is not what was put')

    def files(self):
        return sorted(glob.glob(os.path.join(self.dir, 'warc', '*.warc.gz')))

    def verify(self):
        done = subprocess.run([self.args.gongkai, 'archive', 'verify', self.dir], capture_output=True, text=True)
        return '' if done.returncode == 0 else done.stdout + done.stderr

    def summary(self, what):
        print('%s: %d openings, %d torn tails, slowest opening %d ms' % (what, self.runs, self.torn, self.slowest))


def killed(args, folder):
    """kill -9 at random moments. An archive that is finished is looked at, and another one begun."""
    trials, torn, number = 0, 0, 0
    while trials < args.trials:
        a = Archive(args, os.path.join(folder, str(number)))
        a.begin()
        number += 1
        for _ in range(25):
            if trials == args.trials:
                break
            process = subprocess.Popen(a.command(), stdout=subprocess.PIPE, text=True)
            time.sleep(random.uniform(0.002, 0.15))
            process.send_signal(signal.SIGKILL)
            a.note(process.communicate()[0])
            if process.returncode == -signal.SIGKILL:
                trials += 1
            elif process.returncode == 0:
                break
            else:
                fail('the writer ended with', process.returncode)
        a.finish()
        a.summary('archive %d' % number)
        torn += a.torn
    print('%d killed, %d torn tails met' % (trials, torn))


def fault_of(trial, torn):
    """Kill, or an error, at one of the calls that write: which one, and the how-manieth. Files are cut only where they are torn."""
    call = random.choice(('pwrite64', 'pwrite64', 'pwrite64', 'pwrite64', 'fsync', 'fsync', 'fdatasync'))
    if torn and random.random() < 0.25:
        call = 'ftruncate'
    what = ('signal=KILL', 'signal=KILL', 'error=ENOSPC', 'error=EIO')[trial % 4]
    return '%s:%s:when=%d' % (call, what, random.randint(1, {'pwrite64': 60, 'ftruncate': 1}.get(call, 6)))


def injected(args, folder):
    if not shutil.which('strace') or subprocess.run(
            ['strace', '-qq', '-e', 'trace=none', 'true'], capture_output=True).returncode:
        print('strace cannot be used here')
        sys.exit(77)
    trials, torn, refused, number = 0, 0, 0, 0
    while trials < args.trials:
        a = Archive(args, os.path.join(folder, str(number)))
        a.begin()
        number += 1
        for _ in range(60):
            fault = fault_of(trials, a.is_torn())
            if trials == args.trials:
                break
            done = subprocess.run(['strace', '-qq', '-o', os.path.join(folder, 'trace'), '-e', 'trace=' + CALLS,
                                   '-e', 'inject=' + fault] + a.command(), capture_output=True, text=True)
            a.note(done.stdout)
            trials += 1
            if done.returncode == 0:
                break  # the call did not come so often, or its failure does not matter
            if done.returncode == 4:
                refused += 1
                if not re.search(r': (output|open): .', done.stderr):
                    fail('no clear error:', done.stderr)
            elif done.returncode not in (-9, 137):
                fail(fault, 'ended with', done.returncode, done.stderr)
        a.finish()
        a.summary('archive %d' % number)
        torn += a.torn
    print('%d faults, %d ended with an error, %d torn tails met' % (trials, refused, torn))
    if torn < args.torn:
        fail('only %d torn tails were met' % torn)


def full(args, folder):
    """A disk that is full: a clear error, and the archive goes on when there is room again."""
    mount = os.path.join(folder, 'disk')
    os.mkdir(mount)
    mounted = not subprocess.run(['mount', '-t', 'tmpfs', '-o', 'size=600k', 'tmpfs', mount], capture_output=True).returncode
    a = Archive(args, mount)
    try:
        command = a.command() if mounted else ['sh', '-c', 'ulimit -f 600; exec "$0" "$@"'] + a.command()
        for _ in range(3):
            done = subprocess.run(command, capture_output=True, text=True)
            a.note(done.stdout)
            if done.returncode != 4 or not re.search(r'(output|open): .*(space|full|large|disk I/O)', done.stderr):
                fail('no clear error:', done.returncode, done.stderr)
            print(done.stderr.strip().replace(folder, ''))
        if mounted:
            subprocess.run(['mount', '-o', 'remount,size=64m', mount], check=True)
        a.finish()
        a.summary('full disk (%s)' % ('a small tmpfs' if mounted else 'a limit of file size'))
    finally:
        if mounted:
            subprocess.run(['umount', mount])


def damage(args, folder):
    """Each bit that is turned and each cut of a WARC file is found."""
    a = Archive(args, folder)
    a.finish()
    path = a.files()[0]
    with open(path, 'rb') as file:
        whole = file.read()
    found = 0
    for trial in range(args.trials):
        broken = bytearray(whole)
        if trial % 5 == 0:
            del broken[random.randrange(len(broken)):]
        else:
            broken[random.randrange(len(broken))] ^= 1 << random.randrange(8)
        with open(path, 'wb') as file:
            file.write(broken)
        if not a.verify():
            fail('not found: trial %d of seed %d' % (trial, args.seed))
        found += 1
    with open(path, 'wb') as file:
        file.write(whole)
    if a.verify():
        fail('the whole file is refused')
    print('%d of %d damages found in %d bytes' % (found, args.trials, len(whole)))


def million(args, folder):
    """1,000,000 known URLs: opened in 2 s, within 200 MiB."""
    args.documents = 1000000
    a = Archive(args, folder)
    process = subprocess.Popen(a.command(), stdout=subprocess.PIPE, text=True)
    db = os.path.join(a.dir, 'gongkai.sqlite')
    for _ in range(600):
        time.sleep(0.5)
        if process.poll() is not None:
            fail('the writer ended')
        try:
            connection = sqlite3.connect('file:%s?mode=ro' % db, uri=True)
            known = connection.execute("SELECT count(*) FROM note WHERE key = 'all'").fetchone()[0]
            connection.close()
            if known:
                break
        except sqlite3.Error:
            pass
    process.kill()
    process.wait()
    process = subprocess.Popen(a.command(), stdout=subprocess.PIPE, text=True)
    time.sleep(4)
    with open('/proc/%d/status' % process.pid) as status:
        peak = int(re.search(r'VmHWM:\s+(\d+)', status.read()).group(1))
    process.kill()
    a.note(process.communicate()[0])
    print('opened in %d ms, peak %d KiB' % (a.slowest, peak))
    if a.runs != 1 or a.slowest > RESUME_MS or peak > 200 * 1024:
        fail('too slow or too large')


def warcio(args, folder):
    """Another program reads the same records with the same digests."""
    a = Archive(args, folder)
    a.finish()
    listed = ours(args.gongkai, a.dir)
    try:
        theirs = Second(args.gongkai).answers(a.files())
    except RuntimeError as error:
        fail(error)
    if listed != theirs:
        fail('%d captures by the index, %d by warcio' % (len(listed), len(theirs)))
    print('%d captures, the same by warcio' % len(listed))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument('writer')
    parser.add_argument('gongkai')
    parser.add_argument('step', choices=('killed', 'injected', 'full', 'damage', 'million', 'warcio'))
    for name, value in (('trials', 10), ('documents', 500), ('torn', 0), ('seed', random.randrange(1 << 30))):
        parser.add_argument('--' + name, type=int, default=value)
    args = parser.parse_args()
    args.writer, args.gongkai = os.path.abspath(args.writer), os.path.abspath(args.gongkai)
    random.seed(args.seed)
    print('seed', args.seed)
    folder = tempfile.mkdtemp(prefix='gongkai-archive-', dir=os.path.dirname(args.gongkai))
    try:
        globals()[args.step](args, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


main()
