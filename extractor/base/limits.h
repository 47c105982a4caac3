/* Every maximum of the program, with its unit and its reason. */
#ifndef GK_BASE_LIMITS_H
#define GK_BASE_LIMITS_H

#define GK_MAX_INPUT_BYTES (64u << 20)      /* bytes of one input file: the largest real disclosure seen has 40 MiB */
#define GK_MAX_DECODED_BYTES (256u << 20)   /* bytes of all members taken out of one container or archive */
#define GK_MAX_DECODED_RATIO 200u           /* decoded bytes for each byte of the container: real workbooks reach 60 */
#define GK_FREE_DECODED_BYTES (4u << 20)    /* decoded bytes below which the ratio is not looked at */
#define GK_MAX_MEMBERS 20000u               /* members of one container or archive */
#define GK_MAX_NESTING 3u                   /* archives in archives */
#define GK_MAX_NAME_BYTES 4096u             /* bytes of the name of a member */
#define GK_MAX_TEXT_BYTES (256u << 20)      /* bytes of one canonical text: offsets are 32 bit */
#define GK_MAX_NOTES 16u                    /* notes on one document: what a person reads of them */
#define GK_MAX_RECORDS 4000000u             /* records of one document: 64 MiB of nothing but figures */
#define GK_MAX_CELLS 5000000u               /* cells of all tables of one document */
#define GK_MAX_LINES 8000000u                /* lines with text of one text: 64 MiB at 8 bytes a line */
#define GK_MAX_MERGES 1000000u              /* merged ranges of one sheet: four columns of a full sheet */
#define GK_MAX_BOXES 10000u                 /* text boxes of one sheet */
#define GK_MAX_COVERED 20000000u            /* columns of all merged ranges of a sheet: where they overlap, each counts */
#define GK_MAX_TABLE_COLS 4096u             /* columns of one table: a line of nothing but tabs is no table */
#define GK_MAX_BLOCK_BYTES (1u << 20)       /* bytes of one prose block: longer ones are cut at a line or sentence end */
#define GK_MAX_HTML_DEPTH 512u              /* elements open at once: browsers stop at the same depth */
#define GK_MAX_HTML_ATTRIBUTES 256u         /* attributes of one tag: the parser compares each with all before it */
#define GK_MAX_HTML_NODES 4000000u          /* elements and texts of one page: 64 MiB at 16 bytes each */
#define GK_MAX_LEAD_BYTES 360u              /* bytes looked back from a number for what it measures: 120 characters */
#define GK_MAX_TAIL_BYTES 240u              /* bytes looked ahead from a number */
#define GK_MAX_SUBJECT_BYTES 240u           /* bytes of a subject */
#define GK_MAX_CELL_LABEL_BYTES 4096u       /* bytes of a cell that is tried as a label */
#define GK_MAX_DECIMAL_DIGITS 72u           /* digits of an exact decimal: 40-digit figures and a scale of 10^12 fit */
#define GK_MAX_PATTERN_FILE_BYTES (8u << 20) /* bytes of one pattern file */
#define GK_MAX_RULES 20000u                 /* rules of one pattern set */
#define GK_MAX_GROUPS 8u                    /* named groups of one rule */
#define GK_MAX_FORMULA_STEPS 128u           /* names, numbers and signs of one formula of a check rule */
#define GK_MAX_FORMULA_BRACKETS 16          /* brackets inside each other there */
#define GK_MAX_FORMULA_DIGITS 9             /* digits of a number there: it fits 32 bits */
#define GK_PCRE_MATCH_LIMIT 200000u         /* PCRE2 match limit: about 10 ms of backtracking */
#define GK_PCRE_DEPTH_LIMIT 2000u           /* PCRE2 depth limit */
#define GK_PCRE_HEAP_KIB 4096u              /* PCRE2 heap limit, KiB */
#define GK_MAX_JOBS 256u                    /* worker processes */
#define GK_MAX_PENDING_BYTES (64u << 20)    /* bytes of finished documents that wait for their turn in memory */
#define GK_MAX_OUTPUT_BYTES (512u << 20)    /* bytes of the records of one document: they are held in memory */
#define GK_MAX_SHARED_BYTES (8u << 20)      /* bytes of records a worker hands over in memory; more go by socket */
#define GK_MAX_KEPT_BYTES (4u << 20)        /* bytes of a buffer that is kept for the next document */
#define GK_MAX_WORKER_MEMORY (1ull << 30)   /* bytes of address space of a worker process */
#define GK_MAX_HELPER_MEMORY (4ull << 30)   /* bytes to which a program that a reader starts may raise that */
#define GK_MAX_WORKER_FILES 64u             /* open files of a worker process */
#define GK_MAX_HELPER_FILES 1024u           /* files to which a program that a reader starts may raise that */
#define GK_MAX_WORKER_SECONDS 120u          /* wall time of one document; --timeout changes it */
#define GK_MAX_PROCESSOR_SECONDS 60u        /* time of one document on the processor */
#define GK_MAX_ATTEMPTS 3u                  /* workers that the same bytes may crash before they are not read again */
#define GK_MAX_LOST_MEMBERS 16u             /* members of one archive that may end their workers */
#define GK_MAX_PATH_DEPTH 64u               /* folders below each other: a loop ends here at the latest */
#define GK_MAX_PAGES 3000u                  /* pages of one PDF; tools/pdf has the same maximum */
#define GK_MAX_PDF_SECONDS 60u              /* wall time of the program that reads one PDF */
#define GK_MAX_OCR_SECONDS 1800u            /* wall time in which the pages of one PDF are recognised: 3 s a page */
#define GK_OCR_PAGE_SECONDS 30u             /* wall time a page may take in that */
#define GK_MAX_STREAM_BYTES (1u << 30)      /* bytes that program may print: 15 a character */
#define GK_MAX_STREAM_LINE (32u << 20)      /* bytes of one line of it: one run of text */
#define GK_MAX_PAGE_RULES 6000u             /* ruling lines of a page, one way: more are a drawing */

