#include "pattern/packed.h"

#include <stdlib.h>

#include "pattern/private.h"

bool gk_set_pack(gk_set *set, gk_buf *out) {
    uint8_t *data = NULL;
    PCRE2_SIZE bytes = 0;
    const pcre2_code **codes = gk_alloc((set->rules + 1) * sizeof *codes);
    bool good = set->rules > 0;
    for (size_t i = 0; good && i < set->rules; i++) {
        codes[i] = gk_set_code(set, (uint32_t)i);
        good = codes[i] != NULL;
    }
    good = good && pcre2_serialize_encode(codes, (int32_t)set->rules, &data, &bytes, NULL) == (int32_t)set->rules;
    if (good) gk_buf_put(out, (gk_str){(const char *)data, bytes});
    pcre2_serialize_free(data);
    free(codes);
    return good;
}

bool gk_set_unpack(gk_set *set, gk_packed packed) {
    const uint8_t *data = (const uint8_t *)packed.data;
    if (!packed.len || pcre2_serialize_get_number_of_codes(data) != (int32_t)set->rules) return false;
    pcre2_code **codes = gk_alloc_zero(set->rules, sizeof *codes);
    bool good = pcre2_serialize_decode(codes, (int32_t)set->rules, data, NULL) == (int32_t)set->rules;
    for (size_t i = 0; good && i < set->rules; i++) {
        pcre2_code_free(set->code[i]);
        set->code[i] = codes[i];
    }
    free(codes);
    return good;
}
