#include "sink/driver.h"
static gk_code none(gk_sink *sink, gk_err *err) { (void)sink; return gk_err_set(err, GK_E_USAGE, "not built"); }
const gk_driver gk_driver_csv = {.open = none};
const gk_driver gk_driver_sqlite = {.own_file = true, .open = none};
