#!/usr/bin/env python3
"""Damage every sample in many ways and look whether the program stands it.

usage: run.py [--places N] [--flips N] [--seconds N] [--jobs N] [--known] [--keep DIR] [--only NAME] GONGKAI
       run.py --made [--slow] [--seconds N] [--jobs N] [--keep DIR] [--only NAME] GONGKAI

Samples are the files of corpus/samples in all formats; a format without a sample is named and passed over. With --made
the inputs are hostile files made from nothing (made.py): bombs, loops, endless nesting.

For every input: the exit code is 0 or 1, each line printed is a JSON object, there is exactly one document record for each
input in the order of the inputs (for an archive one for each member), it comes first, no worker crashed or took more
than the seconds, ids do not repeat, and no process needed more than the memory of a worker. Where a damaged text is still
UTF-8, so that the canonical text is the file itself, the span of every record lies in it, its `raw` is what stands there
without white space and what reading passes over (controls, zero-width and private characters, page numbers on lines of
their own), and values have no exponent. A file of another format that was cut off has an error or notes, or gives as many
records as the whole. Made files must also end in one of the classes they are made for. Exit code 0
when all hold, 1 when not, 77 when the program is not built.
"""
import argparse
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import damage  # noqa: E402
import look  # noqa: E402
import made  # noqa: E402

HERE = os.path.dirname(os.path.abspath(__file__))
SAMPLES = os.path.join(HERE, '..', '..', 'corpus', 'samples')
FORMATS = ('txt', 'html', 'pdf', 'docx', 'xlsx', 'doc', 'xls')
MEMORY = (1 << 30) + (64 << 20)  # bytes resident: the memory of a worker, and what it shares with its parent


def samples(only):
    """(name, bytes, a text of the same format to splice with) of each sample; says which formats have none."""
    names = [n for n in sorted(os.listdir(SAMPLES)) if n.rsplit('.')[-1] in FORMATS]
    for kind in FORMATS:
        if not any(n.endswith('.' + kind) for n in names):
            print(f'no sample is {kind}: passed over')
    data = {}
    for name in names:
        with open(os.path.join(SAMPLES, name), 'rb') as file:
            data[name] = file.read()
    for i, name in enumerate(names):
        same = [n for n in names[i + 1:] + names[:i + 1] if n.rsplit('.')[-1] == name.rsplit('.')[-1]]
        if not only or re.search(only, name):
            yield name, data[name], data[same[0]]


def write_damaged(folder, number, sample, options):
    """Write the damaged copies of a sample and return their paths in the order in which a folder is read."""
    name, data, other = sample
    stem, kind = name.rsplit('.', 1)
    paths = []
    for n, damaged in enumerate(damage.all_of(kind, data, other, number, options.places, options.flips)):
        cut = look.CUT if damage.is_cut(n, options.places) else ''
        paths.append(os.path.join(folder, f'{stem}-{n:04d}{cut}.{kind}'))
        with open(paths[-1], 'wb') as file:
            file.write(damaged)
    return sorted(paths)


def command(options, *paths):
    return [options.program, 'extract', '--quiet', '-j', str(options.jobs), '--timeout', str(options.seconds), *paths]


def known_faults():
    with open(os.path.join(HERE, 'known.txt'), encoding='utf-8') as file:
        return [line.rstrip('\n') for line in file if line.strip() and not line.startswith('#')]


def without_known(faults, shout):
    """The faults that are not known, and with `shout` a fault for each known one that does not happen."""
    left = [fault for fault in faults if not any(re.search(known, fault) for known in known_faults())]
    if shout:
        gone = [known for known in known_faults() if not any(re.search(known, fault) for fault in faults)]
        left.extend(f'known.txt: {known} no longer happens: take it out' for known in gone)
    return left


