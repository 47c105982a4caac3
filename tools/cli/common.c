/* What the subcommands share: sessions, documents, errors, places, printing. */
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

volatile sig_atomic_t cli_stopped_by;

static void on_signal(int number) { cli_stopped_by = number; }

void cli_catch_signals(void) {
    static const int signals[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t i = 0; i < sizeof signals / sizeof *signals; i++) {
        struct sigaction before, action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};
        sigemptyset(&action.sa_mask);
        if (sigaction(signals[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN)
            sigaction(signals[i], &action, NULL);
    }
}

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

typedef struct rendering {
    const cli_render *what;
    cli_rendered result;
} rendering;

static int render(void *user, const gongkai_document *document, const char *path, FILE *out) {
    const rendering *r = user;
    return r->what->render(r->what->user, document, path, out);
}

static void on_rendered(void *user, const char *path, gongkai_text text, int number, const gongkai_error *error) {
    rendering *r = user;
    (void)path;
    if (error) cli_fail(error);
    else if (text.len) fwrite(text.ptr, 1, text.len, stdout);
    r->result.failed |= error != NULL;
    if (number > r->result.number) r->result.number = number;
}

cli_rendered cli_render_all(gongkai_session *session, const cli_render *what) {
    rendering r = {.what = what};
    gongkai_error error;
    gongkai_render_options options = {.inputs = what->inputs,
                                      .input_count = what->input_count,
                                      .jobs = what->jobs,
                                      .timeout_seconds = what->timeout,
                                      .render = render,
                                      .on_rendered = on_rendered,
                                      .user = &r};
    if (!gongkai_render_all(session, &options, &error)) r.result.code = cli_fail(&error);
    return r.result;
}

int cli_render_one(gongkai_session *session, const char *path, unsigned timeout, gongkai_render *render_one, void *user) {
    cli_render what = {.inputs = &path, .input_count = 1, .timeout = timeout, .render = render_one, .user = user};
    cli_rendered done = cli_render_all(session, &what);
    return done.code != EXIT_ALL_READ ? done.code : done.failed ? EXIT_SOME_FAILED : done.number;
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

void cli_print_padded(FILE *out, gongkai_text text, int width) {
    int have = (int)gongkai_text_width(text);
    for (int i = have; i < -width; i++) putc(' ', out);
    cli_print_line(out, text);
    for (int i = have; i < width; i++) putc(' ', out);
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
