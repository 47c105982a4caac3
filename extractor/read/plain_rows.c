/* Tables with a row a line: cells parted by tabs, or Markdown rows parted by bars.
 *
 * Worked example (> a tab), most rows have four cells:
 *     item>code>plan>done
 *     repair of the>          two cells, and the next line has three: 2 + 3 - 1 = 4, so its first
 *     old bridge>12>11        cell ends the last cell of this one
 *
 *     road>30>29>28           behind a gap: the same number of cells, no caption, no header: the table goes on */
#include "base/limits.h"
#include "read/plain.h"

enum { CAPTION_LINES = 3 };

/* A run of table lines and what is known of it. */
typedef struct run {
    size_t from, to;
    bool pipe;
    bool tailed; /* some row ends with a tab: empty cells at the end were kept */
    uint32_t mode;
} run;

static bool is_row(const pl_line *l, bool pipe) {
    return pipe ? l->kind == PL_PIPE : l->kind == PL_ROW || l->kind == PL_CELL;
}

/* The blank lines that stand between all rows of a run, as in a text with a blank line behind each line: 0, or what the
 * first rows agree on. */
static unsigned spacing(const plain *p, size_t from, bool pipe) {
    enum { AGREE = 3, MOST = 2 };
    const pl_line *l = p->lines.at;
    unsigned gap = from + AGREE < p->lines.len ? l[from + 1].gap : 0;
    for (size_t i = from + 1; gap && i <= from + AGREE; i++)
        if (l[i].gap != gap || gap > MOST || !is_row(&l[i], pipe)) gap = 0;
    return gap;
}

/* The first line behind the rows that follow each other without a gap but that between all of them. A few lines without
 * tabs count when a row follows them: they may be the rest of a cell. Where such lines often turned out to be captions,
 * they end the run, so that no line is looked at time and again. */
static size_t run_end(const plain *p, size_t from, bool pipe) {
    size_t i = from + 1, n = p->lines.len, most = from < p->captions_to && p->captions > 8 ? 0 : PL_SANDWICH;
    const pl_line *l = p->lines.at;
    unsigned gap = spacing(p, from, pipe);
    while (i < n && (l[i].gap == 0 || l[i].gap == gap)) {
        size_t k = i;
        while (k < n && k < i + most && l[k].gap == 0 && l[k].kind == PL_TEXT) k++;
        if (k >= n || (l[k].gap && (k > i || l[k].gap != gap)) || !is_row(&l[k], pipe)) break;
        i = k + 1;
    }
    return i;
}

static uint32_t cells_of(const plain *p, const pl_line *l) {
    if (l->kind != PL_PIPE) return l->tabs + 1u;
    uint32_t n = 0;
    gk_str s = pl_text(p, l), bar = pl_bar_of(s);
    if (l->bare) return (uint32_t)pl_bars(s, GK_STR("|")) + 1;
    if (bar.len > 1) return (uint32_t)pl_bars(s, bar) + 1 - gk_str_starts(s, bar) - gk_str_ends(s, bar);
    for (size_t i = 1; i < s.len; i++) n += s.ptr[i] == '|' && s.ptr[i - 1] != '\\';
    return s.ptr[s.len - 1] == '|' ? n : n + 1;
}

static run measure_run(plain *p, size_t from, bool pipe) {
    run r = {.from = from, .to = run_end(p, from, pipe), .pipe = pipe};
    for (size_t i = r.from; i < r.to; i++) {
        const pl_line *l = &p->lines.at[i];
        if (!is_row(l, pipe)) continue;
        uint32_t n = cells_of(p, l);
        if (n > GK_MAX_TABLE_COLS) continue;
        p->tally[n]++;
        if (!r.mode || p->tally[n] > p->tally[r.mode] || (p->tally[n] == p->tally[r.mode] && n > r.mode)) r.mode = n;
        r.tailed = r.tailed || p->text[l->raw_end - 1] == '\t';
    }
    for (size_t i = r.from; i < r.to; i++) {
        uint32_t n = is_row(&p->lines.at[i], pipe) ? cells_of(p, &p->lines.at[i]) : 0;
        if (n <= GK_MAX_TABLE_COLS) p->tally[n] = 0;
    }
    return r;
}

/* Calls add for each cell of a line. */
typedef struct split {
    uint32_t at, end;
    gk_str bar; /* that parts the cells; absent: a tab does */
    bool done;
} split;

