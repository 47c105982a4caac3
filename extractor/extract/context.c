/* Context: what holds at a point of the document, read from headings and notes as they pass. */
#include <stdio.h>

#include "extract/engine.h"

enum { MATCHES = 32 };

static int number_of(gk_str s) {
    int v = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9' || v > 100000) return 0;
        v = v * 10 + (s.ptr[i] - '0');
    }
    return v;
}

static bool plausible_year(int y) { return y >= 1949 && y <= 2100; }

/* The figures a word begins with: "2023" of "2023年". */
static gk_str leading_digits(gk_str s) {
    size_t n = 0;
    while (n < s.len && s.ptr[n] >= '0' && s.ptr[n] <= '9') n++;
    return gk_str_slice(s, 0, n);
}

/* A year whose digits are Chinese numerals: "二〇二五年"; 0: none. */
static int han_year(gk_str s) {
    static const char *const digits[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "○", "零", "O", "0"};
    int year = 0;
    for (int place = 0; place < 4; place++) {
        size_t d = 0, count = sizeof digits / sizeof *digits;
        while (d < count && !gk_str_starts(s, gk_str_of(digits[d]))) d++;
        if (d == count) return 0;
        year = 10 * year + (d < 10 ? (int)d : 0);
        s = gk_str_slice(s, strlen(digits[d]), s.len);
    }
    return year;
}

int gk_context_year_from(gk_extractor *x, gk_str word, int now) {
    gk_str digits = leading_digits(word);
    int y = digits.len ? number_of(digits) : han_year(word);
    if (plausible_year(y)) return y;
    const gk_map *map = x->maps.years;
    gk_str shift = map ? gk_map_get(map, word) : GK_STR_NONE;
    if (!shift.ptr || gk_str_eqz(shift, "none")) return 0;
    if (plausible_year(number_of(shift))) return number_of(shift);
    if (!now) return 0;
    bool back = gk_str_starts(shift, GK_STR("-"));
    return now + (back ? -number_of(gk_str_slice(shift, 1, shift.len)) : number_of(shift));
}

int gk_context_year(gk_extractor *x, gk_str word) { return gk_context_year_from(x, word, x->now.year); }

static gk_str keep(gk_extractor *x, gk_str s) {
    return gk_arena_dup(&x->out->arena, s);
}

/* The plain measure that goes with a kind of report (map `report-measures`). */
gk_str gk_context_measure(const gk_extractor *x, gk_str report) {
    const gk_map *map = x->maps.report_measures;
    return map ? gk_map_get(map, report) : GK_STR_NONE;
}

/* ---- sections */

static void section_facts(gk_extractor *x) {
    x->now.year = 0;
    x->now.measure = x->now.counts = GK_STR_NONE;
    for (size_t i = 0; i < x->depth; i++) {
        const gk_outline_level *l = &x->outline[i];
        if (l->year) x->now.year = l->year;
        if (l->measure.len) x->now.measure = l->measure;
        if (l->counts.len) x->now.counts = l->counts;
    }
}

void gk_context_path(gk_extractor *x) {
    gk_str part[2 * GK_OUTLINE_LEVELS];
    size_t parts = 0;
    x->now.silent = false;
    section_facts(x);
    for (size_t i = 0; i < x->depth; i++) {
        const gk_outline_level *l = &x->outline[i];
        if (l->silent) x->now.silent = true, x->now.silent_class = l->silent_class;
        if (!l->name.len || i == 0) continue;
        if (parts) part[parts++] = GK_STR("\x1f");
        part[parts++] = l->name;
    }
    x->now.section = gk_arena_join(&x->out->arena, part, parts);
}

/* "The goals of 2032" and those set for a project are counts that are targets; what is to be done for the former, in the next
 * section of its level, is of that year as well and as planned. */
static void plan_facts(gk_extractor *x, gk_str role, const gk_outline_level *before, gk_outline_level *level) {
    int own = x->outline[0].year;
    if (gk_str_eqz(role, "aims") || (gk_str_eqz(role, "goals") && own && level->year > own)) level->counts = GK_STR("target");
    if (!gk_str_eqz(role, "tasks") || !own || before->year <= own || level->year) return;
    level->year = before->year;
    level->measure = before->measure;
    level->counts = before->counts;
}

/* Year and measure that a heading sets for what stands below it, by the `fact` rules with mode `section`. A rule without a
 * measure speaks where the heading names a year after the document's own: what stands below is planned. One with the role
 * `earlier` speaks where it names one before it. A rule without a group for the year leaves the year as it is. `before`: the
 * section of the same level that ends here. */
