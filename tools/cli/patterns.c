/* gongkai patterns: the rules of a set, their tests, their expansion. */
#include <string.h>

#include "cli.h"

static const char *patterns;

static const cli_option options[] = {
    {"patterns", 'p', "DIR", "use the pattern set in DIR instead of the built-in one", .text = &patterns},
    {0},
};

static int list(gongkai_session *session, const char *id) {
    (void)id;
    for (size_t i = 0; i < gongkai_rules(session); i++) {
        gongkai_rule r = gongkai_rule_at(session, i);
        cli_print_padded(stdout, r.id, 36);
        printf(" %-9s %4d  %3zu tests  %.*s:%u\n", r.scope, (int)r.priority, r.tests, (int)r.file.len, r.file.ptr,
               (unsigned)r.line);
    }
    return EXIT_ALL_READ;
}

static void say(void *user, gongkai_text line) {
    (void)user;
    printf("%.*s\n", (int)line.len, line.ptr);
}

static int test(gongkai_session *session, const char *id) {
    (void)id;
    gongkai_test_result r = gongkai_patterns_test(session, say, NULL);
    printf("%zu rules, %zu tests, %zu failures\n", r.rules, r.tests, r.failures);
    return r.failures ? EXIT_SOME_FAILED : EXIT_ALL_READ;
}

static void print_part(const char *name, gongkai_text text) {
    while (text.len && text.ptr[text.len - 1] == '\n') text.len--;
    printf("%s\n%.*s\n", name, (int)text.len, text.ptr ? text.ptr : "");
}

static int expand(gongkai_session *session, const char *id) {
    for (size_t i = 0; i < gongkai_rules(session); i++) {
        gongkai_rule r = gongkai_rule_at(session, i);
        if (!cli_same(r.id, cli_text_of(id))) continue;
        printf("%.*s, scope %s, priority %d, %.*s:%u\n\n", (int)r.id.len, r.id.ptr, r.scope, (int)r.priority,
               (int)r.file.len, r.file.ptr, (unsigned)r.line);
        print_part("as written:", r.source);
        print_part("\nexpanded:", r.expanded);
        return EXIT_ALL_READ;
    }
    fprintf(stderr, "gongkai patterns: there is no rule \"%s\"; `gongkai patterns list` names them all\n", id);
    return EXIT_USAGE;
}

static const struct action {
    const char *name;
    int words;
    int (*run)(gongkai_session *session, const char *id);
} actions[] = {{"list", 1, list}, {"test", 1, test}, {"expand", 2, expand}};

static int run(const cli_command *command, int argc, char **argv) {
    const struct action *a = NULL;
    for (size_t i = 0; argc && i < sizeof actions / sizeof *actions; i++)
        if (strcmp(argv[0], actions[i].name) == 0) a = &actions[i];
    if (!a) return cli_usage(command, "list, test or expand is needed");
    if (argc != a->words) return cli_usage(command, a->words == 2 ? "expand needs one rule" : "too many words");
    int code = EXIT_ALL_READ;
    gongkai_session *session = cli_open(patterns, &code);
    if (!session) return code;
    code = a->run(session, argv[1]);
    gongkai_close(session);
    return cli_flush(code);
}

const cli_command cli_patterns = {
    .name = "patterns",
    .usage = "patterns [OPTIONS] list | test | expand ID",
    .help = "lists the rules, runs their tests, shows what a pattern expands to",
    .options = options,
    .run = run,
};
