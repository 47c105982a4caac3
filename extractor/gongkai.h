/* gongkai: exact, sourced records from Chinese government budget and final-account disclosures.
 *
 * The one public header of the library. A session holds a pattern set; it extracts single documents in this process
 * (gongkai_extract), or many inputs in worker processes with limits on memory and time: into one output (gongkai_run),
 * or into what the caller makes of each document (gongkai_render_all).
 *
 *     gongkai_error error;
 *     gongkai_session *session = gongkai_open(NULL, &error);
 *     gongkai_document *document = gongkai_extract(session, bytes, length, "report.txt");
 *     for (size_t i = 0; i < gongkai_document_records(document); i++)
 *         ... gongkai_record_field(gongkai_document_record(document, i), "value") ...
 *     gongkai_document_free(document);
 *     gongkai_close(session);
 *
 * Texts are UTF-8 with a pointer and a length, not NUL terminated by contract, and borrowed: those of a document live
 * until gongkai_document_free, those of a session until gongkai_close. Offsets are bytes of the canonical text of a
 * document, spans are half open. Lines, columns and record numbers are said where they start at 1, and start at 0 else.
 *
 * Ownership is in the verb: open and extract give, close and free take, everything else borrows. Errors are values.
 * The library prints nothing and never exits; memory that cannot be had ends in abort(). Nothing here is shared between
 * threads: a session and its documents belong to one thread at a time, two sessions know nothing of each other.
 */
#ifndef GONGKAI_H
#define GONGKAI_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#if defined(__GNUC__)
#define GONGKAI_API __attribute__((visibility("default")))
#else
#define GONGKAI_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

typedef struct gongkai_text {
    const char *ptr; /* NULL: absent */
    size_t len;      /* bytes */
} gongkai_text;

typedef struct gongkai_span {
    uint32_t start, end; /* bytes, half open */
} gongkai_span;

/* An error. `name` is its class, a constant: "usage", "open", "binary", "limit", "pattern", "output", "format",
 * "converter", "encrypted", "scanned", "glyphs", "crash", "timeout" or "internal"; "" where there is none. Parts that are
 * not known are "" or 0. */
typedef struct gongkai_error {
    const char *name;
    char message[400]; /* one sentence, without the place */
    char file[400];
    uint32_t line, column; /* from 1; the column counts characters */
    uint64_t offset;       /* bytes */
    char text[240];        /* the source line */
} gongkai_error;

/* Writes `FILE:LINE:COLUMN: CLASS: MESSAGE` and, where the source line is known, that line and a caret, each line with
 * its line end, into `out` of `size` bytes, always NUL terminated (cut when it does not fit; size must not be 0). */
GONGKAI_API void gongkai_error_print(const gongkai_error *error, char *out, size_t size);

/* "MAJOR.MINOR.PATCH", a constant. */
GONGKAI_API const char *gongkai_version(void);

/* Writes what keeps the worker processes of gongkai_run apart from the rest of the system, for example
 * "processes, rlimits, no new privileges, seccomp, landlock (ABI 3)", and after a semicolon what this system does not have
 * and why, into `out` of `size` bytes, NUL terminated (cut when it does not fit; size must not be 0). Learnt by trying, in a
 * process of its own: uses fork(). */
GONGKAI_API void gongkai_isolation(char *out, size_t size);

/* Sessions */

typedef struct gongkai_session gongkai_session;

/* Loads a pattern set: the built-in one where `patterns` is NULL, else the .yaml and .tsv files of the folder of that
 * path. NULL when the set is refused (class "pattern") or cannot be read (class "open"), with the place of the mistake.
 * `error` may be NULL. */
GONGKAI_API gongkai_session *gongkai_open(const char *patterns, gongkai_error *error);
/* NULL is allowed. */
GONGKAI_API void gongkai_close(gongkai_session *session);
/* The digest of the pattern set, 64 hex digits: the `set` of document records. */
GONGKAI_API gongkai_text gongkai_digest(const gongkai_session *session);

/* From now on pages of PDF files that are pictures are recognised, with gongkai-ocr (Tesseract), or no longer are, as at
 * first. The figures found there have a `confidence`, and a page takes seconds. False, with the class "converter" and
 * nothing switched on, where that program is not installed. `error` may be NULL. */
