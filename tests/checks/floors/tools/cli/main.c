#include "gongkai.h"

#include "base/str.h"
