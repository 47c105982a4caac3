#include "words.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

/* One recognised character. */
typedef struct symbol {
    unsigned code;
    int x0, y0, x1, y1; /* pixels */
    int sure;           /* percent */
} symbol;

enum { MOST_SYMBOLS = 4000 }; /* of a line of text */

typedef struct text_line {
    symbol at[MOST_SYMBOLS];
    int len;
    int x0, y0, x1, y1; /* the box of the line */
} text_line;

/* The first code point of a UTF-8 text. */
static unsigned code_of(const char *text) {
    const unsigned char *p = (const unsigned char *)text;
    int more = *p < 0x80 ? 0 : *p < 0xE0 ? 1 : *p < 0xF0 ? 2 : 3;
    unsigned c = more ? *p & (0x3Fu >> more) : *p;
    while (more-- && (*++p & 0xC0) == 0x80) c = c << 6 | (*p & 0x3F);
    return c;
}

static int is_han(unsigned c) { return c >= 0x4E00 && c < 0xA000; }

/* The size of the type of a line, in pixels. Han characters that follow each other stand one size apart; where there are
 * none, figures are 0.7 of it high. */
static float size_of(const text_line *l) {
    float distance = 0, high = 0, box = (float)(l->y1 - l->y0);
    int steps = 0, figures = 0;
    for (int i = 0; i < l->len; i++) {
        const symbol *s = &l->at[i], *next = i + 1 < l->len ? s + 1 : NULL;
        if (s->code >= '0' && s->code <= '9') high += (float)(s->y1 - s->y0), figures++;
        if (!next || !is_han(s->code) || !is_han(next->code)) continue;
        distance += (float)(next->x0 + next->x1 - s->x0 - s->x1) / 2;
        steps++;
    }
    float size = steps ? distance / (float)steps : figures ? high / (float)figures / 0.7f : box;
    return size > 1.3f * box ? 1.3f * box : size;
}

/* The sizes of lines of one page that differ by a few percent are one size. */
typedef struct sizes {
    float at[64];
    int len;
} sizes;

static float settle(sizes *known, float size) {
    for (int i = 0; i < known->len; i++)
        if (fabsf(known->at[i] - size) < 0.12f * size) return known->at[i];
    if (known->len < (int)(sizeof known->at / sizeof *known->at)) known->at[known->len++] = size;
    return size;
}

static int is_digit(unsigned c) { return c >= '0' && c <= '9'; }

/* Whether b's middle stands within a. */
static int holds(const symbol *a, const symbol *b) {
    int middle = (b->x0 + b->x1) / 2;
    return middle >= a->x0 && middle <= a->x1;
}

/* A percent sign is often read in two or three: its rings as figures of their own, `9%6` or `94`. What stands in the box
 * of a sign as wide as a percent sign, and a figure right behind one, are such rings. */
static void mend_percents(text_line *l, float size) {
    enum { LOST = 20 }; /* percent */
    int kept = 0;
    for (int i = 0; i < l->len; i++) {
        symbol s = l->at[i], *before = kept ? &l->at[kept - 1] : NULL;
        int wide = s.x1 - s.x0 > 0.62f * size && s.x1 - s.x0 < 1.1f * size;
        if (before && is_digit(s.code) && before->code == '%' && s.x0 - before->x1 < 0.4f * size) continue;
        int sign = s.code == '%' || s.code == '4' || s.code == '6' || s.code == '0';
        int ring = before && before->code == '9' && kept > 1 && before[-1].code != '.'; /* behind a point it is a figure */
        if (ring && wide && sign && holds(&s, before)) {
            s.code = '%';
            kept--;
        }
        if (before && s.code == '%' && (before->code == '.' || before->code == '%')) /* one of them hides a figure */
            s.sure = before->sure = LOST;
        l->at[kept++] = s;
    }
    l->len = kept;
}

/* What is taken for another character beside figures. */
static const struct {
    unsigned code, figure;
} confused[] = {{'$', '5'}, {'S', '5'}, {'s', '5'}, {'O', '0'}, {'o', '0'}, {'l', '1'}, {'I', '1'}, {']', '1'}};

