import * as z from 'zod';
import { type EditedText, maxBodyLength, maxTitleLength } from '../../core/approval/edited-text.ts';
import { hasVisibleText } from '../../lib/visible-text.ts';
import type { Ctx } from '../kernel/context.ts';
import { rightTo } from '../kernel/load-for-request.ts';
import { done, type Result } from '../kernel/result.ts';
import type { Scope } from '../kernel/scope.ts';
import { runVerb } from '../kernel/verb.ts';
import { auditWritten, written } from './draft-release-notes.ts';
import { loadNotes, type NotesInput, notesInput, writeNotes } from './load-notes.ts';

const editInput = notesInput.extend({
  title: z
    .string()
    .trim()
    .refine(hasVisibleText, { error: 'Release notes need a heading.' })
    .max(maxTitleLength),
  body: z.string().trim().refine(hasVisibleText, { error: 'Release notes need a text.' }).max(maxBodyLength),
});

/** What a form about notes is opened with. */
export interface CheckedNotes extends NotesInput {
  text: EditedText;
  wasApproved: boolean;
}

/** Whether somebody may write the notes now: asked before the form opens. */
export function checkNotes(args: { ctx: Ctx; input: NotesInput }): Promise<Result<CheckedNotes>> {
  const run = async (scope: Scope, input: NotesInput): Promise<Result<CheckedNotes>> => {
    const loaded = await loadNotes(scope, input, 'notes.edit');
    if (!loaded.ok) return loaded;
    const { title, body, state } = loaded.value.notes;
    return done({ ...input, text: { title, body }, wasApproved: state === 'approved' });
  };
  return runVerb({ name: 'notes.check', input: notesInput, run }, args);
}

/** Gives the notes another text, which has to be approved again. */
export function editNotes(args: {
  ctx: Ctx;
  input: z.input<typeof editInput>;
}): Promise<Result<{ releaseKey: string }>> {
  const verb = { name: 'notes.edit', input: editInput, run: edit, checkRight: rightTo('notes.edit') };
  return runVerb(verb, args);
}

async function edit(
  scope: Scope,
  { title, body, ...input }: z.infer<typeof editInput>,
): Promise<Result<{ releaseKey: string }>> {
  const loaded = await loadNotes(scope, input, 'notes.edit');
  if (!loaded.ok) return loaded;
  const { release } = loaded.value;
  const text = { title, body: body.replace(/\r\n?/g, '\n') };
  await writeNotes(scope, loaded.value, written(scope, release, text));
  auditWritten(scope, release, { action: 'notes.edited', text });
  return done({ releaseKey: release.key });
}
