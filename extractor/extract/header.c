/* Label texts: what the pattern rules know of them. Each text is matched once and remembered. */
#include "extract/table.h"

enum { MATCHES = 48 };

static gk_role role_of(gk_str word) {
    static const char *const words[] = {
#define X(symbol, word) word,
        GK_ROLES(X)
#undef X
    };
    for (int i = 1; i < GK_ROLE_COUNT; i++)
        if (gk_str_eqz(word, words[i])) return (gk_role)i;
    return GK_ROLE_NONE;
}

static void take(gk_str *into, const gk_match *m, gk_str v, gk_key key) {
    if (!into->ptr) *into = gk_match_value(m, v, key);
}

static void take_all(gk_says *says, const gk_match *m, gk_str v) {
    gk_str role = gk_match_value(m, v, GK_KEY_ROLE);
    if (!says->rule && role.len) says->rule = m->rule, says->role = role_of(role);
    take(&says->measure, m, v, GK_KEY_MEASURE);
    take(&says->kind, m, v, GK_KEY_KIND);
    take(&says->unit, m, v, GK_KEY_UNIT);
    take(&says->year, m, v, GK_KEY_YEAR);
    take(&says->class, m, v, GK_KEY_CLASS);
    take(&says->mode, m, v, GK_KEY_MODE);
    take(&says->carry, m, v, GK_KEY_CARRY);
    take(&says->code, m, v, GK_KEY_CODE);
    take(&says->base, m, v, GK_KEY_BASE);
    take(&says->base_year, m, v, GK_KEY_BASE_YEAR);
    take(&says->whole, m, v, GK_KEY_WHOLE);
    take(&says->sign, m, v, GK_KEY_SIGN);
    uint8_t g = m->rule->group_of[GK_KEY_NAME];
    if (says->name.start == says->name.end && g && m->group[g].start != UINT32_MAX)
        says->name = (gk_range){m->group[g].start, m->group[g].end};
}

/* Several rules may speak of one label, each of a part: the one with the highest priority first. */
static gk_says ask(gk_extractor *x, gk_scope scope, gk_str v) {
    gk_match m[MATCHES];
    gk_says says = {0};
    size_t n = gk_match_all(x->matcher, scope, v, 0, v.len, m, MATCHES);
    bool used[MATCHES] = {false};
    for (size_t round = 0; round < n; round++) {
        size_t best = n;
        for (size_t i = 0; i < n; i++)
            if (!used[i] && (best == n || m[i].rule->priority > m[best].rule->priority)) best = i;
        used[best] = true;
        take_all(&says, &m[best], v);
    }
    return says;
}

static void tell(gk_extractor *x, gk_scope scope, gk_range at, const gk_says *says) {
    if (!says->rule) return;
    x->trace(x->trace_user, gk_view_source(x->view, at.start, at.end), scope == GK_SCOPE_HEADER ? "header" : "row",
             says->rule->id, "won", gk_view_text(x, at.start, at.end));
}

static const gk_says nothing;

/* Most texts of cells are labels that no rule knows. */
static const gk_says *kept_says(gk_extractor *x, const gk_known *k, const gk_says *says) {
    if (memcmp(says, &nothing, sizeof nothing) == 0) return &nothing;
    return memcpy(gk_arena_alloc(gk_known_parts(x, k), sizeof *says), says, sizeof *says);
}

static const gk_says *says_of(gk_extractor *x, gk_scope scope, gk_known *k, gk_range at) {
    const gk_says **answer = scope == GK_SCOPE_HEADER ? &k->header : &k->row;
    if (!*answer) {
        gk_str text = gk_known_text(x, k);
        gk_says says = ask(x, scope, text);
        bool marked = scope == GK_SCOPE_HEADER && text.len > 1 && text.ptr[text.len - 1] == ':';
        gk_says bare = marked && !says.rule ? ask(x, scope, gk_str_slice(text, 0, text.len - 1)) : nothing;
        if (bare.measure.len && gk_str_eqz(bare.mode, "bare")) says = bare; /* a measure, and nothing of the figure's own */
        *answer = kept_says(x, k, &says);
    }
    if (x->trace) tell(x, scope, at, *answer);
    return *answer;
}

