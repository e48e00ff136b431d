-- The highest fact of each key counts, a later higher one by the difference (also the shape "heaviest_of").
{{facts}},
chained AS (
    SELECT *, max(CASE WHEN code = 0 THEN abs(worth) END) OVER before AS best
    FROM {{candidates}}
    WINDOW before AS (PARTITION BY {{key}} ORDER BY ts, event ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
),
judged AS (
    SELECT *, CASE WHEN code = 0 AND ({{wins}}) THEN sign(worth) * (abs(worth) - coalesce(best, 0)) ELSE 0 END AS points,
           CASE WHEN code = 0 AND NOT ({{wins}}) THEN 4 ELSE code END AS verdict,
           best AS have, NULL::VARCHAR AS rival
    FROM chained
)
{{award}}
