/* The picture of a page: made straight, its ruling lines found and taken out. */
#ifndef GK_OCR_PICTURE_H
#define GK_OCR_PICTURE_H

#include <leptonica/allheaders.h>

typedef struct picture {
    PIX *gray;      /* 8 bits, upright and straight, without ruling lines */
    BOXA *across;   /* horizontal ruling lines, pixels; NULL: none */
    BOXA *down;     /* vertical ones */
    BOXA *cells;    /* each line of text in the cells of ruled tables; NULL: none */
    float scale;    /* pixels for each point */
} picture;

/* Takes a picture over and prepares it; 0 where memory ends (the picture is released). */
int picture_make(picture *p, PIX *gray, float scale);
void picture_free(picture *p);

#endif
