import type { Button } from '../card/card.ts';
import type { DraftStanding } from './draft-standing.ts';

/** Shows a draft as it is now, with what the reader may do. It never goes out of date. */
export function showDraftButton(draftId: string, label = 'Show the draft'): Button {
  return { action: 'show-draft', label, value: JSON.stringify({ draftId }) };
}

/**
 * What can be decided on a draft as it stands. `isEdited`: its text is not the template's; `due`: when a late one was
 * due, in words.
 */
export function draftButtons(
  draft: { id: string; revision: number },
  { standing, isEdited, due }: { standing: DraftStanding; isEdited: boolean; due: string },
): Button[] {
  const value = JSON.stringify({ draftId: draft.id, revision: draft.revision });
  const edit = [{ action: 'edit-draft', label: 'Edit…', value }, ...(isEdited ? [restoreButton(value)] : [])];
  switch (standing) {
    case 'waiting':
      return [approveButton(value), ...edit, holdButton(value)];
    case 'approved':
      return [...edit, holdButton(value)];
    case 'held':
    case 'late-held':
      return [{ action: 'release-draft', label: 'Release the hold', style: 'primary', value }, ...edit];
    case 'late':
      return [approveLateButton(value, due), ...edit];
    case 'sent':
    case 'ended':
      return [];
  }
}

function approveButton(value: string): Button {
  const confirm = {
    title: 'Approve this text?',
    text: 'It goes out at its time, exactly as shown. If anything changes before then, I ask you again.',
    confirm: 'Approve',
    deny: 'Cancel',
  };
  return { action: 'approve-draft', label: 'Approve', style: 'primary', value, confirm };
}

function approveLateButton(value: string, due: string): Button {
  const confirm = {
    title: 'Send it now?',
    text: `It was due ${due}. If you approve it, it goes out at once, exactly as shown.`,
    confirm: 'Approve and send',
    deny: 'Cancel',
  };
  return { action: 'approve-draft', label: 'Approve and send now', style: 'primary', value, confirm };
}

function restoreButton(value: string): Button {
  const confirm = {
    title: "Use the template's text?",
    text: 'The text that was typed is dropped.',
    confirm: 'Use the template',
    deny: 'Cancel',
  };
  return { action: 'restore-draft', label: "Use the template's text", value, confirm };
}

function holdButton(value: string): Button {
  return { action: 'hold-draft', label: 'Hold…', style: 'danger', value };
}
