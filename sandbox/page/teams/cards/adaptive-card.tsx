import type { Action, AdaptiveCard } from 'adaptivecards';
import { useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { SubmitAction } from '../../../control-api.ts';
import type { Outcome } from '../../store/outcome.ts';
import { usePick } from '../../store/store.ts';
import { useTrouble } from '../../store/use-trouble.ts';
import { actOf, type CardAct } from './card-acts.ts';
import { drawCard } from './draw-card.ts';
import { giveFocus, giveState, stateOf, typedIn } from './keep-state.ts';
import { type Json, prepareCard } from './prepare-card.ts';

/** A button with what stands in the card's inputs. */
export interface PressedButton extends CardAct {
  values: SubmitAction['values'];
}

interface Props {
  card: Json;
  /** Asks the app; answers what went wrong. `say` shows what the app says to the reader alone. */
  onPress: (button: PressedButton, say: (notice: string) => void) => Promise<Outcome>;
}

const NOBODY: never[] = [];

/** An Adaptive Card. When the app replaces it, the focus, what was typed and what was opened stay. */
export function AdaptiveCardView({ card, onPress }: Props) {
  const root = useRef<HTMLDivElement>(null);
  const drawn = useRef<AdaptiveCard>(undefined);
  const typed = useRef(new Map<string, string>());
  const press = useRef(onPress);
  press.current = onPress;
  const busy = useRef(false);
  const [drawings, drawAnew] = useState(0);
  const fresh = useRef(false);
  const [trouble, setTrouble] = useTrouble();
  const [said, setSaid] = useState<string>();
  const [problem, setProblem] = useState<string>();
  const zone = usePick((state) => state.zone);
  const people = usePick((state) => state.workspace?.people) ?? NOBODY;
  const source = useMemo(() => JSON.stringify(card), [card]);
  // What was said of the card as it was is not true of the next one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it runs because the card changed
  useLayoutEffect(() => {
    setTrouble(undefined);
    setSaid(undefined);
  }, [source, setTrouble]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: it is drawn anew after a button has done its work
  useLayoutEffect(() => {
    const host = root.current;
    if (!host) return;
    const original = JSON.parse(source) as Json;
    const before = drawn.current;
    const kept = before && stateOf(before);
    const isFresh = fresh.current;
    fresh.current = false;
    if (isFresh) typed.current.clear();
    else if (before) typed.current = new Map([...typed.current, ...typedIn(before)]);

    const onButton = async (place: number, action: Action) => {
      const act = actOf(original, place);
      if (!act || busy.current) return;
      busy.current = true;
      setTrouble(undefined);
      setSaid(undefined);
      action.renderedElement?.setAttribute('aria-busy', 'true');
      const outcome = await press.current({ ...act, values: valuesOf(drawn.current) }, setSaid);
      action.renderedElement?.removeAttribute('aria-busy');
      busy.current = false;
      setTrouble(outcome);
      if (outcome !== undefined) return;
      // It has arrived: what was typed and opened for it is done with.
      fresh.current = true;
      drawAnew((count) => count + 1);
    };
    try {
      const next = drawCard(prepareCard(original, { zone, people, typed: typed.current }), onButton);
      host.replaceChildren(...(next.renderedElement ? [next.renderedElement] : []));
      drawn.current = next;
      if (kept && !isFresh) giveState(next, kept);
      if (kept?.focus !== undefined) giveFocus(host, kept.focus);
      setProblem(undefined);
    } catch (error) {
      setProblem(String(error));
    }
  }, [source, zone, people, setTrouble, drawings]);

  return (
    <div className="card-frame">
      <div ref={root} className="adaptive-card" data-testid="card" tabIndex={-1} />
      {problem && <p className="trouble">This card can't be shown: {problem}</p>}
      {said && (
        <p className="said" role="status" data-testid="notice" ref={bringIntoView}>
          <small>Only you can see this</small>
          {said}
          <button type="button" className="icon" aria-label="Dismiss" onClick={() => setSaid(undefined)}>
            ×
          </button>
        </p>
      )}
      {trouble && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
    </div>
  );
}

const bringIntoView = (element: Element | null) => element?.scrollIntoView({ block: 'nearest' });

/** As the control API takes them: by input, under any name. */
function valuesOf(card: AdaptiveCard | undefined): SubmitAction['values'] {
  const inputs = card?.getAllInputs().filter(({ id }) => id) ?? [];
  return Object.fromEntries(inputs.map((input) => [input.id, { value: String(input.value ?? '') }]));
}
