import { expect, it } from 'vitest';
import { personCalled, seed } from '../teams/harness.ts';
import {
  answer,
  cardAnswer,
  dialogAnswer,
  type OnTurn,
  openTeamsPage,
  type PagedTeams,
  RELEASE,
  startPagedTeams,
} from './open-teams-page.ts';
import { pollCard, reasonCard } from './teams-cards.ts';

/** An app that counts votes, and asks for a reason in a dialog. */
function voting(): { onTurn: OnTurn; reasons: unknown[] } {
  const reasons: unknown[] = [];
  const onTurn: OnTurn = async ({ activity }) => {
    const { name, value } = activity as { name?: string; value?: Record<string, Record<string, unknown>> };
    if (name === 'task/fetch') return dialogAnswer('Why not?', reasonCard());
    if (name === 'task/submit') {
      reasons.push(value?.data);
      const reason = String(value?.data?.reason);
      if (reason.length > 8) return answer({});
      return dialogAnswer('Why not?', reasonCard({ error: 'Say a little more.', reason }));
    }
    if (name !== 'adaptiveCard/action') return undefined;
    return cardAnswer(pollCard({ voted: 1, own: `Your vote: ${String(value?.action?.verb)}` }));
  };
  return { onTurn, reasons };
}

const rita = personCalled('rita');

it('posts, mentions the app with completion, and shows its answer below the post', async () => {
  const teams: PagedTeams = await startPagedTeams(async ({ activity }) => {
    if (activity.type === 'message') await teams.reply(RELEASE, activity.id ?? '', '**Read** and _done_');
    return undefined;
  });
  const opened = await openTeamsPage(teams);
  const { page } = opened;
  await opened.goTo('release-deployment');
  await teams.post(RELEASE, pollCard({ voted: 0 }));
  await opened.message('0 of 6 voted').waitFor();
  const composer = page.getByTestId('composer');
  await composer.pressSequentially('@tm');
  await composer.press('Tab');
  expect(await composer.inputValue()).toBe('@tminus ');
  await composer.pressSequentially('pro');
  await composer.press('Tab');
  await composer.pressSequentially('web-2.4.0 to 10%');
  await composer.press('Enter');
  const post = opened.message('promote web-2.4.0 to 10%');
  await post.locator('.mention', { hasText: 'tminus' }).first().waitFor();
  await page.locator('.reply strong', { hasText: 'Read' }).waitFor();
  expect(opened.troubles).toEqual([]);
});

it('replaces the card of the clicker with the answer, and that of everybody when the message is edited', async () => {
  const teams = await startPagedTeams(voting().onTurn);
  const opened = await openTeamsPage(teams);
  const other = await openTeamsPage(teams);
  await other.actAs('emil');
  const id = await teams.post(RELEASE, pollCard({ voted: 0 }));
  await opened.message('Go or no-go?').getByTestId('action-vote-go').click();
  await opened.message('Your vote: vote-go').waitFor();
  expect(await other.page.getByText('Your vote').count()).toBe(0);
  // Somebody else at the same browser has a card of their own.
  await opened.actAs('emil');
  await opened.page.getByText('Your vote').waitFor({ state: 'detached' });
  await opened.actAs('rita');
  await opened.message('Your vote: vote-go').waitFor();

  await teams.update(RELEASE, id, pollCard({ voted: 2 }));
  await opened.message('2 of 6 voted').waitFor();
  await other.message('2 of 6 voted').waitFor();
  expect(await opened.page.getByText('Your vote').count()).toBe(0);
  expect([...opened.troubles, ...other.troubles]).toEqual([]);
});

it('asks by itself for the card of a reader whom its refresh names', async () => {
  const teams = await startPagedTeams(voting().onTurn);
  const opened = await openTeamsPage(teams);
  const id = await teams.post(RELEASE, pollCard({ voted: 0, readers: [rita.mri] }));
  await opened.message('Your vote: refresh').waitFor();
  await teams.update(RELEASE, id, pollCard({ voted: 3, readers: [] }));
  await opened.message('3 of 6 voted').waitFor();
  expect(await opened.page.getByText('Your vote').count()).toBe(0);
  expect(opened.troubles).toEqual([]);
});

