import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import { Drawer } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useState } from 'react';
import { MarkdownView } from '@/shared/MarkdownView';
import { QueryView } from '@/shared/QueryView';
import { guidelinesQuery } from '../queries';
import type { Place } from '../session/desk-api';

interface Props {
  place: Place;
  version: number;
  opened: boolean;
  onClose: () => void;
}

/** The instructions of the version that the task was leased under. Markdown is shown through a sanitiser, without images. */
export function GuidelinesDrawer({ place, version, opened, onClose }: Props) {
  const { i18n } = useLingui();
  const guidelines = useQuery(guidelinesQuery(place, version));
  return (
    <Drawer
      opened={opened}
      onClose={onClose}
      closeButtonProps={{ 'aria-label': i18n._(msg`Close`) }}
      position="right"
      size="lg"
      title={<Trans>Instructions, version {version}</Trans>}
      data-testid="guidelines"
    >
      <QueryView query={guidelines}>
        {({ markdown }) => <MarkdownView>{markdown}</MarkdownView>}
      </QueryView>
    </Drawer>
  );
}

/** Opens the instructions by itself the first time that a person meets a version of them. */
export function useGuidelines({ client, project }: Place, version: number | undefined) {
  const name = `etalon.guidelines/${client}/${project}`;
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    if (version !== undefined && Number(localStorage.getItem(name) ?? 0) < version) setOpened(true);
  }, [name, version]);
  const close = useCallback(() => {
    if (version !== undefined) localStorage.setItem(name, String(version));
    setOpened(false);
  }, [name, version]);
  const toggle = useCallback(() => (opened ? close() : setOpened(true)), [opened, close]);
  return { opened, close, toggle };
}
