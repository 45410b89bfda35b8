import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Button, Group, Progress, Text } from '@mantine/core';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { IconCheck, IconTrash } from '@/design/icons';
import { describeProblem } from '@/shared/problem';
import { useFormat } from '@/shared/useFormat';
import classes from './assets.module.css';
import { totals, type Outcome, type Upload, type UploadQueue } from './upload-queue';

const ROW = 44;

/** The uploads of this page, also thousands: only the rows in view exist. */
export function UploadList({ queue, uploads }: { queue: UploadQueue; uploads: readonly Upload[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: uploads.length, getScrollElement: () => scroller.current, estimateSize: () => ROW, overscan: 8 });
  if (uploads.length === 0) return null;
  return (
    <div className={classes['uploads']} data-testid="uploads">
      <Summary queue={queue} uploads={uploads} />
      <div ref={scroller} className={classes['scroller']} style={{ height: Math.min(uploads.length, 7) * ROW }} tabIndex={0}>
        <ul style={{ height: rows.getTotalSize(), position: 'relative', margin: 0, padding: 0 }}>
          {rows.getVirtualItems().map((row) => {
            const upload = uploads[row.index];
            return upload ? <Row key={upload.id} upload={upload} queue={queue} top={row.start} /> : null;
          })}
        </ul>
      </div>
    </div>
  );
}

function Summary({ queue, uploads }: { queue: UploadQueue; uploads: readonly Upload[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const sum = totals(uploads);
  const over = sum.finished === sum.files;
  return (
    <>
      <Group justify="space-between" p="sm" pb={6}>
        <Text size="sm" fw={550} className="tabular" aria-live="polite" data-testid="upload-summary">
          {over ? <Plural value={sum.files} one="# file finished" other="# files finished" /> : (
            <Trans>
              {sum.finished} of <Plural value={sum.files} one="# file" other="# files" />, {format.bytes(sum.sentBytes)} of {format.bytes(sum.bytes)}
            </Trans>
          )}
          {sum.failed > 0 ? (
            <Text span c="red" size="sm" ms="sm">
              <Plural value={sum.failed} one="# failed" other="# failed" />
            </Text>
          ) : null}
        </Text>
        <Group gap="xs">
          {sum.failed > 0 ? (
            <Button size="compact-xs" variant="default" onClick={() => queue.retryFailed()}>
              <Trans>Try the failed again</Trans>
            </Button>
          ) : null}
          {sum.finished > 0 ? (
            <Button size="compact-xs" variant="subtle" color="gray" onClick={() => queue.clearFinished()}>
              <Trans>Clear finished</Trans>
            </Button>
          ) : null}
        </Group>
      </Group>
      {over ? null : <Progress value={sum.bytes > 0 ? (100 * sum.sentBytes) / sum.bytes : 0} size="xs" radius={0} aria-label={t`Upload`} />}
    </>
  );
}

function Row({ upload, queue, top }: { upload: Upload; queue: UploadQueue; top: number }) {
  const { t } = useLingui();
  const format = useFormat();
  const { file, state } = upload;
  const underWay = state.phase === 'waiting' || state.phase === 'sending';
  return (
    <li className={classes['upload']} style={{ top, height: ROW }} data-phase={state.phase}>
      <Text size="sm" truncate className={classes['file']} title={file.name}>
        {file.name}
      </Text>
      <Text size="sm" c="dimmed" className={`${classes['size']} tabular`}>
        {format.bytes(file.size)}
      </Text>
      <div className={classes['status']}>
        <Status upload={upload} />
      </div>
      <div className={classes['act']}>
      {underWay ? (
        <ActionIcon variant="subtle" color="gray" aria-label={t`Cancel ${file.name}`} onClick={() => queue.cancel(upload.id)}>
          <IconTrash size={16} />
        </ActionIcon>
      ) : null}
      {state.phase === 'failed' || state.phase === 'cancelled' ? (
        <Button size="compact-xs" variant="subtle" onClick={() => queue.retry(upload.id)} aria-label={t`Try again: ${file.name}`}>
          <Trans>Try again</Trans>
        </Button>
      ) : null}
      </div>
    </li>
  );
}

function Status({ upload: { file, state } }: { upload: Upload }) {
  const { t, i18n } = useLingui();
  switch (state.phase) {
    case 'waiting':
      return <Text size="sm" c="dimmed">{t`waiting`}</Text>;
    case 'sending':
      return <Progress value={file.size > 0 ? (100 * state.sent) / file.size : 0} size="sm" aria-label={t`Upload of ${file.name}`} />;
    case 'done':
      return <Done outcome={state.outcome} />;
    case 'cancelled':
      return <Text size="sm" c="dimmed">{t`cancelled`}</Text>;
    case 'failed': {
      const { title, detail } = describeProblem(i18n, state.error);
      return (
        <Text size="sm" c="red" truncate title={detail ?? title}>
          {detail ?? title}
        </Text>
      );
    }
  }
}

function Done({ outcome }: { outcome: Outcome }) {
  const { t } = useLingui();
  switch (outcome.kind) {
    case 'created':
      return (
        <Text size="sm" c="var(--etalon-good)" className={classes['ok']}>
          <IconCheck size={16} /> {t`stored`}
        </Text>
      );
    case 'duplicate':
      return <Text size="sm" c="dimmed">{t`was here already`}</Text>;
    case 'archive': {
      const rejected = outcome.rejected.map((r) => `${r.name}: ${r.detail || r.code}`).join('\n');
      return (
        <Text size="sm" c={outcome.rejected.length > 0 ? 'red' : 'var(--etalon-good)'} truncate title={rejected}>
          {t`${outcome.accepted} stored, ${outcome.duplicates} here already, ${outcome.rejected.length} refused`}
        </Text>
      );
    }
  }
}
