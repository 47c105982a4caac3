/* gongkai: the command. Sees the library through its public header only. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static int run_help(const cli_command *command, int argc, char **argv);
static int run_version(const cli_command *command, int argc, char **argv);

static const cli_command help_command = {
    .name = "help", .usage = "help [COMMAND]", .help = "says what a command does", .run = run_help};
static const cli_command version_command = {
    .name = "version", .usage = "version", .help = "prints the version", .run = run_version};

/* One a line: a new command is one more line. */
static const cli_command *const commands[] = {
    &cli_extract,
    &cli_check,
    &cli_crawl,
    &cli_status,
    &cli_archive,
    &cli_show,
    &cli_explain,
    &cli_text,
    &cli_patterns,
    &cli_sites,
    &help_command,
    &version_command,
    NULL,
};

static const cli_command *command_of(const char *name) {
    for (const cli_command *const *c = commands; *c; c++)
        if (strcmp((*c)->name, name) == 0) return *c;
    return NULL;
}

static int print_overview(void) {
    printf("usage: gongkai COMMAND [OPTIONS] ...\n\n"
           "Exact, sourced records from Chinese government budget and final-account disclosures.\n\n");
    for (const cli_command *const *c = commands; *c; c++) printf("  %-9s %s\n", (*c)->name, (*c)->help);
    printf("\n`gongkai help COMMAND` says more.\n\n"
           "Exit codes: 0 all documents were read, 1 some documents failed, 2 usage, 3 the pattern set is refused,\n"
           "4 the output failed.\n");
    return cli_flush(EXIT_ALL_READ);
}

static int run_help(const cli_command *command, int argc, char **argv) {
    if (argc == 0) return print_overview();
    const cli_command *c = command_of(argv[0]);
    if (argc > 1 || !c) return cli_usage(command, "there is no command \"%s\"", argv[argc > 1 ? 1 : 0]);
    return cli_help(c);
}

static int run_version(const cli_command *command, int argc, char **argv) {
    (void)argv;
    if (argc) return cli_usage(command, "takes no words");
    char isolation[400];
    gongkai_isolation(isolation, sizeof isolation);
    printf("gongkai %s\nisolation: %s\n", gongkai_version(), isolation);
    return cli_flush(EXIT_ALL_READ);
}

/* A closed standard stream would give its number to the next file that is opened, and the output would land there. The
 * number is taken by something that refuses the use it is meant for, so that the use fails as it should. */
static void guard_standard_streams(void) {
    for (int fd = 0; fd <= STDERR_FILENO; fd++)
        if (fcntl(fd, F_GETFD) < 0 && errno == EBADF) {
            int got = open("/dev/null", fd == STDIN_FILENO ? O_WRONLY : O_RDONLY);
            if (got != fd && got >= 0) close(got);
        }
}

int main(int argc, char **argv) {
    guard_standard_streams();
    signal(SIGPIPE, SIG_IGN); /* a reader that goes away is an error of a write */
    if (argc < 2) return cli_usage(NULL, "a command is needed");
    if (strcmp(argv[1], "--version") == 0 || strcmp(argv[1], "-V") == 0)
        return run_version(&version_command, argc - 2, argv + 2);
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return print_overview();
    const cli_command *c = command_of(argv[1]);
    if (!c) return cli_usage(NULL, "there is no command \"%s\"", argv[1]);
    if (!c->options) return c->run(c, argc - 2, argv + 2);
    bool help = false;
    int left = cli_read_options(c, argc - 2, argv + 2, &help);
    if (left < 0) return EXIT_USAGE;
    return help ? cli_help(c) : c->run(c, left, argv + 2);
}
