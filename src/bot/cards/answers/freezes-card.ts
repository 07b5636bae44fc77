import {
  type Block,
  type Button,
  bold,
  type Card,
  command,
  type Inline,
  note,
  paragraph,
  text,
} from '../../../core/card/card.ts';
import { inlines, line } from '../../../core/card/line.ts';
import { localDate } from '../../../core/card/local-date.ts';
import { describeScope, describeTimes } from '../../../core/freeze/describe-freeze.ts';
import type { Freeze } from '../../../core/freeze/freeze.ts';
import { nextSpan } from '../../../core/freeze/freeze-window.ts';
import { freezeButtons } from '../../../core/messages/freeze-message.ts';
import type { FreezeRequest } from '../../../db/queries/freezes.ts';

/** All freezes that are or will be in effect, at `now` (epoch ms); with what the reader may do. */
export function freezesCard(
  facts: { freezes: readonly Freeze[]; requests: readonly FreezeRequest[] },
  { now, mayChange, mayFreezeNow }: { now: number; mayChange: boolean; mayFreezeNow: boolean },
): Card {
  const coming = facts.freezes.flatMap((freeze) => {
    const span = nextSpan(freeze, now);
    return span ? [{ freeze, span, holds: span.from <= now }] : [];
  });
  const holding = coming.filter(({ holds }) => holds).length;
  const summary =
    holding === 0
      ? 'No freeze is in effect'
      : `❄️ ${holding === 1 ? 'A freeze is' : `${holding} freezes are`} in effect`;
  const added = coming.flatMap(({ freeze }) => (freeze.id === null ? [] : [freeze.name]));
  return {
    summary,
    blocks: [
      { type: 'header', text: summary },
      ...(coming.length === 0
        ? [paragraph('No freezes are planned.')]
        : [{ type: 'list' as const, ordered: false, items: coming.map(item) }]),
      ...facts.requests.flatMap((request) => requestBlocks(request, mayFreezeNow)),
      ...buttonBlocks([
        ...(mayChange
          ? [{ action: 'add-freeze', label: 'Add…', value: '{}' }, ...added.slice(0, 3).map(endButton)]
          : []),
        ...(mayFreezeNow && facts.requests.length === 0
          ? [{ action: 'freeze-now', label: 'Freeze now…', style: 'danger' as const, value: '{}' }]
          : []),
      ]),
      note(
        line`During a freeze, nothing goes live and nothing is promoted. To end one: ${command('release', 'freeze end NAME')}. To let one release through: ${command('release', 'freeze break KEY')}.`,
      ),
    ],
  };
}

function item({
  freeze,
  span,
  holds,
}: {
  freeze: Freeze;
  span: { from: number; until: number };
  holds: boolean;
}): Inline[] {
  const next = holds
    ? line`in effect until ${localDate(span.until, freeze.zone)}`
    : line`next ${localDate(span.from, freeze.zone)}`;
  const where = freeze.id === null ? ', in tminus.yaml' : '';
  return [
    bold(`${holds ? '❄️ ' : ''}${freeze.name}: `),
    ...inlines(line`${describeTimes(freeze)}; ${next}. `),
    text(`For ${describeScope(freeze)}${where}.`),
  ];
}

function requestBlocks(request: FreezeRequest, mayFreezeNow: boolean): Block[] {
  const { personName, until, zone, reason, expiresAt, id } = request;
  return [
    paragraph(
      line`${personName} asks to freeze everything until ${localDate(until.getTime(), zone)}. A second person has to agree by ${localDate(expiresAt.getTime(), zone)}.`,
    ),
    { type: 'quote', content: [text(reason)] },
    ...(mayFreezeNow ? buttonBlocks(freezeButtons(id)) : []),
  ];
}

function endButton(name: string): Button {
  return {
    action: 'end-freeze',
    label: `End "${name.slice(0, 40)}"`,
    value: JSON.stringify({ name }),
    confirm: {
      title: 'End this freeze?',
      text: 'Promotions are possible again, and releases that it paused continue.',
      confirm: 'End it',
      deny: 'Cancel',
    },
  };
}

function buttonBlocks(buttons: Button[]): Block[] {
  return buttons.length > 0 ? [{ type: 'actions', buttons }] : [];
}
