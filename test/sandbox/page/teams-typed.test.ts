import { expect, it } from 'vitest';
import { eventually } from '../../support/eventually.ts';
import { answer, openTeamsPage, RELEASE, startPagedTeams } from './open-teams-page.ts';
import { pollCard } from './teams-cards.ts';

it('leads whoever types a slash to the mention, and posts no command that the app would not see', async () => {
  const heard: string[] = [];
  const teams = await startPagedTeams(async ({ activity }) => {
    if (activity.type === 'message') heard.push(activity.text ?? '');
    return undefined;
  });
  const opened = await openTeamsPage(teams);
  const { page } = opened;
  await opened.goTo('release-deployment');
  const composer = page.getByTestId('composer');
  await composer.fill('/promote web-2.4.0 to 10%');
  await composer.press('Enter');
  await page.getByRole('alert').getByText('Type @tminus promote web-2.4.0 to 10%').waitFor();
  expect(await page.getByTestId('message').count()).toBe(0);
  expect(heard).toEqual([]);
  await composer.fill('');
  await composer.pressSequentially('/pro');
  await composer.press('Tab');
  expect(await composer.inputValue()).toBe('@tminus promote ');

  // In the chat with the app, everything is for the app.
  await opened.goTo('tminus');
  await opened.type('/promote web-2.4.0');
  await opened.message('/promote web-2.4.0').waitFor();
  await eventually(async () => expect(heard).toEqual(['/promote web-2.4.0']));
  expect(opened.troubles).toEqual([]);
});

it('brings the question of a button into sight, and says below the card what is for the clicker alone', async () => {
  const teams = await startPagedTeams(async ({ activity }) =>
    activity.name === 'adaptiveCard/action'
      ? answer({
          statusCode: 200,
          type: 'application/vnd.microsoft.activity.message',
          value: "You can't vote on this release.",
        })
      : undefined,
  );
  const id = await teams.post(RELEASE, pollCard({ voted: 0 }));
  const opened = await openTeamsPage(teams, { width: 1280, height: 460 });
  const { page } = opened;
  const card = opened.message('Go or no-go?');
  await card.getByRole('button', { name: 'Close now', exact: true }).click();
  const question = card.getByText('Close the go/no-go now?');
  await question.waitFor();
  await eventually(async () => {
    const { bottom, end } = await question.evaluate((element) => ({
      bottom: element.closest('.ac-container')?.getBoundingClientRect().bottom ?? 0,
      end: element.closest('.message-list')?.getBoundingClientRect().bottom ?? 0,
    }));
    expect(bottom).toBeLessThanOrEqual(end);
  });

  await card.getByTestId('action-vote-go').click();
  const said = card.getByTestId('notice');
  await said.getByText("You can't vote on this release.").waitFor();
  await said.getByText('Only you can see this').waitFor();
  await teams.update(RELEASE, id, pollCard({ voted: 1 }));
  await opened.message('1 of 6 voted').waitFor();
  expect(await page.getByTestId('notice').count()).toBe(0);
  expect(opened.troubles).toEqual([]);
});
