/* Containers made in memory for the tests. */
#ifndef GK_TESTS_PACK_H
#define GK_TESTS_PACK_H

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>

#include "base/buf.h"

typedef struct pack_part {
    const char *name;
    gk_str data;
} pack_part;

typedef enum pack_kind { PACK_ZIP, PACK_TAR, PACK_TAR_GZIP, PACK_GZIP } pack_kind;

/* A container of `count` parts, in the order given; free it with gk_buf_free. */
static inline gk_buf pack(pack_kind kind, const pack_part *parts, size_t count) {
    size_t room = 1 << 20, used = 0;
    for (size_t i = 0; i < count; i++) room += parts[i].data.len + parts[i].data.len / 8 + 4096;
    gk_buf out = {0};
    char *at = gk_buf_room(&out, room);
    struct archive *a = archive_write_new();
    if (kind == PACK_ZIP) archive_write_set_format_zip(a);
    else if (kind == PACK_GZIP) archive_write_set_format_raw(a);
    else archive_write_set_format_ustar(a);
    if (kind == PACK_TAR_GZIP || kind == PACK_GZIP) archive_write_add_filter_gzip(a);
    archive_write_set_options(a, "hdrcharset=BINARY");
    archive_write_set_bytes_in_last_block(a, 1);
    archive_write_open_memory(a, at, room, &used);
    for (size_t i = 0; i < count; i++) {
        struct archive_entry *entry = archive_entry_new();
        archive_entry_set_pathname(entry, parts[i].name);
        archive_entry_set_size(entry, (la_int64_t)parts[i].data.len);
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_write_header(a, entry);
        archive_write_data(a, parts[i].data.ptr, parts[i].data.len);
        archive_entry_free(entry);
    }
    archive_write_close(a);
    archive_write_free(a);
    out.len = used;
    return out;
}

#endif