static int is_figure(const text_line *l, int i) {
    return i >= 0 && i < l->len && (is_digit(l->at[i].code) || l->at[i].code == '.' || l->at[i].code == '%');
}

static void mend_figures(text_line *l) {
    enum { HALF_SURE = 50 };
    for (int i = 0; i < l->len; i++)
        for (size_t k = 0; k < sizeof confused / sizeof *confused; k++) {
            symbol *s = &l->at[i];
            if (s->code != confused[k].code || !is_figure(l, i + 1)) continue;
            if (s->code != '$' && s->code != ']' && !is_figure(l, i - 1)) continue;
            s->code = confused[k].figure;
            s->sure = s->sure < HALF_SURE ? s->sure : HALF_SURE;
        }
}

static int is_mark(unsigned c) {
    return c == '.' || c == ',' || c == 0x3001 || c == 0x3002 || c == 0xFF0C || c == 0xFF0E || c == 0xB7;
}

/* In the cells of tables what stands between figures is a point, or a comma where three figures follow and then a mark or
 * nothing: `21、18` is 21.18 and `1，297.37` is 1,297.37. Of two marks in a row one was ink. */
static void mend_points(text_line *l) {
    enum { RATHER_SURE = 70 };
    int kept = 0;
    for (int i = 0; i < l->len; i++) {
        symbol s = l->at[i];
        int after_figure = kept && is_digit(l->at[kept - 1].code), figures = 0;
        if (is_mark(s.code) && kept && is_mark(l->at[kept - 1].code)) continue;
        while (i + 1 + figures < l->len && is_digit(l->at[i + 1 + figures].code)) figures++;
        if (is_mark(s.code) && after_figure && figures && s.code != '.' && s.code != ',') {
            s.code = figures == 3 ? ',' : '.';
            if (s.sure > RATHER_SURE) s.sure = RATHER_SURE;
        }
        l->at[kept++] = s;
    }
    l->len = kept;
}

/* The boxes of characters are the weakest part of the reading: some stand before their left neighbour. The order of the
 * characters is sure, so each left edge becomes the mean of the largest before it and the least behind it. */
static void put_in_order(text_line *l) {
    static int least[MOST_SYMBOLS];
    for (int i = l->len; i-- > 0;)
        least[i] = i + 1 < l->len && least[i + 1] < l->at[i].x0 ? least[i + 1] : l->at[i].x0;
    int most = 0;
    for (int i = 0; i < l->len; i++) {
        symbol *s = &l->at[i];
        int width = s->x1 - s->x0;
        if (s->x0 > most) most = s->x0;
        s->x0 = (most + least[i]) / 2;
        if (i && s->x0 <= l->at[i - 1].x0) s->x0 = l->at[i - 1].x0 + 1;
        s->x1 = s->x0 + (width > 1 ? width : 1);
        if (i && l->at[i - 1].x1 > s->x0) l->at[i - 1].x1 = s->x0;
    }
}

/* A point or comma between figures is part of one figure, however far apart they seem. */
static int in_figure(unsigned a, unsigned b) {
    int mark = a == ',' || a == '.' || b == ',' || b == '.';
    return mark && (is_digit(a) || is_digit(b));
}

/* Characters are as wide as their ink; what follows closely is made to touch, as in text, so that a wider gap is seen to
 * be one. Letters of words keep their gaps. */
static void close_gaps(text_line *l, float size) {
    for (int i = 0; i + 1 < l->len; i++) {
        symbol *s = &l->at[i], *next = s + 1;
        int letters = isalpha((int)(s->code & 0x7F)) && s->code < 0x80 && next->code < 0x80 && !is_digit(next->code);
        float most = letters ? 0.25f : is_han(s->code) || is_han(next->code) ? 0.9f : 0.7f;
        if (in_figure(s->code, next->code)) most = 1.6f;
        if ((float)(next->x0 - s->x1) < most * size) s->x1 = next->x0;
    }
}

static void print_length(float pixels, const picture *p) { printf(" %ld", lrintf(pixels / p->scale * 100)); }