GONGKAI_API bool gongkai_session_ocr(gongkai_session *session, bool on, gongkai_error *error);

/* Documents */

typedef struct gongkai_document gongkai_document;
typedef struct gongkai_record gongkai_record;

/* Extracts one document. `bytes` are copied; `source` (may be NULL) is what the document record names as its source.
 * Never NULL: a document that could not be read has its document record, with the error. */
GONGKAI_API gongkai_document *gongkai_extract(gongkai_session *session, const void *bytes, size_t length,
                                              const char *source);
/* The same from a file; "-" is the standard input. */
GONGKAI_API gongkai_document *gongkai_extract_file(gongkai_session *session, const char *path);
/* NULL is allowed. */
GONGKAI_API void gongkai_document_free(gongkai_document *document);

/* Why the document could not be read, NULL where it could. */
GONGKAI_API const gongkai_error *gongkai_document_error(const gongkai_document *document);
/* What is not as it should be with a document that was read all the same: parts that are missing, or were rebuilt. They
 * stand in the `notes` of its document record as well. */
typedef struct gongkai_note {
    const char *name;     /* the class of the error it would be if nothing could be read, a constant */
    gongkai_text message; /* one sentence */
} gongkai_note;
GONGKAI_API size_t gongkai_document_notes(const gongkai_document *document);
GONGKAI_API gongkai_note gongkai_document_note(const gongkai_document *document, size_t number);

/* The canonical text; for a UTF-8 text file these are its bytes. Valid UTF-8. */
GONGKAI_API gongkai_text gongkai_document_text(const gongkai_document *document);

/* How many records there are; number 0 is the document record, the others follow in document order. */
GONGKAI_API size_t gongkai_document_records(const gongkai_document *document);
GONGKAI_API const gongkai_record *gongkai_document_record(const gongkai_document *document, size_t number);
/* "document", "amount", "percentage", "quantity", "indicator" or "finding". */
GONGKAI_API const char *gongkai_record_kind(const gongkai_record *record);
GONGKAI_API gongkai_span gongkai_record_span(const gongkai_record *record);
/* A field by its name in the record contract ("id", "value", "subject" ...), absent where the record does not have it.
 * Items of lists (section, region) are joined with the byte 0x1f; objects (against, digits ...) are JSON. */
GONGKAI_API gongkai_text gongkai_record_field(const gongkai_record *record, const char *name);

/* Writes all records as JSON Lines through `write`, in pieces, until it returns false; false where it did. */
typedef bool gongkai_write(void *user, gongkai_text piece);
GONGKAI_API bool gongkai_document_json(const gongkai_document *document, gongkai_write *write, void *user);

/* One digit group of the canonical text and what became of it. */
typedef struct gongkai_digits {
    gongkai_span span;
    const char *fate;  /* "claimed", "excluded" or "unexplained", a constant */
    gongkai_text why;  /* claimed: id of the record; excluded: the class; else absent */
    gongkai_text rule; /* the rule that spoke, absent where none did */
} gongkai_digits;
GONGKAI_API size_t gongkai_document_digits(const gongkai_document *document);
GONGKAI_API gongkai_digits gongkai_document_digit(const gongkai_document *document, size_t number);

/* The matching view: the folded text of all blocks, one a line, cells of a row set apart by tabs. */
GONGKAI_API gongkai_text gongkai_document_view(const gongkai_document *document);
/* The canonical span of a span of the view. */
GONGKAI_API gongkai_span gongkai_view_source(const gongkai_document *document, gongkai_span view);
/* The span of the view that a canonical span was folded into; empty where all of it was dropped. */
GONGKAI_API gongkai_span gongkai_view_of(const gongkai_document *document, gongkai_span source);

/* One run of the map between the view and the canonical text: the view bytes stand for the source bytes, byte by byte
 * where `linear`, else as a whole. */
typedef struct gongkai_run_of_map {
    gongkai_span view, source;
    bool linear;
} gongkai_run_of_map;
GONGKAI_API size_t gongkai_view_runs(const gongkai_document *document);
GONGKAI_API gongkai_run_of_map gongkai_view_run(const gongkai_document *document, size_t number);

