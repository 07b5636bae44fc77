import { useId } from 'react';
import { createPortal } from 'react-dom';
import type { Person } from '../../control-api.ts';
import { actAs } from '../store/actions.ts';
import { dispatch } from '../store/store.ts';
import { Avatar } from '../views/avatar.tsx';
import { useModalDialog } from './use-modal-dialog.ts';

const close = () => dispatch({ type: 'profile', personId: null });

/** Who somebody is: name, title, mail. */
export function ProfileDialog({ person, isActor }: { person: Person; isActor: boolean }) {
  const id = useId();
  const { dialog } = useModalDialog(close);
  const become = () => {
    close();
    actAs(person.id);
  };
  return createPortal(
    <dialog ref={dialog} className="dialog small profile" aria-labelledby={id} data-testid="profile">
      <h2 id={id}>{person.realName}</h2>
      <div className="dialog-body">
        <Avatar person={person} size={64} />
        <dl>
          <dt>Title</dt>
          <dd>{person.title}</dd>
          <dt>Handle</dt>
          <dd>@{person.name}</dd>
          <dt>Mail</dt>
          <dd>{person.email}</dd>
        </dl>
      </div>
      <footer>
        <button type="button" className="button" onClick={close}>
          Close
        </button>
        {!isActor && (
          <button type="button" className="button primary" onClick={become}>
            Act as {person.realName.split(' ')[0]}
          </button>
        )}
      </footer>
    </dialog>,
    document.body,
  );
}
