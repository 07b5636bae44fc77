import { beforeEach, describe, expect, it } from 'vitest';
import { noGoForm } from '../../../../src/bot/interactions/forms/no-go.ts';
import { createInteractiveClient } from '../../../../src/bot/slack/client/web-client.ts';
import { openForm } from '../../../../src/bot/slack/listeners/open-form.ts';
import type { OpenedView } from '../../../../src/bot/slack/listeners/watch-opened.ts';
import type { Form } from '../../../../src/core/card/form.ts';
import { serve } from '../../../support/serve.ts';

describe('openForm', () => {
  let watched: OpenedView[] = [];
  beforeEach(() => {
    watched = [];
  });

  /** A client whose Slack answers every call with `answer`, or hangs up. */
  const clientOf = async (answer: object | null) => {
    const url = await serve((request, response) => {
      if (answer === null) request.socket.destroy();
      else response.setHeader('content-type', 'application/json').end(JSON.stringify(answer));
    });
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const interactive = createInteractiveClient({
      token: 'xoxb-1',
      apiUrl: `${url}/`,
      log,
    });
    return { interactive, watch: async (_form: Form, view: OpenedView) => void watched.push(view) };
  };
  const open = async (answer: object | null) =>
    openForm(await clientOf(answer), '1.2.3', noGoForm({ pollId: 'poll', round: 1 }));

  it('has nothing to say when the form is open, and has it watched as Slack knows it', async () => {
    expect(await open({ ok: true, view: { id: 'V1', hash: '1.a', title: 'No-go' } })).toBeNull();
    expect(watched).toEqual([{ id: 'V1', hash: '1.a' }]);
  });

  it('watches nothing that Slack does not name', async () => {
    expect(await open({ ok: true })).toBeNull();
    expect(watched).toEqual([]);
  });

  it.each(['exchanged_trigger_id', 'trigger_exchanged'])(
    'takes %s for a repeat of the same request',
    async (error) => {
      expect(await open({ ok: false, error })).toBeNull();
    },
  );

  it.each([[{ ok: false, error: 'expired_trigger_id' }], [{ ok: false, error: 'trigger_expired' }], [null]])(
    'says that %j came too late, and what to do',
    async (answer) => {
      const told = 'Slack did not open the form in time. Nothing was changed; try again.';
      expect((await open(answer))?.summary).toBe(told);
    },
  );

  it('fails on what nobody expects', async () => {
    await expect(open({ ok: false, error: 'invalid_arguments' })).rejects.toThrow('invalid_arguments');
  });
});
