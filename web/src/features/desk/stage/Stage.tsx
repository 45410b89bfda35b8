import { Trans } from '@lingui/react/macro';
import { Button, Loader, Stack, Text } from '@mantine/core';
import type { Overlay, Proposal } from '@engines/image';
import type { Piece } from '../session/piece';
import type { Annotation } from '../useAnnotation';
import classes from '../desk.module.css';
import { ImageStage } from './ImageStage';
import { StageTools } from './StageTools';
import { TextStage } from './TextStage';
import { useContent } from './useContent';
import type { Keys } from '../keys/useKeys';

interface Props {
  piece: Piece;
  annotation: Annotation;
  keys: Keys;
  faulty: ReadonlySet<string>;
  overlays: readonly Overlay[];
  readOnly: boolean;
  canDraw: boolean;
  onProposal: (proposal: Proposal) => void;
  onRefused: () => void;
}

/** What is judged: the picture with its tools, or the text; and what is said while its bytes are on their way. */
export function Stage({ piece, annotation, keys, canDraw, ...image }: Props) {
  const loaded = useContent(piece.content);
  const isImage = piece.asset.type.startsWith('image/');
  return (
    <section className={classes.stage} data-testid="stage" data-content={loaded.kind} data-asset={piece.asset.name}>
      {isImage ? (
        <>
          <ImageStage annotation={annotation} content={piece.content} {...image} />
          <StageTools annotation={annotation} keys={keys} canDraw={canDraw} />
        </>
      ) : (
        <TextStage content={piece.content} />
      )}
      {loaded.kind === 'loading' ? (
        <div className={classes.overlay} role="status">
          <Loader size="sm" aria-hidden />
          <Text size="sm">
            <Trans>Loading…</Trans>
          </Text>
        </div>
      ) : null}
      {loaded.kind === 'failed' ? (
        <div className={classes.overlay} role="alert">
          <Stack align="center" gap="xs">
            <Text size="sm">
              {loaded.reason === 'unreachable' ? (
                <Trans>The file could not be loaded.</Trans>
              ) : (
                <Trans>This file cannot be shown: it seems to be broken. You can skip the task.</Trans>
              )}
            </Text>
            <Button size="xs" variant="default" onClick={() => void piece.content.load()} data-testid="reload-content">
              <Trans>Load again</Trans>
            </Button>
          </Stack>
        </div>
      ) : null}
    </section>
  );
}
