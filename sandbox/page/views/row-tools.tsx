import type { Message } from '../../control-api.ts';
import { openThread } from '../store/actions.ts';
import { copyLink } from '../store/look-at.ts';
import { Icon } from './icon.tsx';
import { ShortcutTools } from './shortcut-tools.tsx';

interface Props {
  message: Message;
  inThread: boolean;
  onReact: () => void;
}

/** What can be done with a message, beside it. */
export function RowTools({ message, inThread, onReact }: Props) {
  return (
    <div className="row-tools">
      <Tool label="Add reaction" icon="react" testId="add-reaction" onClick={onReact} />
      <ShortcutTools message={message} />
      {!inThread && (
        <>
          <Tool label="Copy link" icon="link" testId="copy-link" onClick={() => void copyLink(message)} />
          <Tool
            label="Reply in thread"
            icon="reply"
            testId="reply"
            onClick={() => openThread(message.channel, message.ts)}
          />
        </>
      )}
    </div>
  );
}

interface ToolProps {
  label: string;
  icon: Parameters<typeof Icon>[0]['name'];
  testId: string;
  onClick: () => void;
}

function Tool({ label, icon, testId, onClick }: ToolProps) {
  return (
    <button type="button" aria-label={label} title={label} data-testid={testId} onClick={onClick}>
      <Icon name={icon} size={16} />
    </button>
  );
}