#define GK_MAX_URL_BYTES 8192u              /* bytes of one URL: what servers take */
#define GK_MAX_ROBOTS_BYTES (500u << 10)    /* bytes of one robots.txt that are looked at: RFC 9309, section 2.5 */
#define GK_MAX_CRAWL_DELAY_MS 300000u       /* milliseconds between two requests that robots.txt may ask for */
#define GK_MAX_REDIRECTS 5u                 /* hops of one request */
#define GK_MAX_FETCH_BYTES (64u << 20)      /* bytes of one body: that of one input */
#define GK_MAX_HEADER_BYTES (256u << 10)    /* bytes of the status line and headers of one answer */
#define GK_MAX_CA_BYTES (16u << 20)         /* bytes of a file of certificates: that of Debian has 220 KiB */
#define GK_MAX_CONNECT_SECONDS 20u          /* wall time of name, connection and TLS */
#define GK_MAX_FETCH_SECONDS 600u           /* wall time of one transfer */
#define GK_LOW_SPEED_BYTES 100u             /* bytes a second below which, for GK_LOW_SPEED_SECONDS, a transfer is ended */
#define GK_LOW_SPEED_SECONDS 30u
#define GK_MAX_PAGE_LINKS 20000u            /* links of one page */
#define GK_MAX_PARSE_SECONDS 20u            /* wall time in which one page is read: the largest seen takes 2 s */
#define GK_MAX_PARSED_BYTES (64u << 20)     /* bytes of what was read of one page: 20,000 links with their texts */
#define GK_MAX_QUEUED_BYTES (64u << 20)     /* bytes of pages that wait to be read before nothing more is asked for */
#define GK_MAX_WARC_BYTES (1ull << 30)      /* bytes of one WARC file: ISO 28500, annex C */
#define GK_MAX_SCANNED_RECORDS 2000000u     /* answers of one WARC file that is read without an index: 500 bytes each */
#define GK_STORE_FLUSH_BYTES (32u << 20)    /* bytes of records that may wait for a flush */

#endif
