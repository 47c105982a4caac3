-- The database that `gongkai extract -o FILE.sqlite` keeps: version 4 (PRAGMA user_version).
--
-- Values are exact: decimal text, and for amounts a whole number of fen (1/100 yuan) for sums. No value is a binary
-- floating point number. Texts are as in the JSON Schema of the records; items of lists are joined with ' / '.
-- Columns whose name would be a word of SQL end in an underscore.

-- One row a document, by the digest of its bytes: "sha256:HEX". An input of which no bytes could be read has
-- "source:PATH" until it can be.
CREATE TABLE documents (
    doc             TEXT PRIMARY KEY NOT NULL,
    title           TEXT,
    agency          TEXT,
    region          TEXT,
    division        TEXT,
    year            INTEGER,
    report          TEXT,
    published       TEXT,     -- ISO 8601, local time
    site            TEXT,
    site_code       TEXT,
    channel         TEXT,
    origin          TEXT,
    media_type      TEXT,
    charset         TEXT,
    damaged         INTEGER,
    bytes           INTEGER,
    pages           INTEGER,
    text_bytes      INTEGER,  -- length of the canonical text, which spans point into
    amounts         INTEGER,
    percentages     INTEGER,
    quantities      INTEGER,
    indicators      INTEGER,
    findings        INTEGER,
    digit_groups    INTEGER,
    digits_claimed  INTEGER,
    digits_excluded INTEGER,
    digits_unexplained INTEGER,
    digits_by_class TEXT,     -- JSON object
    notes           TEXT,     -- JSON array: what is missing or was rebuilt
    not_run         TEXT,     -- JSON object
    error_class     TEXT,     -- NULL: the document was read
    error_message   TEXT,
    error           TEXT,     -- JSON object
    pattern_set     TEXT,
    gongkai_version TEXT NOT NULL,
    records_sha256  TEXT NOT NULL -- of all records but for the source: what is stored already is not stored again
) STRICT;

-- The paths and URLs under which the bytes of a document were met; of an archive when, and by which link of which page.
CREATE TABLE document_sources (
    doc       TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    source    TEXT NOT NULL,
    fetched   TEXT, -- UTC
    anchor    TEXT,
    list_page TEXT,
    PRIMARY KEY (doc, source)
) STRICT, WITHOUT ROWID;

-- Amounts, percentages and quantities.
CREATE TABLE facts (
    doc             TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    id              TEXT NOT NULL,
    seq             INTEGER NOT NULL, -- place in the document, from 1
    kind            TEXT NOT NULL CHECK (kind IN ('amount', 'percentage', 'quantity')),
    subject         TEXT,
    measure         TEXT,
    year            INTEGER,
    value           TEXT NOT NULL,
    fen             INTEGER,          -- amounts: value * 100 where that is whole and fits 64 bits
    unit            TEXT,
    qualifier       TEXT,
    against_measure TEXT,
    against_year    INTEGER,
    against_subject TEXT,
    path            TEXT,
    code            TEXT,
    code_name       TEXT,
    column_path     TEXT,
    where_          TEXT,
    table_caption   TEXT,
    section         TEXT,
    raw             TEXT,
    span_start      INTEGER NOT NULL,
    span_end        INTEGER NOT NULL,
    page            INTEGER,
    box             TEXT,             -- JSON array
    cell            TEXT,
    confidence      TEXT,
    rule            TEXT,
    PRIMARY KEY (doc, id)
) STRICT;
CREATE INDEX facts_by_subject ON facts (subject, measure, year);
CREATE INDEX facts_by_code ON facts (code, year) WHERE code IS NOT NULL;

CREATE TABLE indicators (
    doc           TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    id            TEXT NOT NULL,
    seq           INTEGER NOT NULL,
    project       TEXT,
    level1        TEXT,
    level2        TEXT,
    name          TEXT,
    description   TEXT,
    op            TEXT,
    target        TEXT,
    target_unit   TEXT,
    actual        TEXT,
    actual_unit   TEXT,
    weight        TEXT,
    score         TEXT,
    deviation     TEXT,
    basis         TEXT,
    year          INTEGER,
    where_        TEXT,
    table_caption TEXT,
    section       TEXT,
    raw           TEXT,
    span_start    INTEGER NOT NULL,
    span_end      INTEGER NOT NULL,
    page          INTEGER,
    box           TEXT,
    cell          TEXT,
    confidence    TEXT,
    rule          TEXT,
    PRIMARY KEY (doc, id)
) STRICT;
CREATE INDEX indicators_by_name ON indicators (name, year);

CREATE TABLE findings (
    doc        TEXT NOT NULL REFERENCES documents ON DELETE CASCADE,
    id         TEXT NOT NULL,
    seq        INTEGER NOT NULL,
    check_     TEXT,
    status     TEXT,
    formula    TEXT,
    stated     TEXT,
    expected   TEXT, -- JSON
    message    TEXT,
    hint       TEXT,
    raw        TEXT,
    span_start INTEGER NOT NULL,
    span_end   INTEGER NOT NULL,
    page       INTEGER,
    box        TEXT,
    cell       TEXT,
    rule       TEXT,
    PRIMARY KEY (doc, id)
) STRICT;
CREATE INDEX findings_by_status ON findings (status, check_);

