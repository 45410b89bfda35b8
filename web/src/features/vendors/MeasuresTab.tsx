import { Trans, useLingui } from '@lingui/react/macro';
import { SegmentedControl, Stack, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { VendorEstimate, WorkforceMeasures, WorkforceReport } from '@/api/types';
import { useProjectParams } from '@/features/projects/useProjectParams';
import { Axis, Interval, useEstimateText } from '@/features/quality/plots';
import { linear, scaleFor, type Scale } from '@/features/quality/scale';
import { EmptyState } from '@/shared/EmptyState';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { boundOf, roundEnd } from './figures';
import { measuresQuery } from './queries';
import { useFigures } from './useFigures';
import classes from './vendors.module.css';

/** A project's workforces, measured on the same work: intervals, and what the data do not know. */
export function MeasuresTab() {
  const { t } = useLingui();
  const { client, project } = useProjectParams();
  const report = useQuery(measuresQuery(client, project));
  return (
    <QueryView query={report}>
      {(data) =>
        data.workforces.length === 0 ? (
          <EmptyState title={t`Nothing to compare yet`}>
            <Trans>Workforces appear with their first answers. To have the same tasks done by several of them, give the routing an overlap.</Trans>
          </EmptyState>
        ) : (
          <Compared report={data} />
        )
      }
    </QueryView>
  );
}

/** Workforce by workforce, or with all those of a vendor taken together. */
function Compared({ report }: { report: WorkforceReport }) {
  const { t } = useLingui();
  const [together, setTogether] = useState(false);
  const shown = together ? { ...report, workforces: report.vendors, differences: report.vendorDifferences } : report;
  return (
    <Stack gap="md" data-testid="measures">
      {report.vendors.length > 0 ? (
        <SegmentedControl
          aria-label={t`What is compared`}
          style={{ alignSelf: 'flex-start' }}
          data={[
            { value: 'teams', label: t`Workforces` },
            { value: 'vendors', label: t`Vendors, all workforces together` },
          ]}
          value={together ? 'vendors' : 'teams'}
          onChange={(value) => setTogether(value === 'vendors')}
          data-testid="compared"
        />
      ) : null}
      <QualitySection report={shown} />
      {shown.differences.length > 0 ? <DifferencesSection report={shown} /> : null}
      <PaceSection workforces={shown.workforces} />
    </Stack>
  );
}

function QualitySection({ report }: { report: WorkforceReport }) {
  const { t } = useLingui();
  const estimateText = useEstimateText();
  const figures = useFigures();
  const { workforces } = report;
  const currency = workforces.find((one) => one.currency)?.currency;
  const percent = (estimate: VendorEstimate) => estimateText(estimate, true);
  const money = (estimate: VendorEstimate) =>
    t`${figures.money(estimate.value, currency)} (${figures.money(estimate.low, currency)} to ${figures.money(estimate.high, currency)})`;
  const of = (pick: (one: WorkforceMeasures) => VendorEstimate | undefined) => workforces.map(pick).filter((one) => one !== undefined);
  const drifts = boundOf(of((one) => one.drift).flatMap(({ low, high, value }) => [low, high, value]));
  const dearest = roundEnd(Math.max(0, ...of((one) => one.costPerCorrect).map(({ high }) => high)));
  return (
    <Section title={t`Quality`} testId="measures-quality" subtitle={<Method report={report} />}>
      <div className={classes['pair']}>
        <Measure title={t`Accuracy`} hint={t`Share of right answers.`} workforces={workforces} pick={(one) => one.accuracy} percent scale={scaleFor(of((one) => one.accuracy))} text={percent} />
        <Measure title={t`Agreement`} hint={t`With people of other workforces on the same tasks.`} workforces={workforces} pick={(one) => one.agreement} percent scale={scaleFor(of((one) => one.agreement))} text={percent} />
        <Measure title={t`Drift`} hint={t`Accuracy of the later half minus the earlier half.`} workforces={workforces} pick={(one) => one.drift} percent scale={linear(-drifts, drifts, drifts)} reference={0} text={figures.points} />
        <Measure title={t`Rework`} hint={t`Reviewed answers that were mended, sent back or rejected.`} workforces={workforces} pick={(one) => one.rework} percent scale={linear(0, 1, 0.5)} text={percent} />
        {currency ? (
          <Measure title={t`Cost of a correct answer`} hint={t`Price of an answer over the accuracy.`} workforces={workforces} pick={(one) => (one.currency === currency ? one.costPerCorrect : undefined)} scale={linear(0, dearest, dearest / 2)} text={money} />
        ) : null}
      </div>
    </Section>
  );
}

function Method({ report }: { report: WorkforceReport }) {
  return (
    <>
      <Trans>Intervals are 95 % and resample people. There is no ranking: the differences below say what the data know.</Trans>{' '}
      {report.method === '' ? (
        <Trans>Right is what reviewers accepted.</Trans>
      ) : (
        <>
          <Trans>Right is what all answers together make most likely.</Trans>{' '}
          {report.calibrated ? <Trans>Known answers have calibrated it.</Trans> : <Trans>No known answers stand behind it: probabilities are not calibrated.</Trans>}
          <details>
            <summary>
              <Trans>How the method was chosen</Trans>
            </summary>
            <span lang="en">{report.method}</span>
          </details>
        </>
      )}
    </>
  );
}

interface MeasureProps {
  title: string;
  hint: string;
  workforces: readonly WorkforceMeasures[];
  pick: (one: WorkforceMeasures) => VendorEstimate | undefined;
  scale: Scale;
  /** Whether the axis is in percent, as the figures are. */
  percent?: boolean;
  reference?: number;
  text: (estimate: VendorEstimate) => string;
}

/** One measure of all workforces, in the same order everywhere. */
function Measure({ title, hint, workforces, pick, scale, percent = false, reference, text }: MeasureProps) {
  const { t } = useLingui();
  return (
    <div>
      <h3>{title}</h3>
      <Text size="xs" c="dimmed" mb={4}>
        {hint}
      </Text>
      <Table aria-label={title} verticalSpacing={4} horizontalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>
              <span className="visually-hidden">{t`Workforce`}</span>
            </Table.Th>
            <Table.Th w="42%">
              <span className="visually-hidden">{t`Interval`}</span>
              <Axis scale={scale} percent={percent} />
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {workforces.map((one) => {
            const estimate = pick(one);
            return (
              <Table.Tr key={one.workforce}>
                <Table.Td>
                  <Text size="sm" fw={550}>
                    {one.name}
                  </Text>
                  <Text size="xs" c="dimmed" className="tabular">
                    {estimate ? text(estimate) : t`not known`}
                  </Text>
                </Table.Td>
                <Table.Td>{estimate ? <Interval estimate={estimate} scale={scale} {...(reference === undefined ? {} : { reference })} /> : null}</Table.Td>
              </Table.Tr>
            );
          })}
        </Table.Tbody>
      </Table>
    </div>
  );
}

function DifferencesSection({ report }: { report: WorkforceReport }) {
  const { t } = useLingui();
  const format = useFormat();
  const figures = useFigures();
  const name = (id: string) => report.workforces.find((one) => one.workforce === id)?.name ?? id;
  const bound = boundOf(report.differences.flatMap(({ accuracy }) => (accuracy ? [accuracy.low, accuracy.high] : [])));
  const scale = linear(-bound, bound, bound);
  const costs = report.differences.some(({ costPerCorrect }) => costPerCorrect);
  const money = ({ value, low, high }: VendorEstimate, currency: string | undefined) =>
    t`${figures.money(value, currency)} (${figures.money(low, currency)} to ${figures.money(high, currency)})`;
  return (
    <Section title={t`Differences in accuracy`} testId="differences" subtitle={t`Every two workforces on the tasks that both answered: the first minus the second. Where the interval holds zero, nobody knows who is better.`}>
      <Table.ScrollContainer minWidth={820}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t`Workforces`}</Table.Th>
              <Table.Th ta="end">{t`Shared tasks`}</Table.Th>
              <Table.Th>{t`Difference`}</Table.Th>
              <Table.Th w="20%">
                <span className="visually-hidden">{t`Interval`}</span>
                <Axis scale={scale} percent />
              </Table.Th>
              <Table.Th>{t`What it tells`}</Table.Th>
              {costs ? <Table.Th>{t`A correct answer costs more by`}</Table.Th> : null}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {report.differences.map(({ one, other, sharedTasks, accuracy, tells, costPerCorrect, currency }) => (
              <Table.Tr key={`${one} ${other}`} data-testid="difference">
                <Table.Td fw={550}>{t`${name(one)} minus ${name(other)}`}</Table.Td>
                <Table.Td ta="end">{format.number(sharedTasks)}</Table.Td>
                <Table.Td miw={190}>{accuracy ? figures.points(accuracy) : t`not known`}</Table.Td>
                <Table.Td>{accuracy ? <Interval estimate={accuracy} scale={scale} reference={0} /> : null}</Table.Td>
                <Table.Td>
                  <Verdict better={accuracy && tells ? name(accuracy.value > 0 ? one : other) : undefined} known={accuracy !== undefined} />
                </Table.Td>
                {costs ? <Table.Td miw={170}>{costPerCorrect ? money(costPerCorrect, currency) : t`not known`}</Table.Td> : null}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

function Verdict({ better, known }: { better: string | undefined; known: boolean }) {
  const { t } = useLingui();
  if (better !== undefined) return <Text size="sm" fw={550}>{t`${better} is right more often`}</Text>;
  return (
    <Text size="sm" c="dimmed">
      {known ? t`does not tell` : t`too little in common`}
    </Text>
  );
}

function PaceSection({ workforces }: { workforces: readonly WorkforceMeasures[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const figures = useFigures();
  return (
    <Section title={t`Pace and cost`} testId="pace">
      <Table.ScrollContainer minWidth={860}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t`Workforce`}</Table.Th>
              <Table.Th ta="end">{t`People`}</Table.Th>
              <Table.Th ta="end">{t`Answers`}</Table.Th>
              <Table.Th ta="end">{t`Revisions`}</Table.Th>
              <Table.Th ta="end">{t`Judged`}</Table.Th>
              <Table.Th ta="end">{t`Answers an hour`}</Table.Th>
              <Table.Th ta="end">{t`From lease to answer`}</Table.Th>
              <Table.Th ta="end">{t`From planning to answer`}</Table.Th>
              <Table.Th ta="end">{t`Cost`}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {workforces.map((one) => (
              <Table.Tr key={one.workforce}>
                <Table.Td fw={550} miw={170}>
                  {one.name}
                </Table.Td>
                <Table.Td ta="end">{format.number(one.people)}</Table.Td>
                <Table.Td ta="end">{format.number(one.answers)}</Table.Td>
                <Table.Td ta="end">{format.number(one.revisions)}</Table.Td>
                <Table.Td ta="end">{format.number(one.judged)}</Table.Td>
                <Table.Td ta="end">{format.number(one.answersPerHour, { maximumFractionDigits: 1 })}<Spread of={one.pace} text={(value) => format.number(value, { maximumFractionDigits: 1 })} /></Table.Td>
                <Table.Td ta="end">{figures.duration(one.secondsHeld)}<Spread of={one.held} text={figures.duration} /></Table.Td>
                <Table.Td ta="end">{figures.duration(one.secondsWaited)}<Spread of={one.waited} text={figures.duration} /></Table.Td>
                <Table.Td ta="end">{Object.keys(one.costs).length === 0 ? t`no contract` : figures.moneys(one.costs)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </Section>
  );
}

/** The interval below a figure; nothing where fewer than two people stand behind it. */
function Spread({ of, text }: { of: VendorEstimate | undefined; text: (value: number) => string }) {
  if (!of) return null;
  return (
    <Text size="xs" c="dimmed" className="tabular">
      <Trans>
        {text(of.low)} to {text(of.high)}
      </Trans>
    </Text>
  );
}
