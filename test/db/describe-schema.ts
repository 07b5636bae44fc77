import type pg from 'pg';

const parts: Record<string, string> = {
  columns: `SELECT format('%s.%s %s%s%s', table_name, column_name, format_type(a.atttypid, a.atttypmod),
      CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
      coalesce(' default ' || pg_get_expr(d.adbin, d.adrelid), '')) AS line
    FROM information_schema.columns c
    JOIN pg_attribute a ON a.attrelid = format('public.%I', table_name)::regclass AND a.attname = column_name
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    WHERE table_schema = 'public'`,
  constraints: `SELECT format('%s %s %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) AS line
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'`,
  indexes: `SELECT indexdef AS line FROM pg_indexes WHERE schemaname = 'public'`,
  functions: `SELECT pg_get_functiondef(oid) AS line FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
  triggers: `SELECT pg_get_triggerdef(oid) AS line FROM pg_trigger WHERE NOT tgisinternal`,
};

/** The whole public schema as text: readable in a review, and different when anything is. */
export async function describeSchema(client: pg.Client): Promise<string> {
  const sections: string[] = [];
  for (const [title, query] of Object.entries(parts)) {
    const { rows } = await client.query<{ line: string }>(`${query} ORDER BY line`);
    sections.push([`# ${title}`, ...rows.map((row) => row.line.trimEnd())].join('\n'));
  }
  return `${sections.join('\n\n')}\n`;
}