it('opens a dialog, says beside the fields what is wrong, and closes it', async () => {
  const { onTurn, reasons } = voting();
  const teams = await startPagedTeams(onTurn);
  const opened = await openTeamsPage(teams);
  const { page } = opened;
  await teams.post(RELEASE, pollCard({ voted: 0 }));
  await opened.message('Go or no-go?').getByTestId('action-vote-no-go').click();
  const dialog = page.getByTestId('modal');
  await dialog.getByTestId('action-send').click();
  await dialog.getByText('Say why.').waitFor();
  expect(reasons).toEqual([]);
  await dialog.getByTestId('input-reason').fill('Red');
  await dialog.getByTestId('action-send').click();
  await dialog.getByText('Say a little more.').waitFor();
  await dialog.getByTestId('input-reason').fill('Two tests are red');
  await dialog.getByTestId('input-owner').selectOption({ label: 'Dana Fischer' });
  await dialog.getByTestId('input-day').fill('2026-12-03');
  await dialog.getByTestId('input-time').fill('11:30');
  await dialog.getByTestId('action-send').click();
  await dialog.waitFor({ state: 'detached' });
  expect(reasons.at(-1)).toMatchObject({
    reason: 'Two tests are red',
    owner: personCalled('dana').id,
    day: '2026-12-03',
    time: '11:30',
  });
  expect(opened.troubles).toEqual([]);
});

it('keeps what was typed and opened in a card that the app replaces', async () => {
  const teams = await startPagedTeams(voting().onTurn);
  const opened = await openTeamsPage(teams);
  const { page } = opened;
  const id = await teams.post(RELEASE, pollCard({ voted: 0 }));
  const card = opened.message('Go or no-go?');
  await card.getByRole('button', { name: 'Close now', exact: true }).click();
  await card.getByText('Close the go/no-go now?').waitFor();
  await card.getByRole('button', { name: 'Remind', exact: true }).click();
  await card.getByTestId('input-words').fill('Please vote');
  await teams.update(RELEASE, id, pollCard({ voted: 1 }));
  await card.getByText('1 of 6 voted').waitFor();
  await card.getByText('Close the go/no-go now?').waitFor();
  expect(await card.getByTestId('input-words').inputValue()).toBe('Please vote');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-testid'))).toBe('input-words');
  expect(opened.troubles).toEqual([]);
});

it('says beneath the card that the app did not take a click', async () => {
  const teams = await startPagedTeams();
  const opened = await openTeamsPage(teams);
  await teams.post(RELEASE, pollCard({ voted: 0 }));
  await opened.message('Go or no-go?').waitFor();
  teams.bot.url = null;
  await opened.message('Go or no-go?').getByTestId('action-vote-go').click();
  await opened.page.getByRole('alert').getByText('The app is not connected right now.').waitFor();
});

it('stays with the person and the channel when it goes to the other platform', async () => {
  const teams = await startPagedTeams();
  const opened = await openTeamsPage(teams);
  const { page } = opened;
  await opened.actAs('emil');
  await opened.goTo('engineering');
  await page.getByTestId('platform-slack').click();
  await page.getByRole('heading', { name: '# engineering' }).waitFor();
  await page.getByTestId('act-as').getByText('Emil Novak').waitFor();
  expect(new URL(page.url()).search).toBe('');
  await page.getByTestId('composer').fill('from Slack');
  await page.getByTestId('platform-teams').click();
  await page.getByRole('heading', { name: 'engineering', exact: true }).waitFor();
  expect(await page.getByTestId('composer').inputValue()).toBe('');
  await page.getByTestId('platform-slack').click();
  await page.getByRole('heading', { name: '# engineering' }).waitFor();
  expect(await page.getByTestId('composer').inputValue()).toBe('from Slack');
  expect(seed.people.length).toBeGreaterThan(2);
  expect(opened.troubles).toEqual([]);
});