static split split_line(const plain *p, const pl_line *l) {
    split s = {l->raw, l->raw_end, GK_STR_NONE, false};
    if (l->kind != PL_PIPE) return s;
    gk_str text = pl_text(p, l), bar = pl_bar_of(text);
    s.at = l->start, s.end = l->end;
    s.bar = l->bare ? GK_STR("|") : bar;
    if (l->bare) return s;
    if (gk_str_starts(text, s.bar)) s.at += (uint32_t)s.bar.len;
    bool closed = gk_str_ends(text, s.bar) && l->end > s.at && (s.bar.len > 1 || p->text[l->end - 2] != '\\');
    if (closed) s.end -= (uint32_t)s.bar.len;
    return s;
}

static bool next_cell(const plain *p, split *s, gk_span *cell) {
    if (s->done) return false;
    uint32_t at = s->at, wide = s->bar.len ? (uint32_t)s->bar.len : 1;
    while (at < s->end) {
        gk_str rest = {p->text + at, s->end - at};
        const char *hit = wide > 1 ? NULL : memchr(rest.ptr, s->bar.len ? '|' : '\t', rest.len);
        size_t far = wide > 1 ? gk_str_find(rest, s->bar) : hit ? (size_t)(hit - rest.ptr) : SIZE_MAX;
        at = far == SIZE_MAX ? s->end : at + (uint32_t)far;
        bool escaped = s->bar.len == 1 && at > s->at && p->text[at - 1] == '\\';
        if (far == SIZE_MAX || !escaped) break;
        at++;
    }
    *cell = (gk_span){s->at, at};
    s->done = at >= s->end;
    s->at = at + wide;
    return true;
}

/* The cells of a line with tabs, one behind the other, with one look at the vectors. */
static void add_tabbed(plain *p, const pl_line *l) {
    const char *text = p->text;
    gk_vec_room(&p->cells, l->tabs + 1u);
    gk_vec_room(&p->pieces, l->tabs + 1u);
    pl_row *row = &p->rows.at[p->rows.len - 1];
    pl_cell *cell = p->cells.at + p->cells.len;
    pl_piece *piece = p->pieces.at + p->pieces.len;
    uint32_t at = l->raw, end;
    for (unsigned left = l->tabs;; left--, cell++, at = end + 1) {
        const char *tab = memchr(text + at, '\t', l->raw_end - at);
        end = tab ? (uint32_t)(tab - text) : l->raw_end;
        *cell = (pl_cell){.at = at, .col = (uint16_t)row->count++, .colspan = 1};
        gk_span t = pl_trim(p, at, end);
        if (t.start < t.end) {
            *piece++ = (pl_piece){.span = t};
            cell->first = cell->last = (uint32_t)(piece - p->pieces.at);
        }
        if (!tab || !left) break;
    }
    p->cells.len = (size_t)(cell + 1 - p->cells.at);
    p->pieces.len = (size_t)(piece - p->pieces.at);
}

/* Bytes of a Markdown line break at s, <br> or <br/>; 0: none. */
static size_t break_at(gk_str s) {
    static const char *const breaks[] = {"<br>", "<br/>", "<br />", "<BR>"};
    for (size_t i = 0; i < sizeof breaks / sizeof *breaks; i++)
        if (gk_str_starts(s, gk_str_of(breaks[i]))) return gk_str_of(breaks[i]).len;
    return 0;
}

/* A cell between bars, which may have lines. */
static void add_barred(plain *p, gk_span c) {
    uint32_t from = c.start;
    pl_cell *cell = NULL;
    for (uint32_t at = c.start; at <= c.end; at++) {
        size_t mark = at < c.end && p->text[at] == '<' ? break_at((gk_str){p->text + at, c.end - at}) : 0;
        if (!mark && at < c.end) continue;
        if (cell) pl_grid_more(p, cell, (gk_span){from, at});
        else cell = pl_grid_cell(p, (gk_span){from, at});
        from = at + (uint32_t)mark;
        at = mark ? from - 1 : at;
    }
}

static void add_cells(plain *p, const pl_line *l, bool skip_first) {
    if (l->kind != PL_PIPE && !skip_first && l->tabs < GK_MAX_TABLE_COLS) {
        add_tabbed(p, l);
        return;
    }
    split s = split_line(p, l);
    for (gk_span c; next_cell(p, &s, &c); skip_first = false)
        if (!skip_first && l->kind == PL_PIPE) add_barred(p, c);
        else if (!skip_first) pl_grid_cell(p, c);
}

