import type { KindsOfRequests } from '../../requests/repeat-request.ts';
import type { ListenerContext } from './listener-context.ts';
import { repeatAction, tellOfAction } from './on-action.ts';
import { repeatCommand, tellOfCommand } from './on-command.ts';
import { repeatForm, tellOfForm } from './on-form.ts';

/** How each kind of request is finished that Slack was told of too early. */
export function kindsOfRequests(context: ListenerContext): KindsOfRequests {
  const bound = <Payload, Rest extends unknown[]>(
    act: (context: ListenerContext, payload: Payload, ...rest: Rest) => Promise<boolean>,
  ) => {
    return (payload: Payload, ...rest: Rest) => act(context, payload, ...rest);
  };
  return {
    command: { repeat: bound(repeatCommand), tell: bound(tellOfCommand) },
    action: { repeat: bound(repeatAction), tell: bound(tellOfAction) },
    form: { repeat: bound(repeatForm), tell: bound(tellOfForm) },
  };
}
