import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Group, MultiSelect, NumberInput, Select, Stack, TagsInput, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ApiError, api, path } from '@/api/client';
import type { Wall, WallBody } from '@/api/types';
import { ProblemAlert } from '@/shared/ProblemAlert';
import { usePlaces } from '@/shared/usePlaces';
import { CompetitorsField } from './CompetitorsField';
import { wallsKey } from './queries';
import { bodyOf, draftOf, isWallKind, newRule, wallKinds, type RuleDraft } from './rules';
import { useKindNames, useSentence } from './useSentence';
import { WhatIfResult } from './WhatIfResult';

interface Props {
  client: string;
  /** The rule that is changed; none for a new one. */
  wall?: Wall | undefined;
  onDone: () => void;
}

/** Writes a rule. */
export function RuleForm({ client, wall, onDone }: Props) {
  if (!wall) return <Draft client={client} first={newRule} onDone={onDone} />;
  const competitors = (wall.competitors ?? []).map((id, place) => ({ id, name: wall.names?.[place] ?? id }));
  return <Draft client={client} wall={wall} first={draftOf(wall, competitors)} onDone={onDone} />;
}

function Draft({ client, wall, first, onDone }: Props & { first: RuleDraft }) {
  const queryClient = useQueryClient();
  const [draft, setDraft] = useState(first);
  const [asked, setAsked] = useState<WallBody | null>(null);
  const { ofTerms } = useSentence();
  const body = bodyOf(draft);
  const sentence = body ? ofTerms(body, draft.competitors.map(({ name }) => name)) : null;
  const change = (part: Partial<RuleDraft>) => {
    setDraft({ ...draft, ...part });
    setAsked(null);
  };
  const save = useMutation({
    mutationFn: (inForce: boolean) =>
      wall
        ? api.put<Wall>(path('clients', client, 'walls', wall.id), { ...body, inForce })
        : api.post<Wall>(path('clients', client, 'walls'), { ...body, inForce }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: wallsKey(client) });
      onDone();
    },
  });
  const problem = save.error instanceof ApiError ? save.error : null;
  return (
    <Stack gap="sm" data-testid="wall-form">
      <Terms client={client} draft={draft} onChange={change} problem={problem} />
      {sentence ? (
        <Text fw={550} data-testid="wall-sentence" aria-live="polite">
          {sentence}
        </Text>
      ) : null}
      {asked ? <WhatIfResult client={client} rule={asked} /> : null}
      <ProblemAlert error={save.error} />
      <Group justify="flex-end" gap="xs">
        <Button variant="default" disabled={!body} loading={save.isPending && save.variables === false} onClick={() => save.mutate(false)}>
          <Trans>Keep it switched off</Trans>
        </Button>
        {asked ? (
          <Button color="red" loading={save.isPending && save.variables} onClick={() => save.mutate(true)} data-testid="wall-switch-on">
            <Trans>Put it in force</Trans>
          </Button>
        ) : (
          <Button disabled={!body} onClick={() => setAsked(body)} data-testid="wall-what-if">
            <Trans>Whom would it stop?</Trans>
          </Button>
        )}
      </Group>
    </Stack>
  );
}

interface TermsProps {
  client: string;
  draft: RuleDraft;
  onChange: (part: Partial<RuleDraft>) => void;
  problem: ApiError | null;
}

function Terms({ client, draft, onChange, problem }: TermsProps) {
  const { t } = useLingui();
  const kinds = useKindNames();
  const places = usePlaces();
  const fault = (pointer: string) => problem?.faultsAt(pointer)[0];
  return (
    <>
      <Select
        label={t`It looks at`}
        description={kinds[draft.kind].hint}
        allowDeselect={false}
        data={wallKinds.map((kind) => ({ value: kind, label: kinds[kind].name }))}
        value={draft.kind}
        onChange={(kind) => kind && isWallKind(kind) && onChange({ kind })}
        error={fault('/kind')}
      />
      {draft.kind === 'owner' || draft.kind === 'rival' ? (
        <CompetitorsField client={client} value={draft.competitors} onChange={(competitors) => onChange({ competitors })} error={fault('/competitors')} />
      ) : null}
      {draft.kind === 'owner' ? (
        <NumberInput
          label={t`More than, in percent`}
          description={t`In use are 20, and 24 and 39 as in SecNumCloud.`}
          min={0}
          max={99.9999}
          decimalScale={4}
          value={draft.percent}
          onChange={(percent) => onChange({ percent })}
          error={fault('/percent')}
        />
      ) : null}
      {draft.kind === 'rival' ? (
        <NumberInput label={t`Days since they last worked there`} min={0} max={3650} allowDecimal={false} value={draft.days} onChange={(days) => onChange({ days })} error={fault('/days')} />
      ) : null}
      {draft.kind === 'country' ? (
        <MultiSelect
          label={t`Countries`}
          searchable
          data={places.countries(draft.countries)}
          value={draft.countries}
          onChange={(countries) => onChange({ countries })}
          error={fault('/countries')}
        />
      ) : null}
      {draft.kind === 'licence' ? (
        <TagsInput
          label={t`Qualifications`}
          description={t`One of them is enough. Enter ends each.`}
          value={draft.qualifications}
          onChange={(qualifications) => onChange({ qualifications })}
          error={fault('/qualifications')}
        />
      ) : null}
    </>
  );
}