static void heading_facts(gk_extractor *x, gk_range at, const gk_outline_level *before, gk_outline_level *level) {
    gk_match m[MATCHES];
    gk_str v = gk_view_text(x, 0, at.end);
    size_t n = gk_find_all(x, GK_SCOPE_FACT, at, m, MATCHES);
    for (size_t i = 0; i < n; i++) {
        if (!gk_str_eqz(gk_match_value(&m[i], v, GK_KEY_MODE), "section")) continue;
        int year = number_of(gk_match_value(&m[i], v, GK_KEY_YEAR)), own = x->outline[0].year;
        gk_str measure = gk_match_value(&m[i], v, GK_KEY_MEASURE);
        if (!gk_speaks_in_report(x, &m[i])) continue;
        if (!year && measure.len && !level->measure.len) level->measure = measure; /* the year is that of the heading above */
        bool later = own && year > own, plans = gk_str_eqz(gk_match_value(&m[i], v, GK_KEY_ROLE), "plans");
        bool earlier = gk_str_eqz(gk_match_value(&m[i], v, GK_KEY_ROLE), "earlier");
        if (earlier && year >= own) continue;
        if (!m[i].rule->group_of[GK_KEY_YEAR] && measure.len) {
            if (!level->measure.len) level->measure = measure;
            continue;
        }
        if (!plausible_year(year) || (!measure.len && !later)) continue;
        level->year = year;
        /* What an execution report says of the plans for its own year has been carried out since. */
        if (plans && !later && gk_str_eqz(x->now.report, "budget_report")) continue;
        level->measure = measure.len ? measure : gk_context_measure(x, GK_STR("budget"));
    }
    for (size_t i = 0; i < n; i++) plan_facts(x, gk_match_value(&m[i], v, GK_KEY_ROLE), before, level);
}

static void open_section(gk_extractor *x, size_t level, gk_range name, const gk_match *m, gk_str v) {
    if (level < 1) level = 1;
    if (level >= GK_OUTLINE_LEVELS) level = GK_OUTLINE_LEVELS - 1;
    for (size_t i = x->depth; i < level; i++) x->outline[i] = (gk_outline_level){0};
    gk_outline_level *l = &x->outline[level], before = level < x->depth ? *l : (gk_outline_level){0};
    *l = (gk_outline_level){.name = gk_printed(x, name), .at = name};
    gk_str class = m ? gk_match_value(m, v, GK_KEY_CLASS) : GK_STR_NONE;
    if (class.len) l->silent = true, l->silent_class = class;
    heading_facts(x, name, &before, l);
    x->depth = level + 1;
    gk_context_path(x);
    x->now.heading = l->name;
    x->now.heading_at = name;
    x->now.told_at = (gk_range){0, 0};
    x->now.list = (gk_announced){0};
    x->now.heading_near = true;
    x->now.topic_at = gk_subject_topic(x, name, NULL, NULL);
    x->now.caption = GK_STR_NONE;
    gk_goal_heading(x, name);
}

/* ---- notes */

static void read_unit(gk_extractor *x, gk_str unit) {
    const gk_map *map = x->maps.money_units;
    gk_str power = map ? gk_map_get(map, unit) : GK_STR_NONE;
    if (power.ptr) x->now.unit = number_of(power);
}

enum { CAPTION_BYTES = 400 };

typedef enum gk_caption_part { GK_CAPTION_NAME = 1, GK_CAPTION_FORM = 2 } gk_caption_part;

/* What stands above a table collects: one name and one form number. A second name or number belongs to the next table (a
 * list of tables runs like that). When it is more than a caption can be, it was none, and the new part stands alone. */
static void add_caption(gk_extractor *x, gk_str part, gk_caption_part what) {
    if (!part.len || gk_str_find(x->now.caption, part) != SIZE_MAX) return;
    bool twice = x->now.caption_parts & (unsigned)what, numbered = x->now.caption_parts & GK_CAPTION_FORM;
    if (x->now.caption.len > CAPTION_BYTES || twice) {
        bool ahead = what == GK_CAPTION_NAME && numbered && gk_str_ends(x->now.caption, x->now.form);
        x->now.caption = ahead ? x->now.form : GK_STR_NONE; /* the number behind a name that was none is that of this one */
        x->now.caption_parts = ahead ? GK_CAPTION_FORM : 0;
    }
    if (!x->now.caption.len) x->now.caption_parts = 0;
    x->now.caption_parts |= (unsigned)what;
    if (what == GK_CAPTION_FORM) x->now.form = keep(x, part);
    x->now.caption = x->now.caption.len
                         ? GK_JOIN(&x->out->arena, x->now.caption, GK_STR(" "), part)
                         : keep(x, part);
}

void gk_context_text_passed(gk_extractor *x) {
    x->now.heading_near = false;
    if (x->now.caption_near) x->now.caption = GK_STR_NONE;
    x->now.caption_near = false;
    x->now.noted_year = 0;
}

