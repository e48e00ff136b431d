-- A period of account whose rows add up to less than zero is lifted to zero by a row of its own.
INSERT INTO rows
SELECT {{clause}}, NULL, r.unit, NULL, r.period::TIMESTAMP, r.period, -sum(r.points), '', 11, NULL, NULL, NULL
FROM rows r WHERE r.unit IS NOT NULL
GROUP BY r.unit, r.period HAVING sum(r.points) < 0
