/* Number formats that files name by number only: ECMA-376 part 1, 18.8.30, with those of the language zh-CN. The date of
 * format 14 follows the system; here it is the one of zh-CN. */
#include "read/sheet_format.h"

static const struct {
    uint32_t id;
    const char *code;
} table[] = {
    {1, "0"},
    {2, "0.00"},
    {3, "#,##0"},
    {4, "#,##0.00"},
    {5, "\"¥\"#,##0;\"¥\"-#,##0"},
    {6, "\"¥\"#,##0;[Red]\"¥\"-#,##0"},
    {7, "\"¥\"#,##0.00;\"¥\"-#,##0.00"},
    {8, "\"¥\"#,##0.00;[Red]\"¥\"-#,##0.00"},
    {9, "0%"},
    {10, "0.00%"},
    {11, "0.00E+00"},
    {12, "# ?/?"},
    {13, "# ?" "?/?" "?"},
    {14, "yyyy/m/d"},
    {15, "d-mmm-yy"},
    {16, "d-mmm"},
    {17, "mmm-yy"},
    {18, "h:mm AM/PM"},
    {19, "h:mm:ss AM/PM"},
    {20, "h:mm"},
    {21, "h:mm:ss"},
    {22, "yyyy/m/d h:mm"},
    {27, "yyyy年m月"},
    {28, "m月d日"},
    {29, "m月d日"},
    {30, "m-d-yy"},
    {31, "yyyy年m月d日"},
    {32, "h时mm分"},
    {33, "h时mm分ss秒"},
    {34, "h时mm分"},
    {35, "h时mm分ss秒"},
    {36, "yyyy年m月"},
    {37, "#,##0_);(#,##0)"},
    {38, "#,##0_);[Red](#,##0)"},
    {39, "#,##0.00_);(#,##0.00)"},
    {40, "#,##0.00_);[Red](#,##0.00)"},
    {41, "_ * #,##0_ ;_ * -#,##0_ ;_ * \"-\"_ ;_ @_ "},
    {42, "_ \"¥\"* #,##0_ ;_ \"¥\"* -#,##0_ ;_ \"¥\"* \"-\"_ ;_ @_ "},
    {43, "_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * \"-\"?" "?_ ;_ @_ "},
    {44, "_ \"¥\"* #,##0.00_ ;_ \"¥\"* -#,##0.00_ ;_ \"¥\"* \"-\"?" "?_ ;_ @_ "},
    {45, "mm:ss"},
    {46, "[h]:mm:ss"},
    {47, "mm:ss"},
    {48, "##0.0E+0"},
    {49, "@"},
    {50, "yyyy年m月"},
    {51, "m月d日"},
    {52, "yyyy年m月"},
    {53, "m月d日"},
    {54, "m月d日"},
    {55, "h时mm分"},
    {56, "h时mm分ss秒"},
    {57, "yyyy年m月"},
    {58, "m月d日"},
};

gk_str gk_format_builtin(uint32_t id) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (table[i].id == id) return gk_str_of(table[i].code);
    return GK_STR_NONE;
}
