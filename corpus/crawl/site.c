/* One page, from its bytes to links and an outcome. */
#include "corpus/crawl/site.h"

#include <stdlib.h>

#include "corpus/crawl/site_private.h"
#include "text/charset.h"

const char *gk_link_kind_name(gk_link_kind kind) {
    static const char *const names[] = {"entry", "list", "page", "article", "attachment", "other"};
    return (unsigned)kind < sizeof names / sizeof *names ? names[kind] : "";
}

gk_link_kind gk_link_kind_named(gk_str name) {
    int kind = GK_LINK_ENTRY;
    while (kind < GK_LINK_OTHER && !gk_str_eqz(name, gk_link_kind_name((gk_link_kind)kind))) kind++;
    return (gk_link_kind)kind;
}

/* --- which profile --- */

static void note_literals(st_page *p, size_t at) {
    const gk_trie *trie = &p->sites->literals;
    for (gk_trie_walk w = gk_trie_walk_at(trie, p->look, at); gk_trie_step(&w);) {
        gk_trie_output out = trie->output[w.output];
        for (uint32_t i = 0; i < out.count; i++) p->found[trie->value[out.first + i]] = 1;
    }
}

/* Whether a literal may start at one of seven bytes, of which nine can be read. */
static bool any_second(const unsigned char *seconds, const unsigned char *at) {
    uint64_t e;
    memcpy(&e, at + 1, sizeof e);
    return seconds[e & 4095] | seconds[e >> 8 & 4095] | seconds[e >> 16 & 4095] | seconds[e >> 24 & 4095] |
           seconds[e >> 32 & 4095] | seconds[e >> 40 & 4095] | seconds[e >> 48 & 4095];
}

static inline bool is_head(const gk_sites *sites, const unsigned char *at) {
    if (!sites->seconds[st_second_hash(at)]) return false;
    uint32_t hash = st_head_hash(at);
    return (sites->heads[hash >> 6] >> (hash & 63) & 1) && (*at & 0xC0) != 0x80;
}

/* The first place from `at` on where a literal may start, `end` for none: hardly any place of a page has the second and third
 * byte of one, let alone all three. Each byte is looked at, which no load has to wait for; literals start where characters
 * do. A function of its own, so that the loop keeps to registers. */
__attribute__((noinline)) static const unsigned char *next_head(const gk_sites *sites, const unsigned char *at,
                                                               const unsigned char *end) {
    const unsigned char *last = end - 2;
    for (const unsigned char *stop; at < last;) {
        bool many = last - at > 7;
        if (many && !any_second(sites->seconds, at)) {
            at += 7;
            continue;
        }
        for (stop = many ? at + 7 : last; at < stop; at++)
            if (is_head(sites, at)) return at;
    }
    return end;
}

void st_find_literals(st_page *p) {
    const unsigned char *s = (const unsigned char *)p->look.ptr, *at = s, *end = s + p->look.len;
    if (!p->found) p->found = gk_arena_zero(p->arena, p->sites->literal_count + 1);
    if (p->look.len < 3) return;
    for (; (at = next_head(p->sites, at, end)) < end; at++) note_literals(p, (size_t)(at - s));
}

static bool matches_url(const st_regexes *list, gk_str address) {
    for (size_t i = 0; i < list->len; i++)
        if (gk_regex_find(list->at[i], address, 0, NULL)) return true;
    return false;
}

static bool is_known_by(const st_page *p, const st_profile *f) {
    if (f->always || (f->when_json.len > 0) != p->json) return false;
    if (f->when_text.len && !st_needs_met(p, &f->when_text)) return false;
    if (f->when_url.len && !matches_url(&f->when_url, st_address(&p->url))) return false;
    return !f->when_json.len || st_json_has(p->text, f->when_json);
}

static void choose_profile(st_page *p) {
    for (size_t i = 0; i < p->sites->profiles; i++) {
        const st_profile *f = &p->sites->profile[i];
        if (f->always && !p->generic) p->generic = f;
        if (!p->profile && is_known_by(p, f)) p->profile = f;
    }
    if (!p->profile) p->profile = p->generic;
    if (p->profile) p->out->profile = p->profile->id;
}

/* --- meta tags --- */

