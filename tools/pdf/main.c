/* SPDX-License-Identifier: AGPL-3.0-or-later
 *
 * gongkai-pdf: prints the positioned contents of a PDF that stands on the standard input, or pictures of its pages. See
 * FORMAT.md.
 *
 * Exit: 0 the document was read (a Z line ends the output), 1 it was not (an X line), 2 the words of the command line,
 * 3 the output could not be written. */
#include <errno.h>
#include <mupdf/fitz.h>
#include <mupdf/pdf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#ifdef __linux__
#include <signal.h>
#include <sys/prctl.h>
#endif
#include <sys/resource.h>
#include <unistd.h>

#include "device.h"
#include "memory.h"
#include "out.h"
#include "render.h"

enum {
    MOST_BYTES = 64 << 20,   /* of the PDF */
    MOST_PAGES = 3000,
    MOST_MEMORY = 1 << 30,   /* bytes of address space */
    MOST_SECONDS = 60,       /* on the processor */
    MOST_RENDER_SECONDS = 600, /* the same for pictures: 3,000 pages at 0.2 s */
    STORE_BYTES = 64 << 20   /* fonts and streams MuPDF may keep for later pages */
};

static void limit(int resource, rlim_t most) {
    struct rlimit r;
    if (getrlimit(resource, &r) != 0) return;
    if (r.rlim_max == RLIM_INFINITY || r.rlim_max > most) r.rlim_max = most;
    r.rlim_cur = r.rlim_max;
    setrlimit(resource, &r);
}

static int fail(const char *class, const char *text) {
    out_text("X ");
    out_text(class);
    out_char(' ');
    out_clean(text, 1);
    out_char('\n');
    out_flush();
    return 1;
}

/* The standard input as a whole; NULL and a length of 0 where memory or the maximum end. */
static unsigned char *read_input(size_t *length) {
    size_t cap = 1 << 20, len = 0;
    unsigned char *at = malloc(cap);
    while (at) {
        if (len == cap) {
            unsigned char *more = cap < 2 * (size_t)MOST_BYTES ? realloc(at, cap *= 2) : NULL;
            if (!more) return free(at), NULL;
            at = more;
        }
        ssize_t n = read(STDIN_FILENO, at + len, cap - len);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        len += (size_t)n;
    }
    *length = len;
    return at;
}

/* What MuPDF said first of the page at hand that means lost bytes; "" where it said no such thing. */
static char loss[160];

/* MuPDF goes on behind most of what is damaged, and tells it. What it tells of fonts, colours and drawing loses no text. */
static void hear(void *user, const char *message) {
    static const char *const losses[] = {
        "zlib error", "premature end", "read error", "syntax error", "unknown keyword", "ignoring rest of page",
        "content stream is not a stream", "non-page object in page tree", "cannot load object", "unknown filter",
        "not closed before end of file", "object out of range", "cannot find object",
    };
    (void)user;
    for (size_t i = 0; i < sizeof losses / sizeof *losses && !loss[0]; i++)
        if (strstr(message, losses[i])) snprintf(loss, sizeof loss, "%s", message);
}

static void warn(int number, const char *text) {
    out_text("W ");
    out_int(number);
    out_char(' ');
    out_clean(text, 1);
    out_char('\n');
}

static int rotation_of(fz_context *ctx, fz_page *page) {
    pdf_page *p = pdf_page_from_fz_page(ctx, page);
    return p ? pdf_to_int(ctx, pdf_dict_get_inheritable(ctx, p->obj, PDF_NAME(Rotate))) : 0;
}

static void begin_page(fz_context *ctx, fz_page *page, int number, fz_rect area) {
    out_text("P ");
    out_int(number);
    out_length(area.x1 - area.x0);
    out_length(area.y1 - area.y0);
    out_char(' ');
    out_int(rotation_of(ctx, page));
    out_char('\n');
}

static void run_page(fz_context *ctx, fz_page *page, int number, fz_rect area, font_list *fonts) {
    fz_device *dev = page_device(ctx, area, fonts);
    fz_try(ctx) {
        fz_run_page(ctx, page, dev, fz_identity, NULL);
    }
    fz_always(ctx) {
        fz_close_device(ctx, dev);
        if (page_device_full(dev)) warn(number, "the page holds more than is printed");
        fz_drop_device(ctx, dev);
    }
    fz_catch(ctx) {
        fz_rethrow(ctx);
    }
}

