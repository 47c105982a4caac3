"""Faults at the calls by which a crawl writes, one run of the command after another until all of the county is there.

Each run goes on where the one before ended, and is killed (KILL) or told of a full (ENOSPC) or broken (EIO) disk at one of
its pwrite64, fsync, fdatasync or ftruncate calls. The pauses between requests make a flush hold some dozen pages, so that
the faults lie all over the crawl: in the opening, in the records, in the log of the index, in its checkpoints.
"""
import collections
import os
import random
import re
import resource
import shutil
import subprocess
import time

from second import Second, ours
from watch import Watch

SKIPPED = 77
RESUME_SECONDS = 2  # of opening an archive and going on
MEASURED = 5        # each so manieth resumption is measured, without strace
WRITES = 'write,pwrite64,fsync,fdatasync,ftruncate'
# At which call, how late at most, and whether only those on the WARC file count. A flush has one pwrite64 and one fsync of that
# file, then two pwrite64 for each page of the index and one fdatasync; some ten calls belong to the opening.
PLACES = [('pwrite64', 15, False)] + [('pwrite64', 130, False)] * 5 + [('pwrite64', 280, False)] * 2 + [
    ('pwrite64', 3, True), ('pwrite64', 2, True), ('fsync', 1, True), ('fsync', 3, True), ('fsync', 4, False),
    ('fdatasync', 2, False), ('fdatasync', 5, False), ('ftruncate', 1, False)]
WHATS = ['signal=KILL', 'signal=KILL', 'error=ENOSPC', 'error=ENOSPC:+', 'error=EIO']


def works():
    return shutil.which('strace') and not subprocess.run(['strace', '-qq', '-e', 'trace=none', 'true'],
                                                         stderr=subprocess.DEVNULL).returncode


def fault_of(rng, torn):
    """What is injected: call, what, which one of the calls; and whether only calls on the WARC file count. A disk that is full
    stays so; a tail that is torn is often cut in vain."""
    call, most, records = ('ftruncate', 1, True) if torn and rng.random() < 0.15 else rng.choice(PLACES)
    what, _, on = rng.choice(WHATS).partition(':')
    return '%s:%s:when=%d%s' % (call, what, rng.randint(1, most), on), records


class Injection:
    def __init__(self, case):
        self.case, self.watch, self.rng = case, Watch(case.archive), random.Random(11)
        self.met, self.ends = collections.Counter(), collections.Counter()
        self.cpu, self.wall, self.runs = [], [], 0

    def faults(self):
        return sum(self.met.values())

    def run(self):
        """One run with a fault; returns whether the crawl is done. A fault that the run did not come to does not count."""
        case, trace = self.case, self.case.folder + '/trace'
        torn = self.watch.tail() > 0
        fault, records = fault_of(self.rng, torn)
        words = ['strace', '-qq', '-o', trace, '-e', 'trace=' + WRITES, '-e', 'inject=' + fault]
        words += ['-P', self.watch.path(1)] if records else []
        command = words + case.command('-q', '--delay', case.options.pause, '--max-pages', '400')
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, timeout=120)
        with open(trace, encoding='utf-8', errors='replace') as file:
            told = file.read()
        what = fault.split(':')[1]
        if 'INJECTED' in told or 'killed by SIGKILL' in told:
            self.met['%s%s %s' % ('record ' if records else '', fault.split(':')[0], what)] += 1
            self.judge(fault, what, done)
        else:
            case.check(done.returncode in (0, 5), '%s never came, and the run ended with %d: %s' % (
                fault, done.returncode, done.stderr))
        for wrong in self.watch.look()[:3]:
            case.check(False, 'after %s: %s' % (fault, wrong))
        return done.returncode == 0

    def judge(self, fault, what, done):
        """A kill is a kill; an error is told with the exit code of an output that fails, or it was of no consequence."""
        code, err = done.returncode, done.stderr.decode('utf-8', 'replace')
        name = {-9: 'killed', 137: 'killed', 0: 'no matter', 5: 'no matter', 4: 'exit code 4', 2: 'exit code 2'}.get(code, str(code))
        self.ends[name] += 1
        if what == 'signal=KILL':
            self.case.check(name == 'killed', '%s ended with %s: %s' % (fault, name, err))
        elif name != 'no matter':
            clear = re.search(r'(output|open): .*(space|full|disk|Input/output error|unable to open)', err)
            self.case.check(name.startswith('exit') and clear, '%s ended with %s: %s' % (fault, name, err))

    def resume(self):
        """Opens what a fault left and goes on with one answer: CPU time, and time."""
        before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        done = subprocess.run(self.case.command('-q', '--max-pages', '1'), stdin=subprocess.DEVNULL, stderr=subprocess.PIPE,
                              timeout=120)
        self.wall.append(time.monotonic() - start)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        self.cpu.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        self.case.check(done.returncode in (0, 5), 'going on ended with %d: %s' % (done.returncode, done.stderr))
        self.case.same(self.watch.tail(), 0, 'bytes that do not count behind a run that ended well')
        for wrong in self.watch.look()[:3]:
            self.case.check(False, 'after going on: ' + wrong)

    def round(self, most):
        """Faults until there are so many, or the crawl is done."""
        while self.faults() < most:
            if self.run():
                return
            self.runs += 1
            if self.runs % MEASURED == 0:
                self.resume()


