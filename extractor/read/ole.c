#include "read/ole.h"

enum { HEADER_BYTES = 512, HEADER_FATS = 109, ENTRY_BYTES = 128, NO_ENTRY_STEPS = 100000 };

#define LAST_SECTOR 0xFFFFFFFAu /* numbers above it mark ends and free sectors */
#define NO_STREAM 0xFFFFFFFFu

bool gk_ole_is(gk_str bytes) { return gk_str_starts(bytes, GK_STR("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")); }

/* Where a sector starts in the file; the header takes the place of one sector. */
static size_t offset_of(const gk_ole *ole, uint32_t sector) { return ((size_t)sector + 1) * ole->sector; }

static bool exists(const gk_ole *ole, uint32_t sector) { return sector < LAST_SECTOR && sector < ole->sectors; }

/* The sector that holds part `index` of the FAT, NO_STREAM where there is none. */
static uint32_t fat_sector(const gk_ole *ole, uint32_t index) {
    if (index < HEADER_FATS) return gk_u32(ole->bytes, 76 + 4 * (size_t)index);
    uint32_t each = ole->sector / 4 - 1, sector = ole->difat;
    index -= HEADER_FATS;
    for (uint32_t steps = 0; exists(ole, sector) && steps < ole->sectors; steps++, index -= each) {
        if (index < each) return gk_u32(ole->bytes, offset_of(ole, sector) + 4 * (size_t)index);
        sector = gk_u32(ole->bytes, offset_of(ole, sector) + 4 * (size_t)each);
    }
    return NO_STREAM;
}

static uint32_t next_sector(const gk_ole *ole, uint32_t sector) {
    uint32_t each = ole->sector / 4, fat = fat_sector(ole, sector / each);
    return exists(ole, fat) ? gk_u32(ole->bytes, offset_of(ole, fat) + 4 * (size_t)(sector % each)) : NO_STREAM;
}

/* The sector `steps` behind `sector` in its chain. */
static uint32_t walk(const gk_ole *ole, uint32_t sector, uint32_t steps) {
    while (steps-- && exists(ole, sector)) sector = next_sector(ole, sector);
    return sector;
}

/* ---- directory */

/* The entry of a number: its 128 bytes, or an absent string. Directories are short, so the chain is walked each time. */
static gk_str entry_at(const gk_ole *ole, uint32_t number) {
    uint32_t each = ole->sector / ENTRY_BYTES;
    if (number / each > ole->sectors || number > NO_ENTRY_STEPS) return GK_STR_NONE;
    uint32_t sector = walk(ole, ole->directory, number / each);
    if (!exists(ole, sector)) return GK_STR_NONE;
    size_t at = offset_of(ole, sector) + (size_t)(number % each) * ENTRY_BYTES;
    gk_str entry = gk_str_slice(ole->bytes, at, at + ENTRY_BYTES);
    return entry.len == ENTRY_BYTES ? entry : GK_STR_NONE;
}

static uint32_t upper(uint32_t c) { return c >= 'a' && c <= 'z' ? c - 32 : c; }

/* Order of names in the tree: by length, then by upper-case letters. */
static int compare(const char *name, gk_str entry) {
    size_t len = strlen(name), other = gk_u16(entry, 64);
    other = other >= 2 ? other / 2 - 1 : 0;
    if (len != other) return len < other ? -1 : 1;
    for (size_t i = 0; i < len; i++) {
        uint32_t a = upper((unsigned char)name[i]), b = upper(gk_u16(entry, 2 * i));
        if (a != b) return a < b ? -1 : 1;
    }
    return 0;
}

static bool is_stream(gk_str entry) { return entry.ptr && gk_u8(entry, 66) == 2; }

/* The stream at the top of the tree; where a writer did not sort its tree, the first stream of that name. */
static gk_str find(const gk_ole *ole, const char *name) {
    enum { MOST_STEPS = 64, MOST_ENTRIES = 4096 };
    uint32_t number = gk_u32(entry_at(ole, 0), 76);
    for (int steps = 0; steps < MOST_STEPS; steps++) {
        gk_str entry = entry_at(ole, number);
        if (!entry.ptr) break;
        int order = compare(name, entry);
        if (order == 0 && is_stream(entry)) return entry;
        number = gk_u32(entry, order < 0 ? 68 : 72);
    }
    for (number = 1; number < MOST_ENTRIES; number++) {
        gk_str entry = entry_at(ole, number);
        if (!entry.ptr) break;
        if (is_stream(entry) && compare(name, entry) == 0) return entry;
    }
    return GK_STR_NONE;
}

