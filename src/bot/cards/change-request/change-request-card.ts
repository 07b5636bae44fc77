import { request as askFor, type Block, type Card, note, paragraph, text } from '../../../core/card/card.ts';
import { line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { describeScopeChange } from '../../../core/changes/scope-change.ts';
import { ask } from '../../../core/messages/mention.ts';
import { requestButtons } from '../../../core/messages/request-message.ts';
import { mayEdit } from '../../../core/release/release-state.ts';
import type { ChangeRequest } from '../../../db/queries/changes.ts';
import type { Release } from '../../../db/queries/load-release.ts';
import { othersWhoMay, whoMay } from '../../../services/kernel/who-may.ts';
import { releaseName } from '../parts/release-name.ts';

/** A late change in the release's channel: what, who, why; then what became of it. */
export function changeRequestCard(release: Release, request: ChangeRequest): Card {
  const { zone } = release.plan.goLive;
  const name = releaseName(release);
  const { mark, words } = standing(release, request);
  const asked = localDate(request.requestedAt.getTime(), zone);
  return {
    summary: `${mark} ${words} · ${release.key}`,
    blocks: [
      { type: 'header', text: `${mark} ${words} · ${name}` },
      paragraph(`${describeScopeChange(request)}.`),
      { type: 'quote', content: [text(request.reason)] },
      note(line`Requested by ${request.requestedByName} after code freeze, ${asked}`),
      ...decision(release, request),
    ],
  };
}

function standing(release: Release, { state }: ChangeRequest): { mark: string; words: string } {
  if (state === 'approved') return { mark: '✅', words: 'Late change approved' };
  if (state === 'refused') return { mark: '⛔', words: 'Late change refused' };
  if (state === 'withdrawn') return { mark: '↩️', words: 'Late change withdrawn' };
  if (state === 'lapsed') return { mark: '⌛', words: 'Late change: nobody decided in time' };
  return mayEdit(release.state)
    ? { mark: '✋', words: 'Late change?' }
    : { mark: '⌛', words: 'Late change: nobody decided in time' };
}

function decision(release: Release, request: ChangeRequest): Block[] {
  const { id, state, decidedByName, decidedAt, refusal, expiresAt } = request;
  if (state === 'lapsed') return [paragraph('The scope stays as it is.')];
  if (state !== 'open') {
    const at = localDate(decidedAt?.getTime() ?? 0, release.plan.goLive.zone);
    return [
      paragraph(line`${decidedByName ?? ''} ${state} it ${at}.`),
      ...(refusal === null ? [] : [{ type: 'quote' as const, content: [text(refusal)] }]),
    ];
  }
  if (!mayEdit(release.state)) return [];
  const deciders = whoMay(release, 'change.decide').filter(
    ({ personId }) => personId !== request.requestedById,
  );
  const until = localDate(expiresAt.getTime(), release.plan.goLive.zone);
  return [
    askFor(
      ask(
        deciders,
        line`approve or refuse it by ${until}. Approval changes the scope; votes cast for the old scope no longer count.`,
        othersWhoMay(release, 'change.decide'),
      ),
    ),
    {
      type: 'actions',
      buttons: requestButtons(id, {
        label: 'Approve',
        style: 'primary',
        confirm: {
          title: 'Approve the late change?',
          text: 'The scope of the release changes at once. A go decision no longer applies, and open votes start again.',
          confirm: 'Approve',
          deny: 'Cancel',
        },
      }),
    },
  ];
}
