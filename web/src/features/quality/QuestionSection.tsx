import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Stack } from '@mantine/core';
import type { QuestionQuality } from '@/api/types';
import { Section } from '@/shared/Section';
import { AgreementTable } from './AgreementTable';
import { MarginalsTable } from './MarginalsTable';
import { ConfidenceHistogram } from './plots';
import { SkillTable } from './SkillTable';
import classes from './quality.module.css';
import type { Names } from './useNames';

/** All that is known about one question: how far people agree, what they answer, how well each of them answers. */
export function QuestionSection({ question, names }: { question: QuestionQuality; names: Names }) {
  const { t } = useLingui();
  const { raw, fleiss, krippendorff } = question.agreement;
  return (
    <Section
      title={names.question(question.question)}
      subtitle={
        <Trans>
          <Plural value={question.judgements} one="# judgement" other="# judgements" /> of <Plural value={question.tasks} one="# task" other="# tasks" /> by{' '}
          <Plural value={question.annotators} one="# annotator" other="# annotators" />
        </Trans>
      }
      testId={`quality-${question.question}`}
    >
      <Stack gap={28}>
        <div className={classes['pair']}>
          <div>
            <h3>{t`Agreement`}</h3>
            <AgreementTable
              rows={[
                { id: 'raw', name: t`Raw, pairs of answers`, estimate: raw },
                { id: 'fleiss', name: t`Fleiss' kappa`, estimate: fleiss },
                { id: 'krippendorff', name: t`Krippendorff's alpha`, estimate: krippendorff },
              ]}
            />
          </div>
          <div>
            <h3>{t`Confidence of the consensus`}</h3>
            <ConfidenceHistogram bins={question.confidence} />
          </div>
        </div>
        <div>
          <h3 style={{ margin: '0 0 8px', fontSize: 'var(--mantine-font-size-sm)' }}>{t`Answers, by method`}</h3>
          <MarginalsTable question={question} names={names} />
        </div>
        <SkillTable question={question} names={names} />
      </Stack>
    </Section>
  );
}