static bool same_letters(gk_str a, gk_str b) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        char x = a.ptr[i], y = b.ptr[i];
        if (x != y && ((x | 0x20) != (y | 0x20) || (x | 0x20) < 'a' || (x | 0x20) > 'z')) return false;
    }
    return true;
}

/* The first of the names that the page has with a content. */
static gk_str meta_of(const st_page *p, const st_words *names) {
    for (size_t i = 0; i < names->len; i++)
        for (size_t k = 0; k < p->metas.len; k++)
            if (same_letters(p->metas.at[k].name, names->at[i])) return p->metas.at[k].content;
    return GK_STR_NONE;
}

static gk_str meta(const st_page *p, size_t offset) {
    const st_profile *const profiles[] = {p->profile, p->generic};
    gk_str found = GK_STR_NONE;
    for (size_t i = 0; i < 2 && !found.len; i++)
        if (profiles[i]) found = meta_of(p, (const st_words *)(const void *)((const char *)&profiles[i]->metas + offset));
    return found;
}

static void read_metas(st_page *p) {
    p->out->title = meta(p, offsetof(st_metas, title));
    p->out->site_name = meta(p, offsetof(st_metas, site_name));
    p->out->site_code = meta(p, offsetof(st_metas, site_code));
    p->out->published = meta(p, offsetof(st_metas, published));
    p->out->column = meta(p, offsetof(st_metas, column));
    for (size_t i = 0; i < p->metas.len; i++)
        if (same_letters(p->metas.at[i].name, GK_STR("robots")))
            p->out->robots |= gk_robots_words(p->metas.at[i].content, GK_STR("gongkai"));
}

/* --- kind and topic of the page itself --- */

static bool needs_met(const st_page *p, size_t offset) {
    const st_profile *const profiles[] = {p->profile, p->generic};
    for (size_t i = 0; i < 2; i++)
        if (profiles[i] && st_needs_met(p, (const st_needs *)(const void *)((const char *)profiles[i] + offset))) return true;
    return false;
}

/* A notice has an address of that form, a title of its own in its meta tags, or the mark of an article's body, and is not
 * asked for as a list; or it was asked for as one and does not look like a list. */
static void judge_kind(st_page *p) {
    enum { DATED_LIST = 5 }; /* titles with dates: more of them are no list of related articles */
    int kind = st_kind_of(p, st_address(&p->url));
    bool titled = p->out->title.len > 0, marked = needs_met(p, offsetof(st_profile, article));
    p->paged = needs_met(p, offsetof(st_profile, list));
    bool listed = p->paged || kind == GK_LINK_LIST || p->visit->kind == GK_LINK_PAGE;
    bool asked = p->visit->kind == GK_LINK_ARTICLE && p->dated < DATED_LIST;
    p->article = !p->json && (kind == GK_LINK_ARTICLE || (!listed && (titled || marked || asked)));
    if (!p->out->title.len) p->out->title = p->title;
}

static int most(int a, int b) { return a > b ? a : b; }

static void weigh_page(st_page *p) {
    const gk_sites *s = p->sites;
    p->context = most(st_topic_text(s, p->visit->text), st_topic_text(s, p->out->title));
    p->context = most(p->context, st_topic_text(s, p->out->column));
    p->context = most(p->context, st_topic_path(s, p->words));
    if (p->context < 0) p->context = 0;
}

static gk_link_kind final_kind(const st_page *p) {
    bool leads = p->context > 0 && p->out->link_count > (p->refresh.len > 0);
    if (p->article) return GK_LINK_ARTICLE;
    return p->paged || p->out->entries > 0 || leads ? GK_LINK_LIST : GK_LINK_OTHER;
}

/* --- the way of a page --- */

static void refuse(st_page *p, gk_outcome outcome, const char *why) {
    p->out->outcome = outcome;
    p->out->why = gk_arena_dup(p->arena, gk_str_of(why));
}

static void take_file(st_page *p) {
    p->out->kind = GK_LINK_ATTACHMENT;
    p->out->name = st_name_of_header(p->visit->disposition, p->arena);
    if (!p->out->name.len) p->out->name = st_file_name(p, &p->url, p->visit->text);
}

