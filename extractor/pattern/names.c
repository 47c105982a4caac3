#include "pattern/private.h"

const gk_scope_info gk_scope_table[GK_SCOPE_COUNT] = {
#define X(symbol, name, mode, what) [GK_SCOPE_##symbol] = {name, GK_MODE_##mode},
    GK_SCOPES(X)
#undef X
};

const char *const gk_key_names[GK_KEY_COUNT] = {
#define X(symbol, name) [GK_KEY_##symbol] = name,
    GK_KEYS(X)
#undef X
};

gk_key gk_key_of(gk_str name) {
    for (int k = 0; k < GK_KEY_COUNT; k++)
        if (gk_str_eqz(name, gk_key_names[k])) return (gk_key)k;
    return GK_KEY_COUNT;
}
