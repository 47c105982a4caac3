#include <stdio.h>

#include "base/low.h"
#include "doc/doc.h"