static gk_span first_cell(const plain *p, const pl_line *l) {
    gk_span c = {l->raw, l->raw};
    split s = split_line(p, l);
    next_cell(p, &s, &c);
    return c;
}

/* Whether a line is one of three or more side by side with the same number of cells: rows of a table that has fewer columns
 * than another one in the run, and no parts of a row. */
static bool is_regular(const plain *p, const run *r, size_t i) {
    enum { SAME = 3 };
    uint32_t n = cells_of(p, &p->lines.at[i]);
    size_t from = i, to = i + 1;
    while (from > r->from && i - from < SAME && is_row(&p->lines.at[from - 1], r->pipe) &&
           cells_of(p, &p->lines.at[from - 1]) == n)
        from--;
    while (to < r->to && to - i < SAME && is_row(&p->lines.at[to], r->pipe) && cells_of(p, &p->lines.at[to]) == n) to++;
    return to - from >= SAME;
}

static gk_str last_cell(const plain *p, const pl_line *l) {
    gk_span c = first_cell(p, l);
    split s = split_line(p, l);
    while (next_cell(p, &s, &c)) {}
    return pl_str(p, pl_trim(p, c.start, c.end));
}

/* Whether the last cell of a row is a figure: no line of words goes on with it. */
static bool ends_in_figure(const plain *p, const pl_line *l) {
    gk_str text = last_cell(p, l);
    return pl_has_digit(text) && pl_is_value(text);
}

/* Whether a row is whole by itself: pairs of words and a value. */
static bool is_pairs(const plain *p, const pl_line *l) {
    enum { LEAST = 4 };
    size_t n = 0;
    split s = split_line(p, l);
    for (gk_span c; next_cell(p, &s, &c); n++) {
        gk_str text = pl_str(p, pl_trim(p, c.start, c.end));
        if (!text.len || pl_is_value(text) != (n % 2 == 1)) return false;
    }
    return n >= LEAST && n % 2 == 0;
}

/* How many lines behind line i make its row whole: each has fewer cells than the table, and together, with the cells
 * at each joint counted once, they have just as many. Three lines of words before the first row are no cell but a caption
 * with what belongs to it. 0: the row stays as it is. */
static size_t missing_lines(const plain *p, const run *r, size_t i) {
    const pl_line *start = &p->lines.at[i];
    uint32_t sum = cells_of(p, start), words = !is_row(start, r->pipe);
    if (words && (start->item || pl_has_clause(pl_text(p, start)))) return 0;
    for (size_t k = i + 1; k < r->to && k <= i + PL_SANDWICH; k++) {
        const pl_line *l = &p->lines.at[k];
        if (!is_row(l, r->pipe)) {
            if (words ? ++words == CAPTION_LINES : is_row(l - 1, r->pipe) && ends_in_figure(p, l - 1)) return 0;
            continue;
        }
        words = 0;
        uint32_t n = cells_of(p, l);
        gk_str head = pl_str(p, first_cell(p, l));
        if (n >= r->mode || sum + n - 1 > r->mode) return 0;
        if (n > 1 && (is_regular(p, r, k) || is_pairs(p, l))) return 0;
        gk_str before = k == i + 1 && !words ? last_cell(p, l - 1) : GK_STR_NONE;
        if (before.len && pl_is_value(before) && head.len && !pl_is_value(head)) return 0; /* no words go on with a figure */
        if (!r->tailed && (!head.len || pl_is_value(head) || pl_item_of(head))) return 0;
        sum += n - 1;
        if (sum == r->mode) return k - i;
    }
    return 0;
}

/* A line without a tab between two whole rows is the rest of the last cell before it where that holds words, the start
 * of the first cell behind it where that opens a bracket, or holds words and the one before is a figure or empty; else
 * it is a caption. */
typedef enum middle { MIDDLE_CAPTION, MIDDLE_LAST, MIDDLE_FIRST } middle;

static bool opens_with_bracket(gk_str s) {
    return gk_str_starts(s, GK_STR("(")) || gk_str_starts(s, GK_STR("\xEF\xBC\x88"));
}