/* Prints a page; 1 where it could not be read to its end. */
static int print_page(fz_context *ctx, fz_document *doc, int number, font_list *fonts, const render *picture) {
    fz_page *page = NULL;
    volatile int begun = 0, failed = 0;
    fz_var(page);
    loss[0] = '\0';
    fz_try(ctx) {
        page = fz_load_page(ctx, doc, number - 1);
        fz_rect area = fz_bound_page(ctx, page);
        begin_page(ctx, page, number, area);
        begun = 1;
        if (picture) render_page(ctx, page, area, picture);
        else run_page(ctx, page, number, area, fonts);
    }
    fz_always(ctx) {
        fz_drop_page(ctx, page);
    }
    fz_catch(ctx) {
        if (!begun) out_text("P "), out_int(number), out_text(" 0 0 0\n");
        warn(number, fz_caught_message(ctx));
        failed = 1;
    }
    fz_flush_warnings(ctx); /* one that is said again is held back */
    if (loss[0] && !failed) {
        warn(number, loss);
        failed = 1;
    }
    out_text("E ");
    out_int(number);
    out_char('\n');
    return failed;
}

static int repaired(fz_context *ctx, fz_document *doc) {
    pdf_document *pdf = pdf_document_from_fz_document(ctx, doc);
    return pdf && pdf_was_repaired(ctx, pdf);
}

/* Prints the pages that are wanted; `picture` is NULL where their contents are. */
static int print_pages(fz_context *ctx, fz_document *doc, const render *picture) {
    static font_list fonts;
    int pages = fz_count_pages(ctx, doc), failed = 0, printed = 0;
    if (pages <= 0) return fail("format", "no page could be found");
    if (pages > MOST_PAGES) return fail("limit", "the document has more than 3000 pages (GK_MAX_PAGES)");
    out_text("D ");
    out_int(pages);
    out_text(repaired(ctx, doc) ? " r\n" : " -\n");
    for (int i = 1; i <= pages; i++) {
        if (picture && !render_wants(picture, i)) continue;
        failed += print_page(ctx, doc, i, &fonts, picture);
        printed++;
    }
    font_list_drop(ctx, &fonts);
    out_text("Z ");
    out_int(printed);
    out_char(' ');
    out_int(failed);
    out_text(repaired(ctx, doc) ? " r\n" : " -\n");
    out_flush();
    return 0;
}

static int print_document(fz_context *ctx, const unsigned char *bytes, size_t length, const render *picture) {
    fz_stream *stream = NULL;
    fz_document *doc = NULL;
    volatile int code = 1;
    fz_var(stream);
    fz_var(doc);
    fz_try(ctx) {
        fz_register_document_handlers(ctx);
        stream = fz_open_memory(ctx, bytes, length);
        doc = fz_open_document_with_stream(ctx, "application/pdf", stream);
        if (fz_needs_password(ctx, doc)) code = fail("encrypted", "a password is needed to open the document");
        else code = print_pages(ctx, doc, picture);
    }
    fz_always(ctx) {
        fz_drop_document(ctx, doc);
        fz_drop_stream(ctx, stream);
    }
    fz_catch(ctx) {
        int memory = fz_caught(ctx) == FZ_ERROR_MEMORY;
        code = fail(memory ? "memory" : "format", fz_caught_message(ctx));
    }
    return code;
}

int main(int argc, char **argv) {
    render picture = {0};
    if (argc > 1 && !render_read(&picture, argc - 1, argv + 1)) {
        fprintf(stderr, "usage: gongkai-pdf [--render DPI PAGES] < FILE.pdf\nPAGES is `all` or a list such as 1,3-5\n");
        return 2;
    }
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL); /* Nobody waits for the answer when the program that asked is gone. */
#endif
#ifndef __SANITIZE_ADDRESS__ /* which reserves far more address space than it uses */
    limit(RLIMIT_AS, MOST_MEMORY);
#endif
    limit(RLIMIT_CPU, argc > 1 ? MOST_RENDER_SECONDS : MOST_SECONDS);
    limit(RLIMIT_CORE, 0);
    size_t length = 0;
    unsigned char *bytes = read_input(&length);
    out_text("gongkai-pdf 1\n");
    if (!bytes) return fail("memory", "the input does not fit into memory");
    if (length > MOST_BYTES) return fail("limit", "the input has more than 64 MiB (GK_MAX_INPUT_BYTES)");
    fz_context *ctx = fz_new_context(memory_open(MOST_MEMORY), NULL, STORE_BYTES);
    if (!ctx) return fail("memory", "MuPDF cannot start");
    fz_set_warning_callback(ctx, hear, NULL);
    fz_set_error_callback(ctx, hear, NULL);
    int code = print_document(ctx, bytes, length, argc > 1 ? &picture : NULL);
    fz_drop_context(ctx);
    free(bytes);
    return code;
}