def check(options, folder, paths, allowed, whole=0):
    """(faults, the classes of each path); `allowed` are the classes that a path may end in, `whole` see by_input."""
    faults, most = [], 60 + options.seconds * len(paths)
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        try:
            code = subprocess.run(command(options, folder), stdout=out, stderr=err, timeout=most).returncode
        except subprocess.TimeoutExpired:
            return [f'{len(paths)} inputs took more than {most} seconds'], {}
        out.seek(0)
        err.seek(0)
        if code not in (0, 1):
            faults.append(f'exit code {code}: {err.read().decode(errors="replace")[-400:]}')
        return faults, look.by_input(paths, look.by_document(out, faults), faults, allowed, whole)


def records_of(options, name):
    """How many records the undamaged sample gives."""
    lines = subprocess.run(command(options, os.path.join(SAMPLES, name)), stdout=subprocess.PIPE, check=True).stdout
    return len(lines.splitlines())


def check_damaged(options, top):
    faults, count = [], 0
    for number, sample in enumerate(samples(options.only)):
        folder = os.path.join(top, sample[0])
        os.makedirs(folder, exist_ok=True)
        paths = write_damaged(folder, number, sample, options)
        count += len(paths)
        whole = 0 if sample[0].endswith('.txt') else records_of(options, sample[0])
        found, classes = check(options, folder, paths, {}, whole)
        faults.extend(found)
        if not any('ok' in names for names in classes.values()):
            faults.append(f'{sample[0]}: not one damaged copy was read')
        if not options.keep:
            shutil.rmtree(folder)
    return faults, count


def check_made(options, folder):
    wanted = {}
    for name, data, allowed in made.files(options.only, options.slow):
        path = os.path.join(folder, name)
        wanted[path] = allowed
        with open(path, 'wb') as file:
            file.writelines(data)
        del data
    paths = sorted(wanted)
    faults, classes = check(options, folder, paths, wanted)
    for path, got in classes.items():
        print(f'{os.path.basename(path)}: {" ".join(sorted(set(got)))}' + (f' ({len(got)})' if len(got) > 1 else ''))
        faults.extend(f'{os.path.basename(path)}: {name}, not one of {" ".join(wanted[path])}'
                      for name in sorted(set(got) - set(wanted[path]) - set(look.FATAL)))
    return faults, len(paths)


def sanitized(program):
    """Whether a sanitizer is built in, which needs memory of its own."""
    with open(program, 'rb') as file:
        return b'__asan_init' in file.read()


def main():
    parser = argparse.ArgumentParser(usage='%(prog)s [OPTIONS] GONGKAI')
    parser.add_argument('--made', action='store_true', help='files made from nothing in place of damaged samples')
    parser.add_argument('--slow', action='store_true', help='of the made files those that take long')
    parser.add_argument('--places', type=int, default=100, help='how often each sample is cut off')
    parser.add_argument('--flips', type=int, default=1000, help='how often bits of each sample are flipped')
    parser.add_argument('--seconds', type=int, default=60, help='the most one input may take')
    parser.add_argument('--jobs', type=int, default=2, help='workers')
    parser.add_argument('--known', action='store_true', help='fail when a fault of known.txt does not happen')
    parser.add_argument('--keep', help='write the inputs into this folder and leave them there')
    parser.add_argument('--only', help='a regular expression for the names of samples or made files')
    parser.add_argument('program')
    options = parser.parse_args()
    if not os.access(options.program, os.X_OK):
        print(f'{options.program} is not built')
        return 77
    with tempfile.TemporaryDirectory(prefix='gongkai-hostile-', dir=os.path.dirname(os.path.abspath(options.program))) as own:
        folder = os.path.abspath(options.keep or own)
        os.makedirs(folder, exist_ok=True)
        found, count = (check_made if options.made else check_damaged)(options, folder)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
    if peak > MEMORY and not sanitized(options.program):
        found.append(f'a process held {peak >> 20} MiB')
    faults = without_known(found, options.known)
    for fault in faults[:40]:
        print(fault)
    print(f'{count} inputs, {len(faults)} faults, {len(found)} with the known ones, at most {peak >> 20} MiB')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