/* Called for each rule that is tried on each number of the documents extracted from now on. `number` is canonical,
 * `stage` names the step, `outcome` is "matched", "won", "lost", "no match" or "limit". The texts are good during the
 * call only. A NULL watch ends it. */
typedef void gongkai_watch(void *user, gongkai_span number, const char *stage, gongkai_text rule, const char *outcome,
                           gongkai_text detail);
GONGKAI_API void gongkai_session_watch(gongkai_session *session, gongkai_watch *watch, void *user);

/* Only the numbers of one line of the canonical text are told to the watch: `line` from 1; 0: those of all lines, as at
 * first. */
GONGKAI_API void gongkai_session_watch_line(gongkai_session *session, uint32_t line);

/* Whether the relations between the figures of documents extracted from now on are recomputed, as at first. */
GONGKAI_API void gongkai_session_check(gongkai_session *session, bool on);
/* Whether the findings of documents extracted from now on are all that were computed, or (at first) only those that do not
 * hold. */
GONGKAI_API void gongkai_session_findings(gongkai_session *session, bool all);

/* Columns of a terminal that a UTF-8 text needs: two for East Asian wide characters, none for combining ones. */
GONGKAI_API size_t gongkai_text_width(gongkai_text text);

/* Pattern sets */

typedef struct gongkai_rule {
    gongkai_text id;       /* "file:id" */
    gongkai_text file;     /* path, or "builtin/NAME.yaml" */
    uint32_t line;         /* from 1 */
    const char *scope;     /* where the rule is tried, a constant */
    int32_t priority;
    size_t tests;
    gongkai_text source;   /* the pattern as written */
    gongkai_text expanded; /* the pattern with its vocabulary */
} gongkai_rule;
GONGKAI_API size_t gongkai_rules(const gongkai_session *session);
GONGKAI_API gongkai_rule gongkai_rule_at(const gongkai_session *session, size_t number);

/* Runs the tests that stand in the rules; each failure goes to `say` as one sentence with its place. */
typedef void gongkai_say(void *user, gongkai_text line);
typedef struct gongkai_test_result {
    size_t rules, tests, failures;
} gongkai_test_result;
GONGKAI_API gongkai_test_result gongkai_patterns_test(gongkai_session *session, gongkai_say *say, void *user);

/* Site profiles: what the pages of content systems look like to the crawler */

typedef struct gongkai_sites gongkai_sites;

/* Loads the built-in profiles and, before them, the .yaml files of the folder of that path (NULL: none). NULL when they are
 * refused (class "pattern") or cannot be read (class "open"), with the place of the mistake. `error` may be NULL. */
GONGKAI_API gongkai_sites *gongkai_sites_open(const char *folder, gongkai_error *error);
/* NULL is allowed. */
GONGKAI_API void gongkai_sites_close(gongkai_sites *sites);

typedef struct gongkai_site {
    gongkai_text id, what; /* "trs", one line */
    gongkai_text file;     /* path, or "builtin/NAME.yaml" */
    uint32_t line;         /* from 1 */
    int32_t priority;      /* of two profiles that know a page, the higher reads it */
    size_t tests;
} gongkai_site;
GONGKAI_API size_t gongkai_sites_count(const gongkai_sites *sites);
GONGKAI_API gongkai_site gongkai_site_at(const gongkai_sites *sites, size_t number);

/* Runs the tests that stand in profiles; `rules` of the result counts profiles. */
GONGKAI_API gongkai_test_result gongkai_sites_test(gongkai_sites *sites, gongkai_say *say, void *user);

/* What is known of a page that was saved. All may be NULL or 0. */
typedef struct gongkai_visit {
    const char *url;  /* its address; NULL: the one that browsers write into what they save, else http://saved.invalid/ */
    const char *kind; /* as what it is read: "entry", "list" (NULL), "page", "article" or "attachment" */
    const char *text; /* of the anchor that led to it */
    const char *body; /* of the request, where that was a POST */
    int status;       /* 0: 200 */
    int since;        /* links of earlier years are not followed */
    bool all;         /* tell also the links that are not followed */
} gongkai_visit;
/* Reads a page and says what the crawler would see in it, line by line: kind and outcome, title, meta tags, links. False,
 * with the class "usage", where the kind or the address is none. */
