import { Trans } from '@lingui/react/macro';
import { Alert, Button, Stack, Text } from '@mantine/core';
import type { Comment } from '@/api/types';
import type { Annotation } from '../useAnnotation';

/** What the reviewer said about a task that came back. */
export function ReturnedNotes({ comments, annotation }: { comments: readonly Comment[]; annotation: Annotation }) {
  return (
    <Alert color="brass" variant="light" title={<Trans>A reviewer returned this task</Trans>} data-testid="returned">
      <Stack gap="xs" component="ol" style={{ margin: 0, paddingInlineStart: '1.1rem' }}>
        {comments.map((comment, index) => {
          const { region } = comment;
          return (
            <li key={`${index} ${comment.text}`}>
              <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
                {comment.text}
              </Text>
              {region === undefined ? null : (
                <Button size="compact-xs" variant="default" onClick={() => annotation.engine?.zoomToBox(region)}>
                  <Trans>Show the place</Trans>
                </Button>
              )}
            </li>
          );
        })}
      </Stack>
    </Alert>
  );
}
