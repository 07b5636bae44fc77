import * as z from 'zod';
import { releaseKeyOf } from '../../core/plan/plan.ts';

/** What a request says. */
export type DeploymentNews =
  | {
      kind: 'deployed';
      releaseKey: string;
      /** Percent of traffic; 0: it was rolled back. */
      percent: number;
      note: string | null;
    }
  /** Nothing that tminus records, and nothing wrong either. */
  | { kind: 'ignored'; why: string }
  | { kind: 'problem'; problem: string };

const percent = z.number().min(0).max(100);
const maxNote = 3_000;

const Signed = z.strictObject({
  release: z.string().max(80),
  percent,
  note: z.string().max(maxNote).optional(),
});

/** The JSON of the documents. */
export function readSigned(body: unknown): DeploymentNews {
  const read = Signed.safeParse(body);
  if (!read.success) return { kind: 'problem', problem: problemOf(read.error) };
  const { release, percent, note } = read.data;
  return { kind: 'deployed', releaseKey: release, percent, note: note ?? null };
}

/** What was deployed of a product, in which version; a `v` before the number is a custom of tags. */
export function deployedVersion(
  product: string,
  version: string,
  { percent, note }: { percent: number; note: string | null },
): DeploymentNews {
  const releaseKey = releaseKeyOf({ product, version: version.replace(/^v(?=\d)/, '') });
  if (releaseKey === null) return { kind: 'ignored', why: `${version} is no version` };
  return { kind: 'deployed', releaseKey, percent, note: note?.slice(0, maxNote) ?? null };
}

export function problemOf(error: z.ZodError): string {
  const [issue] = error.issues;
  const where = issue === undefined || issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  return `The JSON is not as documented: ${where}${issue?.message ?? 'not valid'}.`;
}
