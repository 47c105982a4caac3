/* Pattern sets from hostile files: loading must end with a set or a placed mistake, and whatever was loaded must match
 * hostile text within its limits. Start from patterns/ as seeds. */
#include <stdlib.h>

#include "pattern/set.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void match_all(const gk_set *set, gk_str text) {
    gk_matcher *m = gk_matcher_new(set);
    gk_match match[8];
    for (int s = 0; s < GK_SCOPE_COUNT; s++) {
        gk_match_best(m, (gk_scope)s, text, 0, text.len, match);
        gk_match_all(m, (gk_scope)s, text, 0, text.len, match, 8);
    }
    gk_matcher_free(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    const gk_str file[][2] = {{GK_STR("a.yaml"), {(const char *)data, size}}};
    gk_err err = {0};
    gk_set *set = gk_set_load_memory(file, 1, &err);
    if (!set) {
        gk_buf message = {0};
        if (err.code != GK_E_PATTERN || !err.message[0] || (!err.line && size <= GK_MAX_PATTERN_FILE_BYTES)) abort();
        gk_err_print(&err, &message);
        gk_buf_free(&message);
        return 0;
    }
    match_all(set, file[0][1]);
    gk_set_self_test(set, NULL, NULL);
    gk_set_free(set);
    return 0;
}
