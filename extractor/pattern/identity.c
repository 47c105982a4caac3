#include "pattern/identity.h"

#include <stdio.h>

#include "base/digest.h"

void gk_set_identity(const gk_pattern_file *files, size_t count, char hex[65]) {
    gk_sha256 hash;
    gk_sha256_init(&hash);
    for (size_t i = 0; i < count; i++) {
        char head[64];
        int n = snprintf(head, sizeof head, "%zu %zu\n", files[i].name.len, files[i].content.len);
        gk_sha256_add(&hash, (gk_str){head, (size_t)n});
        gk_sha256_add(&hash, files[i].name);
        gk_sha256_add(&hash, files[i].content);
    }
    gk_sha256_hex(&hash, hex);
}
