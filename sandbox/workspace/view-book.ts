import type { HomeTab, OpenView } from '../control-api.ts';
import { assignIds } from './blocks/assign-ids.ts';
import { newId, newSecret } from './ids.ts';
import { isObject, objectsOf, stringOf } from './json.ts';
import type { WorkspaceSeed } from './seed.ts';
import type { Table } from './store.ts';
import type { JsonObject, StoredHome, StoredView } from './stored.ts';

const STACK_LIMIT = 3;

export type ViewEvent = 'view-opened' | 'view-updated' | 'view-closed';

export interface ViewBookParts {
  views: Table<StoredView>;
  homes: Table<StoredHome>;
  seed: WorkspaceSeed;
  wall: () => number;
  onView: (event: ViewEvent, view: StoredView) => void;
  onHome: (personId: string) => void;
}

/** The modals that are open before each person, and their home tabs. */
export class ViewBook {
  readonly #parts: ViewBookParts;

  constructor(parts: ViewBookParts) {
    this.#parts = parts;
  }

  /** A person's open modals, the top one last. */
  stack(personId: string): StoredView[] {
    return [...this.#parts.views.values()].filter((view) => view.personId === personId);
  }

  find(id: string): StoredView | undefined {
    return this.#parts.views.get(id);
  }

  findExternal(externalId: string): StoredView | undefined {
    return [...this.#parts.views.values()].find((view) => view.view.external_id === externalId);
  }

  isFull(personId: string): boolean {
    return this.stack(personId).length >= STACK_LIMIT;
  }

  /** Puts a modal on top of a person's stack. */
  open(personId: string, view: JsonObject): StoredView {
    const below = this.stack(personId).at(-1);
    const id = newId('V');
    const opened = {
      id,
      hash: this.#newHash(),
      personId,
      rootId: below?.rootId ?? id,
      previousId: below?.id ?? null,
      view: withIds(view),
    };
    this.#parts.views.put(id, opened);
    this.#parts.onView('view-opened', opened);
    return opened;
  }

  update(open: StoredView, view: JsonObject): StoredView {
    const updated = { ...open, hash: this.#newHash(), view: withIds(view) };
    this.#parts.views.put(open.id, updated);
    this.#parts.onView('view-updated', updated);
    return updated;
  }

  close(open: StoredView): void {
    this.#parts.views.delete(open.id);
    this.#parts.onView('view-closed', open);
  }

  /** Closes all modals of a person; answers them, the top one first. */
  clear(personId: string): StoredView[] {
    const closed = this.stack(personId).reverse();
    for (const view of closed) this.close(view);
    return closed;
  }

  home(personId: string): StoredHome | undefined {
    return this.#parts.homes.get(personId);
  }

  publish(personId: string, view: JsonObject): StoredHome {
    const id = this.home(personId)?.id ?? newId('V');
    const home = { id, hash: this.#newHash(), personId, view: withIds(view) };
    this.#parts.homes.put(personId, home);
    this.#parts.onHome(personId);
    return home;
  }

  /** A view as Slack gives it to the app. `values`: what stands in its inputs. */
  slackView(open: StoredView | StoredHome, values: JsonObject = {}): JsonObject {
    const { seed } = this.#parts;
    const previousId = 'previousId' in open ? open.previousId : null;
    return {
      title: null,
      submit: null,
      close: null,
      private_metadata: '',
      callback_id: '',
      external_id: '',
      clear_on_close: false,
      notify_on_close: false,
      ...open.view,
      id: open.id,
      team_id: seed.team.id,
      hash: open.hash,
      state: { values },
      root_view_id: 'rootId' in open ? open.rootId : open.id,
      previous_view_id: previousId,
      app_id: seed.app.id,
      app_installed_team_id: seed.team.id,
      bot_id: seed.app.botId,
    };
  }

  /** A modal as the control interface shows it. */
  openView(open: StoredView): OpenView {
    const title = isObject(open.view.title) ? (stringOf(open.view.title.text) ?? '') : '';
    return {
      id: open.id,
      hash: open.hash,
      callbackId: stringOf(open.view.callback_id) ?? '',
      title,
      view: this.slackView(open),
    };
  }

  homeTab(personId: string): HomeTab {
    const home = this.home(personId);
    return { personId, view: home ? this.slackView(home) : null };
  }

  #newHash(): string {
    return `${Math.floor(this.#parts.wall() / 1000)}.${newSecret(4)}`;
  }
}

function withIds(view: JsonObject): JsonObject {
  return { ...view, blocks: assignIds(objectsOf(view.blocks)) };
}
