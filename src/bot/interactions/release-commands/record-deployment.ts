import { command } from '../../../core/card/card.ts';
import { type Line, line } from '../../../core/card/line.ts';
import type { Ctx } from '../../../services/kernel/context.ts';
import { findRelease } from '../../../services/release/find-release.ts';
import { prepareRecord, recordDeployment } from '../../../services/rollout/record-deployment.ts';
import { exampleKey } from '../example-key.ts';
import { recordLiveForm } from '../forms/record-live.ts';
import { type Answer, answerForm, answerRefusal, answerSentence, type Subcommand } from '../interaction.ts';
import { recordedSentence } from '../recorded-sentence.ts';
import { parseRecord } from '../words/parse-record.ts';
import { isReleaseKey } from '../words/parse-release-key.ts';
import { splitWords } from '../words/split-words.ts';

export const subcommand: Subcommand = {
  name: 'record',
  usage: '[release] [deployed 50% or rolled back] [note]',
  help: 'record what was done without tminus, where it has no driver; it changes no traffic',
  position: 680,
  run: async ({ ctx, words }) => {
    const parsed = parseRecord(words);
    if (!parsed.ok) return answerSentence(line`${parsed.message} ${await examples(ctx)}`);
    const { releaseKey, toPercent, note } = parsed;
    const other = releaseKey === null && note !== null ? await findNamed(ctx, note) : null;
    if (other !== null) return answerSentence(line`Is it about ${other}? ${await examples(ctx, other)}`);
    if (toPercent === 100 || toPercent === 0) return confirmRecord(ctx, { releaseKey, toPercent, note });
    const result = await recordDeployment({ ctx, input: { releaseKey, toPercent, note } });
    return result.ok ? answerSentence(recordedSentence(result.value)) : answerRefusal(result.refusal);
  },
};

/** That everyone has it, or that it was rolled back, is announced at once, so it is confirmed first. */
async function confirmRecord(
  ctx: Ctx,
  { releaseKey, toPercent, note }: { releaseKey: string | null; toPercent: 0 | 100; note: string | null },
): Promise<Answer> {
  const prepared = await prepareRecord({ ctx, input: { releaseKey, toPercent } });
  if (!prepared.ok) return answerRefusal(prepared.refusal);
  return answerForm(recordLiveForm({ ...prepared.value, toPercent, note: note ?? '' }));
}

/** The first release that a note names; so many words are looked up at most. */
async function findNamed(ctx: Ctx, note: string): Promise<string | null> {
  const maxLookedUp = 5;
  for (const word of splitWords(note).filter(isReleaseKey).slice(0, maxLookedUp)) {
    const found = await findRelease(ctx, word.toLowerCase());
    if (found.ok) return found.value.key;
  }
  return null;
}

/** With the given release, or one that this person has a role in, or else a placeholder. */
async function examples(ctx: Ctx, given: string | null = null): Promise<Line> {
  const key = given ?? (await exampleKey(ctx));
  const record = (what: string) => command('release', `record ${key} ${what}`);
  return line`For example: ${record('deployed 50%')}, ${record('deployed 100% "all regions"')} or ${record('rolled back "errors at checkout"')}.`;
}
