import type { FastifyInstance } from 'fastify';
import type { ActionResult } from '../../control-api.ts';
import { clickElement } from '../actions/click.ts';
import { typeCommand } from '../actions/command.ts';
import { react } from '../actions/react.ts';
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
  submitAction,
} from './schemas.ts';

/** Registers what a person can do. */
export function registerActionRoutes(app: FastifyInstance, core: Core): void {
  const action = (name: string, perform: (body: unknown) => Promise<ActionResult>) =>
    app.post(`/sandbox/actions/${name}`, (request) => perform(request.body));
  action('command', (body) => typeCommand(core, defined(parse(commandAction, body))));
  action('click', (body) => clickElement(core, defined(parse(clickAction, body))));
  action('submit', (body) => submitView(core, defined(parse(submitAction, body))));
  action('close-view', (body) => closeView(core, parse(closeViewAction, body)));
  action('message', (body) => writeMessage(core, defined(parse(messageAction, body))));
  action('react', (body) => react(core, parse(reactAction, body)));
  action('open-home', (body) => openHome(core, parse(openHomeAction, body)));
}

type Defined<Value> = { [Key in keyof Value]: Exclude<Value[Key], undefined> };

/** JSON has no undefined: an optional field that was left out isn't there at all. */
function defined<Value extends object>(value: Value): Defined<Value> {
  return value as Defined<Value>;
}
