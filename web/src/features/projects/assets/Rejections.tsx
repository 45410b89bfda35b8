import { Plural } from '@lingui/react/macro';
import { Alert, Code, List } from '@mantine/core';
import type { ArchiveResult } from '@/api/types';
import type { Upload } from './upload-queue';

const SHOWN = 50;

/** The files inside archives that the server refused, with its reasons. */
export function Rejections({ uploads }: { uploads: readonly Upload[] }) {
  const rejected: ArchiveResult['rejected'][number][] = uploads.flatMap(({ state }) =>
    state.phase === 'done' && state.outcome.kind === 'archive' ? state.outcome.rejected : [],
  );
  if (rejected.length === 0) return null;
  return (
    <Alert
      color="red"
      data-testid="rejections"
      title={<Plural value={rejected.length} one="# file of an archive was refused" other="# files of archives were refused" />}
    >
      <List size="sm">
        {rejected.slice(0, SHOWN).map((rejection) => (
          <List.Item key={`${rejection.name} ${rejection.code}`}>
            <Code>{rejection.name}</Code> {rejection.detail || rejection.code}
          </List.Item>
        ))}
      </List>
      {rejected.length > SHOWN ? <Plural value={rejected.length - SHOWN} one="and # more" other="and # more" /> : null}
    </Alert>
  );
}
