import { Trans, useLingui } from '@lingui/react/macro';
import { ActionIcon, Alert, Button, Text, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useMutation } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import type { Ontology } from '@engines/core';
import type { Adjudication } from '@/api/types';
import { IconBack } from '@/design/icons';
import deskClasses from '@/features/desk/desk.module.css';
import { faultText } from '@/features/desk/frame/fault-text';
import type { Place } from '@/features/desk/session/desk-api';
import { AnswerPicture, type Layer } from '@/shared/AnswerPicture';
import { LinkButton } from '@/shared/links';
import { notify } from '@/shared/notify';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { useFormat } from '@/shared/useFormat';
import { adjudications } from './adjudications';
import classes from './adjudication.module.css';
import { BoxList } from './BoxList';
import { boxKey, missingIn, requestOf, sidesOf, takeAll, toggleBox } from './merge';
import { QuestionTable } from './QuestionTable';
import { sideColor } from './side-color';
import { useHold, useMerging } from './useMerging';

interface Props {
  place: Place;
  held: Adjudication;
  ontology: Ontology;
  onNext: () => void;
}

/** One task: the asset with everybody's boxes, the answers side by side, and what becomes of them. */
export function AdjudicationBench({ place, held, ontology, onNext }: Props) {
  const { t, i18n } = useLingui();
  const format = useFormat();
  const sides = useMemo(() => sidesOf(held), [held]);
  const { merging, setMerging, forget } = useMerging(held, ontology, sides);
  const lost = useHold(place, held);
  const [tried, setTried] = useState(false);
  const [lit, setLit] = useState<string>();
  const missing = missingIn(ontology, sides, merging);
  const merge = useMutation({
    mutationFn: () => adjudications.merge(place, held, requestOf(held.token, sides, merging)),
    onSuccess: () => {
      forget();
      notify(t`One answer is made; it can be undone at the task.`);
      onNext();
    },
  });
  const release = useMutation({ mutationFn: () => adjudications.release(place, held), onSuccess: onNext });
  const submit = () => {
    setTried(true);
    if (missing.length === 0 && !merge.isPending && !lost) merge.mutate();
  };
  useHotkeys([
    ['mod+Enter', submit],
    ...sides.slice(0, 9).map((side, index): [string, () => void] => [String(index + 1), () => setMerging(takeAll(side))]),
  ], ['INPUT', 'TEXTAREA', 'SELECT']);
  const layers: Layer[] = sides.flatMap((side, index) =>
    side.answer.shapes.map((shape) => {
      const key = boxKey(side.submission, shape.id);
      const taken = merging.boxes.includes(key);
      return { key, box: shape, color: sideColor(index), dashed: !taken, strong: taken || lit === key, title: side.annotator };
    }),
  );
  const agreement = held.agreement;
  return (
    <div className={deskClasses['desk']} data-testid="adjudication" data-task={held.task.id}>
      <header className={deskClasses['bar']}>
        <Tooltip label={<Trans>Back to the review</Trans>}>
          <ActionIcon component="a" href={`#/clients/${place.client}/projects/${place.project}/review`} variant="subtle" color="gray" size={34} aria-label={t`Back to the review`}>
            <IconBack />
          </ActionIcon>
        </Tooltip>
        <h1 className={deskClasses['title']} style={{ margin: 0 }}>
          <Trans>Side by side</Trans>
        </h1>
        <span className={deskClasses['asset']}>{held.task.asset.name}</span>
        <span className={deskClasses['spring']} />
        {agreement === null ? null : (
          <Text size="xs" c="dimmed">
            {t`Agreement ${format.percent(agreement, 0)}`}
          </Text>
        )}
      </header>
      <main className={classes['body']}>
        <div className={classes['picture']}>
          <AnswerPicture place={place} asset={held.task.asset.id} name={held.task.asset.name} layers={layers} {...(ontology.labels.length > 0 ? { onPick: (key: string) => setMerging(toggleBox(merging, key)) } : {})} />
        </div>
        <section className={classes['panel']} aria-label={t`Answers side by side`}>
          {lost ? (
            <Alert role="alert" color="brass" title={<Trans>This task is no longer yours</Trans>}>
              <Trans>It was not worked on for too long.</Trans>{' '}
              <Button size="compact-sm" variant="default" onClick={onNext}>
                <Trans>Next task</Trans>
              </Button>
            </Alert>
          ) : null}
          {ontology.questions.length > 0 ? <QuestionTable ontology={ontology} sides={sides} merging={merging} onChange={setMerging} showMissing={tried} /> : null}
          {ontology.labels.length > 0 ? <BoxList ontology={ontology} sides={sides} merging={merging} onChange={setMerging} onLight={setLit} /> : null}
          {tried && missing.length > 0 ? (
            <Alert role="alert" color="red" variant="light" p="xs" data-testid="missing">
              {missing.map((fault) => (
                <Text key={fault.pointer} size="sm">
                  {faultText(i18n, fault)}
                </Text>
              ))}
            </Alert>
          ) : null}
          <ProblemAlert error={merge.error ?? release.error} />
        </section>
      </main>
      <footer className={deskClasses['actions']}>
        <Button variant="default" loading={release.isPending} onClick={() => release.mutate()} data-testid="give-back">
          <Trans>Give it back</Trans>
        </Button>
        <LinkButton to="/clients/$client/projects/$project/review" params={place} variant="subtle" color="gray">
          <Trans>Leave; keep it for me</Trans>
        </LinkButton>
        <span style={{ flex: 1 }} />
        <Button loading={merge.isPending} disabled={lost} onClick={submit} data-testid="merge">
          <Trans>Make it one answer</Trans>
        </Button>
      </footer>
    </div>
  );
}
