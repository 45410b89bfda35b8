import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { Alert, Stack, Text } from '@mantine/core';
import type { Review } from '@/api/types';
import classes from '@/features/desk/desk.module.css';
import type { DecisionName } from './decisions';

/** Why the answer is here: what its author objects, what a reviewer asked, what was decided before. */
export function EarlierDecisions({ review }: { review: Review }) {
  const { i18n } = useLingui();
  const names: Record<DecisionName, string> = {
    accept: i18n._(msg`accepted`),
    fix: i18n._(msg`corrected`),
    return: i18n._(msg`returned`),
    reject: i18n._(msg`rejected`),
    escalate: i18n._(msg`handed on`),
    uphold: i18n._(msg`appeal upheld`),
    dismiss: i18n._(msg`appeal dismissed`),
  };
  const earlier = review.submission.decisions ?? (review.submission.review ? [review.submission.review] : []);
  return (
    <>
      {review.appeal === undefined ? null : (
        <Alert color="brass" variant="light" p="xs" title={<Trans>The author appeals</Trans>} data-testid="appeal-text">
          <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {review.appeal}
          </Text>
        </Alert>
      )}
      {earlier.length === 0 ? null : (
        <section aria-labelledby="review-earlier" data-testid="earlier-decisions">
          <h2 className={classes.heading} id="review-earlier">
            <Trans>Decided before</Trans>
          </h2>
          <Stack gap={6}>
            {earlier.map((one) => (
              <div key={`${one.decidedAt} ${one.reviewer}`}>
                <Text size="sm">
                  <b>{one.reviewer}</b>: {names[one.decision]}
                </Text>
                {one.comments.map((comment) => (
                  <Text key={comment.text} size="sm" c="dimmed" style={{ whiteSpace: 'pre-wrap' }}>
                    {comment.text}
                  </Text>
                ))}
              </div>
            ))}
          </Stack>
        </section>
      )}
    </>
  );
}