static middle kind_of_middle(const plain *p, const run *r, size_t i) {
    const pl_row *row = &p->rows.at[p->rows.len - 1];
    size_t k = i;
    while (k < r->to && !is_row(&p->lines.at[k], r->pipe)) k++;
    if (k >= r->to || k > i + 3 || cells_of(p, &p->lines.at[k]) != r->mode || row->count != r->mode)
        return MIDDLE_CAPTION;
    const pl_line *line = &p->lines.at[i];
    if (k == i + 1 && !line->item && opens_with_bracket(pl_str(p, first_cell(p, &p->lines.at[k])))) return MIDDLE_FIRST;
    gk_str last = pl_cell_text(p, &p->cells.at[row->first + row->count - 1]);
    if (line->item || pl_has_clause(pl_text(p, line)) || !pl_has_digit(pl_text(p, &p->lines.at[k]))) return MIDDLE_CAPTION;
    if (last.len && !pl_is_value(last)) return pl_end_of(last) < PL_END_STOP ? MIDDLE_LAST : MIDDLE_CAPTION;
    gk_str first = pl_str(p, first_cell(p, &p->lines.at[k]));
    return first.len && !pl_is_value(first) && !pl_item_of(first) && k == i + 1 ? MIDDLE_FIRST : MIDDLE_CAPTION;
}

static void more_of_last(plain *p, const pl_line *l) {
    pl_grid_more(p, &p->cells.at[p->cells.len - 1], (gk_span){l->raw, l->raw_end});
}

/* A row whose first cell starts on the line before it. */
static void gather_after(plain *p, const pl_line *head, size_t i) {
    pl_grid_row(p, i - 1, false)->last = (uint32_t)i;
    pl_grid_cell(p, (gk_span){head->raw, head->raw_end});
    pl_grid_more(p, &p->cells.at[p->cells.len - 1], first_cell(p, head + 1));
    add_cells(p, head + 1, true);
}

/* The lines from i on that go on with the numbered list in the last cell; how many were taken. */
static size_t gather_list(plain *p, const run *r, size_t i) {
    enum { FEW = 2 };
    const pl_line *l = &p->lines.at[i];
    uint32_t cells = cells_of(p, l);
    if (r->pipe || (cells > FEW && cells >= r->mode)) return 0;
    gk_span head = pl_trim(p, first_cell(p, l).start, first_cell(p, l).end);
    size_t lines = pl_list_lines(p, i, r->to, is_row(l, false) ? head : (gk_span){l->start, l->end});
    for (size_t k = 0; k < lines; k++, l++) {
        bool row = is_row(l, false);
        pl_grid_more(p, &p->cells.at[p->cells.len - 1], row ? first_cell(p, l) : (gk_span){l->raw, l->raw_end});
        if (row && cells_of(p, l) > 1) add_cells(p, l, true);
    }
    if (lines) p->rows.at[p->rows.len - 1].last = (uint32_t)(i + lines - 1);
    return lines;
}

/* The label of a line of a run: its first cell, or all of a line without tabs. */
static gk_str label_of(const plain *p, const pl_line *l) {
    gk_span c = first_cell(p, l);
    return is_row(l, false) ? pl_str(p, pl_trim(p, c.start, c.end)) : pl_text(p, l);
}

/* Whether a label near line i is wider than that line: what the line goes on with would have had room behind it. */
static bool has_wider_label(const plain *p, const run *r, size_t i) {
    enum { LOOK = 48, CHARACTER = 2 /* columns */ };
    size_t from = i - r->from > LOOK ? i - LOOK : r->from, to = r->to - i > LOOK ? i + LOOK : r->to;
    for (size_t k = from; k < to; k++)
        if (k != i && pl_width(label_of(p, &p->lines.at[k])) >= p->lines.at[i].width + (size_t)CHARACTER) return true;
    return false;
}

static bool has_value(const plain *p, const pl_line *l) {
    split s = split_line(p, l);
    for (gk_span c; next_cell(p, &s, &c);) {
        gk_str text = pl_str(p, pl_trim(p, c.start, c.end));
        if (text.len && pl_is_value(text)) return true;
    }
    return false;
}

/* A row whose figures are all empty, where the tool left the empty cells at the end of rows out: only its label is left. The
 * label behind it is numbered, or it is not wide enough to be the first half of that, or several such rows were found above. */