static bool decode(st_page *p) {
    gk_decoded decoded;
    gk_err err = {0};
    gk_code code = gk_decode(p->body, p->arena, &decoded, &err);
    if (code != GK_OK) {
        refuse(p, code == GK_E_LIMIT ? GK_OUTCOME_TOO_LARGE : GK_OUTCOME_BAD_ENCODING, err.message);
        return false;
    }
    p->text = decoded.text;
    p->look = gk_str_slice(p->text, 0, ST_MAX_LOOK);
    while (p->look.len < p->text.len && p->look.len && ((unsigned char)p->text.ptr[p->look.len] & 0xC0) == 0x80) p->look.len--;
    return true;
}

static void set_base(st_page *p) {
    gk_url base;
    p->base = p->url;
    if (p->base_href.len && gk_url_read(p->base_href, &p->url, p->arena, &base, NULL) == GK_OK) p->base = base;
}

static void read_links(st_page *p) {
    st_add_links(p);
    st_add_pages(p);
    size_t kept = 0;
    for (size_t i = 0; i < p->links.len; i++)
        if (p->sites->show_all || p->links.at[i].kind != GK_LINK_OTHER) p->links.at[kept++] = p->links.at[i];
    gk_site_link *links = gk_arena_alloc(p->arena, (kept + 1) * sizeof *links);
    if (kept) memcpy(links, p->links.at, kept * sizeof *links);
    p->out->links = links;
    p->out->link_count = kept;
}

static void read_text(st_page *p) {
    if (!decode(p)) return;
    p->json = gk_str_eqz(p->out->media_type, "application/json");
    st_find_literals(p);
    choose_profile(p);
    if (!p->json) st_scan(p, p->text);
    else if (p->profile) p->json = st_json_read(p, &p->profile->json);
    st_find_anchors(p);
    set_base(p);
    read_metas(p);
    st_judge(p);
    if (p->out->outcome != GK_OUTCOME_OK) return;
    st_count_dated(p);
    judge_kind(p);
    weigh_page(p);
    read_links(p);
    p->out->kind = final_kind(p);
    if (p->out->kind == GK_LINK_LIST && !p->out->entries && !p->out->link_count)
        refuse(p, GK_OUTCOME_EMPTY_LIST, "a list without entries");
}

/* A page that came where a file was asked for, unless it is a file that is written as a page (tables of an office program),
 * or a text. */
static void judge_file(st_page *p) {
    if (p->visit->kind != GK_LINK_ATTACHMENT || p->out->outcome != GK_OUTCOME_OK) return;
    bool text = gk_str_eqz(p->out->media_type, "text/plain") || gk_str_eqz(p->out->media_type, "text/xml");
    if (text || needs_met(p, offsetof(st_profile, saved))) {
        take_file(p);
        return;
    }
    p->out->link_count = 0;
    p->out->kind = GK_LINK_OTHER;
    refuse(p, GK_OUTCOME_SOFT_404, "a page in place of a file");
}

static void free_page(st_page *p) {
    gk_vec_free(&p->anchors);
    gk_vec_free(&p->metas);
    gk_vec_free(&p->links);
    gk_vec_free(&p->shown);
    gk_buf_free(&p->visible);
    free(p->seen);
}

void gk_sites_read(gk_sites *s, const gk_site_visit *visit, gk_str body, gk_arena *arena, gk_site_page *out) {
    st_page p = {.sites = s, .visit = visit, .arena = arena, .out = out, .body = body};
    bool file = false;
    *out = (gk_site_page){.kind = GK_LINK_OTHER, .outcome = GK_OUTCOME_OK};
    out->media_type = gk_str_of(st_media_type(body, &file));
    if (!gk_url_split(visit->url, GK_STR_NONE, &p.url) && gk_url_read(visit->url, NULL, arena, &p.url, NULL) != GK_OK) {
        refuse(&p, GK_OUTCOME_BAD_ENCODING, "the address of the page cannot be read");
    } else if (!body.len) {
        refuse(&p, GK_OUTCOME_SOFT_404, "an empty answer");
    } else if (file) {
        choose_profile(&p);
        take_file(&p);
    } else {
        p.words = gk_url_words(&p.url, arena);
        read_text(&p);
        judge_file(&p);
    }
    free_page(&p);
}
