import { Redis } from 'ioredis';
import type { Finding } from '../../core/doctor/finding.ts';
import { errorMessage } from '../../lib/error-message.ts';
import { redactSecrets } from '../../lib/redact-secrets.ts';

const part = 'Redis';
/** Milliseconds. */
const withinMs = 5_000;

/**
 * Whether Redis answers, and is set so that it loses nothing by itself. Without a Redis there is nothing to find: the
 * queue is in PostgreSQL.
 */
export async function checkRedis(redisUrl: string | undefined): Promise<Finding[]> {
  if (redisUrl === undefined) return [];
  const redis = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: withinMs,
    commandTimeout: withinMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  // Its message is in what `connect` throws.
  redis.on('error', () => undefined);
  try {
    await redis.connect();
    const settings = await Promise.all([
      settingOf(redis, 'maxmemory-policy'),
      settingOf(redis, 'appendonly'),
    ]);
    return judge(settings[0], settings[1]);
  } catch (error) {
    const says = `It can't be used: ${redactSecrets(errorMessage(error))}. Check REDIS_URL and that Redis runs there.`;
    return [{ part, state: 'unwell', says }];
  } finally {
    redis.disconnect();
  }
}

/** Null where the server does not let anybody ask, as hosted ones do. */
async function settingOf(redis: Redis, name: string): Promise<string | null> {
  const answer = await redis.config('GET', name).catch(() => null);
  return Array.isArray(answer) && typeof answer[1] === 'string' ? answer[1] : null;
}

function judge(policy: string | null, appendonly: string | null): Finding[] {
  const advice: string[] = [];
  if (policy !== null && policy !== 'noeviction')
    advice.push(`maxmemory-policy is ${policy}, so it may throw notifications away; set it to noeviction.`);
  if (appendonly === 'no')
    advice.push('appendonly is off, so a restart empties it, which costs some seconds; set it to yes.');
  if (advice.length > 0) return [{ part, state: 'unsure', says: advice.join(' ') }];
  return [{ part, state: 'well', says: 'It answers.' }];
}
