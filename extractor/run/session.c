#include "run/session.h"

#include <stdlib.h>

#include "read/read.h"
#include "run/convert.h"
#include "run/isolate.h"
#include "text/charset.h"

const char *gongkai_version(void) { return GK_VERSION; }

void gongkai_isolation(char *out, size_t size) {
    gk_isolation i;
    gk_buf line = {0};
    gk_isolation_probe(&i);
    gk_isolation_print(&i, &line);
    size_t n = line.len < size ? line.len : size - 1;
    memcpy(out, line.ptr, n);
    out[n] = '\0';
    gk_buf_free(&line);
}

gongkai_session *gongkai_open(const char *patterns, gongkai_error *error) {
    gk_err err = {0};
    gk_set *set = patterns ? gk_set_load_dir(gk_str_of(patterns), &err) : gk_set_load_builtin(&err);
    if (!set) {
        gk_public_error(&err, error);
        return NULL;
    }
    gongkai_session *s = gk_alloc_zero(1, sizeof *s);
    s->set = set;
    return s;
}

void gongkai_close(gongkai_session *session) {
    if (!session) return;
    gk_json_emitter_free(session->emitter);
    gk_checker_free(session->checker);
    if (session->extractor) gk_extractor_free(session->extractor);
    gk_set_free(session->set);
    free(session);
}

bool gongkai_session_ocr(gongkai_session *session, bool on, gongkai_error *error) {
    gk_err err = {0};
    session->ocr = on && gk_read_recognises();
    if (on && !session->ocr)
        gk_err_set(&err, GK_E_CONVERTER,
                   "pictures of pages are read by gongkai-ocr, which is not installed: build it with Tesseract (Debian: "
                   "libtesseract-dev, tesseract-ocr-chi-sim) or name it in GONGKAI_OCR");
    gk_public_error(&err, error);
    return session->ocr == on;
}

gongkai_text gongkai_digest(const gongkai_session *session) { return gk_public_text(gk_set_digest(session->set)); }

static void pass_trace(void *user, gk_span number, const char *stage, gk_str rule, const char *outcome, gk_str detail) {
    const gongkai_session *s = user;
    if (s->watch_line && (number.end <= s->watched.start || number.start >= s->watched.end)) return;
    s->watch(s->watch_user, gk_public_span(number), stage, gk_public_text(rule), outcome, gk_public_text(detail));
}

gk_extractor *gk_session_extractor(gongkai_session *s) {
    if (!s->extractor) {
        s->extractor = gk_extractor_new(s->set);
        if (s->watch) gk_extractor_trace(s->extractor, pass_trace, s);
    }
    return s->extractor;
}

gk_checker *gk_session_checker(gongkai_session *s) {
    if (!s->checker) s->checker = gk_checker_new(s->set);
    return s->checker;
}

void gongkai_session_check(gongkai_session *session, bool on) { session->unchecked = !on; }
void gongkai_session_findings(gongkai_session *session, bool all) { session->all_findings = all; }

gk_json_emitter *gk_session_emitter(gongkai_session *s) {
    if (!s->emitter) s->emitter = gk_json_emitter_new();
    return s->emitter;
}

void gongkai_session_watch(gongkai_session *session, gongkai_watch *watch, void *user) {
    session->watch = watch;
    session->watch_user = user;
    gk_extractor_trace(gk_session_extractor(session), watch ? pass_trace : NULL, session);
}

void gongkai_session_watch_line(gongkai_session *session, uint32_t line) { session->watch_line = line; }

void gk_session_watch_in(gongkai_session *s, gk_str text) {
    size_t start = 0;
    for (uint32_t line = 1; line < s->watch_line && start < text.len; line++) {
        const char *end = memchr(text.ptr + start, '\n', text.len - start);
        start = end ? (size_t)(end - text.ptr) + 1 : text.len;
    }
    const char *end = start < text.len ? memchr(text.ptr + start, '\n', text.len - start) : NULL;
    s->watched = (gk_span){(uint32_t)start, (uint32_t)(end ? (size_t)(end - text.ptr) : text.len)};
}

size_t gongkai_text_width(gongkai_text text) { return gk_text_width(gk_private_text(text), true); }
