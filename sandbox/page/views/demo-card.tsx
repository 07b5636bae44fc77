import { useState } from 'react';
import type { DemoState } from '../../control-api.ts';
import { api } from '../api.ts';
import { change } from '../store/run.ts';
import { Switch } from './switch.tsx';

/** The demo service: who gets the traffic, what each version answered, and a switch that breaks the new one. */
export function DemoCard({ demo }: { demo: DemoState }) {
  const [pending, setPending] = useState(false);
  const setFaulty = async (faulty: boolean) => {
    setPending(true);
    await api.changeDemo({ faulty }).finally(() => setPending(false));
  };
  return (
    <section className="card" aria-label="Demo service">
      <h3>Demo service</h3>
      <p className="hint">Two real servers behind a traffic splitter, {demo.load} requests a second.</p>
      <div
        className="weight"
        role="img"
        aria-label={`${demo.weight} percent of traffic on the new version`}
        data-testid="demo-weight"
        data-weight={demo.weight}
      >
        <span style={{ width: `${100 - demo.weight}%` }} />
        <span
          className={demo.faulty ? 'candidate faulty' : 'candidate'}
          style={{ width: `${demo.weight}%` }}
        />
      </div>
      <table>
        <thead>
          <tr>
            <th scope="col">Version</th>
            <th scope="col">Traffic</th>
            <th scope="col">Requests</th>
            <th scope="col">Errors</th>
          </tr>
        </thead>
        <tbody>
          <VersionRow name="Old" version={demo.stable} weight={100 - demo.weight} />
          <VersionRow name="New" version={demo.candidate} weight={demo.weight} />
        </tbody>
      </table>
      <Switch
        testId="demo-faulty"
        on={demo.faulty}
        disabled={pending}
        onChange={(on) => change(() => setFaulty(on))}
      >
        New version faulty
        <small>About a third of its requests fail.</small>
      </Switch>
    </section>
  );
}

interface RowProps {
  name: string;
  version: DemoState['stable'];
  weight: number;
}

function VersionRow({ name, version, weight }: RowProps) {
  const percent = version.requests > 0 ? (100 * version.errors) / version.requests : 0;
  return (
    <tr>
      <th scope="row">
        {name} <code>{version.version}</code>
      </th>
      <td>{weight} %</td>
      <td>{version.requests.toLocaleString('en')}</td>
      <td className={percent >= 1 ? 'bad' : ''}>
        {version.errors.toLocaleString('en')} ({percent.toFixed(1)} %)
      </td>
    </tr>
  );
}
