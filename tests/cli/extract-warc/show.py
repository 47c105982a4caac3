"""Prints records of standard input in short: where a document was met, and what was read in it."""
import json
import sys

for line in sys.stdin:
    r = json.loads(line)
    if r['kind'] == 'document':
        names = ('source', 'fetched', 'published', 'anchor', 'list_page') if 'error' not in r else ('source',)
        parts = [r.get(n, '') for n in names] + ([r['error']['class'], r['error']['message']] if 'error' in r else [])
    else:
        parts = ['', r['subject'], r['value']]
    if r['kind'] == 'document' or len(sys.argv) == 1:
        print('|'.join(parts))
