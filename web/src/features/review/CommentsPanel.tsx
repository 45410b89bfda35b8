import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { ActionIcon, Button, Group, Stack, Text, Textarea } from '@mantine/core';
import type { Ref } from 'react';
import type { Comment, Region } from '@/api/types';
import { IconTrash } from '@/design/icons';
import classes from '@/features/desk/desk.module.css';

/** The comments of a decision while it is made: those that stand, and the one being written. */
export interface Drafting {
  readonly comments: readonly Comment[];
  readonly text: string;
  readonly region: Region | undefined;
}

export const NOTHING_DRAFTED: Drafting = { comments: [], text: '', region: undefined };

/** All comments, with the one being written if it has words. */
export function commentsOf({ comments, text, region }: Drafting): Comment[] {
  const written = text.trim();
  return written === '' ? [...comments] : [...comments, { text: written, ...(region === undefined ? {} : { region }) }];
}

interface Props {
  drafting: Drafting;
  onChange: (drafting: Drafting) => void;
  field: Ref<HTMLTextAreaElement>;
  /** Whether places can be marked, and whether one is being marked now. */
  canMark: boolean;
  marking: boolean;
  onMark: () => void;
}

/** Comments for the author, each with a place on the picture if wanted. */
export function CommentsPanel({ drafting, onChange, field, canMark, marking, onMark }: Props) {
  const { i18n } = useLingui();
  const { comments, text, region } = drafting;
  return (
    <section aria-labelledby="review-comments" data-testid="comments">
      <h2 className={classes.heading} id="review-comments">
        <Trans>Comments for the author</Trans>
      </h2>
      <Stack gap="xs">
        {comments.map((comment, index) => {
          const number = index + 1;
          return (
            <Group key={`${index} ${comment.text}`} justify="space-between" wrap="nowrap" align="flex-start">
              <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
                {number}. {comment.text}
              </Text>
              <ActionIcon
                variant="subtle"
                color="gray"
                size={26}
                aria-label={i18n._(msg`Delete comment ${number}`)}
                onClick={() => onChange({ ...drafting, comments: comments.filter((_, at) => at !== index) })}
              >
                <IconTrash size={15} />
              </ActionIcon>
            </Group>
          );
        })}
        <Textarea
          ref={field}
          aria-label={i18n._(msg`Comment`)}
          placeholder={i18n._(msg`What should be different?`)}
          value={text}
          autosize
          minRows={2}
          maxRows={8}
          maxLength={4000}
          onChange={(event) => onChange({ ...drafting, text: event.currentTarget.value })}
          data-testid="comment-text"
        />
        <Group gap="xs">
          {canMark ? (
            <Button size="compact-sm" variant={marking ? 'filled' : 'default'} aria-pressed={marking} onClick={onMark} data-testid="mark-region">
              {region === undefined ? <Trans>Mark the place</Trans> : <Trans>Mark another place</Trans>}
            </Button>
          ) : null}
          <Button
            size="compact-sm"
            variant="default"
            disabled={text.trim() === ''}
            onClick={() => onChange({ comments: commentsOf(drafting), text: '', region: undefined })}
            data-testid="add-comment"
          >
            <Trans>Add another comment</Trans>
          </Button>
        </Group>
      </Stack>
    </section>
  );
}
