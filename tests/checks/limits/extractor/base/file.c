static int things(err *e, int n) {
    if (n > 9) return gk_err_set(e, GK_E_LIMIT, "more than %d things", 9);
    if (n > 8) return gk_err_set(e, GK_E_TIMEOUT, "more than %d "
                                 "things (GK_MAX_NOTHING)", 8);
    if (n > 7) return gk_err_set(e, GK_E_LIMIT, "more than %d things (GK_MAX_THINGS)", 7);
    return gk_err_set(e, GK_E_LIMIT, "the things: %s", why);
}
