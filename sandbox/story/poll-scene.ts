import type { Plan } from '../../src/core/plan/plan.ts';
import type { RoleName } from '../../src/core/plan/roles.ts';
import { roleTitle } from '../../src/core/plan/roles.ts';
import type { Message } from '../control-api.ts';
import { wasTaken } from '../control-client.ts';
import type { Expectations } from './expectations.ts';
import { clickButton, giveReason } from './hands.ts';
import { blocksToText } from './plain-text.ts';
import type { Stage } from './stage.ts';

export interface PollSceneOptions {
  stage: Stage;
  plan: Plan;
  expected: Expectations;
  channel: string;
  checkPrivateAnswers: boolean;
}

export type PollKind = 'readiness' | 'decision';

/** A go/no-go as it is played: everybody asked votes, one objects first, somebody without a vote tries. */
export class PollScene {
  readonly #options: PollSceneOptions;
  readonly #stage: Stage;
  readonly #plan: Plan;

  constructor(options: PollSceneOptions) {
    this.#options = options;
    this.#stage = options.stage;
    this.#plan = options.plan;
  }

  /** Everybody votes in the poll that opened at `openedAt` (epoch ms). */
  async hold(kind: PollKind, openedAt: number): Promise<void> {
    const name = kind === 'decision' ? 'go/no-go' : 'readiness check';
    const { roles } = this.#plan.goNoGo;
    const { channel, expected } = this.#options;
    const voters = [...new Set(roles.map((role) => this.#holder(role)))];
    for (const place of [channel, ...voters.map((handle) => `@${handle}`)]) {
      expected.add(place, new RegExp(`: ${name} closed, GO$`));
    }
    const open = new RegExp(`: ${name}, \\d of \\d voted$`);
    const card = await this.#stage.seePost(channel, open);
    if (kind === 'decision') await this.#outsiderVotes(card);
    for (const role of roles) {
      if (kind === 'readiness' && role === 'qa_lead') await this.#objectFirst(card, role);
      await this.#voteGo(card, { role, openedAt });
    }
    const all = `${this.#plan.release}: all ${roles.length} voted go`;
    expected.add(channel, all);
    await this.#stage.seePost(channel, all);
  }

  /** From the ballot in the voter's own direct messages. */
  async #voteGo(card: Message, { role, openedAt }: { role: RoleName; openedAt: number }): Promise<void> {
    const handle = this.#holder(role);
    await this.#stage.perform(handle, `votes go as ${roleTitle(role)}`, {
      attempt: async () => {
        // The one before, of the poll before, may still stand there alone.
        const ballot = (await this.#stage.directPosts(handle)).find(
          ({ at, metadata }) => metadata && Date.parse(at) >= openedAt,
        );
        return ballot !== undefined && wasTaken(await clickButton(this.#stage, handle, 'vote-go', ballot));
      },
      effect: () => this.#cardShows(card.ts, new RegExp(`✅ Go: .*\\b${roleTitle(role)}\\b`)),
    });
  }

  /** A no-go with its reason, which is changed to a go afterwards. */
  async #objectFirst(card: Message, role: RoleName): Promise<void> {
    const handle = this.#holder(role);
    const reason = 'Two regression tests are still red';
    await this.#stage.perform(handle, `votes no-go: ${reason}`, {
      attempt: () =>
        giveReason(this.#stage, { handle, reason }, () =>
          clickButton(this.#stage, handle, 'vote-no-go', card),
        ),
      effect: () => this.#cardShows(card.ts, new RegExp(`⛔ .+: ${reason}`)),
    });
  }

  async #outsiderVotes(card: Message): Promise<void> {
    await this.#stage.note('ines', 'clicks Go without having a vote');
    const taken = wasTaken(await clickButton(this.#stage, 'ines', 'vote-go', card));
    if (!taken || !this.#options.checkPrivateAnswers) return;
    const person = this.#stage.person('ines').id;
    await this.#stage.see('a private refusal for Ines', async () => {
      const messages = await this.#stage.control.messages(card.channel, { person });
      return messages.some(
        (message) => message.onlyFor === person && message.text.includes("You don't vote"),
      );
    });
  }

  async #cardShows(ts: string, words: RegExp): Promise<boolean> {
    const card = (await this.#stage.posts(this.#options.channel)).find((message) => message.ts === ts);
    return words.test(blocksToText(card?.blocks ?? []));
  }

  #holder(role: RoleName): string {
    const email = this.#plan.roles[role]?.email ?? '';
    return email.split('@')[0] ?? '';
  }
}
