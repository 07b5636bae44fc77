import { lineText } from '../core/card/line.ts';
import type { Plan } from '../core/plan/plan.ts';
import { listWords } from '../lib/list-words.ts';
import { askPlatform, directoryOf } from '../services/kernel/ask-platform.ts';
import type { Actor, Ctx, Services } from '../services/kernel/context.ts';
import { done, type Refusal, type Result, refuse } from '../services/kernel/result.ts';
import { editRelease } from '../services/lifecycle/edit-release.ts';
import { identifyPerson } from '../services/people/identify-person.ts';
import type { DifferingNames } from '../services/release/check-names.ts';
import { createRelease } from '../services/release/create-release.ts';

export interface ImportOptions {
  /** E-mail address of the person who plans it; undefined: an operator does. */
  as: string | undefined;
  /** Name of the operator, for the audit trail. */
  operator: string;
  /** Where a name is not its account's, the account's is taken. */
  useAccountNames: boolean;
  /** The plan takes the place of the one that its release has. */
  change: boolean;
}

/** What is to be printed. */
export type ImportOutcome = { ok: true; said: string[]; warnings: string[] } | { ok: false; lines: string[] };

/** Plans or changes a release with all checks that a form makes, as an operator or as a person who may. */
export async function importPlan(
  services: Services,
  plan: Plan,
  options: ImportOptions,
): Promise<ImportOutcome> {
  const actor = await findActor(services, options);
  if (!actor.ok) return { ok: false, lines: linesOf(actor.refusal) };
  const ctx = { ...services, actor: actor.value };
  const differingNames: DifferingNames = options.useAccountNames ? 'use-account' : 'refuse';
  const args = { ctx, input: { plan, differingNames } };
  return options.change ? changeRelease(args) : planRelease(args);
}

interface Planned {
  ctx: Ctx;
  input: { plan: Plan; differingNames: DifferingNames };
}

async function planRelease(args: Planned): Promise<ImportOutcome> {
  const result = await createRelease(args);
  if (!result.ok) return { ok: false, lines: linesOf(result.refusal) };
  const { releaseKey, goLive, warnings } = result.value;
  return { ok: true, said: [`${releaseKey} is planned; go-live is ${goLive}.`], warnings };
}

async function changeRelease(args: Planned): Promise<ImportOutcome> {
  const result = await editRelease(args);
  if (!result.ok) return { ok: false, lines: linesOf(result.refusal) };
  const { releaseKey, changed, consequences, warnings } = result.value;
  const said = [
    `The plan of ${releaseKey} was changed: ${listWords(changed)}.`,
    ...(consequences.length > 0 ? consequences.map(lineText) : ['Votes and decisions stay as they are.']),
  ];
  return { ok: true, said, warnings };
}

async function findActor(services: Services, { as, operator }: ImportOptions): Promise<Result<Actor>> {
  if (as === undefined) return done({ kind: 'operator', name: operator });
  const platform = 'slack';
  const found = await askPlatform(services, async () =>
    done(await directoryOf(services, platform).findPersonByEmail(as)),
  );
  if (!found.ok) return found;
  if (found.value === null)
    return refuse('not-found', `Nobody in the workspace has the e-mail address ${as}. Check --as.`);
  const { id, name } = found.value;
  const identity = { platform, id };
  const person = await identifyPerson(services, identity, name);
  return done({ kind: 'person', ...person, identity, name });
}

function linesOf({ message, reasons = [], who }: Refusal): string[] {
  return [
    lineText(message),
    ...reasons.map((reason) => `  ${lineText(reason)}`),
    ...(who === undefined ? [] : [`Who can: ${who}.`]),
  ];
}
