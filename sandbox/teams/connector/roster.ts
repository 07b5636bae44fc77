import type { JsonObject } from '../../workspace/stored.ts';
import type { TeamsCore } from '../core.ts';
import type { TeamsPerson } from '../seed.ts';
import type { Operation } from './operation.ts';
import { findPlace, refuseWhereRemoved } from './place.ts';
import { ConnectorRefusal } from './refusal.ts';

const pageSizes = { least: 1, usual: 200, most: 500 };

/** Reading: who is in a conversation, what a team is and has. */
export function readingOperations(core: TeamsCore) {
  const membersOf = (params: Record<string, string>) =>
    core.directory.members(findPlace(core, params.conversationId ?? '').conversation);
  const account = (person: TeamsPerson) => describeMember(core, person);
  return {
    members: {
      name: 'getConversationMembers',
      limited: false,
      run: ({ params }) => membersOf(params).map(account),
    },
    pagedMembers: {
      name: 'getConversationPagedMembers',
      limited: false,
      run: ({ params, query }) => {
        const { page, next } = pageOf(membersOf(params), query);
        return { members: page.map(account), ...(next === undefined ? {} : { continuationToken: next }) };
      },
    },
    member: {
      name: 'getConversationMember',
      limited: false,
      run: ({ params }) => {
        const person = core.directory.person(params.memberId ?? '');
        if (!person || !membersOf(params).includes(person))
          throw new ConnectorRefusal(
            404,
            'MemberNotFoundInConversation',
            'Member not found in conversation.',
          );
        return account(person);
      },
    },
    team: { name: 'fetchTeamDetails', limited: false, run: ({ params }) => describeTeam(core, params) },
    channels: {
      name: 'fetchChannelList',
      limited: false,
      run: ({ params }) => {
        const { id: teamId } = describeTeam(core, params);
        // Teams gives its first channel, General, without a name.
        return {
          conversations: core.seed.channels.map(({ id, name }) => ({
            id,
            ...(id === teamId ? {} : { name }),
          })),
        };
      },
    },
  } satisfies Record<string, Operation>;
}

function describeMember(core: TeamsCore, { id, mri, realName, email }: TeamsPerson): JsonObject {
  const [givenName = '', ...others] = realName.split(' ');
  return {
    id: mri,
    name: realName,
    aadObjectId: id,
    objectId: id,
    givenName,
    surname: others.join(' '),
    email,
    userPrincipalName: email,
    tenantId: core.seed.tenantId,
    userRole: 'user',
  };
}

function describeTeam(core: TeamsCore, { teamId }: Record<string, string>): { id: string } & JsonObject {
  const { team, channels, people } = core.seed;
  const [first] = channels;
  if (teamId !== team.id || !first)
    throw new ConnectorRefusal(404, 'NotFound', `There is no team ${String(teamId)}.`);
  refuseWhereRemoved(core, { kind: 'channel', id: team.id, channel: first });
  return {
    id: team.id,
    name: team.name,
    aadGroupId: team.groupId,
    tenantId: core.seed.tenantId,
    type: 'standard',
    channelCount: channels.length,
    memberCount: people.length,
  };
}

function pageOf(
  people: readonly TeamsPerson[],
  { pageSize, continuationToken }: Record<string, string>,
): { page: TeamsPerson[]; next?: string } {
  const size = pageSize === undefined ? pageSizes.usual : Number(pageSize);
  if (!Number.isInteger(size) || size < pageSizes.least || size > pageSizes.most)
    throw ConnectorRefusal.badSyntax(`pageSize must be ${pageSizes.least} to ${pageSizes.most}`);
  const from = continuationToken ? readToken(continuationToken) : 0;
  const next = from + size;
  const page = people.slice(from, next);
  return next < people.length ? { page, next: Buffer.from(`page ${next}`).toString('base64url') } : { page };
}

function readToken(token: string): number {
  const match = /^page (\d+)$/.exec(Buffer.from(token, 'base64url').toString());
  if (!match) throw ConnectorRefusal.badSyntax('continuationToken is none of this connector');
  return Number(match[1]);
}
