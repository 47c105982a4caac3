#include "corpus/archive/brotli.h"

#include <brotli/decode.h>

/* The decoder gives its output in pieces of its own window. */
static bool take(BrotliDecoderState *b, gk_buf *out) {
    while (BrotliDecoderHasMoreOutput(b)) {
        size_t len = 0; /* as much as there is */
        const uint8_t *at = BrotliDecoderTakeOutput(b, &len);
        size_t left = out->max ? out->max - out->len : len;
        gk_buf_put(out, (gk_str){(const char *)at, len < left ? len : left});
        if (len > left) return false;
    }
    return true;
}

static gk_code refuse(BrotliDecoderState *b, const gk_buf *out, bool over, BrotliDecoderResult result, gk_err *err) {
    if (over) return gk_err_set(err, GK_E_LIMIT, "it has more than %zu bytes when decompressed", out->max);
    BrotliDecoderErrorCode why = BrotliDecoderGetErrorCode(b);
    const char *what = result == BROTLI_DECODER_RESULT_ERROR ? BrotliDecoderErrorString(why) : "it ends early";
    return gk_err_set(err, GK_E_FORMAT, "the compressed data is damaged: %s", what);
}

gk_code gk_brotli_bytes(gk_str bytes, gk_buf *out, gk_err *err) {
    BrotliDecoderState *b = BrotliDecoderCreateInstance(NULL, NULL, NULL);
    const uint8_t *next = (const uint8_t *)bytes.ptr;
    size_t left = bytes.len, room = 0;
    if (!b) gk_oom(0);
    BrotliDecoderResult result;
    bool fits;
    do {
        result = BrotliDecoderDecompressStream(b, &left, &next, &room, NULL, NULL);
        fits = take(b, out);
    } while (fits && result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT);
    gk_code code = fits && result == BROTLI_DECODER_RESULT_SUCCESS ? GK_OK : refuse(b, out, !fits, result, err);
    BrotliDecoderDestroyInstance(b);
    return code;
}
