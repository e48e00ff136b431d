"""What a predicate may contain. Everything not named here is refused."""

from __future__ import annotations

from sqlglot import exp

CHECKS = ("bad_resident_id", "bad_uscc", "bad_case_no")
OWN = {**dict.fromkeys(CHECKS, (1, 1)), "duplicate": (1, 4), "unknown": (2, 2)}

# Expressions of the language itself: comparisons, logic, arithmetic, conditions.
NODES: frozenset[type[exp.Expression]] = frozenset(
    {
        exp.Column,
        exp.Identifier,
        exp.Literal,
        exp.Boolean,
        exp.Null,
        exp.Paren,
        exp.Tuple,
        exp.Var,
        exp.And,
        exp.Or,
        exp.Not,
        exp.Is,
        exp.In,
        exp.Between,
        exp.Case,
        exp.If,
        exp.EQ,
        exp.NEQ,
        exp.GT,
        exp.GTE,
        exp.LT,
        exp.LTE,
        exp.NullSafeEQ,
        exp.NullSafeNEQ,
        exp.Add,
        exp.Sub,
        exp.Mul,
        exp.Div,
        exp.IntDiv,
        exp.Mod,
        exp.Neg,
        exp.DPipe,
        exp.Like,
        exp.ILike,
        exp.Escape,
        exp.SimilarTo,
        exp.Interval,
        exp.Cast,
        exp.TryCast,
        exp.DataType,
        exp.DataTypeParam,
    }
)

# Functions: each depends on its arguments alone and means the same on every engine (see the conformance rows).
# Those of texts: a column handed to one of them is read as text.
TEXT: frozenset[type[exp.Expression]] = frozenset(
    {
        exp.Length,
        exp.Substring,
        exp.Upper,
        exp.Lower,
        exp.Trim,
        exp.Left,
        exp.Right,
        exp.Replace,
        exp.Concat,
        exp.StartsWith,
        exp.EndsWith,
        exp.Contains,
        exp.StrPosition,
        exp.RegexpFullMatch,
        exp.RegexpLike,
        exp.RegexpExtract,
        exp.Translate,
        exp.SplitPart,
        exp.StrToTime,
    }
)
FUNCTIONS: frozenset[type[exp.Expression]] = TEXT | frozenset(
    {
        exp.Coalesce,
        exp.Nullif,
        exp.Greatest,
        exp.Least,
        exp.Abs,
        exp.Round,
        exp.Floor,
        exp.Ceil,
        exp.Sign,
        exp.Pow,
        exp.Year,
        exp.Month,
        exp.Day,
        exp.DayOfWeek,
        exp.DateDiff,
        exp.DateAdd,
        exp.Extract,
        exp.CurrentDate,
        exp.Date,
        exp.LastDay,
        exp.TimestampTrunc,
        exp.DateTrunc,
        exp.TimeToStr,
    }
)

NAMES = (
    "length substring upper lower trim ltrim rtrim left right replace concat starts_with ends_with contains "
    "strpos regexp_full_match regexp_matches regexp_extract translate split_part coalesce nullif greatest "
    "least abs round floor ceil sign pow date_trunc strptime strftime year month day dayofweek date_diff "
    "date_add extract current_date last_day " + " ".join(OWN)
).split()
