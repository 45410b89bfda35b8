import { Trans, useLingui } from '@lingui/react/macro';
import { Button, Checkbox, Group, Modal, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '@/api/client';
import type { Account, ResetLink } from '@/api/types';
import { Confirm } from '@/shared/Confirm';
import { notify } from '@/shared/notify';
import { ShownOnce } from '@/shared/ShownOnce';
import { useFormat } from '@/shared/useFormat';

interface Props {
  account: Account;
  /** The account's address in the API. */
  at: string;
  onDone: () => void;
}

type Act = 'end' | 'off' | 'on' | 'reset';

/** What may be done to an account by who looks after it. */
export function AccountActs({ account, at, onDone }: Props) {
  const { t } = useLingui();
  const [asked, setAsked] = useState<Act | null>(null);
  const [drops, setDrops] = useState(false);
  const format = useFormat();
  const [made, setMade] = useState<ResetLink | null>(null);
  const act = useMutation({
    mutationFn: async (what: Act) => {
      if (what === 'end') await api.post<void>(`${at}/end-sessions`);
      else if (what === 'reset') setMade(await api.post<ResetLink>(`${at}/reset`, { dropsPasskeys: drops }));
      else await api.put<Account>(at, { disabled: what === 'off' });
    },
    onSuccess: (_, what) => {
      close();
      onDone();
      if (what !== 'reset') notify(t`It is done, and ${account.name} will be told`);
    },
  });
  const close = () => {
    setAsked(null);
    act.reset();
  };
  const off = account.disabledAt !== undefined;
  const words = {
    end: t`End all sessions`,
    off: t`Switch the account off`,
    on: t`Switch the account on`,
    reset: t`Make a link`,
  };
  return (
    <>
      <Group gap="xs">
        <Button size="xs" variant="default" disabled={account.sessions === 0} onClick={() => setAsked('end')}>
          {words.end}
        </Button>
        <Button size="xs" variant="default" disabled={off} onClick={() => setAsked('reset')} data-testid="reset-account">
          <Trans>Forgotten password, lost passkey</Trans>
        </Button>
        <Button size="xs" variant={off ? 'default' : 'outline'} color={off ? 'gray' : 'red'} onClick={() => setAsked(off ? 'on' : 'off')} data-testid="switch-account">
          {off ? words.on : words.off}
        </Button>
      </Group>
      {asked ? (
        <Confirm
          opened
          title={account.name}
          act={words[asked]}
          danger={asked === 'off'}
          pending={act.isPending}
          error={act.error}
          onConfirm={() => act.mutate(asked)}
          onClose={close}
        >
          <Explained act={asked} />
          {asked === 'reset' && account.passkeys > 0 ? (
            <Checkbox label={t`The passkeys are lost: take them away`} checked={drops} onChange={(event) => setDrops(event.currentTarget.checked)} />
          ) : null}
        </Confirm>
      ) : null}
      <Modal opened={made !== null} onClose={() => setMade(null)} title={account.name} closeButtonProps={{ 'aria-label': t`Close` }}>
        <ShownOnce title={t`Hand this link over yourself`} label={t`Link`} value={made?.link ?? ''} testId="reset-link" onDone={() => setMade(null)}>
          <Trans>Whoever has it sets a new password for {account.name}. It is good once and for a day, and is not shown again.</Trans>
          {made?.notBefore ? (
            <Text size="sm" mt="xs">
              <Trans>It is good from {format.dateTime(made.notBefore)} on: the client's requesters are told until then, and a sign-in of {account.name} voids it.</Trans>
            </Text>
          ) : null}
        </ShownOnce>
      </Modal>
    </>
  );
}

function Explained({ act }: { act: Act }) {
  return (
    <Text size="sm">
      {act === 'end' ? <Trans>Signed out everywhere at once. Keys of programs go on.</Trans> : null}
      {act === 'off' ? <Trans>Sessions end, keys open nothing, and work in hand goes to others. Roles stay. It is in the audit log.</Trans> : null}
      {act === 'on' ? <Trans>Signing in works again, and so do the keys. What had ended stays ended.</Trans> : null}
      {act === 'reset' ? <Trans>A link by which a new password is set. Using it ends every session. Making it is in the audit log, and the person is told.</Trans> : null}
    </Text>
  );
}
