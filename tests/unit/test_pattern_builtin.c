/* The set that is built in: loads, is the same as the files of patterns/, and passes its own tests. */
#include "check.h"
#include "pattern/set.h"

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

/* The files are checked strictly here, and only here: the program trusts what was built in. */
int main(void) {
    gk_err err = {0};
    gk_set *builtin = report(gk_set_load_builtin(&err), &err);
    const char *source = getenv("GK_SOURCE_DIR");
    char dir[4096];
    snprintf(dir, sizeof dir, "%s/patterns", source ? source : ".");
    gk_set *files = report(gk_set_load_dir(gk_str_of(dir), &err), &err);
    if (builtin && files) {
        size_t a, b;
        const gk_rule *rules = gk_set_rules(builtin, &a), *same = gk_set_rules(files, &b);
        CHECK_INT(a, b);
        for (size_t i = 0; i < a && i < b; i++) CHECK(gk_str_eq(rules[i].expanded, same[i].expanded));
        CHECK(gk_str_eq(gk_set_digest(builtin), gk_set_digest(files)));
        CHECK(gk_set_fold(builtin) != NULL);
        CHECK(gk_set_table(builtin, GK_STR("fold.tsv")).len > 0);
        CHECK_INT(gk_set_self_test(files, say, NULL), 0);
    }
    gk_set_free(builtin);
    gk_set_free(files);
    return CHECK_DONE();
}
