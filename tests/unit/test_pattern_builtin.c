/* The set that is built in is, to the last word, what the loader makes of the files of patterns/, which pass their tests. */
#include "check.h"
#include "pattern/private.h"

static void say(void *user, gk_str line) {
    (void)user;
    fprintf(stderr, "%.*s\n", GK_STR_ARG(line));
}

static gk_set *report(gk_set *set, const gk_err *err) {
    gk_buf message = {0};
    if (!set) gk_err_print(err, &message);
    if (!set) fprintf(stderr, "%.*s", GK_STR_ARG(gk_buf_str(&message)));
    gk_buf_free(&message);
    CHECK(set != NULL);
    return set;
}

static gk_set *load_files(gk_err *err) {
    const char *source = getenv("GK_SOURCE_DIR");
    char dir[4096];
    snprintf(dir, sizeof dir, "%s/patterns", source ? source : ".");
    return gk_set_load_dir(gk_str_of(dir), err);
}

static bool same_text(gk_str a, gk_str b) { return gk_str_eq(a, b) && !a.ptr == !b.ptr; }

static void same_rule(const gk_rule *a, const gk_rule *b) {
    CHECK(same_text(a->id, b->id) && same_text(a->source, b->source) && same_text(a->expanded, b->expanded));
    CHECK(a->line == b->line && a->scope == b->scope && a->priority == b->priority && a->order == b->order);
    CHECK(a->groups == b->groups && memcmp(a->group_of, b->group_of, sizeof a->group_of) == 0);
    for (size_t k = 0; k < GK_KEY_COUNT; k++) CHECK(same_text(a->constant[k], b->constant[k]));
}

static void same_rules(const gk_set *builtin, const gk_set *files) {
    size_t a, b;
    const gk_rule *rule = gk_set_rules(builtin, &a), *other = gk_set_rules(files, &b);
    CHECK(a > 100);
    CHECK_INT(a, b);
    for (size_t i = 0; i < a && i < b; i++) same_rule(&rule[i], &other[i]);
}

static void same_tests(const gk_set *builtin, const gk_set *files) {
    size_t a, b, pairs = 0;
    const gk_rule_test *test = gk_set_tests(builtin, &a), *other = gk_set_tests(files, &b);
    CHECK(a > 1000);
    CHECK_INT(a, b);
    for (size_t i = 0; i < a && i < b; i++) {
        CHECK(same_text(test[i].text, other[i].text) && same_text(test[i].rule->id, other[i].rule->id));
        CHECK(test[i].whole == other[i].whole && test[i].positive == other[i].positive && test[i].line == other[i].line);
        CHECK_INT(test[i].gives_len, other[i].gives_len);
        pairs += test[i].gives_len;
    }
    CHECK(pairs > 1000);
}

/* What a map of the files holds, the built-in one finds from both ends. */
static void same_map(const gk_map *map, const gk_map *file) {
    gk_str value;
    CHECK(map && map->len == file->len);
    for (size_t i = 0; map && i < file->len; i++) {
        gk_str word = file->entry[i][0];
        CHECK(same_text(gk_map_get(map, word), file->entry[i][1]));
        CHECK(gk_map_suffix(map, word, &value) == word.len && same_text(value, file->entry[i][1]));
        CHECK(!gk_map_find(map, word, 0, NULL, NULL));
    }
}

static void same_words(const gk_set *builtin, const gk_set *files) {
    CHECK(files->vocab.len > 100);
    for (size_t i = 0; i < files->vocab.len; i++) {
        const gk_entry *e = &files->vocab.at[i];
        if (e->kind != GK_WORD_DEFINE) same_map(gk_set_map(builtin, e->name), &e->map);
    }
    CHECK(!gk_set_map(builtin, GK_STR("no such list")));
}

static void same_fold(const gk_fold *a, const gk_fold *b) {
    for (uint32_t c = 0; c < 0x110000; c++)
        if (!same_text(gk_fold_of(a, c), gk_fold_of(b, c))) CHECK_INT(c, -1);
    CHECK(gk_str_eqz(gk_fold_of(a, 0xFF11), "1"));
}

int main(void) {
    gk_err err = {0};
    gk_set *builtin = report(gk_set_load_builtin(&err), &err);
    gk_set *files = report(load_files(&err), &err);
    if (builtin && files) {
        same_rules(builtin, files);
        same_tests(builtin, files);
        same_words(builtin, files);
        same_fold(gk_set_fold(builtin), gk_set_fold(files));
        CHECK(gk_str_eq(gk_set_digest(builtin), gk_set_digest(files)));
        CHECK(same_text(gk_set_table(builtin, GK_STR("fold.tsv")), gk_set_table(files, GK_STR("fold.tsv"))));
        CHECK_INT(gk_set_self_test(files, say, NULL), 0);
    }
    gk_set_free(builtin);
    gk_set_free(files);
    return CHECK_DONE();
}
