/* Patterns compiled while the program was built: those of the program are what its files compile to and pass their tests,
 * and data of another PCRE2 or another set is refused. */
#include "check.h"
#include "base/buf.h"
#include "pattern/packed.h"

static void say(void *user, gk_str line) {
    (void)user;
    fprintf(stderr, "%.*s\n", GK_STR_ARG(line));
}

static gk_set *load(bool builtin) {
    gk_err err = {0};
    const char *source = getenv("GK_SOURCE_DIR");
    char dir[4096];
    snprintf(dir, sizeof dir, "%s/patterns", source ? source : ".");
    gk_set *set = builtin ? gk_set_load_builtin(&err) : gk_set_load_dir(gk_str_of(dir), &err);
    if (!set) fprintf(stderr, "%s\n", err.message);
    return set;
}

static void same_as_compiled(void) {
    gk_buf packed = {0};
    gk_set *files = load(false), *builtin = load(true);
    CHECK(files && gk_set_pack(files, &packed));
    CHECK(gk_str_eq(gk_buf_str(&packed), (gk_str){gk_builtin_code.data, gk_builtin_code.len}));
    CHECK(gk_builtin_code.len > 100000);
    CHECK_INT(gk_set_self_test(builtin, say, NULL), 0);
    gk_set_free(files);
    gk_set_free(builtin);
    gk_buf_free(&packed);
}

static void refused(void) {
    gk_set *set = load(true);
    static const gk_str few[][2] = {
        {{"one.yaml", 8}, GK_STR("rules:\n  - id: one\n    scope: header\n    pattern: |\n      x\n"
                                 "    yes:\n      - {on: x}\n    no:\n      - {on: y}\n")}};
    gk_err err = {0};
    gk_set *other = gk_set_load_memory(few, 1, &err);
    uint64_t words[8]; /* the start of the data: magic, version, configuration, count */
    memcpy(words, gk_builtin_code.data, sizeof words);
    ((unsigned char *)words)[4] ^= 1;
    CHECK(!gk_set_unpack(set, (gk_packed){(const char *)words, sizeof words}));
    CHECK(!gk_set_unpack(set, (gk_packed){NULL, 0}));
    CHECK(!gk_set_unpack(other, gk_builtin_code));
    CHECK_INT(gk_set_self_test(other, say, NULL), 0);
    CHECK_INT(gk_set_self_test(set, say, NULL), 0);
    gk_set_free(set);
    gk_set_free(other);
}

int main(void) {
    same_as_compiled();
    refused();
    return CHECK_DONE();
}
