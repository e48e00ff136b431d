-- An item's points divided among its authors by weight, in cents, by largest remainder, ties to the first listed.
WITH pots AS (
    SELECT r.period, r.unit, r.item, (sum(r.points) * 100)::BIGINT AS cents
    FROM rows r SEMI JOIN spans s ON s.first = r.period
    WHERE r.clause IN ({{of}}) AND r.unit IS NOT NULL
    GROUP BY ALL
),
whole AS (
    SELECT p.*, a.person, a.weight, a.pos, sum(a.weight) OVER pot AS weights
    FROM pots p JOIN authors a ON a.unit = p.unit AND a.item = p.item
    WINDOW pot AS (PARTITION BY p.period, p.unit, p.item)
),
cut AS (
    SELECT *, abs(cents) * weight // weights AS share, abs(cents) * weight % weights AS rest FROM whole
),
dealt AS (
    SELECT *, share + CASE WHEN row_number() OVER (pot ORDER BY rest DESC, pos)
                                <= abs(cents) - sum(share) OVER (pot) THEN 1 ELSE 0 END AS final
    FROM cut WINDOW pot AS (PARTITION BY period, unit, item)
),
earned AS (
    SELECT d.unit, d.person, p.wanted, sum(sign(d.cents) * d.final) AS cents
    FROM dealt d JOIN parts p ON p.first = d.period GROUP BY ALL
),
people AS (SELECT unit, person, min(pos) AS pos FROM authors GROUP BY unit, person)
SELECT w.name, a.unit, a.person, (coalesce(e.cents, 0) * 0.01::DECIMAL(3, 2))::DECIMAL(18, 2) AS points
FROM wanted w CROSS JOIN people a
LEFT JOIN earned e ON e.unit = a.unit AND e.person = a.person AND e.wanted = w.no
ORDER BY w.no, a.pos
