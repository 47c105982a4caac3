/* The parts of the gongkai command: options by table, subcommands by table, printing for the eye. */
#ifndef GK_CLI_CLI_H
#define GK_CLI_CLI_H

#include <stdio.h>

#include "gongkai.h"

/* What the command ends with. */
enum {
    EXIT_ALL_READ = 0,
    EXIT_SOME_FAILED = 1, /* documents that could not be read, or tests that failed */
    EXIT_USAGE = 2,
    EXIT_PATTERNS = 3,
    EXIT_OUTPUT = 4,
    EXIT_UNFINISHED = 5 /* a crawl that ended before it was done */
};

/* The values of an option that may be given several times. */
typedef struct cli_words {
    const char *at[64];
    size_t count;
} cli_words;

/* One option. A flag sets a bool; the others take a value: `--name VALUE`, `--name=VALUE`, `-n VALUE`, `-nVALUE`. */
typedef struct cli_option {
    const char *name;  /* without "--" */
    char letter;       /* 0: none */
    const char *value; /* the name of its value in the help, NULL: a flag */
    const char *help;
    bool *flag;
    const char **text;
    unsigned *number; /* 1 .. most */
    unsigned most;
    cli_words *words;
} cli_option;

/* One subcommand. `run` gets the words behind its name. */
typedef struct cli_command {
    const char *name;
    const char *usage; /* "extract [OPTIONS] FILE|DIR|-..." */
    const char *help;  /* one line */
    const char *more;  /* further text, may be NULL */
    const cli_option *options;
    int (*run)(const struct cli_command *command, int argc, char **argv);
} cli_command;

extern const cli_command cli_archive, cli_check, cli_crawl, cli_extract, cli_text, cli_explain, cli_show, cli_sites, cli_status,
    cli_patterns;

/* Reads the options of the command out of argv, which keeps the other words in order; "--" ends the options, "-" is no
 * option. Returns how many words are left, or -1 after a message. `--help` sets *help and nothing else is looked at. */
int cli_read_options(const cli_command *command, int argc, char **argv, bool *help);
/* The help of one command, to standard output; returns EXIT_ALL_READ. */
int cli_help(const cli_command *command);
/* A message about the words of the command line; returns EXIT_USAGE. */
int cli_usage(const cli_command *command, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* The signal that is to end the command, 0 until there is one; set by SIGINT, SIGTERM and SIGHUP from cli_catch_signals on.
 * The second of them ends the process at once. */
extern volatile sig_atomic_t cli_stopped_by;
void cli_catch_signals(void);

/* The exit code for an error's class. */
int cli_exit_of(const gongkai_error *error);
/* Prints an error to standard error; returns its exit code. */
int cli_fail(const gongkai_error *error);
/* Opens a session with the set in folder `patterns` (NULL: built in); NULL after a message, with the exit code. */
gongkai_session *cli_open(const char *patterns, int *code);
/* The same, with pictures of pages recognised where `ocr`. */
gongkai_session *cli_open_ocr(const char *patterns, bool ocr, int *code);
/* Renders documents to standard output (gongkai_render_all), with a message for each that cannot be read. */
typedef struct cli_render {
    const char *const *inputs;
    size_t input_count;
    unsigned jobs, timeout; /* 0: the usual */
    gongkai_render *render;
    void *user;
} cli_render;
typedef struct cli_rendered {
    bool failed; /* a document could not be read */
    int number;  /* the largest that `render` returned */
    int code;    /* EXIT_ALL_READ, or what ended it early, after a message */
} cli_rendered;
cli_rendered cli_render_all(gongkai_session *session, const cli_render *what);
/* The same for one document whose `render` returns an exit code: the code to end with. */
int cli_render_one(gongkai_session *session, const char *path, unsigned timeout, gongkai_render *render, void *user);
/* Whether all that was printed has arrived: EXIT_OUTPUT after a message where not, else `code`. */
int cli_flush(int code);

/* Line and column (both from 1, in characters) of ascending offsets. */
typedef struct cli_place {
    gongkai_text text;
    size_t at;
    unsigned line, column;
} cli_place;
void cli_place_move(cli_place *p, size_t offset);

/* Prints a text on one line: line ends as a blank, tabs as a blank, other control characters as '?'. */
void cli_print_line(FILE *out, gongkai_text text);
/* Prints and fills up with blanks to `width` columns; negative: to the right. */
void cli_print_padded(FILE *out, gongkai_text text, int width);
gongkai_text cli_text_of(const char *z);
gongkai_text cli_slice(gongkai_text text, gongkai_span span);
bool cli_same(gongkai_text a, gongkai_text b);

#endif
