import { msg } from '@lingui/core/macro';
import { Trans } from '@lingui/react/macro';
import { useLingui } from '@lingui/react';
import type { MessageDescriptor } from '@lingui/core';
import { Button, Group, Kbd, Modal, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { useState, useSyncExternalStore, type KeyboardEvent } from 'react';
import { chordOf, collisionsOf, nameIn, type Ontology } from '@engines/core';
import { chordName } from '../keys/chord-name';
import { labelCommand, optionCommand, optionsOf, type CommandGroup, type DeskCommand, type ProfileName } from '../keys/commands';
import { keyPreferences } from '../keys/preferences';
import type { Keys } from '../keys/useKeys';
import classes from '../desk.module.css';

const GROUPS: readonly (readonly [CommandGroup, MessageDescriptor])[] = [
  ['work', msg`Work`],
  ['objects', msg`Boxes`],
  ['picture', msg`Picture`],
  ['help', msg`Help`],
];

/** All keys that hold now; they can be changed here, and a key that is taken is refused. */
export function KeysDialog({ opened, onClose, keys, ontology }: { opened: boolean; onClose: () => void; keys: Keys; ontology: Ontology }) {
  const { i18n } = useLingui();
  const preferences = useSyncExternalStore(keyPreferences.subscribe, keyPreferences.read);
  const [editing, setEditing] = useState<string>();
  const [refused, setRefused] = useState<string>();

  const press = (command: DeskCommand, event: KeyboardEvent) => {
    const chord = chordOf(event);
    if (chord === undefined || chord === 'Tab' || chord === 'Shift+Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (chord === 'Escape') {
      setEditing(undefined);
      return;
    }
    const fixed = Object.fromEntries(keys.commands.map(({ id }) => [id, keys.map[id] ?? []]));
    const collision = collisionsOf(keys.commands, { ...fixed, [command.id]: [chord] }).find((one) => one.chord === chord);
    const other = keys.commands.find(({ id }) => id !== command.id && collision?.commands.includes(id));
    if (other !== undefined) {
      const taken = chordName(i18n, chord);
      const meaning = i18n._(other.name);
      setRefused(i18n._(msg`${taken} already means “${meaning}”.`));
      return;
    }
    keyPreferences.change({ own: { ...preferences.own, [command.id]: [chord] } });
    setRefused(undefined);
    setEditing(undefined);
  };

  return (
    <Modal
      opened={opened}
      onClose={onClose}
      closeButtonProps={{ 'aria-label': i18n._(msg`Close`) }}
      title={<Trans>Keys</Trans>}
      size="xl" data-testid="keys-dialog">
      <Stack>
        <Group justify="space-between">
          <SegmentedControl
            value={preferences.profile}
            onChange={(value) => keyPreferences.change({ profile: value as ProfileName })}
            data={[
              { value: 'label-studio', label: i18n._(msg`Etalon (like Label Studio)`) },
              { value: 'cvat', label: i18n._(msg`Like CVAT`) },
            ]}
            aria-label={i18n._(msg`Key profile`)}
          />
          <Switch
            label={<Trans>Single keys</Trans>}
            checked={preferences.singleKeys}
            onChange={(event) => keyPreferences.change({ singleKeys: event.currentTarget.checked })}
            data-testid="single-keys"
          />
        </Group>
        <Text size="sm" c="var(--etalon-bad)" role="alert" data-testid="key-refused">
          {refused}
        </Text>
        {GROUPS.map(([group, title]) => {
          const commands = keys.commands.filter((command) => command.group === group);
          return commands.length === 0 ? null : (
            <section key={group}>
              <h3 className={classes.heading}>{i18n._(title)}</h3>
              <table className={classes.keyTable}>
                <tbody>
                  {commands.map((command) => {
                    const name = i18n._(command.name);
                    return (
                    <tr key={command.id}>
                      <td>{name}</td>
                      <td>
                        <Chords chords={keys.router.chordsOf(command.id)} />
                      </td>
                      <td style={{ width: '1%', whiteSpace: 'nowrap' }}>
                        <Button
                          size="compact-xs"
                          variant={editing === command.id ? 'filled' : 'subtle'}
                          aria-label={i18n._(msg`Change the key of “${name}”`)}
                          onClick={() => {
                            setRefused(undefined);
                            setEditing(command.id);
                          }}
                          onKeyDown={(event) => (editing === command.id ? press(command, event) : undefined)}
                          onBlur={() => setEditing(undefined)}
                          data-testid={`change-key-${command.id}`}
                        >
                          {editing === command.id ? <Trans>Press a key…</Trans> : <Trans>Change</Trans>}
                        </Button>
                      </td>
                    </tr>
                    );
                  })}
                </tbody>
              </table>
            </section>
          );
        })}
        <Pool keys={keys} ontology={ontology} />
        <Group justify="flex-end">
          <Button variant="default" size="xs" onClick={() => keyPreferences.change({ own: {} })} data-testid="keys-reset">
            <Trans>Back to the profile’s keys</Trans>
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function Chords({ chords }: { chords: readonly string[] }) {
  const { i18n } = useLingui();
  return (
    <Group gap={6}>
      {chords.map((chord) => (
        <Kbd key={chord} size="xs">
          {chordName(i18n, chord)}
        </Kbd>
      ))}
    </Group>
  );
}

/** The keys of this project's labels and options. */
function Pool({ keys, ontology }: { keys: Keys; ontology: Ontology }) {
  const { i18n } = useLingui();
  const yesNo: Readonly<Record<string, string>> = { true: i18n._(msg`Yes`), false: i18n._(msg`No`) };
  const labels = ontology.labels.map((label) => ({ command: labelCommand(label.id), name: nameIn(i18n.locale, label) }));
  const options = ontology.questions.flatMap((question) =>
    optionsOf(question).map((id) => {
      const option = question.options?.find((candidate) => candidate.id === id);
      const name = option === undefined ? yesNo[id] : nameIn(i18n.locale, option);
      return { command: optionCommand(question.id, id), name: `${nameIn(i18n.locale, question)}: ${name}` };
    }),
  );
  const rows = [...labels, ...options].filter(({ command }) => keys.router.chordsOf(command).length > 0);
  return rows.length === 0 ? null : (
    <section>
      <h3 className={classes.heading}>
        <Trans>Labels and options</Trans>
      </h3>
      <table className={classes.keyTable}>
        <tbody>
          {rows.map(({ command, name }) => (
            <tr key={command}>
              <td>{name}</td>
              <td>
                <Chords chords={keys.router.chordsOf(command)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
