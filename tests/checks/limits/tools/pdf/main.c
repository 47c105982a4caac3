int f(void) { return fail("limit", "too many things"); }
