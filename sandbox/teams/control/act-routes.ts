import type { FastifyInstance } from 'fastify';
import type { ActionResult } from '../../control-api.ts';
import { parse } from '../../workspace/control/parse.ts';
import { closeViewAction, openHomeAction } from '../../workspace/control/schemas.ts';
import { changeInstallation } from '../actions/change-installation.ts';
import { clickAction, refreshCard } from '../actions/click.ts';
import { findPerson } from '../actions/find.ts';
import { chooseShortcut } from '../actions/shortcut.ts';
import { closeDialog, submitDialog } from '../actions/submit.ts';
import { deleteMessage, typeCommand, writeMessage } from '../actions/write-message.ts';
import type { TeamsCore } from '../core.ts';
import {
  deleteMessageAction,
  installationChange,
  refreshAction,
  teamsClickAction,
  teamsCommandAction,
  teamsFaultsChange,
  teamsMessageAction,
  teamsShortcutAction,
  teamsSubmitAction,
} from './schemas.ts';

/** Registers what people can do, and what can be switched. */
export function registerActRoutes(app: FastifyInstance, core: TeamsCore): void {
  const acts: Record<string, (body: unknown) => ActionResult | Promise<ActionResult>> = {
    command: (body) => typeCommand(core, parse(teamsCommandAction, body)),
    click: (body) => clickAction(core, parse(teamsClickAction, body)),
    shortcut: (body) => chooseShortcut(core, parse(teamsShortcutAction, body)),
    submit: (body) => submitDialog(core, parse(teamsSubmitAction, body)),
    'close-view': (body) => closeDialog(core, parse(closeViewAction, body)),
    message: (body) => writeMessage(core, parse(teamsMessageAction, body)),
    // There is no home; the personal chat is always there.
    'open-home': (body) => {
      findPerson(core, parse(openHomeAction, body).person);
      return { status: 'acknowledged' };
    },
    refresh: (body) => refreshCard(core, parse(refreshAction, body)),
    'delete-message': (body) => deleteMessage(core, parse(deleteMessageAction, body)),
  };
  for (const [name, act] of Object.entries(acts)) {
    app.post(`/teams/sandbox/actions/${name}`, async (request) => act(request.body));
  }
  app.put('/teams/sandbox/faults', (request) => {
    core.faults.set(parse(teamsFaultsChange, request.body).active);
    return core.faults.state();
  });
  app.put('/teams/sandbox/installation', (request) =>
    changeInstallation(core, parse(installationChange, request.body)),
  );
}