/* A run of text: the characters of one word, which Tesseract sets apart by its blanks. */
static void print_run(const text_line *l, int from, int to, float size, const picture *p) {
    const symbol *first = &l->at[from];
    float base = (float)(l->y0 + l->y1) / 2 + 0.38f * size;
    int sure = -1;
    for (int i = from; i < to; i++) {
        const symbol *s = &l->at[i];
        if (s->sure != sure) {
            if (i > from) putchar('\n');
            printf("C %d\nT 0", sure = s->sure);
            print_length(size, p);
            print_length((float)s->x0, p);
            print_length(base, p);
            printf(" 1000 0");
            first = s;
        }
        printf(" %X:%ld:%ld", s->code, lrintf((float)(s->x0 - first->x0) / p->scale * 100),
               lrintf((float)(s->x1 - s->x0) / p->scale * 100));
    }
    putchar('\n');
}

static void print_line(text_line *l, const picture *p, sizes *known, int cell) {
    float size = settle(known, size_of(l));
    mend_percents(l, size);
    mend_figures(l);
    if (cell) mend_points(l);
    put_in_order(l);
    close_gaps(l, size);
    if (l->len && size > 0) print_run(l, 0, l->len, size, p);
}

static void add_symbol(TessResultIterator *it, text_line *l) {
    TessPageIterator *place = TessResultIteratorGetPageIterator(it);
    symbol s = {0};
    char *text = TessResultIteratorGetUTF8Text(it, RIL_SYMBOL);
    if (text && *text && l->len < MOST_SYMBOLS &&
        TessPageIteratorBoundingBox(place, RIL_SYMBOL, &s.x0, &s.y0, &s.x1, &s.y1)) {
        float sure = TessResultIteratorConfidence(it, RIL_SYMBOL);
        s.code = code_of(text);
        s.sure = sure < 1 ? 1 : sure > 100 ? 100 : (int)lrintf(sure);
        if (s.code > ' ') l->at[l->len++] = s;
    }
    TessDeleteText(text);
}

static int recognise(TessBaseAPI *api, const picture *p, sizes *known, int cell) {
    static text_line line;
    if (TessBaseAPIRecognize(api, NULL) != 0) return 0;
    TessResultIterator *it = TessBaseAPIGetIterator(api);
    line.len = 0;
    if (it) do {
        TessPageIterator *place = TessResultIteratorGetPageIterator(it);
        if (TessPageIteratorIsAtBeginningOf(place, RIL_TEXTLINE)) {
            print_line(&line, p, known, cell);
            line.len = 0;
            TessPageIteratorBoundingBox(place, RIL_TEXTLINE, &line.x0, &line.y0, &line.x1, &line.y1);
        }
        add_symbol(it, &line);
    } while (TessResultIteratorNext(it, RIL_SYMBOL));
    print_line(&line, p, known, cell);
    TessResultIteratorDelete(it);
    return 1;
}

/* Cells are read line by line: a row of a whole table would be read as one line of text, with its columns run together.
 * The lines are known, so that Tesseract need not look for them, which it does badly in a few characters. */
static int recognise_cells(TessBaseAPI *api, const picture *p, sizes *known) {
    int ok = 1;
    TessBaseAPISetPageSegMode(api, PSM_RAW_LINE);
    for (int i = 0; ok && p->cells && i < boxaGetCount(p->cells); i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(p->cells, i, &x, &y, &w, &h);
        TessBaseAPISetRectangle(api, x, y, w, h);
        ok = recognise(api, p, known, 1);
    }
    for (int i = 0; p->cells && i < boxaGetCount(p->cells); i++) {
        BOX *box = boxaGetBox(p->cells, i, L_CLONE);
        pixSetInRect(p->gray, box);
        boxDestroy(&box);
    }
    return ok;
}

static void set_image(TessBaseAPI *api, const picture *p) {
    TessBaseAPISetImage2(api, p->gray);
    TessBaseAPISetSourceResolution(api, (int)lrintf(p->scale * 72));
}

int words_print(TessBaseAPI *api, const picture *p) {
    sizes known = {.len = 0};
    set_image(api, p);
    if (!recognise_cells(api, p, &known)) return 0;
    set_image(api, p);
    TessBaseAPISetPageSegMode(api, PSM_AUTO);
    return recognise(api, p, &known, 0);
}
