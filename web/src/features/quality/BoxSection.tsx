import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { Stack, Table, Text } from '@mantine/core';
import type { BoxQuality, BoxSkill } from '@/api/types';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { AgreementTable } from './AgreementTable';
import classes from './quality.module.css';

/** Boxes: how far annotators draw the same ones, and what each misses or invents against the fused boxes. */
export function BoxSection({ boxes }: { boxes: BoxQuality }) {
  const { t } = useLingui();
  return (
    <Section
      title={t`Boxes`}
      subtitle={
        <Trans>
          <Plural value={boxes.assets} one="# asset" other="# assets" /> by <Plural value={boxes.annotators} one="# annotator" other="# annotators" />,{' '}
          <Plural value={boxes.fused} one="# box in the consensus" other="# boxes in the consensus" />
        </Trans>
      }
      testId="quality-boxes"
    >
      <Stack gap={28}>
        <AgreementTable
          rows={[
            { id: 'f1', name: t`F1 between annotators`, estimate: boxes.agreement.f1 },
            { id: 'iou', name: t`Overlap (IoU) of matched boxes`, estimate: boxes.agreement.iou },
          ]}
        />
        <BoxSkillTable skills={boxes.annotatorSkill} />
      </Stack>
    </Section>
  );
}

function BoxSkillTable({ skills }: { skills: readonly BoxSkill[] }) {
  const { t } = useLingui();
  const jitter = skills.some((s) => s.positionDeviation !== null);
  const most = Math.max(1, ...skills.map((s) => s.hits + s.misses + s.falseAlarms));
  return (
    <Table.ScrollContainer minWidth={800}>
      <Table data-testid="box-skill">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Annotator`}</Table.Th>
            <Table.Th ta="end">{t`Boxes`}</Table.Th>
            <Table.Th ta="end">{t`Hits`}</Table.Th>
            <Table.Th ta="end">{t`Misses`}</Table.Th>
            <Table.Th ta="end">{t`False alarms`}</Table.Th>
            <Table.Th ta="end">{t`Mean IoU`}</Table.Th>
            <Table.Th ta="end">{t`Centre ±`}</Table.Th>
            <Table.Th ta="end">{t`Size ±`}</Table.Th>
            <Table.Th w="26%">
              <Text size="xs" c="dimmed">
                <Trans>hits, misses (hatched), false alarms (brass)</Trans>
              </Text>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {skills.map((skill) => (
            <BoxSkillRow key={skill.annotator} skill={skill} most={most} />
          ))}
        </Table.Tbody>
        {jitter ? (
          <Table.Caption style={{ textAlign: 'start' }}>
            <Trans>± is one standard deviation: of the centre in percent of the side, of the sides in percent of their length. It is estimated together with what was missed or invented.</Trans>
          </Table.Caption>
        ) : null}
      </Table>
    </Table.ScrollContainer>
  );
}

function BoxSkillRow({ skill, most }: { skill: BoxSkill; most: number }) {
  const format = useFormat();
  const deviation = (share: number | null) => (share === null ? '–' : format.percent(share));
  const part = (name: string, count: number) => (count > 0 ? <span data-part={name} style={{ width: `${(100 * count) / most}%` }} /> : null);
  return (
    <Table.Tr data-testid={`box-skill-${skill.annotator}`}>
      <Table.Td fw={550}>{skill.name ?? skill.annotator}</Table.Td>
      <Table.Td ta="end">{format.number(skill.boxes)}</Table.Td>
      <Table.Td ta="end">{format.number(skill.hits)}</Table.Td>
      <Table.Td ta="end">{format.number(skill.misses)}</Table.Td>
      <Table.Td ta="end">{format.number(skill.falseAlarms)}</Table.Td>
      <Table.Td ta="end">{skill.meanIou === null ? '–' : format.number(skill.meanIou, { minimumFractionDigits: 2, maximumFractionDigits: 2 })}</Table.Td>
      <Table.Td ta="end">{deviation(skill.positionDeviation)}</Table.Td>
      <Table.Td ta="end">{deviation(skill.sizeDeviation)}</Table.Td>
      <Table.Td>
        <div className={classes['stack']} aria-hidden="true">
          {part('hits', skill.hits)}
          {part('misses', skill.misses)}
          {part('false-alarms', skill.falseAlarms)}
        </div>
      </Table.Td>
    </Table.Tr>
  );
}