GONGKAI_API bool gongkai_sites_read(gongkai_sites *sites, const void *bytes, size_t length, const gongkai_visit *visit,
                                    gongkai_say *say, void *user, gongkai_error *error);

/* Runs: many inputs, one output */

typedef struct gongkai_progress {
    uint64_t documents, documents_total; /* done and known */
    uint64_t bytes, bytes_total;         /* of files; what comes from pipes counts when it is done */
    double seconds;                      /* since the run began */
} gongkai_progress;
/* Called in the caller's thread after each document and at least once a second. */
typedef void gongkai_on_progress(void *user, const gongkai_progress *progress);

/* Called in the caller's thread for each document that failed, in order; the file of the error is the input. */
typedef void gongkai_on_failure(void *user, const gongkai_error *error);

typedef struct gongkai_run_options {
    const char *const *inputs; /* files, folders, archives of the crawler, WARC files, or "-" for one document on the
                                  standard input */
    size_t input_count;
    const char *files_from;    /* a file with more inputs, NUL or line separated; "-": standard input; NULL: none */
    const char *output;        /* NULL or "-": standard output */
    const char *format;        /* "jsonl", "json", "csv" or "sqlite"; NULL: by the name of the output, else jsonl */
    bool bom;                  /* begin CSV with a byte order mark */
    const char *changed_since; /* "2024-02-05" or "2024-02-05T03:04:05Z": of archives and WARC files only documents whose
                                  bytes were first received then or later; NULL: all */
    unsigned jobs;             /* worker processes; 0: one for each processor */
    unsigned timeout_seconds;  /* wall time of one document; 0: 120, with recognition 1860 */
    const volatile sig_atomic_t *stop; /* NULL, or what a signal handler sets to end the run (class "output") */
    gongkai_on_progress *on_progress; /* NULL: none */
    gongkai_on_failure *on_failure;   /* NULL: none */
    void *user;                       /* for both */
} gongkai_run_options;

typedef struct gongkai_run_result {
    uint64_t documents; /* document records written */
    uint64_t failed;    /* those with an error */
    uint64_t records;   /* of all kinds */
    uint64_t bytes;     /* of the inputs */
    bool reader_gone;   /* the output is a pipe whose reader went away: an "output" error that need not be told */
} gongkai_run_result;

/* Reads all inputs in worker processes and writes their records in input order; folders are walked whole, their files in
 * byte order of their paths. Output bytes do not depend on the number of workers. A document that fails has its document
 * record and does not end the run. False, with the class "usage" (options, unknown format), "open" (files_from cannot be
 * read), "output" or "internal" (no process to be had), where the run ended early; `result` says how far it got. `error`
 * and `result` may be NULL. Uses fork(): call it from a process with one thread. */
GONGKAI_API bool gongkai_run(gongkai_session *session, const gongkai_run_options *options, gongkai_run_result *result,
                             gongkai_error *error);

/* Archives: what the crawler, or an import, stored */

/* One capture of an archive: an answer that was received, or a page that was imported. Absent texts and zeros are what is not
 * known. Good during the call it is given in. */
typedef struct gongkai_capture {
    gongkai_text url;
    gongkai_text fetched;    /* "2024-02-05T03:04:05Z" */
    int status;              /* of HTTP */
    gongkai_text outcome;    /* how the fetch ended: "ok", "challenge" ... */
    gongkai_text type;       /* "response", "revisit" (its payload is stored elsewhere), "not-modified" or "resource" */
    gongkai_text kind;       /* "article", "attachment", "list" ... */
    gongkai_text media_type;
    uint64_t bytes;          /* of the payload as received */
    gongkai_text digest;     /* of it: "sha256:" and 64 hex digits */
    gongkai_text title, anchor;
    gongkai_text json;       /* all that is known, one object on one line with its line end */
} gongkai_capture;
/* False ends the list. */
typedef bool gongkai_on_capture(void *user, const gongkai_capture *capture);

/* Gives every capture of the archive in the folder `dir` in the order of their capture, or with `documents` what
 * gongkai_run reads of it: the last whole and good capture of each URL that is no list, by URL. False with the class "open"
 * or "format" where it cannot be read. `error` may be NULL, here and below. */
