#!/usr/bin/env python3
"""Damage every sample in many ways and look whether the program stands it.

usage: run.py [--places N] [--flips N] [--seconds N] [--jobs N] [--known] [--keep DIR] GONGKAI

For every damaged text: the exit code is 0 or 1, each line printed is a JSON object, there is exactly one document record
and it comes first, no worker crashed or took more than the seconds, and ids do not repeat. Where the damaged text is
still UTF-8, so that the canonical text is the file itself, the span of every record lies in it, its `raw` is what stands
there without white space and what reading passes over (controls, zero-width and private characters, page numbers on
lines of their own), and values have no exponent. Exit code 0 when all hold, 1 when not, 77 when the program is
not built.
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import damage  # noqa: E402

SAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', '..', 'corpus', 'samples')
FATAL = ('crash', 'timeout', 'internal')
VALUE = re.compile(r'-?\d+(\.\d+)?\Z')
PAGE = re.compile(r'\n\s*\d{1,4}\s*\n')
BOOKMARK = re.compile(r'\[bookmark:[^\]\n]*\]')


def write_all(folder, places, flips):
    """Write the damaged texts and return their paths in the order in which a folder is read."""
    names = sorted(n for n in os.listdir(SAMPLES) if n.endswith('.txt'))
    texts = []
    for name in names:
        with open(os.path.join(SAMPLES, name), 'rb') as file:
            texts.append(file.read())
    paths = []
    for i, data in enumerate(texts):
        for n, damaged in enumerate(damage.all_of(data, texts[(i + 1) % len(texts)], i, places, flips)):
            paths.append(os.path.join(folder, f'{names[i][:-4]}-{n:04d}.txt'))
            with open(paths[-1], 'wb') as file:
                file.write(damaged)
    return sorted(paths)


def command(options, *paths):
    return [options.program, 'extract', '--quiet', '-j', str(options.jobs), '--timeout', str(options.seconds), *paths]


def by_document(output, faults):
    """Split the output into documents: each begins with its document record."""
    documents = []
    for number, line in enumerate(output.split(b'\n')[:-1], 1):
        try:
            record = json.loads(line.decode('utf-8'))
            if not isinstance(record, dict):
                raise ValueError('not an object')
        except ValueError as error:
            faults.append(f'line {number} of the output is no JSON object: {error}: {line[:200]!r}')
            continue
        if record.get('kind') == 'document':
            documents.append([record])
        elif documents:
            documents[-1].append(record)
        else:
            faults.append(f'line {number} of the output stands before any document record')
    return documents


def plain_text(path):
    """The bytes of a file whose canonical text is the file itself, else None."""
    with open(path, 'rb') as file:
        data = file.read()
    if data.startswith(b'\xef\xbb\xbf') or b'\x00' in data:
        return None
    try:
        data.decode('utf-8')
    except UnicodeDecodeError:
        return None
    return data


def bare(text):
    """Text without white space and without characters that print nothing."""
    return ''.join(c for c in text if not c.isspace() and unicodedata.category(c) not in ('Cc', 'Cf', 'Co'))


def same_raw(record, text):
    raw = bare(record['raw'])
    if record['kind'] == 'indicator':
        text = BOOKMARK.sub('', text)
    return raw in (bare(text), bare(PAGE.sub('\n', text)))


def record_fault(record, data):
    span = record.get('span') or {}
    start, end = span.get('start'), span.get('end')
    if not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(data):
        return f'span {span} of {record.get("kind")} {record.get("id")} is not within {len(data)} bytes'
    try:
        text = data[start:end].decode('utf-8')
    except UnicodeDecodeError:
        return f'span {start}-{end} cuts a character'
    if 'raw' in record and not same_raw(record, text):
        return f'raw {record["raw"]!r} is not what stands at {start}-{end}: {text!r}'
    if record['kind'] in ('amount', 'percentage', 'quantity') and not VALUE.match(record.get('value', '')):
        return f'value {record.get("value")!r} is no plain decimal'
    return None


def document_faults(path, records):
    name, error = os.path.basename(path), records[0].get('error') or {}
    if error.get('class') in FATAL:
        return [f'{name}: {error.get("class")}: {error.get("message")}']
    ids = [record['id'] for record in records if 'id' in record]
    faults = [f'{name}: an id is used twice'] if len(ids) != len(set(ids)) else []
    data = plain_text(path)
    if data is None:
        return faults
    found = (record_fault(r, data) for r in records[1:] if r.get('kind') != 'finding')
    return faults + [f'{name}: {fault}' for fault in found if fault]


def known_faults():
    path = os.path.join(os.path.dirname(os.path.abspath(__file__)), 'known.txt')
    with open(path, encoding='utf-8') as file:
        return [line.rstrip('\n') for line in file if line.strip() and not line.startswith('#')]


def without_known(faults, shout):
    """The faults that are not known, and with `shout` a fault for each known one that does not happen."""
    left = [fault for fault in faults if not any(re.search(known, fault) for known in known_faults())]
    if shout:
        gone = [known for known in known_faults() if not any(re.search(known, fault) for fault in faults)]
        left.extend(f'known.txt: {known} no longer happens: take it out' for known in gone)
    return left


def check(options, folder, paths):
    faults = []
    try:
        run = subprocess.run(command(options, folder), capture_output=True, timeout=options.seconds * 60)
    except subprocess.TimeoutExpired:
        return [f'{len(paths)} texts took more than {options.seconds * 60} seconds']
    if run.returncode not in (0, 1):
        faults.append(f'exit code {run.returncode}: {run.stderr.decode(errors="replace")[-400:]}')
    documents = by_document(run.stdout, faults)
    if len(documents) != len(paths):
        faults.append(f'{len(documents)} document records for {len(paths)} texts')
        return faults
    for path, records in zip(paths, documents):
        faults.extend(document_faults(path, records))
    return faults


def main():
    parser = argparse.ArgumentParser(usage='%(prog)s [OPTIONS] GONGKAI')
    parser.add_argument('--places', type=int, default=100, help='how often each text is cut off')
    parser.add_argument('--flips', type=int, default=200, help='how often bits of each text are flipped')
    parser.add_argument('--seconds', type=int, default=10, help='the most one text may take')
    parser.add_argument('--jobs', type=int, default=2, help='workers')
    parser.add_argument('--known', action='store_true', help='fail when a fault of known.txt does not happen')
    parser.add_argument('--keep', help='write the damaged texts into this folder and leave them there')
    parser.add_argument('program')
    options = parser.parse_args()
    if not os.access(options.program, os.X_OK):
        print(f'{options.program} is not built')
        return 77
    with tempfile.TemporaryDirectory(prefix='gongkai-hostile-') as own:
        folder = options.keep or own
        os.makedirs(folder, exist_ok=True)
        paths = write_all(folder, options.places, options.flips)
        found = check(options, folder, paths)
    faults = without_known(found, options.known)
    for fault in faults[:40]:
        print(fault)
    print(f'{len(paths)} damaged texts, {len(faults)} faults, {len(found)} with the known ones')
    return 1 if faults else 0


if __name__ == '__main__':
    sys.exit(main())
