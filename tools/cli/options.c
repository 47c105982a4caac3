/* Options and help, both from the same tables. */
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "cli.h"

int cli_usage(const cli_command *command, const char *format, ...) {
    va_list args;
    va_start(args, format);
    fprintf(stderr, "gongkai%s%s: ", command ? " " : "", command ? command->name : "");
    vfprintf(stderr, format, args);
    va_end(args);
    if (command) fprintf(stderr, "\nusage: gongkai %s\n", command->usage);
    else fprintf(stderr, "\nusage: gongkai COMMAND [OPTIONS] ...; `gongkai help` lists the commands\n");
    return EXIT_USAGE;
}

int cli_help(const cli_command *command) {
    printf("usage: gongkai %s\n\n%s\n", command->usage, command->help);
    if (command->options) printf("\n");
    for (const cli_option *o = command->options; o && o->name; o++) {
        char left[64];
        snprintf(left, sizeof left, "%c%c%s--%s%s%s", o->letter ? '-' : ' ', o->letter ? o->letter : ' ',
                 o->letter ? ", " : "  ", o->name, o->value ? " " : "", o->value ? o->value : "");
        printf("  %-24s %s\n", left, o->help);
    }
    if (command->more) printf("\n%s", command->more);
    return cli_flush(EXIT_ALL_READ);
}

static const cli_option *by_name(const cli_command *c, const char *name, size_t len) {
    for (const cli_option *o = c->options; o->name; o++)
        if (strlen(o->name) == len && memcmp(o->name, name, len) == 0) return o;
    return NULL;
}

static const cli_option *by_letter(const cli_command *c, char letter) {
    for (const cli_option *o = c->options; o->name; o++)
        if (o->letter == letter) return o;
    return NULL;
}

static bool set_value(const cli_command *c, const cli_option *o, const char *value) {
    if (o->text) {
        *o->text = value;
        return true;
    }
    if (o->words) {
        size_t room = sizeof o->words->at / sizeof *o->words->at;
        if (o->words->count < room) o->words->at[o->words->count++] = value;
        else cli_usage(c, "--%s can be given %zu times", o->name, room);
        return o->words->count <= room && value == o->words->at[o->words->count - 1];
    }
    char *end;
    errno = 0;
    unsigned long n = strtoul(value, &end, 10);
    bool digits = value[0] >= '0' && value[0] <= '9' && *end == '\0' && errno == 0;
    if (digits && n >= 1 && n <= o->most) {
        *o->number = (unsigned)n;
        return true;
    }
    cli_usage(c, "--%s takes a number from 1 to %u, not \"%s\"", o->name, o->most, value);
    return false;
}

/* Reads the option at argv[*i] and moves *i to its last word. */
static bool read_option(const cli_command *c, int argc, char **argv, int *i) {
    const char *word = argv[*i], *value = NULL;
    const cli_option *o;
    if (word[1] == '-') {
        const char *equals = strchr(word, '=');
        o = by_name(c, word + 2, equals ? (size_t)(equals - word - 2) : strlen(word + 2));
        value = equals ? equals + 1 : NULL;
    } else {
        o = by_letter(c, word[1]);
        value = word[2] ? word + 2 : NULL;
    }
    if (!o || (!o->value && value && word[1] != '-')) {
        cli_usage(c, "unknown option %s", word);
        return false;
    }
    if (!o->value) {
        if (value) cli_usage(c, "--%s takes no value", o->name);
        *o->flag = true;
        return !value;
    }
    if (!value && *i + 1 < argc) value = argv[++*i];
    if (value) return set_value(c, o, value);
    cli_usage(c, "--%s needs a value: %s", o->name, o->value);
    return false;
}

int cli_read_options(const cli_command *command, int argc, char **argv, bool *help) {
    int left = 0;
    for (int i = 0; i < argc; i++) {
        if (strcmp(argv[i], "--") == 0) {
            while (++i < argc) argv[left++] = argv[i];
            break;
        }
        if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) *help = true;
        else if (argv[i][0] != '-' || argv[i][1] == '\0') argv[left++] = argv[i];
        else if (!read_option(command, argc, argv, &i)) return -1;
    }
    return left;
}
