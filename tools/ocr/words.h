/* Characters of a picture, printed as runs of text. */
#ifndef GK_OCR_WORDS_H
#define GK_OCR_WORDS_H

#include <tesseract/capi.h>

#include "picture.h"

/* Recognises the characters of a picture and prints them; 0 where the recognition failed. */
int words_print(TessBaseAPI *api, const picture *p);

#endif
