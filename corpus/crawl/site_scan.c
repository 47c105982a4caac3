/* One pass over a page: links with their texts and the dates beside them, meta tags, the title, the first visible text.
 *
 * The date of a link stands in the smallest element that holds both. Elements that make a block are kept open on a stack;
 * when one ends, a date found in it goes to its links that have none, unless it holds more links than an entry does; where
 * it holds no link the date waits in the element around it.
 *
 *     <li> <div><a href=a>T</a></div> <div>2024-02-05</div> </li>     when li ends, "a" gets the date
 *     <body> 2024年11月21日 ... thirty links ... </body>                 nobody gets it
 */
#include "corpus/crawl/site_private.h"

#include "base/eight.h"
#include "base/limits.h"

enum {
    MOST_SHARING = 4,   /* links of one entry: title, agency, attachment, share */
    MOST_DATE_TEXT = 90  /* bytes of a text in which a date is looked for: a date beside a link stands nearly alone */
};

typedef struct open_block {
    gk_str name;
    size_t first;   /* number of the first anchor in it */
    st_date date;
} open_block;

typedef struct scan {
    st_page *p;
    open_block open[ST_MAX_OPEN];
    size_t depth;
    bool in_anchor, in_title, title_done;
    gk_buf text;  /* of the open anchor, or of the title */
    gk_buf value; /* of one attribute */
    st_anchor anchor;
} scan;

typedef char tag_name[ST_NAME_BYTES];
static const tag_name blocks[] = {"li", "tr", "td",  "dd",    "dt",     "dl",     "ul",
                                  "ol", "p",  "div", "table", "record", "section"};

static bool is_one_of(const st_token *tag, const tag_name *names, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (st_named(tag, names[i])) return true;
    return false;
}

static bool is_block(const st_token *tag) { return is_one_of(tag, blocks, sizeof blocks / sizeof *blocks); }

static bool same_name(gk_str a, gk_str b) {
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++)
        if ((a.ptr[i] | 0x20) != (b.ptr[i] | 0x20)) return false;
    return true;
}

/* --- blocks and dates --- */

/* Gives a date to the links of a block that have none. False: there are none of them, or too many. */
static bool give_date(scan *s, const open_block *b, st_date date) {
    st_anchors *a = &s->p->anchors;
    size_t without = 0;
    for (size_t i = a->len; i > b->first && without <= MOST_SHARING; i--) without += a->at[i - 1].date == 0;
    if (without == 0 || without > MOST_SHARING) return false;
    for (size_t i = a->len; i > b->first && without; i--)
        if (!a->at[i - 1].date) a->at[i - 1].date = date, without--;
    return true;
}

/* A date stands in the innermost block, behind the links that it is for or before them. */
static void note_date(scan *s, st_date date) {
    if (!s->depth) return;
    open_block *b = &s->open[s->depth - 1];
    if (b->date && give_date(s, b, b->date)) b->date = 0;
    else if (!b->date && give_date(s, b, date)) return;
    if (!b->date || date % 100) b->date = date;
}

static void close_block(scan *s) {
    open_block b = s->open[--s->depth];
    if (!b.date) return;
    if (b.first < s->p->anchors.len) give_date(s, &b, b.date);
    else note_date(s, b.date);
}

static void close_named(scan *s, gk_str name) {
    enum { LOOK_BACK = 8 };
    for (size_t i = s->depth; i > 0 && s->depth - i < LOOK_BACK; i--) {
        if (!same_name(s->open[i - 1].name, name)) continue;
        while (s->depth >= i) close_block(s);
        return;
    }
}

/* End tags that may be left out: an item ends where the next one begins. */
static void close_implied(scan *s, const st_token *tag) {
    static const tag_name items[] = {"li", "tr", "td", "dd", "dt", "p"};
    if (!s->depth || !same_name(s->open[s->depth - 1].name, tag->name)) return;
    if (is_one_of(tag, items, sizeof items / sizeof *items)) close_block(s);
}

static void open_block_of(scan *s, const st_token *tag) {
    close_implied(s, tag);
    if (s->depth == ST_MAX_OPEN) { /* What is open longest holds the whole page and no entry. */
        memmove(s->open, s->open + 1, (ST_MAX_OPEN - 1) * sizeof *s->open);
        s->depth--;
    }
    s->open[s->depth++] = (open_block){tag->name, s->p->anchors.len, 0};
}

/* --- anchors --- */

static bool is_cut(gk_str text) { return gk_str_ends(text, GK_STR("…")) || gk_str_ends(text, GK_STR("...")); }

/* The title that a tag gives its link says more than a text that is cut or empty. */
static gk_str better_text(gk_str text, gk_str title) {
    if (!title.len) return text;
    if (!text.len || is_cut(text)) return title;
    return title.len > text.len && gk_str_starts(title, text) ? title : text;
}

