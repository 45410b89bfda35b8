import { useLingui } from '@lingui/react/macro';
import { Table, Text, UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { AnnotatorSkill, QuestionQuality } from '@/api/types';
import { useFormat } from '@/shared/useFormat';
import { ConfusionMatrix } from './ConfusionMatrix';
import { Axis, Interval, useEstimateText } from './plots';
import classes from './quality.module.css';
import { scaleFor, type Scale } from './scale';
import type { Names } from './useNames';

/** The annotators by skill, and the confusion matrix of the one chosen. */
export function SkillTable({ question, names }: { question: QuestionQuality; names: Names }) {
  const { t } = useLingui();
  const skills = [...question.annotatorSkill].sort((a, b) => (b.accuracy.value ?? -1) - (a.accuracy.value ?? -1));
  const [chosen, setChosen] = useState<string>();
  const shown = skills.find((skill) => skill.annotator === chosen) ?? skills[0];
  const scale = scaleFor(skills.map((skill) => skill.accuracy));
  if (!shown) return null;
  return (
    <div className={classes['pair']}>
      <div>
        <h3>{t`Annotators, estimated accuracy`}</h3>
        <Table data-testid="skill">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t`Annotator`}</Table.Th>
              <Table.Th ta="end">{t`Judgements`}</Table.Th>
              <Table.Th w="45%">
                <span className="visually-hidden">{t`Accuracy`}</span>
                <Axis scale={scale} percent />
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {skills.map((skill) => (
              <SkillRow key={skill.annotator} skill={skill} scale={scale} chosen={skill === shown} onChoose={() => setChosen(skill.annotator)} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      <div>
        <h3>{t`Confusion of ${shown.name ?? shown.annotator}`}</h3>
        <ConfusionMatrix
          classes={question.classes}
          matrix={shown.confusion}
          name={(id) => names.choice(question.question, id)}
        />
      </div>
    </div>
  );
}

function SkillRow({ skill, scale, chosen, onChoose }: { skill: AnnotatorSkill; scale: Scale; chosen: boolean; onChoose: () => void }) {
  const format = useFormat();
  const text = useEstimateText();
  return (
    <Table.Tr className={classes['row']} aria-selected={chosen} data-testid={`skill-${skill.annotator}`}>
      <Table.Td>
        <UnstyledButton onClick={onChoose} style={{ whiteSpace: 'nowrap' }} fz="sm" fw={550} c="var(--mantine-color-anchor)" aria-pressed={chosen}>
          {skill.name ?? skill.annotator}
        </UnstyledButton>
        <Text size="xs" c="dimmed" className="tabular" style={{ whiteSpace: 'nowrap' }}>
          {text(skill.accuracy, true)}
        </Text>
      </Table.Td>
      <Table.Td ta="end">{format.number(skill.judgements)}</Table.Td>
      <Table.Td py={2}>
        <Interval estimate={skill.accuracy} scale={scale} />
      </Table.Td>
    </Table.Tr>
  );
}
