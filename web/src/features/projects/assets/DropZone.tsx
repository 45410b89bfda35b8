import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Text } from '@mantine/core';
import { useRef, useState, type DragEvent } from 'react';
import { IconUpload } from '@/design/icons';
import classes from './assets.module.css';

/** Takes files by drop or by the button: a folder's files, single files, zip archives. */
export function DropZone({ text, onFiles }: { text: boolean; onFiles: (files: File[]) => void }) {
  const { t } = useLingui();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    void droppedFiles(event.dataTransfer).then(onFiles);
  };
  return (
    <div
      className={classes['drop']}
      data-over={over || undefined}
      data-testid="dropzone"
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconUpload size={26} />
      <div>
        <Text size="sm" fw={550}>
          {text ? <Trans>Drop text files, folders or zip archives here</Trans> : <Trans>Drop images, folders or zip archives here</Trans>}
        </Text>
        <Text size="sm" c="dimmed">
          {text ? <Trans>Plain text in UTF-8.</Trans> : <Trans>PNG, JPEG, WebP and the like; the bytes stay as they are.</Trans>}
        </Text>
      </div>
      <Button variant="default" onClick={() => input.current?.click()}>
        <Trans>Choose files</Trans>
      </Button>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        aria-label={t`Files to upload`}
        data-testid="file-input"
        onChange={(event) => {
          onFiles([...(event.currentTarget.files ?? [])]);
          event.currentTarget.value = '';
        }}
      />
    </div>
  );
}

/** The files of a drop, those inside dropped folders too. */
async function droppedFiles(data: DataTransfer): Promise<File[]> {
  // The entries must be taken before the first await: the list is empty afterwards.
  const entries = [...data.items].map((item) => item.webkitGetAsEntry()).filter((entry) => entry !== null);
  const files = [...data.files];
  if (!entries.some((entry) => entry.isDirectory)) return files;
  const found = await Promise.all(entries.map(filesIn));
  return found.flat();
}

async function filesIn(entry: FileSystemEntry): Promise<File[]> {
  if (entry.isFile) return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  const files: File[] = [];
  for (;;) {
    // A reader gives at most a hundred entries at a time, and an empty list at the end.
    const batch = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (batch.length === 0) return files;
    files.push(...(await Promise.all(batch.map(filesIn))).flat());
  }
}
