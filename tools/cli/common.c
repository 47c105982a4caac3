/* What the subcommands share: sessions, documents, errors, places, printing. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

int cli_exit_of(const gongkai_error *error) {
    static const struct {
        const char *name;
        int code;
    } table[] = {{"usage", EXIT_USAGE}, {"pattern", EXIT_PATTERNS}, {"output", EXIT_OUTPUT}, {"internal", EXIT_OUTPUT}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(error->name, table[i].name) == 0) return table[i].code;
    return EXIT_SOME_FAILED;
}

int cli_fail(const gongkai_error *error) {
    char text[2048];
    gongkai_error_print(error, text, sizeof text);
    fprintf(stderr, "gongkai: %s", text);
    return cli_exit_of(error);
}

gongkai_session *cli_open(const char *patterns, int *code) {
    gongkai_error error;
    gongkai_session *session = gongkai_open(patterns, &error);
    if (session) return session;
    cli_fail(&error);
    *code = EXIT_PATTERNS; /* a folder that cannot be read is refused as well */
    return NULL;
}

gongkai_session *cli_open_ocr(const char *patterns, bool ocr, int *code) {
    gongkai_error error;
    gongkai_session *session = cli_open(patterns, code);
    if (!session || !ocr || gongkai_session_ocr(session, true, &error)) return session;
    cli_fail(&error);
    gongkai_close(session);
    *code = EXIT_USAGE; /* the option asks for what this installation cannot do */
    return NULL;
}

gongkai_document *cli_read(gongkai_session *session, const char *path) {
    gongkai_document *document = gongkai_extract_file(session, path);
    const gongkai_error *error = gongkai_document_error(document);
    if (!error) return document;
    cli_fail(error);
    gongkai_document_free(document);
    return NULL;
}

/* Whether the reader of standard output has gone away. */
static bool reader_gone(void) {
    struct pollfd fd = {.fd = STDOUT_FILENO, .events = POLLOUT};
    return poll(&fd, 1, 0) == 1 && (fd.revents & POLLERR);
}

int cli_flush(int code) {
    errno = 0;
    if (fflush(stdout) == 0 && !ferror(stdout)) return code;
    int number = errno; /* 0: an earlier write failed, and its reason is gone */
    if (number == EPIPE || (number == 0 && reader_gone())) return EXIT_OUTPUT;
    fprintf(stderr, "gongkai: standard output: output: cannot write%s%s\n", number ? ": " : "",
            number ? strerror(number) : "");
    return EXIT_OUTPUT;
}

static bool is_continuation(char c) { return ((unsigned char)c & 0xC0) == 0x80; }

void cli_place_move(cli_place *p, size_t offset) {
    if (p->line == 0) p->line = p->column = 1;
    for (; p->at < offset && p->at < p->text.len; p->at++) {
        if (p->text.ptr[p->at] == '\n') p->line++, p->column = 1;
        else if (p->at + 1 >= p->text.len || !is_continuation(p->text.ptr[p->at + 1])) p->column++;
    }
}

void cli_print_line(FILE *out, gongkai_text text) {
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        if (c == '\r' && i + 1 < text.len && text.ptr[i + 1] == '\n') continue;
        if (c == '\n' || c == '\t' || c == '\r') c = ' ';
        else if (c < 0x20 || c == 0x7F) c = '?';
        putc(c, out);
    }
}

void cli_print_padded(gongkai_text text, int width) {
    int have = (int)gongkai_text_width(text);
    for (int i = have; i < -width; i++) putchar(' ');
    cli_print_line(stdout, text);
    for (int i = have; i < width; i++) putchar(' ');
}

gongkai_text cli_text_of(const char *z) { return (gongkai_text){z, strlen(z)}; }

gongkai_text cli_slice(gongkai_text text, gongkai_span span) {
    if (span.end > text.len) span.end = (uint32_t)text.len;
    if (span.start > span.end) span.start = span.end;
    return (gongkai_text){text.ptr + span.start, span.end - span.start};
}

bool cli_same(gongkai_text a, gongkai_text b) {
    return a.len == b.len && (a.len == 0 || memcmp(a.ptr, b.ptr, a.len) == 0);
}
