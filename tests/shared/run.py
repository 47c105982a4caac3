#!/usr/bin/env python3
"""Compare tables of real documents with what was read off their pictures by eye.

usage: run.py GONGKAI [NAME ...]

The documents lie in the folder `documents` of $GK_SHARED (default: `shared` beside the source tree); where there is none
the test is skipped (exit code 77). Each NAME.tsv here is one document, with fields separated by tabs:

  file      path of the document below `documents`
  page      number of the page, for a spreadsheet the name of the sheet, `-` where the format has none; opens a table
  mentions  how many figures of tables stand on the page (for a check that nothing is invented)
  columns   header path of each column of figures
  items     what the figures of each column are of, where the items stand in the header (rows of places)
  measures  measure of each column, `-`: not looked at
  years     year of each column, `-`: not looked at
  units     unit of each column: 元, 万元, 亿元, %, or a classifier (万亩)
  row       label (code) and the cells of a row as printed; an empty cell holds no figure. The row may end early
  place     the same, where the label names the place and the items stand in the header
  indicator name, level2, operator, target, unit, weight of an indicator on the page, empty: there is none
"""
import json
import os
import re
import subprocess
import sys
import unicodedata
from decimal import Decimal

HERE = os.path.dirname(os.path.abspath(__file__))
POWERS = {'元': 0, '万元': 4, '亿元': 8}
SCALES = {'千': 3, '万': 4, '亿': 8}
MENTIONS = ('amount', 'percentage', 'quantity')


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
    """The expected facts: value, unit, subject, column, measure, year, code."""
    for word, cells in table.rows:
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
            yield {'value': value, 'unit': 'CNY' if unit in POWERS else printed, 'subject': subject, 'column': column,
                   'measure': table.at('measures', i), 'year': table.at('years', i), 'code': code}


def differences(want, record):
    """What differs, the worst first."""
    out = []
    if fold(want['subject']) != fold(record.get('subject')):
        out.append('subject %s' % record.get('subject'))
    for key in ('unit', 'measure', 'year', 'code'):
        if want[key] not in ('-', '') and want[key] != str(record.get(key, '')):
            out.append('%s %s' % (key, record.get(key)))
    if want['column'] != '-' and fold(want['column']) != fold(record.get('column')):
        out.append('column %s' % record.get('column'))
    return out


def check_facts(table, records):
    wrong, left = [], list(records)
    for want in facts(table):
        close = [(differences(want, r), k) for k, r in enumerate(left) if Decimal(r['value']) == want['value']]
        if not close:
            wrong.append('%s %s: not found' % (want['subject'], want['value']))
            continue
        found, k = min(close, key=lambda pair: (len(pair[0]), pair[1]))
        del left[k]
        if found:
            wrong.append('%s %s %s: %s' % (want['subject'], want['column'], want['value'], ', '.join(found)))
    return wrong


def check_indicators(table, records):
    wrong = []
    for want in table.indicators:
        keys = ('name', 'level2', 'op', 'target', 'target_unit', 'weight')
        same = [r for r in records if fold(r.get('name')) == fold(want[0])]
        good = [r for r in same if all(fold(w) == fold(r.get(k, '')) for k, w in zip(keys, want))]
        if not good:
            wrong.append('indicator %s: %s' % (want[0], [[r.get(k) for k in keys] for r in same] or 'not found'))
    return wrong


def check(gongkai, documents, path):
    file, tables = load(path)
    source = os.path.join(documents, file)
    if not os.path.exists(source):
        return 0, ['%s is not there' % file]
    run = subprocess.run([gongkai, 'extract', source], stdout=subprocess.PIPE, check=False)
    records = [json.loads(line) for line in run.stdout.decode('utf-8').splitlines()]
    wrong, seen = [], 0
    for table in tables:
        here = [r for r in records if on_page(r, table.page)]
        mentions = [r for r in here if r['kind'] in MENTIONS and r.get('where') == 'table']
        seen += sum(1 for _ in facts(table)) + len(table.indicators)
        lines = check_facts(table, mentions) + check_indicators(table, [r for r in here if r['kind'] == 'indicator'])
        if table.mentions is not None and len(mentions) != table.mentions:
            lines.append('%d figures, and %d were counted by eye' % (len(mentions), table.mentions))
        wrong += ['page %s: %s' % (table.page, line) for line in lines]
    return seen, wrong


def main():
    if len(sys.argv) < 2:
        print(__doc__)
        return 2
    shared = os.environ.get('GK_SHARED') or os.path.join(HERE, '..', '..', '..', 'shared')
    documents = os.path.join(shared, 'documents')
    if not os.path.isdir(documents):
        print('skipped: no shared documents')
        return 77
    names = sys.argv[2:] or sorted(f[:-4] for f in os.listdir(HERE) if f.endswith('.tsv'))
    failed = 0
    for name in names:
        seen, wrong = check(sys.argv[1], documents, os.path.join(HERE, name + '.tsv'))
        print('%-28s %4d facts, %d wrong' % (name, seen, len(wrong)))
        for line in wrong:
            print('    ' + line)
        failed += bool(wrong)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
