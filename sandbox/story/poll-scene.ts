import type { Plan } from '../../src/core/plan/plan.ts';
import type { RoleName } from '../../src/core/plan/roles.ts';
import { roleTitle } from '../../src/core/plan/roles.ts';
import type { Message } from '../control-api.ts';
import { wasTaken } from '../control-client.ts';
import type { Expectations } from './expectations.ts';
import { clickButton, giveReason } from './hands.ts';
import { isDelivered } from './is-delivered.ts';
import { headlineOf, wordsOf } from './plain-text.ts';
import type { Side } from './side.ts';
import { matches, type Stage } from './stage.ts';

export interface PollSceneOptions {
  stage: Stage;
  plan: Plan;
  expected: Expectations;
  channel: string;
  checkPrivateAnswers: boolean;
}

const refusal = "You don't vote";

export type PollKind = 'readiness' | 'decision';

/** A go/no-go as it is played: everybody asked votes, one objects first, somebody without a vote tries. */
export class PollScene {
  readonly #options: PollSceneOptions;
  readonly #stage: Stage;
  readonly #plan: Plan;
  /** By which the poll's card is known while it is open. */
  #card = /^$/;

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
    await this.#stage.seePost(channel, open);
    this.#card = open;
    if (kind === 'decision') await this.#outsiderVotes();
    for (const role of roles) {
      if (kind === 'readiness' && role === 'qa_lead') await this.#objectFirst(role);
      await this.#voteGo({ role, openedAt });
    }
    const all = `${this.#plan.release}: all ${roles.length} voted go`;
    expected.add(channel, all);
    await this.#stage.seePost(channel, all);
  }

  /** From the ballot in the voter's own direct messages. */
  async #voteGo({ role, openedAt }: { role: RoleName; openedAt: number }): Promise<void> {
    const handle = this.#holder(role);
    await this.#stage.perform(handle, `votes go as ${roleTitle(role)}`, {
      attempt: async () => {
        // The one before, of the poll before, may still stand there alone, and other messages beside it.
        const ballot = (await this.#stage.directPosts(handle)).find(
          (message) => isDelivered(message) && Date.parse(message.at) >= openedAt && isOpenBallot(message),
        );
        return ballot !== undefined && wasTaken(await clickButton(this.#stage, handle, 'vote-go', ballot));
      },
      effect: () => this.#cardShows(new RegExp(`✅ Go: .*\\b${roleTitle(role)}\\b`)),
    });
  }

  /** A no-go with its reason, which is changed to a go afterwards. */
  async #objectFirst(role: RoleName): Promise<void> {
    const handle = this.#holder(role);
    const reason = 'Two regression tests are still red';
    await this.#stage.perform(handle, `votes no-go: ${reason}`, {
      attempt: () =>
        giveReason(this.#stage, { handle, reason }, async () =>
          clickButton(this.#stage, handle, 'vote-no-go', await this.#findCard(this.#stage.sideOf(handle))),
        ),
      effect: () => this.#cardShows(new RegExp(`⛔ .+: ${reason}`)),
    });
  }

  async #outsiderVotes(): Promise<void> {
    await this.#stage.note('ines', 'clicks Go without having a vote');
    const side = this.#stage.sideOf('ines');
    const card = await this.#findCard(side);
    const { notice, ...result } = await clickButton(this.#stage, 'ines', 'vote-go', card);
    if (!wasTaken(result) || !this.#options.checkPrivateAnswers) return;
    const person = this.#stage.person('ines').id;
    await this.#stage.see('a private refusal for Ines', async () => {
      if (notice !== undefined) return notice.includes(refusal);
      const messages = await side.control.messages(card.channel, { person });
      return messages.some(({ onlyFor, text }) => onlyFor === person && text.includes(refusal));
    });
  }

  /** On every platform: what is done on one is seen on the other. */
  async #cardShows(words: RegExp): Promise<boolean> {
    const cards = await Promise.all(this.#stage.sides.map((side) => this.#findCard(side)));
    return cards.every((card) => words.test(wordsOf(card)));
  }

  #findCard(side: Side): Promise<Message> {
    return this.#stage.see(`the open poll's card (${side.control.platform})`, async () =>
      (await side.posts(this.#options.channel)).findLast((post) => matches(headlineOf(post), this.#card)),
    );
  }

  #holder(role: RoleName): string {
    const email = this.#plan.roles[role]?.email ?? '';
    return email.split('@')[0] ?? '';
  }
}

function isOpenBallot({ blocks, attachments }: Message): boolean {
  return JSON.stringify([blocks, attachments]).includes('vote-go');
}
