import { afterAll, beforeAll, expect, it } from 'vitest';
import { auditCommand } from '../../../src/cli/audit/audit.ts';
import { writePublicKey } from '../../../src/core/audit/audit-keys.ts';
import { CONTROLS } from '../../../src/core/dossier/controls.ts';
import { RECORDS } from '../../../src/core/dossier/records.ts';
import { sealTrail } from '../../../src/services/audit/seal-trail.ts';
import { waiveGate } from '../../../src/services/readiness/waive-gate.ts';
import { rollBackRollout } from '../../../src/services/rollout/roll-back-rollout.ts';
import { openWorld, type World } from '../../support/test-services.ts';
import { accepted, releaseAtOnePercent, runToTheEnd } from '../steps.ts';
import { tamper } from './tampering.ts';

const hostile = `<script>alert("1")</script>'&<img src=x onerror=alert(2)>`;

let world: World;
let releaseId: string;
beforeAll(async () => {
  world = await openWorld();
  world.plan.summary = hostile;
  releaseId = await releaseAtOnePercent(world);
  const waiver = {
    ...{ releaseKey: 'web-2.4.0', gate: 'sast', reason: `Known: ${hostile}` },
    until: world.clock.now() + 3_600_000,
  };
  accepted(await waiveGate({ ctx: world.as('rita'), input: waiver }));
  await runToTheEnd(world, releaseId);
  const input = { releaseKey: 'web-2.4.0', reason: hostile };
  accepted(await rollBackRollout({ ctx: world.as('dana'), input }));
  await runToTheEnd(world, releaseId);
  await sealTrail(world.services);
});
afterAll(() => world.close());

/** What `tminus audit export --format html` prints. */
async function page(...words: string[]): Promise<string> {
  const printed: string[] = [];
  const io = {
    env: { DATABASE_URL: world.services.db.pool.options.connectionString },
    print: (line: string) => void printed.push(line),
    printError: () => undefined,
  };
  const keys = [...world.services.trailKeys.trusted.values()].flatMap((key) => [
    '--key',
    writePublicKey(key),
  ]);
  await auditCommand(io).parseAsync(['export', '--format', 'html', ...keys, ...words], { from: 'user' });
  return printed.join('\n');
}

it('has who decided what, what was done and how it came out, each with its hash', async () => {
  const made = await page('--release', 'web-2.4.0');
  expect(made).toContain('<strong>Intact.</strong>');
  expect(made).toContain('<h3>Go/no-go: GO</h3>');
  expect(made).toMatch(
    /<td>Promotion<\/td><td>0 % → 1 %<\/td><td>Dana Fischer<\/td>.*<td>confirmed at the target<\/td><td>1 %<\/td>/,
  );
  expect(made).toMatch(/<td>Rollback<\/td>/);
  expect(made).toContain('<h3>go/no-go: GO</h3>');
  expect(made).toMatch(/<h2 id="waivers">Waivers<\/h2>[\s\S]*<td>sast<\/td><td>Known: &lt;script/);
  for (const empty of ['Nobody asked for a late change.', 'Nothing else took a second person.'])
    expect(made).toContain(empty);
  expect(made).toMatch(
    /<td>Formal release approval records<\/td><td>\d+ records: Decision records and Decisions/,
  );
  const [{ count }] = (await world.query<{ count: number }>(
    'select count(*)::int as count from audit_events where chain = $1',
    [releaseId],
  )) as [{ count: number }];
  expect(made.match(/<code class="hash">[a-z._-]+ · [\w:]+ · [0-9a-f]{64}<\/code>/g)).toHaveLength(count);
  for (const { title } of [...CONTROLS, ...RECORDS])
    expect(made).toContain(`<td>${title.replaceAll('&', '&amp;')}</td>`);
  expect(made).toContain('tminus keeps no records of this kind. They have to come from elsewhere.');
});

it('shows what people wrote literally, runs nothing and needs no other file', async () => {
  const made = await page('--release', 'WEB-2.4.0');
  expect(made).not.toMatch(/<script|<img|<link|@import|url\(/);
  expect(made).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt;&#39;&amp;');
  expect(made).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
});

it('says which release it is of', async () => {
  await expect(page()).rejects.toThrow('--format html is of one release: name it with --release.');
  await expect(page('--release', 'web-9')).rejects.toThrow('There is no release "web-9".');
});

it('says at its head what was changed, and fails', async () => {
  await tamper(world, `update votes set choice = 'no_go' where role = 'qa_lead'`);
  const made = await page('--release', 'web-2.4.0');
  expect(made).toContain('<strong>NOT INTACT.</strong>');
  expect(made).toMatch(/record \d+: the vote .* choice is &quot;no_go&quot;, the trail says &quot;go&quot;/);
  expect(process.exitCode).toBe(1);
  process.exitCode = 0;
});
