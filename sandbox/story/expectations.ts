import { lineText } from '../../src/core/card/line.ts';
import type { Plan } from '../../src/core/plan/plan.ts';
import type { ReleaseState } from '../../src/core/release/release-state.ts';
import { chooseMessage } from '../../src/core/schedule/choose-message.ts';
import type { ScheduleItem } from '../../src/core/schedule/derive-schedule.ts';
import type { TemplateSet } from '../../src/core/template/load-template.ts';
import { messageFacts } from '../../src/core/template/message-facts.ts';
import { renderTemplate } from '../../src/core/template/render-template.ts';
import type { Message } from '../control-api.ts';
import { visibleText } from './card-text.ts';
import { isDelivered } from './is-delivered.ts';
import { headlineOf } from './plain-text.ts';
import type { Side } from './side.ts';
import { matches, type Stage, StoryError } from './stage.ts';

/** How the release stands at a point of the story, as the story itself knows. */
export interface Standing {
  state: ReleaseState;
  /** Percent; null before anything was rolled out. */
  trafficPercent: number | null;
  rolledBackReason?: string;
}

/**
 * What is there on a platform without a look-up once sends were interrupted: a message that a person has sent again
 * stands later than planned, and some were posted besides.
 */
export interface BeyondPlan {
  /** Whether a message is one of these, such as the question whether another one arrived. */
  isBesides: (message: Message) => boolean;
}

/** What has to be in each place, in order. A live card changes, so it is given as a pattern. */
export class Expectations {
  readonly #byPlace = new Map<string, (string | RegExp)[]>();

  /** `place` is a `#channel`, or `@handle` for what is delivered to a person directly. */
  add(place: string, text: string | RegExp): void {
    this.#byPlace.set(place, [...this.expectedIn(place), text]);
  }

  expectedIn(place: string): readonly (string | RegExp)[] {
    return this.#byPlace.get(place) ?? [];
  }

  /**
   * Throws a `StoryError` when any place has another message, in another order, than expected: too many,
   * too few, or other. Live cards get the time to show their last state.
   */
  async check(stage: Stage, beyond?: BeyondPlan): Promise<void> {
    for (const side of stage.sides) {
      const people = side.people().map(({ name }) => `@${name}`);
      for (const place of [...side.channelNames(), ...people])
        await this.#checkPlace(stage, { side, place, beyond });
    }
  }

  async #checkPlace(
    stage: Stage,
    { side, place, beyond }: { side: Side; place: string; beyond: BeyondPlan | undefined },
  ): Promise<void> {
    const expected = this.expectedIn(place);
    let posted: string[] = [];
    const isSame = () => (beyond ? areTheSame : areTheSameInOrder)(posted, expected);
    const look = async () => {
      const posts = await postsIn(side, place);
      posted = withoutDetails(
        posts.filter((message) => !beyond?.isBesides(message)).map(headlineOf),
        beyond === undefined,
      );
      // A message too many does not go away, so there is nothing to wait for.
      return isSame() || posted.length > expected.length;
    };
    await stage.see(`what is planned in ${place}`, look).catch(ignoreStoryError);
    if (isSame()) return;
    const lines = [`Planned in ${place}:`, ...expected.map(String), `Posted in ${place}:`, ...posted];
    throw new StoryError(lines.join('\n  '));
  }
}

const detail = /^Details: (.*)$/s;

/**
 * Without the detail of a message that was posted before; any other stays, and is one too many. Where order doesn't
 * count, the message may come later: it was lost, and somebody had it sent again.
 */
function withoutDetails(posted: readonly string[], inOrder: boolean): string[] {
  return posted.filter((headline, index) => {
    const [, of] = detail.exec(headline) ?? [];
    const at = of === undefined ? -1 : posted.indexOf(of);
    return at < 0 || (inOrder && at > index);
  });
}

function areTheSameInOrder(posted: string[], expected: readonly (string | RegExp)[]): boolean {
  return (
    posted.length === expected.length && expected.every((text, index) => matches(posted[index] ?? '', text))
  );
}

/** Whatever the order: each is there as often as it was expected. */
function areTheSame(posted: string[], expected: readonly (string | RegExp)[]): boolean {
  const left = [...posted];
  // What is expected to the word first, so that no pattern takes it.
  const exactFirst = [...expected].sort((a, b) => Number(a instanceof RegExp) - Number(b instanceof RegExp));
  const all = exactFirst.every((text) => {
    const at = left.findIndex((each) => matches(each, text));
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return all && left.length === 0;
}

async function postsIn(side: Side, place: string): Promise<Message[]> {
  if (!place.startsWith('@')) return side.posts(place);
  // Only what was delivered is planned.
  const delivered = (await side.directPosts(place.slice(1))).filter(isDelivered);
  return delivered.filter((message) => !isReminder(headlineOf(message)));
}

/** Digests, and reminders of tasks and of a locked product: what there is to say depends on the instants to which the clock is moved. */
function isReminder(headline: string): boolean {
  return /^(☀️|📌|🔒) /.test(headline);
}

/** The caller has a better one. */
function ignoreStoryError(error: unknown): void {
  if (!(error instanceof StoryError)) throw error;
}

/** The text that the plan has for an item as the release stands; null when it is withheld then. */
export function plannedText(
  { plan, templates }: { plan: Plan; templates: TemplateSet },
  item: ScheduleItem,
  /** `now`: epoch ms. */
  standing: Standing & { now: number },
): string | null {
  const choice = chooseMessage(item, standing);
  if (!choice.send || choice.template === null) return null;
  const template = templates.get(choice.template);
  if (!template) throw new StoryError(`There is no template ${choice.template}.`);
  return visibleText(lineText(renderTemplate(template, messageFacts(plan, standing)).summary));
}
