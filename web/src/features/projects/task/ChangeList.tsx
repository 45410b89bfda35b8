import { Trans, useLingui } from '@lingui/react/macro';
import { List, Text } from '@mantine/core';
import type { Ontology, Question, VersionDiff } from '@/api/types';
import { useFormat } from '@/shared/useFormat';
import { useValueText } from './AnswerLine';
import { segments } from './segments';
import classes from './task.module.css';

type FieldChange = VersionDiff['fields'][number];
type RegionChange = VersionDiff['regions'][number];

/** Every difference in words. */
export function ChangeList({ diff, ontology }: { diff: VersionDiff; ontology: Ontology | undefined }) {
  return (
    <List size="sm" spacing={6} data-testid="changes">
      {diff.fields.map((field) => (
        <List.Item key={field.question}>
          <Field field={field} question={ontology?.questions.find(({ id }) => id === field.question)} />
        </List.Item>
      ))}
      {diff.regions.map((region) => (
        <List.Item key={`${region.change} ${region.id}`}>
          <RegionLine region={region} ontology={ontology} />
        </List.Item>
      ))}
    </List>
  );
}

function Field({ field, question }: { field: FieldChange; question: Question | undefined }) {
  const { t } = useLingui();
  const format = useFormat();
  const text = useValueText();
  const name = question ? format.name(question) : field.question;
  if (field.text && typeof field.from === 'string') {
    return (
      <>
        {name}: <Compared before={field.from} changes={field.text} />
      </>
    );
  }
  const shown = (value: FieldChange['from']) => (value === undefined || value === null ? t`no answer` : text(value, question));
  return (
    <>
      {name}: <del className={classes['gone']}>{shown(field.from)}</del> <ins className={classes['new']}>{shown(field.to)}</ins>
    </>
  );
}

function Compared({ before, changes }: { before: string; changes: NonNullable<FieldChange['text']> }) {
  return (
    <span className={classes['compared']}>
      {segments(before, changes).map((part, index) => {
        switch (part.kind) {
          case 'same':
            return <span key={index}>{part.text}</span>;
          case 'gone':
            return <del key={index} className={classes['gone']}>{part.text}</del>;
          case 'new':
            return <ins key={index} className={classes['new']}>{part.text}</ins>;
        }
      })}
    </span>
  );
}

function RegionLine({ region, ontology }: { region: RegionChange; ontology: Ontology | undefined }) {
  const format = useFormat();
  const labelName = (id: string | undefined) => {
    const label = ontology?.labels.find((one) => one.id === id);
    return label ? format.name(label) : (id ?? '');
  };
  const from = labelName(region.from?.label);
  const to = labelName(region.to?.label);
  const overlap = region.overlap === undefined ? undefined : format.percent(region.overlap, 0);
  switch (region.change) {
    case 'added':
      return <Trans>{to} added</Trans>;
    case 'removed':
      return <Trans>{from} removed</Trans>;
    case 'changed':
      return (
        <>
          {region.relabelled && from !== to ? <Trans>{from} is now {to}</Trans> : <Trans>{to} changed</Trans>}
          {overlap === undefined ? null : (
            <Text span size="sm" c="dimmed">
              {' '}
              <Trans>({overlap} in common)</Trans>
            </Text>
          )}
          {region.attributes.length > 0 ? (
            <List size="sm">
              {region.attributes.map((attribute) => (
                <List.Item key={attribute.question}>
                  <Field field={attribute} question={ontology?.labels.find(({ id }) => id === region.to?.label)?.attributes?.find(({ id }) => id === attribute.question)} />
                </List.Item>
              ))}
            </List>
          ) : null}
        </>
      );
  }
}