bool gk_ole_find(const gk_ole *ole, const char *name) { return find(ole, name).ptr != NULL; }

bool gk_ole_has(gk_str bytes, const char *name) {
    gk_ole ole;
    return gk_ole_is(bytes) && gk_ole_open(bytes, &ole, NULL) == GK_OK && gk_ole_find(&ole, name);
}

/* ---- streams */

gk_code gk_ole_open(gk_str bytes, gk_ole *out, gk_err *err) {
    uint32_t shift = gk_u16(bytes, 30), mini = gk_u16(bytes, 32);
    bool sound = gk_ole_is(bytes) && bytes.len > HEADER_BYTES && (shift == 9 || shift == 12) && mini == 6;
    if (!sound) return gk_err_set(err, GK_E_FORMAT, "the head of the compound file is damaged");
    *out = (gk_ole){.bytes = bytes, .sector = 1u << shift, .mini = 1u << mini};
    out->sectors = (uint32_t)((bytes.len + out->sector - 1) / out->sector - 1);
    out->directory = gk_u32(bytes, 48);
    out->cutoff = gk_u32(bytes, 56);
    out->mini_fat = gk_u32(bytes, 60);
    out->difat = gk_u32(bytes, 68);
    gk_str root = entry_at(out, 0);
    if (!root.ptr) return gk_err_set(err, GK_E_FORMAT, "the directory of the compound file is missing");
    out->mini_first = gk_u32(root, 116);
    out->mini_bytes = gk_u32(root, 120);
    return GK_OK;
}

static gk_code broken(const char *name, gk_err *err) {
    return gk_err_set(err, GK_E_FORMAT, "the stream %s of the compound file is cut off", name);
}

/* Appends up to `left` bytes of a piece of the file. */
static void take(gk_str bytes, size_t at, size_t most, uint64_t *left, gk_buf *out) {
    gk_str piece = gk_str_slice(bytes, at, at + (most < *left ? most : (size_t)*left));
    gk_buf_put(out, piece);
    *left -= piece.len;
}

static gk_code read_large(const gk_ole *ole, const char *name, uint32_t sector, uint64_t left, gk_buf *out, gk_err *err) {
    for (uint32_t steps = 0; left && steps <= ole->sectors; steps++) {
        if (!exists(ole, sector)) break;
        take(ole->bytes, offset_of(ole, sector), ole->sector, &left, out);
        sector = next_sector(ole, sector);
    }
    return left ? broken(name, err) : GK_OK;
}

/* A small stream: the mini stream is read whole first, and so is its table. */
static gk_code read_small(const gk_ole *ole, const char *name, uint32_t sector, uint64_t left, gk_buf *out, gk_err *err) {
    gk_buf mini = {0}, fat = {0};
    gk_err ignored;
    uint64_t whole = (uint64_t)ole->sectors * ole->sector;
    read_large(ole, name, ole->mini_first, ole->mini_bytes < whole ? ole->mini_bytes : whole, &mini, &ignored);
    read_large(ole, name, ole->mini_fat, whole, &fat, &ignored);
    gk_str data = gk_buf_str(&mini), table = gk_buf_str(&fat);
    for (size_t steps = 0; left && steps <= data.len / ole->mini; steps++) {
        if (sector >= LAST_SECTOR || (size_t)sector * ole->mini >= data.len) break;
        take(data, (size_t)sector * ole->mini, ole->mini, &left, out);
        sector = 4 * (size_t)sector < table.len ? gk_u32(table, 4 * (size_t)sector) : NO_STREAM;
    }
    gk_buf_free(&mini);
    gk_buf_free(&fat);
    return left ? broken(name, err) : GK_OK;
}

gk_code gk_ole_read(const gk_ole *ole, const char *name, gk_buf *out, gk_err *err) {
    gk_buf_clear(out);
    gk_str entry = find(ole, name);
    if (!entry.ptr) return gk_err_set(err, GK_E_FORMAT, "the compound file has no stream %s", name);
    uint32_t first = gk_u32(entry, 116);
    uint64_t size = gk_u32(entry, 120);
    return size < ole->cutoff ? read_small(ole, name, first, size, out, err)
                              : read_large(ole, name, first, size, out, err);
}
