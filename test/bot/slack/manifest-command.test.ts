import { expect, it, vi } from 'vitest';
import { slackCommand } from '../../../src/cli/slack.ts';

async function run(...args: string[]) {
  const print = vi.fn<(text: string) => void>();
  const errors: string[] = [];
  const command = slackCommand(print);
  for (const each of [command, ...command.commands]) {
    each.exitOverride().configureOutput({ writeErr: (text) => void errors.push(text) });
  }
  const failure = await command.parseAsync(args, { from: 'user' }).then(
    () => null,
    (error: unknown) => error,
  );
  return { printed: print.mock.calls.map(([text]) => text).join('\n'), errors: errors.join(''), failure };
}

it('prints a manifest that is JSON', async () => {
  const { printed, failure } = await run('manifest');
  expect(failure).toBeNull();
  expect(JSON.parse(printed)).toMatchObject({ settings: { socket_mode_enabled: true } });
});

it('prints a manifest for HTTP', async () => {
  const { printed } = await run('manifest', '--mode', 'http', '--url', 'https://example.com');
  expect(JSON.parse(printed)).toMatchObject({
    settings: { interactivity: { request_url: 'https://example.com/slack/events' } },
  });
});

it.each([
  [['--mode', 'http'], 'say where Slack reaches the bot'],
  [['--mode', 'http', '--url', 'http://example.com'], 'not an https address'],
  [['--mode', 'carrier-pigeon'], 'Allowed choices are socket, http'],
])('refuses %s', async (args, message) => {
  const { printed, errors, failure } = await run('manifest', ...args);
  expect(failure).not.toBeNull();
  expect(errors).toContain(message);
  expect(printed).toBe('');
});
