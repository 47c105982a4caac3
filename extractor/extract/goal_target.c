/* Targets: the sign, the number and the unit of a cell such as "≥98%", "4.5%以内" or "按要求完成". */
#include "extract/table.h"

gk_str gk_target_op(gk_extractor *x, gk_str word) {
    const gk_map *ops = x->maps.target_ops;
    return ops && word.len ? gk_map_get(ops, word) : GK_STR_NONE;
}

/* Digits as printed, thousands marks dropped. */
static gk_str plain_digits(gk_extractor *x, gk_str s) {
    char *out = gk_arena_alloc(&x->out->arena, s.len + 1);
    size_t n = 0;
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] != ',') out[n++] = s.ptr[i];
    out[n] = 0;
    return (gk_str){out, n};
}

static gk_str group_printed(gk_extractor *x, const gk_match *m, gk_key key) {
    uint8_t g = m->rule->group_of[key];
    if (!g || m->group[g].start == UINT32_MAX || m->group[g].start == m->group[g].end) return GK_STR_NONE;
    return gk_printed(x, (gk_range){m->group[g].start, m->group[g].end});
}

gk_target gk_target_read(gk_extractor *x, gk_range at) {
    gk_target t = {0};
    if (at.end == at.start) return t;
    gk_str v = gk_view_text(x, 0, at.end);
    gk_match m;
    bool known = at.end - at.start <= GK_LABEL_BYTES && gk_find_best(x, GK_SCOPE_TARGET, at, &m);
    gk_str value = known ? gk_match_value(&m, v, GK_KEY_VALUE) : GK_STR_NONE;
    if (x->trace && known)
        x->trace(x->trace_user, gk_view_source(x->view, at.start, at.end), "target", m.rule->id, "won", value);
    if (!value.len) {
        t.value = gk_printed(x, at);
        return t;
    }
    gk_str before = gk_match_value(&m, v, GK_KEY_OP), after = gk_match_value(&m, v, GK_KEY_QUALIFIER);
    t.number = true;
    t.qualified = before.len || after.len;
    t.op = gk_target_op(x, before);
    if (!t.op.len || gk_str_eqz(t.op, "=")) {
        gk_str other = gk_target_op(x, after); /* 达到...以上 */
        if (other.len) t.op = other;
    }
    if (!t.op.len) t.op = GK_STR("=");
    t.value = plain_digits(x, value);
    bool percent = gk_str_eqz(gk_match_value(&m, v, GK_KEY_UNIT), "%");
    t.unit = percent ? GK_STR("%") : group_printed(x, &m, GK_KEY_UNIT);
    return t;
}

void gk_target_set(gk_extractor *x, gk_record *r, const gk_target *t) {
    gk_put(r, GK_F_OP, t->number ? t->op : GK_STR_NONE, &x->out->arena);
    gk_put(r, GK_F_TARGET, t->value, &x->out->arena);
    gk_put(r, GK_F_TARGET_UNIT, t->unit, &x->out->arena);
}

void gk_target_set_actual(gk_extractor *x, gk_record *r, const gk_target *t, gk_range at) {
    if (t->number && t->qualified && !gk_str_eqz(t->op, "=")) {
        gk_put(r, GK_F_ACTUAL, gk_printed(x, at), &x->out->arena);
        return;
    }
    gk_put(r, GK_F_ACTUAL, t->value, &x->out->arena);
    gk_put(r, GK_F_ACTUAL_UNIT, t->unit, &x->out->arena);
}
