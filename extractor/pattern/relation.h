/* The relations of check rules that are no formulas: what the loader takes, and the engine answers.
 *
 * X(function that answers it, name in files, modes it takes, with `|` between them)
 */
#ifndef GK_PATTERN_RELATION_H
#define GK_PATTERN_RELATION_H

/* Of the scopes `check` and `check-sentence`; the functions are of type gk_check_how. */
#define GK_PROSE_RELATIONS(X)                                                                                          \
    X(gk_check_comparison, "compare", "")                                                                              \
    X(gk_check_signs, "signs", "")                                                                                     \
    X(gk_check_parts, "parts", "above|complete|exceed|family|named|plain|witness")                                     \
    X(gk_check_shares, "shares", "")                                                                                   \
    X(gk_check_share, "named-share", "")                                                                               \
    X(gk_check_total, "total", "complete")                                                                             \
    X(gk_check_left, "left", "")                                                                                       \
    X(gk_check_items, "items", "complete|exceed|family")                                                               \
    X(gk_check_missing, "unit", "")                                                                                    \
    X(gk_check_average, "average", "")                                                                                 \
    X(gk_check_product, "product", "")                                                                                 \
    X(gk_check_groups, "groups", "")                                                                                   \
    X(gk_check_named, "names", "")                                                                                     \
    X(gk_check_blank, "figure", "")

/* Of the scope `check-table`; the functions are of type gk_relate. */
#define GK_TABLE_RELATIONS(X)                                                                                          \
    X(gk_relate_codes, "codes", "complete")                                                                                \
    X(gk_relate_columns, "columns", "")                                                                                \
    X(gk_relate_rows, "rows", "")                                                                                      \
    X(gk_relate_numbered, "numbered", "witness")                                                                       \
    X(gk_relate_outline, "outline", "")                                                                                \
    X(gk_relate_letters, "letters", "")                                                                                \
    X(gk_relate_stocks, "stocks", "")                                                                                  \
    X(gk_relate_same, "same", "")

/* The modes of formulas. */
#define GK_PROSE_FORMULA_MODES "capped|undefined"
#define GK_TABLE_FORMULA_MODES "row|column|line|lone|table|beside|document"

#endif
