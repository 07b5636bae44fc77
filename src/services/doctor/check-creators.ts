import type { Finding } from '../../core/doctor/finding.ts';
import type { Examined } from './examined.ts';

const part = 'Release creators';

/** Whether there is somebody who may plan a release, and a platform knows them. */
export async function checkCreators({
  releaseCreators,
  directories,
}: Pick<Examined, 'releaseCreators' | 'directories'>): Promise<Finding[]> {
  if (releaseCreators.length === 0) {
    const says = 'Nobody may plan a release. List e-mail addresses under releaseCreators in tminus.yaml.';
    return [{ part, state: 'unsure', says }];
  }
  const isKnown = async (email: string) => {
    for (const directory of directories.values()) if (await directory.findPersonByEmail(email)) return true;
    return false;
  };
  const unknown: string[] = [];
  for (const email of releaseCreators) if (!(await isKnown(email))) unknown.push(email);
  if (unknown.length === 0) return [{ part, state: 'well', says: 'All of them are known to a platform.' }];
  const says = `No platform knows ${unknown.join(', ')}. Check the address in tminus.yaml, and that they are where tminus is.`;
  return [{ part, state: 'unsure', says }];
}