static void end_anchor(scan *s) {
    if (!s->in_anchor) return;
    s->in_anchor = false;
    gk_str text = gk_str_trim(gk_buf_str(&s->text));
    size_t tail = st_date_tail(text);
    if (tail < text.len && tail > 0) {
        s->anchor.date = st_date_in(gk_str_slice(text, tail, text.len));
        text = gk_str_trim(gk_str_slice(text, 0, tail));
    }
    s->anchor.text = gk_arena_dup(s->p->arena, better_text(text, s->anchor.title));
    *gk_vec_push(&s->p->anchors) = s->anchor;
    open_block *b = s->depth ? &s->open[s->depth - 1] : NULL;
    if (b && b->date && !s->anchor.date && give_date(s, b, b->date)) b->date = 0;
}

/* The address in `window.open('...')`, `location.href='...'`, absent where there is none. */
static gk_str script_address(gk_str script) {
    static const char *const calls[] = {"open(", "location"};
    for (size_t i = 0; i < sizeof calls / sizeof *calls; i++) {
        size_t at = gk_str_find(script, gk_str_of(calls[i]));
        if (at == SIZE_MAX) continue;
        while (at < script.len && script.ptr[at] != '\'' && script.ptr[at] != '"') at++;
        const char *end = at < script.len ? memchr(script.ptr + at + 1, script.ptr[at], script.len - at - 1) : NULL;
        if (end) return gk_str_slice(script, at + 1, (size_t)(end - script.ptr));
    }
    return GK_STR_NONE;
}

static bool is_no_address(gk_str href) {
    return !href.len || gk_str_eqz(href, "#") || st_same(gk_str_slice(href, 0, 11), "javascript:");
}

static gk_str address_of(const st_token *tag, const char *attr, gk_arena *arena) {
    enum { MOST_SCRIPT = 1000 };
    gk_str href = st_value(st_attr(tag, attr), true, arena);
    if (!is_no_address(href)) return href;
    gk_str click = st_value(gk_str_slice(st_attr(tag, "onclick"), 0, MOST_SCRIPT), true, arena);
    gk_str found = script_address(click);
    return found.ptr ? found : script_address(gk_str_slice(href, 0, MOST_SCRIPT));
}

/* The value of an attribute as a text; `most` bytes of it, 0: all. */
static gk_str text_of(scan *s, gk_str value, size_t most) {
    if (!value.len) return GK_STR_NONE;
    gk_buf_clear(&s->value);
    s->value.max = most;
    st_put_text(&s->value, value);
    return gk_arena_dup(s->p->arena, gk_str_trim(gk_buf_str(&s->value)));
}

/* Titles are kept as texts are: one line. */
static gk_str title_of(scan *s, const st_token *tag, const char *attr) {
    return text_of(s, st_attr(tag, attr), ST_MAX_ANCHOR);
}

static void begin_anchor(scan *s, const st_token *tag, const char *attr, bool framed) {
    end_anchor(s);
    if (s->p->anchors.len >= GK_MAX_PAGE_LINKS) return;
    gk_str href = address_of(tag, attr, s->p->arena);
    if (!href.len) return;
    s->anchor = (st_anchor){.href = href, .title = title_of(s, tag, "title"), .framed = framed};
    s->anchor.next = st_same(gk_str_trim(st_attr(tag, "rel")), "next");
    s->in_anchor = true;
    gk_buf_clear(&s->text);
    s->text.max = ST_MAX_ANCHOR;
    if (framed) end_anchor(s);
}

/* --- tags --- */

static void on_anchor(scan *s, const st_token *t) { begin_anchor(s, t, "href", false); }
static void on_frame(scan *s, const st_token *t) { begin_anchor(s, t, "src", true); }

static void on_option(scan *s, const st_token *t) {
    gk_str value = st_attr(t, "value");
    end_anchor(s);
    if (value.len && memchr(value.ptr, '.', value.len)) begin_anchor(s, t, "value", false);
}

static void on_image(scan *s, const st_token *t) {
    if (s->in_anchor && !s->anchor.title.len) s->anchor.title = title_of(s, t, "alt");
}

static void on_base(scan *s, const st_token *t) {
    if (!s->p->base_href.len) s->p->base_href = st_value(st_attr(t, "href"), true, s->p->arena);
}

static void on_input(scan *s, const st_token *t) {
    if (st_same(gk_str_trim(st_attr(t, "type")), "password")) s->p->password = true;
}

/* <meta http-equiv="refresh" content="0; url=/zwgk/index.html"> */
static void note_refresh(scan *s, gk_str content) {
    size_t at = st_find(content, "url=");
    if (at == SIZE_MAX || s->p->refresh.len) return;
    gk_str url = gk_str_trim(gk_str_slice(content, at + 4, content.len));
    if (url.len >= 2 && (url.ptr[0] == '\'' || url.ptr[0] == '"')) url = gk_str_slice(url, 1, url.len - 1);
    s->p->refresh = url;
}

