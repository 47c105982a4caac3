#include "read/read.h"

#include "base/digest.h"
#include "base/limits.h"

/* All readers. A reader is added by adding its line. */
static const gk_reader *const readers[] = {
    &gk_reader_plain,
    &gk_reader_html,
    &gk_reader_xlsx,
    &gk_reader_pdf,
    &gk_reader_docx,
    &gk_reader_xls,
    &gk_reader_doc,
    &gk_reader_locked,
    &gk_reader_known,
};

static const gk_reader *surest(gk_str bytes) {
    const gk_reader *best = NULL;
    int sure = 0;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        int n = readers[i]->recognise(bytes);
        if (n > sure) sure = n, best = readers[i];
    }
    return best;
}

gk_code gk_read(gk_str bytes, gk_str source, gk_doc *doc, gk_err *err) {
    gk_sha256 sha;
    gk_sha256_init(&sha);
    gk_sha256_add(&sha, bytes);
    gk_sha256_hex(&sha, doc->digest);
    doc->source = gk_arena_dup(&doc->arena, source);
    if (bytes.len > GK_MAX_INPUT_BYTES)
        return gk_err_set(err, GK_E_LIMIT, "the input has %zu bytes, more than %u (GK_MAX_INPUT_BYTES)", bytes.len,
                          GK_MAX_INPUT_BYTES);
    const gk_reader *reader = surest(bytes);
    if (!reader) return gk_err_set(err, GK_E_FORMAT, "no reader knows this format");
    gk_code code = reader->read(bytes, doc, err);
    if (doc->damaged)
        gk_doc_note(doc, GK_E_FORMAT, "%llu ill-formed sequences of the text were replaced", (unsigned long long)doc->damaged);
    if (code != GK_E_BINARY && !doc->media_type) doc->media_type = reader->media_type;
    return code;
}
