#include "picture.h"

#include <math.h>

/* Points. A rule is longer than any stroke of a character (headings of 22 points, the dash of two characters at 16) and
 * thinner than a bar of a picture. */
static const float shortest_across = 36, shortest_down = 30, thickest = 4;
/* A line in a cell is no lower than the smallest type, and stands apart from the next. */
static const float lowest_line = 5, gap_of_lines = 0.8f;
/* Around a line of text, in parts of its height: the recognition takes the height for that of the type. */
static const float line_margin = 0.23f;

/* Turns the picture by the angle its lines of text lean, where that is sure and no more than a scanner does. */
static PIX *straighten(PIX *gray, PIX *black) {
    enum { SURE = 3 };
    const float least = 0.08f, most = 6, radian = 3.14159265f / 180;
    float angle = 0, sure = 0;
    if (pixFindSkew(black, &angle, &sure) != 0 || sure < SURE || fabsf(angle) < least || fabsf(angle) > most) return NULL;
    return pixRotate(gray, angle * radian, L_ROTATE_AREA_MAP, L_BRING_IN_WHITE, 0, 0);
}

/* The pieces of `long_runs` that are as thin as a rule; what is thicker is taken out of it. */
static BOXA *thin_pieces(PIX *long_runs, int thick, int down) {
    BOXA *all = pixConnCompBB(long_runs, 8), *kept = boxaCreate(0);
    for (int i = 0; all && kept && i < boxaGetCount(all); i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(all, i, &x, &y, &w, &h);
        if ((down ? w : h) <= thick) boxaAddBox(kept, boxaGetBox(all, i, L_CLONE), L_INSERT);
        else pixClearInRect(long_runs, boxaGetBox(all, i, L_CLONE));
    }
    boxaDestroy(&all);
    return kept;
}

/* Finds the rules of one direction, paints them white and adds them to the mask. */
static BOXA *take_rules(picture *p, PIX *black, PIX *mask, int down) {
    float shortest = (down ? shortest_down : shortest_across) * p->scale;
    int length = (int)shortest, thick = (int)(thickest * p->scale) + 1;
    PIX *runs = pixOpenBrick(NULL, black, down ? 1 : length, down ? length : 1);
    if (!runs) return NULL;
    BOXA *rules = thin_pieces(runs, thick, down);
    PIX *wide = pixDilateBrick(NULL, runs, 3, 3);
    if (wide) pixSetMasked(p->gray, wide, 255), pixOr(mask, mask, wide);
    pixDestroy(&wide);
    pixDestroy(&runs);
    return rules;
}

/* A table may be open at its sides: each group of rules that touch is given a frame. */
static void frame_tables(PIX *mask, float scale) {
    BOXA *groups = pixConnCompBB(mask, 8);
    for (int i = 0; groups && i < boxaGetCount(groups); i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(groups, i, &x, &y, &w, &h);
        if ((float)w < 60 * scale || (float)h < 20 * scale) continue;
        BOX *box = boxCreate(x, y, w, h);
        pixRenderBox(mask, box, 3, L_SET_PIXELS);
        boxDestroy(&box);
    }
    boxaDestroy(&groups);
}

/* Adds rows top..bottom of the ink of a cell as a line of text, with a margin around it. */
static void add_line(picture *p, PIX *part, int top, int bottom, BOX *cell) {
    l_int32 x, w, cell_x, cell_y;
    BOX *rows = boxCreate(0, top, pixGetWidth(part), bottom - top), *ink = NULL;
    PIX *line = rows ? pixClipRectangle(part, rows, NULL) : NULL;
    if (line && pixClipToForeground(line, NULL, &ink) == 0 && ink) {
        int margin = (int)(line_margin * (float)(bottom - top)) + 1;
        boxGetGeometry(ink, &x, NULL, &w, NULL);
        boxGetGeometry(cell, &cell_x, &cell_y, NULL, NULL);
        boxaAddBox(p->cells, boxCreate(cell_x + x - margin, cell_y + top - margin, w + 2 * margin, bottom - top + 2 * margin),
                   L_INSERT);
    }
    boxDestroy(&ink);
    boxDestroy(&rows);
    pixDestroy(&line);
}

/* Finds the lines of text in a cell: white rows part them, but for those within a character such as the numeral two. */
static void add_lines(picture *p, PIX *ink, BOX *cell) {
    PIX *part = pixClipRectangle(ink, cell, NULL);
    NUMA *rows = part ? pixCountPixelsByRow(part, NULL) : NULL;
    int top = -1, bottom = 0, count = rows ? numaGetCount(rows) : 0;
    for (int y = 0; y < count; y++) {
        l_int32 n = 0;
        numaGetIValue(rows, y, &n);
        if (!n) continue;
        if (top >= 0 && (float)(y - bottom) >= gap_of_lines * p->scale && (float)(bottom - top) >= lowest_line * p->scale) {
            add_line(p, part, top, bottom, cell);
            top = -1;
        }
        if (top < 0) top = y;
        bottom = y + 1;
    }
    if (top >= 0) add_line(p, part, top, bottom, cell);
    numaDestroy(&rows);
    pixDestroy(&part);
}

/* The white areas that rules enclose are cells; their text is the ink that is no rule. */
static void find_cells(picture *p, PIX *black, PIX *mask) {
    PIX *ink = pixSubtract(NULL, black, mask);
    frame_tables(mask, p->scale);
    PIX *white = pixInvert(NULL, mask);
    BOXA *areas = white ? pixConnCompBB(white, 4) : NULL;
    p->cells = boxaCreate(0);
    for (int i = 0; ink && p->cells && areas && i < boxaGetCount(areas); i++) {
        l_int32 x, y, w, h;
        boxaGetBoxGeometry(areas, i, &x, &y, &w, &h);
        int whole = x == 0 || y == 0 || x + w >= (int)pixGetWidth(black) || y + h >= (int)pixGetHeight(black);
        if (whole || (float)w < 6 * p->scale || (float)h < 6 * p->scale) continue;
        BOX *area = boxaGetBox(areas, i, L_CLONE);
        add_lines(p, ink, area);
        boxDestroy(&area);
    }
    pixDestroy(&white);
    pixDestroy(&ink);
    boxaDestroy(&areas);
}

static PIX *to_black(PIX *gray) {
    enum { MIDDLE = 160 };
    PIX *even = pixCleanBackgroundToWhite(gray, NULL, NULL, 1.0f, 90, 200);
    PIX *black = pixThresholdToBinary(even ? even : gray, MIDDLE);
    pixDestroy(&even);
    return black;
}

int picture_make(picture *p, PIX *gray, float scale) {
    *p = (picture){.gray = gray, .scale = scale};
    PIX *black = to_black(gray);
    PIX *straight = black ? straighten(gray, black) : NULL;
    if (straight) {
        pixDestroy(&black);
        pixDestroy(&p->gray);
        p->gray = straight;
        black = to_black(straight);
    }
    if (!black) return picture_free(p), 0;
    PIX *mask = pixCreateTemplate(black);
    if (mask) {
        p->across = take_rules(p, black, mask, 0);
        p->down = take_rules(p, black, mask, 1);
        find_cells(p, black, mask);
    }
    pixDestroy(&mask);
    pixDestroy(&black);
    return 1;
}

void picture_free(picture *p) {
    pixDestroy(&p->gray);
    boxaDestroy(&p->across);
    boxaDestroy(&p->down);
    boxaDestroy(&p->cells);
}
