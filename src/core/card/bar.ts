/** What one place of a bar stands for: progress, or the answer of one voter. */
export type BarCell = 'done' | 'rest' | 'go' | 'conditional' | 'abstain' | 'no-go' | 'open';

/** A row of cells within a line. A platform that has a bar of its own may show that. */
export interface Bar {
  type: 'bar';
  cells: readonly BarCell[];
}

const marks: Record<BarCell, string> = {
  done: '▓',
  rest: '░',
  go: '🟩',
  conditional: '🟨',
  abstain: '⬛',
  'no-go': '🟥',
  open: '⬜',
};

/** How many cells a bar of progress has. */
const length = 10;

/** How far something is, in percent. What has begun has a cell, and only what is whole fills all. */
export function progressBar(percent: number): Bar {
  const share = Math.min(Math.max(percent, 0), 100);
  const begun = share > 0 ? 1 : 0;
  const done = share === 100 ? length : Math.min(Math.max(Math.floor(share / length), begun), length - 1);
  return { type: 'bar', cells: Array.from({ length }, (_, index) => (index < done ? 'done' : 'rest')) };
}

/** A bar in characters. */
export function barText({ cells }: Bar): string {
  return cells.map((cell) => marks[cell]).join('');
}
