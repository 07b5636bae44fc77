import type { Finding } from '../../core/doctor/finding.ts';
import type { Examined } from './examined.ts';

/** Whether each source of metrics can be read. */
export async function checkSources({
  adapters,
  metrics,
}: Pick<Examined, 'adapters' | 'metrics'>): Promise<Finding[]> {
  return Promise.all(
    adapters.metrics.map(async (name): Promise<Finding> => {
      const part = `Metrics ${name}`;
      const source = metrics(name);
      if (!source?.checkAccess) return { part, state: 'well', says: 'It is configured.' };
      const problem = await source.checkAccess();
      if (problem === null) return { part, state: 'well', says: 'It can be read.' };
      const says = `It can't be read: ${problem}. Gates on it are unknown, which blocks promotions.`;
      return { part, state: 'unwell', says };
    }),
  );
}
