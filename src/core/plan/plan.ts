import * as z from 'zod';
import { visibleCharacter } from '../../lib/visible-text.ts';
import { GROUP_ADDRESS } from '../address/address.ts';
import { CHANNEL_AUDIENCES, DEFAULT_CHANNELS, FURTHER_AUDIENCES, TEAM_AUDIENCES } from './audiences.ts';
import { checklistsSchema } from './checklists-schema.ts';
import { addressListSchema, communicationsSchema } from './communications-schema.ts';
import { customerFields } from './customer-fields.ts';
import { environmentFields } from './environments.ts';
import { goLiveSchema } from './go-live-schema.ts';
import { goNoGoSchema } from './go-no-go-schema.ts';
import { linksSchema } from './links-schema.ts';
import { milestonesSchema } from './milestones-schema.ts';
import { objectivesSchema } from './objectives-schema.ts';
import { planningArgumentFields } from './planning-arguments.ts';
import { readinessSchema } from './readiness-schema.ts';
import { repositorySchema } from './repository-schema.ts';
import { riskSchema } from './risk-schema.ts';
import { compileRollout, rolloutSchema } from './rollout-schema.ts';
import { shiftsSchema } from './shifts-schema.ts';
import { threadsSchema } from './threads-schema.ts';
import { timelineSchema } from './timeline-schema.ts';

/** Text that a reader sees something of. */
const textSchema = z.string().regex(visibleCharacter, 'is blank');

const contactSchema = z.strictObject({
  name: textSchema.describe('a name'),
  email: z.email().max(254).describe('an e-mail address such as rita@example.com'),
});

const groupSchema = z
  .string()
  .regex(new RegExp(`^(?:${GROUP_ADDRESS})$`, 'u'), 'is not a user group such as "@support-oncall"')
  .describe('the user group that is called along with this person, such as "@support-oncall"');

const personSchema = contactSchema
  .extend({
    backup: contactSchema.optional().describe('who stands in: { name, email }'),
    group: groupSchema.optional(),
  })
  .describe('a person: { name, email }');

/** One key per role in `roles.ts`; the required ones are the stakeholder matrix. */
const rolesSchema = z
  .strictObject({
    release_manager: personSchema,
    engineering_lead: personSchema,
    qa_lead: personSchema,
    devops_lead: personSchema,
    product_owner: personSchema,
    security_lead: personSchema,
    business_sponsor: personSchema.optional(),
    support_lead: personSchema.optional(),
  })
  .describe('the people: a name and an e-mail address for each role');

const entriesSchema = z
  .array(textSchema.describe('a line of text'))
  .max(200)
  .default([])
  .describe('a list of lines of text');

const scopeSchema = z
  .strictObject({
    features: entriesSchema,
    fixes: entriesSchema,
    performance: entriesSchema,
    security: entriesSchema,
    debt: entriesSchema,
  })
  .prefault({})
  .describe('what the release contains');

const teamChannels = fieldsFor(TEAM_AUDIENCES, (audience) =>
  addressListSchema.prefault(DEFAULT_CHANNELS[audience]),
);
const furtherChannels = fieldsFor(FURTHER_AUDIENCES, () => addressListSchema.optional());

const channelsSchema = z
  .strictObject({ ...teamChannels, ...furtherChannels })
  .prefault({})
  .describe(`a channel, or a list of channels, for each audience: ${CHANNEL_AUDIENCES.join(', ')}`);

function fieldsFor<Name extends string, Schema>(
  names: readonly Name[],
  make: (name: Name) => Schema,
): Record<Name, Schema> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Schema>;
}

/** What stands for a key where nothing is known of the release. */
const KEY_EXAMPLE = 'product-1.0.0';

/** `web-2.4.0`: a word, then parts joined by dashes. Links, commands and file names use it. */
const releaseKeySchema = z
  .string()
  .max(80)
  .regex(/^[a-z][a-z0-9]*(-[a-z0-9.]+)+$/, `is not a release key such as ${KEY_EXAMPLE}`)
  .describe(`a release key such as ${KEY_EXAMPLE}: lower case, a product and a version joined by a dash`);

/** A sentence about a key, its example made of the release's own product and version where they give one. */
export function withOwnKeyExample(
  sentence: string,
  { product, version }: { product: unknown; version: unknown },
): string {
  const own = releaseKeyOf({ product, version: keyPart(version) || '1.0.0' });
  return own === null ? sentence : sentence.replace(KEY_EXAMPLE, own);
}

/** The key that a product and a version make: `Web shop` and `2.4.0` are `web-shop-2.4.0`; null when they make none. */
export function releaseKeyOf({ product, version }: { product: unknown; version: unknown }): string | null {
  const key = `${keyPart(product)}-${keyPart(version)}`;
  return releaseKeySchema.safeParse(key).success ? key : null;
}

/** A text as a key has it: `Web shop` is `web-shop`. */
function keyPart(text: unknown): string {
  if (typeof text !== 'string') return '';
  return text
    .slice(0, 80)
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/^[-.]+|[-.]+$/g, '');
}

/**
 * Any scheme that people have: `2.4.0`, `v1.2`, `2027.06`, `@acme/ledger@1.2.3`, `4.12.0 (8123)`, `1:2.3-1~deb12u1`.
 * It is shown, and compared with what drivers and metrics report; it is never taken apart or run.
 */
const versionSchema = z
  .string()
  .max(100)
  .regex(
    /^(?!["'`“”„«‘’‚])(?=.*[\p{L}\p{N}])[\p{L}\p{M}\p{N}\p{P}\p{S}]+(?: [\p{L}\p{M}\p{N}\p{P}\p{S}]+)*$/u,
    'is not a version on one line, such as 2.4.0',
  )
  .describe('a version in quotes such as "2.4.0", on one line');

/** What was built: a vote belongs to it. */
const buildSchema = z
  .string()
  .regex(/^[0-9a-f]{7,64}$/, 'is not the hash of a commit or of an image, such as 4f2c9e1')
  .describe('the hash of the commit that is released, in quotes, such as "4f2c9e1": 7 to 64 of 0-9 and a-f');

/** The fields of a plan as somebody writes them, each by itself. */
export const planFields = z
  .strictObject({
    release: releaseKeySchema,
    product: textSchema.describe('the name of the product'),
    version: versionSchema,
    build: buildSchema.optional(),
    codeName: textSchema.max(80).optional().describe('what people call the release among themselves'),
    ...planningArgumentFields,
    summary: textSchema.describe('one or two sentences: what the release brings'),
    objectives: objectivesSchema,
    goLive: goLiveSchema,
    scope: scopeSchema,
    ...customerFields,
    ...environmentFields,
    timeline: timelineSchema,
    risk: riskSchema,
    milestones: milestonesSchema,
    checklists: checklistsSchema.optional(),
    readiness: readinessSchema.optional(),
    roles: rolesSchema,
    channels: channelsSchema,
    links: linksSchema,
    repository: repositorySchema.optional(),
    goNoGo: goNoGoSchema,
    communications: communicationsSchema,
    shifts: shiftsSchema.optional(),
    threads: threadsSchema.optional(),
    rollout: rolloutSchema,
  })
  .describe('the plan of one release');

/** The declarative description of a release. Everything with a default may be left out of the YAML. */
export const planSchema = planFields.transform(({ rollout, ...plan }) => ({
  ...plan,
  rollout: compileRollout(rollout, plan),
}));

/** A valid plan with every default filled in. */
export type Plan = z.infer<typeof planSchema>;

/** What a person may write: a plan with the defaults left out. */
export type PlanInput = z.input<typeof planSchema>;