GONGKAI_API bool gongkai_archive_list(const char *dir, bool documents, gongkai_on_capture *on_capture, void *user,
                                      gongkai_error *error);

/* Writes the payload of the last good capture of a URL, or of the payload with a digest ("sha256:..." or 64 hex digits):
 * as received where `raw` is set, else without content codings. False with the class "open" where there is none, or
 * "output" where `write` returned false. */
GONGKAI_API bool gongkai_archive_cat(const char *dir, const char *what, bool raw, gongkai_write *write, void *user,
                                     gongkai_error *error);

typedef struct gongkai_verdict {
    uint64_t files, records, captures, bytes; /* that were looked at */
    uint64_t torn;                            /* bytes behind what counts, left by a writer that was killed: no fault */
    uint64_t faults;
} gongkai_verdict;
typedef void gongkai_on_fault(void *user, const gongkai_error *fault);

/* Verifies an archive, or a WARC file by itself: every gzip member, length, digest, and that index and files say the same.
 * Each fault is told. False where it cannot be opened. */
GONGKAI_API bool gongkai_archive_verify(const char *path, gongkai_on_fault *on_fault, void *user, gongkai_verdict *verdict,
                                        gongkai_error *error);

/* Writes the archive to a file, which appears whole or not at all. `format`: "warc" (one WARC/1.0 file with every record),
 * "cdxj" (the index of its WARC files), or "wacz" (a ZIP with the WARC files as they are, index, pages and description).
 * False with the class "usage" (another format), "open", "format" or "output". */
GONGKAI_API bool gongkai_archive_export(const char *dir, const char *format, const char *output, gongkai_error *error);

typedef struct gongkai_import_options {
    const char *dir;          /* the archive; made where there is none */
    const char *const *files; /* WARC files of any writer, gzip or plain; pages saved in a browser (HTML, MHTML); any file
                                 with a URL */
    size_t file_count;
    const char *url;          /* of a single page that does not say where it was saved from; NULL */
} gongkai_import_options;
typedef struct gongkai_import_result {
    uint64_t captures; /* taken in */
    uint64_t known;    /* that the archive had already */
    uint64_t lost;     /* revisits without a payload, and damaged records, that were passed over */
} gongkai_import_result;

/* Imports files into an archive, with the name of the file and the id of the record as its provenance. Done twice it changes
 * nothing. False with the class "usage" (a page without a URL), "open", "limit" or "output"; what was imported before stays. */
GONGKAI_API bool gongkai_archive_import(const gongkai_import_options *options, gongkai_import_result *result,
                                        gongkai_error *error);

/* Renderings: what a caller makes of documents, without giving itself into the hands of what it reads */

/* Makes something of a document that was read well: writes it to `out` and returns a number for the caller. It runs in a
 * worker process, which can reach neither files nor the network; what it changes in memory stays there, nothing but the
 * bytes and the number come back. `path` is the input as given. */
typedef int gongkai_render(void *user, const gongkai_document *document, const char *path, FILE *out);

/* What became of one input, in the caller's process, in the order of the inputs. `error` is NULL where the document was
 * read; else there is no text. All of it is good during the call only. */
typedef void gongkai_on_rendered(void *user, const char *path, gongkai_text text, int number, const gongkai_error *error);

typedef struct gongkai_render_options {
    const char *const *inputs; /* files, members of archives (ARCHIVE!MEMBER), or "-" for the standard input; no folders */
    size_t input_count;
    unsigned jobs;            /* worker processes; 0: one for each processor */
    unsigned timeout_seconds; /* wall time of one document, rendering included; 0: as in gongkai_run */
    gongkai_render *render;
    gongkai_on_rendered *on_rendered;
    void *user; /* for both */
} gongkai_render_options;

/* Reads and renders all inputs in worker processes, isolated and limited as those of gongkai_run. A watch of the session
 * is called in the worker as well. False, with the class "internal", where no process is to be had. `error` may be NULL.
 * Uses fork(): call it from a process with one thread. */
GONGKAI_API bool gongkai_render_all(gongkai_session *session, const gongkai_render_options *options, gongkai_error *error);

/* Crawls: from entry pages to an archive of what stands behind them */

