-- Scores: a GROUP BY of the explanation rows; every unit has a row in every wanted period, also with zero.
WITH kept AS (
    SELECT r.unit, r.period, sum(r.points) AS points, bool_or(r.code = 8) AS flagged
    FROM rows r SEMI JOIN spans s ON s.first = r.period
    WHERE r.unit IS NOT NULL GROUP BY r.unit, r.period
),
summed AS (
    SELECT k.unit, p.wanted, sum(k.points) AS points, bool_or(k.flagged) AS flagged
    FROM kept k JOIN parts p ON p.first = k.period GROUP BY k.unit, p.wanted
)
SELECT w.no, w.name, u.pos, u.unit, coalesce(s.points, 0)::DECIMAL(18, 2) AS points,
       CASE WHEN w.flags THEN coalesce(s.flagged, false) END AS disqualified,
       {{appraised}} AS evaluated
FROM wanted w CROSS JOIN units u
LEFT JOIN summed s ON s.unit = u.unit AND s.wanted = w.no
