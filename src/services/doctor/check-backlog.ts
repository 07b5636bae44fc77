import type { Finding } from '../../core/doctor/finding.ts';
import { readBacklog } from '../../db/queries/backlog.ts';
import { countWords } from '../../lib/count-words.ts';
import type { Examined } from './examined.ts';

/** From here on the rules of `monitoring/alerts.yml` call, too. Milliseconds. */
const longestWaitMs = 120_000;
const latestTimerMs = 60_000;

/** Whether what is due is done, and what is to be sent is sent. */
export async function checkBacklog({ db, clock }: Pick<Examined, 'db' | 'clock'>): Promise<Finding[]> {
  const now = clock.now();
  const { deliveries, oldestDelivery, oldestTimer } = await readBacklog(db, now);
  const findings: Finding[] = [];
  const minutesSince = (instant: number) => countWords(Math.round((now - instant) / 60_000), 'minute');
  if (oldestTimer !== null && now - oldestTimer > latestTimerMs) {
    const says = `Something has been due for ${minutesSince(oldestTimer)} and is not carried out. The log names it: "a timer failed and will be tried again".`;
    findings.push({ part: 'Schedule', state: 'unwell', says });
  }
  if (oldestDelivery !== null && now - oldestDelivery > longestWaitMs) {
    const says = `A message has been waiting for ${minutesSince(oldestDelivery)}. A platform is away, refuses, or limits the rate; the log says which.`;
    findings.push({ part: 'Messages', state: 'unwell', says });
  }
  const unknown = deliveries.get('unknown') ?? 0;
  if (unknown > 0) {
    const says = `Of ${countWords(unknown, 'message')} nobody knows whether ${unknown === 1 ? 'it' : 'they'} arrived. The release managers were asked, and have to say.`;
    findings.push({ part: 'Messages', state: 'unsure', says });
  }
  if (findings.length > 0) return findings;
  return [{ part: 'Schedule and messages', state: 'well', says: 'Nothing is late.' }];
}
