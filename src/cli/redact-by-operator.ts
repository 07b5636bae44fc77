import { redactionOfPerson } from '../core/audit/redacted-person.ts';
import type { Redaction } from '../core/audit/redaction.ts';
import { lineText } from '../core/card/line.ts';
import { listWords } from '../lib/list-words.ts';
import { findRedaction } from '../services/audit/redact/find-redaction.ts';
import { findPersonsCalled, loadPersonalData } from '../services/audit/redact/personal-data.ts';
import { redactPerson } from '../services/audit/redact/redact-person.ts';
import { redactedTextSchema, redactionOfText, redactText } from '../services/audit/redact/redact-text.ts';
import type { Services } from '../services/kernel/context.ts';
import type { Refusal } from '../services/kernel/result.ts';

interface RedactOptions {
  /** An e-mail address or an account; or else there is a text. */
  person: string | null;
  text: string | null;
  /** Null: it is only looked for. */
  reason: string | null;
  operator: string;
}

/** What is to be printed. */
interface RedactOutcome {
  ok: boolean;
  lines: string[];
}

/** Removes what an operator names, or says how much that would be. */
export async function redactByOperator(services: Services, options: RedactOptions): Promise<RedactOutcome> {
  const { person, text } = options;
  if (person !== null) return redactOne(services, person, options);
  const parsed = redactedTextSchema.safeParse(text);
  if (!parsed.success) return no(`--text: ${parsed.error.issues[0]?.message}`);
  if (options.reason === null) return foresee(services, redactionOfText(parsed.data));
  const ctx = { ...services, actor: { kind: 'operator', name: options.operator } as const };
  return tell(await redactText({ ctx, input: { text: parsed.data, reason: options.reason } }));
}

async function redactOne(
  services: Services,
  called: string,
  { reason, operator }: RedactOptions,
): Promise<RedactOutcome> {
  const [personId, ...others] = await findPersonsCalled(services.db, called);
  if (personId === undefined)
    return no(
      `--person: nobody here has the e-mail address or the account ${called}. An account is written slack:U0123.`,
    );
  if (others.length > 0)
    return no(
      `--person: ${others.length + 1} people have the e-mail address ${called}. Name one of their accounts, such as slack:U0123.`,
    );
  if (reason === null)
    return foresee(services, redactionOfPerson(await loadPersonalData(services.db, personId), 'preview'));
  const ctx = { ...services, actor: { kind: 'operator', name: operator } as const };
  return tell(await redactPerson({ ctx, input: { personId, reason } }));
}

async function foresee({ db }: Services, redaction: Redaction): Promise<RedactOutcome> {
  const { events, rows } = await findRedaction(db, redaction);
  const sought = [...redaction.parts.keys(), ...redaction.wholes.keys()];
  const would = amountWords({ events: events.length, rows: rows.length });
  return {
    ok: true,
    lines: [
      `Would be removed: ${sought.map((each) => JSON.stringify(each)).join(', ')}`,
      `It stands in ${would}. Nothing was changed. To remove it for good, add --reason and --yes.`,
    ],
  };
}

function tell(
  result: { ok: true; value: { events: number; rows: number } } | { ok: false; refusal: Refusal },
): RedactOutcome {
  if (!result.ok) return no(lineText(result.refusal.message));
  return {
    ok: true,
    lines: [
      `Removed from ${amountWords(result.value)}. \`tminus audit verify\` shows that the trail is intact.`,
    ],
  };
}

function no(line: string): RedactOutcome {
  return { ok: false, lines: [line] };
}

/** `31 records of the audit trail and 12 rows` */
function amountWords({ events, rows }: { events: number; rows: number }): string {
  return listWords([
    `${events} ${events === 1 ? 'record' : 'records'} of the audit trail`,
    `${rows} ${rows === 1 ? 'row' : 'rows'} of other tables`,
  ]);
}
