#!/usr/bin/env python3
"""Score what `gongkai extract` prints for the sample documents against the expected records.

usage: run.py [--quiet] GONGKAI [NAME ...]

For each sample NAME the text is corpus/samples/NAME.txt and the truth is NAME.expected.jsonl beside this file, written
by hand from the document. NAME.html and the like is the same document in another format: its truth is that of NAME, with
the offsets moved to the text that `gongkai text` prints, and it must reach what its text must reach. Of an archive each
member is held to that. A row of the truth carries the byte offsets (start, end) of its figure in the text, or of the
name for an indicator. The rules are strict:

  mention     same kind, same exact value, overlapping span, same unit, same measure, the subject (or one of `also`)
              equal after folding or containing the expected one, and the year equal where the truth states one
  indicator   the name at the same place, same project (as for subjects), levels, operator, target, actual value, weight
              and score
  document    same year, report and agency
  finding     the contradictions and undefined rates that are planted in the document, and no other

A printed mention or indicator that matches no row counts against precision. Every difference is printed. The exit code
is 0 when each sample reaches its line in thresholds.tsv, 1 when one does not, and 77 when the program is not built.
"""
import argparse
import difflib
import json
import os
import re
import subprocess
import sys
import unicodedata
from decimal import Decimal, InvalidOperation

HERE = os.path.dirname(os.path.abspath(__file__))
TEXTS = os.path.join(HERE, '..', '..', 'corpus', 'samples')
MENTIONS = ('amount', 'percentage', 'quantity')
INDICATOR_FIELDS = ('project', 'level1', 'level2', 'op', 'target', 'target_unit', 'actual', 'actual_unit', 'weight', 'score')


def fold(text):
    """Compare labels without marks, spaces, quotes or the width of letters."""
    text = unicodedata.normalize('NFKC', str(text or ''))
    return re.sub(r'[\s"“”‘’\'()《》〈〉【】\[\]:,，、。;；·.\-—_/]', '', text).lower()


def same_label(want, got):
    want, got = fold(want), fold(got)
    if not want or not got:
        return want == got
    return want == got or want in got or (got in want and 2 * len(got) > len(want))


def decimal(text):
    try:
        return Decimal(str(text).replace(',', ''))
    except InvalidOperation:
        return None


def same_value(want, got):
    want, got = '' if want is None else want, '' if got is None else got
    if decimal(want) is not None and decimal(got) is not None:
        return decimal(want) == decimal(got)
    return fold(want) == fold(got)


def load(lines):
    return [json.loads(line) for line in lines.splitlines() if line.strip()]


def span(record):
    place = record.get('span') or {}
    return place.get('start', -1), place.get('end', -1)


def overlap(row, record):
    start, end = span(record)
    return start < row['end'] and row['start'] < end


def mention_faults(row, got):
    faults = []
    if 'unit' in row and row['unit'] != got.get('unit'):
        faults.append('unit')
    if row['measure'] != got.get('measure'):
        faults.append('measure')
    if row.get('year') and str(row['year']) != str(got.get('year', '')):
        faults.append('year')
    if not any(same_label(label, got.get('subject')) for label in [row['subject'], *row.get('also', ())]):
        faults.append('subject')
    return faults


def indicator_faults(row, got):
    faults = [k for k in INDICATOR_FIELDS if not same_value(row.get(k, ''), got.get(k, ''))]
    return [k for k in faults if k != 'project' or not same_label(row[k], got.get(k))]


def document_faults(row, got):
    return [k for k in ('year', 'report', 'agency') if str(row[k]) != str(got.get(k, ''))]


def brief(record, keys):
    return ' '.join(f'{k}={record[k]}' for k in keys if k in record)


def match(rows, records, candidates, faults):
    """Pair each row with the free record that has the fewest faults; give pairs and the records left over."""
    free, pairs = list(records), []
    for row in rows:
        fits = [r for r in free if candidates(row, r)]
        best = min(fits, key=lambda r: len(faults(row, r)), default=None)
        if best is not None:
            free.remove(best)
        pairs.append((row, best))
    return pairs, free


