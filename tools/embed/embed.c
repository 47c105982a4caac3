/* embed OUT.c NAME FILE...: writes files as C data, the list NAME_files and NAME_digest (extractor/pattern/builtin.h).
 *
 * Runs only while the program is built. YAML files become trees, others arrays of bytes. The names in the list are the file
 * names without folders; the files are given by name. Broken YAML ends with file, line, column and caret.
 */
#include <stdio.h>
#include <stdlib.h>

#include "pattern/identity.h"

static void fail(const char *what, const char *path) {
    fprintf(stderr, "embed: %s %s\n", what, path);
    exit(EXIT_FAILURE);
}

static const char *base_name(const char *path) {
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static gk_str read_file(gk_arena *arena, const char *path) {
    FILE *in = fopen(path, "rb");
    if (!in) fail("cannot open", path);
    gk_buf content = {0};
    for (int c; (c = fgetc(in)) != EOF;) gk_buf_putc(&content, (char)c);
    if (ferror(in)) fail("cannot read", path);
    fclose(in);
    gk_str kept = gk_arena_dup(arena, gk_buf_str(&content));
    gk_buf_free(&content);
    return kept;
}

/* Octal escapes of three digits never run into what follows. */
static void write_bytes(FILE *out, const char *name, int number, gk_str s) {
    fprintf(out, "static const char %s_%d[] =\n    \"", name, number);
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (i && i % 100 == 0) fputs("\"\n    \"", out);
        if (c >= ' ' && c < 127 && c != '"' && c != '\\' && c != '?') fputc(c, out);
        else fprintf(out, "\\%03o", (unsigned)c);
    }
    fputs("\";\n", out);
}

static size_t pool_bytes(const gk_tree *t) {
    size_t bytes = 0;
    for (uint32_t i = 0; i < t->count; i++)
        if (t->node[i].text + t->node[i].len > bytes) bytes = t->node[i].text + t->node[i].len;
    return bytes;
}

static void write_tree(FILE *out, int number, gk_str path, gk_str content) {
    gk_arena arena = {0};
    gk_err err = {0};
    gk_tree t;
    if (!gk_yaml_read(path, content, &arena, &t, &err)) {
        gk_buf message = {0};
        gk_err_print(&err, &message);
        fail("refused:\n", message.ptr);
    }
    write_bytes(out, "pool", number, (gk_str){t.pool, pool_bytes(&t)});
    fprintf(out, "static const gk_node node_%d[] = {\n", number);
    for (uint32_t i = 0; i < t.count; i++) {
        const gk_node *n = &t.node[i];
        fprintf(out, "    {%u, %u, %u, %u, %u, %u, %u},\n", n->end, n->text, n->len, n->line, n->column, n->kind, n->block);
    }
    if (t.count == 0) fputs("    {0, 0, 0, 0, 0, 0, 0},\n", out);
    fprintf(out, "};\nstatic const gk_tree tree_%d = {.pool = pool_%d, .node = node_%d, .count = %u};\n", number, number,
            number, t.count);
    gk_arena_free(&arena);
}

static void write_list(FILE *out, const char *name, const gk_pattern_file *file, int count) {
    char digest[65];
    gk_set_identity(file, (size_t)count, digest);
    fprintf(out, "\nextern const char %s_digest[65];\nextern const gk_builtin_file %s_files[];\n", name, name);
    fprintf(out, "const char %s_digest[65] = \"%s\";\nconst gk_builtin_file %s_files[] = {\n", name, digest, name);
    for (int i = 0; i < count; i++) {
        if (gk_str_ends(file[i].name, GK_STR(".yaml")))
            fprintf(out, "    {\"%.*s\", NULL, 0, &tree_%d},\n", GK_STR_ARG(file[i].name), i);
        else
            fprintf(out, "    {\"%.*s\", file_%d, %zu, NULL},\n", GK_STR_ARG(file[i].name), i, file[i].content.len);
    }
    fputs("    {NULL, NULL, 0, NULL},\n};\n", out);
}

int main(int argc, char **argv) {
    if (argc < 3) fail("usage: embed OUT.c NAME FILE...", "");
    FILE *out = fopen(argv[1], "wb");
    if (!out) fail("cannot write", argv[1]);
    int count = argc - 3;
    gk_arena arena = {0};
    gk_pattern_file *file = gk_arena_zero(&arena, ((size_t)count + 1) * sizeof *file);
    fputs("/* Written by tools/embed. */\n#include \"pattern/builtin.h\"\n\n", out);
    for (int i = 0; i < count; i++) {
        const char *path = argv[i + 3];
        file[i].name = gk_str_of(base_name(path));
        file[i].content = read_file(&arena, path);
        if (gk_str_ends(file[i].name, GK_STR(".yaml"))) write_tree(out, i, gk_str_of(path), file[i].content);
        else write_bytes(out, "file", i, file[i].content);
    }
    write_list(out, argv[2], file, count);
    if (ferror(out) || fclose(out) != 0) fail("cannot write", argv[1]);
    gk_arena_free(&arena);
    return EXIT_SUCCESS;
}