const gk_says *gk_label_says_of(gk_extractor *x, gk_scope scope, gk_range at) {
    if (at.end == at.start || at.end - at.start > GK_LABEL_BYTES) return &nothing;
    return says_of(x, scope, gk_known_of(x, gk_view_text(x, at.start, at.end)), at);
}

const gk_says *gk_label_told(gk_extractor *x, gk_scope scope, gk_str text) {
    return says_of(x, scope, gk_known_of(x, text), (gk_range){0, 0});
}

const gk_says *gk_header_says(gk_extractor *x, const gk_tcell *c) {
    if (c->shape != GK_SHAPE_TEXT || c->states || c->at.end - c->at.start > GK_LABEL_BYTES) return &nothing;
    struct gk_table_state *s = x->table;
    size_t i = (size_t)(c - s->cells);
    if (i >= s->t->cell_count) return gk_label_says_of(x, GK_SCOPE_HEADER, c->at);
    if (s->header[i] && !x->trace) return s->header[i];
    gk_known *k = gk_known_of(x, gk_view_text(x, c->at.start, c->at.end));
    const gk_says *says = says_of(x, GK_SCOPE_HEADER, k, c->at);
    if (!gk_known_passes(x, k)) s->header[i] = says;
    if (k->row) s->row_role[i] = (uint8_t)(1 + k->row->role); /* at hand, and asked for soon */
    return says;
}

static gk_says moved(const gk_says *says, uint32_t by) {
    gk_says copy = *says;
    copy.name.start += by;
    copy.name.end += by;
    return copy;
}

gk_says gk_label_known(gk_extractor *x, gk_scope scope, gk_range at) {
    return moved(gk_label_says_of(x, scope, at), at.start);
}

gk_says gk_header_known(gk_extractor *x, const gk_tcell *c) { return moved(gk_header_says(x, c), c->at.start); }

gk_role gk_row_role(gk_extractor *x, const gk_tcell *c) {
    struct gk_table_state *s = x->table;
    size_t i = (size_t)(c - s->cells);
    if (!s->row_role[i] || x->trace) s->row_role[i] = (uint8_t)(1 + gk_label_says_of(x, GK_SCOPE_ROW, c->at)->role);
    return (gk_role)(s->row_role[i] - 1);
}

gk_str gk_label_measure(gk_extractor *x, gk_range item, gk_label_force *force) {
    gk_match m;
    *force = GK_LABEL_PLAIN;
    if (item.end <= item.start || !gk_label_says(x, item, &m)) return GK_STR_NONE;
    gk_str said = gk_match_value(&m, gk_view_text(x, 0, item.end), GK_KEY_MEASURE);
    gk_str mode = m.rule->constant[GK_KEY_MODE];
    if (said.len && gk_str_eqz(mode, "strong")) *force = GK_LABEL_STRONG;
    if (gk_str_eqz(mode, "weak")) *force = GK_LABEL_WEAK;
    return *force == GK_LABEL_WEAK && gk_str_eqz(said, "other") ? GK_STR_NONE : said;
}

gk_range gk_label_item(gk_extractor *x, gk_range at) {
    gk_range name = gk_label_says_of(x, GK_SCOPE_ROW, at)->name;
    if (name.end > name.start) at = (gk_range){at.start + name.start, at.start + name.end};
    gk_range trimmed = gk_subject_trim(x, at);
    return trimmed.end > trimmed.start ? trimmed : at;
}

static bool ends_opener(const gk_extractor *x, gk_str s, bool coded) {
    return gk_map_suffix(x->maps.label_marks, s, NULL) || (!coded && gk_map_suffix(x->maps.label_openers, s, NULL));
}

gk_range gk_label_head(gk_extractor *x, gk_range at, gk_range item, bool coded) {
    if (gk_map_prefix(x->maps.label_openers, gk_view_text(x, item.start, item.end), NULL)) return item; /* cut within one */
    for (uint32_t to = item.start; to > at.start; to--)
        if (ends_opener(x, gk_view_text(x, at.start, to), coded)) return (gk_range){to, item.end};
    return (gk_range){at.start, item.end};
}