-- The records a finding was computed from, in the order of its formula: ids of facts or indicators of the document.
CREATE TABLE finding_terms (
    doc      TEXT NOT NULL,
    finding  TEXT NOT NULL,
    position INTEGER NOT NULL,
    term     TEXT NOT NULL,
    PRIMARY KEY (doc, finding, position),
    FOREIGN KEY (doc, finding) REFERENCES findings (doc, id) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE INDEX finding_terms_by_term ON finding_terms (doc, term);

-- The words by which the views choose. Rows may be added: a view reads them each time.
-- role: the column a fact fills, or "except", where table_caption or column_path names what does not count.
-- subject: compared without quotation marks and with half-width brackets; NULL: any.
-- table_caption, column_path: LIKE patterns; NULL: any.
CREATE TABLE view_words (
    view          TEXT NOT NULL,
    role          TEXT NOT NULL,
    subject       TEXT,
    table_caption TEXT,
    column_path   TEXT
) STRICT;
INSERT INTO view_words (view, role, subject, table_caption, column_path) VALUES
    ('three_public', 'total', '三公经费', NULL, NULL),
    ('three_public', 'total', '三公经费合计', NULL, NULL),
    ('three_public', 'total', '三公经费支出', NULL, NULL),
    ('three_public', 'total', '三公经费总额', NULL, NULL),
    ('three_public', 'total', '一般公共预算三公经费', NULL, NULL),
    ('three_public', 'total', '财政拨款三公经费', NULL, NULL),
    ('three_public', 'total', '一般公共预算财政拨款三公经费', NULL, NULL),
    ('three_public', 'total', '合计', '%三公%', NULL),
    ('three_public', 'abroad', '因公出国(境)费', NULL, NULL),
    ('three_public', 'abroad', '因公出国(境)费用', NULL, NULL),
    ('three_public', 'abroad', '因公出国(境)经费', NULL, NULL),
    ('three_public', 'abroad', '因公出国(境)', NULL, NULL),
    ('three_public', 'vehicles', '公务用车购置及运行费', NULL, NULL),
    ('three_public', 'vehicles', '公务用车购置及运行费用', NULL, NULL),
    ('three_public', 'vehicles', '公务用车购置及运行维护费', NULL, NULL),
    ('three_public', 'vehicles', '公务用车购置和运行费', NULL, NULL),
    ('three_public', 'vehicles', '公务用车购置和运行维护费', NULL, NULL),
    ('three_public', 'vehicles', '公务用车购置、运行维护费', NULL, NULL),
    ('three_public', 'vehicles', '公务用车费', NULL, NULL),
    ('three_public', 'vehicle_purchase', '公务用车购置费', NULL, NULL),
    ('three_public', 'vehicle_purchase', '公务用车购置费用', NULL, NULL),
    ('three_public', 'vehicle_purchase', '公务用车购置', NULL, NULL),
    ('three_public', 'vehicle_running', '公务用车运行费', NULL, NULL),
    ('three_public', 'vehicle_running', '公务用车运行维护费', NULL, NULL),
    ('three_public', 'vehicle_running', '公务用车运行维护费用', NULL, NULL),
    ('three_public', 'vehicle_running', '公务用车运行及维护费', NULL, NULL),
    ('three_public', 'reception', '公务接待费', NULL, NULL),
    ('three_public', 'reception', '公务接待费用', NULL, NULL),
    ('three_public', 'reception', '公务接待经费', NULL, NULL),
    ('three_public', 'reception', '公务接待', NULL, NULL),
    ('expenditure_by_function', 'except', NULL, '%收入决算表%', NULL),
    ('expenditure_by_function', 'except', NULL, '%收入预算表%', NULL),
    ('expenditure_by_function', 'except', NULL, '%收入总表%', NULL),
    ('expenditure_by_function', 'except', NULL, NULL, '%收入%'),
    ('expenditure_by_function', 'except', NULL, NULL, '%结转%'),
    ('expenditure_by_function', 'except', NULL, NULL, '%结余%');

-- Three-public spending: one row an agency (of a region) and year, budget and actual of each item in fen. A figure that
-- is printed several times, in tables and in prose, counts once: the largest is taken, and `disagreements` says for how
-- many of the figures of the row another one was printed as well.
CREATE VIEW three_public AS
WITH named AS (
    SELECT d.region, coalesce(d.agency, d.doc) AS agency, f.year, f.measure, w.role, f.fen
    FROM facts f
    JOIN documents d ON d.doc = f.doc
    JOIN view_words w ON w.view = 'three_public'
        AND w.subject = replace(replace(replace(replace(replace(f.subject, '“', ''), '”', ''), '"', ''), '（', '('), '）', ')')
        AND (w.table_caption IS NULL OR f.table_caption LIKE w.table_caption)
        AND (w.column_path IS NULL OR f.column_path LIKE w.column_path)
    WHERE f.kind = 'amount' AND f.measure IN ('budget', 'actual') AND f.year IS NOT NULL AND f.fen IS NOT NULL
), figures AS (
    SELECT region, agency, year, measure, role, max(fen) AS fen, min(fen) <> max(fen) AS disagrees
    FROM named GROUP BY region, agency, year, measure, role
)
SELECT region, agency, year,
    max(fen) FILTER (WHERE role = 'total' AND measure = 'budget') AS total_budget_fen,
    max(fen) FILTER (WHERE role = 'total' AND measure = 'actual') AS total_actual_fen,
    max(fen) FILTER (WHERE role = 'abroad' AND measure = 'budget') AS abroad_budget_fen,
    max(fen) FILTER (WHERE role = 'abroad' AND measure = 'actual') AS abroad_actual_fen,
    max(fen) FILTER (WHERE role = 'vehicles' AND measure = 'budget') AS vehicles_budget_fen,
    max(fen) FILTER (WHERE role = 'vehicles' AND measure = 'actual') AS vehicles_actual_fen,
    max(fen) FILTER (WHERE role = 'vehicle_purchase' AND measure = 'budget') AS vehicle_purchase_budget_fen,
    max(fen) FILTER (WHERE role = 'vehicle_purchase' AND measure = 'actual') AS vehicle_purchase_actual_fen,
    max(fen) FILTER (WHERE role = 'vehicle_running' AND measure = 'budget') AS vehicle_running_budget_fen,
    max(fen) FILTER (WHERE role = 'vehicle_running' AND measure = 'actual') AS vehicle_running_actual_fen,
    max(fen) FILTER (WHERE role = 'reception' AND measure = 'budget') AS reception_budget_fen,
    max(fen) FILTER (WHERE role = 'reception' AND measure = 'actual') AS reception_actual_fen,
    sum(disagrees) AS disagreements
FROM figures GROUP BY region, agency, year;

-- Expenditure by function code (3, 5 or 7 digits beginning with 2). The same figure stands in several tables, and in
-- several columns of which one is the total, so the largest figure of an agency, year, measure and code is taken; tables
-- and columns named "except" in view_words do not count. The rows of one length of code may be added up.
CREATE VIEW expenditure_by_function AS
WITH figures AS (
    SELECT d.region, coalesce(d.agency, d.doc) AS agency, f.year, f.measure, f.code,
        max(coalesce(f.code_name, f.subject)) AS name, max(f.fen) AS fen, count(*) AS facts,
        count(DISTINCT f.doc) AS documents
    FROM facts f
    JOIN documents d ON d.doc = f.doc
    WHERE f.kind = 'amount' AND f.measure IN ('budget', 'adjusted_budget', 'actual') AND f.fen IS NOT NULL
        AND f.code GLOB '2[0-9][0-9]*' AND f.code NOT GLOB '*[^0-9]*' AND length(f.code) IN (3, 5, 7)
        AND NOT EXISTS (
            SELECT 1 FROM view_words w
            WHERE w.view = 'expenditure_by_function' AND w.role = 'except'
                AND (w.table_caption IS NULL OR f.table_caption LIKE w.table_caption)
                AND (w.column_path IS NULL OR f.column_path LIKE w.column_path))
    GROUP BY d.region, coalesce(d.agency, d.doc), f.year, f.measure, f.code
)
SELECT region, agency, year, measure, code, length(code) AS digits, name,
    printf('%s%d.%02d', iif(fen < 0, '-', ''), abs(fen / 100), abs(fen % 100)) AS yuan, fen, facts, documents
FROM figures;

CREATE VIEW indicator_results AS
SELECT d.region, d.agency, coalesce(i.year, d.year) AS year, i.project, i.level1, i.level2, i.name, i.op, i.target,
    i.target_unit, i.actual, i.actual_unit, i.weight, i.score, i.deviation, i.doc, i.id, i.seq
FROM indicators i JOIN documents d ON d.doc = i.doc;

CREATE VIEW document_overview AS
SELECT d.doc, (SELECT min(s.source) FROM document_sources s WHERE s.doc = d.doc) AS source,
    (SELECT count(*) FROM document_sources s WHERE s.doc = d.doc) AS sources,
    d.title, d.agency, d.region, d.division, d.year, d.report, d.amounts, d.percentages, d.quantities, d.indicators,
    d.findings, (SELECT count(*) FROM findings f WHERE f.doc = d.doc AND f.status = 'contradicts') AS contradictions,
    d.digit_groups, d.digits_claimed, d.digits_excluded, d.digits_unexplained,
    CASE WHEN d.digit_groups > 0 THEN round(100.0 * d.digits_unexplained / d.digit_groups, 3) END AS unexplained_percent,
    d.error_class, d.error_message
FROM documents d;
