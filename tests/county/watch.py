"""What an archive holds, by a reader that shares nothing with the program: SQLite, zlib and the bytes of the WARC files."""
import collections
import glob
import hashlib
import os
import re
import sqlite3
import subprocess
import zlib

Row = collections.namedtuple('Row', 'id url type file offset length digest original')


class Watch:
    """Looks at an archive between two runs of its writer. What it saw to count once has to count for ever."""

    def __init__(self, folder):
        self.folder, self.rows, self.torn = folder, {}, 0

    def path(self, number):
        return os.path.join(self.folder, 'warc', 'gongkai-%06d.warc.gz' % number)

    def ask(self, sql):
        """The rows of a query; nothing where the index was not made yet."""
        if not os.path.exists(self.folder + '/gongkai.sqlite'):
            return []
        db = sqlite3.connect('file:%s/gongkai.sqlite?mode=ro' % self.folder, uri=True)
        try:
            return db.execute(sql).fetchall() if db.execute('PRAGMA user_version').fetchone()[0] else []
        finally:
            db.close()

    def files(self):
        return sorted(glob.glob(os.path.join(self.folder, 'warc', '*')))

    def tail(self):
        """Bytes behind what counts."""
        counted = self.ask('SELECT coalesce(sum(length), 0) FROM file')
        return sum(map(os.path.getsize, self.files())) - (counted[0][0] if counted else 0)

    def look(self):
        """Compares with the last look, and reads what is new; returns what is wrong."""
        rows = {r[0]: Row(*r) for r in self.ask('SELECT id, url, type, file, offset, length, digest, original FROM capture '
                                                'WHERE file IS NOT NULL')}
        wrong = ['%s was stored and is not' % r.url for r in self.rows.values() if rows.get(r.id) != r]
        counted = dict(self.ask('SELECT id, length FROM file'))
        for number, length in counted.items():
            if not os.path.exists(self.path(number)) or os.path.getsize(self.path(number)) < length:
                return ['file %d is shorter than what counts of it' % number]
        for r in rows.values():
            if r.id not in self.rows:
                wrong += self.wrong_member(r, counted)
        self.rows = rows
        self.torn += self.tail() > 0
        return wrong

    def wrong_member(self, row, counted):
        """The bytes between offset and length are one gzip member, with the record of the URL and its payload."""
        where = '%s at %d of file %d' % (row.url, row.offset, row.file)
        if row.offset + row.length > counted.get(row.file, 0):
            return [where + ' lies behind what counts']
        with open(self.path(row.file), 'rb') as file:
            file.seek(row.offset)
            member = zlib.decompressobj(31)
            try:
                data = member.decompress(file.read(row.length)) + member.flush()
            except zlib.error as error:
                return ['%s: %s' % (where, error)]
        if not member.eof or member.unused_data:
            return [where + ' is no whole gzip member']
        head, _, block = data.partition(b'\r\n\r\n')
        names = dict(re.findall(rb'^([\w-]+): (.*?)\r?$', head, re.M))
        length = int(names.get(b'Content-Length', b'-1'))
        if names.get(b'WARC-Target-URI') != row.url.encode() or block[length:] != b'\r\n\r\n':
            return [where + ' is the record of something else']
        payload = block[:length].partition(b'\r\n\r\n')[2]
        if row.type == 'response' and hashlib.sha256(payload).digest() != row.digest:
            return [where + ' has another payload']
        if row.type == 'revisit' and row.original is None:
            return [where + ' refers to nothing']
        return []

    def unzipped(self):
        """Whether gzip reads every file to its end; returns what it refuses."""
        return [path for path in self.files() if subprocess.run(['gzip', '-t', path], stderr=subprocess.DEVNULL).returncode]
