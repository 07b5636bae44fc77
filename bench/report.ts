/** One table of figures, already in words. */
export interface Table {
  title: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
}

/** An aim, and how far it was reached. */
export interface Aim {
  what: string;
  /** At most so much, in the words of the aim's unit. */
  most: number;
  measured: number;
  unit: string;
}

/** What a suite measured. */
export interface Report {
  title: string;
  /** What is measured and how, a paragraph each. */
  about: readonly string[];
  tables: readonly Table[];
  aims: readonly Aim[];
}

/** A report as Markdown; the terminal gets the same text. */
export function reportToMarkdown({ title, about, tables, aims }: Report): string {
  const parts = [`## ${title}`, ...about, ...tables.map(tableToMarkdown), tableToMarkdown(aimsTable(aims))];
  return `${parts.join('\n\n')}\n`;
}

function aimsTable(aims: readonly Aim[]): Table {
  return {
    title: 'Aims',
    columns: ['Aim', 'at most', 'measured', ''],
    rows: aims.map(({ what, most, measured, unit }) => {
      return [what, figure(most) + unit, figure(measured) + unit, measured <= most ? 'reached' : 'missed'];
    }),
  };
}

function tableToMarkdown({ title, columns, rows }: Table): string {
  const widths = columns.map((column, index) =>
    Math.max(column.length, ...rows.map((row) => (row[index] ?? '').length)),
  );
  const line = (cells: readonly string[]) => {
    const padded = cells.map((cell, index) =>
      index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
    );
    return `| ${padded.join(' | ')} |`;
  };
  const rule = widths.map((width, index) => (index === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [`**${title}**`, '', line(columns), line(rule), ...rows.map(line)].join('\n');
}

/** Three significant digits, thousands in full. */
export function figure(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en');
  return value.toPrecision(Math.abs(value) >= 10 ? 3 : value >= 1 ? 3 : 2);
}