/* How many requests ended in a class of outcome ("dns", "soft-404" ...: corpus/crawl/outcome.h). */
typedef struct gongkai_outcome {
    const char *name; /* a constant */
    uint64_t count;
} gongkai_outcome;

typedef struct gongkai_crawl_progress {
    uint64_t documents; /* notices and files fetched in this run */
    uint64_t requests;  /* answers of any kind, without those for robots.txt */
    uint64_t bytes;     /* of bodies as sent */
    uint64_t waiting;   /* requests that are known and not done */
    unsigned hosts, active; /* with something to do; with a request under way */
    const gongkai_outcome *outcomes; /* tries that ended in another class than ok and not-modified; those that occurred */
    size_t outcome_count;
    double seconds;     /* since the run began */
    double left;        /* seconds, at the pace of the slowest host; negative: unknown */
} gongkai_crawl_progress;
/* Called in the caller's thread about ten times a second; what it gets is good during the call. */
typedef void gongkai_on_crawl(void *user, const gongkai_crawl_progress *progress);

/* A crawl. Everything but `archive` and `seeds` may be 0. */
typedef struct gongkai_crawl_options {
    const char *archive;    /* folder; made where it is not there */
    const char *seeds;      /* a TSV file whose first line names its columns: url, region, division_code, agency, label;
                               "-": standard input */
    const char *sites;      /* folder with site profiles that are tried before the built-in ones */
    const char *user_agent; /* "gongkai/VERSION" */
    const char *contact;    /* URL or address that the user agent names */
    const char *const *allow_networks; /* private networks that may be connected to: "10.0.0.0/8" */
    size_t allow_network_count;
    const char *const *insecure_hosts; /* whose certificates are not checked */
    size_t insecure_host_count;
    const char *ca_file;    /* PEM file with the authorities whose certificates are believed; NULL: those of the system */
    uint64_t max_pages, max_bytes; /* of this run; 0: no maximum */
    unsigned depth;         /* hops from the entry page; 0: 5 */
    unsigned concurrency;   /* requests under way in all server groups; 0: 64. In one group there is one at a time */
    unsigned seconds;       /* of one transfer; 0: 600 */
    unsigned patience;      /* seconds for which a run waits for the next try when nothing else is left */
    uint32_t delay_ms;      /* the least pause between two requests of a server group */
    int since;              /* the first year that is followed; 0: 2019 */
    bool refresh;           /* ask again, conditionally, what was fetched before */
    const volatile sig_atomic_t *stop; /* NULL, or what a signal handler sets to end the run */
    gongkai_on_crawl *on_progress;     /* NULL: none */
    void *user;
} gongkai_crawl_options;

typedef struct gongkai_crawl_result {
    uint64_t documents, requests, bytes; /* of this run */
    uint64_t waiting;    /* requests that are known and not done */
    const char *end;     /* "done", or why not: "later" (what is left has to wait), "maximum", "stopped"; a constant */
    int64_t next_due;    /* Unix seconds of the next try, 0: unknown */
    uint64_t entry_pages, entry_pages_good; /* of the archive; those whose class is ok or not-modified */
} gongkai_crawl_result;

/* Crawls until nothing is left to do; the same call goes on with what an earlier one left, however that ended. False with
 * the class "usage" (options; user agent), "format" (seeds, with line and column), "open" (seeds, archive), "pattern" (site
 * profiles), "output" (the archive cannot be written) or "internal". `result` and `error` may be NULL. Uses fork(): call it
 * from a process with one thread. */
GONGKAI_API bool gongkai_crawl(const gongkai_crawl_options *options, gongkai_crawl_result *result, gongkai_error *error);
/* What it would begin with, as TSV, without a request and without making an archive. */
GONGKAI_API bool gongkai_crawl_plan(const gongkai_crawl_options *options, gongkai_write *write, void *user,
                                    gongkai_error *error);

/* What an archive has of each entry page: one class of outcome with its evidence (URL, time, digest), documents by year and
 * kind, what is missing and why. As JSON Lines or as a table. *good (may be NULL) says whether all classes are ok or
 * not-modified. False with the class "open" where the archive cannot be read. */
GONGKAI_API bool gongkai_status(const char *archive, bool jsonl, gongkai_write *write, void *user, bool *good,
                                gongkai_error *error);

#ifdef __cplusplus
}
#endif

#endif