bool gk_context_caption_page(gk_extractor *x, gk_range at) {
    if (at.end - at.start > GK_NOTE_BYTES || at.end == at.start) return false;
    gk_match m[MATCHES];
    if (x->now.caption.len && x->now.caption_parts & GK_CAPTION_NAME && x->now.caption_at > at.start) return false;
    gk_str form = x->now.caption.len && x->now.caption_parts & GK_CAPTION_FORM ? x->now.form : GK_STR_NONE;
    size_t n = gk_find_all(x, GK_SCOPE_BLOCK, at, m, MATCHES);
    for (size_t i = 0; i < n; i++) {
        gk_range name = gk_match_range(&m[i], GK_KEY_CAPTION);
        if (name.end <= name.start) continue;
        x->now.caption = GK_STR_NONE;
        add_caption(x, gk_printed(x, name), GK_CAPTION_NAME);
        add_caption(x, form, GK_CAPTION_FORM);
        return true;
    }
    return false;
}

void gk_context_caption_above(gk_extractor *x) {
    if (x->now.caption.len || !x->now.heading_near) return;
    x->now.caption = x->now.heading;
    x->now.caption_parts = GK_CAPTION_NAME;
}

void gk_context_caption_used(gk_extractor *x) {
    x->now.heading_near = x->now.caption_near = false;
    x->now.noted_year = 0;
    x->now.caption = GK_STR_NONE;
    section_facts(x);
}

/* The figures of a year after the document's own are planned. */
gk_str gk_context_caption(gk_extractor *x) {
    gk_str printed = x->now.caption;
    gk_view view;
    if (!printed.len || printed.ptr == x->now.folded_of.ptr) return printed.len ? x->now.folded : printed;
    gk_view_init(&view, printed);
    gk_view_append(&view, gk_set_fold(x->set), &(gk_span){0, (uint32_t)printed.len}, 1);
    x->now.folded = keep(x, gk_buf_str(&view.text));
    x->now.folded_of = printed;
    gk_view_free(&view);
    return x->now.folded;
}

void gk_context_caption_facts(gk_extractor *x) {
    gk_match m[MATCHES];
    gk_str v = gk_context_caption(x), measure = GK_STR_NONE;
    int year = 0;
    size_t n = gk_find_in(x, GK_SCOPE_FACT, v, m, MATCHES);
    section_facts(x);
    for (size_t i = 0; i < n; i++) {
        if (!gk_str_eqz(gk_match_value(&m[i], v, GK_KEY_MODE), "table")) continue;
        int told = gk_context_year(x, gk_match_value(&m[i], v, GK_KEY_YEAR));
        if (told) year = told;
        if (!measure.len) measure = gk_match_value(&m[i], v, GK_KEY_MEASURE);
    }
    bool planned = year && x->outline[0].year && year > x->outline[0].year;
    if (!measure.len && planned) measure = gk_context_measure(x, GK_STR("budget"));
    else if (!measure.len && year && year != x->now.year) measure = x->outline[0].measure;
    if (x->now.noted_year) year = x->now.noted_year;
    if (year) x->now.year = year;
    if (measure.len) x->now.measure = keep(x, measure);
}

/* The numbers of the note that is being read: several questions need them. */
static void scan_note(gk_extractor *x, gk_range at) {
    if (x->note_scanned) return;
    x->numbers.len = 0;
    gk_numbers_scan(x, at, &x->numbers);
    x->note_scanned = true;
}

static bool has_figures(gk_extractor *x, gk_range at) {
    scan_note(x, at);
    for (size_t i = 0; i < x->numbers.len; i++)
        if (x->numbers.at[i].kind != GK_NUMBER_EXCLUDED) return true;
    return false;
}

/* The headings above a line of a table of contents are lines of it, too. */
static void close_sections(gk_extractor *x) {
    if (x->now.silent || x->depth == 1) return;
    x->depth = 1;
    gk_context_path(x);
    x->now.heading = GK_STR_NONE;
    x->now.heading_at = x->now.topic_at = x->now.told_at = (gk_range){0, 0};
}

static bool has_digit(gk_str s) {
    for (size_t i = 0; i < s.len; i++)
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9') return true;
    return false;
}

/* A caption that is broken over two lines: the line before it begins with the year that this one lacks. */
static gk_str whole_caption(gk_extractor *x, gk_range at) {
    gk_range head = x->now.caption_head;
    gk_str rest = gk_printed(x, at);
    if (head.end <= head.start || head.end > at.start || has_digit(gk_view_text(x, at.start, at.end))) return rest;
    return GK_JOIN(&x->out->arena, gk_printed(x, head), rest);
}