static bool is_bare_label(const plain *p, const run *r, size_t i, size_t found) {
    enum { SEVERAL = 3 };
    const pl_line *l = &p->lines.at[i];
    size_t k = i + 1;
    if (r->tailed || r->pipe || l->kind != PL_TEXT || pl_has_comma(pl_text(p, l))) return false;
    while (k < r->to && !is_row(&p->lines.at[k], false)) k++;
    if (k >= r->to || !has_value(p, &p->lines.at[k])) return false;
    gk_str next = label_of(p, &p->lines.at[i + 1]), head = label_of(p, &p->lines.at[k]);
    if (!next.len || !head.len || pl_is_value(head)) return false;
    bool numbered = pl_item_of(next) != PL_ITEM_NONE || (l->item && pl_item_of(head) == l->item);
    return numbered || (!opens_with_bracket(next) && (found >= SEVERAL || has_wider_label(p, r, i)));
}

/* Gathers the rows of a run; returns the line where they end, which lies before r->to where a caption interrupts. */
static size_t gather(plain *p, const run *r, bool cut) {
    size_t found = 0, behind = 0; /* rows of which only the label is left; the line behind the last of them */
    for (size_t i = r->from; i < r->to; i++) {
        const pl_line *l = &p->lines.at[i];
        size_t listed = found && behind == i ? 0 : gather_list(p, r, i); /* a bare label holds no list */
        if (listed) {
            i += listed - 1;
            continue;
        }
        bool bare = is_bare_label(p, r, i, found);
        if (bare) found++, behind = i + 1;
        size_t more = !bare && cells_of(p, l) < r->mode ? missing_lines(p, r, i) : 0;
        if (!is_row(l, r->pipe) && !more && !bare) {
            middle m = p->rows.len ? kind_of_middle(p, r, i) : MIDDLE_CAPTION;
            if (m == MIDDLE_CAPTION) return i;
            if (m == MIDDLE_FIRST) gather_after(p, l, ++i);
            else more_of_last(p, l), p->rows.at[p->rows.len - 1].last = (uint32_t)i;
            continue;
        }
        if (r->pipe && pl_is_border(pl_text(p, l))) continue;
        pl_grid_row(p, i, cut && i == r->from)->last = (uint32_t)(i + more);
        add_cells(p, l, false);
        for (; more; more--) {
            l = &p->lines.at[++i];
            bool row = is_row(l, r->pipe);
            pl_grid_more(p, &p->cells.at[p->cells.len - 1], row ? first_cell(p, l) : (gk_span){l->raw, l->raw_end});
            if (row) add_cells(p, l, true);
        }
    }
    return r->to;
}

static bool line_has_digit(const plain *p, size_t i) { return pl_has_digit(pl_text(p, &p->lines.at[i])); }

/* Whether the run starts with a header of its own: the first row of the table again, or words in every cell over rows
 * with figures, behind rows with figures. */
static bool has_header(const plain *p, size_t first, size_t last, const run *r) {
    gk_str head = pl_text(p, &p->lines.at[r->from]);
    if (gk_str_eq(head, pl_text(p, &p->lines.at[first]))) return true;
    if (line_has_digit(p, r->from) || !line_has_digit(p, last)) return false;
    if (r->from + 1 >= r->to || !line_has_digit(p, r->from + 1)) return false;
    split s = split_line(p, &p->lines.at[r->from]);
    for (gk_span c; next_cell(p, &s, &c);) {
        gk_span t = pl_trim(p, c.start, c.end);
        if (t.start == t.end) return false;
    }
    return true;
}

/* Some tools count the columns of each page anew: one column more or less is the same table where the first cell of the
 * page is empty, the rest of a label on the page before. */
static bool is_other_half(const plain *p, const run *r, const run *next) {
    if (r->mode < 4 || next->mode < 4 || next->mode > r->mode + 2 || r->mode > next->mode + 2) return false;
    gk_span c = first_cell(p, &p->lines.at[next->from]);
    c = pl_trim(p, c.start, c.end);
    return c.start == c.end && p->lines.at[next->from].gap <= 2;
}

/* Whether a line behind rows is the title above the table again, as at the top of a page. */
static bool repeats_title(const plain *p, size_t first, size_t line) {
    enum { ABOVE = 12 };
    if (p->lines.at[line].kind != PL_TEXT) return false;
    gk_str text = pl_text(p, &p->lines.at[line]);
    for (size_t k = 1; k <= ABOVE && k <= first; k++)
        if (p->lines.at[first - k].kind == PL_TEXT && gk_str_eq(text, pl_text(p, &p->lines.at[first - k]))) return true;
    return false;
}

