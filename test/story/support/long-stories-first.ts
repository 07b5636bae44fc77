import path from 'node:path';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

/**
 * The stories that take longest on two idle cores, from 160 seconds down to 40. Faults starts five sandboxes at
 * once, so it comes when the play, which starts two that measure response times, is nearly over.
 */
const first = ['kill', 'play', 'show', 'browser', 'faults', 'restart'];

/**
 * Long stories first, or the last one would run alone. Left to itself, vitest knows how long files take only where
 * it ran before; else it takes the largest first, and the longest story is one of the shortest files.
 */
export class LongStoriesFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const stories = sorted.filter(isStory).sort((one, other) => rank(one) - rank(other));
    return sorted.map((file) => (isStory(file) ? (stories.shift() ?? file) : file));
  }
}

const isStory = ({ project }: TestSpecification) => project.name === 'story';

function rank({ moduleId }: TestSpecification): number {
  const place = first.indexOf(path.basename(moduleId, '.test.ts'));
  return place < 0 ? first.length : place;
}
