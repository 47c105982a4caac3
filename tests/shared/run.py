#!/usr/bin/env python3
"""Compare real documents with what was read in them by eye: tables off their pictures, or all that a document says.

usage: run.py GONGKAI [NAME ...]
       run.py --digest TABLES.tsv    prints what NAME.digests holds of tables that were read off
       run.py --truth FOLDER NAME RECORDS.jsonl    the same of a whole document (truth.py says of what)

The documents lie in the folder `documents` of $GK_SHARED (default: `shared` beside the source tree); where there is none
the test is skipped (exit code 77). Their words and figures stay out of this folder: each NAME.digests is one document, and
says of each fact a digest (SHA-256, its first 16 digits) of what must be read:

  file      path of the document below `documents`
  page      number of the page, for a spreadsheet the name of the sheet, `-` where the format has none
  mentions  how many figures of tables stand on the page (for a check that nothing is invented)
  fact      row and column by count, which members of the record were looked at, and the digest of these
  indicator the same of an indicator
  mention, goal, finding, least    what truth.py says

The tables that are read off are written as lines of fields separated by tabs:

  file, page, mentions  as above
  columns   header path of each column of figures
  items     what the figures of each column are of, where the items stand in the header (rows of places)
  measures  measure of each column, `-`: not looked at
  years     year of each column, `-`: not looked at
  units     unit of each column: 元, 万元, 亿元, %, or a classifier (万亩)
  row       label (code) and the cells of a row as printed; an empty cell holds no figure. The row may end early
  place     the same, where the label names the place and the items stand in the header
  indicator name, level2, operator, target, unit, weight of an indicator on the page, empty: there is none
"""
import collections
import hashlib
import json
import os
import re
import subprocess
import sys
import unicodedata
from decimal import Decimal

sys.dont_write_bytecode = True
import truth

HERE = os.path.dirname(os.path.abspath(__file__))
POWERS = {'元': 0, '万元': 4, '亿元': 8}
SCALES = {'千': 3, '万': 4, '亿': 8}
MENTIONS = ('amount', 'percentage', 'quantity')
FACT = ('value', 'unit', 'subject', 'column', 'measure', 'year', 'code')
INDICATOR = ('name', 'level2', 'op', 'target', 'target_unit', 'weight')


def fold(text):
    return re.sub(r'\s+', '', unicodedata.normalize('NFKC', text or ''))


def exact(text):
    return Decimal(text.replace(',', '').replace('%', ''))


class Table:
    def __init__(self, page):
        self.page, self.rows, self.indicators, self.mentions = page, [], [], None
        self.columns = self.items = self.measures = self.years = self.units = ()

    def at(self, name, i, default='-'):
        values = getattr(self, name)
        return values[i] if i < len(values) and values[i] else default


def load(path):
    file, tables = None, []
    for line in open(path, encoding='utf-8'):
        fields = line.rstrip('\n').split('\t')
        if not fields[0] or fields[0].startswith('#'):
            continue
        word, rest = fields[0], fields[1:]
        if word == 'file':
            file = rest[0]
        elif word == 'page':
            tables.append(Table(rest[0]))
        elif word == 'mentions':
            tables[-1].mentions = int(rest[0])
        elif word in ('row', 'place'):
            tables[-1].rows.append((word, rest))
        elif word == 'indicator':
            tables[-1].indicators.append(rest)
        else:
            setattr(tables[-1], word, rest)
    return file, tables


def on_page(record, page):
    if page == '-':
        return True
    return str(record.get('page')) == page or str(record.get('cell', '')).startswith(page + '!')


def facts(table):
    """The expected facts, each with the numbers of its row and column."""
    for row, (word, cells) in enumerate(table.rows, 1):
        label, _, code = cells[0].partition('@')
        for i, cell in enumerate(cells[1:]):
            if not cell:
                continue
            unit = table.at('units', i, '万元')
            power, printed = POWERS.get(unit, 0), unit
            if unit not in POWERS and unit[0] in SCALES:
                power, printed = SCALES[unit[0]], unit[1:]
            value = exact(cell).scaleb(power)
            column, subject = table.at('columns', i), label
            if word == 'place':
                subject = table.at('items', i)
                column = label + '/' + column
            yield row, i + 1, {'value': value, 'unit': 'CNY' if unit in POWERS else printed, 'subject': subject, 'column': column,
                               'measure': table.at('measures', i), 'year': table.at('years', i), 'code': code}