static void on_meta(scan *s, const st_token *t) {
    enum { MOST_METAS = 200, MOST_CONTENT = 2000 };
    gk_str name = gk_str_trim(st_attr(t, "name"));
    if (!name.len) name = gk_str_trim(st_attr(t, "property"));
    gk_str content = gk_str_slice(st_attr(t, "content"), 0, MOST_CONTENT);
    gk_str value = text_of(s, content, 0);
    if (st_same(gk_str_trim(st_attr(t, "http-equiv")), "refresh")) note_refresh(s, value);
    if (!name.len || !value.len || s->p->metas.len >= MOST_METAS) return;
    *gk_vec_push(&s->p->metas) = (st_meta){gk_arena_dup(s->p->arena, name), value};
}

static void on_title(scan *s, const st_token *t) {
    (void)t;
    end_anchor(s);
    if (s->title_done) return;
    s->in_title = true;
    gk_buf_clear(&s->text);
    s->text.max = ST_MAX_ANCHOR;
}

static const struct handler {
    tag_name name;
    void (*open)(scan *s, const st_token *t);
} handlers[] = {
    {"a", on_anchor},    {"area", on_anchor}, {"iframe", on_frame}, {"frame", on_frame}, {"option", on_option},
    {"img", on_image},   {"base", on_base},   {"input", on_input},  {"meta", on_meta},   {"title", on_title},
    {"embed", on_frame},
};

static void on_open(scan *s, const st_token *t) {
    if (is_block(t)) {
        open_block_of(s, t);
        if (s->in_anchor) gk_buf_putc(&s->text, ' ');
        return;
    }
    for (size_t i = 0; i < sizeof handlers / sizeof *handlers; i++)
        if (st_named(t, handlers[i].name)) {
            handlers[i].open(s, t);
            return;
        }
}

static void on_close(scan *s, const st_token *t) {
    static const tag_name anchors[] = {"a", "option", "select"}, title[] = {"title"};
    if (is_block(t)) close_named(s, t->name);
    else if (is_one_of(t, anchors, sizeof anchors / sizeof *anchors)) end_anchor(s);
    else if (s->in_title && st_named(t, title[0])) {
        s->in_title = false;
        s->title_done = true;
        s->p->title = gk_arena_dup(s->p->arena, gk_str_trim(gk_buf_str(&s->text)));
    }
}

/* Bytes above the blank, eight at a time: in each the high bit is set by itself, or by the carry of its low seven. */
static size_t bytes_above_blank(gk_str text) {
    size_t n = 0, i = 0;
    for (; i + 8 <= text.len; i += 8) {
        uint64_t eight = gk_eight_at(text.ptr + i);
        uint64_t above = (((eight & ~GK_EIGHT_HIGH) + GK_EIGHT_ONES * (0x80 - ' ' - 1)) | eight) & GK_EIGHT_HIGH;
        n += ((above >> 7) * GK_EIGHT_ONES) >> 56;
    }
    for (; i < text.len; i++) n += (unsigned char)text.ptr[i] > ' ';
    return n;
}

static void count_visible(st_page *p, gk_str text) {
    if (p->visible_bytes < ST_MAX_SHOWN) *gk_vec_push(&p->shown) = text;
    p->visible_bytes += bytes_above_blank(text);
}

static void on_text(scan *s, gk_str text) {
    if (s->in_anchor || s->in_title) st_put_text(&s->text, gk_str_slice(text, 0, 2 * ST_MAX_ANCHOR));
    if (s->in_title) return;
    if (!gk_str_trim(text).len) return;
    count_visible(s->p, text);
    if (s->in_anchor) return;
    text = gk_str_trim(text);
    st_date date = text.len <= MOST_DATE_TEXT ? st_date_in(text) : 0;
    if (date) note_date(s, date);
}

/* A page that is nothing but a script that goes elsewhere. */
static void note_move(st_page *p, gk_str script) {
    enum { MOST_PAGE = 8192, MOST_VISIBLE = 40 };
    bool bare = p->text.len <= MOST_PAGE && p->visible_bytes <= MOST_VISIBLE && !p->anchors.len && !p->refresh.len;
    if (!bare || gk_str_find(script, GK_STR("location")) == SIZE_MAX) return;
    p->refresh = st_value(script_address(script), true, p->arena);
}

void st_scan(st_page *p, gk_str markup) {
    scan s = {.p = p};
    st_reader r = {.page = markup};
    st_token t;
    gk_str script = GK_STR_NONE; /* the first */
    while (st_next(&r, &t) != ST_END) {
        if (t.kind == ST_OPEN) on_open(&s, &t);
        else if (t.kind == ST_CLOSE) on_close(&s, &t);
        else if (t.kind == ST_TEXT) on_text(&s, t.text);
        else if (!script.len) script = t.text;
    }
    end_anchor(&s);
    note_move(p, script);
    while (s.depth) close_block(&s);
    gk_buf_free(&s.text);
    gk_buf_free(&s.value);
}
