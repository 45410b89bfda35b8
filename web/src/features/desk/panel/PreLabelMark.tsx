import { Trans, useLingui } from '@lingui/react/macro';
import { Alert, Button, Group, Text } from '@mantine/core';
import { EMPTY_ANSWER } from '@engines/core';
import type { Lease } from '@/api/types';
import { useFormat } from '@/shared/useFormat';
import type { Annotation } from '../useAnnotation';

interface Props {
  preLabel: NonNullable<Lease['preLabel']>;
  annotation: Annotation;
  /** Whether the answer can be begun anew: not where it came back with comments. */
  mayClear: boolean;
}

/** Says that the answer was begun by a model, and by which; and lets a person begin from nothing. */
export function PreLabelMark({ preLabel, annotation, mayClear }: Props) {
  const { t } = useLingui();
  const format = useFormat();
  const { model, confidence } = preLabel;
  const { answer } = annotation;
  const empty = answer.shapes.length === 0 && Object.keys(answer.answers).length === 0;
  return (
    <Alert color="brass" variant="light" title={t`Pre-label: check it`} data-testid="pre-label">
      <Group justify="space-between" wrap="nowrap" align="flex-start" gap="xs">
        <Text size="sm">
          <Trans>
            A model answered first: {model.name} {model.version}.
          </Trans>{' '}
          {confidence === undefined ? null : <Trans>It is {format.percent(confidence)} sure.</Trans>}
        </Text>
        {mayClear && !empty ? (
          <Button size="compact-xs" variant="default" onClick={() => annotation.replace(EMPTY_ANSWER)} data-testid="clear-pre-label">
            <Trans>Clear</Trans>
          </Button>
        ) : null}
      </Group>
    </Alert>
  );
}
