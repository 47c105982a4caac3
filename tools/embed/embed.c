/* embed OUT.c FILE...: writes files as C arrays, the list gk_builtin_files (extractor/pattern/builtin.h).
 *
 * Runs only while the program is built. The names in the list are the file names without folders, in the order given. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void fail(const char *what, const char *path) {
    fprintf(stderr, "embed: %s %s\n", what, path);
    exit(EXIT_FAILURE);
}

/* Octal escapes of three digits never run into what follows. */
static size_t write_file(FILE *out, const char *path, int number) {
    FILE *in = fopen(path, "rb");
    if (!in) fail("cannot open", path);
    fprintf(out, "static const char file_%d[] =\n    \"", number);
    size_t len = 0;
    for (int c; (c = fgetc(in)) != EOF; len++) {
        if (len && len % 100 == 0) fputs("\"\n    \"", out);
        if (c >= ' ' && c < 127 && c != '"' && c != '\\' && c != '?') fputc(c, out);
        else fprintf(out, "\\%03o", (unsigned)c);
    }
    if (ferror(in)) fail("cannot read", path);
    fclose(in);
    fputs("\";\n", out);
    return len;
}

int main(int argc, char **argv) {
    if (argc < 2) fail("usage: embed OUT.c FILE...", "");
    FILE *out = fopen(argv[1], "wb");
    if (!out) fail("cannot write", argv[1]);
    size_t *len = calloc((size_t)argc, sizeof *len);
    if (!len) fail("out of memory", "");
    fputs("/* Written by tools/embed. */\n#include \"pattern/builtin.h\"\n\n", out);
    for (int i = 2; i < argc; i++) len[i] = write_file(out, argv[i], i);
    fputs("\nconst gk_builtin_file gk_builtin_files[] = {\n", out);
    for (int i = 2; i < argc; i++) fprintf(out, "    {\"%s\", file_%d, %zu},\n", base_name(argv[i]), i, len[i]);
    fputs("    {NULL, NULL, 0},\n};\n", out);
    free(len);
    if (ferror(out) || fclose(out) != 0) fail("cannot write", argv[1]);
    return EXIT_SUCCESS;
}
