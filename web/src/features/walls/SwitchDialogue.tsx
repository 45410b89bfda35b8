import { Trans, useLingui } from '@lingui/react/macro';
import { Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api, path } from '@/api/client';
import type { Wall } from '@/api/types';
import { Confirm } from '@/shared/Confirm';
import { wallsKey } from './queries';
import { termsOf } from './rules';
import { useSentence } from './useSentence';
import { WhatIfResult } from './WhatIfResult';

/** Switches a rule off, or on: then with whom it would stop said before. */
export function SwitchDialogue({ client, wall, onDone }: { client: string; wall: Wall; onDone: () => void }) {
  const { t } = useLingui();
  const queryClient = useQueryClient();
  const sentence = useSentence().ofWall(wall);
  const on = !wall.inForce;
  const act = useMutation({
    mutationFn: () => api.put<Wall>(path('clients', client, 'walls', wall.id), { ...termsOf(wall), inForce: on }),
    onSuccess: () => {
      void queryClient.invalidateQueries({ queryKey: wallsKey(client) });
      onDone();
    },
  });
  return (
    <Confirm
      opened
      size="lg"
      title={on ? t`Switch the rule on` : t`Switch the rule off`}
      act={on ? t`Switch on` : t`Switch off`}
      danger={on}
      pending={act.isPending}
      error={act.error}
      onConfirm={() => act.mutate()}
      onClose={onDone}
    >
      <Text fw={550}>{sentence}</Text>
      {on ? (
        <WhatIfResult client={client} rule={termsOf(wall)} />
      ) : (
        <Text size="sm">
          <Trans>Whom this rule alone keeps out may work here again at once.</Trans>
        </Text>
      )}
    </Confirm>
  );
}
