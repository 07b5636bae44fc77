import { describeDate, describeTime } from '../calendar/describe-instant.ts';
import { fromNow } from '../card/local-date.ts';
import { LINK_NAMES, LINK_TITLES } from '../plan/links-schema.ts';
import { planLinks } from '../plan/plan-links.ts';
import { releaseStateTitles } from '../release/release-state.ts';
import { goLiveInstant } from '../schedule/resolve-schedule-time.ts';
import { describeRelation } from './release-facts.ts';
import { always, list, type MessageVariable, phrase, phraseIfKnown, timeOf } from './variable.ts';

/** What the plan says of the release itself. */
export const RELEASE_VARIABLES: Record<string, MessageVariable> = {
  'release.key': always('the release key', (plan) => plan.release),
  'release.product': always('the product', (plan) => plan.product),
  'release.version': always('the version', (plan) => plan.version),
  'release.type': always('the release type', (plan) => plan.type),
  'release.summary': always('what the release brings', (plan) => plan.summary),
  'release.state': always('the state of the release', (_, facts) => releaseStateTitles[facts.state]),
};

export const GO_LIVE_VARIABLES: Record<string, MessageVariable> = {
  'goLive.at': phrase('date and time of go-live', (plan) => timeOf(plan, goLiveInstant(plan))),
  'goLive.date': always('the date of go-live in the zone of the release', (plan) =>
    describeDate(goLiveInstant(plan), plan.goLive.zone),
  ),
  'goLive.time': always('the time of go-live in the zone of the release', (plan) =>
    describeTime(goLiveInstant(plan), plan.goLive.zone),
  ),
  'goLive.zone': always('the time zone of the release', (plan) => plan.goLive.zone),
  'goLive.relation': always(
    'when the message was written: "14 days before go-live", "on the day of go-live", "1 day after go-live"',
    describeRelation,
  ),
  'goLive.distance': phrase(
    'how far off go-live is, counted when it is read, such as "in 14 days"; the date, where a platform can\'t count',
    (plan) => fromNow(goLiveInstant(plan), plan.goLive.zone),
  ),
};

export const SCOPE_VARIABLES: Record<string, MessageVariable> = {
  'scope.features': list('the features of the release', (plan) => plan.scope.features),
  'scope.fixes': list('the fixes', (plan) => plan.scope.fixes),
  'scope.performance': list('the performance improvements', (plan) => plan.scope.performance),
  'scope.security': list('the security updates', (plan) => plan.scope.security),
  'scope.debt': list('the technical debt paid off', (plan) => plan.scope.debt),
};

export const LINK_VARIABLES: Record<string, MessageVariable> = Object.fromEntries(
  LINK_NAMES.map((name) => {
    const description = `a link labelled "${LINK_TITLES[name]}"`;
    const variable = phraseIfKnown(description, ({ links }) => {
      const [link] = planLinks(links, [name]);
      return link && { type: 'link', url: link.url, text: link.label };
    });
    return [`links.${name}`, variable];
  }),
);
