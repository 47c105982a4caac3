/* Recognition of binary input by its first bytes. Private to extractor/text. */
#ifndef GK_TEXT_BINARY_H
#define GK_TEXT_BINARY_H

#include "base/str.h"

/* What the bytes are by their signature ("a PDF file" ...), a constant, or NULL when no signature is known. */
const char *gk_binary_signature(gk_str bytes);

#endif