def check_end(case, watch):
    """All is there, once, whole, and as it was served."""
    case.check_all()
    wrong = watch.look()
    case.check(not wrong, 'at the end: %s' % wrong[:3])
    case.same(watch.unzipped(), [], 'files that gzip refuses')
    case.same(watch.tail(), 0, 'bytes that do not count at the end')
    urls = [r.url for r in watch.rows.values() if r.type == 'response']
    case.same(len(urls), len(set(urls)), 'URLs of %d responses' % len(urls))
    stored = {r.url for r in watch.rows.values()}
    lost = [e['url'] for e in case.expected if e['url'] not in stored]
    theirs = Second(case.gongkai).answers(watch.files()) if shutil.which('npm') else []
    case.check(theirs == ours(case.gongkai, case.archive) or not shutil.which('npm'), '%d answers by warcio' % len(theirs))
    case.check(not lost, '%d documents are not in the WARC files, the first %s' % (len(lost), lost[:3]))


def inject(case):
    if not works():
        print('strace cannot be used here')
        return SKIPPED
    injection, most, begun = Injection(case), case.options.faults, 0
    while injection.faults() < most:
        shutil.rmtree(case.archive, ignore_errors=True)
        watch = injection.watch
        watch.rows = {}
        before = injection.faults()
        injection.round(most)
        kept = len(watch.rows)
        start = time.monotonic()
        case.crawl()
        begun += 1
        seconds = time.monotonic() - start
        check_end(case, watch)
        print('crawl %d: %d faults while %d of %d captures were made; the rest took %.1f s' % (
            begun, injection.faults() - before, kept, len(watch.rows), seconds), flush=True)
    cpu, wall = max(injection.cpu), sorted(injection.wall)
    print('%d faults (%s); ends: %s' % (injection.faults(), ', '.join('%d %s' % (n, k) for k, n in sorted(injection.met.items())),
                                        ', '.join('%d %s' % (n, k) for k, n in sorted(injection.ends.items()))))
    print('%d torn tails met; %d resumptions: at most %.2f s CPU, %.2f s in all, half of them below %.2f s' % (
        watch.torn, len(wall), cpu, wall[-1], wall[len(wall) // 2]))
    case.check(watch.torn >= case.options.torn, '%d torn tails, at least %d' % (watch.torn, case.options.torn))
    case.check(cpu < RESUME_SECONDS and wall[len(wall) // 2] < RESUME_SECONDS, 'an archive is gone on with in 2 s')
    return 0
