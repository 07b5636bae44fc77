import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createGitHub } from '../../src/repositories/github.ts';
import { type GitHubDouble, githubToken, startGitHub } from '../support/github-double.ts';

let github: GitHubDouble;
beforeEach(async () => {
  github = await startGitHub();
});
afterEach(() => github.close());

const range = { repository: 'acme/web', from: 'v1.0.0', to: 'v1.1.0' };
const read = (changes: Partial<typeof range> = {}, token: string | undefined = githubToken) =>
  createGitHub({ apiUrl: `${github.url}/`, token }).mergedBetween({ ...range, ...changes });
const sha = (index: number) => index.toString(16).padStart(40, '0');

describe('the pull requests between two tags', () => {
  it('are each there once, by number, whichever way they were merged', async () => {
    const merged = { number: 7, title: 'feat: a checkout in two steps' };
    github.commits = [
      // A merge commit, and a commit of its branch.
      { sha: sha(1), pulls: [merged] },
      { sha: sha(2), pulls: [merged] },
      { sha: sha(3), pulls: [{ number: 5, title: 'Search is fast', labels: ['Performance'] }] },
      { sha: sha(4), pulls: [{ number: 9, title: 'Not merged yet', merged_at: null }] },
      { sha: sha(5), pulls: [] },
    ];
    expect(await read()).toEqual({
      isWhole: true,
      pulls: [
        { number: 5, title: 'Search is fast', labels: ['performance'] },
        { number: 7, title: 'feat: a checkout in two steps', labels: [] },
      ],
    });
  });

  it('are read to the last page', async () => {
    github.commits = Array.from({ length: 150 }, (_, index) => ({
      sha: sha(index + 1),
      pulls: [{ number: index + 1, title: `Change ${index + 1}` }],
    }));
    const { pulls, isWhole } = await read();
    expect({ count: pulls.length, isWhole }).toEqual({ count: 150, isWhole: true });
    expect(github.requests.filter((one) => one.includes('/compare/'))).toEqual([
      'GET /repos/acme/web/compare/v1.0.0...v1.1.0?per_page=100&page=1',
      'GET /repos/acme/web/compare/v1.0.0...v1.1.0?per_page=100&page=2',
    ]);
  });

  it('are not all there where there are too many commits', async () => {
    github.commits = Array.from({ length: 450 }, (_, index) => ({ sha: sha(index + 1), pulls: [] }));
    expect((await read()).isWhole).toBe(false);
  });

  it('can’t leave the path of the repository', async () => {
    await expect(read({ from: '../../x?y=', to: 'v 1' })).rejects.toThrow('no such repository or tags');
    expect(github.requests).toEqual([
      'GET /repos/acme/web/compare/..%2F..%2Fx%3Fy%3D...v%201?per_page=100&page=1',
    ]);
  });
});

describe('when GitHub can’t say', () => {
  it.each([
    [404, {}, 'no such repository or tags'],
    [403, { 'x-ratelimit-remaining': '0' }, 'takes no more requests'],
    [429, {}, 'takes no more requests'],
    [403, {}, 'may not read this repository'],
    [502, {}, 'HTTP 502'],
    [301, { location: 'http://elsewhere.example' }, 'HTTP 301'],
  ])('with %i %j, it is said why', async (status, headers, why) => {
    github.failures.push({ status, headers });
    await expect(read()).rejects.toThrow(why);
  });

  it('with a token that it does not take, either', async () => {
    await expect(read({}, 'another')).rejects.toThrow('does not take the token');
  });

  it('where nobody is there, either', async () => {
    const { url } = github;
    await github.close();
    const gone = createGitHub({ apiUrl: url }).mergedBetween(range);
    await expect(gone).rejects.toThrow('GitHub did not answer');
    github = await startGitHub();
  });
});
