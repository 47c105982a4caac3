/* What tags, attributes and styles mean for the text of a page (HTML Living Standard, section 15, rendering). */
#include <stdlib.h>

#include "read/html.h"

typedef struct named_tag {
    const char *name;
    ht_tag_info info;
} named_tag;

/* By name. Elements that are not listed are inline: they add nothing and their text stays. */
static const named_tag tags[] = {
    {"a", {HT_A, 0}},
    {"address", {HT_OTHER, HT_BLOCK}},
    {"article", {HT_OTHER, HT_BLOCK}},
    {"aside", {HT_OTHER, HT_BLOCK | HT_ASIDE}},
    {"audio", {HT_OTHER, HT_HIDDEN}},
    {"b", {HT_BOLD, HT_STRONG}},
    {"blockquote", {HT_OTHER, HT_BLOCK}},
    {"body", {HT_BODY, HT_BLOCK}},
    {"br", {HT_BR, 0}},
    {"button", {HT_OTHER, HT_HIDDEN}},
    {"canvas", {HT_OTHER, HT_HIDDEN}},
    {"caption", {HT_CAPTION, HT_BLOCK}},
    {"center", {HT_OTHER, HT_BLOCK}},
    {"dd", {HT_OTHER, HT_BLOCK}},
    {"dir", {HT_OTHER, HT_BLOCK}},
    {"div", {HT_OTHER, HT_BLOCK}},
    {"dl", {HT_OTHER, HT_BLOCK}},
    {"dt", {HT_OTHER, HT_BLOCK}},
    {"embed", {HT_FRAME, HT_HIDDEN}},
    {"fieldset", {HT_OTHER, HT_BLOCK}},
    {"figcaption", {HT_OTHER, HT_BLOCK}},
    {"figure", {HT_OTHER, HT_BLOCK}},
    {"footer", {HT_OTHER, HT_BLOCK | HT_ASIDE}},
    {"form", {HT_OTHER, HT_BLOCK}},
    {"founder-content", {HT_OTHER, HT_BLOCK | HT_ARTICLE}},
    {"frame", {HT_FRAME, HT_HIDDEN}},
    {"frameset", {HT_OTHER, HT_HIDDEN}},
    {"h1", {HT_H1, HT_BLOCK}},
    {"h2", {HT_H2, HT_BLOCK}},
    {"h3", {HT_H3, HT_BLOCK}},
    {"h4", {HT_H4, HT_BLOCK}},
    {"h5", {HT_H5, HT_BLOCK}},
    {"h6", {HT_H6, HT_BLOCK}},
    {"header", {HT_OTHER, HT_BLOCK | HT_ASIDE}},
    {"hr", {HT_OTHER, HT_BLOCK}},
    {"iframe", {HT_FRAME, HT_HIDDEN}},
    {"input", {HT_OTHER, HT_HIDDEN}},
    {"li", {HT_LI, HT_BLOCK}},
    {"main", {HT_OTHER, HT_BLOCK}},
    {"menu", {HT_OTHER, HT_BLOCK | HT_ASIDE}},
    {"meta", {HT_META, HT_HIDDEN}},
    {"nav", {HT_OTHER, HT_BLOCK | HT_ASIDE}},
    {"noframes", {HT_OTHER, HT_HIDDEN}},
    {"noscript", {HT_OTHER, HT_HIDDEN}},
    {"object", {HT_FRAME, HT_HIDDEN}},
    {"ol", {HT_OTHER, HT_BLOCK}},
    {"option", {HT_OTHER, HT_HIDDEN}},
    {"p", {HT_P, HT_BLOCK}},
    {"pre", {HT_PRE, HT_BLOCK}},
    {"script", {HT_OTHER, HT_HIDDEN}},
    {"section", {HT_OTHER, HT_BLOCK}},
    {"select", {HT_OTHER, HT_HIDDEN}},
    {"strong", {HT_BOLD, HT_STRONG}},
    {"style", {HT_OTHER, HT_HIDDEN}},
    {"sup", {HT_SUP, 0}},
    {"svg", {HT_OTHER, HT_HIDDEN}},
    {"table", {HT_TABLE, HT_BLOCK}},
    {"tbody", {HT_OTHER, 0}},
    {"td", {HT_CELL, HT_BLOCK}},
    {"template", {HT_OTHER, HT_HIDDEN}},
    {"textarea", {HT_OTHER, HT_HIDDEN}},
    {"tfoot", {HT_OTHER, 0}},
    {"th", {HT_CELL, HT_BLOCK}},
    {"thead", {HT_OTHER, 0}},
    {"title", {HT_TITLE, HT_HIDDEN}},
    {"tr", {HT_ROW, HT_BLOCK}},
    {"ucapcontent", {HT_OTHER, HT_BLOCK | HT_ARTICLE}},
    {"ul", {HT_OTHER, HT_BLOCK}},
    {"video", {HT_OTHER, HT_HIDDEN}},
    {"xml", {HT_OTHER, HT_HIDDEN}},
};