/* The next run of the same table behind a gap or page numbers; false where there is none. */
static bool goes_on(plain *p, size_t first, size_t end, const run *r, run *next) {
    size_t i = end, n = p->lines.len, gap = 0;
    while (i < n && i < end + 4 && (p->lines.at[i].kind == PL_ASIDE || repeats_title(p, first, i))) gap += p->lines.at[i++].gap;
    if (i >= n || !is_row(&p->lines.at[i], r->pipe) || gap + p->lines.at[i].gap > 6) return false;
    *next = measure_run(p, i, r->pipe);
    if (next->mode != r->mode && !is_other_half(p, r, next)) return false;
    if (has_header(p, first, end - 1, next)) return false;
    for (; i-- > end;) p->lines.at[i].kind = PL_ASIDE;
    return true;
}

static uint32_t leading_blanks(const plain *p, const pl_row *r) {
    uint32_t n = 0;
    while (n < r->count && pl_cell_empty(&p->cells.at[r->first + n])) n++;
    return n;
}

/* Parts that step to the right: a row with more cells than any that begins with its label, as many as these behind the
 * empty ones it begins with, has these for an indent.
 *
 *     1. Goods>120>112      two cells of figures
 *     >printers>80>75       the same, a step to the right */
static void take_steps(plain *p) {
    uint32_t most = 0;
    for (size_t i = 0; i < p->rows.len; i++)
        if (!leading_blanks(p, &p->rows.at[i]) && p->rows.at[i].count > most) most = p->rows.at[i].count;
    for (size_t i = 0; most > 2 && i < p->rows.len; i++) {
        pl_row *r = &p->rows.at[i];
        uint32_t step = r->count > most ? leading_blanks(p, r) : 0;
        if (!step || r->count - step != most) continue;
        r->first += step;
        r->count -= step;
        for (uint32_t k = 0; k < r->count; k++) p->cells.at[r->first + k].col = (uint16_t)k;
    }
}

static gk_code emit_table(plain *p, size_t from, size_t to) {
    pl_join_wrapped_header(p, from, to, pl_grid_mode(p, from, to));
    return pl_grid_emit(p, from, to);
}

/* Adds the rows as tables: where two or more rows of one length are followed by two or more of another, and empty cells
 * at the end were kept, another table starts. */
static gk_code emit_all(plain *p, bool tailed) {
    size_t from = 0, n = p->rows.len;
    gk_code code = GK_OK;
    const pl_row *r = p->rows.at;
    for (size_t k = 2; tailed && k + 1 < n && code == GK_OK; k++) {
        if (r[k].cut || k < from + 2 || r[k].count == r[k - 1].count || r[k].count != r[k + 1].count ||
            r[k - 1].count != r[k - 2].count)
            continue;
        code = emit_table(p, from, k);
        from = k;
    }
    return code == GK_OK && from < n ? emit_table(p, from, n) : code;
}

static void note_caption(plain *p, const run *r) {
    p->captions = r->from < p->captions_to ? p->captions + 1 : 1;
    if (r->to > p->captions_to) p->captions_to = r->to;
}

gk_code pl_add_rows(plain *p, size_t line, size_t *next) {
    run r = measure_run(p, line, p->lines.at[line].kind == PL_PIPE), more;
    bool tailed = r.tailed || r.pipe;
    pl_grid_clear(p);
    size_t end = gather(p, &r, false);
    while (end == r.to && goes_on(p, line, end, &r, &more)) {
        r = more;
        tailed = tailed || r.tailed;
        end = gather(p, &r, true);
    }
    if (end < r.to) note_caption(p, &r);
    if (end == line) end = line + 1;
    size_t first = p->doc->blocks.len;
    take_steps(p);
    gk_code code = emit_all(p, tailed);
    for (size_t i = line; i < end; i++) {
        const pl_line *l = &p->lines.at[i];
        if (l->kind == PL_ASIDE || (p->rows.len == 0 && l->start < l->end)) pl_emit_aside(p, l);
    }
    pl_sort_blocks(p, first);
    *next = end;
    return code;
}
