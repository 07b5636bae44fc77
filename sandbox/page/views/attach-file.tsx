import { useRef } from 'react';
import type { WrittenFile } from '../../control-api.ts';
import { Icon } from './icon.tsx';

interface Props {
  files: WrittenFile[];
  onChange: (files: WrittenFile[]) => void;
  inThread: boolean;
}

/** Puts a text file, such as a plan, along with what is typed; its name is shown until it is sent or taken away. */
export function AttachFile({ files, onChange, inThread }: Props) {
  const input = useRef<HTMLInputElement>(null);
  const add = async (chosen: FileList | null) => {
    const read = [...(chosen ?? [])].map(async (file) => ({ name: file.name, text: await file.text() }));
    onChange([...files, ...(await Promise.all(read))]);
    if (input.current) input.current.value = '';
  };
  return (
    <>
      {files.map(({ name }, index) => (
        <button
          // biome-ignore lint/suspicious/noArrayIndexKey: two files may have one name
          key={index}
          type="button"
          className="button"
          title={`Take ${name} away`}
          onClick={() => onChange(files.toSpliced(index, 1))}
        >
          {name} ×
        </button>
      ))}
      <input
        ref={input}
        type="file"
        accept=".yaml,.yml,.json"
        hidden
        data-testid={inThread ? 'thread-file' : 'file'}
        onChange={({ target }) => void add(target.files)}
      />
      <button
        type="button"
        className="button"
        aria-label="Attach a file"
        title="Attach a file"
        onClick={() => input.current?.click()}
      >
        <Icon name="attach" />
      </button>
    </>
  );
}
