import { Trans, useLingui } from '@lingui/react/macro';
import { Badge, Button, Group, Modal, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { holds, useSession } from '@/api/session';
import type { Wall } from '@/api/types';
import { IconPlus } from '@/design/icons';
import { EmptyState } from '@/shared/EmptyState';
import { QueryView } from '@/shared/QueryView';
import { Section } from '@/shared/Section';
import { useFormat } from '@/shared/useFormat';
import { wallsQuery } from './queries';
import { RuleForm } from './RuleForm';
import { SwitchDialogue } from './SwitchDialogue';
import { useSentence } from './useSentence';
import { useSubjects } from './useSubjects';
import classes from './walls.module.css';

type Dialogue = { kind: 'write'; wall?: Wall } | { kind: 'switch'; wall: Wall } | null;

export function RulesSection({ client }: { client: string }) {
  const { t } = useLingui();
  const walls = useQuery(wallsQuery(client));
  const mayChange = holds(useSession(), client, 'requester');
  const [dialogue, setDialogue] = useState<Dialogue>(null);
  const close = () => setDialogue(null);
  const add = mayChange ? (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setDialogue({ kind: 'write' })} data-testid="new-wall">
      <Trans>New rule</Trans>
    </Button>
  ) : null;
  return (
    <Section title={t`Rules`} actions={add} testId="walls">
      <QueryView query={walls}>
        {(items) =>
          items.length === 0 ? (
            <EmptyState title={t`No rule yet`}>
              <Trans>Without a rule, everybody whom a project's workforces name may work on it.</Trans>
            </EmptyState>
          ) : (
            <ul className={classes['rules']}>
              {items.map((wall) => (
                <RuleItem key={wall.id} client={client} wall={wall} {...(mayChange ? { onDialogue: setDialogue } : {})} />
              ))}
            </ul>
          )
        }
      </QueryView>
      <Modal
        opened={dialogue?.kind === 'write'}
        onClose={close}
        size="lg"
        title={dialogue?.kind === 'write' && dialogue.wall ? t`Change the rule` : t`New rule`}
        closeButtonProps={{ 'aria-label': t`Close` }}
      >
        {dialogue?.kind === 'write' ? <RuleForm client={client} wall={dialogue.wall} onDone={close} /> : null}
      </Modal>
      {dialogue?.kind === 'switch' ? <SwitchDialogue client={client} wall={dialogue.wall} onDone={close} /> : null}
    </Section>
  );
}

function RuleItem({ client, wall, onDialogue }: { client: string; wall: Wall; onDialogue?: (dialogue: Dialogue) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const sentence = useSentence().ofWall(wall);
  const nameOf = useSubjects(client);
  return (
    <li data-testid={`wall-${wall.id}`} data-off={wall.inForce ? undefined : ''}>
      <Stack gap={3} style={{ flex: 1, minWidth: 240 }}>
        <Text fw={550}>{sentence}</Text>
        <Group gap="xs">
          <Badge color={wall.inForce ? 'verdigris' : 'gray'}>{wall.inForce ? t`In force` : t`Switched off`}</Badge>
          <Text size="xs" c="dimmed">
            <Trans>
              Version {wall.version}, set by {nameOf(wall.setBy)} on {format.dateTime(wall.setAt)}
            </Trans>
          </Text>
        </Group>
      </Stack>
      {onDialogue ? (
        <Group gap="xs">
          <Button size="xs" variant="default" aria-label={t`Change: ${sentence}`} onClick={() => onDialogue({ kind: 'write', wall })}>
            <Trans>Change</Trans>
          </Button>
          <Button size="xs" variant="default" aria-label={wall.inForce ? t`Switch off: ${sentence}` : t`Switch on: ${sentence}`} onClick={() => onDialogue({ kind: 'switch', wall })}>
            {wall.inForce ? t`Switch off…` : t`Switch on…`}
          </Button>
        </Group>
      ) : null}
    </li>
  );
}