def mention_fits(row, got):
    return got['kind'] == row['kind'] and overlap(row, got) and decimal(row['value']) == decimal(got.get('value'))


def indicator_fits(row, got):
    return same_label(row['name'], got.get('name')) and abs(span(got)[0] - row['start']) < 400


def finding_fits(row, got):
    return overlap(row, got) and row['check'] == got.get('check')


class Sheet:
    """The score of one kind of record in one sample, and the differences to print."""

    def __init__(self, rows, records, fits, faults, keys):
        pairs, self.extra = match(rows, records, fits, faults)
        self.rows, self.records, self.keys = len(rows), len(records), keys
        self.right, self.lines = 0, []
        for row, got in pairs:
            self.judge(row, got, faults(row, got) if got else None)
        for got in self.extra:
            self.lines.append((span(got)[0], f"    not asked for: {got.get('raw', '')} {brief(got, keys)}"))

    def judge(self, row, got, wrong):
        label = f"line {row['line']}: {row.get('raw', row.get('name', ''))}"
        if got is None:
            self.lines.append((row['start'], f'    missing  {label} {brief(row, self.keys)}'))
        elif wrong:
            what = ', '.join(f"{k} {row.get(k, '')!r} but got {got.get(k, '')!r}" for k in wrong)
            self.lines.append((row['start'], f'    differs  {label}: {what}'))
        else:
            self.right += 1

    def f1(self):
        total = self.rows + self.records
        return 2 * self.right / total if total else 1.0

    def show(self):
        for _, line in sorted(self.lines, key=lambda pair: pair[0]):
            print(line)


def extract(program, path):
    run = subprocess.run([program, 'extract', '--quiet', path], capture_output=True, timeout=120)
    if run.returncode != 0:
        print(f'    exit code {run.returncode}: {run.stderr.decode(errors="replace").strip()}')
    return load(run.stdout.decode('utf-8'))


def load_truth(name, path):
    """The expected rows; a row whose offsets do not hold its raw text is a mistake in the truth itself."""
    with open(os.path.join(HERE, name + '.expected.jsonl'), encoding='utf-8') as file:
        truth = load(file.read())
    with open(path, 'rb') as file:
        data = file.read()
    for row in truth:
        printed = re.sub(r'\s', '', data[row['start']:row['end']].decode('utf-8')) if 'start' in row else None
        if printed is not None and printed != row.get('raw', row.get('name')):
            raise SystemExit(f"{name}.expected.jsonl: {row.get('raw', row.get('name'))!r} is not at {row['start']}: {printed!r}")
    return truth


def squeezed(data):
    """The characters that are no white space, and where each starts and ends, in bytes."""
    chars, places, at = [], [], 0
    for char in data.decode('utf-8'):
        size = len(char.encode('utf-8'))
        if not char.isspace():
            chars.append(char)
            places.append((at, at + size))
        at += size
    return ''.join(chars), places


def moved(truth, old, new):
    """The rows with their offsets in the bytes `old` moved to where the same characters stand in `new`."""
    (before, from_), (after, to) = squeezed(old), squeezed(new)
    twin = {}
    for a, b, size in difflib.SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        twin.update((from_[a + i][0], to[b + i]) for i in range(size))
    rows = []
    for row in truth:
        if 'start' in row:
            places = [twin.get(at) for at, _ in from_ if row['start'] <= at < row['end']]
            if None in places:
                raise SystemExit(f"line {row['line']}: {row.get('raw', row.get('name'))!r} is not in the other format")
            row = {**row, 'start': places[0][0], 'end': places[-1][1]}
        rows.append(row)
    return rows


def path_of(name):
    return os.path.normpath(os.path.join(TEXTS, name if os.path.splitext(name)[1] else name + '.txt'))


