/* gongkai crawl: from entry pages to an archive. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli.h"

static const char *archive, *sites, *user_agent, *contact, *ca_file, *delay, *max_pages, *max_bytes;
static cli_words networks, insecure;
static bool dry_run, refresh, quiet;
static unsigned depth, concurrency, since, seconds, patience = 600;

static const cli_option options[] = {
    {"archive", 'a', "DIR", "the archive; made where it is not there", .text = &archive},
    {"dry-run", 'n', NULL, "print what is known of each seed, and ask for nothing", .flag = &dry_run},
    {"refresh", 0, NULL, "ask again for what was fetched before, if it has changed", .flag = &refresh},
    {"since", 0, "YEAR", "the first year that is followed, 2019 by default", .number = &since, .most = 9999},
    {"depth", 0, "N", "how far from the entry page, 5 by default", .number = &depth, .most = 100},
    {"max-pages", 0, "N", "end this run after so many answers", .text = &max_pages},
    {"max-bytes", 0, "N", "end this run after so many bytes; with K, M or G behind the number", .text = &max_bytes},
    {"delay", 0, "SECONDS", "the least pause between two requests of a server group, 1 by default; 0: none\n"
     "                           but the Crawl-delay of robots.txt", .text = &delay},
    {"concurrency", 'j', "N", "requests under way in all groups, 64 by default", .number = &concurrency, .most = 1024},
    {"timeout", 't', "SECONDS", "the longest time for one answer, 600 by default", .number = &seconds, .most = 86400},
    {"patience", 0, "SECONDS", "how long to wait for another try when nothing else is left, 600 by default",
     .number = &patience, .most = 1u << 30},
    {"user-agent", 0, "TEXT", "the name under which sites see it, gongkai/VERSION by default", .text = &user_agent},
    {"contact", 0, "URL", "an address for the people of the sites, told with the user agent", .text = &contact},
    {"sites", 0, "DIR", "use the site profiles in DIR before the built-in ones", .text = &sites},
    {"allow-network", 0, "CIDR", "connect to this private network too; can be given several times", .words = &networks},
    {"insecure-host", 0, "HOST", "do not check the certificate of HOST; can be given several times", .words = &insecure},
    {"ca-file", 0, "FILE", "believe the authorities in FILE (certificates in PEM form) instead of those of the\n"
     "                           system", .text = &ca_file},
    {"quiet", 'q', NULL, "no progress and no summary", .flag = &quiet},
    {0},
};

/* ---- numbers */

/* A number of seconds, with a fraction, as milliseconds. */
static bool read_delay(const char *text, uint32_t *ms) {
    char *end;
    if (!text) return true;
    double s = strtod(text, &end);
    if (end == text || *end || text[0] == '-' || !(s <= 300)) return false;
    *ms = (uint32_t)(s * 1000 + 0.5);
    return true;
}

static bool read_count(const char *text, bool units, uint64_t *count) {
    static const char letters[] = "KMG";
    char *end;
    if (!text) return true;
    errno = 0;
    unsigned long long n = strtoull(text, &end, 10);
    const char *unit = units && *end ? strchr(letters, *end) : NULL;
    unsigned shift = unit ? 10 * (unsigned)(unit - letters + 1) : 0;
    bool whole = text[0] >= '0' && text[0] <= '9' && end[unit != NULL] == '\0' && !errno && n > 0;
    *count = whole ? (uint64_t)n << shift : 0;
    return whole && *count >> shift == n;
}

/* ---- progress */

static void print_outcomes(const gongkai_crawl_progress *p) {
    for (size_t i = 0; i < p->outcome_count; i++)
        fprintf(stderr, "%s%llu %s", i ? ", " : "; ", (unsigned long long)p->outcomes[i].count, p->outcomes[i].name);
}

static void on_progress(void *user, const gongkai_crawl_progress *p) {
    (void)user;
    fprintf(stderr, "\r%u of %u hosts active, %llu documents, %.1f MB, %.1f answers/s, %llu waiting", p->active, p->hosts,
            (unsigned long long)p->documents, (double)p->bytes / 1e6,
            p->seconds > 0 ? (double)p->requests / p->seconds : 0, (unsigned long long)p->waiting);
    unsigned left = p->left > 0 ? (unsigned)p->left : 0;
    if (p->left >= 0) fprintf(stderr, ", %u:%02u:%02u left", left / 3600, left / 60 % 60, left % 60);
    print_outcomes(p);
    fprintf(stderr, "\033[K");
}

