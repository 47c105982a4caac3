/* Compiling a rule's pattern with PCRE2, at load or on first use. */
#include "pattern/packed.h"
#include "pattern/private.h"

#include <stdlib.h>

/* Folded text is matched by code points without Unicode properties: `\d` is 0-9 and nothing else, and costs less. Groups
 * may share a name, so that alternatives can tell the same key. `\C` could cut a character. */
enum {
    COMMON = PCRE2_UTF | PCRE2_NO_UTF_CHECK | PCRE2_DOTALL | PCRE2_EXTENDED | PCRE2_DUPNAMES |
             PCRE2_NEVER_BACKSLASH_C | PCRE2_NEVER_UCP,
    AT_PLACE = COMMON | PCRE2_ANCHORED | PCRE2_NO_START_OPTIMIZE
};

static const uint32_t mode_options[] = {
    [GK_MODE_NUMBER] = AT_PLACE,
    [GK_MODE_TRIGGER] = AT_PLACE | PCRE2_ENDANCHORED,
    [GK_MODE_START] = AT_PLACE,
    [GK_MODE_FIND] = COMMON | PCRE2_USE_OFFSET_LIMIT,
    [GK_MODE_WHOLE] = AT_PLACE | PCRE2_ENDANCHORED,
};

pcre2_code *gk_rule_compile_traced(const gk_rule *rule) {
    uint32_t options = mode_options[gk_scope_table[rule->scope].mode] | PCRE2_AUTO_CALLOUT | PCRE2_NO_START_OPTIMIZE;
    int error;
    PCRE2_SIZE at;
    return pcre2_compile((PCRE2_SPTR)rule->expanded.ptr, rule->expanded.len, options, &error, &at, NULL);
}

bool gk_fragment_whole(gk_str fragment, int *error, size_t *offset) {
    PCRE2_SIZE at = 0;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)fragment.ptr, fragment.len, COMMON, error, &at, NULL);
    *offset = at < fragment.len ? at : fragment.len;
    pcre2_code_free(code);
    return code != NULL;
}

/* The byte behind a class `[...]`; one that holds another `[` is not read to its end: nothing is said of the rest. */
static size_t class_end(gk_str p, size_t at) {
    size_t i = at + 1;
    if (i < p.len && p.ptr[i] == '^') i++;
    for (i++; i < p.len && p.ptr[i] != ']'; i++) {
        if (p.ptr[i] == '[') return p.len + 1;
        if (p.ptr[i] == '\\') i++;
    }
    return i + 1;
}

/* Whether a `|` may stand outside all brackets. */
static bool has_ways(gk_str p) {
    int depth = 0;
    size_t i = 0;
    while (i < p.len) {
        char c = p.ptr[i];
        if (c == '|' && depth == 0) return true;
        depth += (c == '(') - (c == ')');
        i = c == '[' ? class_end(p, i) : i + 1 + (c == '\\');
    }
    return i > p.len;
}

static bool is_letter(char c) { return (c >= 'a' && c <= 'z') || c == ':'; }
static bool is_blank(char c) { return c == ' ' || c == '\n'; }

gk_str gk_pattern_head(gk_str pattern, gk_mode mode) {
    const gk_str anchor = GK_STR("\\A ");
    size_t from = mode == GK_MODE_FIND ? anchor.len : 0, to = from, next;
    if (from && !gk_str_starts(pattern, anchor)) return GK_STR_NONE;
    while (to < pattern.len && is_letter(pattern.ptr[to])) to++;
    for (next = to; next < pattern.len && is_blank(pattern.ptr[next]);) next++;
    bool once = next == pattern.len || !strchr("?*+{", pattern.ptr[next]); /* its last letter comes once */
    return to > from && once && !has_ways(pattern) ? gk_str_slice(pattern, from, to) : GK_STR_NONE;
}

