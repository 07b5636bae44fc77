import type { FastifyInstance } from 'fastify';
import type { ActionResult } from '../../control-api.ts';
import { clickElement } from '../actions/click.ts';
import { typeCommand } from '../actions/command.ts';
import { react } from '../actions/react.ts';
import { chooseShortcut } from '../actions/shortcut.ts';
import { closeView, submitView } from '../actions/submit.ts';
import { openHome, writeMessage } from '../actions/talk.ts';
import type { Core } from '../core.ts';
import { parse } from './parse.ts';
import {
  clickAction,
  closeViewAction,
  commandAction,
  messageAction,
  openHomeAction,
  reactAction,
  shortcutAction,
  submitAction,
} from './schemas.ts';

/** Registers what a person can do. */
export function registerActionRoutes(app: FastifyInstance, core: Core): void {
  const action = (name: string, perform: (body: unknown) => Promise<ActionResult>) =>
    app.post(`/sandbox/actions/${name}`, (request) => perform(request.body));
  action('command', (body) => typeCommand(core, parse(commandAction, body)));
  action('click', (body) => clickElement(core, parse(clickAction, body)));
  action('shortcut', (body) => chooseShortcut(core, parse(shortcutAction, body)));
  action('submit', (body) => submitView(core, parse(submitAction, body)));
  action('close-view', (body) => closeView(core, parse(closeViewAction, body)));
  action('message', (body) => writeMessage(core, parse(messageAction, body)));
  action('react', (body) => react(core, parse(reactAction, body)));
  action('open-home', (body) => openHome(core, parse(openHomeAction, body)));
}
