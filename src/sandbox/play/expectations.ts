import type { Plan } from '../../core/plan/plan.ts';
import type { ReleaseState } from '../../core/release/release-state.ts';
import { chooseMessage } from '../../core/schedule/choose-message.ts';
import type { ScheduleItem } from '../../core/schedule/derive-schedule.ts';
import type { TemplateSet } from '../../core/template/load-template.ts';
import { messageFacts } from '../../core/template/message-facts.ts';
import { renderTemplate } from '../../core/template/render-template.ts';
import { matches, type Stage, StoryError } from './stage.ts';

/** How the release stands at a point of the story, as the story itself knows. */
export interface Standing {
  state: ReleaseState;
  /** Percent; null before anything was rolled out. */
  share: number | null;
  rolledBackReason?: string;
}

/** What has to be in a channel, in order. A live card changes, so it is given as a pattern. */
export class Expectations {
  readonly #byChannel = new Map<string, (string | RegExp)[]>();

  add(channel: string, text: string | RegExp): void {
    this.#byChannel.set(channel, [...(this.#byChannel.get(channel) ?? []), text]);
  }

  /** Throws when any channel has another message, in another order, than expected: too many, too few, or other. */
  async check(stage: Stage): Promise<void> {
    for (const channel of stage.channelNames()) {
      const expected = this.#byChannel.get(channel) ?? [];
      const posted = (await stage.posts(channel)).map((message) => message.text);
      const same =
        posted.length === expected.length &&
        expected.every((text, index) => matches(posted[index] ?? '', text));
      if (same) continue;
      const lines = [`Planned in ${channel}:`, ...expected.map(String), `Posted in ${channel}:`, ...posted];
      throw new StoryError(lines.join('\n  '));
    }
  }
}

/** The text that the plan has for an item as the release stands; null when it is withheld then. */
export function plannedText(
  { plan, templates }: { plan: Plan; templates: TemplateSet },
  item: ScheduleItem & { dueAt: number },
  standing: Standing,
): string | null {
  const choice = chooseMessage(item, standing);
  if (!choice.send || choice.template === null) return null;
  const template = templates.get(choice.template);
  if (!template) throw new StoryError(`There is no template ${choice.template}.`);
  const facts = { ...standing, now: item.dueAt };
  return escapeText(renderTemplate(template, messageFacts(plan, facts)).summary);
}

/** As Slack carries it. */
function escapeText(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
