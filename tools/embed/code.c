/* code OUT.c: loads the built-in files and writes what they come to as C data: the set (extractor/pattern/prepared.h) and its
 * compiled patterns (extractor/pattern/packed.h). A mistake in a file ends with its name, line and column.
 *
 * Runs only while the program is built, with the room that the program has, and with nothing prepared.
 */
#include <stdio.h>
#include <stdlib.h>

#include "base/buf.h"
#include "pattern/prepared.h"
#include "prepare.h"

const gk_packed gk_builtin_code = {NULL, 0};
const gk_prepared gk_builtin_set = {.rules = 0};

static void fail(const char *what, const char *which) {
    fprintf(stderr, "code: %s %s\n", what, which);
    exit(EXIT_FAILURE);
}

static void write_data(FILE *out, gk_str s) {
    fputs("static const _Alignas(8) unsigned char data[] = {", out);
    for (size_t i = 0; i < s.len; i++) fprintf(out, "%s%u,", i % 32 ? "" : "\n    ", (unsigned)(unsigned char)s.ptr[i]);
    fprintf(out, "\n};\n\nconst gk_packed gk_builtin_code = {(const char *)data, %zu};\n", s.len);
}

int main(int argc, char **argv) {
    if (argc != 2) fail("usage: code", "OUT.c");
    gk_err err = {0};
    gk_buf packed = {0}, message = {0};
    gk_set *set = gk_set_load_builtin(&err);
    if (!set) gk_err_print(&err, &message), fail("refused:\n", message.ptr);
    if (!gk_set_pack(set, &packed)) fail("PCRE2 cannot write the patterns", "");
    FILE *out = fopen(argv[1], "wb");
    if (!out) fail("cannot write", argv[1]);
    fputs("/* Written by tools/embed/code. */\n#include \"pattern/prepared.h\"\n#include \"text/fold.h\"\n\n", out);
    prepare_write(set, out);
    write_data(out, gk_buf_str(&packed));
    if (ferror(out) || fclose(out) != 0) fail("cannot write", argv[1]);
    gk_buf_free(&packed);
    gk_set_free(set);
    return EXIT_SUCCESS;
}