/* Applies one block rule; true where the block is nothing but this note. */
static bool apply(gk_extractor *x, gk_range at, gk_str v, const gk_match *m) {
    gk_str role = gk_match_value(m, v, GK_KEY_ROLE);
    if (gk_str_eqz(role, "contents")) close_sections(x);
    if (gk_str_eqz(role, "stock")) x->now.noted_year = gk_context_year(x, gk_match_value(m, v, GK_KEY_YEAR));
    if (gk_str_eqz(role, "unit")) read_unit(x, gk_match_value(m, v, GK_KEY_UNIT));
    if (gk_str_eqz(role, "caption")) {
        gk_range c = gk_match_range(m, GK_KEY_CAPTION),
                 f = gk_match_range(m, GK_KEY_FORM);
        if (c.end > c.start) {
            x->now.caption_at = c.end;
            add_caption(x, whole_caption(x, c), GK_CAPTION_NAME);
            x->now.caption_near = gk_str_eqz(gk_match_value(m, v, GK_KEY_MODE), "near");
        }
        if (f.end > f.start) add_caption(x, gk_printed(x, f), GK_CAPTION_FORM);
    }
    if (gk_str_eqz(role, "heading") && !has_figures(x, at)) {
        gk_range name = gk_match_range(m, GK_KEY_NAME);
        if (!name.end) name = at;
        open_section(x, (size_t)number_of(gk_match_value(m, v, GK_KEY_LEVEL)), name, m, v);
        x->part_waits = name.start == name.end;
        return true;
    }
    return gk_str_eqz(gk_match_value(m, v, GK_KEY_MODE), "whole");
}

/* A line of a table of contents names what stands elsewhere: no other rule speaks of it. */
static size_t without_contents(gk_str v, gk_match *m, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (gk_str_eqz(gk_match_value(&m[i], v, GK_KEY_ROLE), "contents")) return m[0] = m[i], 1;
    return n;
}

/* The heading rule with the longest match alone speaks; every other role may speak beside it. */
static bool is_shadowed(gk_str v, const gk_match *m, size_t n, size_t i) {
    if (!gk_str_eqz(gk_match_value(&m[i], v, GK_KEY_ROLE), "heading")) return false;
    for (size_t k = 0; k < n; k++) {
        if (k == i || !gk_str_eqz(gk_match_value(&m[k], v, GK_KEY_ROLE), "heading")) continue;
        uint32_t a = m[i].end - m[i].start, b = m[k].end - m[k].start;
        if (b > a || (b == a && (m[k].rule->priority > m[i].rule->priority ||
                                 (m[k].rule->priority == m[i].rule->priority && k < i))))
            return true;
    }
    return false;
}

static void account_note(gk_extractor *x, gk_range at) {
    scan_note(x, at);
    gk_numbers_account(x, &x->numbers);
}

enum { PART_NAME_BYTES = 150 };

/* "Part two" may stand on a line of its own: the next short line without figures is then the name of the part. */
static bool names_part(gk_extractor *x, gk_range at, gk_str v, const gk_match *m, size_t n) {
    if (!x->part_waits) return false;
    x->part_waits = false;
    for (size_t i = 0; i < n; i++)
        if (gk_str_eqz(gk_match_value(&m[i], v, GK_KEY_ROLE), "heading")) return false;
    if (at.end - at.start > PART_NAME_BYTES || has_figures(x, at)) return false;
    open_section(x, 1, at, NULL, v);
    return true;
}

bool gk_context_read(gk_extractor *x, gk_range at, gk_block_kind kind, uint8_t level) {
    if (at.end - at.start > GK_NOTE_BYTES || at.end == at.start) return false;
    gk_match m[MATCHES];
    gk_str v = gk_view_text(x, 0, at.end);
    size_t n = gk_find_all(x, GK_SCOPE_BLOCK, at, m, MATCHES);
    n = without_contents(v, m, n);
    x->note_scanned = false;
    if (names_part(x, at, v, m, n)) {
        account_note(x, at);
        return true;
    }
    bool whole = false, heading = false;
    gk_range head = {0, 0};
    for (size_t i = 0; i < n; i++) {
        if (is_shadowed(v, m, n, i)) continue;
        if (gk_str_eqz(gk_match_value(&m[i], v, GK_KEY_ROLE), "caption-head")) head = gk_match_range(&m[i], GK_KEY_CAPTION);
        bool is_heading = gk_str_eqz(gk_match_value(&m[i], v, GK_KEY_ROLE), "heading");
        if (!apply(x, at, v, &m[i])) continue;
        whole = true;
        heading = heading || is_heading;
    }
    x->now.caption_head = head;
    if (kind == GK_BLOCK_HEADING && !heading && level && !has_figures(x, at)) {
        gk_str caption = x->now.caption; /* the caption of a table may be styled as a heading: it is both */
        open_section(x, level, at, NULL, v);
        if (caption.len && gk_str_find(caption, x->now.heading) != SIZE_MAX) x->now.caption = caption;
        whole = true;
    }
    if (whole) account_note(x, at);
    return whole;
}
