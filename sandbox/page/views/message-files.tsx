import type { Message } from '../../control-api.ts';
import { Icon } from './icon.tsx';

/** The files of a message, by their names. */
export function MessageFiles({ files = [] }: Pick<Message, 'files'>) {
  if (files.length === 0) return null;
  return (
    <ul className="files">
      {files.map(({ id, name }) => (
        <li key={id} data-testid="message-file">
          <Icon name="attach" size={14} /> {name}
        </li>
      ))}
    </ul>
  );
}
