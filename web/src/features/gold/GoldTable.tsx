import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Table, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import type { GoldItem } from '@/api/types';
import { projectPath } from '@/features/projects/queries';
import { Confirm } from '@/shared/Confirm';
import { LinkAnchor } from '@/shared/links';
import { notify } from '@/shared/notify';
import { useFormat } from '@/shared/useFormat';
import { balanceOf } from './policy';
import { goldKey } from './queries';

interface Props {
  client: string;
  project: string;
  gold: readonly GoldItem[];
}

/** How many rows are shown before the rest is asked for. */
const FIRST = 10;

/** Gold in use by class and difficulty: what is missing is seen before it is missed. */
export function GoldBalance({ gold }: { gold: readonly GoldItem[] }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <Table.ScrollContainer minWidth={420}>
      <Table data-testid="gold-balance" aria-label={t`Balance by class and difficulty`}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t`Class`}</Table.Th>
            {[1, 2, 3, 4, 5].map((difficulty) => (
              <Table.Th key={difficulty} ta="end">
                {difficulty === 1 ? t`1, easy` : difficulty === 5 ? t`5, hard` : format.number(difficulty)}
              </Table.Th>
            ))}
            <Table.Th ta="end">{t`All`}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {balanceOf(gold).map(({ category, byDifficulty, all }) => (
            <Table.Tr key={category}>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{category}</Table.Td>
              {byDifficulty.map((count, index) => (
                <Table.Td key={index} ta="end" {...(count === 0 ? { c: 'dimmed' } : {})}>
                  {format.number(count)}
                </Table.Td>
              ))}
              <Table.Td ta="end" fw={550}>
                {format.number(all)}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

/** Every gold task with what came of it, and the way out of use. */
export function GoldTable({ client, project, gold }: Props) {
  const { t } = useLingui();
  const [whole, setWhole] = useState(false);
  const [retiring, setRetiring] = useState<GoldItem>();
  const shown = whole ? gold : gold.slice(0, FIRST);
  return (
    <>
      <Table.ScrollContainer minWidth={620}>
        <Table data-testid="gold-items" aria-label={t`Gold tasks`}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t`No.`}</Table.Th>
              <Table.Th>{t`Task`}</Table.Th>
              <Table.Th>{t`Class`}</Table.Th>
              <Table.Th ta="end">{t`Difficulty`}</Table.Th>
              <Table.Th ta="end">{t`Shown`}</Table.Th>
              <Table.Th ta="end">{t`Right, of answers`}</Table.Th>
              <Table.Th aria-label={t`Retire`} />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((item) => (
              <GoldRow key={item.id} client={client} project={project} item={item} onRetire={() => setRetiring(item)} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      {gold.length > shown.length ? (
        <Button size="compact-sm" variant="subtle" onClick={() => setWhole(true)}>
          <Trans>Show all {gold.length}</Trans>
        </Button>
      ) : null}
      {retiring ? <Retire client={client} project={project} item={retiring} onClose={() => setRetiring(undefined)} /> : null}
    </>
  );
}

function GoldRow({ client, project, item, onRetire }: { client: string; project: string; item: GoldItem; onRetire: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <Table.Tr data-testid={`gold-${item.id}`}>
      <Table.Td c="dimmed">{item.id}</Table.Td>
      <Table.Td>
        <LinkAnchor size="sm" to="/clients/$client/projects/$project/tasks" params={{ client, project }} search={{ task: item.task }}>
          {t`Task ${item.task}`}
        </LinkAnchor>
      </Table.Td>
      <Table.Td style={{ overflowWrap: 'anywhere' }}>{item.category}</Table.Td>
      <Table.Td ta="end">{format.number(item.difficulty)}</Table.Td>
      <Table.Td ta="end">{format.number(item.shown)}</Table.Td>
      <Table.Td ta="end">
        {format.number(item.right)}
        <Text span size="sm" c="dimmed">
          {' / '}
          {format.number(item.answered)}
        </Text>
      </Table.Td>
      <Table.Td ta="end">
        {item.retired === undefined ? (
          <Button size="compact-sm" variant="default" onClick={onRetire} aria-label={t`Retire gold ${item.id}`} data-testid={`retire-gold-${item.id}`}>
            <Trans>Retire</Trans>
          </Button>
        ) : (
          <Text size="sm" c="dimmed">
            <Trans>retired: {item.retired}</Trans>
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function Retire({ client, project, item, onClose }: { client: string; project: string; item: GoldItem; onClose: () => void }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const [reason, setReason] = useState('');
  const retire = useMutation({
    mutationFn: () => api.post(projectPath(client, project, 'gold', item.id, 'retirement'), { reason: reason.trim() }),
    onSuccess: () => {
      notify(t`The gold is out of use`);
      void queryClient.invalidateQueries({ queryKey: goldKey(client, project) });
      onClose();
    },
  });
  return (
    <Confirm opened title={t`Retire gold ${item.id}`} act={t`Retire`} danger disabled={reason.trim() === ''} pending={retire.isPending} error={retire.error} onConfirm={() => retire.mutate()} onClose={onClose}>
      <Text size="sm">
        <Trans>Nobody is shown it any more, and what was answered to it counts no longer. This cannot be undone; the task can be made gold again.</Trans>
      </Text>
      <TextInput label={t`Reason`} data-autofocus maxLength={500} value={reason} onChange={(event) => setReason(event.currentTarget.value)} />
    </Confirm>
  );
}
