-- The frontier and the index of an archive. One commit of this database is what makes records of the WARC files count.
PRAGMA application_id = 0x474b5741;
PRAGMA user_version = 1;

CREATE TABLE host (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    site TEXT
);

-- The frontier: each request that is known. `due` is 0 where it may be asked at once, a time in Unix seconds where it waits,
-- and 9223372036854775807 where it is done; a wait that is over is turned into 0 before the next entry is looked for.
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,
    key BLOB NOT NULL UNIQUE, -- the first 16 bytes of the SHA-256 of URL, NUL, body
    host INTEGER NOT NULL REFERENCES host,
    url TEXT NOT NULL, body BLOB, body_type TEXT, referer TEXT,
    kind TEXT, parent INTEGER NOT NULL, seed INTEGER NOT NULL, depth INTEGER NOT NULL, priority INTEGER NOT NULL,
    text TEXT, name TEXT, date TEXT, year INTEGER,
    region TEXT, division_code TEXT, agency TEXT, label TEXT,
    outcome TEXT, reason TEXT, status INTEGER, attempts INTEGER NOT NULL, due INTEGER NOT NULL,
    etag TEXT, last_modified TEXT, digest TEXT, fetched INTEGER NOT NULL
);
CREATE INDEX entry_ready ON entry (host, priority DESC, depth, id) WHERE due = 0;
CREATE INDEX entry_waiting ON entry (host, due) WHERE due > 0 AND due < 9223372036854775807;

-- A WARC file, and how much of it counts.
CREATE TABLE file (
    id INTEGER PRIMARY KEY, -- the number in its name
    length INTEGER NOT NULL,
    crc INTEGER NOT NULL    -- CRC-32 of that many bytes
);

-- What was received. `file`, `offset` and `length` are the gzip member of the response, revisit or resource record; NULL where
-- no answer came. `original` is the capture that holds the payload, NULL where this one does.
CREATE TABLE capture (
    id INTEGER PRIMARY KEY,
    entry INTEGER,
    url TEXT NOT NULL,
    started_ms INTEGER NOT NULL,
    status INTEGER, outcome TEXT, media_type TEXT,
    type TEXT, record BLOB, file INTEGER REFERENCES file, offset INTEGER, length INTEGER,
    digest BLOB, bytes INTEGER, original INTEGER REFERENCES capture, truncated TEXT,
    address TEXT, published TEXT, title TEXT, name TEXT, kind TEXT,
    text TEXT, list_page TEXT, robots INTEGER NOT NULL
);
CREATE INDEX capture_digest ON capture (digest);
CREATE INDEX capture_url ON capture (url);

CREATE TABLE note (
    key TEXT PRIMARY KEY,
    value BLOB,
    expires INTEGER NOT NULL
) WITHOUT ROWID;
