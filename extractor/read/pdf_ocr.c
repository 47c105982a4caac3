/* Pages that are pictures, recognised: gongkai-pdf prints the document as always; the pages it finds without text are
 * drawn and recognised; what was recognised takes their place in the stream, and the document is read from that.
 *
 *     of gongkai-pdf: P 1 .. E 1  P 2 I .. E 2  P 3 .. E 3      page 2 is a picture
 *     of gongkai-ocr:             P 2 T .. E 2
 *     read:           P 1 .. E 1  P 2 T .. E 2  P 3 .. E 3
 */
#include <stdlib.h>

#include "base/limits.h"
#include "read/pdf.h"
#include "read/read.h"

static bool keep(void *user, gk_str more) {
    gk_buf *b = user;
    return gk_buf_put(b, more), !b->over;
}

/* ---- which pages */

/* Writes the pages that are to be recognised as a list "1,3"; all of them where the text layer is broken. Returns how many
 * there are. A text layer under a picture is taken as it is. */
static uint32_t list_pages(const pdf *p, bool all, gk_buf *list) {
    enum { A_LINE = 12 };
    uint32_t count = 0;
    for (size_t i = 0; i < p->sheets.len; i++) {
        const pd_sheet *s = &p->sheets.at[i];
        bool figures, picture = pd_is_picture(s, &figures);
        if (!all && (!picture || s->hidden >= A_LINE)) continue;
        gk_buf_printf(list, "%s%zu", count ? "," : "", i + 1);
        count++;
    }
    return count;
}

/* ---- the stream of both */

static gk_str next_line(gk_str *rest) {
    size_t nl = gk_str_find(*rest, GK_STR("\n"));
    gk_str line = gk_str_slice(*rest, 0, nl == SIZE_MAX ? rest->len : nl + 1);
    *rest = gk_str_slice(*rest, line.len, rest->len);
    return line;
}

/* The number in "P 12 ..." or "E 12". */
static unsigned long page_of(gk_str line) {
    unsigned long n = 0;
    for (size_t i = 2; i < line.len && line.ptr[i] >= '0' && line.ptr[i] <= '9' && n < 100000; i++)
        n = n * 10 + (unsigned long)(line.ptr[i] - '0');
    return n;
}

static bool starts(gk_str line, char kind) { return line.len > 2 && line.ptr[0] == kind && line.ptr[1] == ' '; }

/* What a recognised page holds: the lines from its P to its E, where it is the next of `rest`. */
static gk_str next_page(gk_str *rest, unsigned long number) {
    gk_str from = *rest, at = *rest;
    while (at.len) {
        gk_str before = at, line = next_line(&at);
        if (starts(line, 'P')) {
            if (page_of(line) != number) return GK_STR_NONE;
            from = before;
        }
        if (!starts(line, 'E')) continue;
        *rest = at;
        return (gk_str){from.ptr, (size_t)(at.ptr - from.ptr)};
    }
    return GK_STR_NONE;
}

/* Puts recognised pages in the place of the pictures. Fonts are kept: later pages may use them. */
static void splice(gk_str stream, gk_str recognised, gk_buf *out) {
    bool skip = false;
    while (stream.len) {
        gk_str line = next_line(&stream);
        if (starts(line, 'P')) {
            gk_str page = next_page(&recognised, page_of(line));
            skip = page.len > 0;
            gk_buf_put(out, page);
        }
        if (!skip || starts(line, 'F')) gk_buf_put(out, line);
        if (starts(line, 'E')) skip = false;
    }
}

/* An X line of gongkai-ocr, or what is no stream of it. */
static gk_code refusal(gk_str recognised, gk_err *err) {
    if (!gk_str_starts(recognised, GK_STR("gongkai-ocr 1\n")))
        return gk_err_set(err, GK_E_CONVERTER, "gongkai-ocr prints something else than this program expects");
    while (recognised.len) {
        gk_str line = gk_str_trim(next_line(&recognised));
        if (!starts(line, 'X')) continue;
        gk_str why = gk_str_slice(line, 2, line.len);
        size_t blank = gk_str_find(why, GK_STR(" "));
        if (blank != SIZE_MAX) why = gk_str_slice(why, blank + 1, why.len);
        return gk_err_set(err, GK_E_CONVERTER, "gongkai-ocr: %.*s", (int)why.len, why.ptr);
    }
    return GK_OK;
}

static gk_code recognise(gk_str bytes, gk_str pages, uint32_t count, gk_buf *out, gk_err *err) {
    uint32_t most = GK_MAX_OCR_SECONDS / GK_OCR_PAGE_SECONDS;
    unsigned seconds = count < most ? GK_MAX_PDF_SECONDS + count * GK_OCR_PAGE_SECONDS : GK_MAX_OCR_SECONDS;
    out->max = GK_MAX_TEXT_BYTES;
    gk_code code = pd_spawn_ocr(bytes, pages.ptr, seconds, keep, out, err);
    return code == GK_OK ? refusal(gk_buf_str(out), err) : code;
}

/* ---- all together */

/* Reads the stream of gongkai-pdf. Where no page is to be recognised the document is finished, and *count is 0. */
static gk_code first_look(gk_str stream, gk_doc *doc, gk_buf *pages, uint32_t *count, gk_err *err) {
    pdf p;
    pd_begin(&p, doc, err);
    pd_stream s = {.p = &p};
    *count = 0;
    gk_code code = pd_stream_take(&s, stream)
                       ? pd_check(&p)
                       : gk_err_set(err, GK_E_CONVERTER, "gongkai-pdf prints something else than this program expects");
    if (code == GK_OK) {
        code = pd_judge(&p);
        if (code == GK_OK || code == GK_E_SCANNED || code == GK_E_GLYPHS)
            *count = list_pages(&p, code == GK_E_GLYPHS, pages);
        if (!*count) code = pd_finish(&p);
    }
    pd_stream_free(&s);
    pd_free(&p);
    return code;
}

/* The pages that could be read stand, where the others cannot be recognised; a document of nothing else has failed. */
gk_code pd_read_recognised(gk_str bytes, gk_doc *doc, gk_err *err) {
    gk_buf stream = {.max = GK_MAX_STREAM_BYTES / 2}, pages = {0}, recognised = {0}, both = {.max = GK_MAX_STREAM_BYTES};
    uint32_t count = 0;
    gk_code code = pd_spawn(bytes, keep, &stream, err);
    if (code == GK_OK) code = first_look(gk_buf_str(&stream), doc, &pages, &count, err);
    if (count) {
        bool readable = code == GK_OK;
        code = recognise(bytes, gk_buf_str(&pages), count, &recognised, err);
        if (code == GK_OK) splice(gk_buf_str(&stream), gk_buf_str(&recognised), &both);
        if (code != GK_OK && readable)
            gk_doc_note(doc, GK_E_CONVERTER, "pictures could not be recognised: %s", err ? err->message : "");
        if (code == GK_OK || readable) {
            if (err) *err = (gk_err){0};
            code = pd_read_stream(gk_buf_str(code == GK_OK ? &both : &stream), doc, err);
        }
    }
    gk_buf_free(&stream);
    gk_buf_free(&pages);
    gk_buf_free(&recognised);
    gk_buf_free(&both);
    return code;
}
