import { Trans, useLingui } from '@lingui/react/macro';
import { Center, Loader, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { api, path } from '@/api/client';
import type { ContentUrl } from '@/api/types';
import classes from './picture.module.css';
import { ProblemAlert } from './ProblemAlert';

/** A box to be shown on the picture, in its own pixels. */
export interface Layer {
  readonly key: string;
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly color: string;
  readonly dashed: boolean;
  readonly strong: boolean;
  readonly title: string;
}

interface Props {
  place: { readonly client: string; readonly project: string };
  asset: string;
  name: string;
  layers: readonly Layer[];
  /** A box was pressed; every box stands in a list beside the picture too. */
  onPick?: (key: string) => void;
}

type Shown = { readonly kind: 'image'; readonly bitmap: ImageBitmap } | { readonly kind: 'text'; readonly text: string };

/** The bytes come from the other origin by an address that is made, and logged, for this look. */
async function read({ client, project }: Props['place'], asset: string, signal: AbortSignal): Promise<Shown> {
  const { url } = await api.post<ContentUrl>(path('clients', client, 'projects', project, 'assets', asset, 'view'), undefined, { signal });
  const response = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', signal });
  if (!response.ok) throw new Error(`The content server answered ${response.status}`);
  const blob = await response.blob();
  return blob.type.startsWith('image/') ? { kind: 'image', bitmap: await createImageBitmap(blob) } : { kind: 'text', text: await blob.text() };
}

/** An asset with boxes of several answers on it: to look at and compare, not to draw on. */
export function AnswerPicture({ place, asset, name, layers, onPick }: Props) {
  const { t } = useLingui();
  const shown = useQuery({
    queryKey: ['content', place.client, place.project, asset],
    queryFn: ({ signal }) => read(place, asset, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  });
  if (shown.data === undefined) {
    return shown.isError ? (
      <ProblemAlert error={shown.error} onRetry={() => void shown.refetch()} />
    ) : (
      <Center mih={160} role="status">
        <Stack align="center" gap="xs">
          <Loader size="sm" aria-hidden />
          <Text size="sm">
            <Trans>Loading…</Trans>
          </Text>
        </Stack>
      </Center>
    );
  }
  if (shown.data.kind === 'text') return <div className={classes['text']} tabIndex={0} role="region" aria-label={t`Text of the task`}>{shown.data.text}</div>;
  return <Picture bitmap={shown.data.bitmap} name={name} layers={layers} onPick={onPick} />;
}

function Picture({ bitmap, name, layers, onPick }: { bitmap: ImageBitmap; name: string; layers: readonly Layer[]; onPick: ((key: string) => void) | undefined }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { width, height } = bitmap;
  useEffect(() => {
    canvas.current?.getContext('2d')?.drawImage(bitmap, 0, 0);
  }, [bitmap]);
  return (
    <div className={classes['picture']} style={{ aspectRatio: `${width} / ${height}` }}>
      <canvas ref={canvas} width={width} height={height} role="img" aria-label={name} />
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true">
        {layers.map(({ key, box, color, dashed, strong, title }) => (
          <rect
            key={key}
            {...box}
            className={classes['box']}
            data-pick={onPick !== undefined || undefined}
            stroke={color}
            fill={color}
            fillOpacity={strong ? 0.2 : 0}
            strokeWidth={strong ? 4 : 2.5}
            {...(dashed ? { strokeDasharray: '6 4' } : {})}
            {...(onPick ? { onClick: () => onPick(key) } : {})}
          >
            <title>{title}</title>
          </rect>
        ))}
      </svg>
    </div>
  );
}
