/* gongkai sites: the site profiles, their tests, and what the crawler would see in saved pages. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static const char *folder, *url, *kind, *text, *body;
static unsigned since, status;
static bool all;

static const cli_option options[] = {
    {"sites", 's', "DIR", "use the profiles in DIR before the built-in ones", .text = &folder},
    {"url", 'u', "URL", "the address of the saved page, where it does not name it itself", .text = &url},
    {"as", 0, "KIND", "read it as an entry, list (by default), page, article or attachment", .text = &kind},
    {"text", 0, "TEXT", "the text of the link that led to it", .text = &text},
    {"body", 0, "TEXT", "the body of the request, where that was a POST", .text = &body},
    {"status", 0, "NUMBER", "the HTTP status, 200 by default", .number = &status, .most = 999},
    {"since", 0, "YEAR", "links of earlier years are not followed", .number = &since, .most = 9999},
    {"all", 'a', NULL, "tell also the links that are not followed", .flag = &all},
    {0},
};

static void say(void *user, gongkai_text line) {
    (void)user;
    cli_print_line(stdout, line);
    putchar('\n');
}

static int list(gongkai_sites *sites) {
    for (size_t i = 0; i < gongkai_sites_count(sites); i++) {
        gongkai_site s = gongkai_site_at(sites, i);
        cli_print_padded(stdout, s.id, 18);
        printf(" %3d  %2zu tests  %.*s:%u  ", (int)s.priority, s.tests, (int)s.file.len, s.file.ptr, (unsigned)s.line);
        cli_print_line(stdout, s.what);
        putchar('\n');
    }
    return EXIT_ALL_READ;
}

static int test_profiles(gongkai_sites *sites) {
    gongkai_test_result r = gongkai_sites_test(sites, say, NULL);
    printf("%zu profiles, %zu tests, %zu failures\n", r.rules, r.tests, r.failures);
    return r.failures ? EXIT_SOME_FAILED : EXIT_ALL_READ;
}

/* The whole file; NULL after a message. The caller frees. */
static char *read_file(const char *path, size_t *length) {
    enum { PIECE = 65536, MOST = 64 << 20 };
    FILE *in = fopen(path, "rb");
    char *bytes = NULL;
    size_t got = 1;
    *length = 0;
    while (in && got && *length <= MOST) {
        char *more = realloc(bytes, *length + PIECE);
        if (!more) abort();
        bytes = more;
        got = fread(bytes + *length, 1, PIECE, in);
        *length += got;
    }
    bool good = in && !ferror(in) && *length <= MOST;
    if (!good) fprintf(stderr, "gongkai: %s: open: %s\n", path, *length > MOST ? "the file is too large" : strerror(errno));
    if (in) fclose(in);
    if (good) return bytes;
    free(bytes);
    return NULL;
}

static int read_page(gongkai_sites *sites, const char *path, bool named) {
    gongkai_visit visit = {.url = url, .kind = kind, .text = text, .body = body, .all = all};
    gongkai_error error;
    size_t length;
    visit.status = (int)status;
    visit.since = (int)since;
    char *bytes = read_file(path, &length);
    if (!bytes) return EXIT_SOME_FAILED;
    if (named) printf("%s\n", path);
    bool good = gongkai_sites_read(sites, bytes, length, &visit, say, NULL, &error);
    free(bytes);
    return good ? EXIT_ALL_READ : cli_fail(&error);
}

static int read_pages(gongkai_sites *sites, int argc, char **argv) {
    int worst = EXIT_ALL_READ;
    for (int i = 0; i < argc && worst != EXIT_USAGE; i++) {
        int code = read_page(sites, argv[i], argc > 1);
        if (code > worst) worst = code;
    }
    return worst;
}

static int run(const cli_command *command, int argc, char **argv) {
    bool lists = argc && strcmp(argv[0], "list") == 0, tests = argc && strcmp(argv[0], "test") == 0;
    gongkai_error error;
    if (!lists && !tests) return cli_usage(command, "list or test is needed");
    if (lists && argc > 1) return cli_usage(command, "too many words");
    gongkai_sites *sites = gongkai_sites_open(folder, &error);
    if (!sites) return cli_fail(&error), EXIT_PATTERNS; /* a folder that cannot be read is refused as well */
    int code = lists ? list(sites) : argc == 1 ? test_profiles(sites) : read_pages(sites, argc - 1, argv + 1);
    gongkai_sites_close(sites);
    return cli_flush(code);
}

const cli_command cli_sites = {
    .name = "sites",
    .usage = "sites [OPTIONS] list | test [FILE...]",
    .help = "lists the site profiles of the crawler, runs their tests, reads saved pages with them",
    .more = "Without a FILE the tests that stand in the profiles are run. With files each is read as the crawler would read\n"
            "it: what it is, its title and meta tags, and the links that would be followed.\n",
    .options = options,
    .run = run,
};