static void print_end(const gongkai_crawl_result *r) {
    static const struct {
        const char *end, *text;
    } texts[] = {{"later", "what is left has to wait; the same command goes on with it"},
                 {"maximum", "a maximum is reached; the same command goes on"},
                 {"stopped", "stopped; the same command goes on"}};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(texts[i].end, r->end) == 0) fprintf(stderr, "%s\n", texts[i].text);
    time_t due = (time_t)r->next_due;
    struct tm tm;
    char text[32];
    if (!r->next_due || !gmtime_r(&due, &tm)) return;
    strftime(text, sizeof text, "%Y-%m-%d %H:%M:%S", &tm);
    fprintf(stderr, "the next try is due at %s UTC\n", text);
}

static void summary(const gongkai_crawl_result *r) {
    if (isatty(STDERR_FILENO)) fprintf(stderr, "\r\033[K");
    fprintf(stderr, "%llu answers, %llu documents, %llu bytes, %llu waiting; %llu of %llu entry pages are good\n",
            (unsigned long long)r->requests, (unsigned long long)r->documents, (unsigned long long)r->bytes,
            (unsigned long long)r->waiting, (unsigned long long)r->entry_pages_good, (unsigned long long)r->entry_pages);
    print_end(r);
}

/* ---- the command */

static int fail(const cli_command *command, const gongkai_error *error) {
    if (strcmp(error->name, "usage") == 0) return cli_usage(command, "%s", error->message);
    int code = cli_fail(error);
    return code == EXIT_SOME_FAILED ? EXIT_USAGE : code;
}

static bool print_piece(void *user, gongkai_text piece) { return fwrite(piece.ptr, 1, piece.len, user) == piece.len; }

static int plan(const cli_command *command, const gongkai_crawl_options *o) {
    gongkai_error error;
    if (!gongkai_crawl_plan(o, print_piece, stdout, &error)) return fail(command, &error);
    return cli_flush(EXIT_ALL_READ);
}

static int crawl(const cli_command *command, const gongkai_crawl_options *o) {
    gongkai_crawl_result result;
    gongkai_error error;
    cli_catch_signals();
    bool ok = gongkai_crawl(o, &result, &error);
    if (!ok) {
        if (o->on_progress) fprintf(stderr, "\r\033[K");
        return fail(command, &error);
    }
    if (!quiet) summary(&result);
    if (strcmp(result.end, "done") != 0) return EXIT_UNFINISHED;
    return result.entry_pages_good == result.entry_pages ? EXIT_ALL_READ : EXIT_SOME_FAILED;
}

static int run(const cli_command *command, int argc, char **argv) {
    if (!archive) return cli_usage(command, "--archive is needed");
    if (argc != 1) return cli_usage(command, argc ? "one list of seeds only" : "a list of seeds is needed");
    gongkai_crawl_options o = {.archive = archive, .seeds = argv[0], .sites = sites, .user_agent = user_agent};
    o.contact = contact;
    o.allow_networks = networks.at;
    o.allow_network_count = networks.count;
    o.insecure_hosts = insecure.at;
    o.insecure_host_count = insecure.count;
    o.ca_file = ca_file;
    o.depth = depth;
    o.concurrency = concurrency;
    o.seconds = seconds;
    o.patience = patience;
    o.delay_ms = 1000;
    o.since = (int)since;
    o.refresh = refresh;
    o.stop = &cli_stopped_by;
    o.on_progress = !quiet && isatty(STDERR_FILENO) ? on_progress : NULL;
    if (!read_delay(delay, &o.delay_ms)) return cli_usage(command, "--delay takes seconds from 0 to 300, not \"%s\"", delay);
    if (!read_count(max_pages, false, &o.max_pages))
        return cli_usage(command, "--max-pages takes a number, not \"%s\"", max_pages);
    if (!read_count(max_bytes, true, &o.max_bytes))
        return cli_usage(command, "--max-bytes takes a number with K, M or G or without, not \"%s\"", max_bytes);
    return dry_run ? plan(command, &o) : crawl(command, &o);
}

const cli_command cli_crawl = {
    .name = "crawl",
    .usage = "crawl --archive DIR [OPTIONS] SEEDS.tsv",
    .help = "fetches what is published behind entry pages into an archive",
    .more = "The first line of the seeds names the columns: url, and optionally region, division_code, agency and label. From\n"
            "each entry page the lists of its site are paged through, and notices and files of the topic are fetched. One\n"
            "request at a time goes to a server group (an address, a registrable domain); robots.txt is obeyed, and what\n"
            "asks for a browser or a password is left alone. However a run ends, the same command goes on from there.\n\n"
            "Exit codes: 0 everything was asked and every entry page is good, 1 some entry pages ended in another class\n"
            "(`gongkai status`), 2 usage, seeds or archive that cannot be used, 3 site profiles are refused, 4 the archive\n"
            "cannot be written, 5 the run ended before it was done (Ctrl-C, a maximum, waits longer than --patience).\n",
    .options = options,
    .run = run,
};
