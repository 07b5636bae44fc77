import type { Message } from '../control-api.ts';
import { wasTaken } from '../control-client.ts';
import { waitForAnswer } from '../story/answers.ts';
import type { Stage } from '../story/stage.ts';
import { actionsOf } from '../teams/cards/read-card.ts';

const verb = 'prefer-account';

/** Somebody in Teams who is in Slack as well gets what is for them alone in Teams from now on, if they don't yet. */
export async function preferTeams(stage: Stage, handle: string): Promise<void> {
  const { control } = stage;
  const { id: person } = stage.person(handle);
  const asked = { person, channel: await control.direct(person), command: '/release', text: 'me' };
  await stage.see(`an answer to ${handle} about their accounts`, async () => {
    const answer = await waitForAnswer(control, await control.command(asked));
    const place = answer && placeOfButton(answer, { platform: control.platform, id: person });
    if (!answer || place === undefined) return answer;
    const on = { channel: answer.channel, ts: answer.ts };
    return wasTaken(await control.click({ person, on, actionId: verb, blockId: String(place) })) && answer;
  });
}

/** Which of the buttons of this kind, from 0, is for the account: there is one for each that could be preferred. */
function placeOfButton({ attachments }: Message, account: object): number | undefined {
  const buttons = actionsOf(attachments).filter((action) => action.verb === verb);
  const place = buttons.findIndex(({ data }) =>
    JSON.stringify(data).includes(JSON.stringify(JSON.stringify(account))),
  );
  return place < 0 ? undefined : place;
}
