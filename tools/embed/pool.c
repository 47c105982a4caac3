#include "pool.h"

#include <stdlib.h>

enum { FIRST_SLOTS = 1024, NUMBERS_A_LINE = 24 };

static bool is_piece(const gk_pool *p, const gk_pool_piece *piece, gk_str bytes) {
    gk_str known = {p->bytes.ptr + piece->at * p->size, piece->count * p->size};
    return gk_str_eq(known, bytes);
}

size_t gk_pool_add(gk_pool *p, const void *data, size_t count) {
    if (!count) return 0;
    gk_str bytes = {data, count * p->size};
    uint32_t tag = (uint32_t)gk_str_hash(bytes);
    if (!p->slots.count) gk_slots_open(&p->slots, FIRST_SLOTS);
    for (const gk_slot *s = gk_slots_first(&p->slots, tag); s->at; s = gk_slots_next(&p->slots, s))
        if (is_piece(p, &p->pieces.at[s->at - 1], bytes)) return p->pieces.at[s->at - 1].at;
    size_t at = p->bytes.len / p->size;
    gk_buf_put(&p->bytes, bytes);
    *gk_vec_push(&p->pieces) = (gk_pool_piece){at, count};
    gk_slots_add(&p->slots, tag, (uint32_t)p->pieces.len);
    return at;
}

static uint64_t number_at(const gk_pool *p, size_t i) {
    uint64_t all[1] = {0};
    uint32_t four;
    uint16_t two;
    const char *at = p->bytes.ptr + i * p->size;
    if (p->size == sizeof four) return memcpy(&four, at, sizeof four), four;
    if (p->size == sizeof two) return memcpy(&two, at, sizeof two), two;
    if (p->size == 1) return (unsigned char)*at;
    return memcpy(all, at, sizeof all), all[0];
}

void gk_pool_write(const gk_pool *p, FILE *out, const char *type, const char *name) {
    size_t count = p->bytes.len / p->size;
    fprintf(out, "static const _Alignas(8) %s %s[] = {", type, name);
    for (size_t i = 0; i < count; i++)
        fprintf(out, "%s%lluu,", i % NUMBERS_A_LINE ? "" : "\n    ", (unsigned long long)number_at(p, i));
    fputs(count ? "\n};\n" : "0};\n", out);
}

void gk_pool_free(gk_pool *p) {
    gk_buf_free(&p->bytes);
    gk_vec_free(&p->pieces);
    gk_slots_free(&p->slots);
}