typedef struct named_attr {
    const char *name;
    ht_attr_name attr;
} named_attr;

/* By name. Others are not kept; `property` is what some pages write for the `name` of a meta tag, `data` is the `src` of an
 * object. */
static const named_attr attrs[] = {
    {"class", HT_ATTR_CLASS}, {"colspan", HT_ATTR_COLSPAN}, {"content", HT_ATTR_CONTENT},
    {"data", HT_ATTR_SRC},
    {"href", HT_ATTR_HREF},   {"id", HT_ATTR_ID},           {"name", HT_ATTR_NAME},
    {"property", HT_ATTR_NAME}, {"rowspan", HT_ATTR_ROWSPAN}, {"src", HT_ATTR_SRC},
    {"style", HT_ATTR_STYLE},
    {"title", HT_ATTR_TITLE},
};

/* Both tables are searched by their first member, a name. */
static int by_name(const void *key, const void *entry) {
    const gk_str *name = key;
    return gk_str_cmp(*name, gk_str_of(*(const char *const *)entry));
}

ht_tag_info ht_tag_of(gk_str name) {
    const named_tag *hit = bsearch(&name, tags, sizeof tags / sizeof *tags, sizeof *tags, by_name);
    return hit ? hit->info : (ht_tag_info){HT_OTHER, 0};
}

ht_attr_name ht_attr_named(gk_str name) {
    const named_attr *hit = bsearch(&name, attrs, sizeof attrs / sizeof *attrs, sizeof *attrs, by_name);
    return hit ? hit->attr : HT_ATTR_NONE;
}

typedef struct style_rule {
    const char *property, *value;
    uint8_t flags;
} style_rule;

static const style_rule styles[] = {
    {"display", "none", HT_HIDDEN},     {"visibility", "hidden", HT_HIDDEN}, {"display", "block", HT_BLOCK},
    {"font-weight", "bold", HT_STRONG}, {"font-weight", "bolder", HT_STRONG}, {"font-weight", "600", HT_STRONG},
    {"font-weight", "700", HT_STRONG},  {"font-weight", "800", HT_STRONG},   {"font-weight", "900", HT_STRONG},
    {"mso-hide", "all", HT_HIDDEN},
};

static bool same_word(gk_str s, const char *word) {
    size_t n = strlen(word);
    if (s.len != n) return false;
    for (size_t i = 0; i < n; i++)
        if ((s.ptr[i] | ((s.ptr[i] >= 'A' && s.ptr[i] <= 'Z') << 5)) != word[i]) return false;
    return true;
}

static uint8_t declaration_flags(gk_str declaration) {
    size_t colon = gk_str_find(declaration, GK_STR(":"));
    if (colon == SIZE_MAX) return 0;
    gk_str property = gk_str_trim(gk_str_slice(declaration, 0, colon));
    gk_str value = gk_str_trim(gk_str_slice(declaration, colon + 1, declaration.len));
    size_t mark = gk_str_find(value, GK_STR("!"));
    value = gk_str_trim(gk_str_slice(value, 0, mark));
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        if (same_word(property, styles[i].property) && same_word(value, styles[i].value)) return styles[i].flags;
    return 0;
}

uint8_t ht_style_flags(gk_str style) {
    uint8_t flags = 0;
    for (size_t at = 0; at < style.len;) {
        gk_str rest = gk_str_slice(style, at, style.len);
        const char *end = memchr(rest.ptr, ';', rest.len);
        size_t n = end ? (size_t)(end - rest.ptr) : rest.len;
        flags |= declaration_flags(gk_str_slice(rest, 0, n));
        at += n + 1;
    }
    return flags;
}