/* Where a group of this name opens, for the caret. */
static size_t group_offset(gk_str pattern, gk_str name) {
    static const char *const opens[] = {"(?<", "(?P<", "(?'"};
    for (size_t i = 0; i < sizeof opens / sizeof *opens; i++) {
        gk_str open = gk_str_of(opens[i]);
        for (size_t at = 0, hit; at < pattern.len; at += hit + open.len) {
            gk_str rest = gk_str_slice(pattern, at, pattern.len);
            hit = gk_str_find(rest, open);
            if (hit == SIZE_MAX) break;
            if (gk_str_starts(gk_str_slice(rest, hit + open.len, rest.len), name)) return at + hit + open.len;
        }
    }
    return 0;
}

static void add_group(gk_rule *rule, gk_rule_more *more, gk_key key, uint32_t number) {
    uint8_t *first = &rule->group_of[key];
    if (*first == 0) *first = (uint8_t)number;
    else more->alias[more->aliases++] = (gk_alias){(uint8_t)number, *first};
}

/* Reads PCRE2's table of names: entries of a number in two bytes and a name that ends in NUL (pcre2api, PCRE2_INFO_
 * NAMETABLE). The same name under several numbers is listed under each. */
static int read_groups(gk_rule *rule, gk_rule_more *more, const pcre2_code *code, gk_str *name) {
    uint32_t groups = 0, names = 0, size = 0;
    more->aliases = 0;
    memset(rule->group_of, 0, sizeof rule->group_of);
    PCRE2_SPTR table = NULL;
    pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &groups);
    pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &names);
    pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &size);
    pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &table);
    if (groups > GK_MAX_GROUPS) return GK_BAD_GROUP_COUNT;
    rule->groups = (uint8_t)groups;
    for (uint32_t i = 0; i < names; i++, table += size) {
        *name = gk_str_of((const char *)table + 2);
        gk_key key = gk_key_of(*name);
        if (key == GK_KEY_COUNT) return GK_BAD_GROUP;
        add_group(rule, more, key, (uint32_t)table[0] << 8 | table[1]);
    }
    return 0;
}

/* The name as it stands in the pattern: PCRE2's copy goes with the code. */
static gk_str name_in_pattern(gk_str pattern, gk_str name, size_t offset) {
    gk_str rest = gk_str_slice(pattern, offset, pattern.len);
    return gk_str_starts(rest, name) ? gk_str_slice(rest, 0, name.len) : GK_STR_NONE;
}

static pcre2_code *compile(const gk_rule *rule, int *error, size_t *offset) {
    gk_str text = rule->expanded;
    uint32_t options = mode_options[gk_scope_table[rule->scope].mode];
    PCRE2_SIZE at = 0;
    pcre2_code *code = pcre2_compile((PCRE2_SPTR)text.ptr, text.len, options, error, &at, NULL);
    *offset = at < text.len ? at : text.len;
    if (!code && *error == PCRE2_ERROR_HEAP_FAILED) gk_oom(text.len);
    return code;
}

pcre2_code *gk_rule_compile(gk_rule *rule, gk_rule_more *more, int *error, size_t *offset, gk_str *group) {
    *group = GK_STR_NONE;
    pcre2_code *code = compile(rule, error, offset);
    if (!code) return NULL;
    *error = read_groups(rule, more, code, group);
    if (*error == 0) return code;
    *offset = *error == GK_BAD_GROUP_COUNT ? 0 : group_offset(rule->expanded, *group);
    *group = name_in_pattern(rule->expanded, *group, *offset);
    pcre2_code_free(code);
    return NULL;
}

const pcre2_code *gk_set_code(const gk_set *set, uint32_t order) {
    gk_set *own = (gk_set *)set; /* under its lock */
    pthread_mutex_lock(&own->lock);
    if (own->is_packed) gk_set_unpack(own, gk_builtin_code);
    own->is_packed = false;
    int error;
    size_t offset;
    if (!own->code[order]) own->code[order] = compile(&own->rule[order], &error, &offset);
    pcre2_code *code = own->code[order];
    pthread_mutex_unlock(&own->lock);
    return code;
}