def members(program, path):
    """The documents of a file: itself, or the members of an archive."""
    if not path.endswith('.zip'):
        return [path]
    found = [record['source'] for record in extract(program, path) if record['kind'] == 'document']
    return found if len(found) > 1 else [path]


def load_sample(program, base, path):
    """The truth of a document that says what the text of the sample `base` says."""
    plain = path_of(base)
    truth = load_truth(base, plain)
    if path != plain:
        text = subprocess.run([program, 'text', path], capture_output=True, timeout=120).stdout
        with open(plain, 'rb') as file:
            truth = moved(truth, file.read(), text)
    return truth


def score(program, name, options):
    """The worst scores of the documents of a sample file."""
    scores = [score_document(program, os.path.splitext(name)[0], path, options) for path in members(program, path_of(name))]
    return tuple(min(values) for values in zip(*scores))


def score_document(program, base, path, options):
    truth = load_sample(program, base, path)
    records = extract(program, path)
    of = lambda rows, *kinds: [r for r in rows if r['kind'] in kinds]
    mentions = Sheet(of(truth, *MENTIONS), of(records, *MENTIONS), mention_fits, mention_faults,
                     ('kind', 'value', 'subject', 'measure', 'year'))
    indicators = Sheet(of(truth, 'indicator'), of(records, 'indicator'), indicator_fits, indicator_faults,
                       ('kind', 'name', 'op', 'target', 'actual', 'weight', 'score'))
    sheets = [mentions, indicators]
    found = [r for r in of(records, 'finding') if r.get('status') in ('contradicts', 'undefined')]
    findings = Sheet(of(truth, 'finding'), found, finding_fits, lambda row, got: [], ('check', 'status', 'expected', 'message'))
    sheets.append(findings)
    document = of(records, 'document')
    faults = document_faults(of(truth, 'document')[0], document[0] if document else {})
    if not options.quiet:
        for sheet in sheets:
            sheet.show()
        for key in faults:
            print(f"    document {key}: {of(truth, 'document')[0][key]!r} but got {(document or [{}])[0].get(key)!r}")
    return mentions.f1(), indicators.f1(), 3 - len(faults), findings.f1()


def thresholds():
    table = {}
    with open(os.path.join(HERE, 'thresholds.tsv'), encoding='utf-8') as file:
        for line in file:
            if line.strip() and not line.startswith('#'):
                name, mentions, indicators, document = line.split()
                table[name] = (float(mentions), float(indicators), int(document), 1.0)
    return table


def samples():
    """The names of all samples: those of texts without .txt."""
    names = (name[:-4] if name.endswith('.txt') else name for name in os.listdir(TEXTS) if name != 'README.md')
    return sorted(names)


def has_pdf(program):
    return os.environ.get('GONGKAI_PDF') or os.access(os.path.join(os.path.dirname(program), 'gongkai-pdf'), os.X_OK)


def main():
    parser = argparse.ArgumentParser(usage='%(prog)s [--quiet] GONGKAI [NAME ...]')
    parser.add_argument('--quiet', action='store_true', help='scores only, no differences')
    parser.add_argument('program')
    parser.add_argument('names', nargs='*')
    options = parser.parse_args()
    if not os.access(options.program, os.X_OK):
        print(f'{options.program} is not built')
        return 77
    table, failed = thresholds(), False
    for name in options.names or samples():
        if name.endswith('.pdf') and not has_pdf(options.program):
            print(f'{name:16} not tried: gongkai-pdf is not built')
            continue
        got, want = score(options.program, name, options), table[os.path.splitext(name)[0]]
        short = any(have < least for have, least in zip(got, want))
        failed = failed or short
        print(f"{name:16} mentions F1 {got[0]:.4f} (at least {want[0]:.3f})  indicators F1 {got[1]:.4f} "
              f"(at least {want[1]:.3f})  document {got[2]}/3  findings {got[3]:.2f}  {'BELOW' if short else 'ok'}")
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
