#include "pattern/builtin.h"

#include "pattern/load.h"

gk_str gk_builtin_content(gk_str name) {
    for (const gk_builtin_file *f = gk_builtin_files; f->name; f++)
        if (f->content && gk_str_eqz(name, f->name)) return (gk_str){f->content, f->len};
    return GK_STR_NONE;
}

gk_set *gk_set_load_builtin(gk_err *err) {
    size_t count = 0;
    while (gk_builtin_files[count].name) count++;
    gk_set *set = gk_set_new();
    gk_pattern_file *file = gk_arena_zero(&set->arena, (count + 1) * sizeof *file);
    for (size_t i = 0; i < count; i++) {
        const gk_builtin_file *f = &gk_builtin_files[i];
        file[i].name = gk_str_of(f->name);
        file[i].path = gk_arena_printf(&set->arena, "builtin/%s", f->name);
        file[i].content = (gk_str){f->content, f->len};
        file[i].tree = f->tree;
    }
    memcpy(set->digest, gk_builtin_digest, sizeof set->digest);
    set = gk_set_finish(set, file, count, true, err);
    if (set) set->is_packed = true;
    return set;
}
