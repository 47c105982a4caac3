"""Looks at exports with nothing but the standard library of Python."""
import gzip
import hashlib
import json
import zipfile

lines = open('x.cdxj', encoding='utf-8').read().splitlines()
assert lines == sorted(lines), 'not sorted'
for line in lines:
    key, stamp, rest = line.split(' ', 2)
    entry = json.loads(rest)
    with open('arc/warc/' + entry['filename'], 'rb') as file:
        file.seek(int(entry['offset']))
        record = gzip.decompress(file.read(int(entry['length']))).decode('utf-8', 'replace')
    fields = dict(f.split(': ', 1) for f in record.split('\r\n\r\n')[0].split('\r\n')[1:])
    assert record.startswith('WARC/1.1\r\n') and fields['WARC-Target-URI'] == entry['url'], line
    assert fields['WARC-Payload-Digest'] == entry['digest'], line
    assert ''.join(c for c in fields['WARC-Date'] if c.isdigit()) == stamp, line
    print(key, stamp, entry['status'], fields['WARC-Type'])

with zipfile.ZipFile('x.wacz') as wacz:
    assert wacz.testzip() is None
    package = json.loads(wacz.read('datapackage.json'))
    for r in package['resources']:
        data = wacz.read(r['path'])
        assert 'sha256:' + hashlib.sha256(data).hexdigest() == r['hash'] and len(data) == r['bytes'], r
        assert wacz.getinfo(r['path']).compress_type == zipfile.ZIP_STORED
    digest = json.loads(wacz.read('datapackage-digest.json'))
    assert digest['hash'] == 'sha256:' + hashlib.sha256(wacz.read('datapackage.json')).hexdigest()
    assert wacz.read('indexes/index.cdx').decode() == open('x.cdxj', encoding='utf-8').read()
    print(package['profile'], package['wacz_version'], *sorted(wacz.namelist()))
    print(*[json.loads(line).get('url', 'header') for line in wacz.read('pages/pages.jsonl').decode().splitlines()])

old = gzip.open('x.warc.gz').read().decode('utf-8', 'replace')
assert 'WARC/1.1' not in old and old.count('WARC/1.0\r\n') == gzip.open('arc/warc/gongkai-000001.warc.gz').read().count(b'WARC/1.1\r\n')
assert 'warc/1.0/revisit/identical-payload-digest' in old
