import { paragraph } from '../../../core/card/card.ts';
import type { FormElement, TextInput } from '../../../core/card/form.ts';
import {
  AUDIENCE_TITLES,
  CHANNEL_AUDIENCES,
  type ChannelAudience,
  DEFAULT_CHANNELS,
  TEAM_AUDIENCES,
  type TeamAudience,
} from '../../../core/plan/audiences.ts';
import {
  DEFAULT_ARGUMENTS,
  RELEASE_TYPES,
  STAKEHOLDER_COMPLEXITIES,
} from '../../../core/plan/planning-arguments.ts';
import { previewPlan } from '../../../core/plan-file/preview-plan.ts';
import { appliesTo } from '../../../core/schedule/applies-to.ts';
import { DEFAULT_COMMUNICATIONS } from '../../../core/schedule/default-communications.ts';
import { lookForCollisions } from '../../../services/collisions/look-for-collisions.ts';
import { PlatformUnavailableError } from '../../../services/ports/directory.ts';
import { collisionBlocks } from '../../cards/answers/collision-blocks.ts';
import { previewBlocks } from '../../cards/answers/release-cards.ts';
import { type Draft, initialOf, type PlanStep } from './plan-step.ts';
import { channelOf, readDraft, stakeholdersOf } from './read-draft.ts';

/** Those to which the default schedule sends something: no other one needs a channel. */
const audiencesByDefault = CHANNEL_AUDIENCES.filter(
  (audience) =>
    audience !== 'release' &&
    DEFAULT_COMMUNICATIONS.some((communication) => communication.audience === audience),
);

export const channelsStep: PlanStep = {
  name: 'channels',
  title: 'Where it is announced',
  fields: ['channels.release', ...audiencesByDefault.map((audience) => `channels.${audience}` as const)],
  body: async (draft): Promise<FormElement[]> => [
    ...(await preview(draft)),
    paragraph(
      'Nothing is sent before you create the release. Each channel has to exist, and I have to be in it. To name several, separate them with commas.',
    ),
    ...(await Promise.all(
      ['release' as const, ...audiencesByDefault]
        .filter((audience) => concerns(draft, audience))
        .map((audience) => channelInput(draft, audience)),
    )),
  ],
};

/** Whether a release like this one tells the audience anything. The teams are always asked for. */
function concerns(draft: Draft, audience: ChannelAudience): boolean {
  if (isTeam(audience)) return true;
  const stakeholders = STAKEHOLDER_COMPLEXITIES.find((one) => one === stakeholdersOf(draft));
  const type = RELEASE_TYPES.find((one) => one === draft.values.type) ?? DEFAULT_ARGUMENTS.type;
  return DEFAULT_COMMUNICATIONS.some(
    (item) =>
      item.audience === audience && stakeholders !== undefined && appliesTo(item, { stakeholders, type }),
  );
}

function isTeam(audience: ChannelAudience): audience is TeamAudience {
  return TEAM_AUDIENCES.some((team) => team === audience);
}

async function preview(draft: Draft): Promise<FormElement[]> {
  const { adapters, clock } = draft.ctx;
  const read = await readDraft(draft);
  if (!read.ok) return [];
  return [
    ...previewBlocks(previewPlan(read.plan, { now: clock.now(), adapters })),
    ...collisionBlocks(read.plan, await lookForCollisions(draft.ctx, read.plan)),
  ];
}

async function channelInput(draft: Draft, audience: ChannelAudience): Promise<TextInput> {
  const name = `channels.${audience}` as const;
  return {
    type: 'input',
    kind: 'text',
    name,
    label: `${isTeam(audience) ? 'Channel' : 'Destination'}: ${AUDIENCE_TITLES[audience]}`,
    maxLength: 3000,
    optional: true,
    ...initialOf(
      draft,
      name,
      channelOf(draft, audience) || (isTeam(audience) ? await proposedChannel(draft, audience) : undefined),
    ),
  };
}

/** The default one as it is called where the form is filled in; as it is by default when it is not there. */
async function proposedChannel({ ctx }: Draft, audience: TeamAudience): Promise<string> {
  const name = DEFAULT_CHANNELS[audience];
  const { actor, directories } = ctx;
  const directory = actor.kind === 'person' ? directories.get(actor.identity.platform) : undefined;
  try {
    return (await directory?.addressOf?.(name)) ?? name;
  } catch (error) {
    if (error instanceof PlatformUnavailableError) return name;
    throw error;
  }
}