def digest(members):
    """`members`: (name, value) of what is looked at, in order."""
    text = '\x1f'.join('%s=%s' % (name, fold(value)) for name, value in members)
    return hashlib.sha256(text.encode('utf-8')).hexdigest()[:16]


def plain(value):
    return format(value.normalize(), 'f') if value else '0'


def of_record(record, names):
    return digest((n, plain(Decimal(record['value'])) if n == 'value' else str(record.get(n, ''))) for n in names)


def print_digests(path):
    file, tables = load(path)
    print('file\t' + file)
    for table in tables:
        print('page\t' + table.page)
        if table.mentions is not None:
            print('mentions\t%d' % table.mentions)
        for row, column, want in facts(table):
            looked = [n for n in FACT if want[n] not in ('-', '')]
            members = [(n, plain(want[n]) if n == 'value' else want[n]) for n in looked]
            print('fact\t%d\t%d\t%s\t%s' % (row, column, ','.join(looked), digest(members)))
        for row, want in enumerate(table.indicators, 1):
            names = INDICATOR[:len(want)]
            print('indicator\t%d\t%s\t%s' % (row, ','.join(names), digest(zip(names, want))))


class Page:
    def __init__(self, name):
        self.name, self.facts, self.indicators, self.mentions = name, [], [], None


def load_digests(path):
    file, pages, whole = None, [], truth.Truth()
    for line in open(path, encoding='utf-8'):
        word, *rest = line.rstrip('\n').split('\t')
        if whole.take(word, rest):
            continue
        if word == 'file':
            file = rest[0]
        elif word == 'page':
            pages.append(Page(rest[0]))
        elif word == 'mentions':
            pages[-1].mentions = int(rest[0])
        elif word == 'fact':
            pages[-1].facts.append(('row %s, column %s' % tuple(rest[:2]), rest[2], rest[3]))
        elif word == 'indicator':
            pages[-1].indicators.append(('indicator %s' % rest[0], rest[1], rest[2]))
    return file, pages, whole


def missing(wanted, records):
    """What no record is left for; each stands for one."""
    left, wrong = {}, []
    for looked in {looked for _, looked, _ in wanted}:
        left[looked] = collections.Counter(of_record(r, looked.split(',')) for r in records)
    for where, looked, want in wanted:
        if left[looked][want] == 0:
            wrong.append('%s: not read so (%s)' % (where, looked))
        left[looked][want] -= 1
    return wrong


def check(gongkai, documents, path):
    file, pages, whole = load_digests(path)
    source = os.path.join(documents, file)
    if not os.path.exists(source):
        return 0, ['%s is not there' % file]
    run = subprocess.run([gongkai, 'extract', source], stdout=subprocess.PIPE, check=False)
    records = [json.loads(line) for line in run.stdout.decode('utf-8').splitlines()]
    wrong, seen = [], 0
    for page in pages:
        here = [r for r in records if on_page(r, page.name)]
        mentions = [r for r in here if r['kind'] in MENTIONS and r.get('where') == 'table']
        seen += len(page.facts) + len(page.indicators)
        lines = missing(page.facts, mentions) + missing(page.indicators, [r for r in here if r['kind'] == 'indicator'])
        if page.mentions is not None and len(mentions) != page.mentions:
            lines.append('%d figures, and %d were counted by eye' % (len(mentions), page.mentions))
        wrong += ['page %s: %s' % (page.name, line) for line in lines]
    if whole.least:
        seen += len(whole.mentions) + len(whole.goals) + len(whole.findings)
        wrong += truth.fallen(whole, records, open(source, 'rb').read())
    return seen, wrong


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    if sys.argv[1] == '--digest':
        for path in sys.argv[2:]:
            print_digests(path)
        return 0
    if sys.argv[1] == '--truth':
        truth.print_truth(*sys.argv[2:5])
        return 0
    shared = os.environ.get('GK_SHARED') or os.path.join(HERE, '..', '..', '..', 'shared')
    documents = os.path.join(shared, 'documents')
    if not os.path.isdir(documents):
        print('skipped: no shared documents')
        return 77
    names = sys.argv[2:] or sorted(f[:-8] for f in os.listdir(HERE) if f.endswith('.digests'))
    failed = 0
    for name in names:
        seen, wrong = check(sys.argv[1], documents, os.path.join(HERE, name + '.digests'))
        print('%-28s %4d facts, %d wrong' % (name, seen, len(wrong)))
        for line in wrong:
            print('    ' + line)
        failed += bool(wrong)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
